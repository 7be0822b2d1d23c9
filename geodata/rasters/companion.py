"""A second raster read on the cells of the first: weights, or a condition that cells must meet."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from pyproj import Transformer
from rasterio.crs import CRS as FileCRS
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window as FileWindow

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.rasters.grid import Grid, Window
from geodata.rasters.source import Mask, RasterSource

Floats = npt.NDArray[np.float64]

_FINER = 1.5
"""Cells of the second raster along one of the first from which they are averaged."""


class CompanionCells(NamedTuple):
    """Values on the cells of the first raster; a mask of None means that all are there."""

    values: Floats
    valid: Mask | None


class Companion:
    """A raster on the cells of another one.

    Where both have the same cells they are read as they are. Else the second is brought to the
    cells of the first: averaged over each where its own cells are finer, by the nearest cell where
    they are not.

    Parameters
    ----------
    source
        The second raster.
    grid
        Of the first.
    averaged
        Whether values may be averaged; those of classes may not.

    Raises
    ------
    FileFault
        Its tiles have other cells than the first raster.
    """

    def __init__(self, source: RasterSource, grid: Grid, *, averaged: bool = True) -> None:
        self._source = source
        self._offset = grid.offset_of(source.grid)
        self._warped: WarpedVRT | None = None
        if self._offset is None:
            finer = averaged and _cells_along(grid, source.grid) > _FINER
            self._warped = _warped(
                source, grid, Resampling.average if finer else Resampling.nearest
            )

    def read(self, window: Window) -> CompanionCells:
        """Its values on some cells of the first raster."""
        if self._warped is not None:
            return self._resampled(self._warped, window)
        assert self._offset is not None
        row, column = self._offset
        own = Window(
            window.row0 - row, window.row1 - row, window.col0 - column, window.col1 - column
        )
        values, valid = self._source.read(own)
        return CompanionCells(values.astype(float), valid)

    def _resampled(self, warped: WarpedVRT, window: Window) -> CompanionCells:
        place = FileWindow(
            window.col0, window.row0, window.col1 - window.col0, window.row1 - window.row0
        )
        band = self._source.band
        values = warped.read(band, window=place).astype(float)
        valid = warped.read_masks(band, window=place) > 0
        for code in self._source.missing:
            valid &= values != code
        return CompanionCells(self._source.scaled(values), valid & np.isfinite(values))

    def close(self) -> None:
        """Let go of what was made to read it."""
        if self._warped is not None:
            self._warped.close()


def _warped(source: RasterSource, grid: Grid, resampling: Resampling) -> WarpedVRT:
    if len(source.datasets) > 1:
        raise FileFault(
            Message("Tiles of a second raster must have the cells of the first"),
            found=source.name,
            remedy=Message("Join them to one file first, as by gdalwarp"),
            where=source.name,
        )
    options = {"nodata": source.nodata} if source.nodata is not None else {"add_alpha": True}
    return WarpedVRT(
        source.datasets[0],
        crs=FileCRS.from_wkt(grid.crs.to_wkt()),
        transform=grid.transform,
        width=grid.columns,
        height=grid.rows,
        resampling=resampling,
        **options,
    )


def _cells_along(grid: Grid, other: Grid) -> float:
    """How many cells of the other grid lie along one of this, in the middle of this one."""
    turn = Transformer.from_crs(grid.crs, other.crs, always_xy=True)
    column, row = grid.columns / 2, grid.rows / 2
    x, y = turn.transform([grid.x(column), grid.x(column + 1)], [grid.y(row), grid.y(row + 1)])
    across = abs(x[1] - x[0]) / abs(other.width), abs(y[1] - y[0]) / abs(other.height)
    return float(max(across))
