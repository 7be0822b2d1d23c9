"""Overlay weights on grids whose areas are plain, and against the overlay of geopandas."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import InvalidInput
from geodata.recast.areal_overlay import intersection_areas, outline_edges, overlay
from geodata.recast.polygon_intersections import pairwise_intersection_areas

CRS = "EPSG:32648"
KM = 1000.0


def layer(boxes, crs=CRS, prefix=""):
    shapes = [shapely.box(*(KM * c for c in box)) for box in boxes]
    ids = [f"{prefix}{k}" for k in range(len(boxes))]
    return gpd.GeoDataFrame({"unit_id": ids}, geometry=shapes, crs=crs)


def grid(size, step, prefix=""):
    cells = [(x, y, x + step, y + step) for y in range(0, size, step) for x in range(0, size, step)]
    return layer(cells, prefix=prefix)


def test_grid_on_halves_by_hand():
    # 16 cells of 1 km² on a left part of 1.5 km and a right part of 2.5 km.
    table = overlay(grid(4, 1), layer([(0, 0, 1.5, 4), (1.5, 0, 4, 4)], prefix="t"), CRS)
    links = {(link.source, link.target): link for link in table.crosswalk.links()}
    assert links["0", "t0"].whole
    assert links["3", "t1"].whole
    assert links["1", "t0"].shares["area"] == pytest.approx(0.5)
    assert not links["1", "t0"].whole
    assert table.crosswalk.parts["area"].sum() == pytest.approx(2)
    assert (table.slivers, table.outside.max()) == (0, 0.0)


def test_slivers_are_set_aside_and_what_they_held_stays_with_the_source():
    table = overlay(
        layer([(0, 0, 1, 1)]), layer([(0, 0, 0.99, 1), (0.99, 0, 2, 1)], prefix="t"), CRS
    )
    (link,) = table.crosswalk.links()
    assert (link.target, link.whole) == ("t0", True)
    assert table.slivers == 1
    assert table.sliver_area_km2 == pytest.approx(0.01)
    kept = overlay(
        layer([(0, 0, 1, 1)]), layer([(0, 0, 0.99, 1), (0.99, 0, 2, 1)], prefix="t"), CRS, sliver=0
    )
    assert len(kept.crosswalk.row) == 2


def test_a_small_target_inside_a_large_source_is_no_sliver():
    table = overlay(layer([(0, 0, 10, 10)]), layer([(0, 0, 1, 1), (1, 0, 10, 10)], prefix="t"), CRS)
    assert len(table.crosswalk.row) == 2


def test_land_outside_every_target_is_not_pushed_into_them():
    table = overlay(layer([(0, 0, 1, 1), (5, 5, 6, 6)]), layer([(0, 0, 0.6, 1)], prefix="t"), CRS)
    assert table.outside == pytest.approx([0.4, 1.0])
    (link,) = table.crosswalk.links()
    assert link.shares["area"] == pytest.approx(0.6)
    assert not link.whole


def test_layers_of_different_crs_meet_in_the_metric_one():
    table = overlay(grid(4, 1).to_crs("EPSG:4326"), grid(4, 2, "t").to_crs("EPSG:32647"), CRS)
    assert all(link.whole for link in table.crosswalk.links())


@pytest.mark.parametrize(
    ("sources", "crs"),
    [
        (grid(2, 1).set_crs(None, allow_override=True), CRS),
        (grid(2, 1), "EPSG:4326"),
        (grid(2, 1).assign(unit_id="x"), CRS),
    ],
)
def test_layers_that_cannot_be_measured_are_refused(sources, crs):
    with pytest.raises(InvalidInput):
        overlay(sources, grid(2, 1), crs)


def test_free_edges_of_a_coverage_are_its_outline():
    found = shapely.union_all(outline_edges(np.array(grid(4, 1).geometry)))
    assert found.equals(shapely.box(0, 0, 4 * KM, 4 * KM).exterior)
    doubled = np.array([*grid(2, 2).geometry, *grid(2, 2).geometry])
    assert len(outline_edges(doubled)) == 8  # the same polygon twice is no coverage


def test_targets_of_two_eras_at_once_are_measured_one_by_one():
    targets = np.array([*grid(4, 2).geometry, *grid(4, 4).geometry])
    source = np.array([shapely.box(1.5 * KM, 1.5 * KM, 2.25 * KM, 2.5 * KM)])
    _, col, area = intersection_areas(source, targets)
    found = dict(zip(col.tolist(), (area / 1e6).round(6).tolist(), strict=True))
    assert found == {0: 0.25, 1: 0.125, 2: 0.25, 3: 0.125, 4: 0.75}


@pytest.mark.slow
@settings(max_examples=30)
@given(st.integers(0, 10_000), st.booleans())
def test_areas_are_those_of_a_plain_overlay(seed, incomplete_sources):
    """Random cells over a random coverage, whole or with a piece missing."""
    rng = np.random.default_rng(seed)
    frame = shapely.box(0, 0, 100, 100)

    def cells(count):
        points = shapely.MultiPoint(rng.uniform(0, 100, (count, 2)))
        found = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=frame))
        return shapely.intersection(found, frame)

    sources, targets = cells(12), cells(7)
    targets = targets[1:] if incomplete_sources else targets
    row, col, area = intersection_areas(sources, targets)
    plain = shapely.area(shapely.intersection(sources[:, None], targets[None, :]))
    found = np.zeros_like(plain)
    found[row, col] = area
    assert found == pytest.approx(plain, abs=1e-6)


def test_common_areas_of_awkward_pairs():
    ring = shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 6, 6))
    saw = shapely.Polygon([(0, 0), (8, 0), (7, 5), (5, 1), (4, 7), (2, 1), (1, 9)])
    pairs = [
        (ring, shapely.box(2, 2, 7, 7)),  # a hole
        (saw, shapely.transform(saw, lambda xy: xy[:, ::-1])),  # crossing slopes
        (ring, shapely.reverse(ring)),  # the same, turned the other way
        (shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)),  # a border only
        (shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)]), ring),
        (shapely.Polygon(), ring),
        (shapely.box(1e7, 2e6, 1e7 + 1, 2e6 + 1), shapely.box(1e7 + 0.5, 2e6, 1e7 + 3, 2e6 + 0.5)),
    ]
    a, b = (np.array(side, dtype=object) for side in zip(*pairs, strict=True))
    plain = shapely.area(shapely.intersection(a, b))
    assert pairwise_intersection_areas(a, b) == pytest.approx(plain, abs=1e-9)
    assert pairwise_intersection_areas(a[3:4], b[3:4])[0] == 0.0


@given(st.floats(1e2, 1e6), st.floats(0.01, 1.0))
def test_neighbours_share_no_area_whatever_their_size(size, slope):
    """Of a crooked border in metres, rounding leaves some square centimetres."""
    border = [(size, 0.0), (size * (1 + slope / 3), size / 7), (size, size / 3), (size / 1.1, size)]
    west = shapely.Polygon([(0, 0), *border, (0, size)])
    east = shapely.Polygon([*border, (2 * size, size), (2 * size, 0)])
    assert pairwise_intersection_areas(np.array([west]), np.array([east]))[0] == 0.0
