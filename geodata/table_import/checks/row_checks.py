"""Rows that are of no unit: figures without a name, sums without words, headings, parts."""

from __future__ import annotations

import math
from collections.abc import Iterator

from geodata.errors import InvalidInput
from geodata.i18n import Localised, Message
from geodata.readers.sheet import cell_text
from geodata.rounding import sum_tolerance
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.violations import Violation
from geodata.table_import.checks.wordings import listed
from geodata.table_import.layout.cell_kinds import cell_kind
from geodata.table_import.layout.cell_values import read_cell
from geodata.table_import.layout_records import RowRole, TableRow


def row_checks(table: CheckedTable) -> Iterator[Violation]:
    """Rows with figures and no unit (R01), sums without words (R02), rows set apart (R04, R05)."""
    yield from _nameless(table)
    yield from _groups(table)
    yield from _parts(table)


def _figures(table: CheckedTable, row: TableRow) -> list[int]:
    return [
        column.number
        for column in table.layout.columns
        if column.role == "value" and cell_kind(row.value(column.number)) == "number"
    ]


def _nameless(table: CheckedTable) -> Iterator[Violation]:
    for row in table.layout.rows:
        figures = _figures(table, row) if row.role == "other" else []
        if figures and _is_sum(table, row, figures):
            yield Violation(
                "R02",
                "note",
                Message("A row without words holds the sums of the rows and is taken as a total"),
                place=table.layout.place(row.number, figures[0]),
                value=cell_text(row.value(figures[0])),
            )
        elif figures:
            yield Violation(
                "R01",
                "error",
                Message("A row has figures and names no unit"),
                expected=Message("the name or code of a unit, or words of a sum"),
                remedy=Message("Fill in the unit, or clear the row"),
                place=table.layout.place(row.number, figures[0]),
                value=cell_text(row.value(figures[0])),
            )


def _is_sum(table: CheckedTable, row: TableRow, figures: list[int]) -> bool:
    """Whether every figure of a row is the sum of its column."""
    return all(
        (stated := _number(table, row, column)) is not None
        and len(values := _column_values(table, column)) > 1
        and abs(stated - math.fsum(values)) <= sum_tolerance([*values, stated])
        for column in figures
    )


def _column_values(table: CheckedTable, column: int) -> list[float]:
    numbers = (_number(table, row, column) for row in table.layout.data_rows())
    return [value for value in numbers if value is not None]


def _number(table: CheckedTable, row: TableRow, column: int) -> float | None:
    try:
        return read_cell(row.value(column), table.columns[column])[0]
    except InvalidInput:
        return None


def _groups(table: CheckedTable) -> Iterator[Violation]:
    names = _names(table, "group")
    for row, number in _rows_of(table, "group"):
        yield Violation(
            "R04",
            "note",
            Message("Headings of groups, which are no units of the table: {names}", names=names),
            place=table.layout.place(row.number, number),
        )


def _parts(table: CheckedTable) -> Iterator[Violation]:
    names = _names(table, "part")
    for row, number in _rows_of(table, "part"):
        yield Violation(
            "R05",
            "note",
            Message("Rows that break down the unit above them are set apart: {names}", names=names),
            remedy=Message("Put what they hold into columns of their own to take it too"),
            place=table.layout.place(row.number, number),
        )


def _rows_of(table: CheckedTable, role: RowRole) -> list[tuple[TableRow, int]]:
    """The rows of a role, with the number of the column that names the units."""
    name = table.layout.column("name")
    number = name.number if name else 0
    return [(row, number) for row in table.layout.rows if row.role == role]


def _names(table: CheckedTable, role: RowRole) -> Localised:
    words = (cell_text(row.value(number)) for row, number in _rows_of(table, role))
    return listed([*dict.fromkeys(filter(None, words))])
