"""What a command reads a table by: saved recipes and spellings, small files, a line of progress."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy import Engine

from geodata.errors import FileFault, unknown_name
from geodata.i18n import Message
from geodata.ledger.saved_aliases import saved_aliases
from geodata.ledger.saved_recipes import saved_recipe
from geodata.table_import.prepare import Stage, TableReading
from geodata.table_import.recipe import Recipe
from geodata.table_import.recipe_json import read_recipe
from geodata.table_import.units import UnitAlias
from portal.config import Settings
from portal.table_readings import instance_reading

_LARGEST = 4_000_000
"""Bytes of an answers file or a recipe that are read."""


def saved_reading(ledger: Engine | None, settings: Settings, named: str) -> TableReading:
    """How a table is read: by the recipe that was named, else by a saved one that fits it.

    Parameters
    ----------
    ledger, settings
        Of the instance, as `portal.table_readings.instance_reading` takes them.
    named
        Name of a saved recipe, or a JSON file of one; empty for none.

    Raises
    ------
    PortalError
        There is no such recipe, or the file is none.
    """
    reading = replace(instance_reading(ledger, settings), progress=ProgressLine())
    return replace(reading, recipe=_recipe(ledger, named)) if named else reading


def _recipe(ledger: Engine | None, named: str) -> Recipe:
    path = Path(named)
    if path.suffix.lower() == ".json":
        return read_recipe(small_text(path), path.name)
    if ledger is None:
        raise unknown_name(Message("There is no recipe of this name"), named, ())
    return saved_recipe(ledger, named)


def confirmed_spellings(ledger: Engine | None) -> tuple[UnitAlias, ...]:
    """The spellings of units that people confirmed; none where there is no ledger yet."""
    return tuple(saved.alias for saved in saved_aliases(ledger)) if ledger else ()


def small_text(path: Path) -> str:
    """A small text file.

    Raises
    ------
    FileFault
        It is missing, too large or no UTF-8 text.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise FileFault(Message("The file is too large"), where=path.name)
        return content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = Message("The file cannot be read")
        allowed = Message("UTF-8 text")
        raise FileFault(what, str(error), allowed, where=path.name) from None


class ProgressLine:
    """Says on the terminal how far a long check is; silent where the output is no terminal."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()

    def __call__(self, stage: Stage, share: float) -> None:
        """Say it; see `geodata.table_import.prepare.Progress`."""
        if self.shown:
            click.echo(f"\r{stage} {share:4.0%} ", nl=False, err=True)
            if (stage, share) == ("checks", 1.0):
                click.echo(err=True)
