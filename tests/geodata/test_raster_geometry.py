"""Figures of rasters against answers that geometry gives, and against two other libraries."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from exactextract import exact_extract
from hypothesis import given, settings
from hypothesis import strategies as st
from raster_files import PLACES, Place, box, figures, ground_area, in_degrees, value, write_raster
from rasterio.transform import Affine

from geodata.rasters import zonal
from geodata.rasters.coverage import band_coverage, edges_of
from geodata.rasters.grid import Window
from geodata.rasters.source import open_raster
from geodata.rasters.statistic import Statistic
from geodata.rasters.zonal import SecondRasters

MEAN, SUM = Statistic("mean"), Statistic("sum")
EVERYWHERE = pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
EXACT = {"rel": 1e-6, "abs": 1e-6}


def on_parallels(place: Place) -> bool:
    """Whether all cells of a row have the same area."""
    return place.crs in {"EPSG:4326", "EPSG:3857"}


@EVERYWHERE
def test_a_half_plane_is_shared_out_by_the_area_on_the_ground(tmp_path: Path, place: Place) -> None:
    values = np.zeros((20, 20), "uint8")
    values[:8] = 1
    path = write_raster(tmp_path / "half.tif", values, place)
    unit = box(place, 2.25, 3.5, 15.75, 17.25)
    ones = box(place, 2.25, 3.5, 15.75, 8)
    share, area = Statistic("share", (1,)), Statistic("area", (1,))
    found = figures(path, [unit], share, area, MEAN)
    expected = ground_area(ones, place) / ground_area(unit, place)
    assert found.values[0][0] == pytest.approx(100 * expected, **EXACT)
    assert found.values[1][0] == pytest.approx(ground_area(ones, place) / 1e4, **EXACT)
    assert found.values[2][0] == pytest.approx(expected, **EXACT)
    assert found.area[0] == pytest.approx(ground_area(unit, place), **EXACT)
    assert found.cells[0] == pytest.approx(13.5 * 13.75, rel=1e-4)


@EVERYWHERE
def test_a_gradient_has_the_mean_of_its_middle_where_cells_are_alike(
    tmp_path: Path, place: Place
) -> None:
    values = np.tile(np.arange(24, dtype="float32"), (10, 1))
    path = write_raster(tmp_path / "gradient.tif", values, place)
    unit = box(place, 3.25, 2, 19.5, 8)
    # Each column with its share; along a row all cells have (nearly) the same area.
    weights = np.zeros(24)
    weights[3], weights[4:19], weights[19] = 0.75, 1, 0.5
    mean = float(np.average(np.arange(24), weights=weights))
    assert value(path, unit, MEAN) == pytest.approx(mean, rel=1e-6 if on_parallels(place) else 1e-4)
    expected = 6 * float(np.arange(24) @ weights)
    assert value(path, unit, SUM) == pytest.approx(expected, rel=1e-6)


@pytest.mark.slow
@EVERYWHERE
def test_a_chequerboard_gives_half(tmp_path: Path, place: Place) -> None:
    values = np.indices((12, 12)).sum(axis=0).astype("uint8") % 2
    path = write_raster(tmp_path / "board.tif", values, place)
    unit = box(place, 2, 2, 10, 10)
    black = [
        box(place, c, r, c + 1, r + 1) for r in range(2, 10) for c in range(2, 10) if (r + c) % 2
    ]
    expected = 100 * sum(ground_area(cell, place) for cell in black) / ground_area(unit, place)
    assert value(path, unit, Statistic("share", (1,))) == pytest.approx(expected, **EXACT)
    assert expected == pytest.approx(50, abs=0.01)


@EVERYWHERE
def test_a_unit_within_one_cell_has_its_value(tmp_path: Path, place: Place) -> None:
    values = np.arange(25, dtype="int16").reshape(5, 5)
    path = write_raster(tmp_path / "one.tif", values, place)
    unit = box(place, 2.2, 3.3, 2.7, 3.6)
    found = figures(path, [unit], MEAN, Statistic("min"), Statistic("max"), SUM)
    assert [float(each[0]) for each in found.values[:3]] == pytest.approx([17, 17, 17])
    # People are taken to live evenly on the ground of a cell, not on its paper.
    part = ground_area(unit, place) / ground_area(box(place, 2, 3, 3, 4), place)
    assert found.values[3][0] == pytest.approx(17 * part, **EXACT)
    assert found.cells[0] == pytest.approx(part, **EXACT)
    assert part == pytest.approx(0.15, rel=1e-4)


@EVERYWHERE
def test_cells_cut_by_a_slanting_border_count_with_the_part_inside(
    tmp_path: Path, place: Place
) -> None:
    values = np.arange(16, dtype="float64").reshape(4, 4)
    path = write_raster(tmp_path / "cut.tif", values, place)
    s = place.side
    corner = [(place.left + x * s, place.top - y * s) for x, y in ((0, 0), (4, 4), (0, 4))]
    unit = in_degrees(shapely.Polygon(corner), place)
    parts = np.tril(np.ones((4, 4)), -1) + np.eye(4) / 2
    # Half of a cell on paper is so on the ground too, but for some millionths.
    assert value(path, unit, SUM) == pytest.approx(float((parts * values).sum()), rel=1e-5)


@EVERYWHERE
def test_a_hole_is_left_out(tmp_path: Path, place: Place) -> None:
    values = np.ones((10, 10), "uint8")
    values[4:6, 4:6] = 9
    path = write_raster(tmp_path / "hole.tif", values, place)
    unit = box(place, 1, 1, 9, 9).difference(box(place, 3.5, 3.5, 6.5, 6.5))
    found = figures(path, [unit], MEAN, Statistic("max"), SUM)
    assert [float(each[0]) for each in found.values] == pytest.approx([1, 1, 64 - 9], rel=1e-5)
    assert found.area[0] == pytest.approx(ground_area(unit, place), **EXACT)


@pytest.mark.parametrize("how", ["nodata", "nan", "mask", "missing", "huge"])
@EVERYWHERE
def test_stripes_without_data_are_left_out_and_lessen_the_coverage(
    tmp_path: Path, place: Place, how: str
) -> None:
    values = np.tile(np.array([[5.0], [7.0]], "float32"), (6, 12))
    holes = np.zeros((12, 12), bool)
    holes[:, ::3] = True
    put = {"nodata": -9999, "nan": np.nan, "missing": 255, "huge": -3.4e38, "mask": 1}[how]
    values[holes] = put
    options: dict[str, object] = {"nodata": -9999} if how == "nodata" else {}
    if how == "mask":
        options["mask"] = np.where(holes, 0, 255).astype("uint8")
    path = write_raster(tmp_path / "stripes.tif", values, place, **options)  # type: ignore[arg-type]
    unit = box(place, 0, 0, 12, 12)
    found = figures(path, [unit], MEAN, missing=[255] if how == "missing" else ())
    data = [box(place, c, 0, c + 2, 12) for c in range(1, 12, 3)]
    assert found.area[0] == pytest.approx(sum(ground_area(part, place) for part in data), **EXACT)
    assert found.cells[0] == pytest.approx(96, **EXACT)
    assert found.values[0][0] == pytest.approx(6, rel=1e-4)


def test_the_share_above_counts_what_is_strictly_above(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "x.tif", np.array([[999, 1000, 1001, 1200]], "int16"))
    unit = box(PLACES["EPSG:4326"], 0, 0, 4, 1)
    assert value(path, unit, Statistic("share_above", threshold=1000)) == pytest.approx(50)


def test_a_sliver_of_a_cell_sets_no_extreme(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "x.tif", np.array([[300, 1200]], "int16"))
    unit = box(PLACES["EPSG:4326"], 0.9, 0, 2, 1)
    found = figures(path, [unit], Statistic("min"), Statistic("max"), Statistic("range"))
    assert [float(each[0]) for each in found.values] == [1200, 1200, 0]


def test_a_mean_weighted_by_a_second_raster_is_that_of_the_people(tmp_path: Path) -> None:
    minutes = write_raster(tmp_path / "minutes.tif", np.array([[10, 30], [90, 50]], "float32"))
    people = write_raster(
        tmp_path / "people.tif", np.array([[100, 20], [-1, 0]], "float32"), nodata=-1
    )
    unit = box(PLACES["EPSG:4326"], 0, 0, 1.5, 2)
    with open_raster([str(people)]) as weights:
        second = SecondRasters(weights=weights)
        found = value(minutes, unit, Statistic("weighted_mean"), second=second)
    # The right cells lie in by half; the lower ones have no people or nobody counted them.
    assert found == pytest.approx((10 * 100 + 30 * 10) / 110)


def test_weights_of_finer_and_of_other_cells_are_brought_to_the_raster(tmp_path: Path) -> None:
    place = PLACES["EPSG:4326"]
    minutes = write_raster(tmp_path / "minutes.tif", np.array([[10, 30]], "float32"))
    fine = place._replace(side=place.side / 4)
    people = np.zeros((4, 8), "float32")
    people[:, :4], people[:, 4:] = 3, 1
    path = write_raster(tmp_path / "people.tif", people, fine)
    unit = box(place, 0, 0, 2, 1)
    with open_raster([str(path)]) as weights:
        second = SecondRasters(weights=weights)
        found = value(minutes, unit, Statistic("weighted_mean"), second=second)
    assert found == pytest.approx((3 * 10 + 30) / 4)


def test_a_condition_keeps_the_cells_that_meet_it(tmp_path: Path) -> None:
    lost = write_raster(tmp_path / "lost.tif", np.array([[0, 0, 5, 5]], "uint8"))
    cover = write_raster(tmp_path / "cover.tif", np.array([[80, 30, 80, 10]], "uint8"))
    unit = box(PLACES["EPSG:4326"], 0, 0, 4, 1)
    with open_raster([str(cover)]) as condition:
        second = SecondRasters(condition=condition, above=30)
        never, until = Statistic("share", (0,)), Statistic("share", (0, 5))
        found = figures(lost, [unit], never, until, second=second)
    assert [float(each[0]) for each in found.values] == pytest.approx([25, 50])


def test_tiles_of_one_grid_are_one_raster_and_where_they_overlap_nothing_counts_twice(
    tmp_path: Path,
) -> None:
    place = PLACES["EPSG:4326"]
    values = np.arange(60, dtype="int16").reshape(6, 10)
    whole = write_raster(tmp_path / "whole.tif", values)
    parts = [(0, 0, 4, 6), (0, 5, 4, 10), (3, 0, 6, 10)]
    tiles = []
    for number, (r0, c0, r1, c1) in enumerate(parts):
        corner = place._replace(left=place.left + c0 * place.side, top=place.top - r0 * place.side)
        tile = write_raster(tmp_path / f"{number}.tif", values[r0:r1, c0:c1], corner)
        tiles.append(str(tile))
    unit = box(place, 0.5, 0.5, 9.5, 5.5)
    one, many = figures(whole, [unit], MEAN, SUM), figures(tiles, [unit], MEAN, SUM)
    assert [float(v[0]) for v in many.values] == pytest.approx([float(v[0]) for v in one.values])
    assert many.cells[0] == one.cells[0] == pytest.approx(45)


def test_rows_that_go_north_give_the_same(tmp_path: Path) -> None:
    place = PLACES["EPSG:4326"]
    values = np.arange(30, dtype="int16").reshape(5, 6)
    path = write_raster(tmp_path / "south.tif", values)
    upside = tmp_path / "north.tif"
    turned = Affine(place.side, 0, place.left, 0, place.side, place.top - 5 * place.side)
    with rasterio.open(
        upside, "w", driver="GTiff", width=6, height=5, count=1, dtype="int16",
        crs="EPSG:4326", transform=turned,
    ) as raster:  # fmt: skip
        raster.write(values[::-1], 1)
    unit = box(place, 0.5, 1.25, 4.75, 4)
    assert value(upside, unit, MEAN) == pytest.approx(value(path, unit, MEAN), rel=1e-9)


def test_scale_and_offset_of_the_band_are_applied(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "x.tif", np.array([[10, 20]], "int16"), nodata=-1)
    with rasterio.open(path, "r+") as raster:
        raster.scales, raster.offsets = (0.1,), (5.0,)
    assert value(path, box(PLACES["EPSG:4326"], 0, 0, 2, 1), MEAN) == pytest.approx(6.5)


@pytest.mark.slow
@settings(max_examples=30)
@given(
    shift=st.tuples(st.floats(-1, 1), st.floats(-1, 1)),
    side=st.floats(0.0007, 0.03),
    size=st.tuples(st.floats(0.002, 0.2), st.floats(0.002, 0.2)),
    place=st.sampled_from(["EPSG:4326", "EPSG:32648"]),
)
def test_the_area_is_that_of_the_unit_for_every_shift_and_size_of_cells(
    shift: tuple[float, float], side: float, size: tuple[float, float], place: str
) -> None:
    """A raster of ones: the area is the unit's own, the mean 1, the cells their area in cells."""
    corner = PLACES[place]
    cell = side if place == "EPSG:4326" else side * 100_000
    width, height = size if place == "EPSG:4326" else (size[0] * 1e5, size[1] * 1e5)
    grid = Place(
        corner.crs, corner.left + shift[0] * cell - cell, corner.top + shift[1] * cell + cell, cell
    )
    columns, rows = int(width / cell) + 5, int(height / cell) + 5
    drawn = shapely.box(corner.left, corner.top - height, corner.left + width, corner.top)
    unit = in_degrees(drawn, corner)
    with tempfile.TemporaryDirectory() as folder:
        path = write_raster(Path(folder) / "ones.tif", np.ones((rows, columns), "uint8"), grid)
        found = figures(path, [unit], MEAN, Statistic("area", (1,)))
    assert found.values[0][0] == pytest.approx(1, abs=1e-9)
    assert found.values[1][0] * 1e4 == pytest.approx(ground_area(unit, corner), rel=1e-6)
    assert found.cells[0] == pytest.approx(width * height / cell**2, rel=1e-3)


# The oldest GEOS allowed cuts no line at numbers below the least normal double.
COORDINATES = st.floats(-3, 15, allow_subnormal=False)


@pytest.mark.slow
@settings(max_examples=30)
@given(
    points=st.lists(st.tuples(COORDINATES, COORDINATES), min_size=3, max_size=9, unique=True),
    columns=st.integers(1, 13),
    rows=st.integers(1, 10),
    cut=st.integers(0, 10),
)
def test_every_cell_is_covered_as_cutting_it_says(
    points: list[tuple[float, float]], columns: int, rows: int, cut: int
) -> None:
    drawn = shapely.MultiPoint(points).convex_hull.symmetric_difference(
        shapely.Point(points[0]).buffer(1.3, quad_segs=3)
    )
    parts = [p for p in shapely.get_parts(drawn) if p.geom_type == "Polygon" and p.area > 1e-3]
    unit = shapely.MultiPolygon(parts)
    if not parts or not unit.is_valid:
        return
    edges = edges_of([unit], (1.0, -1.0), (0.0, float(rows)))
    ours = np.zeros((rows, columns))
    # In two bands, as windows are read.
    for band in ((0, min(cut, rows)), (min(cut, rows), rows)):
        covered = band_coverage(edges, band, (0, columns))
        for row, start, end, fraction in zip(
            covered.row, covered.start, covered.end, covered.fraction, strict=True
        ):
            ours[row, start:end] += fraction
    assert ours == pytest.approx(_by_cutting(unit, columns, rows), abs=1e-9)


def _by_cutting(unit: shapely.Geometry, columns: int, rows: int) -> np.ndarray:
    """The area that the unit and each cell have in common, by another library."""
    column, row = np.meshgrid(np.arange(columns), np.arange(rows))
    cells = shapely.box(column, rows - row - 1, column + 1, rows - row)
    return np.asarray(shapely.area(shapely.intersection(cells, unit)))


def test_means_agree_with_exactextract_and_within_a_cell_with_rasterstats(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    place = PLACES["EPSG:32648"]._replace(side=30.0)
    values = rng.integers(0, 3000, (150, 200)).astype("int16")
    path = write_raster(tmp_path / "grid.tif", values, place)
    centre = (place.left + 3000, place.top - 2250)
    units = [shapely.Point(centre).buffer(r, quad_segs=7) for r in (200, 900, 2100)]
    frame = gpd.GeoDataFrame(geometry=units, crs=place.crs)
    ours = figures(path, [in_degrees(unit, place) for unit in units], MEAN, SUM)
    exact = exact_extract(str(path), frame, ["mean", "sum"], output="pandas")
    # Over a few kilometres the areas of the cells hardly differ.
    assert ours.values[0] == pytest.approx(exact["mean"].to_numpy(), rel=1e-5)
    assert ours.values[1] == pytest.approx(exact["sum"].to_numpy(), rel=1e-6)
    rasterstats = pytest.importorskip("rasterstats")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        counted = rasterstats.zonal_stats(frame, str(path), stats=["count"], nodata=-1)
    for cells, unit, other in zip(ours.cells, units, counted, strict=True):
        assert abs(cells - other["count"]) <= unit.length / place.side


@pytest.mark.parametrize(("columns", "widths"), [(16, [16]), (17, [8, 8, 1])])
def test_rows_are_cut_across_beyond_twice_the_cells_read_at_once(
    monkeypatch: pytest.MonkeyPatch, columns: int, widths: list[int]
) -> None:
    monkeypatch.setattr(zonal, "_CELLS_AT_ONCE", 8)
    cut = list(zonal._windows(Window(0, 2, 0, columns), (1, 1)))
    assert [window.col1 - window.col0 for window in cut] == widths * 2
    assert [window.row0 for window in cut] == [0] * len(widths) + [1] * len(widths)


@pytest.mark.slow
def test_windows_of_any_size_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(3)
    values = rng.integers(0, 9, (300, 420)).astype("uint8")
    place = PLACES["EPSG:32648"]._replace(side=30.0)
    path = write_raster(
        tmp_path / "tiled.tif", values, place, tiled=True, blockxsize=64, blockysize=32,
    )  # fmt: skip
    unit = in_degrees(shapely.Point(place.left + 6000, place.top - 4500).buffer(4200), place)
    every = (MEAN, SUM, Statistic("min"), Statistic("range"), Statistic("share", (3, 4)))
    whole = figures(path, [unit], *every)
    monkeypatch.setattr("geodata.rasters.zonal._CELLS_AT_ONCE", 3000)
    parts = figures(path, [unit], *every)
    for one, other in zip(whole.values, parts.values, strict=True):
        assert float(other[0]) == pytest.approx(float(one[0]), rel=1e-9)
    assert parts.area == pytest.approx(whole.area)
