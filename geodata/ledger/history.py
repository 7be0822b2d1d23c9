"""Reading the ledger: its entries, their changes, two states compared, where a value comes from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, func, or_, select

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.ledger.correcting import find_revision
from geodata.ledger.current_cells import read_current
from geodata.ledger.database import reading
from geodata.ledger.derivations import with_derivations
from geodata.ledger.ledger_records import (
    CellChange,
    CellDifference,
    HistoryEntry,
    LedgerMark,
    Revision,
    SeriesKey,
    Trace,
)
from geodata.ledger.listed_records import RecordChange, RecordDifference, RecordKey
from geodata.ledger.metadata import ledger_state
from geodata.ledger.net_changes import net_changes_of_figures, net_changes_of_records
from geodata.ledger.record_rows import (
    in_order_of_keys,
    read_record_change,
    record_changes_of,
)
from geodata.ledger.record_tables import record_changes
from geodata.ledger.revision_rows import read_change, read_revision
from geodata.ledger.revision_tables import SERIES_COLUMNS, changes, revisions, source_files
from geodata.ledger.series_keys import (
    former_keys,
    former_names,
    kept_keys,
    present_ids_of,
    with_present_id,
)
from geodata.store import Page, Store


@dataclass(frozen=True, slots=True)
class RecordHistoryEntry:
    """One change of a record with the revision that made it."""

    revision: Revision
    change: RecordChange


def mark_of(connection: Connection) -> LedgerMark:
    """How far the ledger has got."""
    state = connection.execute(select(ledger_state)).one()
    query = select(revisions.c.hash).where(revisions.c.number == state.last_revision)
    return LedgerMark(
        state.ledger_id, state.last_revision, connection.execute(query).scalar() or ""
    )


def history(engine: Engine, limit: int | None = 50, offset: int = 0) -> Page[Revision]:
    """The entries, the last first."""
    with reading(engine) as connection:
        total = connection.execute(select(func.count()).select_from(revisions)).scalar_one()
        query = select(revisions).order_by(revisions.c.number.desc()).offset(offset)
        listed = tuple(read_revision(row) for row in connection.execute(query.limit(limit)))
    after = offset + len(listed)
    return Page(listed, total, after if after < total else None)


def show(
    engine: Engine, number: int, limit: int | None = None, offset: int = 0
) -> tuple[Revision, Page[CellChange]]:
    """One entry with its changes, by indicator, period, status and unit.

    Raises
    ------
    NotFound
        There is no revision of this number.
    """
    with reading(engine) as connection:
        revision = find_revision(connection, number)
        of_it = changes.c.revision == number
        count = select(func.count()).select_from(changes).where(of_it)
        total = connection.execute(count).scalar_one()
        query = _ordered(select(changes).where(of_it)).limit(limit).offset(offset)
        made = [(number, read_change(row)) for row in connection.execute(query)]
        listed = tuple(change for _, change in with_derivations(connection, made))
    after = offset + len(listed)
    return revision, Page(listed, total, after if after < total else None)


def file_of(engine: Engine, number: int) -> tuple[str, str, bytes] | None:
    """Name, media type and bytes of the file of a revision; None where none was kept.

    Raises
    ------
    NotFound
        There is no revision of this number.
    """
    with reading(engine) as connection:
        revision = find_revision(connection, number)
        key = source_files.c.sha256 == revision.file_sha256
        row = connection.execute(select(source_files).where(key)).first()
    return (revision.file_name, row.media_type, row.content) if row else None


def numbers_of_requests(engine: Engine, request_ids: Collection[str]) -> dict[str, int]:
    """The revisions that requests made, by the ids of the requests that made one."""
    query = select(revisions.c.request_id, revisions.c.number)
    with reading(engine) as connection:
        rows = connection.execute(query.where(revisions.c.request_id.in_(request_ids)))
        return {row.request_id: row.number for row in rows}


def diff(engine: Engine, before: int, after: int, store: Store) -> tuple[CellDifference, ...]:
    """The cells that differ between the states after two revisions; 0 is the shipped dataset.

    Parameters
    ----------
    store
        Tells the ids that indicators bear by now, under which the cells are named.

    Raises
    ------
    NotFound
        There is no revision of one of the numbers.
    InvalidInput
        The first is not the earlier one.
    """
    if before > after:
        what = Message("The earlier of the two comes first")
        raise InvalidInput(what, found=f"{before}, {after}")
    with reading(engine) as connection:
        for number in (before, after):
            if number:
                find_revision(connection, number)
        between = (changes.c.revision > before) & (changes.c.revision <= after)
        query = select(changes).where(between).order_by(changes.c.revision)
        made = [(row.revision, read_change(row)) for row in connection.execute(query)]
    present = present_ids_of(store)
    named = (
        (number, change._replace(key=with_present_id(change.key, present)))
        for number, change in made
    )
    return tuple(CellDifference(*each[:3]) for each in net_changes_of_figures(named))


def records_of(engine: Engine, number: int) -> tuple[RecordChange, ...]:
    """The records that a revision changed, by kind and id."""
    with reading(engine) as connection:
        return tuple(record_changes_of(connection, number))


def diff_records(engine: Engine, before: int, after: int) -> tuple[RecordDifference, ...]:
    """The records that differ between the states after two revisions, as `diff` has the cells."""
    table = record_changes.c
    between = (table.revision > before) & (table.revision <= after)
    query = in_order_of_keys(select(record_changes).where(between).order_by(table.revision))
    with reading(engine) as connection:
        made = [(row.revision, read_record_change(row)) for row in connection.execute(query)]
    return tuple(RecordDifference(*each[:3]) for each in net_changes_of_records(made))


def trace_record(engine: Engine, key: RecordKey) -> tuple[RecordHistoryEntry, ...]:
    """All that was ever changed of a record, the last first."""
    table = record_changes.c
    query = select(record_changes).where(table.kind == key.kind, table.id == key.id)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(table.revision.desc())).all()
        return tuple(
            RecordHistoryEntry(find_revision(connection, row.revision), read_record_change(row))
            for row in rows
        )


def trace(engine: Engine, key: SeriesKey, store: Store) -> Trace:
    """Where the value of a cell comes from, and all that was ever changed in it.

    Parameters
    ----------
    store
        Tells the former ids of the indicator, under which earlier changes are kept.
    """
    with reading(engine) as connection:
        kept = kept_keys(connection, store, [key])[key]
        cell, _ = read_current(connection, [kept]).get(kept, (None, 0))
        names = (key, *former_keys(key, former_names(present_ids_of(store))))
        query = select(changes).where(or_(*map(_of_cell, names)))
        rows = connection.execute(query.order_by(changes.c.revision.desc())).all()
        made = [(row.revision, read_change(row)) for row in rows]
        entries = tuple(
            HistoryEntry(find_revision(connection, number), change)
            for number, change in with_derivations(connection, made)
        )
    origin = next((e for e in entries if cell and e.revision.number == cell.origin), None)
    return Trace(key, cell, origin, entries)


def _of_cell(key: SeriesKey) -> ColumnElement[bool]:
    pairs = zip(SERIES_COLUMNS, key, strict=True)
    return and_(*(changes.c[name] == part for name, part in pairs))


def changes_of(connection: Connection, number: int) -> Iterator[CellChange]:
    """The changes of a revision in the order of their series."""
    rows = connection.execute(_ordered(select(changes).where(changes.c.revision == number)))
    made = [(number, read_change(row)) for row in rows]
    return (change for _, change in with_derivations(connection, made))


def _ordered(query: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
    return query.order_by(*(changes.c[name] for name in SERIES_COLUMNS))
