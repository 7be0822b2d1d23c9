"""GeoJSON and GeoPackage as they are read, and the words for what cannot be a shape."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import FileFault
from geodata.point_tables.table_file import read_table_file
from geodata.readers.features import FeatureLayer, defined_crs
from geodata.readers.geojson import read_geojson
from geodata.readers.geometry import ShapeBuilder
from geodata.readers.geopackage import read_geopackage
from geodata.readers.limits import DEFAULT_LIMITS
from geodata.readers.wkb import read_wkb
from geodata.villages.village_headings import VILLAGE_VOCABULARY

SQUARE = [[103.0, 22.0], [103.1, 22.0], [103.1, 22.1], [103.0, 22.0]]


def geojson(folder: Path, geometry: Any, more: dict[str, Any] | None = None, **fields: Any) -> Path:
    path = folder / "b.geojson"
    feature = {"type": "Feature", "properties": fields, "geometry": geometry}
    document = {"type": "FeatureCollection", "features": [feature], **(more or {})}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def refusal(read: Callable[[], object]) -> FileFault:
    with pytest.raises(FileFault) as found:
        read()
    assert all(found.value.message(language) for language in ("vi", "en"))
    return found.value


def read(path: Path) -> FeatureLayer:
    reader = read_geopackage if path.suffix == ".gpkg" else read_geojson
    return reader(path, DEFAULT_LIMITS)


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Point", []),
        ("Point", None),
        ("Point", ["103", "22"]),
        ("Point", [103]),
        ("Point", [True, 22]),
        ("Point", [10**400, 22]),
        ("LineString", [[103, 22]]),
        ("Polygon", [[[103, 22]]]),
        ("Polygon", [[[103, 22]] * 4]),
        ("Polygon", [SQUARE[:3]]),
        ("Polygon", [[*SQUARE[:3], [103.5, 22.5]]]),
        ("Polygon", [[]]),
        ("Polygon", [7]),
        ("Polygon", SQUARE),
        ("MultiPolygon", [SQUARE]),
        ("GeometryCollection", None),
        ("CircularString", SQUARE),
        (7, SQUARE),
    ],
)
def test_what_can_be_no_shape_is_refused_with_its_feature(tmp_path, kind, coordinates) -> None:
    path = geojson(tmp_path, {"type": kind, "coordinates": coordinates}, name="A")
    if coordinates == []:
        assert read(path).features[0].shape is None
        return
    fault = refusal(lambda: read(path))
    assert fault.where.startswith("b.geojson:1 geometry")
    assert fault.remedy


def test_a_coordinate_that_is_no_number_is_no_json(tmp_path) -> None:
    path = geojson(tmp_path, {"type": "Point", "coordinates": [float("nan"), 22]})
    assert refusal(lambda: read(path)).found == "NaN"
    path.write_text(path.read_text().replace("NaN", "1e999"))
    assert "not a number" in refusal(lambda: read(path)).what["en"]


@pytest.mark.parametrize("people", [10**400, -(10**4000)])
def test_a_number_beyond_all_doubles_is_refused_with_its_field(tmp_path, people: int) -> None:
    point = {"type": "Point", "coordinates": [103.1, 22.3]}
    fault = refusal(lambda: read(geojson(tmp_path, point, people=people)))
    assert (fault.what["en"], fault.where) == ("The number is out of range", "b.geojson:1 people")
    assert len(fault.found) < 20


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "link", "properties": {"href": "http://127.0.0.1:9/crs", "type": "proj4"}},
        {"type": "link", "properties": {"href": "/etc/passwd"}},
        {"type": "name", "properties": {"name": "+proj=longlat +nadgrids=/etc/passwd"}},
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::999999"}},
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4978"}},
        {"type": "name"},
        "EPSG:4326",
    ],
)
def test_a_coordinate_system_is_known_by_name_or_refused(tmp_path, crs) -> None:
    path = geojson(tmp_path, {"type": "Point", "coordinates": [103, 22]}, {"crs": crs})
    assert refusal(lambda: read(path)).where == "b.geojson crs"


@pytest.mark.parametrize(
    "document",
    [
        {"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read secret.csv"},
        {"type": "Topology", "objects": {}, "arcs": []},
        {"type": "FeatureCollection", "features": {"a": 1}},
        {"type": "FeatureCollection", "features": [1]},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": [1]}]},
        {"features": []},
    ],
)
def test_json_of_another_kind_is_never_run_nor_followed(tmp_path, document) -> None:
    (tmp_path / "secret.csv").write_text("name,x,y\nroot,103.4,22.3\n")
    for name in ("b.json", "b.geojson"):
        (tmp_path / name).write_text(json.dumps(document))
        path = tmp_path / name
        refused = refusal(lambda path=path: read_table_file(path, VILLAGE_VOCABULARY))
        assert refused.what["en"] == "This is no GeoJSON"


def test_fields_of_every_type_are_read(tmp_path) -> None:
    fields = {"name": "Nà Cà", "n": 3, "x": 1.5, "yes": True, "none": None, "list": ["a", "b"]}
    (feature,) = read(geojson(tmp_path, None, **fields)).features
    assert feature.fields == fields | {"list": '["a", "b"]'}
    assert feature.shape is None


def test_half_a_character_is_refused_with_its_field(tmp_path) -> None:
    assert refusal(lambda: read(geojson(tmp_path, None, name="\ud800"))).where == "b.geojson:1 name"


SHAPES = {
    "Point": shapely.Point(103, 22),
    "Polygon": shapely.box(103, 22, 104, 23),
    "a hole": shapely.box(103, 22, 104, 23).difference(shapely.box(103.2, 22.2, 103.4, 22.4)),
    "MultiPolygon": shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)]),
    "MultiPoint": shapely.MultiPoint([(1, 2), (3, 4)]),
    "LineString": shapely.LineString([(1, 2), (3, 4)]),
    "MultiLineString": shapely.MultiLineString([[(1, 2), (3, 4)], [(5, 6), (7, 8)]]),
    "height": shapely.Point(103, 22, 900),
}


@pytest.mark.parametrize("suffix", ["gpkg", "geojson"])
def test_shapes_and_fields_are_read_as_geopandas_wrote_them(tmp_path, suffix: str) -> None:
    path = tmp_path / f"b.{suffix}"
    frame = gpd.GeoDataFrame(
        {"Tên": list(SHAPES), "số": range(len(SHAPES)), "x": 0.5},
        geometry=list(SHAPES.values()), crs="EPSG:9205",
    )  # fmt: skip
    frame.to_file(path)
    layer = read(path)
    assert (layer.columns, layer.crs, layer.name) == (("Tên", "số", "x"), "EPSG:9205", "b")
    for feature, shape in zip(layer.features, SHAPES.values(), strict=True):
        assert shapely.equals_exact(feature.shape, shapely.force_2d(shape), normalize=True)
        assert feature.fields["số"] == feature.number - 1


@given(st.binary(max_size=60), st.sampled_from([1, 3, 6, 1001, 3003, 0x80000006]))
def test_no_bytes_make_the_reader_of_binary_shapes_fail_without_words(rest, code) -> None:
    for data in (rest, struct.pack("<BI", 1, code) + rest):
        with suppress(FileFault):
            assert read_wkb(data, ShapeBuilder(DEFAULT_LIMITS), "x") is not None


def points(folder: Path) -> Path:
    """Two points; without the triggers of GDAL, which need functions of its own."""
    path = folder / "b.gpkg"
    shapes = [shapely.Point(103.3, 22.1), shapely.Point(103.4, 22.2)]
    gpd.GeoDataFrame({"name": ["A", "B"]}, geometry=shapes, crs=4326).to_file(path)
    with sqlite3.connect(path) as made:
        triggers = made.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            made.execute(f'DROP TRIGGER "{name}"')
    made.close()
    return path


SPOILT = {
    "PRAGMA writable_schema=ON; UPDATE sqlite_master SET sql='CREATE TABLE b(' WHERE name='b'":
        "The file cannot be read",
    "UPDATE gpkg_geometry_columns SET srs_id = -1": "The layer names no coordinate system",
    "UPDATE gpkg_geometry_columns SET srs_id = 'x'": "The layer names no coordinate system",
    "UPDATE gpkg_geometry_columns SET srs_id = 77777": "The layer names no coordinate system",
    "UPDATE gpkg_spatial_ref_sys SET organization_coordsys_id = 99 WHERE srs_id = 4326":
        "There is no such coordinate system",
    "UPDATE b SET name = CAST(x'42e16e' AS TEXT) WHERE fid = 2": "The text is not UTF-8",
    "UPDATE b SET name = x'4200'": "The cell is neither text nor a number",
    "UPDATE b SET geom = x'4750'": "The shape is cut off",
    "UPDATE b SET geom = 'POINT(1 2)'": "This is no GeoPackage shape",
    "DELETE FROM gpkg_contents": "The layer has no shapes",
    "UPDATE gpkg_contents SET table_name = 'other'": "The file cannot be read",
    "DROP TABLE gpkg_geometry_columns": "The file cannot be read",
    "ALTER TABLE b RENAME TO c; CREATE VIEW b AS SELECT * FROM c":
        "The layer is no table of its own",
    "ALTER TABLE gpkg_contents RENAME TO c;"
    "CREATE VIEW gpkg_contents AS SELECT load_extension('/tmp/x') AS table_name, * FROM c":
        "The layer is no table of its own",
    "DROP TABLE b; CREATE VIRTUAL TABLE b USING rtree(fid, name, geom)":
        "The layer is no table of its own",
}  # fmt: skip


@pytest.mark.parametrize("change", SPOILT)
def test_a_geopackage_made_wrong_is_refused_in_words(tmp_path, change: str) -> None:
    path = points(tmp_path)
    with sqlite3.connect(path) as made:
        made.executescript(change)
    made.close()
    assert refusal(lambda: read(path)).what["en"] == SPOILT[change]


def test_text_that_is_not_utf8_is_refused_with_row_and_field(tmp_path) -> None:
    path = points(tmp_path)
    with sqlite3.connect(path) as made:
        made.execute("UPDATE b SET name = CAST(x'42e16e' AS TEXT) WHERE fid = 2")
    made.close()
    fault = refusal(lambda: read(path))
    assert (fault.where, fault.found) == ("b.gpkg:2 name", r"B\xe1n")


def test_a_geopackage_open_elsewhere_is_not_read_half(tmp_path) -> None:
    path = points(tmp_path)
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("UPDATE b SET name = 'C'")
        other.commit()
        assert "open in another program" in refusal(lambda: read(path)).what["en"]
    other.close()


def test_reading_a_geopackage_changes_nothing_beside_it(tmp_path) -> None:
    path = points(tmp_path)
    before = path.read_bytes()
    assert [feature.fields for feature in read(path).features] == [{"name": "A"}, {"name": "B"}]
    assert [other.name for other in tmp_path.iterdir()] == ["b.gpkg"]
    assert path.read_bytes() == before


def test_a_definition_that_leads_to_a_file_is_not_taken() -> None:
    vn = unlisted_system()
    assert defined_crs(vn, "x")
    grid = vn.replace('"Mine"', '"Mine",EXTENSION["PROJ4","+proj=longlat +nadgrids=/etc/passwd"]')
    assert refusal(lambda: defined_crs(grid, "x")).where == "x"


def unlisted_system() -> str:
    """A geographic system of nobody's list."""
    return (
        'GEOGCS["Mine",DATUM["Mine",SPHEROID["Mine",6378137,298.3]],PRIMEM["Greenwich",0],'
        'UNIT["degree",0.0174532925199433]]'
    )


@pytest.mark.parametrize("suffix", ["gpkg", "geojson"])
@pytest.mark.parametrize(("limit", "most"), [("rows", 1), ("columns", 1), ("positions", 9)])
def test_layers_are_bounded(tmp_path, suffix: str, limit: str, most: int) -> None:
    rings = [shapely.box(0, 0, 1, 1).boundary] * 2
    frame = gpd.GeoDataFrame({"a": [1, 2], "b": [3, 4]}, geometry=rings, crs=4326)
    frame.to_file(tmp_path / f"b.{suffix}")
    reader = read_geopackage if suffix == "gpkg" else read_geojson
    limits = replace(DEFAULT_LIMITS, **{limit: most})
    fault = refusal(lambda: reader(tmp_path / f"b.{suffix}", limits))
    assert fault.allowed_text("en") == f"≤ {most}"
    enough = replace(DEFAULT_LIMITS, **{limit: most + 1})
    assert len(reader(tmp_path / f"b.{suffix}", enough).features) == 2


@pytest.mark.parametrize("kind", [2, 3, 4, 5, 6])
def test_a_count_beyond_the_end_of_the_bytes_is_a_shape_cut_off(kind) -> None:
    # Said before anything is counted or taken, however many parts the bytes claim.
    data = struct.pack("<BII", 1, kind, 4_000_000_000) + bytes(64)
    builder = ShapeBuilder(DEFAULT_LIMITS)
    fault = refusal(lambda: read_wkb(data, builder, "b.gpkg"))
    assert "The shape is cut off" in fault.message("en")
    assert builder.positions == 0
