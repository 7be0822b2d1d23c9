"""Distances from points to features, straight and along a network, known by geometry."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from geodata.vectors.line_segments import Segments
from geodata.vectors.nearest import (
    distances_to_lines_km,
    distances_to_place_km,
    straight_distances_km,
)
from tests.geodata.vector_helpers import UTM, in_cells, road, segments_of

GEOD = Geod(ellps="WGS84")
SEATS = np.array([in_cells(0.2, 0.5), in_cells(0.8, 0.5), in_cells(1.5, 1.5)])


def km(*places: tuple[float, float]) -> float:
    """Length of the way through places counted in cells, on the ellipsoid."""
    return float(GEOD.geometry_length(road(*places))) / 1000


def along(
    segments: Segments, points: np.ndarray, place: tuple[float, float], **gaps: float
) -> list:
    said = {"join_m": 15.0, "access_m": 1000.0, **gaps}
    return distances_to_place_km(segments, place, points, UTM, **said).tolist()


def test_the_straight_distance_is_that_on_the_ellipsoid() -> None:
    features = np.array([road((0, 0), (0, 1)), road((2, 0), (2, 2))], dtype=object)
    found = straight_distances_km(SEATS, features, UTM)
    assert found[0] == pytest.approx(km((0.2, 0.5), (0, 0.5)), rel=1e-4)
    assert found[2] == pytest.approx(km((1.5, 1.5), (2, 1.5)), rel=1e-4)
    assert straight_distances_km(SEATS[:0], features, UTM).tolist() == []


def test_the_way_follows_the_network_from_the_foot_of_the_seat() -> None:
    # A road along the bottom and one up to the place; seats stand beside the first.
    lines = segments_of(road((0, 0), (0.4, 0), (1, 0)), road((1, 0), (1, 1)))
    seats = np.array([in_cells(0.3, 0), in_cells(0.9, 0), in_cells(1, 0.25)])
    found = along(lines, seats, in_cells(1, 1))
    assert found[0] == pytest.approx(km((0.3, 0), (0.4, 0), (1, 0), (1, 1)), rel=1e-6)
    assert found[1] == pytest.approx(km((0.9, 0), (1, 0), (1, 1)), rel=1e-6)
    assert found[2] == pytest.approx(km((1, 0.25), (1, 1)), rel=1e-5)


def test_the_shorter_of_two_ways_is_taken() -> None:
    detour = road((0, 0), (0, 1.5), (1, 0))
    found = along(
        segments_of(detour, road((0, 0), (1, 0))), np.array([in_cells(0, 0)]), in_cells(1, 0)
    )
    assert found == [pytest.approx(km((0, 0), (1, 0)), rel=1e-6)]


def test_the_straight_way_to_the_road_and_from_it_to_the_place_is_part_of_the_way() -> None:
    lines = segments_of(road((0, 0), (1, 0)))
    seat, place = in_cells(0.2, 0.05), in_cells(1, 0.02)
    found = along(lines, np.array([seat]), place)
    expected = km((0.2, 0.05), (0.2, 0)) + km((0.2, 0), (1, 0)) + km((1, 0), (1, 0.02))
    assert found == [pytest.approx(expected, rel=1e-4)]


def test_a_seat_far_from_every_road_has_no_way() -> None:
    lines = segments_of(road((0, 0), (1, 0)))
    far, near = in_cells(0.5, 0.2), in_cells(0.5, 0.05)
    found = along(lines, np.array([far, near]), in_cells(1, 0))
    assert np.isnan(found[0])
    assert found[1] > 0
    assert np.isnan(along(lines, np.array([near]), in_cells(1, 0.2))).all()


def test_a_road_that_does_not_lead_there_is_passed_over() -> None:
    # The island of road under the seat is nearer than the road that leads to the place.
    lines = segments_of(road((0, 0), (1, 0)), road((0.2, 0.03), (0.3, 0.03)))
    found = along(lines, np.array([in_cells(0.25, 0.03)]), in_cells(1, 0))
    assert found == [pytest.approx(km((0.25, 0.03), (0.25, 0)) + km((0.25, 0), (1, 0)), rel=1e-4)]


def test_a_line_that_ends_just_short_of_another_is_joined_to_it_and_a_longer_gap_is_none() -> None:
    degrees_of_10_m = 10 / 111_000 / 0.1
    lines = segments_of(road((0, 0), (1, 0)), road((0.503, degrees_of_10_m), (0.503, 1)))
    seat = np.array([in_cells(0.503, 1)])
    joined = along(lines, seat, in_cells(0, 0), join_m=15.0)
    expected = km((0.503, 1), (0.503, degrees_of_10_m), (0.503, 0), (0, 0))
    assert joined == [pytest.approx(expected, rel=1e-5)]
    assert np.isnan(along(lines, seat, in_cells(0, 0), join_m=5.0)).all()


def test_roads_that_pass_over_each_other_do_not_meet() -> None:
    bridge = segments_of(road((0, 0.5), (1, 0.5)), road((0.5, 0), (0.5, 1)))
    assert np.isnan(
        along(bridge, np.array([in_cells(0, 0.5)]), in_cells(0.5, 1), access_m=10)
    ).all()


def test_tiles_cut_at_their_edge_make_one_road() -> None:
    halves = segments_of(road((0.2, 0.3), (0.6, 0.3)), road((0.5, 0.3), (0.9, 0.3)))
    found = along(halves, np.array([in_cells(0.2, 0.3)]), in_cells(0.9, 0.3))
    assert found == [pytest.approx(km((0.2, 0.3), (0.9, 0.3)), rel=1e-6)]


def test_the_nearest_of_some_roads_ends_the_way() -> None:
    trunk, other = road((1, 0), (1, 1)), road((2, 0), (2, 1))
    lines = segments_of(trunk, other, road((0, 0.4), (1, 0.4), (2, 0.4)))
    goals = np.array([True, True, False])
    seats = np.array([in_cells(0.7, 0.4), in_cells(1.6, 0.4), in_cells(1, 0.9)])
    found = distances_to_lines_km(lines, goals, seats, UTM, join_m=15, access_m=1000)
    assert found[0] == pytest.approx(km((0.7, 0.4), (1, 0.4)), rel=1e-6)
    assert found[1] == pytest.approx(km((1.6, 0.4), (2, 0.4)), rel=1e-6)
    assert found[2] == pytest.approx(0, abs=1e-4)
    nothing = distances_to_lines_km(lines, ~goals & goals, seats, UTM, join_m=15, access_m=1000)
    assert np.isnan(nothing).all()


def test_seats_on_one_stretch_find_each_other_along_it() -> None:
    lines = segments_of(road((0, 0), (0.2, 0), (0.7, 0), (1, 0)))
    found = along(lines, np.array([in_cells(0.4, 0)]), in_cells(0.6, 0))
    assert found == [pytest.approx(km((0.4, 0), (0.6, 0)), rel=1e-4)]
