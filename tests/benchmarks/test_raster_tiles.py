"""Tiles of a registered raster beside warping and shading the same cells with rasterio alone."""

from __future__ import annotations

import io
import time
import warnings
from collections.abc import Callable

import numpy as np
import pytest
import rasterio
from matplotlib.colors import LightSource
from PIL import Image
from rasterio.enums import Resampling
from rasterio.transform import Affine
from rasterio.vrt import WarpedVRT

from geodata.rasters.raster_layer import RasterLayer
from layers.rasters.raster_tile import raster_tile
from layers.rasters.web_mercator import HALF
from portal.rasters.tiles import png_bytes
from tests.benchmarks.budgets import Budget, Row
from tests.raster_files import Place
from tests.raster_layers import registered

SIDE = 4000
"""16 million cells of about 30 m."""
TILES = [(9, 403, 223), (10, 807, 446), (11, 1614, 893)]
RUNS = 5
PIXELS = 256

Work = Callable[[tuple[int, int, int]], bytes]


@pytest.fixture(scope="module")
def layer(tmp_path_factory: pytest.TempPathFactory) -> RasterLayer:
    rows, columns = np.mgrid[0:SIDE, 0:SIDE]
    heights = 1500 + 900 * np.sin(rows / 300) * np.cos(columns / 250)
    heights += np.random.default_rng(1).normal(0, 30, heights.shape)
    place = Place("EPSG:4326", 103.2, 23.0, 0.0003)
    folder = tmp_path_factory.mktemp("tiles")
    return registered(folder, heights.astype("float32"), place, style="hillshade", unit="m")


def shaded_by_rasterio(layer: RasterLayer, address: tuple[int, int, int]) -> bytes:
    """A tile as a script would make it: warped, shaded with one light, written as PNG."""
    zoom, column, row = address
    side = 2 * HALF / 2**zoom / PIXELS
    left, top = -HALF + column * PIXELS * side, HALF - row * PIXELS * side
    place = Affine(side, 0, left, 0, -side, top)
    with (
        warnings.catch_warnings(action="ignore"),
        rasterio.open(layer.path) as raster,
        WarpedVRT(
            raster, crs="EPSG:3857", transform=place, width=PIXELS, height=PIXELS,
            resampling=Resampling.bilinear,
        ) as warped,
    ):  # fmt: skip
        cells = warped.read(1)
    shade = LightSource(315, 45).hillshade(cells, dx=side, dy=side)
    picture = Image.fromarray((shade * 255).astype(np.uint8))
    written = io.BytesIO()
    picture.save(written, "PNG", compress_level=6)
    return written.getvalue()


def seconds_of(work: Work) -> float:
    """Seconds for all tiles."""
    start = time.perf_counter()
    for address in TILES:
        assert len(work(address)) > 1000
    return time.perf_counter() - start


def test_hillshade_tiles_beside_rasterio(hold: Callable, layer: RasterLayer) -> None:
    def ours(address: tuple[int, int, int]) -> bytes:
        pixels = raster_tile(layer, *address)
        assert pixels is not None
        return png_bytes(pixels)

    def theirs(address: tuple[int, int, int]) -> bytes:
        return shaded_by_rasterio(layer, address)

    def measure() -> list[Row]:
        pairs = [(seconds_of(ours), seconds_of(theirs)) for _ in range(RUNS)]
        mine, peer = (1e3 * min(each) / len(TILES) for each in zip(*pairs, strict=True))
        note = (
            f"best of {RUNS}, mean of {len(TILES)} zooms; the peer warps and shades with rasterio"
        )
        return [Row("hillshade tile, made anew", mine, "ms", Budget(most_ratio=1.0), peer, note)]

    hold(measure)
