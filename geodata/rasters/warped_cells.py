"""Cells of a registered raster brought onto another grid, and the cell at a point."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from affine import Affine
from pyproj import CRS, Transformer
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window as FileWindow

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.rasters.raster_layer import RasterLayer
from geodata.rasters.source import GDAL_OPTIONS

_TOLERANCE = 1e-3
"""Part of a cell by which positions may be off; by default an eighth, which shows between tiles."""
_WARP_MEMORY = 32
"""Megabytes that bringing cells onto another grid may take."""


def warped_cells(
    layer: RasterLayer, crs: str, transform: Affine, size: tuple[int, int], ground: float
) -> npt.NDArray[np.float64]:
    """The values of a raster on another grid.

    The nearest cell of classes, between which there is nothing; other values are interpolated
    bilinearly, and averaged first where several lie in a cell of the grid. What is read is bounded
    by the size of the grid, however large the raster is: coarser grids read its overviews.

    Parameters
    ----------
    crs, transform
        The coordinate reference system of the grid, and where its columns and rows lie in it.
    size
        Columns and rows.
    ground
        Side of a cell of the grid on the ground, metres. Parts of one map give the same, so that
        they are made of the same overview.

    Returns
    -------
    ndarray of float, shape (rows, columns)
        Not a number where the raster says nothing.

    Raises
    ------
    FileFault
        The file is gone or damaged.
    """
    width, height = size
    resampling = Resampling.nearest if layer.categorical else Resampling.bilinear
    try:
        overview, factor = _overview(layer, ground)
        # Cells of the grid for each one read, by which GDAL averages; left to itself it takes the
        # ratio of what it happens to read, which differs from one tile to the next.
        ratio = f"{min(1.0, factor * layer.cell_size / ground):.6f}"
        with (
            rasterio.Env(**GDAL_OPTIONS),
            _opened(layer, overview) as source,
            WarpedVRT(
                source, crs=crs, transform=transform, width=width, height=height,
                resampling=resampling, nodata=source.nodata, tolerance=_TOLERANCE,
                warp_mem_limit=_WARP_MEMORY, XSCALE=ratio, YSCALE=ratio,
            ) as warped,
        ):  # fmt: skip
            cells = warped.read(1, masked=True)
    except (RasterioError, OSError) as error:
        raise _damaged(layer, error) from None
    return np.ma.filled(cells.astype(np.float64), np.nan)


def value_at(layer: RasterLayer, lon: float, lat: float) -> float | None:
    """The value of the cell in which a point lies; None where the raster says nothing there.

    Parameters
    ----------
    lon, lat
        Degrees, WGS 84.

    Raises
    ------
    FileFault
        The file is gone or damaged.
    """
    try:
        with rasterio.Env(**GDAL_OPTIONS), _opened(layer, None) as source:
            turn = Transformer.from_crs(4326, CRS.from_wkt(source.crs.to_wkt()), always_xy=True)
            x, y = turn.transform(lon, lat)
            place = source.transform
            column, row = (x - place.c) / place.a, (y - place.f) / place.e
            if not (0 <= column < source.width and 0 <= row < source.height):
                return None
            cell = FileWindow(math.floor(column), math.floor(row), 1, 1)
            found: Any = source.read(1, window=cell, masked=True)[0, 0]
    except (RasterioError, OSError) as error:
        raise _damaged(layer, error) from None
    return None if np.ma.is_masked(found) or np.isnan(found) else float(found)


def _opened(layer: RasterLayer, overview: int | None) -> DatasetReader:
    """The file by its one driver; none that another driver knows, and nothing beside it."""
    level = {} if overview is None else {"overview_level": overview}
    return rasterio.open(layer.path, driver="GTiff", **level)


def _overview(layer: RasterLayer, ground: float) -> tuple[int | None, int]:
    """Number and factor of the coarsest overview that is not coarser than ``ground``.

    None and 1 for the cells themselves.
    """
    with rasterio.open(layer.path, driver="GTiff") as source:
        factors = source.overviews(1)
    fine = [factor for factor in factors if factor * layer.cell_size <= ground * 1.001]
    return (factors.index(max(fine)), max(fine)) if fine else (None, 1)


def _damaged(layer: RasterLayer, error: Exception) -> FileFault:
    return FileFault(
        Message("The cells of a registered raster cannot be read"),
        found=str(error),
        remedy=Message("Register the raster again with --replace"),
        where=f"{layer.id}/{layer.path.name}",
    )
