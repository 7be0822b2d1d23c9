"""Changes of records as rows of their table and back, and what holds for records now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from geodata.bulk_statements import execute_many
from geodata.ledger.listed_records import RecordChange, RecordKey, RecordState
from geodata.ledger.metadata import from_json
from geodata.ledger.record_tables import RECORD_KEY_COLUMNS, current_records, record_changes


def record_document(content: str) -> dict[str, Any]:
    """A record that is there, as plain data."""
    document: dict[str, Any] = from_json(content)
    return document


CurrentRecords = dict[RecordKey, tuple[RecordState, int]]
"""Records that the ledger has touched, each with the last revision that did."""


def record_change_row(revision: int, change: RecordChange) -> dict[str, Any]:
    """A change of a record as a row of its table."""
    return {
        "revision": revision,
        "kind": change.key.kind,
        "id": change.key.id,
        "old_origin": change.old.origin,
        "old_content": change.old.content,
        "new_origin": change.new.origin,
        "new_content": change.new.content,
        "sheet": change.sheet,
        "address": change.address,
    }


def read_record_change(row: Row[Any]) -> RecordChange:
    """The change of a row that holds all columns of its table."""
    return RecordChange(
        RecordKey(row.kind, row.id),
        RecordState(row.old_origin, row.old_content),
        RecordState(row.new_origin, row.new_content),
        row.sheet,
        row.address,
    )


def record_changes_of(connection: Connection, number: int) -> list[RecordChange]:
    """The records that a revision changed, by kind and id."""
    query = in_order_of_keys(select(record_changes).where(record_changes.c.revision == number))
    return [read_record_change(row) for row in connection.execute(query)]


def in_order_of_keys(query: Select[Any]) -> Select[Any]:
    """A query of changes in the order of their records, after that of earlier terms."""
    return query.order_by(*(record_changes.c[name] for name in RECORD_KEY_COLUMNS))


def read_current_records(connection: Connection, keys: Iterable[RecordKey]) -> CurrentRecords:
    """What holds for some records; those that the ledger never touched are not among them."""
    wanted = set(keys)
    if not wanted:
        return {}
    query = select(current_records).where(current_records.c.kind.in_({key.kind for key in wanted}))
    found: CurrentRecords = {}
    for row in connection.execute(query):
        key = RecordKey(row.kind, row.id)
        if key in wanted:
            found[key] = (RecordState(row.origin, row.content), row.last_revision)
    return found


def keep_current_records(
    connection: Connection, number: int, made: Sequence[RecordChange], known: Collection[RecordKey]
) -> None:
    """Write what holds since a revision.

    Parameters
    ----------
    known
        Records that the ledger has touched before.
    """
    rows: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for change in made:
        there = change.key in known
        prefix = "key_" if there else ""
        rows[there].append(
            {
                f"{prefix}kind": change.key.kind,
                f"{prefix}id": change.key.id,
                "content": change.new.content,
                "origin": change.new.origin,
                "last_revision": number,
            }
        )
    table = current_records.c
    same = [table[name] == bindparam(f"key_{name}") for name in RECORD_KEY_COLUMNS]
    execute_many(connection, insert(current_records), rows[False])
    execute_many(connection, update(current_records).where(*same), rows[True])
