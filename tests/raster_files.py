"""Small rasters whose figures are known by geometry, and shapes on them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import rasterio
import shapely
from pyproj import CRS, Geod, Transformer
from rasterio.transform import Affine

from geodata.rasters.source import open_raster
from geodata.rasters.statistic import Statistic
from geodata.rasters.zonal import SecondRasters, ZonalFigures, zonal_figures


class Place(NamedTuple):
    """A corner in Lai Châu in one coordinate system, and a side of cells of about 500 m there."""

    crs: str
    left: float
    top: float
    side: float


PLACES = {
    "EPSG:4326": Place("EPSG:4326", 103.0, 22.5, 0.005),
    "EPSG:3857": Place("EPSG:3857", 11_466_000.0, 2_572_000.0, 540.0),
    "EPSG:32648": Place("EPSG:32648", 300_000.0, 2_490_000.0, 500.0),
    "VN-2000 103-00": Place("EPSG:9205", 500_000.0, 2_490_000.0, 500.0),
}
"""Degrees, Web Mercator, UTM and the 3-degree zone of the offices of Lai Châu."""


def write_raster(
    path: Path,
    values: np.ndarray,
    place: Place = PLACES["EPSG:4326"],
    *,
    nodata: float | None = None,
    mask: np.ndarray | None = None,
    **options: object,
) -> Path:
    """Write bands (or one) as a GeoTIFF with square cells, the first row at the north."""
    bands = values if values.ndim == 3 else values[None]
    count, height, width = bands.shape
    transform = Affine(place.side, 0, place.left, 0, -place.side, place.top)
    profile = {"driver": "GTiff", "transform": transform, "crs": place.crs, **options}
    with (
        rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True),
        rasterio.open(
            path, "w", width=width, height=height, count=count, dtype=bands.dtype,
            nodata=nodata, **profile,
        ) as raster,
    ):  # fmt: skip
        raster.write(bands)
        if mask is not None:
            raster.write_mask(mask)
    return path


def box(place: Place, left: float, top: float, right: float, bottom: float) -> shapely.Geometry:
    """A rectangle given in cells from the corner, in degrees; its sides follow the raster's lines.

    Each side is cut so finely that it is as straight in degrees as in the raster's system.
    """
    drawn = shapely.box(
        place.left + left * place.side,
        place.top - bottom * place.side,
        place.left + right * place.side,
        place.top - top * place.side,
    )
    return in_degrees(drawn, place)


def in_degrees(drawn: shapely.Geometry, place: Place) -> shapely.Geometry:
    """A shape in the raster's system, in degrees."""
    if place.crs == "EPSG:4326":
        return drawn
    turn = Transformer.from_crs(place.crs, 4326, always_xy=True)
    fine = shapely.segmentize(drawn, place.side / 200)
    return shapely.transform(fine, lambda xy: np.column_stack(turn.transform(*xy.T)))


def ground_area(shape: shapely.Geometry, place: Place) -> float:
    """Square metres of a shape in degrees, on the ellipsoid as the raster's datum places it.

    VN-2000 and WGS 84 have the same ellipsoid, but not at the same height above the ground: an area
    differs by some hundred-thousandths between them.
    """
    fine = shapely.segmentize(shape, 0.0001)
    if place.crs != "EPSG:4326":
        turn = Transformer.from_crs(4326, CRS(place.crs).geodetic_crs, always_xy=True)
        fine = shapely.transform(fine, lambda xy: np.column_stack(turn.transform(*xy.T)))
    return abs(Geod(ellps="WGS84").geometry_area_perimeter(fine)[0])


def figures(
    path: Path | str | list[str],
    shapes: list[shapely.Geometry],
    *statistics: Statistic,
    second: SecondRasters | None = None,
    **how: object,
) -> ZonalFigures:
    """The figures of shapes in degrees."""
    paths = path if isinstance(path, list) else [str(path)]
    with open_raster(paths, **how) as source:  # type: ignore[arg-type]
        return zonal_figures(source, shapes, statistics, second)


def value(path: Path | str, shape: shapely.Geometry, statistic: Statistic, **how: object) -> float:
    """One figure of one shape."""
    return float(figures(path, [shape], statistic, **how).values[0][0])
