"""Whether a ledger is whole: its chain of hashes, and what holds now by all that was changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Table, select

from geodata.i18n import Localised, Message
from geodata.ledger.concept_rows import stored_concept_rows
from geodata.ledger.database import reading
from geodata.ledger.definitions import was_brought
from geodata.ledger.derivations import hashed_texts, stored_rows
from geodata.ledger.ledger_records import Cell, SeriesKey
from geodata.ledger.listed_records import RecordKey, RecordState
from geodata.ledger.metadata import ledger_state
from geodata.ledger.record_rows import CurrentRecords, record_change_row, record_changes_of
from geodata.ledger.record_tables import current_records, new_place_categories
from geodata.ledger.revision_rows import (
    hash_of_changes,
    hash_of_revision,
    read_cell,
    read_change,
    read_key,
)
from geodata.ledger.revision_tables import (
    SERIES_COLUMNS,
    changes,
    current_figures,
    new_concepts,
    new_dimensions,
    new_indicators,
    new_themes,
    revisions,
    source_files,
)

_MOST_TOLD = 50


def verify(engine: Engine) -> tuple[Localised, ...]:
    """What is wrong with a ledger, up to 50 sentences; nothing of one that is whole.

    Numbers have no gaps and rise with the times; each hash covers its revision and the hash before;
    each old value is what the changes before it left; all changes together give what holds now; the
    bytes of a file are those that its hash names.
    """
    told: list[Localised] = []
    with reading(engine) as connection:
        for fault in _faults(connection):
            told.append(fault)
            if len(told) == _MOST_TOLD:
                break
    return tuple(told)


def _faults(connection: Connection) -> Iterator[Localised]:
    held: dict[SeriesKey, tuple[Cell, int]] = {}
    records: CurrentRecords = {}
    yield from _faults_of_revisions(connection, held, records)
    yield from _faults_of_current(connection, held)
    yield from _faults_of_current_records(connection, records)
    for row in connection.execute(select(source_files)):
        if hashlib.sha256(row.content).hexdigest() != row.sha256:
            yield Message("The bytes of the file {file} are not those published", file=row.name)


def _faults_of_revisions(
    connection: Connection, held: dict[SeriesKey, tuple[Cell, int]], records: CurrentRecords
) -> Iterator[Localised]:
    number, at, before = 0, "", ""
    for row in connection.execute(select(revisions).order_by(revisions.c.number)).all():
        revision = dict(row._mapping)
        number += 1
        if row.number != number:
            yield Message("Publication {n} is missing", n=number)
            number = row.number
        if row.at < at:
            yield Message("Publication {n} is older than the one before", n=number)
        digest = hash_of_changes(_changes_of(connection, number), _records_of(connection, number))
        whole = row.changes_hash == digest and row.previous_hash == before
        if not whole or row.hash != hash_of_revision(revision, _brought(connection, number)):
            yield Message("Publication {n} was altered: its hash is another", n=number)
        yield from _replay(connection, number, held)
        yield from _replay_records(connection, number, records)
        at, before = row.at, row.hash
    if connection.execute(select(ledger_state.c.last_revision)).scalar_one() != number:
        yield Message("The last publications are missing: the ledger ends at {n}", n=number)


def _changes_of(connection: Connection, number: int) -> list[dict[str, Any]]:
    rows = connection.execute(select(changes).where(changes.c.revision == number))
    listed = [dict(row._mapping) for row in rows]
    return sorted(listed, key=lambda row: tuple(row[name] for name in SERIES_COLUMNS))


def _records_of(connection: Connection, number: int) -> list[dict[str, Any]]:
    made = sorted(record_changes_of(connection, number), key=lambda change: change.key)
    return [record_change_row(number, change) for change in made]


def _brought(connection: Connection, number: int) -> list[str]:
    def records(table: Table, order: str) -> list[str]:
        query = select(table.c.record).where(table.c.revision == number).order_by(table.c[order])
        return list(connection.execute(query).scalars())

    tables = (new_themes, new_indicators, new_place_categories, new_dimensions, new_concepts)
    entries = [record for table in tables for record in records(table, "position")]
    rows = (*stored_rows(connection, number), *stored_concept_rows(connection, number))
    return entries + hashed_texts(rows)


def _replay(
    connection: Connection, number: int, held: dict[SeriesKey, tuple[Cell, int]]
) -> Iterator[Localised]:
    for row in connection.execute(select(changes).where(changes.c.revision == number)):
        change = read_change(row)
        before, _ = held.get(change.key, (None, 0))
        # What the dataset ships may be another value by now, and is not in the ledger.
        shipped = (before is None or not before.origin) and not change.old.origin
        if not shipped and before != change.old:
            cell = _cell(change.key)
            yield Message(
                "Publication {n} changes another value than held: {cell}", n=number, cell=cell
            )
        held[change.key] = (change.new, number)


def _faults_of_current(
    connection: Connection, held: dict[SeriesKey, tuple[Cell, int]]
) -> Iterator[Localised]:
    left = dict(held)
    for row in connection.execute(select(current_figures)):
        key = read_key(row)
        cell = read_cell(row.origin, row.present, row.value)
        if left.pop(key, None) != (cell, row.last_revision):
            yield Message("What holds now is not what was published last: {cell}", cell=_cell(key))
    for key in left:
        yield Message("What was published holds no more: {cell}", cell=_cell(key))


def _replay_records(
    connection: Connection, number: int, held: CurrentRecords
) -> Iterator[Localised]:
    for change in record_changes_of(connection, number):
        before, _ = held.get(change.key, (None, 0))
        # As for figures: what the dataset ships is not in the ledger.
        shipped = (before is None or not before.origin) and not change.old.origin
        if before is None and change.key.kind == "indicator":
            shipped = was_brought(connection, change)
        if not shipped and before != change.old:
            cell = " ".join(change.key)
            yield Message(
                "Publication {n} changes another value than held: {cell}", n=number, cell=cell
            )
        held[change.key] = (change.new, number)


def _faults_of_current_records(connection: Connection, held: CurrentRecords) -> Iterator[Localised]:
    left = dict(held)
    for row in connection.execute(select(current_records)):
        key = RecordKey(row.kind, row.id)
        state = RecordState(row.origin, row.content)
        if left.pop(key, None) != (state, row.last_revision):
            cell = " ".join(key)
            yield Message("What holds now is not what was published last: {cell}", cell=cell)
    for key in left:
        yield Message("What was published holds no more: {cell}", cell=" ".join(key))


def _cell(key: SeriesKey) -> str:
    return " ".join(part for part in key if part)
