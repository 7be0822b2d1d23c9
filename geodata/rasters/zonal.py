"""Figures of all zones in one pass over a raster, window by window.

What is held in memory at a time is one window of some two million cells and the borders that cross
its rows, however large the raster is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer

from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Message
from geodata.rasters.accumulators import accumulator
from geodata.rasters.cell_area import CellAreas, cell_areas
from geodata.rasters.companion import Companion
from geodata.rasters.coverage import CellRuns, Edges, band_coverage, edges_of
from geodata.rasters.grid import Window, same_crs
from geodata.rasters.source import MOST_CELLS, Cells, RasterSource
from geodata.rasters.statistic import BY_CLASS, Statistic
from geodata.rasters.window_cells import SecondCells, WindowCells, Zones

Floats = npt.NDArray[np.float64]
Progress = Callable[[int, int], None]
"""Called with the cells done so far and all of them."""

_CELLS_AT_ONCE = 2_000_000
_LONGEST_EDGE = 0.01
"""Degrees: an edge that is straight in degrees is not in another system unless it is short."""
_MOST_CODES_TOLD = 30
_DEGREES = CRS.from_epsg(4326)


@dataclass(frozen=True, slots=True)
class ZonalFigures:
    """What was computed of each zone.

    Parameters
    ----------
    values
        One array for each statistic, one figure for each zone; not a number where the zone has no
        data.
    area
        Area of each zone that has data, square metres on the ellipsoid.
    cells
        How many cells with data each zone has; those on a border count by their share.
    """

    values: tuple[Floats, ...]
    area: Floats
    cells: Floats


@dataclass(frozen=True, slots=True)
class SecondRasters:
    """Rasters that are read beside the first.

    Parameters
    ----------
    weights
        What a weighted mean is weighted by: a quantity per cell, as people.
    condition, above
        Cells of classes count only where this raster is above the number.
    """

    weights: RasterSource | None = None
    condition: RasterSource | None = None
    above: float = 0.0


def zonal_figures(
    source: RasterSource,
    shapes: Sequence[shapely.Geometry],
    statistics: Sequence[Statistic],
    second: SecondRasters | None = None,
    progress: Progress | None = None,
) -> ZonalFigures:
    """Compute statistics of a raster for polygons, of any levels and days at once.

    Parameters
    ----------
    source
        The raster.
    shapes
        Polygons in degrees, EPSG:4326; they may overlap.
    statistics
        What is computed.

    Raises
    ------
    FileFault
        The raster misses all of the shapes, has none of the classes of a statistic, is too large
        or damaged.
    """
    second = second or SecondRasters()
    placed = _on_grid(source, shapes)
    region = _region(source, placed)
    areas = cell_areas(source.grid, region, source.name)
    edges = _edges(source, placed, areas)
    number = len(shapes)
    condition = second.above if second.condition is not None else None
    sums = [accumulator(each, number, condition) for each in statistics]
    occurring = _OccurringCodes(source, statistics)
    area, cells, done = np.zeros(number), np.zeros(number), 0
    with _companions(source, second) as companions:
        for window, segments in _covered_windows(edges, region, source.block):
            if len(segments.zone):
                values, valid = source.read(window)
                occurring.add(values)
                beside = SecondCells(*(each.read(window) if each else None for each in companions))
                part = WindowCells(window, values, valid, Zones(segments, areas, number), beside)
                area += part.area
                cells += part.cells
                for each in sums:
                    each.add(part)
            done += window.cells
            if progress is not None:
                progress(done, region.cells)
    occurring.verify()
    return ZonalFigures(tuple(each.result(area) for each in sums), area, cells)


def _edges(source: RasterSource, placed: Sequence[shapely.Geometry], areas: CellAreas) -> Edges:
    """The borders of shapes on the grid, by which a part of a cell is that part of its area."""
    grid = source.grid
    edges = edges_of(placed, (grid.width, grid.height), (grid.left, grid.top))
    x0, y0 = areas.by_ground(edges.x0, edges.y0)
    x1, y1 = areas.by_ground(edges.x1, edges.y1)
    return edges._replace(x0=x0, y0=y0, x1=x1, y1=y1)


def _covered_windows(
    edges: Edges, region: Window, block: tuple[int, int]
) -> Iterator[tuple[Window, CellRuns]]:
    """The windows of a region, each with what lies on it; borders are followed once a row."""
    rows: tuple[int, int] | None = None
    band: CellRuns | None = None
    for window in _windows(region, block):
        if band is None or rows != (window.row0, window.row1):
            rows = (window.row0, window.row1)
            band = band_coverage(edges, rows, (region.col0, region.col1))
        yield window, band.clipped(window.col0, window.col1)


def _on_grid(source: RasterSource, shapes: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    """The shapes in the system of the raster."""
    crs = source.grid.crs
    fine = shapely.segmentize(np.asarray(shapes, dtype=object), _LONGEST_EDGE)
    if same_crs(crs, _DEGREES):
        return list(fine)
    turn = Transformer.from_crs(_DEGREES, crs, always_xy=True)

    def moved(points: Floats) -> Floats:
        return np.column_stack(turn.transform(points[:, 0], points[:, 1]))

    placed = shapely.transform(fine, moved)
    points = shapely.get_coordinates(placed)
    if not np.isfinite(points).all():
        raise FileFault(
            Message("The units lie where the projection of the raster has no place for them"),
            found=crs.name,
            remedy=Message("Look whether the file names the right coordinate system"),
            where=source.name,
        )
    return list(placed)


def _region(source: RasterSource, shapes: Sequence[shapely.Geometry]) -> Window:
    """The part of the grid on which the shapes lie."""
    if not len(shapes):
        raise InvalidInput(Message("There is no unit with a shape"), where=source.name)
    bounds = shapely.total_bounds(np.asarray(shapes, dtype=object))
    return source.window_of_area(tuple(bounds), MOST_CELLS)


@contextmanager
def _companions(
    source: RasterSource, second: SecondRasters
) -> Iterator[tuple[Companion | None, Companion | None]]:
    """The second rasters on the cells of the first, for as long as they are read."""
    with ExitStack() as opened:
        weights = condition = None
        if second.weights is not None:
            weights = opened.enter_context(closing(Companion(second.weights, source.grid)))
        if second.condition is not None:
            made = Companion(second.condition, source.grid, averaged=False)
            condition = opened.enter_context(closing(made))
        yield weights, condition


def _windows(region: Window, block: tuple[int, int]) -> Iterator[Window]:
    """Windows that cover a region, cut where the file's blocks end, row by row."""
    height, width = block
    columns = region.col1 - region.col0
    tall = max(_CELLS_AT_ONCE // (max(columns, 1) * height), 1) * height
    wide = region.col1
    if tall * columns > 2 * _CELLS_AT_ONCE:
        wide = max(_CELLS_AT_ONCE // (tall * width), 1) * width
    for row0, row1 in _steps(region.row0, region.row1, tall):
        for col0, col1 in _steps(region.col0, region.col1, wide):
            yield Window(row0, row1, col0, col1)


def _steps(first: int, last: int, step: int) -> Iterator[tuple[int, int]]:
    """From ``first`` to ``last``, cut at the multiples of ``step``."""
    while first < last:
        following = min((first // step + 1) * step, last)
        yield first, following
        first = following


class _OccurringCodes:
    """Which codes of classes a raster holds in the area of the units."""

    def __init__(self, source: RasterSource, statistics: Sequence[Statistic]) -> None:
        self._source = source
        self._asked = [each for each in statistics if each.operation in BY_CLASS]
        small = source.dtype.kind in "iu" and source.dtype.itemsize <= 2
        self._table = np.zeros(2 ** (8 * source.dtype.itemsize), dtype=bool) if small else None
        self._others: set[float] = set()

    def add(self, values: Cells) -> None:
        if not self._asked:
            return
        if self._table is not None:
            self._table[values] = True
        elif len(self._others) <= 1000:
            self._others |= set(np.unique(values).tolist())

    def verify(self) -> None:
        """Refuse classes of which none occurs."""
        if not self._asked:
            return
        found = self._found()
        wanted = {code for each in self._asked for code in each.classes}
        if not wanted & found:
            known = [f"{code:g}" for code in sorted(found)[:_MOST_CODES_TOLD]]
            raise FileFault(
                Message("None of the classes occurs in the area of the units"),
                found=", ".join(str(code) for code in sorted(wanted)),
                allowed=tuple(known),
                remedy=Message("Look up the codes of the classes, and whether this is their band"),
                where=self._source.name,
            )

    def _found(self) -> set[float]:
        if self._table is None:
            return self._others - self._source.missing
        codes = np.flatnonzero(self._table)
        if self._source.dtype.kind == "i":
            codes = np.where(codes >= len(self._table) // 2, codes - len(self._table), codes)
        return {float(code) for code in codes} - self._source.missing
