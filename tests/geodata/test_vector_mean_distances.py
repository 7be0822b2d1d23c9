"""Mean ways from the lines of units along a network, known by geometry."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geodata.vectors.line_lengths import lengths_by_unit
from geodata.vectors.line_segments import Segments
from geodata.vectors.mean_distance import (
    MeanDistances,
    mean_distances_to_lines,
    mean_distances_to_place,
)
from tests.geodata.vector_helpers import UTM, by_id, in_cells, province, road, segments_of

GEOD = Geod(ellps="WGS84")
UNITS = province()


def km(*places: tuple[float, float]) -> float:
    """Length of the way through places counted in cells, on the ellipsoid."""
    return float(GEOD.geometry_length(road(*places))) / 1000


def to_place(segments: Segments, place: tuple[float, float], **gaps: float) -> MeanDistances:
    said = {"join_m": 15.0, "access_m": 1000.0, **gaps}
    return mean_distances_to_place(segments, place, UNITS, UTM, **said)


def test_the_mean_way_of_a_unit_is_that_from_everywhere_on_its_roads() -> None:
    found = to_place(segments_of(road((0, 0), (2, 0))), in_cells(2, 0))
    means = by_id(UNITS, found.km)
    one = km((0, 0), (1, 0))
    assert means["00001"] == pytest.approx(1.5 * one, rel=1e-6)
    assert means["00002"] == pytest.approx(0.5 * one, rel=1e-6)
    assert means["12"] == pytest.approx(one, rel=1e-6)
    assert np.isnan(means["00003"]), "no road, no mean"
    assert by_id(UNITS, found.led)["00003"] == 0


def test_from_each_place_of_a_ring_the_shorter_direction_counts() -> None:
    ring = road((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8), (0.2, 0.2))
    found = to_place(segments_of(ring), in_cells(0.2, 0.2))
    around = km((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8), (0.2, 0.2))
    assert by_id(UNITS, found.km)["00001"] == pytest.approx(around / 4, rel=1e-6)


def test_roads_that_do_not_lead_there_are_left_out_and_their_share_is_told() -> None:
    lines = segments_of(road((0, 0.2), (1, 0.2)), road((0, 0.8), (1, 0.8)))
    found = to_place(lines, in_cells(1, 0.2))
    led, other = km((0, 0.2), (1, 0.2)), km((0, 0.8), (1, 0.8))
    assert by_id(UNITS, found.km)["00001"] == pytest.approx(led / 2, rel=1e-5)
    assert by_id(UNITS, found.led)["00001"] == pytest.approx(led / (led + other), rel=1e-6)
    assert np.isnan(to_place(lines, in_cells(1, 0.5)).km).all(), "the place is too far from all"


def test_on_the_roads_that_are_the_goal_the_way_is_nothing() -> None:
    lines = segments_of(road((1.4, 0), (1.4, 1)), road((0.4, 0.5), (1.4, 0.5)))
    goals = np.array([True, False])
    found = mean_distances_to_lines(lines, goals, UNITS, UTM, join_m=15)
    means = by_id(UNITS, found.km)
    side, trunk = km((1, 0.5), (1.4, 0.5)), km((1.4, 0), (1.4, 1))
    assert means["00002"] == pytest.approx(side * side / 2 / (side + trunk), rel=1e-5)
    assert means["00001"] == pytest.approx(side + km((0.4, 0.5), (1, 0.5)) / 2, rel=1e-5)
    nowhere = mean_distances_to_lines(lines, goals & ~goals, UNITS, UTM, join_m=15)
    assert np.isnan(nowhere.km).all()


def test_a_road_along_a_border_counts_half_for_each_side() -> None:
    found = to_place(segments_of(road((1, 0), (1, 1), (0, 1))), in_cells(1, 0))
    up, left = km((1, 0), (1, 1)), km((1, 1), (0, 1))
    means = by_id(UNITS, found.km)
    assert means["00002"] == pytest.approx(up / 2, rel=1e-5)
    whole = (up * up / 2 + left * (up + left / 2)) / (up + left)
    assert means["00001"] == pytest.approx(whole, rel=1e-5)


@given(st.lists(st.tuples(*[st.floats(0.01, 1.99)] * 2), min_size=3, max_size=6, unique=True))
def test_the_means_of_units_by_their_roads_give_the_mean_of_the_whole(places: Any) -> None:
    lines = segments_of(road(*[(round(x, 3), round(y, 3)) for x, y in places]))
    if not len(lines):
        return
    found = to_place(lines, tuple(lines.ends[0, :2]))
    lengths = by_id(UNITS, lengths_by_unit(lines, UNITS))
    means, whole = by_id(UNITS, found.km), by_id(UNITS, found.km)["12"]
    for level in (("00001", "00002", "00003", "00004"), ("00010", "00011")):
        parts = [means[code] * lengths[code] for code in level if lengths[code]]
        assert sum(parts) == pytest.approx(whole * lengths["12"], rel=1e-6)


def test_no_line_gives_no_mean() -> None:
    assert np.isnan(to_place(segments_of(), in_cells(1, 1)).km).all()
