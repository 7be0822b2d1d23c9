"""One table found in a part of a sheet: all steps in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geodata.readers.sheet import CellRange
from geodata.table_import.layout.page_texts import dash_reading
from geodata.table_import.layout.row_levels import Levels, empty_groups_as_units, settle_levels
from geodata.table_import.layout.row_roles import RowReader
from geodata.table_import.layout.sheet_grid import SheetGrid, texts_of
from geodata.table_import.layout.table_body import first_body_row, header_of, last_body_row
from geodata.table_import.layout.table_columns import ColumnCells, data_cells, table_columns
from geodata.table_import.layout.table_score import ScoredTable, table_score
from geodata.table_import.layout.unit_column import (
    NameKinds,
    UnitColumn,
    first_text_column,
    unit_column,
    village_column,
)
from geodata.table_import.layout_records import (
    RowRole,
    TableColumn,
    TableLayout,
    TableRange,
    TableRow,
    UnitNames,
)

_FIGURES = ("value", "x", "y")


def found_table(
    grid: SheetGrid, kinds: NameKinds, names: UnitNames, table: TableRange
) -> TableLayout | None:
    """The table of a sheet; None where nothing speaks of one.

    Parameters
    ----------
    kinds
        What texts name.
    names
        Names and codes of units.
    table
        Where a person says that it stands.
    """
    rows, columns = range(len(grid.rows)), range(1, grid.width + 1)
    rows = _said_rows(grid, rows, table)
    stated = table != TableRange()
    units = unit_column(grid, rows, columns, kinds, names)
    if units is None and stated:
        units = first_text_column(grid, rows, columns)
    if units is None:
        return None
    reader = RowReader(grid, units, kinds)
    start = first_body_row(reader, rows, names, table)
    if start is None:
        return None
    header = header_of(grid, reader, start, table)
    units = village_column(grid, header, rows[rows.index(start) :], columns, units)
    _fill_left(grid, units)
    reader = RowReader(grid, units, kinds, [grid.own_texts(row) for row in header])
    return _Finder(grid, reader, header, columns, names).layout(rows[rows.index(start) :], table)


def _said_rows(grid: SheetGrid, rows: range, table: TableRange) -> range:
    """The rows in which a person says that the table stands."""
    named = table.header_rows or ((table.first_row,) if table.first_row else ())
    first = min(named, default=0)
    if table.header_rows is None:
        first = 0
    last = table.last_row or grid.numbers[-1]
    kept = [row for row in rows if first <= grid.numbers[row] <= last]
    return range(kept[0], kept[-1] + 1) if kept else range(0)


def _fill_left(grid: SheetGrid, units: UnitColumn) -> None:
    """Fill in numbers and codes merged downwards left of the names and in their column."""
    for area in [each for each in grid.figures_down if each.first_column <= units.number]:
        grid.figures_down.remove(area)
        grid.fill_down(area)


@dataclass(frozen=True, slots=True)
class _Finder:
    """A table whose header and first row are known."""

    grid: SheetGrid
    reader: RowReader
    header: tuple[int, ...]
    columns: range
    names: UnitNames

    def layout(self, body: range, table: TableRange) -> TableLayout:
        """The table, with all that stands around it."""
        grid = self.grid
        roles = self.reader.roles(body)
        if table.last_row is None:
            end = last_body_row(self.reader, roles)
            roles = {row: role for row, role in roles.items() if row <= end}
        roles = empty_groups_as_units(self.reader, roles)
        cells, columns = self._columns(roles)
        if self._filled_in(columns, roles):
            cells, columns = self._columns(roles)
        levels = settle_levels(self.reader, roles, columns)
        if levels.roles != roles:
            cells, columns = self._columns(levels.roles)
        letterhead = texts_of(grid, range(self.header[0] if self.header else body[0]))
        foot = texts_of(grid, range(max(roles) + 1, len(grid.rows)))
        dash, note = dash_reading((*letterhead, *foot))
        scored = ScoredTable(
            grid, self.reader.units, self.header, levels, columns, cells, letterhead
        )
        return TableLayout(
            file="",
            sheet=grid.name,
            columns=tuple(replace(each, dash=dash) for each in columns),
            header_rows=tuple(grid.numbers[row] for row in self.header),
            rows=self._rows(levels),
            letterhead=letterhead,
            foot=foot,
            encoding=grid.encoding,
            converted_cells=grid.converted_cells,
            score=table_score(scored, self.reader.kinds, self.names),
            turned=grid.turned,
            dash_note=note,
            joint_cells=self._joint_cells(columns, levels.roles),
        )

    def _columns(
        self, roles: dict[int, RowRole]
    ) -> tuple[dict[int, ColumnCells], list[TableColumn]]:
        data = [row for row, role in roles.items() if role == "data"]
        cells = data_cells(self.grid, self.header, data, self.columns)
        return cells, table_columns(self.reader, self.header, data, cells)

    def _filled_in(self, columns: Sequence[TableColumn], roles: dict[int, RowRole]) -> bool:
        """Whether years, codes and the like that were merged over rows have now been filled in."""
        values = {each.number for each in columns if each.role in _FIGURES}
        filled = [
            area
            for area in self.grid.figures_down
            if area.first_column not in values
            and any(row in roles for row in self.grid.places(area.first_row, area.last_row))
        ]
        for area in filled:
            self.grid.figures_down.remove(area)
            self.grid.fill_down(area)
        return bool(filled)

    def _joint_cells(
        self, columns: Sequence[TableColumn], roles: dict[int, RowRole]
    ) -> tuple[tuple[int, int], ...]:
        """The cells of figures that are merged over rows of several units."""
        values = {each.number for each in columns if each.role in _FIGURES}
        areas = [area for area in self.grid.figures_down if area.first_column in values]
        return tuple(sorted(cell for area in areas for cell in _covered(self.grid, area, roles)))

    def _rows(self, levels: Levels) -> tuple[TableRow, ...]:
        grid = self.grid
        struck = any(style.struck for style in grid.styles)
        return tuple(
            TableRow(
                grid.numbers[row],
                role,
                tuple(grid.rows[row]),
                levels.parents.get(row, ""),
                grid.numbers[row] in grid.hidden_rows,
                struck and self._is_struck(row),
            )
            for row, role in levels.roles.items()
        )

    def _is_struck(self, row: int) -> bool:
        """Whether the name of a row or all its figures are struck through."""
        grid, column = self.grid, self.reader.column
        if grid.style(row, column).struck:
            return True
        figures = [each for each, kind in grid.own_cells(row) if each > column and kind == "number"]
        return bool(figures) and all(grid.style(row, each).struck for each in figures)


def _covered(grid: SheetGrid, area: CellRange, roles: dict[int, RowRole]) -> list[tuple[int, int]]:
    rows = [row for row in grid.places(area.first_row, area.last_row) if roles.get(row) == "data"]
    return [(grid.numbers[row], area.first_column) for row in rows] if len(rows) > 1 else []
