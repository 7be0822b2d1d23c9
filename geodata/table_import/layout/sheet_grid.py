"""A sheet as a grid of cells with their kinds, merged cells filled in downwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from geodata.readers.sheet import CellRange, CellStyle, CellValue, Sheet, cell_text
from geodata.table_import.layout.cell_kinds import CellKind, cell_kind

TEXT_KINDS: frozenset[CellKind] = frozenset({"label", "total", "long"})
FIGURE_KINDS: frozenset[CellKind] = frozenset({"number", "marker"})


@dataclass(eq=False)
class SheetGrid:
    """The rows of a sheet that hold something, by their place in order from 0.

    Parameters
    ----------
    name
        Of the sheet.
    numbers
        Number of each row in the sheet.
    rows
        Its cells; in the columns of cells merged downwards, those below the first are filled in.
    merged
        Merged cells.
    hidden_rows, hidden_columns
        Numbers of what is not shown.
    hidden
        Whether the sheet is not shown.
    turned
        Whether rows and columns were exchanged.
    sheet
        The sheet it was made of, for the styles of its cells.
    """

    name: str
    numbers: list[int]
    rows: list[list[CellValue]]
    merged: tuple[CellRange, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    turned: bool = False
    sheet: Sheet | None = None
    filled: dict[tuple[int, int], int] = field(default_factory=dict)
    """Cells that were filled in, by row number and column, and the row they were filled from."""

    @classmethod
    def of(cls, sheet: Sheet) -> SheetGrid:
        """The grid of a sheet."""
        grid = cls(
            sheet.name,
            [row.number for row in sheet.rows],
            [list(row.values) for row in sheet.rows],
            sheet.merged,
            sheet.hidden_rows,
            sheet.hidden_columns,
            sheet.hidden,
            sheet=sheet,
        )
        grid._fill_downwards()
        return grid

    def _fill_downwards(self) -> None:
        """Give the rows of a merged range its value in its first column."""
        for area in self.merged:
            first = self.index.get(area.first_row)
            if first is None or area.first_row == area.last_row:
                continue
            value = self.value(first, area.first_column)
            if value is None or value == "":
                continue
            for number in range(area.first_row + 1, area.last_row + 1):
                row = self.index.get(number)
                if row is None:
                    continue
                cells = self.rows[row]
                cells += [None] * (area.first_column - len(cells))
                if cells[area.first_column - 1] in (None, ""):
                    cells[area.first_column - 1] = value
                    self.filled[number, area.first_column] = area.first_row

    @cached_property
    def index(self) -> dict[int, int]:
        """From the number of a row to its place."""
        return {number: place for place, number in enumerate(self.numbers)}

    @cached_property
    def width(self) -> int:
        """Number of the last column that holds something."""
        return max(map(len, self.rows), default=0)

    @cached_property
    def kinds(self) -> list[list[CellKind]]:
        """Kind of each cell, row by row."""
        return [[cell_kind(value) for value in row] for row in self.rows]

    def value(self, row: int, column: int) -> CellValue:
        """A cell by the place of its row and the number of its column."""
        cells = self.rows[row]
        return cells[column - 1] if 0 < column <= len(cells) else None

    def text(self, row: int, column: int) -> str:
        """A cell as text."""
        return cell_text(self.value(row, column))

    def kind(self, row: int, column: int) -> CellKind:
        """Kind of a cell."""
        kinds = self.kinds[row]
        return kinds[column - 1] if 0 < column <= len(kinds) else "empty"

    def style(self, row: int, column: int) -> CellStyle:
        """How a cell looks; plain where the file does not say."""
        return self.sheet.style(self.sheet.rows[row], column) if self.sheet else CellStyle()

    def is_filled_in(self, row: int, column: int) -> bool:
        """Whether a cell has its value from a merged cell above it."""
        return (self.numbers[row], column) in self.filled

    def own_cells(self, row: int) -> list[tuple[int, CellKind]]:
        """Columns and kinds of the cells of a row that hold something of their own."""
        number = self.numbers[row]
        return [
            (column, kind)
            for column, kind in enumerate(self.kinds[row], 1)
            if kind != "empty" and (number, column) not in self.filled
        ]

    @cached_property
    def _merged_by_row(self) -> dict[int, list[CellRange]]:
        by_row: dict[int, list[CellRange]] = {}
        for area in self.merged:
            # A range over thousands of rows is a side column, never part of a header or title.
            for number in range(area.first_row, min(area.last_row, area.first_row + 50) + 1):
                by_row.setdefault(number, []).append(area)
        return by_row

    def merged_at(self, row: int, column: int) -> CellRange | None:
        """The merged range that covers a cell, if any."""
        for area in self._merged_by_row.get(self.numbers[row], ()):
            if area.first_column <= column <= area.last_column:
                return area
        return None

    def merged_in(self, row: int) -> list[CellRange]:
        """The merged ranges that cover a row."""
        return self._merged_by_row.get(self.numbers[row], [])

    def gap_before(self, row: int) -> int:
        """How many blank rows of the sheet lie between a row and the one before it."""
        return self.numbers[row] - self.numbers[row - 1] - 1 if row else 0

    def sampled(self, first: int, last: int, most: int = 400) -> Iterator[int]:
        """Places of at most so many rows spread evenly between two, both included."""
        count = last - first + 1
        step = max(1, -(-count // most))
        return iter(range(first, last + 1, step))


def texts_of(grid: SheetGrid, rows: Sequence[int]) -> tuple[str, ...]:
    """The texts of rows, cell by cell, each said once in a row."""
    found: list[str] = []
    for row in rows:
        texts = [grid.text(row, column) for column, _ in grid.own_cells(row)]
        found += dict.fromkeys(text for text in texts if text)
    return tuple(found)
