"""Tables that stand side by side in a sheet: a long list folded into two, say."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from geodata.table_import.layout.column_headings import names_units
from geodata.table_import.layout.sheet_grid import FIGURE_KINDS, SheetGrid
from geodata.table_import.layout.unit_column import UnitColumn

_AS_MANY = 0.4
"""Share of the names of the fullest column from which another may be that of a table beside."""
_ROWS_LOOKED_AT = 100


def bands(grid: SheetGrid, rows: range, columns: range, named: Sequence[UnitColumn]) -> list[range]:
    """The columns of each of the tables that stand side by side; all of them where there is one.

    Parameters
    ----------
    rows, columns
        Where the tables may lie.
    named
        The columns that hold names of units.
    """
    most = max((each.known for each in named), default=0.0)
    full = [each.number for each in named if each.known >= max(2.0, _AS_MANY * most)]
    some = list(grid.sampled(rows[0], rows[-1], _ROWS_LOOKED_AT))
    starts = [columns.start]
    for left, right in pairwise(full):
        start = _start(grid, some, left, right, starts[-1])
        if start is not None:
            starts.append(start)
    return [
        range(first, last) for first, last in zip(starts, [*starts[1:], columns.stop], strict=True)
    ]


def _start(grid: SheetGrid, rows: Sequence[int], left: int, right: int, first: int) -> int | None:
    """The first column of the table whose units stand in the right one; None where both are one's.

    Each has figures of its own; between them is an empty column, or they have the same headings.
    """
    between = range(left + 1, right)
    if not any(_has_figures(grid, rows, column) for column in between):
        return None
    empty = [column for column in between if not any(grid.text(row, column) for row in rows)]
    if empty:
        return empty[-1] + 1
    for row in rows:
        heading = grid.text(row, left)
        if heading == grid.text(row, right) and names_units((heading,)):
            before = left - first
            return max(right - before, left + 1)
    return None


def _has_figures(grid: SheetGrid, rows: Sequence[int], column: int) -> bool:
    return any(grid.kind(row, column) in FIGURE_KINDS for row in rows)
