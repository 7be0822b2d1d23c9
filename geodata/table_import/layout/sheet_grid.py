"""A sheet as a grid of cells with their kinds, merged cells filled in downwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import zip_longest

from geodata.readers.sheet import CellRange, CellStyle, CellValue, Sheet, cell_text
from geodata.table_import.layout.cell_kinds import CellKind, cell_kind, text_kind

FIGURE_KINDS: frozenset[CellKind] = frozenset({"number", "marker", "position"})

_AT_ONCE = 64
"""Columns that are turned into lists at once."""

_LONGEST_HEADER_RANGE = 50
"""Rows from which a merged range is a side column, never part of a header or title."""


class _Kinds(dict[str, CellKind]):
    """Kinds of texts as the cells hold them, worked out once for each different text."""

    def __missing__(self, text: str) -> CellKind:
        kind = self[text] = text_kind(text)
        return kind


class _Texts(dict[str, str]):
    """Texts in normal form, worked out once for each different text."""

    def __missing__(self, text: str) -> str:
        clean = self[text] = cell_text(text)
        return clean


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
        Its cells; in the columns of cells merged downwards, texts are filled in below the first.
    merged
        Merged cells.
    hidden_rows, hidden_columns
        Numbers of what is not shown.
    hidden
        Whether the sheet is not shown.
    turned
        Whether rows and columns were exchanged.
    styles
        The different styles of the cells.
    looks
        For each row the place of each cell's style among them.
    encoding, converted_cells
        As in `geodata.readers.sheet.Sheet`.
    """

    name: str
    numbers: list[int]
    rows: list[Sequence[CellValue]]
    merged: tuple[CellRange, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    turned: bool = False
    styles: tuple[CellStyle, ...] = (CellStyle(),)
    looks: Sequence[Sequence[int]] = ()
    encoding: str = ""
    converted_cells: int = 0
    _row_kinds: dict[int, list[CellKind]] = field(default_factory=dict)
    _known_kinds: _Kinds = field(default_factory=_Kinds)
    _texts: _Texts = field(default_factory=_Texts)
    above: dict[int, str] = field(default_factory=dict)
    """By column what stands above its header, where the sheet writes that in another line."""
    filled: dict[int, set[int]] = field(default_factory=dict)
    """Columns of the cells that were filled in, by row number."""
    figures_down: list[CellRange] = field(default_factory=list)
    """Ranges of several rows that hold a figure; not filled in before their column is known."""

    @classmethod
    def of(cls, sheet: Sheet) -> SheetGrid:
        """The grid of a sheet."""
        grid = cls(
            sheet.name,
            [row.number for row in sheet.rows],
            [row.values for row in sheet.rows],
            sheet.merged,
            sheet.hidden_rows,
            sheet.hidden_columns,
            sheet.hidden,
            styles=sheet.styles,
            looks=[row.styles for row in sheet.rows],
            encoding=sheet.encoding,
            converted_cells=sheet.converted_cells,
        )
        grid.fill_texts_downwards()
        return grid

    def fill_texts_downwards(self) -> None:
        """Give the rows of merged ranges their text; figures are noted to be judged later."""
        for area in self.merged:
            first = self.index.get(area.first_row)
            if first is None or area.first_row == area.last_row:
                continue
            kind = cell_kind(self.value(first, area.first_column))
            if kind in FIGURE_KINDS:
                self.figures_down.append(area)
            elif kind != "empty":
                self.fill_down(area)

    def fill_down(self, area: CellRange) -> None:
        """Give the rows of a merged range its value in its first column."""
        value = self.value(self.index[area.first_row], area.first_column)
        place = area.first_column - 1
        for row in self.places(area.first_row + 1, area.last_row):
            if self.value(row, area.first_column) in (None, ""):
                cells = [*self.rows[row], *[None] * (place + 1 - len(self.rows[row]))]
                cells[place] = value
                self.rows[row] = tuple(cells)
                self._row_kinds.pop(row, None)
                self.filled.setdefault(self.numbers[row], set()).add(area.first_column)

    def within(self, columns: range) -> SheetGrid:
        """The grid without what stands in other columns; those keep their numbers."""
        before = (None,) * (columns.start - 1)
        return replace(
            self,
            rows=[(*before, *row[columns.start - 1 : columns.stop - 1]) for row in self.rows],
            merged=tuple(each for each in self.merged if each.first_column in columns),
            filled={n: filled & {*columns} for n, filled in self.filled.items()},
            figures_down=[each for each in self.figures_down if each.first_column in columns],
            _row_kinds={},
        )

    def places(self, first: int, last: int) -> list[int]:
        """Places of the rows with numbers between two, both included."""
        if last - first > len(self.numbers):
            return [row for row, number in enumerate(self.numbers) if first <= number <= last]
        index = self.index
        return [index[number] for number in range(first, last + 1) if number in index]

    @cached_property
    def index(self) -> dict[int, int]:
        """From the number of a row to its place."""
        return {number: place for place, number in enumerate(self.numbers)}

    @cached_property
    def width(self) -> int:
        """Number of the last column that holds something."""
        return max(map(len, self.rows), default=0)

    def kinds_of(self, cells: Iterable[CellValue]) -> list[CellKind]:
        """The kinds of some cells."""
        known, typed = self._known_kinds, _TYPED
        return [
            known[value] if type(value) is str else typed.get(type(value)) or cell_kind(value)
            for value in cells
        ]

    def row_kinds(self, row: int) -> list[CellKind]:
        """The kinds of the cells of a row."""
        kinds = self._row_kinds.get(row)
        if kinds is None:
            kinds = self._row_kinds[row] = self.kinds_of(self.rows[row])
        return kinds

    def value(self, row: int, column: int) -> CellValue:
        """A cell by the place of its row and the number of its column."""
        cells = self.rows[row]
        return cells[column - 1] if 0 < column <= len(cells) else None

    def text(self, row: int, column: int) -> str:
        """A cell as text."""
        value = self.value(row, column)
        if type(value) is str:
            return self._texts[value]
        return str(value) if type(value) is int else cell_text(value)

    def kind(self, row: int, column: int) -> CellKind:
        """Kind of a cell."""
        value = self.value(row, column)
        return self._known_kinds[value] if type(value) is str else cell_kind(value)

    def column_values(self, rows: Sequence[int], columns: range) -> dict[int, Sequence[CellValue]]:
        """The cells of some rows, column by column."""
        found: dict[int, Sequence[CellValue]] = {}
        blank = (None,) * len(rows)
        for first in range(columns.start, columns.stop, _AT_ONCE):
            last = min(first + _AT_ONCE, columns.stop)
            parts = [self.rows[row][first - 1 : last - 1] for row in rows]
            lines = list(zip_longest(*parts))
            for place, column in enumerate(range(first, last)):
                found[column] = lines[place] if place < len(lines) else blank
        return found

    def style(self, row: int, column: int) -> CellStyle:
        """How a cell looks; plain where the file does not say."""
        looks = self.looks[row] if row < len(self.looks) else ()
        return self.styles[looks[column - 1]] if 0 < column <= len(looks) else _PLAIN

    def own_cells(self, row: int) -> list[tuple[int, CellKind]]:
        """Columns and kinds of the cells of a row that hold something of their own."""
        filled = self.filled.get(self.numbers[row], ())
        return [
            (column, kind)
            for column, kind in enumerate(self.row_kinds(row), 1)
            if kind != "empty" and column not in filled
        ]

    def own_texts(self, row: int) -> tuple[str, ...]:
        """The texts of a row's own cells."""
        return tuple(self.text(row, column) for column, _ in self.own_cells(row))

    @cached_property
    def _merged_by_row(self) -> dict[int, list[CellRange]]:
        by_row: dict[int, list[CellRange]] = {}
        for area in self.merged:
            last = min(area.last_row, area.first_row + _LONGEST_HEADER_RANGE)
            for number in range(area.first_row, last + 1):
                by_row.setdefault(number, []).append(area)
        return by_row

    def merged_at(self, row: int, column: int) -> CellRange | None:
        """The merged range that covers a cell, if any."""
        for area in self.merged_in(row):
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


_PLAIN = CellStyle()
_TYPED: dict[type, CellKind] = {type(None): "empty", int: "number", float: "number"}


def texts_of(grid: SheetGrid, rows: Sequence[int]) -> tuple[str, ...]:
    """The texts of rows, cell by cell, each said once in a row."""
    return tuple(text for row in rows for text in dict.fromkeys(grid.own_texts(row)) if text)
