"""From a file of features to figures with method and coverage, or to a refusal in words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from build_helpers import indicator

from geodata.errors import FileFault, InvalidInput, PortalError
from geodata.i18n import Text
from geodata.vectors.feature_filter import FeatureFilter, parse_filter
from geodata.vectors.unit_figures import (
    SeatPosition,
    UnitsAtHand,
    vector_figures,
)
from geodata.vectors.vector_file import read_vector_file
from geodata.vectors.vector_recipe import Destination, VectorFigure, VectorOutcome, VectorRecipe
from tests.geodata.vector_helpers import UTM, in_cells, province, road

SHAPES = province()
TRUNK = (FeatureFilter("class", ("trunk",)),)
CORNERS = (102.0, 21.0, 104.0, 23.0)
ROADS = {"trunk": road((0, 0.5), (2, 0.5)), "minor": road((0.5, 0.5), (0.5, 2))}


def roads_file(folder: Path, crs: str | None = "EPSG:4326", **drawn: shapely.Geometry) -> Path:
    path = folder / "roads.gpkg"
    lines = drawn or ROADS
    frame = gpd.GeoDataFrame({"class": [*lines]}, geometry=[*lines.values()], crs="EPSG:4326")
    kept = frame.to_crs(crs) if crs else frame.set_crs(None, allow_override=True)
    kept.to_file(path, layer="roads", driver="GPKG")
    return path


def at_hand(**seats: SeatPosition) -> UnitsAtHand:
    frame = gpd.GeoDataFrame(
        {"unit_id": SHAPES.unit_ids}, geometry=list(SHAPES.shapes), crs="EPSG:4326"
    )
    known = {"figure": indicator("figure", "ratio", levels=("province", "commune"))}
    named = {u.unit_id: seats[f"c{u.code}"] for u in SHAPES.units if f"c{u.code}" in seats}
    return UnitsAtHand(SHAPES.units, frame, known, UTM, named)


def recipe(operation: Any, **changes: Any) -> VectorRecipe:
    figure = VectorFigure("figure", operation, **changes)
    return VectorRecipe("roads.gpkg", "", "osm", "2021", Text("x", "as drawn"), (figure,), "[x]",
                        extent=CORNERS)  # fmt: skip


def values(outcome: VectorOutcome) -> dict[str, float]:
    return {each.unit.code: each.value for each in outcome.figures}


def computed(path: Path, asked: VectorRecipe, **seats: SeatPosition) -> VectorOutcome:
    return vector_figures(asked, read_vector_file(path), at_hand(**seats))


def test_only_the_features_that_are_meant_give_the_figure(tmp_path: Path) -> None:
    path = roads_file(tmp_path)
    main, every = (values(computed(path, recipe("length", where=w))) for w in (TRUNK, ()))
    assert main["00003"] == 0
    assert every["00003"] > 10
    assert main["12"] == pytest.approx(20.65, abs=0.05)


def test_the_same_lines_in_another_system_give_the_same_lengths(tmp_path: Path) -> None:
    degrees = values(computed(roads_file(tmp_path), recipe("length")))
    for crs in ("EPSG:9205", "EPSG:3857"):
        metres = values(computed(roads_file(tmp_path, crs), recipe("length")))
        assert metres == pytest.approx(degrees, abs=2e-3), crs


def test_a_figure_says_how_it_was_computed_and_what_it_covers(tmp_path: Path) -> None:
    about = {"where": TRUNK, "subject": Text("quốc lộ", "trunk roads")}
    [first, *_] = computed(roads_file(tmp_path), recipe("density", **about)).figures
    assert first.method.en == (
        "Length of trunk roads in the unit, cut at its border, measured on the ellipsoid, for"
        " 100 km² of the drawn shape; as drawn"
    )
    assert "quốc lộ" in first.method.vi
    assert first.coverage == 1


def test_density_is_the_length_over_the_area_of_the_shape(tmp_path: Path) -> None:
    path = roads_file(tmp_path)
    lengths, densities = (values(computed(path, recipe(o))) for o in ("length", "density"))
    areas = dict(zip((u.code for u in SHAPES.units), SHAPES.areas_km2(), strict=True))
    for code, density in densities.items():
        assert density == pytest.approx(100 * lengths[code] / areas[code], abs=1e-3)


def test_a_unit_outside_the_area_of_the_layer_gets_no_figure_and_is_told(tmp_path: Path) -> None:
    west = (*in_cells(-1, -1), *in_cells(1, 3))
    outcome = computed(roads_file(tmp_path), replace(recipe("length"), extent=west))
    assert sorted(values(outcome)) == ["00001", "00003"]
    halves = [each for each in outcome.left_out if each.unit.code == "12"]
    assert "50.0%" in Text.of(halves[0].why).en


def test_no_point_in_an_incomplete_list_is_not_none(tmp_path: Path) -> None:
    points = {"school": shapely.Point(in_cells(0.5, 0.5)), "inn": shapely.Point(in_cells(1.5, 0.5))}
    path = roads_file(tmp_path, **points)
    school = {"where": (FeatureFilter("class", ("school",)),)}
    partial, whole = (computed(path, recipe("count", complete=c, **school)) for c in (False, True))
    assert values(partial) == {"00001": 1, "00010": 1, "12": 1}
    assert values(whole)["00002"] == 0
    told = {each.unit.code: Text.of(each.why).en for each in partial.left_out}
    assert told["00002"] == "none is in the list, which is not complete"


def test_the_way_starts_at_the_seat_and_a_doubt_about_it_goes_along(tmp_path: Path) -> None:
    doubt = Text("vị trí theo sổ", "by the register")
    seats = {
        "c00001": SeatPosition(in_cells(0.5, 0.55)),
        "c00003": SeatPosition(in_cells(0.5, 1.5), doubt),
    }
    to = Destination(lonlat=in_cells(2, 0.5), name=Text("thị xã", "the town"))
    outcome = computed(roads_file(tmp_path), recipe("nearest", network=True, to=to), **seats)
    found = {each.unit.code: each for each in outcome.figures}
    assert sorted(found) == ["00001", "00003"]
    assert found["00003"].value == pytest.approx(11.07 + 15.48, abs=0.05)
    assert (found["00001"].doubt.en, found["00003"].doubt) == ("", doubt)
    assert "the town" in found["00001"].method.en
    told = {each.unit.code: Text.of(each.why).en for each in outcome.left_out}
    assert told["00002"] == "the position of its seat is not known"


def test_the_mean_way_from_the_roads_needs_no_seat_and_says_what_it_covers(tmp_path: Path) -> None:
    island = road((0.2, 1.8), (0.4, 1.8))
    path = roads_file(tmp_path, **ROADS, island=island)
    to = Destination(lonlat=in_cells(2, 0.5), name=Text("thị xã", "the town"))
    asked = recipe("nearest", network=True, start="network", to=to)
    found = {each.unit.code: each for each in computed(path, asked).figures}
    assert sorted(found) == ["00001", "00002", "00003", "00010", "00011", "12"]
    assert found["00002"].value == pytest.approx(10.32 / 2, abs=0.02)
    assert found["00003"].value == pytest.approx(15.48 + 5.54 + 11.07 / 2, abs=0.05)
    assert found["00003"].coverage == pytest.approx(11.07 / (11.07 + 2.06), abs=0.005)
    assert found["00002"].method.en.startswith("Mean of the shortest ways to the town along")
    strict = replace(asked, statistics=(replace(asked.statistics[0], min_led=0.9),))
    told = {each.unit.code: Text.of(each.why).en for each in computed(path, strict).left_out}
    assert told["00003"].startswith("from only 84.")
    assert told["00004"] == "no line in it leads there"


def test_a_straight_distance_needs_no_network(tmp_path: Path) -> None:
    seat = SeatPosition(in_cells(0.5, 1.5))
    outcome = computed(roads_file(tmp_path), recipe("nearest", where=TRUNK), c00003=seat)
    assert values(outcome) == {"00003": pytest.approx(11.07, abs=0.01)}


def test_geojson_shapefile_and_kml_are_read_as_well(tmp_path: Path) -> None:
    expected = values(computed(roads_file(tmp_path), recipe("length")))
    frame = gpd.GeoDataFrame({"class": [*ROADS]}, geometry=[*ROADS.values()], crs="EPSG:4326")
    frame.to_file(tmp_path / "roads.geojson", driver="GeoJSON")
    assert values(computed(tmp_path / "roads.geojson", recipe("length"))) == pytest.approx(expected)


REFUSED: dict[str, tuple[VectorRecipe, str]] = {
    "class": (recipe("length", where=(FeatureFilter("class", ("trnk",)),)), "trunk"),
    "column": (recipe("length", where=(FeatureFilter("kind", ("trunk",)),)), "class"),
    "points": (recipe("count"), "LineString"),
    "distance": (recipe("share_within"), "share_within"),
    "network": (recipe("length", network=True), "nearest"),
    "start": (recipe("nearest", start="network"), "goes along one"),
    "destination": (recipe("nearest", network=True), "destination"),
    "extent": (replace(recipe("length"), extent=(104.0, 21.0, 102.0, 23.0)), "west, south"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_computed_is_refused_with_words(name: str, tmp_path: Path) -> None:
    asked, said = REFUSED[name]
    with pytest.raises(PortalError) as refused:
        computed(roads_file(tmp_path), asked)
    assert said in refused.value.message("en")
    assert refused.value.message("vi") != refused.value.message("en")


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_layer_without_a_system_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileFault, match="no such coordinate system"):
        read_vector_file(roads_file(tmp_path, None))


def test_a_layer_of_another_place_is_refused(tmp_path: Path) -> None:
    path = roads_file(tmp_path, trunk=shapely.LineString([(10, 50), (11, 51)]))
    with pytest.raises(FileFault, match="outside the area") as refused:
        computed(path, recipe("length"))
    assert "10.000, 50.000" in refused.value.message("en")


def test_coordinates_of_another_system_are_refused(tmp_path: Path) -> None:
    feature = {
        "type": "Feature",
        "properties": {"class": "trunk"},
        "geometry": {"type": "LineString", "coordinates": [[500000, 2400000], [500100, 2400000]]},
    }
    path = tmp_path / "metres.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with pytest.raises(FileFault, match="do not fit") as refused:
        read_vector_file(path)
    assert "metres.geojson:1" in refused.value.message("en")


def test_a_file_of_several_layers_needs_the_name_of_one(tmp_path: Path) -> None:
    path = roads_file(tmp_path)
    gpd.read_file(path).to_file(path, layer="rivers", driver="GPKG")
    with pytest.raises(FileFault, match="layer") as refused:
        read_vector_file(path)
    assert "rivers" in refused.value.message("en")
    assert len(read_vector_file(path, "rivers").rows) == 2


def test_a_table_is_no_layer(tmp_path: Path) -> None:
    path = tmp_path / "roads.csv"
    path.write_text("class\ntrunk\n", encoding="utf-8")
    with pytest.raises(FileFault, match="no shapes"):
        read_vector_file(path)


@pytest.mark.parametrize("text", ["class", "=trunk", "class=", "class= , "])
def test_a_filter_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="COLUMN=VALUE"):
        parse_filter(text)


def test_a_filter_names_a_column_and_its_values() -> None:
    found = parse_filter("CLASS=trunk, primary")
    assert (found.column, found.values) == ("CLASS", ("trunk", "primary"))
    assert found.words == "CLASS=trunk,primary"
