"""What lies near lines, and how many points a unit has."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.vectors.plane import from_plane, in_plane
from geodata.vectors.point_counts import count_points
from geodata.vectors.reach import share_within
from tests.geodata.vector_helpers import UTM, by_id, in_cells, province, road

UNITS = province()


def shapes(*each: shapely.Geometry) -> np.ndarray:
    return np.array(each, dtype=object)


@pytest.mark.parametrize("crs", ["EPSG:32648", "EPSG:9205"])
def test_a_road_straight_through_a_unit_reaches_a_strip_of_it(crs: str) -> None:
    plane = in_plane(UNITS.shapes, crs)
    west, south, east, north = shapely.bounds(plane[0])
    middle = (south + north) / 2
    line = shapely.LineString([(west - 5000, middle), (east + 5000, middle)])
    strip = shapely.box(west - 5000, middle - 1500, east + 5000, middle + 1500)
    found = by_id(UNITS, share_within(from_plane(shapes(line), crs), 1500, UNITS, crs))
    for unit, shape in zip(UNITS.units, plane, strict=True):
        share = 100 * shape.intersection(strip).area / shape.area
        if unit.code == "00001":
            assert found["00001"] == pytest.approx(share, rel=1e-6)


def test_a_round_end_is_round() -> None:
    point = shapely.Point(in_cells(0.5, 0.5))
    found = by_id(UNITS, share_within(shapes(point), 2000, UNITS, UTM))
    whole = in_plane(UNITS.shapes, UTM)[0].area
    assert found["00001"] == pytest.approx(100 * math.pi * 2000**2 / whole, rel=2e-3)
    assert found["00002"] == 0


def test_what_is_near_two_roads_counts_once_and_roads_beyond_the_border_count() -> None:
    lines = shapes(road((0, 0.5), (1, 0.5)), road((0, 0.5), (1, 0.5)))
    once = share_within(lines[:1], 1000, UNITS, UTM)
    assert share_within(lines, 1000, UNITS, UTM) == pytest.approx(once, rel=1e-9)
    outside = by_id(UNITS, share_within(shapes(road((-0.05, 0), (-0.05, 1))), 2000, UNITS, UTM))
    assert outside["00001"] > 10
    assert outside["00002"] == 0


def test_polygons_cover_their_share_of_a_unit() -> None:
    half = shapely.box(*in_cells(0, 0), *in_cells(0.5, 1))
    found = by_id(UNITS, share_within(shapes(half), 0, UNITS, UTM))
    assert found["00001"] == pytest.approx(50, abs=0.05)
    assert found["12"] == pytest.approx(12.5, abs=0.05)


@given(st.lists(st.tuples(st.sampled_from((0.0, 0.3, 1.0, 1.7, 2.0, 2.4)), st.floats(-0.2, 2.2))))
def test_every_point_counts_once_in_every_era(places: list[tuple[float, float]]) -> None:
    points = shapes(*(shapely.Point(in_cells(*place)) for place in places))
    found = count_points(points, UNITS)
    whole = found[[unit.level == "province" for unit in UNITS.units]].sum()
    assert [found[era].sum() for era in UNITS.eras] == [whole] * len(UNITS.eras)


def test_the_parts_of_a_multipoint_count_one_by_one() -> None:
    points = shapely.MultiPoint([in_cells(0.5, 0.5), in_cells(0.6, 0.5), in_cells(1.5, 1.5)])
    found = by_id(UNITS, count_points(shapes(points, None), UNITS))
    assert (found["00001"], found["00004"], found["12"]) == (2, 1, 3)
