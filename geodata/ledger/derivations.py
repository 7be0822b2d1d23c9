"""How published values were computed: kept beside the changes that brought them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from geodata.i18n import Text
from geodata.ledger.ledger_records import CellChange, Derivation, SeriesKey
from geodata.ledger.metadata import to_json
from geodata.ledger.revision_rows import number_text, read_key, read_number
from geodata.ledger.revision_tables import SERIES_COLUMNS, derivations


def derivation_rows(revision: int, made: Iterable[CellChange]) -> list[dict[str, Any]]:
    """The rows of the computed values among the changes of a revision, in their order."""
    return [
        {
            "revision": revision,
            **{name: getattr(change.key, name) for name in SERIES_COLUMNS},
            "method_vi": change.derivation.method.vi,
            "method_en": change.derivation.method.en,
            "coverage": number_text(change.derivation.coverage),
        }
        for change in made
        if change.derivation is not None
    ]


def hashed_texts(rows: Iterable[dict[str, Any]]) -> list[str]:
    """What the hash of a revision covers of its rows, which stand in the order of their series."""
    return [to_json(list(row.values())) for row in rows]


def stored_rows(connection: Connection, revision: int) -> list[dict[str, Any]]:
    """The rows of a revision in the order of their series."""
    query = select(derivations).where(derivations.c.revision == revision)
    listed = [dict(row._mapping) for row in connection.execute(query)]
    return sorted(listed, key=lambda row: tuple(row[name] for name in SERIES_COLUMNS))


def read_derivations(
    connection: Connection, numbers: Collection[int]
) -> dict[tuple[int, SeriesKey], Derivation]:
    """How the computed values of some revisions came about, by revision and series."""
    query = select(derivations).where(derivations.c.revision.in_(list(numbers)))
    return {(row.revision, read_key(row)): _derivation(row) for row in connection.execute(query)}


def with_derivations(
    connection: Connection, made: Sequence[tuple[int, CellChange]]
) -> list[tuple[int, CellChange]]:
    """Changes with how their values were computed, each with the number of its revision."""
    known = read_derivations(connection, {number for number, _ in made})
    return [
        (number, change._replace(derivation=known.get((number, change.key))))
        for number, change in made
    ]


def _derivation(row: Row[Any]) -> Derivation:
    return Derivation(Text(row.method_vi, row.method_en), read_number(row.coverage))
