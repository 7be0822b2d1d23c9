"""One table found in a part of a sheet: all steps in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from geodata.readers.sheet import CellRange
from geodata.table_import.layout.outline_columns import fill_outline_names, fill_outline_parents
from geodata.table_import.layout.page_texts import dash_reading
from geodata.table_import.layout.row_levels import (
    Levels,
    empty_groups_as_units,
    members_of_series,
    settle_levels,
)
from geodata.table_import.layout.row_roles import RowReader
from geodata.table_import.layout.sheet_grid import SheetGrid, texts_of
from geodata.table_import.layout.stacked_tables import stack_of, title_units
from geodata.table_import.layout.table_body import first_body_row, header_of, last_body_row
from geodata.table_import.layout.table_columns import (
    ColumnCells,
    data_cells,
    series_columns,
    table_columns,
)
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

AROUND = 60
"""Rows above and below a table whose texts are kept."""
_FIGURES = ("value", "x", "y")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sheet in which a table may lie.

    Parameters
    ----------
    rows
        Places of its rows.
    columns
        Numbers of its columns.
    title
        Place of the first row whose texts may stand above its table.
    """

    rows: range
    columns: range
    title: int = 0


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table with where it stands.

    Parameters
    ----------
    layout
        The table.
    top, end
        Places of its first and last row, the header's included.
    titles
        Units that its title names.
    """

    layout: TableLayout
    top: int
    end: int
    titles: tuple[str, ...]


def found_table(
    grid: SheetGrid, piece: Piece, kinds: NameKinds, names: UnitNames, table: TableRange
) -> FoundTable | None:
    """The table of a part of a sheet, the first of several; None where nothing speaks of one.

    Parameters
    ----------
    kinds
        What texts name.
    names
        Names and codes of units.
    table
        Where a person says that it stands.
    """
    rows, columns = piece.rows, piece.columns
    units = unit_column(grid, rows, columns, kinds, names)
    if units is None and table != TableRange():
        units = first_text_column(grid, rows, columns)
    if units is None:
        return None
    reader = RowReader.of_sheet(grid, units, kinds)
    start = first_body_row(reader, rows, names, table)
    if start is None:
        return None
    header = header_of(reader, rows, start, table)
    body = range(start, rows.stop)
    units = village_column(grid, header, body, columns, units)
    _fill_left(grid, columns, units)
    texts = [grid.own_texts(row) for row in header]
    reader = RowReader.of_sheet(grid, units, kinds).with_header(texts)
    fill_outline_names(reader, header, body)
    return _Finder(grid, piece, reader, header, names).found(body, table)


def _fill_left(grid: SheetGrid, columns: range, units: UnitColumn) -> None:
    """Fill in numbers and codes merged downwards left of the names and in their column."""
    left = range(columns.start, units.number + 1)
    for area in [each for each in grid.figures_down if each.first_column in left]:
        grid.figures_down.remove(area)
        grid.fill_down(area)


@dataclass(frozen=True, slots=True)
class _Finder:
    """A table whose header and first row are known."""

    grid: SheetGrid
    piece: Piece
    reader: RowReader
    header: tuple[int, ...]
    names: UnitNames

    def found(self, body: range, table: TableRange) -> FoundTable | None:
        """The table with all that stands around it."""
        reader, roles, first_parent = self._parts(body, table)
        roles = empty_groups_as_units(reader, roles)
        if not roles or (table == TableRange() and "data" not in roles.values()):
            return None
        cells, columns = self._columns(roles)
        if self._filled_in(columns, roles) or fill_outline_parents(
            self.grid, _data(roles), columns, cells
        ):
            cells, columns = self._columns(roles)
        series, read = series_columns(columns, cells), _data(roles)
        if series:
            roles = members_of_series(reader, roles, series)
        levels = settle_levels(reader, roles, columns, first_parent, adds=not series)
        if _data(levels.roles) != read:
            cells, columns = self._columns(levels.roles)
        top, end = min([*self.header, *roles]), max(roles)
        grid = self.grid
        letterhead = self._texts(max(self.piece.title, top - AROUND), top)
        foot = self._texts(end + 1, min(self.piece.rows.stop, end + 1 + AROUND))
        scored = ScoredTable(grid, reader.units, self.header, levels, columns, cells, letterhead)
        dash, note = dash_reading((*letterhead, *foot))
        layout = TableLayout(
            file="",
            sheet=grid.name,
            columns=tuple(replace(each, dash=dash) for each in columns),
            header_rows=tuple(grid.numbers[row] for row in self.header),
            rows=self._rows(levels),
            letterhead=letterhead,
            foot=foot,
            encoding=grid.encoding,
            converted_cells=grid.converted_cells,
            score=table_score(scored, reader.kinds, self.names),
            turned=grid.turned,
            dash_note=note,
            joint_cells=self._joint_cells(columns, levels.roles),
        )
        return FoundTable(layout, top, end, tuple(title_units(grid, letterhead, reader.kinds)))

    def _parts(self, body: range, table: TableRange) -> tuple[RowReader, dict[int, RowRole], str]:
        """The rows of the table's parts, what reads them, and the unit above the first part."""
        reader = self.reader
        stack = stack_of(reader, self.header, body)
        if table.last_row is not None:
            stack = replace(stack, end=None)
        roles = reader.roles(range(body.start, stack.end or body.stop))
        if table.last_row is None:
            end = last_body_row(reader, roles)
            roles = {row: role for row, role in roles.items() if row <= end}
        first_parent = ""
        if stack.titles:
            reader = replace(reader, titles=stack.titles)
            roles |= {row: "note" for row in stack.between if row in roles}
            roles |= {row: "group" for row in stack.titles if row in roles}
            above = self._texts(self.piece.title, min(self.header, default=body.start))
            others = set(stack.titles.values())
            named = title_units(self.grid, above, reader.kinds)
            first_parent = next((name for name in named if name not in others), "")
        return reader, roles, first_parent

    def _texts(self, first: int, stop: int) -> tuple[str, ...]:
        return texts_of(self.grid, range(first, stop))

    def _columns(
        self, roles: dict[int, RowRole]
    ) -> tuple[dict[int, ColumnCells], list[TableColumn]]:
        data = _data(roles)
        cells = data_cells(self.reader, self.header, data, self.piece.columns)
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


def _data(roles: Mapping[int, RowRole]) -> list[int]:
    return [row for row, role in roles.items() if role == "data"]


def _covered(grid: SheetGrid, area: CellRange, roles: dict[int, RowRole]) -> list[tuple[int, int]]:
    rows = [row for row in grid.places(area.first_row, area.last_row) if roles.get(row) == "data"]
    return [(grid.numbers[row], area.first_column) for row in rows] if len(rows) > 1 else []
