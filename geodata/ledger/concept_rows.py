"""By which concepts published figures are counted: kept beside the changes that brought them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, select

from geodata.ledger.ledger_records import SeriesKey
from geodata.ledger.revision_tables import (
    SERIES_COLUMNS,
    TABLE_COLUMNS,
    changes,
    revisions,
    stated_concepts,
)

SeriesOfUnits = tuple[str, str, str, str]
"""Indicator, dimensions, period and status: what the figures of all units have in common."""


def series_of_units(key: SeriesKey) -> SeriesOfUnits:
    """What a figure has in common with those of other units."""
    return key.indicator, key.dimensions, key.period, key.status


def concept_rows(revision: int, stated: Mapping[SeriesOfUnits, str]) -> list[dict[str, Any]]:
    """The rows of a revision in the order of their series."""
    return [
        {"revision": revision, **dict(zip(TABLE_COLUMNS, key, strict=True)), "concept": concept}
        for key, concept in sorted(stated.items())
    ]


def stored_concept_rows(connection: Connection, revision: int) -> list[dict[str, Any]]:
    """The rows that `concept_rows` wrote, in their order."""
    query = select(stated_concepts).where(stated_concepts.c.revision == revision)
    listed = [dict(row._mapping) for row in connection.execute(query)]
    return sorted(listed, key=lambda row: tuple(row[name] for name in TABLE_COLUMNS))


def concepts_stated_by(connection: Connection, numbers: Collection[int]) -> set[str]:
    """Ids of the concepts that some revisions state."""
    columns = stated_concepts.c
    query = select(columns.concept).where(columns.revision.in_(list(numbers))).distinct()
    return set(connection.execute(query).scalars())


def stated_concepts_of(
    connection: Connection, cells: Iterable[tuple[int, SeriesKey]]
) -> dict[tuple[int, SeriesKey], str]:
    """The concepts that publications state of their figures.

    A correction states that of the figure for which it stands; one that was written before
    corrections did so is counted as that figure.

    Parameters
    ----------
    cells
        Revisions with the figures that they brought; those of which no concept is stated are not
        in the answer.
    """
    columns = stated_concepts.c
    stated: dict[tuple[int, SeriesOfUnits], str] = {
        (row.revision, tuple(getattr(row, name) for name in TABLE_COLUMNS)): row.concept
        for row in connection.execute(select(*columns))
    }
    if not stated:
        return {}
    query = select(revisions.c.number).where(revisions.c.kind == "correction")
    corrections = set(connection.execute(query).scalars())
    found = {}
    for revision, key in cells:
        origin = revision
        while origin in corrections and (origin, series_of_units(key)) not in stated:
            origin = _origin_before(connection, origin, key)
        if concept := stated.get((origin, series_of_units(key))):
            found[revision, key] = concept
    return found


def _origin_before(connection: Connection, revision: int, key: Sequence[str]) -> int:
    """The revision that the figure came from which a correction took the place of."""
    named = dict(zip(SeriesKey._fields, key, strict=True))
    same = and_(*(changes.c[name] == named[name] for name in SERIES_COLUMNS))
    query = select(changes.c.old_origin).where(changes.c.revision == revision, same)
    return int(connection.execute(query).scalar_one())
