"""Columns that do not follow from the formula that the row of column numbers states."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from geodata.i18n import Message
from geodata.rounding import half_digit, sum_tolerance
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.column_formulas import Formula, column_formulas
from geodata.table_import.checks.comparisons import (
    StatedComparison,
    best_factor,
    disagreeing,
)
from geodata.table_import.checks.violations import Violation
from geodata.table_import.checks.wordings import number
from geodata.table_import.layout_records import RowRole
from geodata.table_import.report_records import SkippedCheck

_FACTORS = (1.0, 100.0, 0.01, 10.0, 0.1, 1000.0, 0.001)
"""By what a product or quotient may differ from what its formula says: ``4=3/2`` heads a column of
per cent, ``3=1*2`` one of tonnes from hectares and quintals."""
_ROWS: tuple[RowRole, ...] = ("data", "group", "total")
_BELIEVED = 0.5
"""Share of the rows from which a formula that they break is taken for a slip of the form."""


def formula_checks(table: CheckedTable) -> Iterator[Violation | SkippedCheck]:
    """Cells that differ from the stated formula of their column (X02).

    Figures are compared as they stand, whether or not it is known what their columns mean. A share
    of plan that is worked out anew from its figures (X03) is left to that.
    """
    others = {
        each.column
        for each in table.meanings
        if each.use in ("stated_percent", "stated_change") and each.of_column
    }
    for formula in column_formulas(table.layout):
        if formula.column not in others:
            yield from _checked(table, formula)


def _checked(table: CheckedTable, formula: Formula) -> Iterator[Violation | SkippedCheck]:
    compared = _compared(table, formula)
    if not compared:
        header = table.columns[formula.column].heading
        yield SkippedCheck(
            "X02",
            Message("“{header}”, {formula}: no row has all the figures",
                    header=header, formula=formula.text),
        )  # fmt: skip
        return
    factor, least = 1.0, 0.0
    if not formula.adds:
        factor = best_factor(compared, _FACTORS)
        # Rates are often cut, not rounded.
        least = 2 * half_digit(each.stated for each in compared)
    wrong = disagreeing(compared, factor, least)
    if len(wrong) > _BELIEVED * len(compared):
        yield _broken_rule(table, formula, wrong, len(compared))
        return
    for each in wrong:
        yield _violation(table, formula, each)


@dataclass(frozen=True, slots=True)
class _FormulaColumn:
    """The figures of a column by row, and how far rounding may have moved them."""

    figures: Mapping[int, float]
    half: float


def _compared(table: CheckedTable, formula: Formula) -> list[StatedComparison]:
    columns = {}
    for each in formula.columns:
        figures = table.figures_of(each, _ROWS)
        columns[each] = _FormulaColumn(figures, half_digit(figures.values()))
    found = []
    for row, stated in table.figures_of(formula.column, _ROWS).items():
        if not all(row in each.figures for each in columns.values()):
            continue
        exact = {each: (c.figures[row], c.figures[row]) for each, c in columns.items()}
        if expected := formula.value(exact):
            spread = _spread(formula, columns, row, expected[0])
            cell = table.cell_of(row, formula.column)
            found.append(StatedComparison(cell, stated, expected[0], spread))
    return found


def _spread(
    formula: Formula, columns: Mapping[int, _FormulaColumn], row: int, expected: float
) -> float:  # fmt: skip
    """By how much the rounding of what a figure is made of may move it."""
    if formula.adds:
        values = [each.figures[row] for each in columns.values()]
        return sum_tolerance(values) - half_digit(values)
    wide = {n: (c.figures[row] - c.half, c.figures[row] + c.half) for n, c in columns.items()}
    ends = formula.value(wide)
    return max(ends[1] - expected, expected - ends[0]) if ends else abs(expected)


def _broken_rule(
    table: CheckedTable, formula: Formula, wrong: Sequence[StatedComparison], rows: int
) -> Violation:
    return Violation(
        "X02",
        "note",
        Message(
            "“{header}”: the row of column numbers says {formula}, which {wrong} of {rows} rows "
            "do not follow",
            header=table.columns[formula.column].heading,
            formula=formula.text,
            wrong=len(wrong),
            rows=rows,
        ),
        remedy=Message("Correct the formula of the form; the figures are taken as they stand"),
        place=wrong[0].cell.place,
        value=wrong[0].cell.raw,
        group=("formula", formula.column),
        count=len(wrong),
    )


def _violation(table: CheckedTable, formula: Formula, found: StatedComparison) -> Violation:
    named = [f"“{table.columns[each].heading}”" for each in formula.columns]
    return Violation(
        "X02",
        "confirm",
        Message(
            "{unit}: “{header}” is {stated}, its formula {formula} makes {expected}",
            unit=table.unit_name(found.cell.unit_id),
            header=table.columns[formula.column].heading,
            stated=number(found.stated),
            formula=formula.text,
            expected=number(found.expected, 2),
        ),
        expected=Message("what follows from {columns}", columns=", ".join(named)),
        remedy=Message("Correct it, or confirm it: it is then published as doubtful"),
        place=found.cell.place,
        value=found.cell.raw,
        group=("formula", formula.column),
        doubt=True,
    )
