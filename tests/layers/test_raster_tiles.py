"""Tiles of registered rasters: every cell in its place, whatever system the raster has."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from pyproj import Transformer

from geodata.errors import InvalidInput
from geodata.rasters.hillshade import SUN_ALTITUDE, SUN_AZIMUTH, hillshade
from geodata.rasters.raster_layer import RasterLayer
from geodata.rasters.warped_cells import value_at
from layers.rasters.raster_colours import printed_pixels
from layers.rasters.raster_tile import (
    MAX_ZOOM,
    deepest_zoom,
    elevation_tile,
    raster_tile,
    read_tile_address,
    tile_cells,
)
from tests.raster_files import PLACES, Place
from tests.raster_layers import CLASSES, centre_of, registered

BETWEEN = [name for name in PLACES if name != "VN-2000 103-00"]


def pixel_of(lon: float, lat: float, zoom: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Column and row of the tile in which a point lies, and of the pixel within it."""
    side = 256 * 2**zoom
    x = (lon + 180) / 360 * side
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side
    column, row = math.floor(x / 256), math.floor(y / 256)
    return (column, row), (math.floor(x) - 256 * column, math.floor(y) - 256 * row)


@cache
def tile_of(layer: RasterLayer, zoom: int, column: int, row: int) -> np.ndarray | None:
    return raster_tile(layer, zoom, column, row)


def colour_at(layer: RasterLayer, lon: float, lat: float, zoom: int) -> tuple[int, ...]:
    (column, row), (across, down) = pixel_of(lon, lat, zoom)
    tile = tile_of(layer, zoom, column, row)
    return (0, 0, 0, 0) if tile is None else tuple(int(each) for each in tile[down, across])


@pytest.mark.slow
@pytest.mark.parametrize("crs", PLACES)
def test_every_cell_of_a_checkerboard_stands_where_it_lies(tmp_path: Path, crs: str) -> None:
    place = PLACES[crs]
    rows, columns = np.mgrid[0:20, 0:20]
    codes = ((rows + columns) % 2 + 1).astype("uint8")
    layer = registered(tmp_path, codes, place, style="classes", classes=CLASSES)
    forest, water = (0, 100, 0, 255), (0, 100, 200, 255)
    for row in range(20):
        for column in range(20):
            lon, lat = centre_of(place, row, column)
            expected = forest if (row + column) % 2 == 0 else water
            assert colour_at(layer, lon, lat, deepest_zoom(layer) - 2) == expected, (row, column)
            assert value_at(layer, lon, lat) == codes[row, column]


@pytest.mark.parametrize("crs", BETWEEN)
def test_values_between_cells_are_interpolated(tmp_path: Path, crs: str) -> None:
    place = PLACES[crs]
    values = np.broadcast_to(np.arange(40.0) * 10, (40, 40)).astype("float32")
    layer = registered(tmp_path, values, place, ends=(0.0, 400.0))
    zoom = deepest_zoom(layer)
    lon, lat = centre_of(place, 20, 20)
    (column, row), _ = pixel_of(lon, lat, zoom)
    cells, _ = tile_cells(layer, zoom, column, row)
    side = 2 * 20_037_508.342789244 / 2**zoom / 256
    for down, across in ((10, 30), (100, 200), (250, 5)):
        x = -20_037_508.342789244 + (column * 256 + across + 0.5) * side
        y = 20_037_508.342789244 - (row * 256 + down + 0.5) * side
        turn = Transformer.from_crs(3857, place.crs, always_xy=True)
        own_x, own_y = turn.transform(x, y)
        place_column = (own_x - place.left) / place.side - 0.5
        inside = 0 < place_column < 39 and 0 < (place.top - own_y) / place.side < 40
        if inside:
            assert cells[down, across] == pytest.approx(10 * place_column, abs=0.05)


def test_beyond_the_raster_and_where_it_has_no_value_a_tile_is_clear(tmp_path: Path) -> None:
    place = PLACES["EPSG:4326"]
    codes = np.ones((10, 10), "uint8")
    codes[4, 6] = 255
    layer = registered(tmp_path, codes, place, style="classes", classes=CLASSES, missing=(255.0,))
    zoom = deepest_zoom(layer)
    assert colour_at(layer, *centre_of(place, 4, 6), zoom)[3] == 0
    assert colour_at(layer, *centre_of(place, 4, 5), zoom)[3] == 255
    assert colour_at(layer, *centre_of(place, 4, 10), zoom)[3] == 0
    assert value_at(layer, *centre_of(place, 4, 6)) is None
    assert value_at(layer, *centre_of(place, 4, 10)) is None
    assert raster_tile(layer, 3, 0, 0) is None


def test_codes_that_mean_nothing_are_clear(tmp_path: Path) -> None:
    codes = np.full((10, 10), 7, "uint8")
    codes[0] = 1
    layer = registered(tmp_path, codes, style="classes", classes=CLASSES)
    place = PLACES["EPSG:4326"]
    zoom = deepest_zoom(layer)
    assert colour_at(layer, *centre_of(place, 0, 5), zoom)[3] == 255
    assert colour_at(layer, *centre_of(place, 5, 5), zoom)[3] == 0
    assert [each.code for each in layer.classes] == [1]


def waves(rows: int, columns: int) -> np.ndarray:
    row, column = np.mgrid[0:rows, 0:columns]
    return (900 + 400 * np.sin(row / 7) * np.cos(column / 9)).astype("float32")


@pytest.mark.slow
@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32648"])
@pytest.mark.parametrize("step", [0, 1])
def test_neighbouring_tiles_are_parts_of_one_picture(tmp_path: Path, crs: str, step: int) -> None:
    place = PLACES[crs]
    layer = registered(tmp_path, waves(400, 400), place, style="hillshade")
    zoom = deepest_zoom(layer) - step
    (column, row), (across, _) = pixel_of(*centre_of(place, 200, 200), zoom)
    column -= across < 128  # The seam nearest to the middle.
    left, _ = tile_cells(layer, zoom, column, row, margin=8)
    right, _ = tile_cells(layer, zoom, column + 1, row, margin=8)
    assert np.allclose(left[:, -16:], right[:, :16], atol=0.05, equal_nan=True)
    shades = [tile_of(layer, zoom, column + n, row) for n in (0, 1)]
    wide = np.hstack([each for each in shades if each is not None]).astype(int)
    steps = np.abs(np.diff(wide[..., 0], axis=1))[wide[:, 255, 3] > 0]
    assert len(steps) > 100
    assert steps[:, 255].max() <= steps[:, 200:250].max()


def test_a_class_of_most_cells_is_what_a_coarse_tile_shows(tmp_path: Path) -> None:
    codes = np.ones((1024, 1024), "uint8")
    codes[::4] = 2  # A quarter of the rows, thinner than a pixel of the coarse tile.
    place = Place("EPSG:4326", 103.0, 22.5, 0.0005)
    layer = registered(tmp_path, codes, place, style="classes", classes=CLASSES)
    zoom = deepest_zoom(layer) - 7
    (column, row), _ = pixel_of(*centre_of(place, 512, 512), zoom)
    tile = raster_tile(layer, zoom, column, row)
    assert tile is not None
    seen = tile[tile[..., 3] > 0]
    assert (seen[:, 2] == 0).mean() > 0.95, "forest, and no moiré of water"


def slope_light(to_east: float, to_south: float) -> float:
    """The cosine between the sun and the normal of a plane that rises so much per metre."""
    azimuth, altitude = math.radians(SUN_AZIMUTH), math.radians(SUN_ALTITUDE)
    sun = (math.sin(azimuth) * math.cos(altitude), math.cos(azimuth) * math.cos(altitude),
           math.sin(altitude))  # fmt: skip
    normal = np.array([-to_east, to_south, 1.0])
    return max(0.0, float(np.dot(normal / np.linalg.norm(normal), sun)))


@pytest.mark.parametrize(
    ("to_east", "to_south"), [(0.0, 0.0), (0.3, 0.0), (0.0, -0.5), (-0.4, 0.2), (1.0, -2.0)]
)
def test_an_inclined_plane_has_the_light_that_geometry_gives(
    to_east: float, to_south: float
) -> None:
    rows, columns = np.mgrid[0:9, 0:9] * 25.0
    plane = columns * to_east + rows * to_south
    assert hillshade(plane, 25.0)[4, 4] == pytest.approx(slope_light(to_east, to_south))
    feet = hillshade(plane / 0.3048, 25.0, 0.3048)
    assert feet[4, 4] == pytest.approx(slope_light(to_east, to_south))


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:32648"])
def test_a_tile_of_an_inclined_plane_has_that_light_too(tmp_path: Path, crs: str) -> None:
    """The plane rises by the metre on the ground, whatever the raster's system."""
    place = PLACES[crs]
    rows, columns = np.mgrid[0:60, 0:60]
    turn = Transformer.from_crs(place.crs, 32648, always_xy=True)
    x, y = turn.transform(
        place.left + (columns + 0.5) * place.side, place.top - (rows + 0.5) * place.side
    )
    # The axes of UTM are turned against north by less than a degree here.
    heights = (1000 + 0.3 * (x - x.min()) - 0.2 * (y - y.max())).astype("float32")
    layer = registered(tmp_path, heights, place, style="hillshade")
    found = colour_at(layer, *centre_of(place, 30, 30), deepest_zoom(layer))
    assert found[0] == pytest.approx(255 * slope_light(0.3, 0.2), abs=2)
    assert found[3] == 255


def test_no_elevation_beside_a_cell_makes_no_cliff() -> None:
    plane = np.full((5, 5), 700.0)
    plane[2, 3] = np.nan
    light = hillshade(plane, 30.0)
    assert np.isnan(light[2, 3])
    assert light[2, 2] == pytest.approx(math.sin(math.radians(SUN_ALTITUDE)))


def test_black_on_paper_gives_the_colours_that_multiplying_gives(tmp_path: Path) -> None:
    layer = registered(tmp_path, waves(60, 60), style="hillshade")
    tile = raster_tile(layer, deepest_zoom(layer), *pixel_of(
        *centre_of(PLACES["EPSG:4326"], 30, 30), deepest_zoom(layer))[0])  # fmt: skip
    assert tile is not None
    below = np.array([210.0, 140.0, 60.0])
    for opacity in (100, 50):
        printed = printed_pixels(layer, tile, opacity)
        alpha = printed[..., 3:] / 255
        over = printed[..., :3] * alpha + below * (1 - alpha)
        known = tile[..., 3:] / 255 * opacity / 100
        multiplied = below * (1 - known) + below * tile[..., :3] / 255 * known
        assert np.abs(over - multiplied).max() <= 1


@pytest.mark.parametrize(
    "address",
    [("99", "0", "0"), ("5", "-1", "0"), ("5", "0", "32"), ("5", "9" * 40, "0"), ("1e1", "0", "0"),
     ("5", "٣", "0"), ("-1", "0", "0"), ("", "", ""), ("5", "1.0", "0")],
)  # fmt: skip
def test_a_tile_that_there_is_not_is_refused(tmp_path: Path, address: tuple[str, ...]) -> None:
    layer = registered(tmp_path, waves(20, 20))
    with pytest.raises(InvalidInput, match="no such tile"):
        read_tile_address(layer, *address)
    assert deepest_zoom(layer) <= MAX_ZOOM


def test_elevations_are_read_back_from_a_tile_to_the_centimetre(tmp_path: Path) -> None:
    heights = waves(60, 60)
    heights[:, 40:] = np.nan
    layer = registered(tmp_path, heights, style="hillshade", z_factor=0.5, nodata=math.nan)
    zoom = deepest_zoom(layer)
    (column, row), _ = pixel_of(*centre_of(PLACES["EPSG:4326"], 30, 30), zoom)
    cells, _ = tile_cells(layer, zoom, column, row)
    red, green, blue = (elevation_tile(layer, zoom, column, row)[..., n] * 1.0 for n in range(3))
    metres = red * 256 + green + blue / 256 - 32768
    wanted = np.where(np.isnan(cells), layer.low, cells) * 0.5
    assert np.isnan(cells).any()
    assert np.abs(metres - wanted).max() <= 1 / 256
    beyond = elevation_tile(layer, zoom, 0, 0)[0, 0] * 1.0
    assert beyond[0] * 256 + beyond[1] + beyond[2] / 256 - 32768 == pytest.approx(
        layer.low * 0.5, abs=0.01
    )
