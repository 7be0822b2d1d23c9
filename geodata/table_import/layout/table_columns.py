"""The columns of a table: what each holds, and how its texts write numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from geodata.category_list import MAX_CATEGORIES, MIN_CATEGORIES
from geodata.cell_measure import common_measure
from geodata.locale_numbers import Notation
from geodata.measure_units import is_count, read_measure
from geodata.readers.sheet import CellValue, cell_text
from geodata.table_import.layout.cell_kinds import CellKind, is_year, whole_number
from geodata.table_import.layout.cell_values import measure_of
from geodata.table_import.layout.column_headings import (
    is_kind_word,
    role_by_heading,
    speaks_of_codes,
    speaks_of_years,
)
from geodata.table_import.layout.header_rows import header_path
from geodata.table_import.layout.number_notation import notation_of_counts, table_notations
from geodata.table_import.layout.row_roles import RowReader
from geodata.table_import.layout.sheet_grid import FIGURE_KINDS, SheetGrid
from geodata.table_import.layout.unit_column import NameKinds
from geodata.table_import.layout_records import ColumnRole, TableColumn

_NEARLY_ALL = 0.8
_ENOUGH = 400
"""Cells that are looked at to tell what the texts of a column are."""
_PARTS_OF_YEARS = re.compile(r"th[aá]ng|qu[yý]|months?|quarters?")


@dataclass(eq=False)
class ColumnCells:
    """The cells of one column in the rows of units."""

    values: Sequence[CellValue]
    kinds: Sequence[CellKind]

    @cached_property
    def counts(self) -> Counter[CellKind]:
        """How many cells there are of each kind."""
        return Counter(self.kinds)

    @property
    def figures(self) -> int:
        """How many cells hold a figure or a sign in place of one."""
        return sum(self.counts[kind] for kind in FIGURE_KINDS)

    @property
    def others(self) -> int:
        """How many cells hold something else."""
        return len(self.kinds) - self.figures - self.counts["empty"]

    @cached_property
    def written(self) -> list[str]:
        """Its numbers written as text."""
        if not self.counts["number"] or str not in set(map(type, self.values)):
            return []
        return [
            value
            for value, kind in zip(self.values, self.kinds, strict=True)
            if kind == "number" and isinstance(value, str)
        ]

    @cached_property
    def typed(self) -> list[float]:
        """Its typed numbers."""
        return [value for value in self.values if type(value) is float or type(value) is int]

    @property
    def classes(self) -> bool:
        """Whether its cells are few words that come back row after row, as classes are."""
        if self.figures > self.counts["marker"]:
            return False
        pairs = zip(self.values, self.kinds, strict=True)
        words = Counter(cell_text(v) for v, kind in pairs if kind not in ("empty", "marker"))
        return are_few(len(words), words.total(), self.counts["empty"])

    def texts(self) -> Iterable[str]:
        """Its filled cells as text."""
        return map(cell_text, self.filled())

    def filled(self) -> Iterable[CellValue]:
        """Its filled cells as the file holds them."""
        return (value for value in self.values if cell_text(value))


def are_few(words: int, filled: int, blank: int) -> bool:
    """Whether a column has so few different words that they may be classes: some come back.

    Parameters
    ----------
    words
        How many different ones there are.
    filled, blank
        How many cells hold a word, and how many none.
    """
    return MIN_CATEGORIES <= words <= MAX_CATEGORIES and filled > words and filled >= blank


def data_cells(
    reader: RowReader, header: Sequence[int], data: Sequence[int], width: range
) -> dict[int, ColumnCells]:
    """The cells of rows of units by column, from the first to the last that holds something.

    Parameters
    ----------
    reader
        Knows the sheet and the column that names the units, which is always among them.
    header, data
        Places of the header's rows and of the rows that each speak of one unit.
    width
        Numbers of the columns in which the table may lie.
    """
    grid = reader.grid
    cells = {
        number: ColumnCells(values, grid.kinds_of(values))
        for number, values in grid.column_values(data, width).items()
    }
    headed = {column for row in header for column, _ in grid.own_cells(row)}
    filled = [
        n
        for n, each in cells.items()
        if n in headed or n == reader.column or each.counts["empty"] < len(each.kinds)
    ]
    if not filled:
        return {}
    return {n: each for n, each in cells.items() if min(filled) <= n <= max(filled)}


def table_columns(
    reader: RowReader, header: Sequence[int], data: Sequence[int], cells: Mapping[int, ColumnCells]
) -> list[TableColumn]:
    """All columns within a table's width, in order.

    Parameters
    ----------
    reader
        Knows the sheet and the column that names the units.
    header, data
        Places of the header's rows and of the rows that each speak of one unit.
    cells
        The cells of the rows of units, by column.
    """
    grid, units = reader.grid, reader.units
    notations = table_notations({n: (each.written, each.typed) for n, each in cells.items()})
    percent = {place for place, style in enumerate(grid.styles) if style.percent}
    columns = []
    for n, each in cells.items():
        path = header_path(grid, header, n)
        role: ColumnRole = "parent" if n in units.parents else units.role
        if n not in (units.number, *units.parents):
            role = _role(path, each, n < units.number, reader.kinds)
        measure = common_measure(map(measure_of, each.written))
        columns.append(
            TableColumn(
                number=n,
                path=path,
                role=role,
                notation=_of_counts(measure, each.written) or notations[n],
                percent=bool(percent) and _shown_as_percent(grid, data, n, each, percent),
                hidden=n in grid.hidden_columns,
                samples=tuple(islice(each.filled(), 3)),
                measure=measure,
            )
        )
    return columns


def _of_counts(measure: str, written: Sequence[str]) -> Notation | None:
    """The notation of numbers that say that they count people or things: ``1.234 người``.

    None where they do not say so, or have decimals all the same.
    """
    read = read_measure(measure)
    counted = bool(measure) and read.factor == 1 and is_count(read)
    return notation_of_counts(written) if counted else None


def _shown_as_percent(
    grid: SheetGrid,
    data: Sequence[int],
    column: int,
    cells: ColumnCells,
    percent: Collection[int],
) -> bool:
    """Whether most typed numbers of a column are fractions shown as percentages."""
    typed = [
        row
        for row, value in zip(data, cells.values, strict=True)
        if type(value) is float or type(value) is int
    ]
    looks = (grid.looks[row] for row in typed)
    shown = sum(len(look) >= column and look[column - 1] in percent for look in looks)
    return bool(typed) and 2 * shown > len(typed)


def _role(path: Sequence[str], cells: ColumnCells, left: bool, names: NameKinds) -> ColumnRole:
    """What a column holds, by its heading where its cells do not speak against it."""
    figures, others = cells.figures, cells.others
    said = role_by_heading(path)
    if said and (figures or others) and _fits(said, cells, path):
        return said
    if not figures and not others:
        return said if said in ("x", "y", "period", "indicator", "status") else "empty"
    if figures > others:
        return _role_of_figures(path, cells, left)
    labels = set(islice(cells.texts(), _ENOUGH))
    if all(map(is_kind_word, labels)):
        return "kind"
    upper = sum(names[text] == "upper_unit" for text in labels)
    return "parent" if upper >= _NEARLY_ALL * len(labels) else "text"


def _role_of_figures(path: Sequence[str], cells: ColumnCells, left: bool) -> ColumnRole:
    """What a column of figures holds: values, unless they number, name or date something."""
    if left and not path and _rises(cells):
        return "ordinal"
    if speaks_of_codes(path) or _are_codes(cells):
        return "text"
    return "text" if speaks_of_years(path) and _are_years(cells) else "value"


def _are_codes(cells: ColumnCells) -> bool:
    """Whether the figures are written with leading zeros, as no number is."""
    if cells.typed or not cells.written:
        return False
    zeros = sum(len(text) > 1 and text.startswith("0") for text in cells.written)
    return zeros > 0 and all(text.isdigit() for text in cells.written)


def _are_years(cells: ColumnCells) -> bool:
    figures = (v for v, kind in zip(cells.values, cells.kinds, strict=True) if kind == "number")
    return all(map(is_year, figures))


def _fits(role: ColumnRole, cells: ColumnCells, path: Sequence[str]) -> bool:
    """Whether the cells of a column can be what its heading says."""
    figures, others = cells.figures, cells.others
    if role == "ordinal":
        return all(float(number).is_integer() for number in cells.typed)
    if role == "period":
        return others > 0 or _are_periods(cells, path)
    if role in ("indicator", "status", "parent"):
        return others >= figures
    return True


def _are_periods(cells: ColumnCells, path: Sequence[str]) -> bool:
    """Whether the figures of a column are years or, where it says so, months and quarters."""
    different = {
        cell_text(value)
        for value, kind in zip(cells.values, cells.kinds, strict=True)
        if kind == "number"
    }
    if _PARTS_OF_YEARS.match(path[-1].lower()):
        return all(1 <= (whole_number(text) or 0) <= 12 for text in different)
    return bool(different) and all(is_year(text) for text in different)


def _rises(cells: ColumnCells) -> bool:
    """Whether the figures number the rows: each one more than that before, or 1 again."""
    read = (whole_number(cell_text(value)) for value in cells.values)
    numbers = [number for number in read if number is not None]
    return (
        len(numbers) > 1
        and numbers[0] <= 1
        and all(after in (before + 1, 1) for before, after in pairwise(numbers))
    )


def series_columns(
    columns: Sequence[TableColumn], cells: Mapping[int, ColumnCells]
) -> tuple[int, ...]:
    """Numbers of the columns that tell, row by row, what the figures of a long table are.

    One that says the same in all rows tells nothing.
    """
    return tuple(
        column.number
        for column in columns
        if column.role in ("indicator", "period", "status")
        and len(set(cells[column.number].texts())) > 1
    )
