"""Tiles of a registered raster in the scheme of web maps: XYZ, Web Mercator, 256 pixels."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.locale_numbers import plain_integer
from geodata.rasters.raster_layer import RasterLayer
from layers.rasters.raster_colours import Pixels, raster_pixels
from layers.rasters.web_mercator import HALF, latitude_scale, mercator_cells

TILE_SIDE = 256
MAX_ZOOM = 17
_SHARPER = 3
_TERRARIUM = 32_768
"""What the encoding of elevations adds to them, metres."""


def deepest_zoom(layer: RasterLayer) -> int:
    """The zoom beyond which tiles show nothing new.

    That of classes lies deeper, since browsers blur the edges of cells that are larger than theirs.
    """
    finest = 2 * HALF / TILE_SIDE * latitude_scale(layer)
    zoom = math.ceil(math.log2(finest / layer.cell_size)) + _SHARPER * layer.categorical
    return min(max(zoom, 0), MAX_ZOOM)


def read_tile_address(layer: RasterLayer, z: str, x: str, y: str) -> tuple[int, int, int]:
    """Zoom, column and row of a tile, column 0 in the west and row 0 in the north.

    Raises
    ------
    InvalidInput
        There is no such tile, or none so deep of this raster.
    """
    deepest = deepest_zoom(layer)
    numbers = [number for each in (z, x, y) if (number := plain_integer(each)) is not None]
    if len(numbers) < 3 or numbers[0] > deepest or max(numbers[1:]) >= 2 ** numbers[0]:
        raise InvalidInput(
            Message("There is no such tile"),
            found=f"{z}/{x}/{y}",
            allowed=Message("zoom 0 to {deepest}, column and row 0 to 2^zoom - 1", deepest=deepest),
            where="tile",
        )
    zoom, column, row = numbers
    return zoom, column, row


def raster_tile(layer: RasterLayer, zoom: int, column: int, row: int) -> Pixels | None:
    """The colours of a tile, shape (256, 256, 4); None where the raster does not reach it."""
    if not _meets(layer, zoom, column, row):
        return None
    cells, ground = tile_cells(layer, zoom, column, row, margin=1)
    # Slopes at the edge need the neighbours beyond it, so that tiles fit without a seam.
    return raster_pixels(layer, cells, ground)[1:-1, 1:-1]


def elevation_tile(layer: RasterLayer, zoom: int, column: int, row: int) -> Pixels:
    """The elevations of a tile as colours, which 3D maps read back.

    Returns
    -------
    ndarray of uint8, shape (256, 256, 4)
        Terrarium encoding: metres are red * 256 + green + blue / 256 - 32768. Where there is no
        elevation the ground is as low as the lowest of the raster, so that its edge is no abyss.
    """
    if _meets(layer, zoom, column, row):
        cells, _ = tile_cells(layer, zoom, column, row)
    else:
        cells = np.full((TILE_SIDE, TILE_SIDE), np.nan)
    metres = np.where(np.isnan(cells), layer.low, cells) * layer.z_factor
    steps = np.round((np.clip(metres, -_TERRARIUM, _TERRARIUM - 1) + _TERRARIUM) * 256).astype(int)
    pixels = np.full((*cells.shape, 4), 255, np.uint8)
    for band, shift in enumerate((16, 8, 0)):
        pixels[..., band] = (steps >> shift) & 255
    return pixels


def tile_cells(
    layer: RasterLayer, zoom: int, column: int, row: int, margin: int = 0
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The values of a tile, and the side of its pixels on the ground.

    Parameters
    ----------
    margin
        Pixels beyond the edges on all sides.

    Returns
    -------
    tuple of ndarray
        As `layers.rasters.web_mercator.mercator_cells` gives them.
    """
    side = 2 * HALF / 2**zoom / TILE_SIDE
    left = -HALF + (column * TILE_SIDE - margin) * side
    top = HALF - (row * TILE_SIDE - margin) * side
    pixels = TILE_SIDE + 2 * margin
    return mercator_cells(layer, left, top, side, (pixels, pixels))


def _meets(layer: RasterLayer, zoom: int, column: int, row: int) -> bool:
    """Whether a tile and a raster have some ground in common."""
    west, south, east, north = layer.bounds
    tiles = 2**zoom
    left, right = (edge / tiles * 360 - 180 for edge in (column, column + 1))
    top, bottom = (
        math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * edge / tiles))))
        for edge in (row, row + 1)
    )
    return left < east and right > west and bottom < north and top > south
