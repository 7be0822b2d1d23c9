"""KML and zipped shapefiles give the features that GDAL reads, and no more than is allowed."""

from __future__ import annotations

import random
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import FileFault
from geodata.point_tables.table_file import read_table_file
from geodata.readers.kml import read_kml
from geodata.readers.limits import DEFAULT_LIMITS, Limits
from geodata.readers.shapefile import read_shapefile
from geodata.villages.village_headings import VILLAGE_VOCABULARY

HOLE = shapely.Polygon([(103, 22), (104, 22), (104, 23), (103, 23)],
                       [[(103.2, 22.2), (103.4, 22.2), (103.4, 22.4), (103.2, 22.4)]])  # fmt: skip
PARTS = shapely.MultiPolygon([HOLE, shapely.box(105, 22, 105.5, 22.5)])
SHAPES = {
    "points": [shapely.Point(103.3, 22.1), shapely.Point(103.4, 22.2)],
    "polygons": [HOLE, PARTS],
    "lines": [shapely.LineString([(103, 22), (104, 23), (105, 22)])] * 2,
    "points of many": [shapely.MultiPoint([(103, 22), (104, 23)])] * 2,
    "heights": [shapely.Point(103.3, 22.1, 900), shapely.Point(103.4, 22.2, 800)],
}


def zipped(folder: Path, frame: gpd.GeoDataFrame, **options: str) -> Path:
    made = folder / "made"
    made.mkdir(exist_ok=True)
    frame.to_file(made / "Bản.shp", **options)
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        for part in sorted(made.iterdir()):
            archive.write(part, f"dữ liệu/{part.name}")
    return folder / "b.zip"


def frame_of(shapes: list[shapely.Geometry], crs: int = 4326) -> gpd.GeoDataFrame:
    fields = {"Ten ban": ["Bản Nà Cà", "Bản Bo"], "Dan so": [210, 640], "Ty le": [1.5, 2.25]}
    return gpd.GeoDataFrame(fields, geometry=shapes, crs=crs)


def one_more(limits: dict[str, int]) -> Limits:
    return replace(DEFAULT_LIMITS, **{name: most + 1 for name, most in limits.items()})


def refused(read, path: Path, **limits: int) -> FileFault:
    with pytest.raises(FileFault) as found:
        read(path, replace(DEFAULT_LIMITS, **limits))
    assert all(found.value.message(language) for language in ("vi", "en"))
    return found.value


@pytest.mark.parametrize("kind", SHAPES)
def test_a_zipped_shapefile_gives_the_shapes_and_fields_that_were_written(tmp_path, kind) -> None:
    layer = read_shapefile(zipped(tmp_path, frame_of(SHAPES[kind])), DEFAULT_LIMITS)
    assert layer.name == "Bản"
    assert layer.crs == "EPSG:4326"
    assert [list(f.fields.values()) for f in layer.features] == [
        ["Bản Nà Cà", 210, 1.5],
        ["Bản Bo", 640, 2.25],
    ]
    for feature, shape in zip(layer.features, SHAPES[kind], strict=True):
        assert feature.shape is not None
        assert feature.shape.equals(shapely.force_2d(shape))


def test_a_plane_and_missing_shapes_are_known(tmp_path) -> None:
    frame = gpd.GeoDataFrame(
        {"name": ["A", "B"]}, geometry=[shapely.Point(532308, 2443106), None], crs=9205
    )
    layer = read_shapefile(zipped(tmp_path, frame), DEFAULT_LIMITS)
    assert layer.features[1].shape is None
    table = read_table_file(tmp_path / "b.zip", VILLAGE_VOCABULARY)
    assert [row.cells["name"] for row in table.rows] == ["A", "B"]


def changed(path: Path, suffix: str, content: bytes | None) -> Path:
    """The archive with one part changed, or without it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    hit = next(name for name in parts if name.endswith(suffix))
    if content is None:
        del parts[hit]
    else:
        parts[hit] = content
    with zipfile.ZipFile(path, "w") as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return path


@pytest.mark.parametrize(
    ("raw", "name"),
    [("B¶n Nµ C¸".encode("latin-1"), "Bản Nà Cá"), ("Baûn Naø Caù".encode("latin-1"), "Bản Nà Cá"),
     ("Bản Nà Cá".encode(), "Bản Nà Cá"), ("Ba\u0309n Na\u0300".encode("cp1258"), "Bản Nà")],
)  # fmt: skip
def test_texts_of_old_encodings_are_read(tmp_path, raw: bytes, name: str) -> None:
    plain = frame_of(SHAPES["points"]).assign(**{"Ten ban": ["A", "B"]})
    path = zipped(tmp_path, plain, encoding="ISO-8859-1")
    with zipfile.ZipFile(path) as archive:
        table = archive.read(next(n for n in archive.namelist() if n.endswith(".dbf")))
    start, length = struct.unpack_from("<HH", table, 8)
    for number in range(2):
        at = start + number * length + 1
        table = table[:at] + raw.ljust(80) + table[at + 80 :]
    layer = read_shapefile(changed(path, ".dbf", table), DEFAULT_LIMITS)
    assert [f.fields["Ten ban"] for f in layer.features] == [name, name]


@pytest.mark.parametrize(
    ("suffix", "content"),
    [(".shp", None), (".dbf", None), (".prj", None), (".shp", b""), (".dbf", b"\3" * 20),
     (".prj", b"x"), (".shp", b"\0\0\x27\x0a" + b"\0" * 200)],
)  # fmt: skip
def test_a_shapefile_without_a_sound_part_is_refused(tmp_path, suffix: str, content) -> None:
    path = changed(zipped(tmp_path, frame_of(SHAPES["points"])), suffix, content)
    assert refused(read_shapefile, path).where.startswith("b.zip")


@pytest.mark.parametrize("limits", [{"rows": 1}, {"columns": 2}, {"cells": 5}, {"positions": 1}])
def test_a_shapefile_beyond_the_limits_is_refused_and_one_at_them_read(tmp_path, limits) -> None:
    path = zipped(tmp_path, frame_of(SHAPES["points"]))
    assert refused(read_shapefile, path, **limits).allowed
    assert len(read_shapefile(path, one_more(limits)).features) == 2


@pytest.mark.slow
def test_broken_shapefiles_are_read_or_refused_in_words(tmp_path) -> None:
    path = zipped(tmp_path, frame_of(SHAPES["polygons"]))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rng, refusals = random.Random("shp"), 0
    for _ in range(300):
        suffix = rng.choice([".shp", ".dbf", ".prj"])
        raw = bytearray(next(raw for name, raw in parts.items() if name.endswith(suffix)))
        for _ in range(rng.randint(1, 8)):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
        try:
            read_shapefile(changed(path, suffix, bytes(raw)), DEFAULT_LIMITS)
        except FileFault as fault:
            refusals += bool(fault.message("vi") and fault.message("en"))
        with zipfile.ZipFile(path, "w") as archive:
            for name, whole in parts.items():
                archive.writestr(name, whole)
    assert refusals > 30


KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<name>Bản đồ</name><NetworkLink><Link><href>file:///etc/passwd</href></Link></NetworkLink>
<Folder><Placemark><name>Bản Nà Cà</name><ExtendedData><Data name="Dân số"><value>210</value></Data>
</ExtendedData>{}</Placemark></Folder></Document></kml>"""
POINT = "<Point><coordinates>103.3,22.1,900</coordinates></Point>"
RING = "<LinearRing><coordinates>103,22 104,22 104,23 103,22</coordinates></LinearRing>"
AREA = f"<Polygon><outerBoundaryIs>{RING}</outerBoundaryIs></Polygon>"


def kml(folder: Path, shape: str, name: str = "b.kml") -> Path:
    (folder / name).write_text(KML.format(shape), encoding="utf-8")
    return folder / name


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (POINT, shapely.Point(103.3, 22.1)),
        (AREA, shapely.Polygon([(103, 22), (104, 22), (104, 23)])),
        (f"<MultiGeometry>{AREA}{AREA}</MultiGeometry>",
         shapely.MultiPolygon([shapely.Polygon([(103, 22), (104, 22), (104, 23)])] * 2)),
        ("<LineString><coordinates>\n 103,22\n104,23 </coordinates></LineString>",
         shapely.LineString([(103, 22), (104, 23)])),
    ],
)  # fmt: skip
def test_placemarks_are_read_with_their_fields(tmp_path, shape: str, expected) -> None:
    layer = read_kml(kml(tmp_path, shape), DEFAULT_LIMITS)
    (feature,) = layer.features
    assert feature.fields == {"name": "Bản Nà Cà", "Dân số": "210"}
    assert feature.shape == expected
    with zipfile.ZipFile(tmp_path / "b.kmz", "w") as archive:
        archive.write(tmp_path / "b.kml", "doc.kml")
    assert read_kml(tmp_path / "b.kmz", DEFAULT_LIMITS).features == layer.features


def test_a_list_of_villages_may_be_kml(tmp_path) -> None:
    (row,) = read_table_file(kml(tmp_path, POINT), VILLAGE_VOCABULARY).rows
    assert (row.cells["name"], row.shape) == ("Bản Nà Cà", shapely.Point(103.3, 22.1))


@pytest.mark.parametrize(
    "shape",
    [
        "<Point><coordinates>x,y</coordinates></Point>",
        "<Point><coordinates>1,2 3,4</coordinates></Point>",
        "<Point><coordinates>nan,inf</coordinates></Point>",
        "<Point><coordinates>1e999,2</coordinates></Point>",
        "<LineString><coordinates>1,2</coordinates></LineString>",
        AREA.replace("103,22</c", "103,29</c"),
        f"<MultiGeometry>{POINT}{AREA}</MultiGeometry>",
        "<Point>" * 99,
        "&none;",
    ],
)
def test_what_is_no_shape_is_refused_in_words(tmp_path, shape: str) -> None:
    assert refused(read_kml, kml(tmp_path, shape)).where


@pytest.mark.parametrize(
    "limits", [{"rows": 0}, {"columns": 1}, {"positions": 3}, {"elements": 15}]
)
def test_placemarks_beyond_the_limits_are_refused_and_those_at_them_read(tmp_path, limits) -> None:
    path = kml(tmp_path, AREA)
    assert refused(read_kml, path, **limits).allowed
    assert len(read_kml(path, one_more(limits)).features) == 1


@given(st.text("<>/Polygnitcrds,.0123 ", max_size=80))
def test_whatever_stands_in_a_placemark_is_read_or_refused(tmp_path_factory, text: str) -> None:
    path = kml(tmp_path_factory.mktemp("k"), text)
    try:
        assert len(read_kml(path, DEFAULT_LIMITS).features) == 1
    except FileFault as fault:
        said = fault.message("vi")
    else:
        said = "read"
    assert said
