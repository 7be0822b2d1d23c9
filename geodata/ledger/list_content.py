"""What a list of places or villages brings to the ledger, as records."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from geodata.ledger.ledger_records import Revision
from geodata.ledger.listed_records import RecordChange, RecordKey
from geodata.ledger.metadata import to_json
from geodata.ledger.record_rows import record_document
from geodata.ledger.revision_writer import NewEntries
from geodata.model import Place
from geodata.record_codec import to_row
from geodata.villages.import_record import VillageImport


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """A record as a list gives it, with the cell it stands in."""

    content: str
    sheet: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class PlaceScope:
    """Which places a list tells all of: those of it that it does not name are taken away.

    Parameters
    ----------
    categories
        Ids of the categories.
    communes
        Unit ids; None for everywhere.
    """

    categories: frozenset[str] = frozenset()
    communes: frozenset[str] | None = frozenset()

    def holds(self, place: Mapping[str, object]) -> bool:
        """Whether a place, as the row of its record, lies in it."""
        inside = self.communes is None or place["unit_id"] in self.communes
        return inside and place["category"] in self.categories


@dataclass(frozen=True, slots=True)
class ListContent:
    """What a list would bring to the ledger.

    Parameters
    ----------
    file, sha256
        Name of the file and the hash of its bytes.
    records
        What it says, by key.
    scope
        The places that it tells all of.
    brought
        Kinds of place that it brings along, with the indicators that count them.
    answers, recipe
        What was said about it, as plain data, and the saved way of reading that fits it.
    confirmed
        From the code of a finding to the reason for which it passed.
    """

    file: str
    sha256: str
    records: Mapping[RecordKey, ListedRecord]
    scope: PlaceScope = field(default_factory=PlaceScope)
    brought: NewEntries = field(default_factory=NewEntries)
    answers: object = None
    recipe: str = ""
    confirmed: Mapping[str, str] = field(default_factory=dict)


def place_content(place: Place) -> str:
    """A place as its record; which publication it is of is told by the revision."""
    row = to_row(place)
    del row["source_id"]
    return to_json(row)


def villages_content(record: VillageImport) -> str:
    """The villages of a commune as their record."""
    return to_json(record_document(record.to_json()))


COMPLETE = to_json({"complete": True})
"""The record of a category of which every place is listed."""


@dataclass(frozen=True, slots=True)
class ListPlan:
    """What publishing a list would do now.

    Parameters
    ----------
    based_on, counts, same_file
        As for `geodata.ledger.ledger_records.PublicationPlan`.
    changes
        The records that would change, with what they hold now; by kind and id.
    """

    based_on: int
    changes: tuple[RecordChange, ...]
    counts: Mapping[str, int]
    same_file: tuple[Revision, ...]


def hash_of_list(content: ListContent) -> str:
    """SHA-256 over what a preview shows of a list: two that differ in a record differ in it."""
    records = sorted((*key, one.content) for key, one in content.records.items())
    communes = content.scope.communes
    scope = [sorted(content.scope.categories), None if communes is None else sorted(communes)]
    # Not what is brought along: somebody else may have brought the same category meanwhile.
    return hashlib.sha256(to_json([content.sha256, records, scope]).encode()).hexdigest()
