"""What is decided exactly at a limit where figures and areas are computed."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace as Some

import numpy as np
import pytest
import shapely

from geodata.errors import InvalidInput
from geodata.places.place_vocabulary import _is_name as names_places
from geodata.rasters.accumulators import divided
from geodata.rasters.unit_figures import _why_not as why_no_raster_figure
from geodata.rasters.unit_figures import files_named
from geodata.recast.overlay_crosswalk import SLIVER, _completed
from geodata.succession.crosswalk_chain import _normalised
from geodata.succession.shares import _weight_faults
from geodata.vectors.nearest import _within_access
from geodata.vectors.unit_figures import _why_not as why_no_vector_figure
from geodata.vectors.vector_recipe import verify_extent
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
    recipe, figure = Some(min_coverage=0.5), Some(operation="length")
    assert (why_no_vector_figure(recipe, figure, 1.0, covered, None) is None) is given


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
