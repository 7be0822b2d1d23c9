"""Small registered rasters whose cells are known, for tests of what maps show of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pyproj import Transformer

from geodata.i18n import Text
from geodata.rasters.raster_layer import RasterClass, RasterLayer
from geodata.rasters.registration import RasterRegistration, register_raster
from tests.raster_files import PLACES, Place, write_raster

CLASSES = (
    RasterClass(1, Text("rừng", "forest"), "#006400"),
    RasterClass(2, Text("nước", "water"), "#0064c8"),
)


def area_of(place: Place, rows: int, columns: int) -> tuple[float, float, float, float]:
    """West, south, east, north of a raster, degrees."""
    turn = Transformer.from_crs(place.crs, 4326, always_xy=True)
    right, bottom = place.left + columns * place.side, place.top - rows * place.side
    return turn.transform_bounds(place.left, bottom, right, place.top)


def registered(
    folder: Path,
    values: np.ndarray,
    place: Place = PLACES["EPSG:4326"],
    *,
    nodata: float | None = None,
    **said: object,
) -> RasterLayer:
    """Write a raster, register it for the area it covers, and give what was registered."""
    path = write_raster(folder / "given.tif", values, place, nodata=nodata)
    given = {"id": "given", "title": Text("thử", "a test"), "style": "ramp", "replaces": True}
    request = RasterRegistration((str(path),), **{**given, **said})  # type: ignore[arg-type]
    return register_raster(folder / "rasters", request, area_of(place, *values.shape))


def centre_of(place: Place, row: float, column: float) -> tuple[float, float]:
    """Longitude and latitude of the middle of a cell."""
    turn = Transformer.from_crs(place.crs, 4326, always_xy=True)
    x = place.left + (column + 0.5) * place.side
    y = place.top - (row + 0.5) * place.side
    lon, lat = turn.transform(x, y)
    return float(lon), float(lat)
