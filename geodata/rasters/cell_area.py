"""The area of a grid's cells on the ellipsoid.

Where rows of the grid are parallels and columns meridians (degrees, Mercator and other cylindrical
projections) all cells of a row have the same area, by the area between two parallels. Elsewhere it
is the area in the projection over its areal scale at the middle of the cell; the scale changes so
smoothly that a polynomial of a few terms takes its place, which is held against the scale itself.

References: J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987),
equations 3-12 and 4-1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from numpy.polynomial import chebyshev
from pyproj import Proj, Transformer

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.rasters.grid import Grid, Window

Floats = npt.NDArray[Any]

_PROBES = 5
_STRAIGHT = 1e-10
"""Degrees by which points of one parallel may differ."""
_DEGREES = (4, 8, 16)
_EXACT = 1e-9
"""Relative difference at which a polynomial is taken for the scale."""


class CellAreas(Protocol):
    """Areas of cells in square metres."""

    def of_rows(self, row0: int, row1: int) -> Floats | None:
        """Area of a cell of each row; None where the cells of a row differ."""
        ...

    def of_window(self, window: Window) -> Floats:
        """Area of each cell, shape (rows, columns)."""
        ...

    def by_ground(self, columns: Floats, rows: Floats) -> tuple[Floats, Floats]:
        """Places on the grid so moved that a part of a cell is that part of its area.

        Half of a cell on paper is not half of it on the ground where the scale changes within it.
        Borders of cells stay where they are.
        """
        ...


def cell_areas(grid: Grid, region: Window, where: str = "") -> CellAreas:
    """The areas of the cells of a grid.

    Parameters
    ----------
    region
        The part of the grid that is used; outside of it the areas need not hold.

    Raises
    ------
    FileFault
        The projection has no place on the globe for a part of the region.
    """
    to_degrees = Transformer.from_crs(grid.crs, grid.crs.geodetic_crs, always_xy=True)
    columns = np.linspace(region.col0, region.col1, _PROBES)
    rows = np.linspace(region.row0, region.row1, _PROBES)
    x, y = np.meshgrid(grid.left + columns * grid.width, grid.top + rows * grid.height)
    longitude, latitude = to_degrees.transform(x, y)
    if not (np.isfinite(longitude).all() and np.isfinite(latitude).all()):
        raise FileFault(
            Message("The raster lies where its projection has no place on the globe"),
            found=f"x {x.min():g} – {x.max():g}, y {y.min():g} – {y.max():g}",
            remedy=Message("Look whether the file names the right coordinate system"),
            where=where,
        )
    if _on_parallels(longitude, latitude):
        return _RowAreas(grid, to_degrees)
    return _ScaledAreas(grid, region, to_degrees)


def _on_parallels(longitude: Floats, latitude: Floats) -> bool:
    """Whether rows are parallels, and columns meridians at even distances."""
    steps = np.diff(longitude, axis=1)
    return bool(
        np.ptp(latitude, axis=1).max() < _STRAIGHT
        and np.ptp(longitude, axis=0).max() < _STRAIGHT
        and np.ptp(steps) < _STRAIGHT
    )


class _RowAreas:
    """Cells between two parallels and two meridians."""

    def __init__(self, grid: Grid, to_degrees: Transformer) -> None:
        self._grid, self._to_degrees = grid, to_degrees
        ellipsoid = grid.crs.ellipsoid
        assert ellipsoid is not None
        self._axis = ellipsoid.semi_major_metre
        flattening = 1 / ellipsoid.inverse_flattening if ellipsoid.inverse_flattening else 0.0
        self._squared = flattening * (2 - flattening)
        (west, east), _ = to_degrees.transform(
            [grid.left, grid.left + grid.width], [grid.top, grid.top]
        )
        # Over all columns at once: a difference of two neighbours would be rounded more.
        (_, far), _ = to_degrees.transform([grid.left, grid.x(grid.columns)], [grid.top, grid.top])
        turned = (far - west) / grid.columns if grid.columns and far > west else east - west
        self._turn = abs(np.radians(turned))

    def of_rows(self, row0: int, row1: int) -> Floats:
        zones = np.diff(self._zone_of(np.arange(row0, row1 + 1)))
        areas = self._axis**2 * (1 - self._squared) / 2 * self._turn * zones
        return np.abs(np.asarray(areas, dtype=float))

    def of_window(self, window: Window) -> Floats:
        rows = self.of_rows(window.row0, window.row1)
        return np.repeat(rows[:, None], window.col1 - window.col0, axis=1)

    def by_ground(self, columns: Floats, rows: Floats) -> tuple[Floats, Floats]:
        first = np.floor(rows)
        above, here, below = (self._zone_of(each) for each in (first, rows, first + 1))
        within = (here - above) / (below - above)
        # Beyond the poles there is no ground.
        return columns, np.where(np.isfinite(within), first + within, rows)

    def _zone_of(self, rows: Floats) -> Floats:
        y = self._grid.top + rows * self._grid.height
        _, latitude = self._to_degrees.transform(np.full(len(y), self._grid.left), y)
        return self._zone(np.sin(np.radians(np.clip(latitude, -90, 90))))

    def _zone(self, sines: Floats) -> Floats:
        """Area from the equator to a latitude, per radian and half a squared minor axis."""
        if not self._squared:
            return 2 * sines
        e = np.sqrt(self._squared)
        return sines / (1 - self._squared * sines**2) + np.arctanh(e * sines) / e


class _ScaledAreas:
    """Cells of a projection with an areal scale that changes from place to place."""

    def __init__(self, grid: Grid, region: Window, to_degrees: Transformer) -> None:
        self._grid, self._to_degrees = grid, to_degrees
        self._proj = Proj(grid.crs)
        axes = grid.crs.axis_info
        metres = axes[0].unit_conversion_factor if axes else 1.0
        self._cell = abs(grid.width * grid.height) * metres**2
        self._middle = ((region.col0 + region.col1) / 2, (region.row0 + region.row1) / 2)
        self._half = (
            max(region.col1 - region.col0, 1) / 2,
            max(region.row1 - region.row0, 1) / 2,
        )
        self._coefficients = self._fitted()

    def of_rows(self, row0: int, row1: int) -> None:
        return None

    def of_window(self, window: Window) -> Floats:
        columns = np.arange(window.col0, window.col1) + 0.5
        rows = np.arange(window.row0, window.row1) + 0.5
        return self._areas_at(columns, rows) * self._cell

    def by_ground(self, columns: Floats, rows: Floats) -> tuple[Floats, Floats]:
        """By how the scale changes along the middle row and down the middle column."""
        column, row = self._middle
        along = self._even(columns, lambda places: self._areas_at(places, np.array([row]))[0])
        down = self._even(rows, lambda places: self._areas_at(np.array([column]), places)[:, 0])
        return along, down

    def _even(self, places: Floats, area: Callable[[Floats], Floats]) -> Floats:
        """Move places by the change of the area within their cell, taken as even."""
        lines, cell = np.unique(np.floor(places), return_inverse=True)
        grows = (area(lines + 1) - area(lines)) / area(lines + 0.5)
        within = places - lines[cell]
        return places + grows[cell] / 2 * (within**2 - within)

    def _areas_at(self, columns: Floats, rows: Floats) -> Floats:
        """Area of cells around places, the unit being that of the grid; (rows, columns)."""
        if self._coefficients is None:
            return self._exact(*np.meshgrid(columns, rows))
        return self._polynomial(columns, rows, self._coefficients)

    def _exact(self, columns: Floats, rows: Floats) -> Floats:
        """Area on the ground of a unit of area of the grid, at places counted in cells."""
        x = self._grid.left + columns * self._grid.width
        y = self._grid.top + rows * self._grid.height
        longitude, latitude = self._to_degrees.transform(x, y)
        scale = self._proj.get_factors(longitude, latitude).areal_scale
        return 1.0 / np.asarray(scale, dtype=float)

    def _fitted(self) -> Floats | None:
        """Coefficients of the shortest polynomial that is exact; None where none is."""
        probe = np.linspace(-0.97, 0.97, 7)
        truth = self._exact(*np.meshgrid(*self._places(probe, probe)))
        for degree in _DEGREES:
            nodes = chebyshev.chebpts1(degree + 1)
            values = self._exact(*np.meshgrid(*self._places(nodes, nodes)))
            basis = np.linalg.inv(chebyshev.chebvander(nodes, degree))
            coefficients = basis @ values @ basis.T
            found = self._polynomial(*self._places(probe, probe), coefficients)
            if np.abs(found / truth - 1).max() < _EXACT:
                return np.asarray(coefficients)
        return None

    def _places(self, along: Floats, down: Floats) -> tuple[Floats, Floats]:
        (column, row), (half_width, half_height) = self._middle, self._half
        return column + along * half_width, row + down * half_height

    def _polynomial(self, columns: Floats, rows: Floats, coefficients: Floats) -> Floats:
        degree = len(coefficients) - 1
        along = chebyshev.chebvander((columns - self._middle[0]) / self._half[0], degree)
        down = chebyshev.chebvander((rows - self._middle[1]) / self._half[1], degree)
        return np.asarray(down @ coefficients @ along.T, dtype=float)
