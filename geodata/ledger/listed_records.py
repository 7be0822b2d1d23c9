"""What the ledger keeps beside figures: places, complete lists of them, villages, definitions.

A record is kept whole, as one document: the next list changes it, a taking back brings the one
before, and what the dataset ships stands beneath with 0 for its origin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from geodata.ledger.metadata import from_json

RecordKind = Literal["complete", "indicator", "place", "villages"]
"""``place``, one place by its id; ``complete``, that every place of a category is listed, by the
id of the category; ``villages``, the list of villages of a commune, by the commune's unit id;
``indicator``, the changed definition of an indicator that a publication made, by its id."""


class RecordKey(NamedTuple):
    """What names a record."""

    kind: RecordKind
    id: str


class RecordState(NamedTuple):
    """What holds for a record.

    Parameters
    ----------
    origin
        Number of the revision it comes from; 0 for the shipped dataset.
    content
        The record as canonical JSON; empty where there is none.
    """

    origin: int
    content: str

    @property
    def present(self) -> bool:
        """Whether there is a record: it may have been taken away, or never have been there."""
        return bool(self.content)

    @property
    def told(self) -> str:
        """What it says, wherever it comes from."""
        return self.content

    @property
    def document(self) -> dict[str, Any]:
        """The record as plain data; empty where there is none."""
        return from_json(self.content) or {}


NO_RECORD = RecordState(0, "")


class RecordChange(NamedTuple):
    """One record of one revision: what held before and what holds since.

    Parameters
    ----------
    sheet, address
        Where the file has it; empty where no file was read.
    """

    key: RecordKey
    old: RecordState
    new: RecordState
    sheet: str = ""
    address: str = ""

    @property
    def unit_ids(self) -> frozenset[str]:
        """The units that the record belongs to, before and since; empty for a whole category."""
        if self.key.kind == "villages":
            return frozenset((self.key.id,))
        found = (state.document.get("unit_id", "") for state in (self.old, self.new))
        return frozenset(unit_id for unit_id in found if unit_id)


@dataclass(frozen=True, slots=True)
class RecordDifference:
    """A record that is another one after one revision than after another."""

    key: RecordKey
    before: RecordState
    after: RecordState
