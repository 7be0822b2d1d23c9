"""Shared borders survive the way into TopoJSON and back."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import FileFault, InvalidInput
from geodata.topojson import decode, encode, encode_layers, write_topojson

STEP = 1e-4


@st.composite
def coverages(draw: st.DrawFn) -> gpd.GeoDataFrame:
    """A grid of cells dealt out to units at random: holes, islands, exclaves, corner contacts."""
    width, height = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    owners = draw(
        st.lists(st.integers(0, 4), min_size=width * height, max_size=width * height)
    )  # Owner 0 is nobody: holes in the whole.
    cells: dict[int, list[shapely.Polygon]] = {}
    for number, owner in enumerate(owners):
        x, y = number % width, number // width
        corners = (103 + x * 0.01, 22 + y * 0.01, 103 + (x + 1) * 0.01, 22 + (y + 1) * 0.01)
        cells.setdefault(owner, []).append(shapely.box(*np.round(corners, 6)))
    ids = [owner for owner in sorted(cells) if owner] or [0]
    shapes = [shapely.coverage_union_all(cells[owner]) for owner in ids]
    return gpd.GeoDataFrame({"unit_id": [str(i) for i in ids]}, geometry=shapes, crs=4326)


def segments(topology: dict[str, Any]) -> Counter[frozenset[tuple[int, ...]]]:
    found: Counter[frozenset[tuple[int, ...]]] = Counter()
    for arc in topology["arcs"]:
        points = [tuple(point) for point in np.cumsum(arc, axis=0).tolist()]
        found.update(frozenset(pair) for pair in pairwise(points))
    return found


def used_arcs(topology: dict[str, Any], name: str) -> Counter[int]:
    used: Counter[int] = Counter()
    for geometry in topology["objects"][name]["geometries"]:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        rings = [ring for polygon in polygons for ring in polygon]
        used.update(arc if arc >= 0 else ~arc for ring in rings for arc in ring)
    return used


@pytest.mark.slow
@given(coverages())
@settings(max_examples=60)
def test_round_trip_keeps_every_shape(frame: gpd.GeoDataFrame) -> None:
    back = decode(encode(frame, "units", STEP), "units")
    assert back["id"].tolist() == frame["unit_id"].tolist()
    for shape, original in zip(back.geometry, frame.geometry, strict=True):
        assert shape.is_valid
        assert shape.normalize().equals_exact(original.normalize(), 1e-9)


@pytest.mark.slow
@given(coverages())
@settings(max_examples=60)
def test_each_border_is_stored_once_and_used_by_at_most_two_units(frame: gpd.GeoDataFrame) -> None:
    topology = encode(frame, "units", STEP)
    assert max(segments(topology).values()) == 1
    assert set(used_arcs(topology, "units").values()) <= {1, 2}


@pytest.mark.slow
@given(coverages())
@settings(max_examples=40)
def test_a_level_made_of_unions_adds_no_line(frame: gpd.GeoDataFrame) -> None:
    whole = gpd.GeoDataFrame(
        {"unit_id": ["all"]}, geometry=[shapely.coverage_union_all(frame.geometry)], crs=4326
    )
    together = encode_layers({"fine": frame, "coarse": whole}, STEP)
    assert segments(together).keys() == segments(encode(frame, "fine", STEP)).keys()
    assert (
        decode(together, "coarse")
        .geometry[0]
        .normalize()
        .equals_exact(whole.geometry[0].normalize(), 1e-9)
    )


@pytest.mark.slow
@given(coverages())
@settings(max_examples=20)
def test_equal_layers_give_equal_documents(frame: gpd.GeoDataFrame) -> None:
    assert encode(frame, "units", STEP) == encode(frame.copy(), "units", STEP)


def test_an_island_shares_the_whole_ring_of_its_hole() -> None:
    hole = shapely.box(103.01, 22.01, 103.02, 22.02)
    around = shapely.box(103, 22, 103.03, 22.03).difference(hole)
    frame = gpd.GeoDataFrame({"unit_id": ["a", "b"]}, geometry=[around, hole], crs=4326)
    topology = encode(frame, "units", STEP)
    assert len(topology["arcs"]) == 2
    assert sorted(used_arcs(topology, "units").values()) == [1, 2]


def test_a_part_of_a_coverage_lies_on_the_same_grid_as_the_whole() -> None:
    shapes = [shapely.box(103.00004, 22, 103.01, 22.01), shapely.box(103.01, 22, 103.0277, 22.01)]
    frame = gpd.GeoDataFrame({"unit_id": ["a", "b"]}, geometry=shapes, crs=4326)
    whole = decode(encode(frame, "units", STEP)).geometry
    part = decode(encode(frame.iloc[1:], "units", STEP)).geometry
    assert set(part[0].exterior.coords) == set(whole[1].exterior.coords)


def test_a_unit_smaller_than_the_grid_is_a_null_geometry_not_an_error() -> None:
    tiny = shapely.box(103, 22, 103.00001, 22.00001)
    frame = gpd.GeoDataFrame({"unit_id": ["a"]}, geometry=[tiny], crs=4326)
    topology = encode(frame, "units", STEP)
    assert topology["objects"]["units"]["geometries"] == [{"type": None, "id": "a"}]
    assert decode(topology).geometry[0] is None


def test_a_document_by_the_specification_is_read() -> None:
    document = {
        "type": "Topology",
        "transform": {"scale": [0.001, 0.002], "translate": [100.0, 10.0]},
        "objects": {
            "places": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "id": "p", "arcs": [[0, ~1]], "properties": {"n": 1}}
                ],
            }
        },
        "arcs": [[[0, 0], [1000, 0], [0, 1000]], [[0, 0], [0, 1000], [1000, 0]]],
    }
    row = decode(document, "places").iloc[0]
    assert (row["id"], row["n"]) == ("p", 1)
    assert list(row.geometry.exterior.coords) == [
        (100, 10),
        (101, 10),
        (101, 12),
        (100, 12),
        (100, 10),
    ]


def test_properties_and_writing_are_deterministic(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"unit_id": ["a"], "name": ["Sìn Hồ"]}, geometry=[shapely.box(103, 22, 104, 23)], crs=4326
    )
    for name in ("one", "two"):
        write_topojson(encode(frame, "units", STEP, ["name"]), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert decode(tmp_path / "one")["name"].tolist() == ["Sìn Hồ"]


def test_a_missing_property_is_null_not_a_number_that_is_none() -> None:
    frame = gpd.GeoDataFrame(
        {"unit_id": ["a", "b"], "value": [1.5, np.nan], "note": [None, "x"]},
        geometry=[shapely.box(103, 22, 103.1, 22.1), shapely.box(103.1, 22, 103.2, 22.1)],
        crs="EPSG:4326",
    )
    geometries = encode(frame, "units", STEP, ["value", "note"])["objects"]["units"]["geometries"]
    assert [g["properties"] for g in geometries] == [
        {"value": 1.5, "note": None},
        {"value": None, "note": "x"},
    ]


def test_other_reference_systems_and_lines_are_refused() -> None:
    box = shapely.box(0, 0, 1, 1)
    with pytest.raises(InvalidInput, match="WGS 84"):
        encode(gpd.GeoDataFrame(geometry=[box], crs=32648), "units")
    with pytest.raises(InvalidInput, match="polygons"):
        encode(gpd.GeoDataFrame(geometry=[box.boundary], crs=4326), "units")


def test_unknown_objects_and_broken_files_are_named(tmp_path: Path) -> None:
    frame = gpd.GeoDataFrame({"unit_id": ["a"]}, geometry=[shapely.box(0, 0, 1, 1)], crs=4326)
    with pytest.raises(FileFault, match="units"):
        decode(encode(frame, "units"), "communes")
    broken = tmp_path / "broken.topojson"
    broken.write_text("{")
    with pytest.raises(FileFault, match="broken"):
        decode(broken)
