"""Figures from grids, against a hand-made case and an independent computation."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from build_helpers import catalogue, indicator, unit
from pyproj import Transformer
from rasterio.transform import Affine

from geodata.build.zonal_statistics import (
    UnitCells,
    cells_by_unit,
    highest,
    lowest,
    mean,
    share_above,
    value_range,
    zonal_observations,
)
from geodata.dataset_files.raster_recipes import read_raster_recipes
from geodata.errors import FileFault
from geodata.faults import RAISE_FIRST

RECIPE = """
[[raster]]
file = "grid.tif"
source = "register"
period = "2000"
coarseness = { vi = "ô thô", en = "coarse cells" }
[[raster.statistic]]
indicator = "mean"
operation = "mean"
[[raster.statistic]]
indicator = "share"
operation = "share_above"
threshold = 1000
"""


def write_grid(path: Path, values: np.ndarray, crs: str, corner: tuple[float, float], side: float):
    height, width = values.shape
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        height=height,
        width=width,
        count=1,
        dtype=values.dtype,
        crs=crs,
        transform=Affine(side, 0, corner[0], 0, -side, corner[1]),
    ) as raster:
        raster.write(values, 1)
    return path


def shape(geometry: shapely.Geometry, crs: str, unit_id: str = "00001-20250701"):
    return gpd.GeoDataFrame({"unit_id": [unit_id]}, geometry=[geometry], crs=crs)


@pytest.fixture
def quarters(tmp_path: Path) -> Path:
    """Four cells of 100 m in UTM, where all cells have (almost) the same area."""
    values = np.array([[100, 200], [300, 1200]], dtype="int16")
    return write_grid(tmp_path / "grid.tif", values, "EPSG:32648", (500_000, 2_400_200), 100)


def test_a_case_computed_by_hand(quarters: Path) -> None:
    # The left half of the upper right cell, all of the lower right one, nothing else:
    # mean (0.5 x 200 + 1 x 1200) / 1.5.
    drawn = shapely.union(
        shapely.box(500_100, 2_400_100, 500_150, 2_400_200),
        shapely.box(500_100, 2_400_000, 500_200, 2_400_100),
    )
    [cells] = cells_by_unit(quarters, shape(drawn, "EPSG:32648")).values()
    assert mean(cells) == pytest.approx(1300 / 1.5, rel=1e-6)
    assert share_above(cells, 1000) == pytest.approx(100 / 1.5, rel=1e-6)
    assert (lowest(cells), highest(cells), value_range(cells)) == (200, 1200, 1000)
    assert cells.covered == 1.0


def test_a_sliver_of_a_cell_sets_no_extreme(quarters: Path) -> None:
    drawn = shapely.box(500_090, 2_400_000, 500_200, 2_400_100)
    [cells] = cells_by_unit(quarters, shape(drawn, "EPSG:32648")).values()
    assert lowest(cells) == 1200
    assert mean(cells) == pytest.approx((0.1 * 300 + 1200) / 1.1, rel=1e-6)


def test_a_unit_smaller_than_half_a_cell_still_gets_a_figure(quarters: Path) -> None:
    drawn = shapely.box(500_010, 2_400_010, 500_020, 2_400_020)
    [cells] = cells_by_unit(quarters, shape(drawn, "EPSG:32648")).values()
    assert (lowest(cells), highest(cells)) == (300, 300)


def test_the_part_off_the_grid_is_told(quarters: Path) -> None:
    drawn = shapely.box(499_900, 2_400_000, 500_100, 2_400_100)
    [cells] = cells_by_unit(quarters, shape(drawn, "EPSG:32648")).values()
    assert cells.covered == 0.5
    away = shapely.box(600_000, 2_400_000, 600_100, 2_400_100)
    assert cells_by_unit(quarters, shape(away, "EPSG:32648")) == {}


def test_cells_count_with_their_area_on_the_ground(tmp_path: Path) -> None:
    """On Web Mercator between 0 and 60 degrees north the lower half covers far more ground."""
    side = Transformer.from_crs(4326, 3857, always_xy=True).transform(0, 60)[1] / 400
    values = np.repeat([[1.0], [0.0]], 200, axis=0).repeat(4, axis=1).astype("float32")
    path = write_grid(tmp_path / "grid.tif", values, "EPSG:3857", (0, 400 * side), side)
    drawn = shapely.box(0, 0, 4 * side, 400 * side)
    [cells] = cells_by_unit(path, shape(drawn, "EPSG:3857")).values()
    # Of the zone 0-60 the part above the middle of the map, by sin(latitude) (Archimedes).
    middle = Transformer.from_crs(3857, 4326, always_xy=True).transform(0, 200 * side)[1]
    expected = 1 - np.sin(np.radians(middle)) / np.sin(np.radians(60))
    assert mean(cells) == pytest.approx(expected, rel=0.01)
    assert mean(cells) < 0.45


def test_agrees_with_counting_fine_subcells(tmp_path: Path) -> None:
    """An independent computation: each cell cut in 20 x 20, each piece in or out by its centre."""
    rng = np.random.default_rng(7)
    values = rng.integers(0, 3000, (12, 10)).astype("int16")
    path = write_grid(tmp_path / "grid.tif", values, "EPSG:32648", (500_000, 2_401_200), 100)
    drawn = shapely.Point(500_510, 2_400_590).buffer(430)
    [cells] = cells_by_unit(path, shape(drawn, "EPSG:32648")).values()
    fine = values.repeat(20, axis=0).repeat(20, axis=1)
    x = 500_000 + 2.5 + 5 * np.arange(200)
    y = 2_401_200 - 2.5 - 5 * np.arange(240)
    inside = shapely.contains_xy(drawn, *np.meshgrid(x, y))
    assert mean(cells) == pytest.approx(fine[inside].mean(), rel=2e-3)
    share = 100 * (fine[inside] > 1000).mean()
    assert share_above(cells, 1000) == pytest.approx(share, abs=0.3)


def test_a_share_counts_what_is_strictly_above() -> None:
    ones = np.ones(4)
    cells = UnitCells(np.array([999.0, 1000.0, 1001.0, 1200.0]), ones, ones, 1.0)
    assert share_above(cells, 1000) == 50


def test_observations_say_how_they_came_about(quarters: Path) -> None:
    folder = quarters.parent
    (folder / "inputs").mkdir()
    (folder / "inputs" / "rasters.toml").write_text(RECIPE, encoding="utf-8")
    drawn = shape(shapely.box(500_000, 2_400_000, 500_200, 2_400_200), "EPSG:32648")
    about = catalogue(indicator("mean"), indicator("share"))
    grids = read_raster_recipes(folder / "inputs" / "rasters.toml", about, RAISE_FIRST)
    found = zonal_observations(grids, folder, drawn.to_crs(4326), [unit("00001-20250701")])
    assert [(o.indicator, round(o.value, 1)) for o in found] == [("mean", 450.0), ("share", 25.0)]
    assert found[1].method.vi.startswith("Phần diện tích thật có giá trị trên 1.000")
    assert found[1].method.en.endswith("coarse cells")
    assert {(o.coverage, o.period, o.quote) for o in found} == {(1.0, "2000", "")}


def test_a_missing_grid_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match=r"gone\.tif: The grid cannot be read"):
        cells_by_unit(tmp_path / "gone.tif", shape(shapely.Point(0, 0).buffer(1), "EPSG:4326"))
