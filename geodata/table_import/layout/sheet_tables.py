"""The tables of one sheet: one, several below each other or side by side, or one turned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from geodata.table_import.layout.found_table import AROUND, FoundTable, Piece, found_table
from geodata.table_import.layout.joined_tables import FoundPart
from geodata.table_import.layout.page_texts import dash_reading, is_foot
from geodata.table_import.layout.sheet_grid import SheetGrid, texts_of
from geodata.table_import.layout.side_by_side import bands
from geodata.table_import.layout.stacked_tables import title_units
from geodata.table_import.layout.turned_grid import row_of_units, turn_grid, turned_rows
from geodata.table_import.layout.unit_column import NameKinds, columns_of_names
from geodata.table_import.layout_records import TableRange, UnitNames

EVERYWHERE = TableRange()
_MOST_TABLES = 20
_FEWEST_ROWS = 2
_UNLIKELY = 45
"""Below this score a table is kept only where it is the likeliest of its sheet."""


def tables_of_sheet(
    grid: SheetGrid, kinds: NameKinds, names: UnitNames, table: TableRange
) -> list[FoundPart]:
    """The tables of a sheet.

    Parameters
    ----------
    kinds
        What texts name.
    names
        Names and codes of units.
    table
        Where a person says that the one meant stands.
    """
    rows = _said_rows(grid, table)
    found = _with_own_texts(grid, _Search(grid, kinds, names, table).tables(rows))
    best = max((each.layout.score for each in found), default=0)
    likely = [each for each in found if each.layout.score >= min(best, _UNLIKELY)]
    return [FoundPart(each.layout, each.titles, grid.hidden) for each in likely]


def _with_own_texts(grid: SheetGrid, found: list[FoundTable]) -> list[FoundTable]:
    """The tables of a sheet from top to bottom, texts between two given to one of them.

    Notes and signatures belong to the table above them, what follows to the one below.
    """
    ordered = sorted(found, key=lambda each: each.top)
    for place, (upper, lower) in enumerate(pairwise(ordered)):
        if lower.top <= upper.end:
            continue  # they stand side by side
        rows = range(upper.end + 1, lower.top)
        notes = [row for row in rows if any(map(is_foot, grid.own_texts(row)))]
        parted = max(notes, default=upper.end) + 1
        foot, letterhead = (
            texts_of(grid, rows[: parted - rows.start]),
            texts_of(grid, range(parted, lower.top)),
        )
        ordered[place] = replace(upper, layout=replace(upper.layout, foot=foot))
        ordered[place + 1] = replace(lower, layout=replace(lower.layout, letterhead=letterhead))
    return ordered


def _said_rows(grid: SheetGrid, table: TableRange) -> range:
    """The rows in which a person says that the table stands."""
    named = [*(table.header_rows or ()), *([table.first_row] if table.first_row else ())]
    first = min(named, default=0) if table.header_rows else 0
    last = table.last_row or grid.numbers[-1]
    kept = [row for row, number in enumerate(grid.numbers) if first <= number <= last]
    return range(kept[0], kept[-1] + 1) if kept else range(0)


@dataclass(frozen=True, slots=True)
class _Search:
    """What is known while the tables of a sheet are looked for."""

    grid: SheetGrid
    kinds: NameKinds
    names: UnitNames
    table: TableRange

    def tables(self, rows: range) -> list[FoundTable]:
        """The tables within some rows."""
        pending, found = [rows], list[FoundTable]()
        while pending and len(found) < _MOST_TABLES:
            piece = pending.pop()
            here = self._first(piece) if len(piece) >= _FEWEST_ROWS else []
            found += here
            if not here or self.table != EVERYWHERE:
                continue
            top, end = min(each.top for each in here), max(each.end for each in here)
            pending += [range(piece.start, top), range(end + 1, piece.stop)]
        return found

    def _first(self, rows: range) -> list[FoundTable]:
        """The first table of a piece, with those beside it."""
        grid, kinds = self.grid, self.kinds
        columns = range(1, grid.width + 1)
        title = rows.start if self.table == EVERYWHERE else 0
        named = columns_of_names(grid, rows, columns, kinds)
        down = max((each.known for each in named), default=0.0)
        across = row_of_units(grid, rows, kinds, down)
        if across is not None:
            return self._turned(turned_rows(grid, rows, across, kinds), title)
        beside = bands(grid, rows, columns, named)
        found = []
        for band in beside:
            own = grid.within(band) if len(beside) > 1 else grid
            here = found_table(own, Piece(rows, band, title), kinds, self.names, self.table)
            if here is not None and len(beside) > 1:
                here = self._with_texts(
                    here, range(title, here.top), range(here.end + 1, rows.stop)
                )
            found.append(here)
        return [each for each in found if each is not None]

    def _turned(self, rows: range, title: int) -> list[FoundTable]:
        grid = turn_grid(self.grid, rows)
        piece = Piece(range(len(grid.rows)), range(1, grid.width + 1))
        found = found_table(grid, piece, self.kinds, self.names, EVERYWHERE)
        if found is None:
            return []
        found = replace(found, top=rows.start, end=rows.stop - 1)
        below = range(rows.stop, len(self.grid.rows))
        return [self._with_texts(found, range(title, rows.start), below)]

    def _with_texts(self, found: FoundTable, above: range, below: range) -> FoundTable:
        """A table that was found in a part of the grid, with the texts around it in the sheet."""
        letterhead, foot = texts_of(self.grid, above), texts_of(self.grid, below[:AROUND])
        dash, note = dash_reading((*letterhead, *foot))
        layout = replace(
            found.layout,
            letterhead=letterhead,
            foot=foot,
            dash_note=note,
            columns=tuple(replace(each, dash=dash) for each in found.layout.columns),
        )
        titles = tuple(title_units(self.grid, letterhead, self.kinds))
        return replace(found, layout=layout, titles=titles)
