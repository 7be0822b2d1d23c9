"""What reading a table came to: one report, of which page, command line and JSON are views."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from geodata.i18n import Localised, Text
from geodata.model import Concept, Status
from geodata.table_import.column_records import ColumnMeaning, NewIndicator, TableSource
from geodata.table_import.layout_records import (
    CellPlace,
    TableChoice,
    TableLayout,
    TableRange,
)
from geodata.table_import.list_answers import ListAnswers
from geodata.table_import.match_records import UnitMatching

Severity = Literal["error", "question", "confirm", "note"]
"""An ``error`` stops until the table is mended, a ``question`` until it is answered; what asks to
be confirmed may be published as doubtful, with a reason."""
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

Marker = Literal["", "missing", "not_applicable", "withheld"]
"""What a cell says in place of a number. A missing figure is never zero."""


@dataclass(frozen=True, slots=True)
class ImportedValue:
    """One figure of a table.

    Parameters
    ----------
    unit_id, indicator, dimensions, period, status
        The series it belongs to.
    value
        In the indicator's unit of measure; None where the cell holds a marker or a class.
    marker
        What the cell says in place of a number or class.
    place
        The cell it stands in.
    raw
        The cell as the table writes it.
    doubt
        Why it should not be trusted as it stands; empty when nothing speaks against it.
    category
        Code of the class, of an indicator of kind ``category``; else empty.
    """

    unit_id: str
    indicator: str
    dimensions: str
    period: str
    status: Status
    value: float | None
    marker: Marker
    place: CellPlace
    raw: str
    doubt: Localised = field(default_factory=lambda: Text(""))
    category: str = ""

    @property
    def told(self) -> bool:
        """Whether the cell says a number or a class."""
        return self.value is not None or bool(self.category)


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A total that the table states, held against the sum of its rows.

    Parameters
    ----------
    label
        The words of the total's row.
    place
        Its cell.
    stated, total
        What the table says, and what its rows add up to; ``total`` is None where they cannot be
        added (a ratio without its parts).
    """

    label: str
    place: CellPlace
    stated: float
    total: float | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found; the same thing in many cells is one finding.

    Parameters
    ----------
    code
        The check, as ``U01``; a code never changes its meaning.
    severity
        What follows from it.
    what
        What was found, as a sentence.
    expected
        What would have been accepted.
    remedy
        What to do, or what follows if nothing is done.
    places
        Up to 20 cells, the first first.
    value
        What the first of them holds.
    count
        In how many cells it was found.
    reason
        Why a person let it pass; empty while nobody has.
    """

    code: str
    severity: Severity
    what: Localised
    expected: Localised = field(default_factory=lambda: Text(""))
    remedy: Localised = field(default_factory=lambda: Text(""))
    places: tuple[CellPlace, ...] = ()
    value: str = ""
    count: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SkippedCheck:
    """A rule that could not be applied, which is not the same as one that is kept.

    Parameters
    ----------
    code
        The rule.
    what
        What was to be checked and what it lacked.
    """

    code: str
    what: Localised


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person, an answers file or a recipe says about a table.

    Parameters
    ----------
    sheet
        Name of the sheet; empty lets it be found.
    table
        Where the table stands in it.
    vintage
        Date of the timeline whose units it lists; None lets it be found.
    units
        From a unit as written (``parent|name``, by `geodata.vietnamese_names.match_key` of each) to
        a unit id, or to an empty text for a row to be ignored.
    columns
        From a column's header path to its meaning; in a long table also from the path of its
        indicator column and a text in it. Numbers of columns do not count; what is empty (use,
        indicator, period, status, unit of measure) is found as if nothing had been said of it.
    new_indicators
        Indicators that the catalogue does not hold yet.
    source
        The document; of all columns.
    concept
        Id of the concept by which the figures of all columns are counted, of the catalogue or new;
        empty where none is stated.
    new_concepts
        Concepts that the catalogue does not hold yet; one that names indicators is that of all
        their figures, whoever publishes them.
    notation
        How texts write numbers where a column can be read in more than one way.
    hidden
        What becomes of hidden rows and columns that hold figures; empty while open.
    outside
        What becomes of rows of units that the account may not write for: set aside, or told.
    confirmed
        From the code of a finding to the reason for which it may pass.
    lists
        Of a list of places or villages; also whether the file is one.
    """

    sheet: str = ""
    table: TableRange = field(default_factory=TableRange)
    vintage: dt.date | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[tuple[str, ...], ColumnMeaning] = field(default_factory=dict)
    new_indicators: tuple[NewIndicator, ...] = ()
    source: TableSource = field(default_factory=TableSource)
    concept: str = ""
    new_concepts: tuple[Concept, ...] = ()
    notation: Literal["", "vietnamese", "english"] = ""
    hidden: Literal["", "use", "skip"] = ""
    outside: Literal["", "skip"] = ""
    confirmed: Mapping[str, str] = field(default_factory=dict)
    lists: ListAnswers = field(default_factory=ListAnswers)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a table would give, and what stands in the way.

    Parameters
    ----------
    file, sha256
        Name of the file and the hash of its bytes.
    layout, matching, columns
        What was found; None or empty where the way ended before.
    values
        The figures, in the order of the cells.
    totals
        Totals that the table states.
    findings
        The worst first.
    answers
        What was said about it, by a person or a recipe.
    recipe
        Name of the recipe that was used; empty without one.
    skipped
        Rules that could not be applied.
    tables
        The tables of one sheet among which a person must choose; empty where none must.
    """

    file: str
    sha256: str
    layout: TableLayout | None
    matching: UnitMatching | None
    columns: tuple[ColumnMeaning, ...]
    values: tuple[ImportedValue, ...]
    totals: tuple[StatedTotal, ...]
    findings: tuple[Finding, ...]
    answers: Answers
    recipe: str = ""
    skipped: tuple[SkippedCheck, ...] = ()
    tables: tuple[TableChoice, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings of a severity are open: not confirmed with a reason."""
        return sum(f.severity == severity and not f.reason for f in self.findings)

    @property
    def publishable(self) -> bool:
        """Whether it may be published: figures, no error, nothing left to answer or confirm."""
        open_findings = sum(self.count(severity) for severity in ("error", "question", "confirm"))
        return bool(self.values) and not open_findings
