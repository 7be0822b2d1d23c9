"""What a list would give, and what stands in the way: one report for page, terminal and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from geodata.i18n import Localised, Text
from geodata.ledger.list_content import ListContent
from geodata.list_import.table_kind import FoundKind
from geodata.model import Place, PlaceCategory, Unit
from geodata.table_import.report_records import Answers, Finding, Severity, StatedTotal
from geodata.villages.import_report import VillageImportReport as VillageReport

QuestionKind = Literal["category", "commune", "village"]


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list.

    Parameters
    ----------
    header
        Its heading.
    field
        What it holds, as ``name`` or ``x``; empty for a column of the list's own.
    values
        How many rows have something in it.
    number
        Of the column in the sheet, from 1.
    """

    header: str
    field: str
    values: int
    number: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the answers to a question: its id, and what it is called."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """What a person must say, or has said, of a text of the list.

    Parameters
    ----------
    key
        Under which the answer is kept; see `geodata.table_import.list_answers.ListAnswers`.
    written
        The text.
    parent
        The commune of a village; empty for others.
    rows
        How many rows write it.
    first_row
        The first of them, in its sheet; 0 where it is not known.
    candidates
        What is nearly the same, the likeliest first.
    answer
        What was said: an id, an empty text for a new one or for rows left out; None while open.
    """

    kind: QuestionKind
    key: str
    written: str
    parent: str
    rows: int
    first_row: int
    candidates: tuple[Candidate, ...] = ()
    answer: str | None = None


@dataclass(frozen=True)
class ListReport:
    """What a list would give.

    Parameters
    ----------
    file, sha256
        Name of the file and the hash of its bytes.
    kind
        What it lists, with what speaks for that.
    answers
        What was said about it.
    columns
        In the order of the file.
    rows, entries
        How many rows it has, and how many of them give a place or a village.
    position_note
        How positions were read; empty without any.
    units
        How many communes or villages were ``matched``, and how many names are ``unmatched``,
        ``doubled`` and ``asked``.
    findings
        The worst first.
    totals
        That the list states, held against its rows.
    notes
        What was set apart or converted on the way.
    questions
        The answered ones too.
    recipe
        Name of the saved way of reading that fits it; empty without one.
    places, categories
        Of a list of places.
    meant_categories
        By a category as written (by `geodata.vietnamese_names.match_key`) the id of the one meant.
    villages
        Of a list of villages: what loading means for each commune.
    content
        What publishing would write; None where the way ended before.
    """

    file: str
    sha256: str
    kind: FoundKind
    answers: Answers
    columns: tuple[ListColumn, ...] = ()
    rows: int = 0
    entries: int = 0
    position_note: Localised = field(default_factory=lambda: Text(""))
    units: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    totals: tuple[StatedTotal, ...] = ()
    notes: tuple[Localised, ...] = ()
    questions: tuple[ListQuestion, ...] = ()
    recipe: str = ""
    places: tuple[Place, ...] = ()
    categories: tuple[PlaceCategory, ...] = ()
    meant_categories: Mapping[str, str] = field(default_factory=dict)
    communes: tuple[Unit, ...] = ()
    villages: tuple[VillageReport, ...] = ()
    content: ListContent | None = None

    def count(self, severity: Severity) -> int:
        """How many findings of a severity are open: not confirmed with a reason."""
        return sum(f.severity == severity and not f.reason for f in self.findings)

    @property
    def publishable(self) -> bool:
        """Whether it may be published: no error, nothing left to answer or confirm."""
        open_findings = sum(self.count(severity) for severity in ("error", "question", "confirm"))
        return self.content is not None and bool(self.content.records) and not open_findings
