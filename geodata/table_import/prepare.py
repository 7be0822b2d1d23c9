"""The one way from an office's file to a report on what it would give."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath
from typing import Literal

from geodata.errors import FileFault, PortalError
from geodata.i18n import Message
from geodata.readers.content import verify_file
from geodata.readers.limits import DEFAULT_LIMITS, too_much
from geodata.readers.sheet import Sheet
from geodata.readers.tables import read_sheets
from geodata.table_import.checks import CheckedTable, check_table
from geodata.table_import.checks.violations import in_order
from geodata.table_import.columns import read_columns, stated_totals, to_values
from geodata.table_import.known_facts import KnownFacts
from geodata.table_import.layout import find_tables, taken
from geodata.table_import.layout_records import TableLayout, TableRange
from geodata.table_import.refusals import (
    no_sheet,
    no_table,
    not_worked_out,
    refusal,
    several_tables,
    unsure_table,
)
from geodata.table_import.report_records import Answers, Finding, ImportReport
from geodata.table_import.units import match_units
from geodata.vietnamese_names import normalise

Stage = Literal["reading", "layout", "units", "columns", "values", "checks"]
"""A part of the way, as `Progress` is told it."""

Progress = Callable[[Stage, float], None]
"""Called with the part that is under way and the share of it that is done, 0 to 1."""

LEAST_SURE = 45
"""Score from which the only table of a file is read, though it must be confirmed."""

_LONGEST_NAME = 120


def _silent(stage: Stage, share: float) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class TableReading:
    """How a table is to be read, beside what is said about it.

    Parameters
    ----------
    area
        Ids of units in or below which its units must lie; None for anywhere.
    recipe
        Name of the recipe that the answers come from; empty where a person gave them.
    progress
        Is told how far the reading is.
    """

    area: Collection[str] | None = None
    recipe: str = ""
    progress: Progress = _silent


def prepare_table(
    file: Path | bytes,
    name: str,
    facts: KnownFacts,
    answers: Answers | None = None,
    reading: TableReading | None = None,
) -> ImportReport:
    """Read, match and check an office's table; nothing is written.

    A file that is broken or holds no table gives a report that says so. What a person must answer
    is among the findings; everything that can be known without the answer is told all the same.

    Parameters
    ----------
    file
        The file or its bytes.
    name
        Its name, by whose suffix its kind is known.
    facts
        What is known of units, indicators and figures.
    answers
        What a person or a recipe says about it.
    reading
        How it is read beside that; see `TableReading`.
    """
    answers, reading = answers or Answers(), reading or TableReading()
    reading.progress("reading", 0.0)
    shown = _shown_name(name)
    report = ImportReport(shown, "", None, None, (), (), (), (), answers, reading.recipe)
    try:
        content = file if isinstance(file, bytes) else _content(file)
        report = replace(report, sha256=hashlib.sha256(content).hexdigest())
        with _named_file(content, shown) as path:
            sheets = read_sheets(path)
    except PortalError as fault:
        return replace(report, findings=(refusal(fault),))
    reading.progress("layout", 0.0)
    wanted = [sheet for sheet in sheets if answers.sheet in ("", sheet.name)]
    if not wanted:
        return replace(report, findings=(no_sheet(answers.sheet, sheets),))
    layouts = find_tables(wanted, shown, facts.index, answers.table)
    layout, finding = _chosen(layouts, wanted, answers)
    if layout is None or (finding is not None and finding.severity == "error"):
        return replace(report, layout=layout, findings=(finding,) if finding else ())
    found = [finding] if finding else []
    found += _unworked(layout, wanted)
    return _checked(replace(report, layout=layout), layout, facts, reading, found)


def _content(path: Path) -> bytes:
    try:
        verify_file(path, DEFAULT_LIMITS)
        return path.read_bytes()
    except OSError as error:
        what = Message("The file cannot be opened")
        raise FileFault(what, found=str(error), where=path.name) from None


def _shown_name(name: str) -> str:
    """The last part of a file's name, without signs that are not shown, at most 120 characters."""
    last = PureWindowsPath(name).name
    clean = normalise("".join(c if c.isprintable() else " " for c in last)) or "?"
    stem, suffix = PureWindowsPath(clean).stem, PureWindowsPath(clean).suffix
    return f"{stem[: _LONGEST_NAME - len(suffix[:10])]}{suffix[:10]}"


@contextmanager
def _named_file(content: bytes, name: str) -> Iterator[Path]:
    """The bytes as a file of that name, for readers that open files."""
    if len(content) > DEFAULT_LIMITS.file_bytes:
        what = Message("The file is too large")
        raise too_much(what, f"{len(content)} B", DEFAULT_LIMITS.file_bytes, name)
    with tempfile.TemporaryDirectory(prefix="table-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        yield path


def _chosen(
    layouts: Sequence[TableLayout], sheets: Sequence[Sheet], answers: Answers
) -> tuple[TableLayout | None, Finding | None]:
    """The table that is read, and what must be said of the choice."""
    if not layouts:
        return None, no_table(sheets)
    best = layouts[0]
    told = answers.table != TableRange() or (answers.sheet and len(layouts) == 1)
    if told or taken(layouts):
        return best, None
    if len(layouts) > 1:
        return best, several_tables(layouts)
    if best.score < LEAST_SURE:
        return best, replace(unsure_table(best), severity="error")
    return best, unsure_table(best)


def _unworked(layout: TableLayout, sheets: Sequence[Sheet]) -> list[Finding]:
    """Formulas without a result within the table, which read as empty cells."""
    rows = {row.number for row in layout.rows}
    columns = {column.number for column in layout.columns}
    formulas = [
        each
        for sheet in sheets
        if sheet.name == layout.sheet
        for each in sheet.unworked
        if each.row in rows and each.column in columns
    ]
    return [not_worked_out(layout, formulas)] if formulas else []


def _checked(
    report: ImportReport,
    layout: TableLayout,
    facts: KnownFacts,
    reading: TableReading,
    found: list[Finding],
) -> ImportReport:
    """The report with units, columns and figures of a table, and all findings."""
    answers, progress = report.answers, reading.progress
    progress("units", 0.0)
    said_by: Literal["answer", "recipe"] = "recipe" if reading.recipe else "answer"
    matching = match_units(layout, facts.index, answers, reading.area, said_by)
    progress("columns", 0.0)
    meanings, about_columns = read_columns(layout, matching, facts.catalogue, answers)
    progress("values", 0.0)
    values, about_values = to_values(layout, matching, meanings, facts.catalogue, answers)
    totals = stated_totals(layout, matching, meanings, facts.catalogue, answers)
    progress("checks", 0.0)
    table = CheckedTable(layout, matching, meanings, values, totals, answers, facts)
    checked = check_table(table, lambda share: progress("checks", share))
    findings = (*found, *about_columns, *about_values, *checked.findings)
    return replace(
        report,
        matching=matching,
        columns=meanings,
        values=checked.values,
        totals=totals,
        findings=in_order(findings, answers.confirmed),
        skipped=checked.skipped,
    )
