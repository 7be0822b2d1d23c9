"""The one way from an office's file to a report on what it would give."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from geodata.closed_periods import NONE_CLOSED, ClosedPeriods
from geodata.collection_pause import collection_pause
from geodata.errors import PortalError
from geodata.readers.sheet import Sheet, UnworkedFormula
from geodata.table_import.checks import CheckedTable, check_table
from geodata.table_import.checks.file_checks import (
    EarlierPublication,
    EarlierPublications,
    file_checks,
)
from geodata.table_import.checks.personal_data import personal_columns
from geodata.table_import.checks.violations import grouped, in_order
from geodata.table_import.columns import read_columns, stated_totals, to_values
from geodata.table_import.columns.dimension_columns import with_dimension_columns
from geodata.table_import.columns.period_choice import first_day
from geodata.table_import.columns.unread_figures import inexact_columns, unread_figures
from geodata.table_import.joined_answers import join_answers
from geodata.table_import.known_facts import KnownFacts
from geodata.table_import.layout import find_tables, offered, taken
from geodata.table_import.layout_records import CellPlace, TableLayout, TableRange
from geodata.table_import.made_entries import dimensions_of
from geodata.table_import.opened_file import OpenedFile, open_file, shown_name
from geodata.table_import.recipe import Recipe, RecipeFit, apply_recipe, best_fit
from geodata.table_import.redefined import Redefined, with_present_definitions
from geodata.table_import.refusals import (
    no_sheet,
    no_table,
    not_worked_out,
    other_shape,
    refusal,
    several_tables,
    table_choices,
    unsure_table,
)
from geodata.table_import.report_records import Answers, Finding, ImportReport
from geodata.table_import.template.form_reader import read_template
from geodata.table_import.units import match_units

Stage = Literal["reading", "layout", "units", "columns", "values", "checks"]
"""A part of the way, as `Progress` is told it."""

Progress = Callable[[Stage, float], None]
"""Called with the part that is under way and the share of it that is done, 0 to 1."""

LEAST_SURE = 45
"""Score from which the only table of a file is read, though it must be confirmed."""


def _silent(stage: Stage, share: float) -> None:
    """Tell nobody."""


def _nothing_published(sha256: str) -> Sequence[EarlierPublication]:
    """Know of no publication."""
    return ()


@dataclass(frozen=True)
class TableReading:
    """How a table is to be read, beside what is said about it.

    Parameters
    ----------
    area
        Ids of units in or below which its units must lie; None for anywhere.
    recipe
        The recipe that a person chose; None lets one that fits be found.
    recipes
        Recipes that may fit the table; the one that fits best is used, what it differs in is told.
    progress
        Is told how far the reading is.
    published
        Tells what was published of the same file before.
    closed
        Periods of which no figures are taken any more.
    redefined
        Indicators that publications made and whose definitions were changed since, by id.
    """

    area: Collection[str] | None = None
    recipe: Recipe | None = None
    recipes: Sequence[Recipe] = ()
    progress: Progress = _silent
    published: EarlierPublications = _nothing_published
    closed: ClosedPeriods = NONE_CLOSED
    redefined: Mapping[str, Redefined] = field(default_factory=dict)


def prepare_table(
    file: Path | bytes | OpenedFile,
    name: str,
    facts: KnownFacts,
    answers: Answers | None = None,
    reading: TableReading | None = None,
) -> ImportReport:
    """Read, match and check an office's table; nothing is written.

    A form that the portal gave out says itself what it holds; what a person says goes before that.
    A file that is broken or holds no table gives a report that says so. What a person must answer
    is among the findings; everything that can be known without the answer is told all the same.

    Parameters
    ----------
    file
        The file, its bytes, or what was opened of it already.
    name
        Its name, by whose suffix its kind is known.
    facts
        What is known of units, indicators and figures.
    answers
        What a person or a recipe says about it.
    reading
        How it is read beside that; see `TableReading`.
    """
    with collection_pause():
        return _prepared(file, name, facts, answers or Answers(), reading or TableReading())


def _prepared(
    file: Path | bytes | OpenedFile,
    name: str,
    facts: KnownFacts,
    answers: Answers,
    reading: TableReading,
) -> ImportReport:
    reading.progress("reading", 0.0)
    report = ImportReport(shown_name(name), "", None, None, (), (), (), (), answers, "")
    if isinstance(file, bytes):
        report = replace(report, sha256=hashlib.sha256(file).hexdigest())
    try:
        opened = _opened(file, name, reading.progress)
    except PortalError as fault:
        return replace(report, findings=(refusal(fault),))
    report = replace(report, sha256=opened.sha256)
    if form := read_template(opened.sheets, opened.properties):
        answers = join_answers(answers, form)
        report = replace(report, answers=answers)
    reading.progress("layout", 0.0)
    wanted = [sheet for sheet in opened.sheets if answers.sheet in ("", sheet.name)]
    if not wanted:
        return replace(report, findings=(no_sheet(answers.sheet, opened.sheets),))
    layouts = find_tables(wanted, opened.name, facts.index, answers.table)
    layout, finding = _chosen(layouts, wanted, answers)
    report = replace(report, tables=table_choices(layouts, finding))
    if layout is None or (finding is not None and finding.severity == "error"):
        # A list of persons is refused as one, and not asked about as a table that is hard to find.
        persons = grouped(personal_columns(layout)) if layout else []
        told = persons or (unread_figures(layout) if layout else ()) or filter(None, [finding])
        return replace(report, layout=layout, findings=tuple(told))
    found = [finding] if finding else []
    found += _unworked(layout, wanted)
    found += grouped(file_checks(reading.published(report.sha256)))
    report, about_recipe = _by_recipe(replace(report, layout=layout), layout, reading)
    answers = with_present_definitions(report.answers, reading.redefined)
    report = replace(report, answers=answers)
    return _checked(report, layout, facts, reading, [*found, *about_recipe])


def _opened(file: Path | bytes | OpenedFile, name: str, progress: Progress) -> OpenedFile:
    if isinstance(file, OpenedFile):
        return file
    return open_file(file, name, lambda share: progress("reading", share))


def _by_recipe(
    report: ImportReport, layout: TableLayout, reading: TableReading
) -> tuple[ImportReport, Sequence[Finding]]:
    """The report with what a recipe answers, and how the table differs from the recipe's."""
    if reading.recipe is not None:
        fit: RecipeFit | None = apply_recipe(reading.recipe, layout, report.answers)
    else:
        fit = best_fit(reading.recipes, layout, report.answers)
    if fit is None:
        return report, ()
    if not fit.fits:
        return report, (other_shape(fit.recipe.name, fit.share),)
    return replace(report, answers=fit.answers, recipe=fit.recipe.name), fit.findings


def _chosen(
    layouts: Sequence[TableLayout], sheets: Sequence[Sheet], answers: Answers
) -> tuple[TableLayout | None, Finding | None]:
    """The table that is read, and what must be said of the choice."""
    if not layouts:
        # Names or figures that were never worked out read as empty: no table can be seen then.
        formulas = [(_place(sheet, each), each) for sheet in sheets for each in sheet.unworked]
        return None, not_worked_out(formulas) if formulas else no_table(sheets)
    best = layouts[0]
    told = answers.table != TableRange() or (answers.sheet and len(layouts) == 1)
    if told or taken(layouts):
        return best, None
    choices = offered(layouts)
    if len(choices) > 1:
        return best, several_tables(choices)
    if best.score < LEAST_SURE:
        return best, replace(unsure_table(best), severity="error")
    return best, unsure_table(best)


def _place(sheet: Sheet, formula: UnworkedFormula) -> CellPlace:
    return CellPlace(sheet.name, formula.row, formula.column)


def _unworked(layout: TableLayout, sheets: Sequence[Sheet]) -> list[Finding]:
    """Formulas without a result within the table, which read as empty cells."""
    rows = {row.number for row in layout.rows}
    columns = {column.number for column in layout.columns}
    own = set(layout.sheets or (layout.sheet,))
    formulas: list[tuple[CellPlace, UnworkedFormula]] = []
    for sheet in (each for each in sheets if each.name in own):
        for formula in sheet.unworked:
            place = _place(sheet, formula)
            row, column = layout.row_and_column(place)
            if row in rows and column in columns:
                formulas.append((place, formula))
    return [not_worked_out(formulas)] if formulas else []


def _checked(
    report: ImportReport,
    layout: TableLayout,
    facts: KnownFacts,
    reading: TableReading,
    found: list[Finding],
) -> ImportReport:
    """The report with units, columns and figures of a table, and all findings."""
    answers, progress = report.answers, reading.progress
    layout = with_dimension_columns(layout, dimensions_of(facts.catalogue, answers))
    report = replace(report, layout=layout)
    progress("units", 0.0)
    said_by: Literal["answer", "recipe"] = "recipe" if report.recipe else "answer"
    matching = match_units(
        layout, facts.index, answers, reading.area, said_by, since=first_day(layout)
    )
    progress("columns", 0.0)
    meanings, about_columns = read_columns(layout, matching, facts.catalogue, answers)
    progress("values", 0.0)
    values, about_values = to_values(
        layout,
        matching,
        meanings,
        facts.catalogue,
        answers,
        tell=lambda share: progress("values", share),
    )
    totals = stated_totals(layout, matching, meanings, facts.catalogue, answers)
    progress("checks", 0.0)
    table = CheckedTable(
        layout,
        matching,
        meanings,
        values,
        totals,
        answers,
        facts,
        area=reading.area,
        closed=reading.closed,
    )
    checked = check_table(table, lambda share: progress("checks", share))
    about = (*about_columns, *about_values, *inexact_columns(layout))
    return replace(
        report,
        matching=matching,
        columns=meanings,
        values=checked.values,
        totals=totals,
        findings=in_order((*found, *about, *checked.findings), answers.confirmed),
        skipped=checked.skipped,
    )
