"""The rasters that a map in one HTML file brings along, as pictures and legends."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from layers.layer import Layer
from layers.rasters.raster_colours import is_multiplied
from layers.rasters.raster_view import RasterView, resolve_rasters
from portal.rasters.panel import raster_entry
from portal.rasters.tiles import PNG, png_bytes
from portal.webmap.folium_map import Bounds

_AROUND = 0.1
"""Ground around the units that is shown too, in parts of their width and height."""
_WEBP = "image/webp"
_QUALITY = 85


def carried_rasters(layer: Layer, folder: Path | None, frame: Bounds | None) -> dict[str, Any]:
    """What the page and its script are given of the rasters of a layer.

    Parameters
    ----------
    folder
        Of the registered rasters; None where none is drawn.
    frame
        South-west and north-east corner of the units, degrees; None without any.

    Returns
    -------
    dict
        ``rasters``, their legends, the lowest first; ``raster_pictures``, those that reach the map.

    Raises
    ------
    FileFault
        A raster's cells cannot be read.
    """
    views = resolve_rasters(layer.rasters, folder)
    drawn = [_picture(view, frame) for view in views if frame]
    return {
        "rasters": [raster_entry(view.layer, layer.language) for view in views],
        "raster_pictures": [each for each in drawn if each],
    }


def _picture(view: RasterView, frame: Bounds) -> dict[str, Any] | None:
    # The raster libraries, which other files need not.
    from layers.rasters.web_mercator import raster_picture  # noqa: PLC0415

    (south, west), (north, east) = frame
    wide, high = _AROUND * (east - west), _AROUND * (north - south)
    picture = raster_picture(view.layer, (west - wide, south - high, east + wide, north + high))
    if picture is None:
        return None
    west, south, east, north = (round(edge, 6) for edge in picture.bounds)
    return {
        "id": view.layer.id,
        "image": _address(picture.pixels, exact=view.layer.categorical),
        "bounds": [[south, west], [north, east]],
        "opacity": view.opacity,
        "multiplied": is_multiplied(view.layer),
        "cells": view.layer.categorical,
    }


def _address(pixels: np.ndarray, *, exact: bool) -> str:
    """A picture as the address that holds it; small rather than exact, except for classes."""
    kind, content = (PNG, png_bytes(pixels)) if exact else (_WEBP, _webp_bytes(pixels))
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _webp_bytes(pixels: np.ndarray) -> bytes:
    written = BytesIO()
    Image.fromarray(pixels, "RGBA").save(written, "WEBP", quality=_QUALITY)
    return written.getvalue()
