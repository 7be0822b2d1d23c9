"""What the commands say about a list of places or villages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Message
from geodata.model import BoundaryQuality
from geodata.period import parse_period
from geodata.readers.limits import DEFAULT_LIMITS
from geodata.table_import.list_answers import (
    LIST_SCOPES,
    QUALITIES,
    TABLE_KINDS,
    ListScope,
    TableKind,
)
from geodata.table_import.report_records import Answers
from geodata.vietnamese_names import match_key

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--as", "kind", type=click.Choice(TABLE_KINDS), help="What it lists; else found."),
    click.option("--column", "columns", multiple=True, help="FIELD=HEADING; may be repeated."),
    click.option("--crs", default="", help="System of x and y, as EPSG:9205; else recognised."),
    click.option("--category", default="", help="Category of all places, as it would be written."),
    click.option(
        "--means", multiple=True,
        help="WRITTEN=ID: which category a text means; WRITTEN= makes a new one.",
    ),
    click.option("--commune", default="", help="Commune of all villages: its code or name."),
    click.option(
        "--commune-means", "communes", multiple=True,
        help="WRITTEN=UNIT: which commune a text means; WRITTEN= leaves its rows out.",
    ),
    click.option(
        "--scope", type=click.Choice(LIST_SCOPES),
        help="Of places not listed: adds (they stay), communes or all (they are taken away).",
    ),
    click.option("--as-of", default="", help="Day for which the list holds, as 2026-06-30."),
    click.option("--period", default="", help="Of the people and households of villages."),
    click.option("--quality", type=click.Choice(QUALITIES), help="Of the polygons of villages."),
    click.option("--merged-on", default="", help="Day of the rearrangement of villages."),
    click.option("--legal-basis", default="", help="What the rearrangement rests on."),
)  # fmt: skip


def list_options(command: F) -> F:
    """Give a command the options about lists."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def with_list_options(answers: Answers, options: Mapping[str, object]) -> Answers:
    """Answers with what the options say about a list; they go before those of a file.

    Raises
    ------
    InvalidInput
        An option is no pair, no day or no period.
    """
    said = answers.lists
    texts: dict[str, Any] = {
        name: str(options.get(name) or "").strip() or getattr(said, name)
        for name in ("crs", "category", "commune", "legal_basis")
    }
    day = str(options.get("merged_on") or "")
    lists = replace(
        said,
        **texts,
        kind=cast("TableKind", options.get("kind") or said.kind),
        scope=cast("ListScope", options.get("scope") or said.scope),
        quality=cast("BoundaryQuality", options.get("quality") or said.quality),
        columns={**said.columns, **_pairs(options.get("columns"), "--column")},
        categories={**said.categories, **_keyed(options.get("means"), "--means")},
        communes={**said.communes, **_keyed(options.get("communes"), "--commune-means")},
        as_of=_period(options.get("as_of")) or said.as_of,
        period=_period(options.get("period")) or said.period,
        merged_on=read_day(day, "--merged-on") if day else said.merged_on,
    )
    return replace(answers, lists=lists)


def file_bytes(path: Path) -> bytes:
    """The bytes of a file that is handed in.

    Raises
    ------
    FileFault
        It cannot be read, or is larger than any that is taken.
    """
    try:
        with path.open("rb") as file:
            content = file.read(DEFAULT_LIMITS.file_bytes + 1)
    except OSError as error:
        raise FileFault(Message("The file cannot be read"), str(error), where=path.name) from None
    if len(content) > DEFAULT_LIMITS.file_bytes:
        raise FileFault(Message("The file is too large"), where=path.name)
    return content


def _keyed(given: object, option: str) -> dict[str, str]:
    return {match_key(written): value for written, value in _pairs(given, option).items()}


def _pairs(given: object, option: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in given if isinstance(given, tuple) else ():
        name, sign, value = str(text).partition("=")
        if not sign:
            raise InvalidInput(Message("No “=” in the option"), found=str(text), where=option)
        pairs[name.strip()] = value.strip()
    return pairs


def _period(text: object) -> str:
    return parse_period(str(text)).code if text else ""


def read_day(value: str, option: str) -> dt.date:
    """The day that an option names.

    Raises
    ------
    InvalidInput
        It is no date.
    """
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise InvalidInput(
            Message("Not a date"),
            found=value,
            allowed=Message("a day such as 2026-06-01"),
            where=option,
        ) from None
