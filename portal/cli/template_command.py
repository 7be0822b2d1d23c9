"""``portal data template``: a workbook to be filled in for some indicators, units and a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import click

from geodata.errors import InvalidInput, unknown_name
from geodata.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, Message
from geodata.list_import.list_template import write_list_template
from geodata.model import LEVELS, STATUSES, Level, Status, Unit
from geodata.table_import.columns.period_words import stated_period
from geodata.table_import.known_facts import StoreFacts
from geodata.table_import.list_answers import TABLE_KINDS, TableKind
from geodata.table_import.template.form_writer import write_template
from portal.app_state import open_or_create_store
from portal.cli.commands import run_or_exit
from portal.cli.export_command import write_atomically
from portal.config import read_settings


@click.command()
@click.option(
    "--as", "kind", type=click.Choice(TABLE_KINDS), default="figures", show_default=True,
    help="What is to be filled in: figures of units, places or villages.",
)  # fmt: skip
@click.option(
    "--indicator", "indicators", multiple=True,
    help="Id of an indicator; may be repeated, in the order of the columns.",
)  # fmt: skip
@click.option(
    "--period", default="", help="Period of the figures, as 2026, 2026-H1 or “quý II/2026”."
)
@click.option("--status", type=click.Choice(STATUSES), default="actual", show_default=True)
@click.option("--level", type=click.Choice(LEVELS), default="commune", show_default=True)
@click.option("--date", default="", help="Day whose units are listed; today's units by default.")
@click.option("--within", default="", help="Code or id of the unit whose communes are listed.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True,
    help="The XLSX file to write.",
)  # fmt: skip
@click.option(
    "--lang", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, show_default=True,
    help="Language of headings and guide.",
)  # fmt: skip
def template(
    indicators: tuple[str, ...],
    *,
    kind: TableKind,
    period: str,
    status: Status,
    level: Level,
    date: str,
    within: str,
    output: Path,
    lang: Language,
) -> None:
    """Write a workbook to be filled in; it comes back without questions.

    Codes and names of the units stand in it, and each cell takes only what its indicator can be.
    """

    def write() -> None:
        with closing(open_or_create_store(read_settings({}))) as store:
            facts = StoreFacts(store)
            day = _day(date) if date else store.info.reference_date
            units = units_within(facts.index.units, within, day)
            if kind != "figures":
                today = [u for u in units if u.level == "commune" and u.valid_on(day)]
                listed = write_list_template(kind, today, store.place_categories(), lang)
                write_atomically(output, listed)
                return
            _verify_asked(indicators, period)
            code = stated_period(period, "--period")
            content = write_template(
                facts.catalogue, units, indicators,
                level=level, date=day, period=code, status=status, language=lang,
            )  # fmt: skip
        write_atomically(output, content)

    run_or_exit(write)
    click.echo(str(output))


def _verify_asked(indicators: tuple[str, ...], period: str) -> None:
    """Refuse a workbook of figures without indicators or a period."""
    for option, given in (("--indicator", indicators), ("--period", period)):
        if not given:
            what = Message("A workbook of figures needs indicators and a period")
            raise InvalidInput(what, where=option, remedy=Message("Add {flag}", flag=option))


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(
            Message("Not a date"),
            found=text,
            allowed=Message("a day such as 2026-06-01"),
            where="--date",
        ) from None


def units_within(units: Sequence[Unit], within: str, day: dt.date) -> list[Unit]:
    """A unit in force on a day with all below it and above it; all units where none is named.

    Parameters
    ----------
    within
        Code or id of the unit; empty for all.

    Raises
    ------
    NotFound
        No unit in force on the day has this code or id.
    """
    if not within:
        return list(units)
    in_force = {unit.unit_id: unit for unit in units if unit.valid_on(day)}
    top = next((u for u in in_force.values() if within in (u.unit_id, u.code)), None)
    if top is None:
        what = Message("No unit in force on that day has this code")
        raise unknown_name(what, within, sorted({unit.code for unit in in_force.values()}))
    above = _upwards(top, in_force)
    below = [unit for unit in in_force.values() if top in _upwards(unit, in_force)]
    return [*above[1:], *below]


def _upwards(unit: Unit, by_id: Mapping[str, Unit]) -> list[Unit]:
    """A unit and those above it."""
    found = [unit]
    while (upper := by_id.get(found[-1].parent_id or "")) is not None and upper not in found:
        found.append(upper)
    return found
