"""Where a place or a village comes from, and all that was ever changed in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from geodata.errors import NotFound
from geodata.i18n import Message
from geodata.ledger.history import RecordHistoryEntry, trace_record
from geodata.ledger.ledger_records import Revision
from geodata.ledger.listed_records import RecordKey, RecordState
from geodata.ledger.record_differences import EntryDifference, entry_differences
from geodata.store import Store
from geodata.vietnamese_names import match_key


@dataclass(frozen=True, slots=True)
class TracedChange:
    """What one revision changed.

    Parameters
    ----------
    entries
        The place, or the villages meant, as they came, went or changed.
    sheet, row
        Where the file has it; empty where no file was read, or for several villages.
    """

    revision: Revision
    entries: tuple[EntryDifference, ...]
    sheet: str
    row: str


@dataclass(frozen=True, slots=True)
class EntryTrace:
    """What the ledger says of a place, a village, or the villages of a commune.

    Parameters
    ----------
    key
        The record that it stands in: the villages of a commune are one.
    name
        Of the village meant; empty for a place and for all villages of a commune.
    history
        The last first; none where all is as the dataset ships it.
    """

    key: RecordKey
    name: str
    history: tuple[TracedChange, ...]


def trace_entry(engine: Engine, store: Store, entry_id: str) -> EntryTrace:
    """Trace a place or a village.

    Parameters
    ----------
    entry_id
        Of a place, also of one that was taken away; or the unit id of a village, or of a commune
        for all its villages.

    Raises
    ------
    NotFound
        There is none.
    """
    key = RecordKey("place", entry_id)
    made = trace_record(engine, key)
    if made or _is_place(store, entry_id):
        return EntryTrace(key, "", tuple(_changes(made, ())))
    key, names = _villages_of(store, entry_id)
    made = trace_record(engine, key)
    return EntryTrace(key, names[0] if names else "", tuple(_changes(made, names)))


def _is_place(store: Store, place_id: str) -> bool:
    try:
        store.place(place_id)
    except NotFound:
        return False
    return True


def _villages_of(store: Store, unit_id: str) -> tuple[RecordKey, tuple[str, ...]]:
    """The record of a village or a commune, and the names of the village."""
    try:
        unit = store.unit(unit_id)
    except NotFound:
        unit = None
    if unit is not None and unit.level == "village" and unit.parent_id:
        return RecordKey("villages", unit.parent_id), (unit.name.vi, *unit.aliases)
    if unit is not None and unit.level == "commune":
        return RecordKey("villages", unit.unit_id), ()
    raise NotFound(
        Message("No place, village or commune has this id"),
        found=unit_id,
        remedy=Message("Give the id of a place, of a village, or of a commune for its villages"),
    )


def _changes(
    made: Collection[RecordHistoryEntry], names: Collection[str]
) -> Iterator[TracedChange]:
    """The changes that speak of the entry; of all entries where no names are given."""
    meant = {match_key(name) for name in names}
    for each in made:
        change = each.change
        entries = tuple(
            one
            for one in entry_differences(change.key, change.old, change.new)
            if not meant or match_key(one.name) in meant
        )
        if entries:
            row = change.address or _row_of(change.new, meant)
            yield TracedChange(each.revision, entries, change.sheet, row)


def _row_of(state: RecordState, names: Collection[str]) -> str:
    """The row of a village in its file, as its record tells it."""
    rows: Collection[dict[str, Any]] = state.document.get("rows", ())
    found = [row["where"] for row in rows if match_key(row["name"]) in names]
    return str(found[0]).rpartition(":")[2] if found else ""
