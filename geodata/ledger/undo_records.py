"""What the taking back of a revision would do, as records."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.ledger.ledger_records import Cell, CellChange, Revision, SeriesKey
from geodata.ledger.listed_records import RecordChange, RecordKey


@dataclass(frozen=True, slots=True)
class KeptCell:
    """A cell that stays as it is when a revision is taken back, since it was changed later."""

    key: SeriesKey
    cell: Cell
    changed_by: Revision


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record that stays as it is when a revision is taken back, since it was changed later."""

    key: RecordKey
    changed_by: Revision


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What the taking back of a revision would do.

    Parameters
    ----------
    revision
        The revision to take back.
    restored, records
        The changes that would be written, of figures and of records.
    kept, kept_records
        Figures and records that were changed later and stay.
    unit_ids
        The units that it would be written for: of a definition, those with figures of it.
    """

    revision: Revision
    restored: tuple[CellChange, ...]
    kept: tuple[KeptCell, ...]
    records: tuple[RecordChange, ...] = ()
    kept_records: tuple[KeptRecord, ...] = ()
    unit_ids: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        """How many figures and records would return."""
        return len(self.restored) + len(self.records)
