"""What is decided exactly at a limit where figures and areas are computed."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace as Some

import numpy as np
import pytest
import shapely
from pyproj import CRS

from geodata.errors import InvalidInput
from geodata.i18n import Text
from geodata.places.place_vocabulary import _is_name as names_places
from geodata.rasters.accumulators import _Share, divided
from geodata.rasters.grid import Grid
from geodata.rasters.registration import _cell_size
from geodata.rasters.tile_names import TilePattern
from geodata.rasters.unit_figures import _why_not as why_no_raster_figure
from geodata.rasters.unit_figures import files_named
from geodata.recast.overlay_crosswalk import SLIVER, _completed
from geodata.succession.crosswalk_chain import _normalised
from geodata.succession.shares import _weight_faults
from geodata.vectors.nearest import _within_access
from geodata.vectors.unit_figures import _why_not as why_no_vector_figure
from geodata.vectors.vector_recipe import VectorFigure, verify_extent, verify_figure
from geodata.villages.merge_import import MAX_VILLAGES, _CommuneVillages
from geodata.villages.overlay_bounds import pairs_to_compare, verify_meetings
from geodata.villages.village_areas import check_polygons, is_weighted
from geodata.villages.village_headings import _is_name as names_villages


def test_nothing_is_divided_by_nought() -> None:
    found = divided(np.array([1.0, 0.0, 2.0]), np.array([0.0, 0.0, 4.0]))
    np.testing.assert_array_equal(found, [np.nan, np.nan, 0.5])


@pytest.mark.parametrize(
    ("cells", "covered", "given"),
    [(4.0, 0.5, True), (3.5, 0.5, False), (4.0, 0.49, False), (9.0, 1.0, True)],
)
def test_a_unit_gets_a_raster_figure_from_the_least_cells_and_coverage(
    cells, covered, given
) -> None:
    recipe = Some(least_coverage=lambda _: 0.5, min_cells=4.0)
    assert (why_no_raster_figure(recipe, None, 1.0, cells, covered) is None) is given


@pytest.mark.parametrize(("covered", "given"), [(0.5, True), (0.49, False)])
def test_a_unit_gets_a_vector_figure_from_the_least_coverage(covered: float, given: bool) -> None:
    recipe, figure = Some(min_coverage=0.5), Some(operation="length", min_led=0.5)
    result = Some(value=1.0, covered=covered, led=1.0)
    assert (why_no_vector_figure(recipe, figure, result, seated=True) is None) is given


@pytest.mark.parametrize(("led", "given"), [(0.5, True), (0.49, False)])
def test_a_unit_gets_a_mean_way_from_the_least_length_that_leads_there(led, given) -> None:
    recipe, figure = Some(min_coverage=0.5), Some(operation="nearest", min_led=0.5)
    result = Some(value=1.0, covered=1.0, led=led)
    assert (why_no_vector_figure(recipe, figure, result, seated=True) is None) is given


def test_the_first_five_files_are_named() -> None:
    names = [f"{n}.tif" for n in range(6)]
    assert files_named(Some(files=names[:5])) == ", ".join(names[:5])
    assert files_named(Some(files=names)) == ", ".join(names[:5]) + " …"


@pytest.mark.parametrize(("metres", "near"), [(500.0, True), (500.5, False)])
def test_a_road_is_near_up_to_the_distance_allowed(metres: float, near: bool) -> None:
    found = _within_access(np.array([metres / 1000]), np.array([2.0]), 500.0)
    assert bool(np.isfinite(found[0])) is near


@pytest.mark.parametrize(
    ("extent", "valid"),
    [
        ((-180.0, -90.0, 180.0, 90.0), True),
        ((-180.5, 0.0, 0.0, 1.0), False),
        ((0.0, 0.0, 180.5, 1.0), False),
        ((0.0, -90.5, 1.0, 0.0), False),
        ((0.0, 0.0, 1.0, 90.5), False),
        ((1.0, 0.0, 1.0, 2.0), False),
        ((0.0, 2.0, 1.0, 2.0), False),
        ((0.0, 1.0, 2.0), False),
        ((), True),
    ],
)
def test_an_extent_is_a_rectangle_of_the_globe(extent: tuple[float, ...], valid: bool) -> None:
    if valid:
        verify_extent(extent, "x")
    else:
        with pytest.raises(InvalidInput):
            verify_extent(extent, "x")


@pytest.mark.parametrize(
    ("values", "faults"),
    [([0.5, 0.51], 0), ([0.5, 0.515], 1), ([0.5, 0.49], 0), ([0.0, 1.0], 0), ([-0.5, 1.5], 1)],
)
def test_shares_sum_to_one_within_the_tolerance(values: list[float], faults: int) -> None:
    row = Some(from_id="a", date=dt.date(2025, 7, 1))
    assert len(list(_weight_faults(row, "area", values, 2, 0.01 + 1e-12))) == faults


def test_a_sum_that_lacks_less_than_a_sliver_is_raised_to_one() -> None:
    def shares(*values: float) -> list[float]:
        table = Some(
            shares={"area": np.array(values)}, parts={"area": np.array(values)},
            row=np.zeros(len(values), int), col=np.zeros(len(values), int),
            sources=("a",), targets=("b",),
        )  # fmt: skip
        return _completed(Some(crosswalk=table))[0].tolist()

    assert sum(shares(0.5, 0.5 - SLIVER / 2)) == pytest.approx(1)
    assert shares(0.5, 0.5 - 2 * SLIVER) == [0.5, 0.5 - 2 * SLIVER]
    assert shares(0.0) == [0.0]


@pytest.mark.parametrize(
    ("shares", "found"), [((0.5, 0.25), (2 / 3, 1 / 3)), ((0.0, 0.0), None), ((0.5, None), None)]
)
def test_rounded_shares_are_scaled_to_one(monkeypatch, shares, found) -> None:
    rows = [Some(whole=False, share=share) for share in shares]
    path = "geodata.succession.crosswalk_chain.shares_of"
    monkeypatch.setattr(path, lambda row, _: {"area": row.share})
    expected = [{"area": pytest.approx(each)} for each in found] if found else [{}, {}]
    assert _normalised(rows, {}) == expected


@pytest.mark.parametrize(
    ("people", "weighted"), [((1, 2), True), ((1,), False), ((0, 0), False), ((1, None), False)]
)
def test_areas_follow_people_where_all_villages_have_them(people, weighted: bool) -> None:
    assert is_weighted([Some(lon=1.0, population=each) for each in people]) is weighted


@pytest.mark.parametrize(
    ("right", "top", "outside", "overlaps"),
    [(102.0, 100.0, 0, 0), (103.0, 100.0, 1, 0), (100.0, 100.5, 0, 0), (100.0, 101.0, 0, 1)],
)
def test_drawn_areas_may_stray_as_far_as_a_line_is_thick(right, top, outside, overlaps) -> None:
    territory = shapely.box(0, 0, 100, 200)
    first = shapely.box(right - 100, 0, right, top if overlaps or top > 100 else 100)
    second = shapely.box(0, 100, 100, 200)
    found = check_polygons({0: first, 1: second}, territory)
    assert len(found.outside) == outside
    assert len(found.overlaps) == overlaps


@pytest.mark.parametrize(
    ("text", "named"),
    [("ten thon ban", True), ("thon", True), ("khu", False), ("ten", False), ("ten thon x", False)],
)
def test_headings_that_name_villages_hold_no_other_word(text: str, named: bool) -> None:
    assert names_villages(text) is named


def test_headings_that_name_places_hold_no_other_word() -> None:
    assert names_places("ten truong hoc")
    assert not names_places("ten truong hoc x")


def test_a_cell_is_as_long_as_its_shorter_side_on_the_ground() -> None:
    grid = Grid(CRS.from_epsg(4326), 100.0, 60.005, 0.01, -0.01, 2, 1)
    assert _cell_size(grid) == pytest.approx(558, abs=1)
    tall = Grid(CRS.from_epsg(4326), 100.0, 0.005, 0.02, -0.01, 2, 1)
    assert _cell_size(tall) == pytest.approx(1105.7, abs=1)


@pytest.mark.parametrize(
    ("corner", "bounds", "names"),
    [
        ("south_west", (100.5, 20.5, 101.5, 20.9), ("N20E100", "N20E101")),
        ("north_west", (100.5, 20.5, 100.9, 20.9), ("N21E100",)),
        ("south_west", (-0.5, -0.5, 0.5, 0.5), ("S01W001", "S01E000", "N00W001", "N00E000")),
        ("north_west", (0.5, -0.5, 0.9, -0.1), ("N00E000",)),
        ("south_west", (100.0, 20.0, 101.0, 21.0), ("N20E100",)),
    ],
)
def test_tiles_are_named_after_their_corner(corner: str, bounds, names: tuple[str, ...]) -> None:
    pattern = TilePattern(1, corner, ("{NS}{lat:02}{EW}{lon:03}",))
    assert pattern.covering(bounds) == names


@pytest.mark.parametrize(
    ("metres", "valid"), [(0, True), (1e5, True), (-1, False), (1e5 + 1, False)]
)
def test_a_distance_is_up_to_a_hundred_kilometres(metres: float, valid: bool) -> None:
    figure = VectorFigure("i", "share_within", distance_m=metres)
    if valid:
        verify_figure(figure, "x")
    else:
        with pytest.raises(InvalidInput):
            verify_figure(figure, "x")


def test_an_area_of_classes_is_known_where_there_is_any_area() -> None:
    share = _Share(3, Some(operation="area"), None)
    share._area[:] = [5_000.0, 0.0, 0.0]
    np.testing.assert_array_equal(share.result(np.array([0.5, 0.5, 0.0])), [0.5, 0.0, np.nan])


def test_lines_may_cross_as_often_as_the_bound_allows(monkeypatch) -> None:
    square = shapely.box(0, 0, 1, 1)
    path = "geodata.villages.overlay_bounds."
    monkeypatch.setattr(f"{path}MEETINGS_OF_A_SEGMENT", 0)
    # Each of the four sides meets itself and two others.
    for most, allowed in ((12, True), (11, False)):
        monkeypatch.setattr(f"{path}MEETINGS", most)
        if allowed:
            verify_meetings([square])
        else:
            with pytest.raises(InvalidInput):
                verify_meetings([square])


def test_as_many_vertices_are_compared_as_the_bound_allows(monkeypatch) -> None:
    squares = {4: shapely.box(0, 0, 2, 2), 7: shapely.box(1, 1, 3, 3), 9: shapely.box(8, 8, 9, 9)}
    path = "geodata.villages.overlay_bounds.VERTICES_COMPARED"
    monkeypatch.setattr(path, 10)
    assert pairs_to_compare(squares) == [(4, 7)]
    monkeypatch.setattr(path, 9)
    with pytest.raises(InvalidInput):
        pairs_to_compare(squares)


def test_a_new_village_takes_the_lowest_free_number() -> None:
    villages = Some(numbers={1, 3}, commune=Some(full_name=Text("Bình Lư")))
    numbers = [_CommuneVillages.next_number(villages) for _ in range(3)]
    assert numbers == [2, 4, 5]
    villages.numbers = set(range(1, MAX_VILLAGES))
    assert _CommuneVillages.next_number(villages) == MAX_VILLAGES
    with pytest.raises(InvalidInput):
        _CommuneVillages.next_number(villages)
