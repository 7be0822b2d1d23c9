"""Areas around points: what every diagram must keep, and its agreement with GEOS."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.villages.power_diagram import indicative_areas, population_weights, power_cells

pytestmark = pytest.mark.slow

SIDE = 10_000.0
CORNER = (500_000.0, 2_450_000.0)
SQUARE = shapely.box(CORNER[0], CORNER[1], CORNER[0] + SIDE, CORNER[1] + SIDE)
BITTEN = SQUARE.difference(shapely.Point(CORNER[0] + SIDE / 2, CORNER[1] + SIDE).buffer(SIDE / 3))
# Whole steps of 50 m, so that no two points are nearer than that.
places = st.lists(
    st.tuples(st.integers(1, 199), st.integers(1, 199)), min_size=1, max_size=30, unique=True
)
people = st.lists(st.integers(0, 5000), min_size=30, max_size=30)


def points_at(steps: list[tuple[int, int]]) -> np.ndarray:
    return np.array(steps, dtype=float) * 50 + CORNER


@settings(max_examples=60)
@given(places, st.sampled_from(["square", "bitten"]))
def test_cells_fill_the_commune_once_and_each_holds_its_point(steps, which) -> None:
    territory = SQUARE if which == "square" else BITTEN
    points = points_at(steps)
    cells = indicative_areas(points, territory)
    assert sum(cell.area for cell in cells) == pytest.approx(territory.area, rel=1e-9)
    assert shapely.union_all(cells).area == pytest.approx(territory.area, rel=1e-9)
    for point, cell in zip(shapely.points(points), cells, strict=True):
        assert cell.distance(point) < 1e-6 or not territory.contains(point)


@settings(max_examples=60)
@given(places, people)
def test_weighted_cells_fill_the_commune_once_and_each_holds_its_point(steps, counts) -> None:
    points = points_at(steps)
    counts = counts[: len(steps)]
    cells = indicative_areas(points, SQUARE, counts)
    assert sum(cell.area for cell in cells) == pytest.approx(SQUARE.area, rel=1e-9)
    assert shapely.union_all(cells).area == pytest.approx(SQUARE.area, rel=1e-9)
    for point, cell in zip(shapely.points(points), cells, strict=True):
        assert cell.distance(point) < 1e-6


@settings(max_examples=30)
@given(places.filter(lambda steps: len(steps) > 2))
def test_without_weights_the_cells_are_those_of_geos(steps) -> None:
    points = points_at(steps)
    ours = indicative_areas(points, SQUARE)
    theirs = shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=SQUARE.buffer(SIDE))
    for point, cell in zip(shapely.points(points), ours, strict=True):
        twin = next(part for part in shapely.get_parts(theirs) if part.distance(point) == 0)
        assert cell.symmetric_difference(twin.intersection(SQUARE)).area < 1e-4 * SQUARE.area


def test_a_village_with_more_people_gets_more_land() -> None:
    points = np.array([[2500.0, 5000.0], [7500.0, 5000.0]]) + CORNER
    even = [cell.area for cell in indicative_areas(points, SQUARE)]
    assert even == pytest.approx([SQUARE.area / 2] * 2)
    small, large = (cell.area for cell in indicative_areas(points, SQUARE, [100, 400]))
    # Discs of a fifth and four fifths of the square: the line moves by (w2 - w1) / 2d = 1.9 km.
    gained = 0.6 * SIDE**2 / np.pi / (2 * 5000)
    assert large - SQUARE.area / 2 == pytest.approx(gained * SIDE)
    assert small + large == pytest.approx(SQUARE.area)


def test_neighbouring_cells_share_their_corners_to_the_last_digit() -> None:
    rng = np.random.default_rng(7)
    cells = power_cells(rng.uniform(0, SIDE, (40, 2)) + CORNER, SQUARE)
    assert shapely.coverage_is_valid(np.array(cells))


def test_weights_are_lessened_until_no_point_leaves_its_cell() -> None:
    points = np.array([[0.0, 0.0], [100.0, 0.0]])
    weights = population_weights(points, [1, 1_000_000], 1e8)
    assert 0 < weights[1] - weights[0] < 100.0**2


def test_one_village_has_the_whole_commune() -> None:
    (cell,) = indicative_areas(np.array([[5000.0, 5000.0]]) + CORNER, BITTEN)
    assert cell.equals(BITTEN)
