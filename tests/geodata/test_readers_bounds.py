"""Small files that unfold to large ones: each is read or refused within 10 s and 300 MiB."""

from __future__ import annotations

import json
import sqlite3
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
from ods_files import number_cell, ods, row, table, text_cell
from pyproj import CRS
from xls_files import compound, font, number, record, xls

ROOT = Path(__file__).parents[2]
MOST_SECONDS, MOST_MEBIBYTES = 10.0, 300.0
HEAD = "Tên bản,Dân số\n"

Put = Callable[[Path], object]

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(
        not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc"
    ),
]


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEXTS = f"<sst {MAIN}><si><t>Tên bản</t></si><si><t>Bản A</t></si></sst>"


def workbook(path: Path, sheet: str | bytes = b"", strings: str = TEXTS, styles: str = "") -> None:
    """A workbook of one sheet whose parts are what they are told to be."""
    relation = '<Relationship Id="r{0}" Type="{1}/{2}" Target="{2}.xml"/>'
    kinds = enumerate(("worksheet", "sharedStrings", "styles"), 1)
    listed = "".join(relation.format(n, OFFICE, kind) for n, kind in kinds)
    entry = f'<sheets xmlns:r="{OFFICE}"><sheet name="A" sheetId="1" r:id="r1"/></sheets>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        first = relation.format(1, OFFICE, "officeDocument")
        archive.writestr("_rels/.rels", f"<Relationships>{first}</Relationships>")
        archive.writestr("_rels/officeDocument.xml.rels", f"<R>{listed}</R>")
        archive.writestr("officeDocument.xml", f"<workbook {MAIN}>{entry}</workbook>")
        archive.writestr("worksheet.xml", sheet or f"<worksheet {MAIN}/>")
        archive.writestr("sharedStrings.xml", strings)
        archive.writestr("styles.xml", styles or f"<styleSheet {MAIN}/>")


def sheet(rows: str) -> str:
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"


def collection(*features: str, more: str = "") -> str:
    return f'{{"type":"FeatureCollection",{more}"features":[{",".join(features)}]}}'


METRES = '"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32648"}},'


def polygons(path: Path, shapes: list[shapely.Geometry]) -> None:
    """Polygons in metres as GeoJSON."""
    features = [
        f'{{"type":"Feature","properties":{{"name":"Bản {n}"}},"geometry":{shapely.to_geojson(s)}}}'
        for n, s in enumerate(shapes)
    ]
    path.write_text(collection(*features, more=METRES), encoding="utf-8")


def zigzag(teeth: int, upright: bool) -> shapely.Polygon:
    """A saw of so many teeth over the square of 100 km."""
    along = np.linspace(0, 1e5, 2 * teeth + 1)
    across = np.where(np.arange(2 * teeth + 1) % 2, 1e5, 1e3)
    xy = np.column_stack([across, along])
    xy = np.vstack([[0.0, 0.0], xy, [0.0, 1e5]])
    return shapely.Polygon(xy[:, ::-1] if upright else xy)


def geopackage(path: Path, rows: int, fill: Callable[[sqlite3.Connection], object]) -> None:
    """A GeoPackage of points whose tables are then changed."""
    point = b"GP\0\1" + struct.pack("<i", 4326) + struct.pack("<BIdd", 1, 1, 103.3, 22.1)
    with sqlite3.connect(path) as made:
        made.executescript(
            "CREATE TABLE gpkg_spatial_ref_sys(srs_name, srs_id, organization,"
            " organization_coordsys_id, definition);"
            "INSERT INTO gpkg_spatial_ref_sys VALUES('WGS 84', 4326, 'EPSG', 4326, '');"
            "CREATE TABLE gpkg_contents(table_name, data_type);"
            "INSERT INTO gpkg_contents VALUES('b', 'features');"
            "CREATE TABLE gpkg_geometry_columns(table_name, column_name, srs_id);"
            "INSERT INTO gpkg_geometry_columns VALUES('b', 'geom', 4326);"
            "CREATE TABLE b(fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
        )
        made.executemany("INSERT INTO b(geom, name) VALUES(?, 'A')", [(point,)] * rows)
        fill(made)
    made.close()


def many_views(made: sqlite3.Connection) -> None:
    made.execute("PRAGMA writable_schema = ON")
    made.executemany(
        "INSERT INTO sqlite_master VALUES('view', ?, ?, 0, ?)",
        ((f"v{n}", f"v{n}", f"CREATE VIEW v{n} AS SELECT 1") for n in range(200_000)),
    )


def many_columns(made: sqlite3.Connection) -> None:
    columns = ", ".join(f"c{n}" for n in range(1_990))
    made.executescript(f"DROP TABLE b; CREATE TABLE b(fid INTEGER PRIMARY KEY, geom, {columns})")
    made.execute("INSERT INTO b(geom) VALUES(NULL)")


def deep_collection(made: sqlite3.Connection) -> None:
    depth = 1_000_000
    shape = struct.pack("<BII", 1, 7, 1) * depth + struct.pack("<BII", 1, 7, 0)
    made.execute("UPDATE b SET geom = ?", (b"GP\0\1" + struct.pack("<i", 4326) + shape,))


def slow_column(made: sqlite3.Connection) -> None:
    made.executescript(
        "DROP TABLE b; CREATE TABLE b(fid INTEGER PRIMARY KEY, geom BLOB,"
        " name TEXT AS (hex(zeroblob(9000000))));"
    )
    made.executemany("INSERT INTO b(geom) VALUES(NULL)", [()] * 3)


def packed(size: int, piece: bytes = b" " * 65_536) -> Put:
    """A workbook whose sheet unpacks to so many bytes."""

    def put(path: Path) -> None:
        start = sheet("").encode().removesuffix(b"</sheetData></worksheet>")
        workbook(path, sheet=start + piece * (size // len(piece)))

    return put


def text(content: Callable[[], str | bytes]) -> Put:
    """A file of this content, which is made when the file is: together they are half a gigabyte."""

    def put(path: Path) -> None:
        made = content()
        path.write_bytes(made if isinstance(made, bytes) else made.encode())

    return put


def feature(properties: str, geometry: str = "null") -> str:
    return f'{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}'


def entities() -> str:
    levels = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)]
    rows = '<row><c t="inlineStr"><is><t>&e9;</t></is></c></row>'
    return f'<!DOCTYPE worksheet [<!ENTITY e0 "lol">{"".join(levels)}]>' + sheet(rows)


MARKS = "e" + "\u0301\u0323" * 16_000

FILES: dict[str, Put] = {
    "40,000 columns.csv": text(lambda: ",".join(f"c{n}" for n in range(40_000)) + "\n"),
    "49 MB of commas.csv": text(lambda: b"," * 49_000_000),
    "49 MB of commas in lines.csv": text(lambda: HEAD.encode() + b",,,,,,,\n" * 6_000_000),
    "49 MB of one cell.csv": text(lambda: b"a" * 49_000_000),
    "an open quote.csv": text(lambda: b'Ten ban\n"' + b"a\n" * 20_000_000),
    "49 MB of blank lines.csv": text(lambda: b"\n" * 49_000_000),
    "marks out of order.csv": text(lambda: "Tên bản\n" + f"{MARKS}\n" * 300),
    "sheets 999,000 cells.csv": text(lambda: (",".join(["Nà Cà"] * 50) + "\n") * 19_980),
    "a far row.xlsx": lambda path: workbook(path, sheet=sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c>'
        "</row>")),
    "far rows without content.xlsx": lambda path: workbook(path, sheet=sheet(
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="1"/></row>')),
    "many rows.xlsx": lambda path: workbook(path, sheet=sheet("<row/>" * 2_000_000)),
    "many rows of content.xlsx": lambda path: workbook(
        path, sheet=sheet("<row><c><v>1</v></c></row>" * 1_000_000)),
    "many empty cells.xlsx": lambda path: workbook(
        path, sheet=sheet(("<row>" + "<c/>" * 16_000 + "</row>") * 400)),
    "one text in all cells.xlsx": lambda path: workbook(
        path, sheet=sheet(("<row>" + '<c t="s"><v>0</v></c>' * 400 + "</row>") * 2_000),
        strings=f"<sst {MAIN}><si><t>{'a' * 32_000}</t></si></sst>"),
    "many texts.xlsx": lambda path: workbook(
        path, strings=f"<sst {MAIN}>{'<si><t>a</t></si>' * 1_500_000}</sst>"),
    "a long tag.xlsx": lambda path: workbook(
        path, sheet=sheet(f'<row a="{"x" * 50_000_000}"/>')),
    "many formats.xlsx": lambda path: workbook(
        path, styles=f"<styleSheet {MAIN}><cellXfs>{'<xf/>' * 2_000_000}</cellXfs></styleSheet>"),
    "nested.xlsx": lambda path: workbook(path, sheet=sheet("<a>" * 1_000_000)),
    "100 MB unpacked.xlsx": packed(100_000_000),
    "130 MB unpacked.xlsx": packed(130_000_000, b" " * 1_000_000),
    "entities.xlsx": lambda path: workbook(path, sheet=entities()),
    "sheets 999,000 cells.xlsx": lambda path: workbook(
        path, sheet=sheet(("<row>" + "<c><v>1.5</v></c>" * 50 + "</row>") * 19_980)),
    "many properties.geojson": text(
        lambda: collection(feature(",".join(f'"c{n}":1' for n in range(70_000))))),
    "other properties in each.geojson": text(
        lambda: collection(*(feature(f'"c{n}":1') for n in range(4_900)))),
    "25 MB of positions.geojson": text(lambda: collection(feature(
        '"name":"A"', f'{{"type":"LineString","coordinates":[{"[1,2]," * 4_000_000}[1,2]]}}'))),
    "25 MB of lists.geojson": text(lambda: '{"features":[' + "[]," * 8_000_000 + "[]]}"),
    "25 MB of objects.geojson": text(lambda: '{"features":[' + "{}," * 8_000_000 + "{}]}"),
    "25 MB of small texts.geojson": text(lambda: '{"a":[' + '"ab",' * 2_400_000 + '"😀"]}'),
    "nested.geojson": text(lambda: '{"a":' * 1_000_000),
    "nested lists.geojson": text(lambda: '{"a":' + "[" * 1_000_000),
    "zigzags.geojson": lambda path: polygons(path, [zigzag(2_000, True), zigzag(2_000, False)]),
    "large zigzags.geojson": lambda path: polygons(
        path, [zigzag(90_000, True), zigzag(90_000, False)]),
    "a zigzag that crosses itself.geojson": lambda path: polygons(
        path, [shapely.Polygon(np.random.default_rng(1).uniform(0, 1e5, (100_000, 2)))]),
    "3,000 overlapping.geojson": lambda path: polygons(
        path, [shapely.box(n, n, 9e4 + n, 9e4 + n) for n in range(3_000)]),
    "3,000 in each other.geojson": lambda path: polygons(
        path, [shapely.box(n, n, 1e5 - n, 1e5 - n) for n in range(3_000)]),
    "300 in each other.geojson": lambda path: polygons(
        path, [shapely.Point(5e4, 5e4).buffer(4e4 - 100 * n, 400) for n in range(300)]),
    "rows without end.gpkg": lambda path: geopackage(path, 200_000, lambda made: None),
    "200,000 views.gpkg": lambda path: geopackage(path, 1, many_views),
    "1,990 columns.gpkg": lambda path: geopackage(path, 1, many_columns),
    "collections in collections.gpkg": lambda path: geopackage(path, 1, deep_collection),
    "a computed column.gpkg": lambda path: geopackage(path, 1, slow_column),
    "a 40 MB shape.gpkg": lambda path: geopackage(path, 1, lambda made: made.execute(
        "UPDATE b SET geom = zeroblob(40000000)")),
}  # fmt: skip


XLS_TEXTS = struct.pack("<II", 9, 9) + struct.pack("<HBH", 1, 8, 50_000) + b"a" + b"\0" * 8_000
CELL_ODS = ' table:number-columns-repeated="{}"'
ROW_ODS = ' table:number-rows-repeated="{}"'


def xls_sheet(path: Path, content: bytes, more: bytes = b"") -> None:
    xls(path, ("A", content), more=more)


FILES |= {
    "sheets 999,000 cells.xls": lambda path: xls(
        path, ("A", b"".join(number(r, c, 1.5) for r in range(19_980) for c in range(50)))),
    "far cells in all rows.xls": lambda path: xls_sheet(
        path, b"".join(number(r, 255, 1) for r in range(20_000))),
    "10 million empty records.xls": lambda path: xls_sheet(path, record(0x5D) * 10_000_000),
    "runs of a text.xls": lambda path: xls_sheet(
        path, b"", record(0xFC, XLS_TEXTS) + record(0x3C, b"\0" * 8_000) * 5_000),
    "many texts.xls": lambda path: xls_sheet(
        path, b"", record(0xFC, struct.pack("<II", 10**9, 10**9))
        + record(0x3C, b"\1\0\0a" * 2_000) * 5_000),
    "many fonts.xls": lambda path: xls_sheet(path, b"", font("Arial") * 1_000_000),
    "many packed numbers.xls": lambda path: xls_sheet(
        path, record(0xBD, struct.pack("<HH", 0, 0) + b"\0" * 8_202) * 5_000),
    "sectors in a ring.xls": lambda path: path.write_bytes(
        compound(b"\0" * 40_000_000).replace(struct.pack("<I", 70_000), struct.pack("<I", 9))),
    "repeated rows.ods": lambda path: ods(path, table("A", row(
        number_cell(1, CELL_ODS.format(400)), more=ROW_ODS.format(19_000)))),
    "999,000 repeated cells.ods": lambda path: ods(path, table("A", row(
        text_cell("Nà Cà", CELL_ODS.format(50)), more=ROW_ODS.format(19_980)))),
    "many empty rows.ods": lambda path: ods(
        path, table("A", row(more=ROW_ODS.format(9)) * 1_000_000)),
    "spaces.ods": lambda path: ods(
        path, table("A", row(text_cell('<text:s text:c="30000"/>x')) * 9_999)),
    "styles in a ring.ods": lambda path: ods(path, table("A"), styles="".join(
        f'<style:style style:name="s{n}" style:family="table-cell"'
        f' style:parent-style-name="s{(n + 1) % 50_000}"/>' for n in range(50_000))),
}  # fmt: skip


def kml(placemarks: Callable[[], str]) -> Put:
    return text(lambda: f"<kml><Document>{placemarks()}</Document></kml>")


def rings(count: int) -> bytes:
    """A record of a polygon: one outer ring of many vertices and so many holes in it."""
    turn = np.linspace(0, -2 * np.pi, 50_001)
    outer = np.column_stack([np.cos(turn), np.sin(turn)]) * 60
    outer[-1] = outer[0]
    at = np.linspace(-30, 30, count)[:, np.newaxis]
    hole = np.array([[0, 0], [1e-4, 0], [1e-4, 1e-4], [0, 0]])
    holes = (at[:, :, np.newaxis] + hole).reshape(-1, 2)
    starts = [0, *range(len(outer), len(outer) + len(holes), 4)]
    body = struct.pack("<i4d2I", 5, 0, 0, 1, 1, len(starts), len(outer) + len(holes))
    body += struct.pack(f"<{len(starts)}I", *starts) + np.vstack([outer, holes]).tobytes()
    return struct.pack(">2i", 1, len(body) // 2) + body


def shapefile(path: Path, shp: bytes, dbf: bytes = b"") -> None:
    """A zipped shapefile of these records, with one field of one letter if no other table."""
    head = struct.pack(">i", 9994) + b"\0" * 96
    count = 1 if shp else 0
    table_of_one = struct.pack("<4sIHH20x", b"\3", count, 65, 2) + b"A".ljust(11, b"\0") + b"C"
    table_of_one += b"\0" * 4 + b"\1" + b"\0" * 15 + b"\r" + b" A"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("b.shp", head + shp)
        archive.writestr("b.dbf", dbf or table_of_one)
        archive.writestr("b.prj", CRS.from_epsg(4326).to_wkt("WKT1_ESRI"))


POINT, POINT_END = "<Placemark><Point><coordinates>", "</coordinates></Point></Placemark>"
MARK = "<Placemark><name>A</name></Placemark>"
FILES |= {
    "25 MB of positions.kml": kml(lambda: f"{POINT}{'1,2 ' * 6_000_000}{POINT_END}"),
    "a long word.kml": kml(lambda: f"{POINT}{'1' * 29_000_000}{POINT_END}"),
    "many placemarks.kml": kml(lambda: MARK * 600_000),
    "3,000 holes.zip": lambda path: shapefile(path, rings(3_000)),
    "null shapes.zip": lambda path: shapefile(
        path, struct.pack(">2i", 1, 2) + b"\0" * 4 + b"\0\0\0\1" * 9_000_000),
    "100 MB of one table.zip": lambda path: shapefile(
        path, b"", struct.pack("<4sIHH20x", b"\3", 19_000, 65, 5_000) + b"A".ljust(11, b"\0") + b"C"
        + b"\0" * 4 + b"\xff" + b"\0" * 15 + b"\r" + b" \xc3" * 47_500_000),
}  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Iterator[Callable[[Path], dict[str, object]]]:
    command = [sys.executable, str(ROOT / "tests" / "measured_reading.py")]
    with subprocess.Popen(
        command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as running:  # fmt: skip
        assert running.stdin is not None
        assert running.stdout is not None

        def read(path: Path) -> dict[str, object]:
            print(path, file=running.stdin, flush=True)
            lines = list(iter(lambda: running.stdout.readline().strip(), ""))
            return json.loads(lines[-1]) if lines else {"outcome": "nothing"}

        yield read
        running.stdin.close()


@pytest.mark.parametrize("name", FILES)
def test_a_file_costs_no_more_than_a_large_one(tmp_path: Path, reader, name: str) -> None:
    path = tmp_path / name
    FILES[name](path)
    found = reader(path)
    print(f"{name}: {path.stat().st_size} B, {found}", file=sys.stderr)
    path.unlink()
    assert "seconds" in found, found
    assert found["seconds"] < MOST_SECONDS, found
    assert found["mebibytes"] < MOST_MEBIBYTES, found
