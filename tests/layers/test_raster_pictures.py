"""A raster as one picture for a map that stands alone."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from geodata.rasters.raster_layer import RasterLayer
from layers.rasters.web_mercator import RasterPicture, raster_picture
from tests.raster_files import PLACES
from tests.raster_layers import CLASSES, centre_of, registered

COLOURS = {1: (0, 100, 0, 255), 2: (0, 100, 200, 255)}


def northing(lat: float) -> float:
    """In Web Mercator, on a sphere of radius 1."""
    return math.asinh(math.tan(math.radians(lat)))


def colour_at(picture: RasterPicture, lon: float, lat: float) -> tuple[int, ...]:
    west, south, east, north = picture.bounds
    height, width, _ = picture.pixels.shape
    across = (lon - west) / (east - west)
    down = (northing(north) - northing(lat)) / (northing(north) - northing(south))
    return tuple(int(each) for each in picture.pixels[int(down * height), int(across * width)])


def checkerboard(folder: Path, crs: str) -> RasterLayer:
    rows, columns = np.mgrid[0:20, 0:20]
    codes = ((rows + columns) % 2 + 1).astype("uint8")
    return registered(folder, codes, PLACES[crs], style="classes", classes=CLASSES)


@pytest.mark.slow
@pytest.mark.parametrize("crs", PLACES)
def test_every_cell_of_a_picture_stands_where_it_lies(tmp_path: Path, crs: str) -> None:
    layer = checkerboard(tmp_path, crs)
    picture = raster_picture(layer, (102.0, 21.0, 105.0, 24.0))
    assert picture is not None
    for row in range(20):
        for column in range(20):
            shown = colour_at(picture, *centre_of(PLACES[crs], row, column))
            assert shown == COLOURS[(row + column) % 2 + 1], (row, column)


def test_a_picture_ends_where_the_map_does(tmp_path: Path) -> None:
    layer = checkerboard(tmp_path, "EPSG:4326")
    picture = raster_picture(layer, (103.02, 22.42, 103.05, 22.47))
    assert picture is not None
    assert picture.bounds == pytest.approx((103.02, 22.42, 103.05, 22.47), abs=0.002)
    assert raster_picture(layer, (10.0, 10.0, 11.0, 11.0)) is None


@pytest.mark.slow
def test_level_ground_is_as_light_at_the_edges_of_a_picture_as_within(tmp_path: Path) -> None:
    heights = np.full((60, 60), 700, "float32")
    layer = registered(tmp_path, heights, style="hillshade", unit="m")
    picture = raster_picture(layer, (103.05, 22.3, 103.2, 22.45))
    assert picture is not None
    assert np.unique(picture.pixels.reshape(-1, 4), axis=0).tolist() == [[180, 180, 180, 255]]
