"""Correcting a single figure, and taking a revision back."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, Engine, select

from geodata.errors import Conflict, InvalidInput, NotFound
from geodata.i18n import Message, Text
from geodata.ledger.concept_rows import series_of_units, stated_concepts_of
from geodata.ledger.current_cells import ShippedFigures, holding, read_current
from geodata.ledger.database import reading, writing
from geodata.ledger.definitions import hindered_by, units_described
from geodata.ledger.ledger_records import (
    Cell,
    CellChange,
    EntryRequest,
    FigureCorrection,
    Receipt,
    Revision,
    RightsCheck,
    SeriesKey,
)
from geodata.ledger.listed_records import RecordChange
from geodata.ledger.publishing import find_request
from geodata.ledger.record_differences import counts_of_records
from geodata.ledger.record_rows import read_current_records, record_changes_of
from geodata.ledger.revision_rows import read_change, read_revision, told_text
from geodata.ledger.revision_tables import changes, revisions
from geodata.ledger.revision_writer import (
    ChangedRecords,
    NewEntries,
    RevisionDraft,
    append_revision,
    next_number,
)
from geodata.ledger.series_keys import kept_keys, series_key
from geodata.ledger.undo_records import KeptCell, KeptRecord, UndoPlan
from geodata.ledger.value_bounds import verify_class, verify_value
from geodata.model import STATUSES
from geodata.period import parse_period
from geodata.store import Store

_LARGEST_INTEGER = 2**63 - 1
"""Largest number that a column of the ledger can hold; the database refuses to look for more."""


def correct(
    engine: Engine,
    store: Store,
    correction: FigureCorrection,
    request: EntryRequest,
    may: RightsCheck,
) -> Receipt:
    """Put another value or class in the place of one figure, published or shipped, as one revision.

    The figure that it corrects stays beside it as an alternative. Nothing of the shipped files is
    touched.

    Parameters
    ----------
    engine
        The ledger.
    store
        The served store.
    may
        Asked in the transaction whether the account may write for the unit.

    Raises
    ------
    InvalidInput
        There is no reason, the value is impossible, or nothing would change.
    NotFound
        There is no such unit or indicator.
    Conflict
        Somebody changed the figure meanwhile.
    """
    with writing(engine) as connection:
        return correct_within(connection, store, correction, request, may)


def correct_within(
    connection: Connection,
    store: Store,
    correction: FigureCorrection,
    request: EntryRequest,
    may: RightsCheck,
) -> Receipt:
    """`correct` in a transaction that writes, which may be a rehearsal."""
    key = _verified(store, correction)
    reason = _reason(request, Message("A correction needs its reason"))
    may(connection, {key.unit_id})
    if repeated := find_request(connection, request.request_id, request.writer.account_id):
        return Receipt(repeated, repeated=True)
    key = kept_keys(connection, store, [key])[key]
    current = read_current(connection, [key])
    shipped = ShippedFigures(store)
    old = holding(key, current, shipped)
    seen = correction.seen
    if seen is not None and (seen.value, seen.category) != (old.value, old.category):
        raise _changed_meanwhile(key, old)
    new = correction.cell(next_number(connection))
    if new.told == old.told or not (new.present or old.present):
        what = Message("Nothing would change: the figure has this value already (L04)")
        raise InvalidInput(what, found=told_text(new) or "–")
    change = CellChange(key, old, new, Text(correction.doubt, correction.doubt))
    draft = RevisionDraft(
        kind="correction",
        writer=request.writer,
        counts=_counts([change]),
        request_id=request.request_id,
        reason=reason,
        base_version=store.info.shipped_version,
    )
    # It is counted as the figure that it stands for.
    stated = stated_concepts_of(connection, [(old.origin, key)]) if old.origin else {}
    concept = stated.get((old.origin, key), "") if old.origin else shipped.concept(key)
    brought = NewEntries(stated={series_of_units(key): concept} if concept else {})
    revision = append_revision(connection, draft, [change], current.keys(), brought=brought)
    return Receipt(revision)


def held_now(engine: Engine, store: Store, key: SeriesKey) -> Cell:
    """What a cell holds: the ledger's word, else the shipped figure."""
    with reading(engine) as connection:
        key = kept_keys(connection, store, [key])[key]
        return holding(key, read_current(connection, [key]), ShippedFigures(store))


def undo_plan(engine: Engine, number: int) -> UndoPlan:
    """What taking a revision back would do: the cells that return, and those that stay.

    Raises
    ------
    NotFound
        There is no revision of this number.
    InvalidInput
        It is not one that can be taken back.
    """
    with reading(engine) as connection:
        return _plan(connection, number)


def undo(
    engine: Engine,
    number: int,
    request: EntryRequest,
    may: RightsCheck,
    *,
    seen: int | None = None,
) -> Receipt:
    """Take a revision back, as a new revision; taking that one back brings it again.

    Cells that were changed later stay as they are. A restored cell takes its earlier origin again,
    so that older revisions can still be taken back afterwards.

    Parameters
    ----------
    seen
        How many cells the plan that the account saw would restore; another number is a conflict.

    Raises
    ------
    NotFound
        There is no revision of this number.
    InvalidInput
        There is no reason, or no cell would return.
    Conflict
        Cells were changed since the plan was shown.
    """
    with writing(engine) as connection:
        return undo_within(connection, number, request, may, seen=seen)


def undo_within(
    connection: Connection,
    number: int,
    request: EntryRequest,
    may: RightsCheck,
    *,
    seen: int | None = None,
) -> Receipt:
    """`undo` in a transaction that writes, which may be a rehearsal."""
    reason = _reason(request, Message("Taking back needs its reason"))
    plan = _plan(connection, number)
    may(connection, plan.unit_ids)
    if repeated := find_request(connection, request.request_id, request.writer.account_id):
        return Receipt(repeated, repeated=True)
    if not plan.count:
        raise _nothing_returns(plan)
    if seen is not None and seen != plan.count:
        raise Conflict(
            Message("Other cells would return than those shown"),
            found=str(plan.count),
            allowed=(str(seen),),
            remedy=Message("Look at what would return and take it back again"),
        )
    draft = RevisionDraft(
        kind="undo",
        writer=request.writer,
        counts=_counts(plan.restored, plan.records),
        request_id=request.request_id,
        undoes=number,
        title=plan.revision.title,
        reason=reason,
    )
    known = {change.key for change in plan.restored}
    records = ChangedRecords(plan.records, {change.key for change in plan.records})
    return Receipt(append_revision(connection, draft, plan.restored, known, records=records))


def _plan(connection: Connection, number: int) -> UndoPlan:
    revision = find_revision(connection, number)
    if revision.kind == "base_change":
        what = Message("A newer shipped dataset cannot be taken back")
        raise InvalidInput(what, found=str(number))
    rows = connection.execute(select(changes).where(changes.c.revision == number))
    own = [read_change(row) for row in rows]
    current = read_current(connection, [change.key for change in own])
    restored, later = [], []
    for change in own:
        cell, last = current[change.key]
        # A revision is recognised by the values it brought; an undo brought none of its own.
        if number in {cell.origin, last}:
            restored.append(CellChange(change.key, change.new, change.old))
        else:
            later.append((change.key, cell, last))
    by_number = {last: find_revision(connection, last) for last in {each[2] for each in later}}
    kept = tuple(KeptCell(key, cell, by_number[last]) for key, cell, last in later)
    records, kept_records = _records_plan(connection, number)
    units = {change.key.unit_id for change in restored}
    for record in records:
        defines = record.key.kind == "indicator"
        units |= units_described(connection, record.key.id) if defines else record.unit_ids
    return UndoPlan(
        revision, tuple(restored), kept, tuple(records), tuple(kept_records), frozenset(units)
    )


def _records_plan(
    connection: Connection, number: int
) -> tuple[list[RecordChange], list[KeptRecord]]:
    """The records of a revision that would return, and those that stay; as for its figures."""
    own = record_changes_of(connection, number)
    current = read_current_records(connection, [change.key for change in own])
    restored, kept = [], []
    for change in own:
        state, last = current[change.key]
        back = RecordChange(change.key, change.new, change.old)
        later = last if number not in {state.origin, last} else _hindrance(connection, back, last)
        if later is None:
            restored.append(back)
        else:
            kept.append(KeptRecord(change.key, find_revision(connection, later)))
    return restored, kept


def _hindrance(connection: Connection, back: RecordChange, last: int) -> int | None:
    """The publication for whose figures a definition has to stay as it is."""
    return hindered_by(connection, back, last) if back.key.kind == "indicator" else None


def find_revision(connection: Connection, number: int) -> Revision:
    """The revision of a number.

    Raises
    ------
    NotFound
        There is none.
    """
    of_it = select(revisions).where(revisions.c.number == number)
    row = connection.execute(of_it).first() if number <= _LARGEST_INTEGER else None
    if row is None:
        what = Message("There is no publication of this number")
        raise NotFound(what, found=str(number), remedy=Message("Look at the list of publications"))
    return read_revision(row)


def _counts(
    made: tuple[CellChange, ...] | list[CellChange], records: tuple[RecordChange, ...] = ()
) -> dict[str, int]:
    kinds = Counter(_kind(change) for change in made)
    kinds.update(counts_of_records(records))
    doubtful = sum(bool(change.doubt) for change in made)
    return {
        "added": kinds["added"],
        "changed": kinds["changed"],
        "removed": kinds["removed"],
        "unchanged": 0,
        "blank": 0,
        "doubtful": doubtful,
    }


def _kind(change: CellChange) -> str:
    if not change.new.present:
        return "removed"
    return "changed" if change.old.present else "added"


def _reason(request: EntryRequest, what: Message) -> str:
    if not request.reason.strip():
        raise InvalidInput(what, remedy=Message("Say in a few words why"))
    return request.reason.strip()


def _verified(store: Store, correction: FigureCorrection) -> SeriesKey:
    """The key of a correction whose unit, indicator, status and value are possible."""
    key = correction.key
    store.unit(key.unit_id)
    key = series_key(store, key.series, key.period, key.status, key.unit_id)
    indicator = store.indicator(key.series)
    if key.status not in STATUSES:
        raise InvalidInput(Message("No such status"), found=key.status, allowed=STATUSES)
    if correction.category:
        verify_class(indicator, correction.category)
    elif correction.value is not None:
        verify_value(indicator, correction.value)
    return key._replace(period=parse_period(key.period).code)


def _changed_meanwhile(key: SeriesKey, now: Cell) -> Conflict:
    return Conflict(
        Message("Somebody else has changed this figure meanwhile (L03)"),
        found=told_text(now) or "–",
        remedy=Message("Look at the figure again and correct it if it is still wrong"),
        where=f"{key.unit_id} {key.series} {key.period}",
    )


def _nothing_returns(plan: UndoPlan) -> InvalidInput:
    return InvalidInput(
        Message("No cell would return: all were changed later or taken back already"),
        found=str(plan.revision.number),
        remedy=Message("Take the later changes back first, or correct single figures"),
    )
