"""``/rasters/<id>/<z>/<x>/<y>.png``: tiles made when they are asked for, the last ones kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from threading import BoundedSemaphore
from typing import cast

import numpy as np
from flask import Flask, Response, current_app, request
from PIL import Image

from geodata.errors import NotFound
from geodata.i18n import Message
from geodata.rasters.raster_layer import RasterLayer
from portal.caching.response_cache import ResponseBody, ResponseCache
from portal.caching.responses import conditional_response
from portal.http_errors import Unavailable
from portal.rasters.registry import registered_raster

MAX_CACHED_BYTES = 32_000_000
"""Of the tiles kept in memory; those used longest ago go first."""
_WAIT_SECONDS = 20.0
"""Seconds for which a tile waits for its turn."""
_EXTENSION = "portal.raster_tiles"
PNG = "image/png"


class RasterTiles:
    """The tiles of an app.

    Parameters
    ----------
    max_bytes
        What the kept ones may take.
    at_once
        Tiles that are made at the same time; the others wait.
    """

    def __init__(self, max_bytes: int = MAX_CACHED_BYTES, at_once: int = 0) -> None:
        self.cache = ResponseCache(max_bytes)
        self._turns = BoundedSemaphore(at_once or max(1, (os.cpu_count() or 2) // 2))

    def tile(
        self, layer: RasterLayer, address: tuple[int, int, int], *, elevations: bool = False
    ) -> ResponseBody:
        """A tile; who asks for the same one meanwhile waits for it.

        Parameters
        ----------
        elevations
            Whether its colours are elevations to be read back.

        Raises
        ------
        Unavailable
            Too many others are being made.
        """
        key = f"{layer.id}/{layer.stamp}/{address}/{elevations}"
        return self.cache.get_or_make(key, lambda: self._made(layer, address, elevations))

    def _made(
        self, layer: RasterLayer, address: tuple[int, int, int], elevations: bool
    ) -> ResponseBody:
        # The raster libraries, which no other page needs.
        from layers.rasters.raster_tile import elevation_tile, raster_tile  # noqa: PLC0415

        draw = elevation_tile if elevations else raster_tile
        with self._turn():
            pixels = draw(layer, *address)
        return ResponseBody(_EMPTY if pixels is None else png_bytes(pixels), PNG)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=_WAIT_SECONDS):
            raise Unavailable(
                Message("Too many tiles are being drawn"),
                remedy=Message("Wait a moment and move the map again"),
            )
        try:
            yield
        finally:
            self._turns.release()


def png_bytes(pixels: np.ndarray) -> bytes:
    """A picture as PNG; in grey where it has no colour.

    Parameters
    ----------
    pixels
        uint8 of shape (rows, columns, 4).
    """
    colours = pixels[..., :3]
    grey = bool((colours == colours[..., :1]).all())
    picture = Image.fromarray(pixels[..., [0, 3]] if grey else pixels, "LA" if grey else "RGBA")
    written = BytesIO()
    picture.save(written, "PNG", compress_level=6)
    return written.getvalue()


_EMPTY = png_bytes(np.zeros((256, 256, 4), np.uint8))


def _tile(raster_id: str, z: str, x: str, y: str, *, elevations: bool = False) -> Response:
    from layers.rasters.raster_tile import read_tile_address  # noqa: PLC0415

    layer = registered_raster(raster_id)
    if elevations and layer.style != "hillshade":
        raise NotFound(
            Message("The raster has no elevations"),
            found=layer.id,
            remedy=Message("Choose one that was registered as hillshade"),
        )
    tiles = cast(RasterTiles, current_app.extensions[_EXTENSION])
    body = tiles.tile(layer, read_tile_address(layer, z, x, y), elevations=elevations)
    return conditional_response(body, immutable=request.args.get("v") == layer.stamp)


def tiles_address(layer: RasterLayer, *, elevations: bool = False) -> str:
    """The address of its tiles with places for zoom, column and row."""
    folder = "elevations/" if elevations else ""
    return f"/rasters/{layer.id}/{folder}{{z}}/{{x}}/{{y}}.png?v={layer.stamp}"


def init_app(app: Flask) -> None:
    """Route the tiles."""
    app.extensions[_EXTENSION] = RasterTiles()
    app.add_url_rule("/rasters/<raster_id>/<z>/<x>/<y>.png", "raster_tile", _tile)
    elevations = partial(_tile, elevations=True)
    app.add_url_rule(
        "/rasters/<raster_id>/elevations/<z>/<x>/<y>.png", "elevation_tile", elevations
    )
