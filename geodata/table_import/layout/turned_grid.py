"""Tables whose units stand across and whose indicators stand below each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geodata.readers.sheet import CellRange, CellValue
from geodata.table_import.layout.cell_kinds import is_part
from geodata.table_import.layout.column_headings import role_by_heading
from geodata.table_import.layout.header_rows import is_header_row, is_numbering
from geodata.table_import.layout.sheet_grid import SheetGrid
from geodata.table_import.layout.unit_column import NameKinds

_ROWS_LOOKED_AT = 100
_FEWEST = 3
_MEASURE = re.compile(r"(?:đơn vị tính|đvt|đơn vị đo|unit(?: of measure)?)", re.IGNORECASE)


def row_of_units(grid: SheetGrid, rows: range, kinds: NameKinds, down: float) -> int | None:
    """Place of the first row that names more units than any column; None without one.

    Parameters
    ----------
    rows
        Places of the rows in which the table may lie.
    down
        How many different units a column names.
    """
    found = ((_units_along(grid, row, kinds), -row) for row in rows[:_ROWS_LOOKED_AT])
    most, place = max(found, default=(0, 0))
    return -place if most >= _FEWEST and most > down else None


def _units_along(grid: SheetGrid, row: int, kinds: NameKinds) -> int:
    labels = {grid.text(row, column) for column, kind in grid.own_cells(row) if kind == "label"}
    return sum(bool(kinds[text]) for text in labels)


def turned_rows(grid: SheetGrid, rows: range, units_row: int, kinds: NameKinds) -> range:
    """Places of the rows of a turned table: the groups above its units, to its last figures."""
    first = units_row
    while (
        first - 1 in rows and not grid.gap_before(first) and _groups_units(grid, first - 1, kinds)
    ):
        first -= 1
    last = units_row
    columns = {
        column for column, kind in grid.own_cells(units_row) if kinds[grid.text(units_row, column)]
    }
    for row in range(units_row + 1, rows.stop):
        if _units_along(grid, row, kinds) >= _FEWEST:
            break
        if any(grid.kind(row, column) in ("number", "marker") for column in columns):
            last = row
    return range(first, last + 1)


def _groups_units(grid: SheetGrid, row: int, kinds: NameKinds) -> bool:
    """Whether a row names the districts of the communes below it, or is part of their header."""
    if not is_header_row(grid, row):
        return False
    return any(kinds[text] for text in grid.own_texts(row)) or any(
        area.last_row > area.first_row for area in grid.merged_in(row)
    )


def turn_grid(grid: SheetGrid, rows: range) -> SheetGrid:
    """A part of a sheet with rows and columns exchanged.

    The units of measure that a column gives become words of the header that say what they are.
    """
    numbers = list(range(1, grid.width + 1))
    width = grid.numbers[rows[-1]]
    lines: list[list[CellValue]] = [[None] * width for _ in numbers]
    looks = [[0] * width for _ in numbers] if any(grid.looks) else []
    for row in rows:
        if is_numbering(grid, row) and not any(grid.kind(row, n) == "label" for n in numbers[2:]):
            continue
        place = grid.numbers[row] - 1
        for column, value in enumerate(grid.rows[row]):
            lines[column][place] = value
        for column, look in enumerate(grid.looks[row] if row < len(grid.looks) else ()):
            looks[column][place] = look
    _make_header(lines)
    kept = [n for n in numbers if any(value not in (None, "") for value in lines[n - 1])]
    first, last = grid.numbers[rows[0]], grid.numbers[rows[-1]]
    turned = SheetGrid(
        grid.name,
        kept,
        [tuple(lines[n - 1]) for n in kept],
        tuple(_exchanged(grid.merged, first, last)),
        grid.hidden_columns,
        grid.hidden_rows,
        grid.hidden,
        turned=True,
        styles=grid.styles,
        looks=[looks[n - 1] for n in kept] if looks else (),
        encoding=grid.encoding,
        converted_cells=grid.converted_cells,
    )
    turned.fill_texts_downwards()
    turned.above.update(_wholes(grid, rows))
    return turned


def _wholes(grid: SheetGrid, rows: range) -> Iterator[tuple[int, str]]:
    """For indicators that are parts of another (``- Nữ``) its words, by the number of their row."""
    whole = ""
    for row in rows:
        labels = [
            grid.text(row, n) for n, kind in grid.own_cells(row) if kind in ("label", "total")
        ]
        words = max(labels[:2], key=len, default="")
        if not is_part(words):
            whole = words
        elif whole:
            yield grid.numbers[row], whole


def _exchanged(merged: Sequence[CellRange], first: int, last: int) -> list[CellRange]:
    return [
        CellRange(each.first_column, each.first_row, each.last_column, each.last_row)
        for each in merged
        if first <= each.first_row and each.last_row <= last
    ]


def _make_header(lines: list[list[CellValue]]) -> None:
    """Say of units of measure that they are such, and leave out what numbers the indicators."""
    for line in lines:
        heading = next((value for value in line if value not in (None, "")), None)
        if not isinstance(heading, str):
            continue
        if role_by_heading((heading,)) == "ordinal":
            line[:] = [None] * len(line)
        elif _MEASURE.fullmatch(heading.strip(" .:")):
            line[:] = [
                f"ĐVT: {value}" if isinstance(value, str) and value.strip() and value is not heading
                else value
                for value in line
            ]  # fmt: skip
