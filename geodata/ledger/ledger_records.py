"""What is asked of the ledger and what it answers, as records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from sqlalchemy import Connection

from geodata.i18n import Text
from geodata.model.absent_figures import AbsenceKind
from geodata.series_id import series_id, split_series_id
from geodata.table_import.column_records import TableSource

RevisionKind = Literal["import", "correction", "undo", "base_change"]


class SeriesKey(NamedTuple):
    """What names a figure; ``dimensions`` (``sex:female``) is empty for the total."""

    indicator: str
    dimensions: str
    period: str
    status: str
    unit_id: str

    @property
    def series(self) -> str:
        """Id of the series in the catalogue; see `geodata.series_id`."""
        return series_id(self.indicator, self.dimensions)

    @classmethod
    def of(cls, series: str, period: str, status: str, unit_id: str) -> SeriesKey:
        """The key of a figure of a series of the catalogue."""
        return cls(*split_series_id(series), period, status, unit_id)


class Writer(NamedTuple):
    """The account that writes, and the name by which others read of it."""

    account_id: str
    name: str


RightsCheck = Callable[[Connection, Collection[str]], object]
"""Called in the transaction that writes, with the ids of all units written for; raises where the
account may not (`geodata.ledger.accounts`)."""


class Cell(NamedTuple):
    """What holds for a figure.

    Parameters
    ----------
    origin
        Number of the revision it comes from; 0 for the shipped dataset.
    present
        Whether there is a value: a figure may have been withdrawn, or never have been there.
    value
        In the indicator's unit of measure; None without one, and where it is a class.
    absence
        Why there is none, where a document states it: that is present, too.
    category
        Code of the class, of an indicator of kind ``category``; else empty. The ledger keeps the
        code, whose place in the list of classes may become another.
    """

    origin: int
    present: bool
    value: float | None
    absence: AbsenceKind | Literal[""] = ""
    category: str = ""

    @property
    def told(self) -> tuple[bool, float | None, str, str]:
        """What it says, wherever it comes from."""
        return self.present, self.value, self.absence, self.category


class Derivation(NamedTuple):
    """How a value was computed that no document states.

    Parameters
    ----------
    method
        How, in words that are shown beside the figure.
    coverage
        Share of the unit that the value rests on, 0 to 1; None where there is none to tell.
    """

    method: Text
    coverage: float | None = None


class CellChange(NamedTuple):
    """One cell of one revision: what held before and what holds since.

    Parameters
    ----------
    doubt
        Why the new value should not be trusted as it stands.
    sheet, address, raw
        The cell of the file, and what it says; empty where no file was read.
    derivation
        How the new value was computed; None where a document or a person states it.
    """

    key: SeriesKey
    old: Cell
    new: Cell
    doubt: Text = Text("")
    sheet: str = ""
    address: str = ""
    raw: str = ""
    derivation: Derivation | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """One entry of the ledger.

    Parameters
    ----------
    number
        From 1, without gaps.
    kind
        A table or API publication, the correction of single figures, the taking back of another
        revision, or a newer shipped dataset.
    undoes
        Number of the revision it takes back.
    at
        UTC, ISO 8601; never before that of the revision before.
    title, source
        As stated by the account.
    reason
        Why a figure was corrected or a revision taken back; a remark of a publication.
    file_sha256, file_name, recipe
        Of what it was read from, and how; empty without a file.
    answers
        What was said about the table; see `geodata.table_import.answers_json`. Of figures that were
        computed, the recipe by which anybody can compute them again.
    confirmed
        From the code of a finding to the reason for which it passed.
    base_version
        Version of the shipped dataset at that time.
    counts
        ``added``, ``changed``, ``removed``, ``unchanged``, ``blank`` and ``doubtful`` cells.
    hash
        SHA-256 over the entry, its changes and ``previous_hash``.
    """

    number: int
    kind: RevisionKind
    request_id: str
    undoes: int | None
    account_id: str
    account_name: str
    at: str
    title: str
    reason: str
    source: TableSource
    file_sha256: str
    file_name: str
    recipe: str
    answers: object
    confirmed: Mapping[str, str]
    base_version: str
    counts: Mapping[str, int]
    changes_hash: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was written.

    Parameters
    ----------
    revision
        The entry.
    repeated
        Whether the same request had been carried out before; nothing was written this time.
    same_file
        Earlier publications of the very same file, the last first.
    """

    revision: Revision
    repeated: bool = False
    same_file: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicationPlan:
    """What publishing a report would do now.

    Parameters
    ----------
    based_on
        Number of the last revision.
    changes
        The cells that would change, with what they hold now; by indicator, period and unit.
    counts
        As `Revision.counts`.
    same_file
        Earlier publications of the very same file, the last first.
    """

    based_on: int
    changes: tuple[CellChange, ...]
    counts: Mapping[str, int]
    same_file: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A cell that holds something else after one revision than after another."""

    key: SeriesKey
    before: Cell
    after: Cell


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of a cell with the revision that made it."""

    revision: Revision
    change: CellChange


@dataclass(frozen=True, slots=True)
class Trace:
    """Where the value of a cell comes from.

    Parameters
    ----------
    cell
        What holds now; None for a cell that the ledger never touched.
    origin
        The change that brought the value, with its revision: the file's cell, or the person with
        the reason. None where the value is the shipped dataset's.
    history
        All changes of the cell, the last first.
    """

    key: SeriesKey
    cell: Cell | None
    origin: HistoryEntry | None
    history: tuple[HistoryEntry, ...]


@dataclass(frozen=True, slots=True)
class LedgerMark:
    """How far a ledger has got; a store made of it bears the same mark.

    Parameters
    ----------
    ledger_id
        Which ledger; empty where there is none.
    revision
        Number of its last revision.
    hash
        Hash of that revision; empty before the first.
    """

    ledger_id: str = ""
    revision: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class EntryRequest:
    """Who corrects or takes back something, and why.

    Parameters
    ----------
    writer
        The account.
    reason
        Why; needed.
    request_id
        The same one again gets the first receipt. Empty for a request that is never repeated.
    """

    writer: Writer
    reason: str
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class FigureCorrection:
    """Another value for one figure.

    Parameters
    ----------
    value
        In the indicator's unit of measure; None withdraws the figure, unless a class is named.
    seen
        What the account saw before: another one now is a conflict. None where it saw nothing.
    doubt
        Why the new value should not be trusted as it stands.
    category
        Code of the class, of an indicator of kind ``category``; else empty.
    """

    key: SeriesKey
    value: float | None
    seen: Cell | None = None
    doubt: str = ""
    category: str = ""

    def cell(self, origin: int) -> Cell:
        """What the figure holds since the revision of this number."""
        told = self.value is not None or bool(self.category)
        return Cell(origin, told, self.value, category=self.category)


@dataclass(frozen=True, slots=True)
class PublicationRequest:
    """Who publishes what an import report holds, and under which name.

    Parameters
    ----------
    writer
        The account.
    title
        Of the publication.
    source
        The document; that of the report's answers where nothing is stated. Where its title is
        empty, the publication's stands for it.
    based_on
        Number of the last revision when the preview was made; None where there was none.
    preview_hash
        `geodata.ledger.submissions.hash_of_preview` of what the account saw; empty where it saw
        nothing.
    request_id
        Id of the submission; the same one again gets the first receipt. Empty for a request that
        is never repeated.
    content, media_type
        The bytes of the file.
    note
        A remark.
    """

    writer: Writer
    title: str
    source: TableSource = field(default_factory=TableSource)
    based_on: int | None = None
    preview_hash: str = ""
    request_id: str = ""
    content: bytes = b""
    media_type: str = ""
    note: str = ""
