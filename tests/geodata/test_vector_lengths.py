"""Lengths of lines in units, against lines whose lengths are known by geometry."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer
from scipy.optimize import brentq  # type: ignore[import-untyped]

from geodata.vectors.line_lengths import lengths_by_class, lengths_by_unit
from geodata.vectors.line_segments import distinct_segments, line_segments, to_lonlat
from geodata.vectors.unit_shapes import unique_segments
from tests.geodata.vector_helpers import (
    SIDE,
    UTM,
    WEST,
    by_id,
    cell,
    in_cells,
    province,
    road,
    segments_of,
)

GEOD = Geod(ellps="WGS84")
SYSTEMS = ["EPSG:4326", "EPSG:3857", "EPSG:32648", "EPSG:9205"]
UNITS = province()
MIDDLE = WEST + SIDE


def straight_road(crs: str) -> np.ndarray:
    """Ends in ``crs`` of a road that crosses the border between west and east once."""
    to_plane = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    ends = [in_cells(0.15, 0.3), in_cells(1.85, 0.65)]
    return np.array([to_plane.transform(*end) for end in ends])


def lonlat_at(ends: np.ndarray, crs: str, along: np.ndarray | float) -> np.ndarray:
    """Places along the road, straight in its own plane, in degrees."""
    places = ends[0] + np.asarray(along)[..., None] * (ends[1] - ends[0])
    back = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    return np.column_stack(back.transform(places[..., 0].ravel(), places[..., 1].ravel()))


def measured_km(ends: np.ndarray, crs: str, begin: float, end: float) -> float:
    """Length on the ellipsoid from one place along the road to another, by 20,000 short chords."""
    places = lonlat_at(ends, crs, np.linspace(begin, end, 20_001))
    return float(GEOD.line_length(places[:, 0], places[:, 1])) / 1000


@pytest.mark.parametrize("crs", SYSTEMS)
def test_a_straight_road_is_cut_exactly_at_the_border_it_crosses(crs: str) -> None:
    ends = straight_road(crs)
    crossing = brentq(lambda t: lonlat_at(ends, crs, t)[0, 0] - MIDDLE, 0, 1, xtol=1e-14)
    lines = to_lonlat(np.array([shapely.LineString(ends)], dtype=object), crs)
    found = by_id(UNITS, lengths_by_unit(segments_of(*lines), UNITS))
    west, east = measured_km(ends, crs, 0, crossing), measured_km(ends, crs, crossing, 1)
    assert found["00001"] == pytest.approx(west, rel=1e-6)
    assert found["00002"] == pytest.approx(east, rel=1e-6)
    assert found["00010"] == found["12"] == pytest.approx(west + east, rel=1e-6)
    assert found["00003"] == found["00004"] == found["00011"] == 0


def test_lengths_can_be_measured_in_the_plane_of_a_dataset() -> None:
    ends = straight_road(UTM)
    crossing = brentq(lambda t: lonlat_at(ends, UTM, t)[0, 0] - MIDDLE, 0, 1, xtol=1e-14)
    lines = to_lonlat(np.array([shapely.LineString(ends)], dtype=object), UTM)
    found = by_id(UNITS, lengths_by_unit(segments_of(*lines), UNITS, UTM))
    whole = float(np.hypot(*(ends[1] - ends[0]))) / 1000
    assert found["00001"] == pytest.approx(crossing * whole, rel=1e-6)
    assert found["00002"] == pytest.approx((1 - crossing) * whole, rel=1e-6)


def test_a_road_along_a_border_is_half_of_each_neighbour_and_once_of_the_whole() -> None:
    line = road((1, 0.2), (1, 0.5), (1, 0.9))
    found = by_id(UNITS, lengths_by_unit(segments_of(line), UNITS))
    whole = GEOD.geometry_length(line) / 1000
    assert found["00001"] == found["00002"] == pytest.approx(whole / 2, rel=1e-9)
    assert found["00010"] == found["12"] == pytest.approx(whole, rel=1e-9)


def test_a_road_along_the_outer_border_counts_whole_where_there_is_no_neighbour() -> None:
    line = road((0, 0.2), (0, 0.8))
    found = by_id(UNITS, lengths_by_unit(segments_of(line), UNITS))
    assert found["00001"] == found["12"] == pytest.approx(GEOD.geometry_length(line) / 1000)


def test_a_road_that_leaves_the_border_it_ran_along_is_cut_there() -> None:
    line = road((1, 0.2), (1, 0.6), (1.5, 0.6))
    found = by_id(UNITS, lengths_by_unit(segments_of(line), UNITS))
    along = GEOD.geometry_length(road((1, 0.2), (1, 0.6))) / 1000
    beside = GEOD.geometry_length(road((1, 0.6), (1.5, 0.6))) / 1000
    assert found["00001"] == pytest.approx(along / 2, rel=1e-9)
    assert found["00002"] == pytest.approx(along / 2 + beside, rel=1e-9)


def test_a_road_through_the_corner_of_four_units_is_of_the_two_it_runs_in() -> None:
    line = road((0.5, 0.5), (1, 1), (1.5, 1.5))
    found = by_id(UNITS, lengths_by_unit(segments_of(line), UNITS))
    assert found["00002"] == found["00003"] == 0
    assert found["00001"] == pytest.approx(GEOD.geometry_length(road((0.5, 0.5), (1, 1))) / 1000)


def test_what_lies_outside_every_unit_is_of_none() -> None:
    inside = road((0, 0.5), (1, 0.5))
    found = by_id(UNITS, lengths_by_unit(segments_of(road((-1, 0.5), (1, 0.5))), UNITS))
    assert found["12"] == pytest.approx(GEOD.geometry_length(inside) / 1000, rel=1e-7)
    assert not lengths_by_unit(segments_of(road((-1, -1), (-0.5, -1))), UNITS).any()
    assert not lengths_by_unit(segments_of(shapely.LineString()), UNITS).any()


def test_a_road_drawn_twice_counts_once() -> None:
    line = road((0.2, 0.2), (0.6, 0.4), (0.9, 0.3))
    twice = segments_of(line, shapely.reverse(line))
    once = lengths_by_unit(segments_of(line), UNITS)
    assert lengths_by_unit(twice, UNITS) == pytest.approx(once, rel=1e-12)


def test_tiles_that_overlap_at_their_edge_count_the_overlap_once() -> None:
    # Each tile reaches beyond its edge, and cuts the road where its own reach ends.
    first, second = road((0.2, 0.3), (0.6, 0.3)), road((0.5, 0.3), (0.9, 0.3))
    found = lengths_by_unit(segments_of(first, second), UNITS)
    whole = lengths_by_unit(segments_of(road((0.2, 0.3), (0.9, 0.3))), UNITS)
    assert found == pytest.approx(whole, rel=1e-7)


def test_lengths_are_told_by_class() -> None:
    lines = [
        road((0.2, 0.2), (1.4, 0.2)),
        road((0.2, 0.4), (0.4, 0.4)),
        road((0.1, 0.6), (0.5, 0.6)),
    ]
    found = lengths_by_class(segments_of(*lines), np.array([1, 0, 1]), UNITS)
    apart = [lengths_by_unit(segments_of(*chosen), UNITS) for chosen in (lines[1:2], lines[::2])]
    assert found == pytest.approx(np.column_stack(apart), rel=1e-9)


def _rounded(value: float) -> float:
    """Either on a border or clearly beside it."""
    return round(value, 3)


PLACES = st.tuples(
    *(
        st.one_of(st.integers(-1, 3).map(float), st.floats(-0.5, 2.5).map(_rounded))
        for _ in range(2)
    )
)
LINES = st.lists(PLACES, min_size=2, max_size=7).filter(lambda p: len(set(p)) > 1)


@given(st.lists(LINES, min_size=1, max_size=4))
def test_sums_over_units_equal_the_whole_whatever_the_lines(places: list) -> None:
    lines = [road(*each) for each in places]
    segments = distinct_segments(line_segments(np.array(lines, dtype=object)))
    found = lengths_by_unit(segments, UNITS)
    whole = shapely.intersection(shapely.union_all(segments.shapes()), cell(0, 0, 2, 2))
    expected = GEOD.geometry_length(whole) / 1000
    for era in UNITS.eras:
        # Within a centimetre of a border a line is on it, however flat it comes in.
        assert found[era].sum() == pytest.approx(expected, rel=1e-6, abs=2e-2)
        assert found[era].sum() == pytest.approx(found[UNITS.eras[-1]].sum(), rel=1e-9, abs=1e-9)
    assert (found >= 0).all()


PLACES = st.tuples(st.integers(0, 2), st.integers(0, 2))


@given(st.lists(st.tuples(PLACES, PLACES), max_size=30))
def test_a_segment_and_the_same_one_backwards_are_one(ends) -> None:
    first: dict[frozenset[tuple[int, int]], int] = {}
    for number, pair in enumerate(ends):
        first.setdefault(frozenset(pair), number)
    segments = np.array(ends, dtype=float).reshape(-1, 4)
    found, kept = unique_segments(segments)
    assert kept.tolist() == list(first.values())
    assert np.array_equal(found, segments[kept])
