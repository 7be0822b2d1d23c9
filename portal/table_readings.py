"""How the tables and lists of an instance are read: one answer for pages, programs and commands."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Engine

from geodata.ledger.definitions import redefined_indicators
from geodata.ledger.file_publications import earlier_publications
from geodata.ledger.saved_recipes import saved_recipes
from geodata.table_import.prepare import TableReading
from portal.config import Settings


def instance_reading(ledger: Engine | None, settings: Settings) -> TableReading:
    """With what was saved and published: recipes, files, closed periods, changed definitions.

    Parameters
    ----------
    ledger
        None where the instance has none yet.
    """
    if ledger is None:
        return TableReading(closed=settings.closed)
    return TableReading(
        recipes=tuple(each.recipe for each in saved_recipes(ledger)),
        published=partial(earlier_publications, ledger),
        closed=settings.closed,
        redefined=redefined_indicators(ledger),
    )
