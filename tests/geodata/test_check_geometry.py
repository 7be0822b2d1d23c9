"""Shapes that do not fit together are found."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import geopandas as gpd
import pytest
import shapely
from toy import PROVINCE, district_id, new_id, old_id

from geodata.check.geometry_checks import check_geometries
from geodata.dataset import Dataset

Change = Callable[[shapely.Geometry], shapely.Geometry | None]


def reshaped(dataset: Dataset, changes: dict[str, Change], detail: int = 2) -> list[str]:
    """Lines of the report after some shapes of one detail were changed."""
    frame = dataset.boundaries[detail]
    geometry = [
        changes.get(unit_id, lambda shape: shape)(shape)
        for unit_id, shape in zip(frame["unit_id"], frame.geometry, strict=True)
    ]
    changed = gpd.GeoDataFrame(
        frame.drop(columns="geometry"), geometry=geometry, crs=frame.crs
    ).dropna(subset="geometry")
    boundaries = dataset.boundaries | {detail: changed}
    found = check_geometries(dataclasses.replace(dataset, boundaries=boundaries))
    return [fault.message("en") for fault in found]


def moved_corner(shape: shapely.Geometry, by: float) -> shapely.Geometry:
    """A cell whose north-western corner lies ``by`` degrees further east."""
    west, south, east, north = shape.bounds
    corners = [(west + by, north), (east, north), (east, south), (west, south)]
    return shapely.Polygon(corners)


def test_whole_shapes_are_accepted(toy_dataset: Dataset) -> None:
    assert reshaped(toy_dataset, {}) == []


def test_an_overlap_names_both_units(toy_dataset: Dataset) -> None:
    lines = reshaped(toy_dataset, {old_id(6): lambda shape: moved_corner(shape, -0.001)})
    overlap = [line for line in lines if "overlap or do not share" in line]
    assert len(overlap) == 1
    assert "boundaries-2.topojson commune 2013-01-01" in overlap[0]
    assert old_id(6) in overlap[0]
    assert old_id(5) in overlap[0]


def test_a_gap_is_a_fault_of_the_unit_above(toy_dataset: Dataset) -> None:
    lines = reshaped(toy_dataset, {old_id(1): lambda shape: moved_corner(shape, 0.001)})
    assert len(lines) == 1
    assert district_id(1) in lines[0]
    assert "do not tile" in lines[0]


def test_a_hole_inside_a_level_is_found(toy_dataset: Dataset) -> None:
    def pierced(shape: shapely.Geometry) -> shapely.Geometry:
        return shape.difference(shape.centroid.buffer(0.01))

    lines = reshaped(toy_dataset, {new_id(3): pierced})
    assert len(lines) == 1
    assert PROVINCE in lines[0]
    assert "2025-07-01" in lines[0]


@pytest.mark.parametrize("detail", [1, 2, 3])
def test_a_missing_shape_is_found_at_every_detail(toy_dataset: Dataset, detail: int) -> None:
    lines = reshaped(toy_dataset, {old_id(9): lambda _: None}, detail)
    assert len(lines) == 1
    assert f"boundaries-{detail}.topojson" in lines[0]
    assert old_id(9) in lines[0]


def test_a_shape_that_crosses_itself_is_found(toy_dataset: Dataset) -> None:
    def bow(shape: shapely.Geometry) -> shapely.Geometry:
        west, south, east, north = shape.bounds
        return shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])

    (line,) = reshaped(toy_dataset, {old_id(9): bow})
    assert old_id(9) in line
    assert "Self-intersection" in line


def with_unit(dataset: Dataset, unit_id: str, **fields: object) -> list[str]:
    units = tuple(
        dataclasses.replace(unit, **fields) if unit.unit_id == unit_id else unit  # type: ignore[arg-type]
        for unit in dataset.units
    )
    found = check_geometries(dataclasses.replace(dataset, units=units))
    return [fault.message("en") for fault in found]


def test_an_area_that_is_not_the_shapes(toy_dataset: Dataset) -> None:
    area = next(u for u in toy_dataset.units if u.unit_id == PROVINCE).shape_area_km2
    assert area is not None
    lines = with_unit(toy_dataset, PROVINCE, shape_area_km2=area * 1.01)
    assert any("area is not that of the shape" in line and PROVINCE in line for line in lines)
    assert any("area is not that of its parts" in line and PROVINCE in line for line in lines)
    assert with_unit(toy_dataset, PROVINCE, shape_area_km2=area * 1.0001) == []


def test_official_areas_must_sum_up_where_all_are_known(toy_dataset: Dataset) -> None:
    lines = with_unit(toy_dataset, district_id(2), official_area_km2=900.0)
    assert any("official_area_km2" in line and "900.0" in line for line in lines)
    part_unknown = with_unit(toy_dataset, old_id(3), official_area_km2=None)
    assert part_unknown == []


def test_a_shape_without_unit_is_found(toy_dataset: Dataset) -> None:
    units = tuple(unit for unit in toy_dataset.units if unit.unit_id != new_id(16))
    found = check_geometries(dataclasses.replace(toy_dataset, units=units))
    assert any("belongs to no unit" in fault.message("en") for fault in found)
