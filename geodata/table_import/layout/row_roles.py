"""What each row of a table is: of one unit, a group, a sum, or none of these."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.table_import.layout.cell_kinds import is_note, is_roman, split_ordinal
from geodata.table_import.layout.header_rows import is_numbering
from geodata.table_import.layout.sheet_grid import SheetGrid
from geodata.table_import.layout.unit_column import name_kind
from geodata.table_import.layout_records import RowRole, UnitNames


def row_role(
    grid: SheetGrid, row: int, column: int, names: UnitNames, header: Sequence[tuple[str, ...]]
) -> RowRole:
    """Role of one row below the header.

    Parameters
    ----------
    column
        Number of the column that names the units.
    header
        Texts of the header's rows, to know them again on a later page.
    """
    cells = grid.own_cells(row)
    first = grid.text(row, cells[0][0]) if cells else ""
    if any(each[:1] == (first,) for each in header) and (
        tuple(grid.text(row, each) for each, _ in cells) in header
    ):
        return "header"
    name = grid.text(row, column)
    leading = [grid.kind(row, each) for each in range(1, column + 1)]
    figures = any(each > column and kind in ("number", "marker") for each, kind in cells)
    named = name_kind(name, names)
    if "total" in leading and named != "unit":
        return "total"
    if is_note(first) and not figures:
        return "note"
    if named == "" and is_numbering(grid, row):
        return "numbering"
    if _is_group(grid, row, column, named):
        return "group"
    numbered = any(grid.text(row, each).isdigit() for each in range(1, column))
    if named == "unit" or (name and (figures or numbered)):
        return "data"
    return "other"


def _is_group(grid: SheetGrid, row: int, column: int, named: str) -> bool:
    if named == "upper_unit":
        return True
    name = grid.text(row, column)
    before = [text for each in range(1, column) if (text := grid.text(row, each))]
    ordinal = before[0] if before else split_ordinal(name)[0]
    return bool(name) and is_roman(ordinal)
