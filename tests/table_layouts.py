"""Layouts of tables for tests that need no file: a header, rows, and what each row is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geodata.readers.sheet import CellValue
from geodata.table_import.layout_records import ColumnRole, TableColumn, TableLayout, TableRow


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
