"""Relief below the lines: a grid of elevations as light and shadow on the colours of a map."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.rasters.addresses import verified_file
from geodata.rasters.hillshade import SUN_ALTITUDE, hillshade
from layers.sheet.map_geometry import projection
from layers.sheet.viewport import Viewport

MAX_PIXELS = 1200
"""Longest side of the picture of the relief; finer than any grid of a province is on paper."""
_DARKEST, _BRIGHTEST = 0.34, 0.22
"""Opacity of full shadow and of full light: the colours of the classes must stay told apart."""


def relief_pixels(
    grid: Path, viewport: Viewport, meridian: float, shapes: Sequence[shapely.Geometry]
) -> np.ndarray:
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
        Rows from the top; black or white with its opacity, clear where the grid says nothing.

    Raises
    ------
    FileFault
        The file cannot be read, or has no CRS.

    Notes
    -----
    What is drawn is the difference to level ground, so that plains keep the colour of their class.
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
    known = ~np.ma.getmaskarray(elevation)
    if shapes:
        known &= ~geometry_mask(shapes, (height, width), place)
    level = elevation.filled(float(elevation.mean()) if elevation.count() else 0.0)
    return _as_light(hillshade(level, metres), known)


def _as_light(slopes: np.ndarray, known: np.ndarray) -> np.ndarray:
    flat = float(np.sin(np.radians(SUN_ALTITUDE)))
    shadow = np.clip((flat - slopes) / flat, 0, 1) * _DARKEST
    light = np.clip((slopes - flat) / (1 - flat), 0, 1) * _BRIGHTEST
    pixels = np.zeros((*slopes.shape, 4), np.uint8)
    pixels[..., :3] = np.where(light > shadow, 255, 0)[..., None]
    pixels[..., 3] = np.where(known, np.round(np.maximum(shadow, light) * 255), 0)
    return pixels


def _unreadable(grid: Path, found: str) -> FileFault:
    return FileFault(
        Message("The grid of elevations cannot be read"),
        found=found,
        allowed=Message("a GeoTIFF with its CRS, elevations in metres"),
        where=grid.name,
    )
