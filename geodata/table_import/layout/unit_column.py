"""The column that names the unit of each row."""

from __future__ import annotations

from geodata.table_import.layout.cell_kinds import split_ordinal
from geodata.table_import.layout.cell_values import split_mark
from geodata.table_import.layout.sheet_grid import SheetGrid
from geodata.table_import.layout_records import NameKind, UnitNames


def name_kind(text: str, names: UnitNames) -> NameKind:
    """What a cell's text names, without the ordinal before it and the footnote mark behind it."""
    if not text or len(text) > 80:
        return ""
    bare = split_mark(text)[0]
    return names.kind_of(bare) or names.kind_of(split_ordinal(bare)[1])


def unit_column(grid: SheetGrid, names: UnitNames) -> int:
    """Number of the column with the most different names, else codes, of units; 0 without one.

    At most 400 rows, spread evenly, are looked at.
    """
    best, most = 0, 0.0
    rows = list(grid.sampled(0, len(grid.rows) - 1))
    for column in range(1, grid.width + 1):
        texts = {grid.text(row, column) for row in rows if grid.kind(row, column) == "label"}
        units = sum(name_kind(text, names) == "unit" for text in texts)
        uppers = sum(name_kind(text, names) == "upper_unit" for text in texts)
        found = units + uppers / 2
        if found > most:
            best, most = column, found
    return best or _code_column(grid, names, rows)


def _code_column(grid: SheetGrid, names: UnitNames, rows: list[int]) -> int:
    """The first column nearly all of whose cells are codes."""
    for column in range(1, grid.width + 1):
        texts = [grid.text(row, column) for row in rows if grid.kind(row, column) == "number"]
        codes = {text for text in texts if names.is_code(text)}
        if len(codes) > 1 and len(codes) >= 0.9 * len(set(texts)):
            return column
    return 0
