"""Layouts of tables for tests that need no file: a header, rows, and what each row is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from geodata.readers.sheet import CellValue
from geodata.table_import.layout_records import ColumnRole, TableColumn, TableLayout, TableRow
from geodata.table_import.match_records import UnitMatch, UnitMatching

TODAY = dt.date(2025, 7, 1)


def table_layout(
    roles: Sequence[ColumnRole],
    rows: Iterable[Sequence[CellValue]],
    parents: Sequence[str] = (),
    headings: Sequence[str] = (),
) -> TableLayout:
    """A table whose first data row is row 2; ``parents`` are the words of group rows, by row."""
    listed = [tuple(row) for row in rows]
    titles = headings or [f"Cột {n}" for n in range(1, len(roles) + 1)]
    columns = tuple(
        TableColumn(number, (title,), role)
        for number, (role, title) in enumerate(zip(roles, titles, strict=True), 1)
    )
    groups = parents or [""] * len(listed)
    table_rows = tuple(
        TableRow(number, "data", row, group)
        for number, (row, group) in enumerate(zip(listed, groups, strict=True), 2)
    )
    return TableLayout("bang.xlsx", "Sheet1", columns, (1,), table_rows)


def value_table(
    headings: Sequence[tuple[str, ...]],
    *rows: Sequence[CellValue],
    title: Sequence[str] = ("SỐ LIỆU NĂM 2025",),
    file: str = "bang.xlsx",
) -> TableLayout:
    """A table of values under headers of several rows; units are called ``Xã 1``, ``Xã 2`` …"""
    made = table_layout(
        ["name", *["value"] * len(headings)],
        [(f"Xã {number}", *row) for number, row in enumerate(rows or [[1] * len(headings)], 1)],
    )
    columns = tuple(
        replace(column, path=path)
        for column, path in zip(made.columns, [("Xã",), *headings], strict=True)
    )
    return replace(made, columns=columns, letterhead=tuple(title), file=file)


def all_matched(layout: TableLayout, **states: str) -> UnitMatching:
    """Every data row has found the unit that bears its number."""
    rows = tuple(
        UnitMatch(row.number, "", "", "", states.get(f"row{row.number}", "matched"), "name", unit)
        for row in layout.data_rows()
        for unit in (f"unit-{row.number}",)
    )
    return UnitMatching("commune", TODAY, (), "evidence", rows, ())
