"""Cells of a registered raster on the grid of web maps, and pictures of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from affine import Affine
from pyproj import Transformer

from geodata.rasters.raster_layer import Bounds, RasterLayer
from geodata.rasters.warped_cells import warped_cells
from layers.rasters.raster_colours import Pixels, raster_pixels

_WEB_MERCATOR = "EPSG:3857"
_RADIUS = 6_378_137.0
HALF = math.pi * _RADIUS
"""Half of the side of the square that the whole map is, units of EPSG:3857."""
_MOST_PIXELS = 1024
"""Longest side of a picture: as many pixels as a map of a province has on a screen."""
_PER_CLASS_CELL = 4
"""Pixels for a cell of classes, whose edges stay sharp; other values may be interpolated."""


@dataclass(frozen=True, slots=True)
class RasterPicture:
    """A part of a raster as one picture for a map in Web Mercator.

    Parameters
    ----------
    pixels
        uint8 of shape (rows, columns, 4), rows from the north.
    bounds
        Of the outer edges of its pixels, degrees.
    """

    pixels: Pixels
    bounds: Bounds


def latitude_scale(layer: RasterLayer) -> float:
    """Metres on the ground for one unit of EPSG:3857 in the middle of a raster."""
    return math.cos(math.radians((layer.bounds[1] + layer.bounds[3]) / 2))


def mercator_cells(
    layer: RasterLayer, left: float, top: float, side: float, size: tuple[int, int]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The values of a raster on a grid in EPSG:3857, and the side of its cells on the ground.

    Parameters
    ----------
    left, top, side
        The corner of the grid in the north-west and the side of its cells, units of EPSG:3857.
    size
        Columns and rows.

    Returns
    -------
    tuple of ndarray
        Values of shape (rows, columns), not a number where there is none; metres of shape (rows,
        1), since the scale of Web Mercator grows with the latitude.

    Raises
    ------
    FileFault
        The raster's cells cannot be read.
    """
    transform = Affine(side, 0.0, left, 0.0, -side, top)
    cells = warped_cells(layer, _WEB_MERCATOR, transform, size, side * latitude_scale(layer))
    northings = top - (np.arange(size[1]) + 0.5) * side
    # The cosine of the latitude of a northing.
    ground = side / np.cosh(northings / _RADIUS)
    return cells, ground[:, None]


def raster_picture(layer: RasterLayer, bounds: Bounds) -> RasterPicture | None:
    """What of a raster lies within ``bounds``; None where it does not reach there.

    The picture is no finer than the raster, and never of more than 1024 pixels a side.

    Raises
    ------
    FileFault
        The raster's cells cannot be read.
    """
    west, south = (max(one, other) for one, other in zip(bounds[:2], layer.bounds[:2], strict=True))
    east, north = (min(one, other) for one, other in zip(bounds[2:], layer.bounds[2:], strict=True))
    if west >= east or south >= north:
        return None
    turn = Transformer.from_crs("EPSG:4326", _WEB_MERCATOR, always_xy=True)
    left, bottom, right, top = turn.transform_bounds(west, south, east, north)
    finest = layer.cell_size / latitude_scale(layer) / (_PER_CLASS_CELL if layer.categorical else 1)
    side = max(max(right - left, top - bottom) / _MOST_PIXELS, finest)
    width, height = (max(1, math.ceil(each / side)) for each in (right - left, top - bottom))
    # Slopes at the edge need the neighbours beyond it.
    cells, ground = mercator_cells(layer, left - side, top + side, side, (width + 2, height + 2))
    pixels = raster_pixels(layer, cells, ground)[1:-1, 1:-1]
    back = turn.transform_bounds(
        left, top - height * side, left + width * side, top, direction="INVERSE"
    )
    return RasterPicture(pixels, back)
