"""Columns that state a name once and leave the rows below it blank, as outlines do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geodata.readers.sheet import CellRange, cell_text
from geodata.table_import.layout.column_headings import role_by_heading
from geodata.table_import.layout.header_rows import header_path
from geodata.table_import.layout.row_roles import RowReader
from geodata.table_import.layout.sheet_grid import SheetGrid
from geodata.table_import.layout.table_columns import ColumnCells
from geodata.table_import.layout_records import TableColumn


def fill_outline_parents(
    grid: SheetGrid,
    data: Sequence[int],
    columns: Sequence[TableColumn],
    cells: Mapping[int, ColumnCells],
) -> bool:
    """Fill in the upper units that stand in the first row of each block; tell whether any were.

    A blank may also say that no upper unit is known. It is taken for the one above only where the
    first row has one and none stands twice.

    Parameters
    ----------
    data
        Places of the rows of units.
    columns, cells
        The columns and the cells of those rows.
    """
    filled = False
    for column in columns:
        if column.role != "parent":
            continue
        texts = [cell_text(value) for value in cells[column.number].values]
        starts = [place for place, text in enumerate(texts) if text]
        once = len({texts[place] for place in starts}) == len(starts)
        if not 1 < len(starts) < len(texts) or starts[0] != 0 or not once:
            continue
        for first, after in zip(starts, [*starts[1:], len(texts)], strict=True):
            _fill(grid, data[first], data[after - 1], column.number)
        filled = True
    return filled


def fill_outline_names(reader: RowReader, header: Sequence[int], body: range) -> None:
    """Fill in names that stand in the first of the equally many rows of each unit of a long table.

    Parameters
    ----------
    header
        Places of the header's rows.
    body
        Places of the rows below it.
    """
    grid, name = reader.grid, reader.column
    series = [
        column
        for column in range(1, grid.width + 1)
        if role_by_heading(header_path(grid, header, column)) in ("indicator", "period", "status")
    ]
    if not series or not header:
        return
    blocks: list[list[int]] = []
    for row in body:
        if grid.text(row, name):
            blocks.append([row])
        elif blocks and reader.has_figures(row) and all(grid.text(row, each) for each in series):
            blocks[-1].append(row)
    long = [block for block in blocks if reader.kinds[grid.text(block[0], name)]]
    sizes = {len(block) for block in long}
    if len(long) > 1 and len(sizes) == 1 and sizes != {1}:
        for block in long:
            _fill(grid, block[0], block[-1], name)


def _fill(grid: SheetGrid, first: int, last: int, column: int) -> None:
    if last > first:
        grid.fill_down(CellRange(grid.numbers[first], column, grid.numbers[last], column))
