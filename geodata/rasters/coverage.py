"""Which share of each cell of a grid lies in which polygon, exact at the borders.

Every edge is cut where it crosses the lines of the grid. The piece of an edge in a cell says which
part of that cell lies to the right of it, and by how much all cells further right are covered;
added up along a row, that is the covered share of every cell (the signed areas of a scanline
rasteriser). Only cells that an edge passes are kept one by one; what lies between them is kept as
runs. The effort grows with the length of the borders, not with the number of cells, and all
polygons of all levels and days are done at once.

References: F. Pineda and R. Levien describe the accumulation for drawing fonts (FreeType
``ftgrays``; font-rs). Here it is done in double precision and without sampling. The tests hold it
against exactextract.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_NOTHING = 1e-12
"""A smaller share of a cell is rounding."""


class _Pieces(NamedTuple):
    """Straight pieces of edges: whose they are, and both ends by two coordinates."""

    owner: Integers
    a0: Floats
    b0: Floats
    a1: Floats
    b1: Floats

    def where(self, kept: npt.NDArray[np.bool_]) -> _Pieces:
        """Some of them."""
        owner, a0, b0, a1, b1 = self
        return _Pieces(owner[kept], a0[kept], b0[kept], a1[kept], b1[kept])

    def turned(self) -> _Pieces:
        """With the other coordinate first."""
        return _Pieces(self.owner, self.b0, self.a0, self.b1, self.a1)


class _Passed(NamedTuple):
    """Cells that borders pass: how much of each lies right of them, and how far they go down."""

    zone: Integers
    row: Integers
    column: Integers
    part: Floats
    height: Floats

    def where(self, kept: npt.NDArray[np.generic]) -> _Passed:
        """Some of them, or all in another order."""
        return _Passed(*(each[kept] for each in self))


class Edges(NamedTuple):
    """The edges of polygons on a grid, exteriors and holes running opposite ways.

    Parameters
    ----------
    zone
        Number of the polygon each belongs to.
    x0, y0, x1, y1
        Ends in cells: x to the right from the left border of the grid, y down from its top.
    sign
        -1 where exteriors run so that what they enclose counts as negative.
    """

    zone: Integers
    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    sign: float


@dataclass(frozen=True, slots=True)
class CellRuns:
    """Stretches of cells of one row that one polygon covers alike.

    Parameters
    ----------
    zone, row
        The polygon and the row of the grid.
    start, end
        First column and the one after the last.
    fraction
        Share of each of the cells that lies in the polygon, above 0 and up to 1.
    """

    zone: Integers
    row: Integers
    start: Integers
    end: Integers
    fraction: Floats

    def clipped(self, first: int, last: int) -> CellRuns:
        """The parts in the columns from ``first`` up to but without ``last``."""
        start, end = np.maximum(self.start, first), np.minimum(self.end, last)
        kept = end > start
        zone, row, fraction = self.zone[kept], self.row[kept], self.fraction[kept]
        return CellRuns(zone, row, start[kept], end[kept], fraction)


def edges_of(
    shapes: Sequence[shapely.Geometry], scale: tuple[float, float], origin: tuple[float, float]
) -> Edges:
    """The edges of polygons on a grid.

    Parameters
    ----------
    shapes
        Polygons and multipolygons in the CRS of the grid.
    scale
        Width and height of a cell in units of the CRS; the height is negative where rows go south.
    origin
        x and y of the corner of the first cell.
    """
    parts, part_zone = shapely.get_parts(np.asarray(shapes, dtype=object), return_index=True)
    is_area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    oriented = shapely.orient_polygons(parts[is_area])
    rings, ring_part = shapely.get_rings(oriented, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    zone = part_zone[is_area][ring_part][ring].astype(np.int64)
    x = (points[:, 0] - origin[0]) / scale[0]
    y = (points[:, 1] - origin[1]) / scale[1]
    joined = ring[:-1] == ring[1:]
    # Exteriors run counter-clockwise in a system whose y points north: west of them they go down.
    sign = -1.0 if scale[0] * scale[1] > 0 else 1.0
    starts, ends = (x[:-1][joined], y[:-1][joined]), (x[1:][joined], y[1:][joined])
    return Edges(zone[:-1][joined], *starts, *ends, sign)


def band_coverage(edges: Edges, rows: tuple[int, int], columns: tuple[int, int]) -> CellRuns:
    """The covered cells of some rows of a grid, by zone, row and column.

    Parameters
    ----------
    rows, columns
        First and last row or column, the last not included.
    """
    low, high = np.minimum(edges.y0, edges.y1), np.maximum(edges.y0, edges.y1)
    # Level edges cover nothing by themselves.
    reaching = (high > rows[0]) & (low < rows[1]) & (edges.y0 != edges.y1)
    pieces = _Pieces(edges.zone, edges.y0, edges.x0, edges.y1, edges.x1).where(reaching)
    pieces = _cut(pieces, rows)
    row = np.floor((pieces.a0 + pieces.a1) / 2).astype(np.int64)
    inside = (row >= rows[0]) & (row < rows[1])
    pieces, row = pieces.where(inside).turned(), row[inside]
    zone = pieces.owner
    # From here on the owner is the piece of one row.
    pieces = _cut(pieces._replace(owner=np.arange(len(zone))), columns)
    middle = (pieces.a0 + pieces.a1) / 2
    # What passes beside the columns still covers those to the right of it.
    column = np.clip(np.floor(middle), columns[0] - 1, columns[1]).astype(np.int64)
    height = (pieces.b1 - pieces.b0) * edges.sign
    part = height * (column + 1 - middle)
    passed = _Passed(zone[pieces.owner], row[pieces.owner], column, part, height)
    return _covered(passed, columns)


def _cut(pieces: _Pieces, lines: tuple[int, int]) -> _Pieces:
    """Cut pieces where their first coordinate is whole, between two of these lines."""
    a0, b0, a1, b1 = pieces[1:]
    first = np.maximum(np.floor(np.minimum(a0, a1)) + 1, lines[0])
    last = np.minimum(np.ceil(np.maximum(a0, a1)) - 1, lines[1])
    crossed = np.maximum(last - first + 1, 0).astype(np.int64)
    edge = np.repeat(np.arange(len(a0)), crossed + 1)
    place = np.arange(len(edge)) - np.repeat(np.cumsum(crossed + 1) - crossed - 1, crossed + 1)
    at = np.where(a1[edge] >= a0[edge], first[edge] + place, last[edge] - place)
    with np.errstate(divide="ignore", invalid="ignore"):
        along = (at - a0[edge]) / (a1[edge] - a0[edge])
    is_first, is_last = place == 0, place == crossed[edge]
    a_end = np.where(is_last, a1[edge], at)
    b_end = np.where(is_last, b1[edge], b0[edge] + along * (b1[edge] - b0[edge]))
    a_start = np.where(is_first, a0[edge], np.roll(a_end, 1))
    b_start = np.where(is_first, b0[edge], np.roll(b_end, 1))
    return _Pieces(pieces.owner[edge], a_start, b_start, a_end, b_end)


def _covered(pieces: _Passed, columns: tuple[int, int]) -> CellRuns:
    """Add up the pieces of borders along each row of each zone."""
    passed = pieces.where(np.lexsort((pieces.column, pieces.row, pieces.zone)))
    new_row = _changes(passed.zone) | _changes(passed.row)
    cells = np.flatnonzero(new_row | _changes(passed.column))
    if len(cells):
        part, height = (np.add.reduceat(each, cells) for each in passed[3:])
        passed = passed.where(cells)._replace(part=part, height=height)
    new_row = new_row[cells]
    after = np.cumsum(passed.height)
    # Closed rings come back to nothing at the end of each row; what is left is rounding.
    start = np.flatnonzero(new_row)
    after -= np.repeat((after - passed.height)[start], np.diff(np.append(start, len(after))))
    border = passed.column, passed.column + 1, after - passed.height + passed.part
    last = np.append(new_row[1:], True)[: len(new_row)]
    run = passed.column + 1, np.where(last, 0, np.roll(passed.column, -1)), after
    begin, end, fraction = (np.concatenate(pair) for pair in zip(border, run, strict=True))
    zone, row = np.tile(passed.zone, 2), np.tile(passed.row, 2)
    kept = np.flatnonzero(fraction > _NOTHING)
    kept = kept[np.lexsort((begin[kept], row[kept], zone[kept]))]
    share = np.minimum(fraction[kept], 1.0)
    share[share > 1 - _NOTHING] = 1.0
    return CellRuns(zone[kept], row[kept], begin[kept], end[kept], share).clipped(*columns)


def _changes(values: Integers) -> npt.NDArray[np.bool_]:
    return np.append(True, values[1:] != values[:-1])[: len(values)]
