"""Relief below the lines: a grid of elevations as light and shadow on the colours of a map."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.rasters.addresses import verified_file
from layers.rasters.raster_colours import Pixels, hillshade_pixels, multiplied_pixels
from layers.sheet.map_geometry import projection
from layers.sheet.viewport import Viewport

MAX_PIXELS = 1200
"""Longest side of the picture of the relief; finer than any grid of a province is on paper."""


def relief_pixels(
    grid: Path, viewport: Viewport, meridian: float, shapes: Sequence[shapely.Geometry]
) -> Pixels:
    """Light and shadow of the land seen through ``viewport``.

    Parameters
    ----------
    grid
        A GeoTIFF with its CRS, its first band elevations in metres.
    viewport
        What is seen, on the plane of ``meridian``, metres.
    shapes
        Where relief is drawn, on the same plane; the rest stays clear.

    Returns
    -------
    ndarray of uint8, shape (rows, columns, 4)
        Rows from the top; black with its opacity, clear where the grid says nothing.

    Raises
    ------
    FileFault
        The file cannot be read, or has no CRS.

    Notes
    -----
    It is drawn as a registered hillshade is, on the screen and on paper, but on the units alone.
    """
    # Read only where relief is asked for: no other sheet needs rasters.
    import rasterio  # noqa: PLC0415
    from rasterio.enums import Resampling  # noqa: PLC0415
    from rasterio.errors import RasterioError  # noqa: PLC0415
    from rasterio.features import geometry_mask  # noqa: PLC0415
    from rasterio.vrt import WarpedVRT  # noqa: PLC0415

    from geodata.rasters.source import GDAL_OPTIONS  # noqa: PLC0415

    fine = MAX_PIXELS / max(viewport.box.width, viewport.box.height)
    width, height = (
        max(2, round(side * fine)) for side in (viewport.box.width, viewport.box.height)
    )
    west, _, _, north = viewport.extent
    metres = 1 / (viewport.scale * fine)
    place = rasterio.Affine(metres, 0.0, west, 0.0, -metres, north)
    try:
        path, driver = verified_file(str(grid))
        with rasterio.Env(**GDAL_OPTIONS), rasterio.open(path, driver=driver) as source:
            if source.crs is None:
                raise _unreadable(grid, "CRS")
            # A grid that names no missing value would be zero, a plain at sea, beyond its edge.
            missing = source.nodata if source.nodata is not None else -32768.0
            with WarpedVRT(
                source, crs=projection(meridian), transform=place, width=width, height=height,
                resampling=Resampling.bilinear, nodata=missing, dtype="float32",
            ) as warped:  # fmt: skip
                elevation = warped.read(1, masked=True)
    except (RasterioError, OSError) as fault:
        raise _unreadable(grid, str(fault)) from fault
    heights = np.ma.filled(elevation.astype(np.float64), np.nan)
    greys = hillshade_pixels(heights, metres)
    if shapes:
        greys[geometry_mask(shapes, greys.shape[:2], place)] = 0
    return multiplied_pixels(greys)


def _unreadable(grid: Path, found: str) -> FileFault:
    return FileFault(
        Message("The grid of elevations cannot be read"),
        found=found,
        allowed=Message("a GeoTIFF with its CRS, elevations in metres"),
        where=grid.name,
    )
