"""The totals that a list states below its rows, held against these."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from geodata.point_tables.headings import ORDINAL_HEADINGS
from geodata.point_tables.positions import NOTHING, is_typed_number
from geodata.point_tables.table_file import PointRow, TableFile
from geodata.table_import.checks.sum_checks import wrong_total
from geodata.table_import.checks.violations import grouped
from geodata.table_import.layout_records import CellPlace
from geodata.table_import.report_records import Finding, StatedTotal
from geodata.vietnamese_names import fold

_WHOLE = re.compile(r"[0-9]{1,12}|[0-9]{1,3}([., ])[0-9]{3}(?:\1[0-9]{3})*")


def list_totals(table: TableFile, named: Collection[str]) -> tuple[StatedTotal, ...]:
    """The totals of the columns that hold nothing but whole numbers.

    Parameters
    ----------
    named
        Columns that are no numbers to be added: names, positions, categories.

    Returns
    -------
    tuple of StatedTotal
        In a list with several rows of totals it is not told which rows each of them adds, so that
        their ``total`` is None.
    """
    added = [
        column
        for column in table.columns
        if column not in named and fold(column) not in ORDINAL_HEADINGS
    ]
    return tuple(
        StatedTotal(_label(row), CellPlace(table.sheet, row.number, table.numbers[column]), stated,
                    found if len(table.totals) == 1 else None)
        for row in table.totals
        for column in added
        if (stated := _whole(row, column)) is not None
        and (found := _sum(table.rows, column)) is not None
    )  # fmt: skip


def total_findings(totals: Iterable[StatedTotal]) -> list[Finding]:
    """Where a stated total is not what the rows make."""
    return grouped(
        wrong_total(each, each.place.column)
        for each in totals
        if each.total is not None and each.stated != each.total
    )


def _label(row: PointRow) -> str:
    return next((text for text in row.cells.values() if text), "")


def _sum(rows: Iterable[PointRow], column: str) -> float | None:
    """What the cells of a column make; None where one holds something else than a whole number."""
    total, some = 0.0, False
    for row in rows:
        if not row.cells[column] or row.cells[column] in NOTHING:
            continue
        value = _whole(row, column)
        if value is None:
            return None
        total, some = total + value, True
    return total if some else None


def _whole(row: PointRow, column: str) -> float | None:
    text = row.cells[column]
    if is_typed_number(row, column):
        value = float(row.values[column])  # type: ignore[arg-type]
        return value if value.is_integer() else None
    return float(re.sub("[., ]", "", text)) if _WHOLE.fullmatch(text) else None
