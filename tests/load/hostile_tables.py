"""Hostile files of villages, by families: generated, never kept."""

from __future__ import annotations

import io
import json
import random
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import shapely

from tests.load.villages import HEADINGS, Commune, as_csv, rows

CUTS, FLIPS, INSERTS = 20, 25, 12
CELLS = (
    "", " ", "-5", "1e308", "NaN", "inf", "9" * 400, "abc", "1.234,5.6", "=1+1", "=cmd|' /C x'!A0",
    "@SUM(A1)", "\u202eBản", "B\u200bản", "a" * 40_000, "<script>alert(1)</script>", "a\x00b",
    "１２", "0x1F", "103°30'", "2025-01-01",
)  # fmt: skip
FOREIGN = {
    "png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, "pdf": b"%PDF-1.7\n1 0 obj\n", "empty": b"",
    "elf": b"\x7fELF" + b"\x00" * 300, "html": b"<html><script>alert(1)</script></html>",
    "xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', "nul": b"\x00" * 5000,
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "zip": b"PK\x05\x06" + b"\x00" * 18,
    "sqlite": b"SQLite format 3\x00" + b"\x00" * 4080, "gz": b"\x1f\x8b\x08" + b"\x00" * 40,
    "shp": b"\x00\x00\x27\x0a" + b"\x00" * 96, "tiff": b"II*\x00" + b"\x00" * 200,
}  # fmt: skip
_ENTITIES = "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
)  # fmt: skip
_LAUGHS = (
    f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "lol">{_ENTITIES}]><worksheet>&a9;</worksheet>'
)


@dataclass(frozen=True, slots=True)
class HostileFile:
    """A file, the family it belongs to and the name it goes by."""

    family: str
    name: str
    content: bytes


def valid(commune: Commune) -> dict[str, bytes]:
    """A table in order in each format that is read."""
    table = rows(commune)
    return {
        "csv": as_csv(table).encode(),
        "xlsx": _xlsx(table),
        "geojson": _geojson(_features(commune)),
        "gpkg": _gpkg(commune),
    }


def generated(commune: Commune, seed: int, trap: str, elsewhere: Path) -> Iterator[HostileFile]:
    """All hostile files.

    Parameters
    ----------
    trap
        An http address on loopback that nothing may call.
    elsewhere
        A file whose content must never be read: named by what GDAL would follow.
    """
    good, chance = valid(commune), random.Random(seed)
    yield from _mutated(good, chance)
    for ending in good:
        for kind, content in [*good.items(), *FOREIGN.items()]:
            if kind != ending:
                yield HostileFile("renamed", f"{kind}_as.{ending}", content)
    yield from _cells(commune)
    yield from _csv(commune)
    yield from _workbooks(commune, good["xlsx"])
    yield from _geojsons(commune, trap, elsewhere)
    yield from _geopackages(good["gpkg"])


def _mutated(good: dict[str, bytes], chance: random.Random) -> Iterator[HostileFile]:
    for ending, content in good.items():
        for at in range(CUTS):
            cut = len(content) * at // CUTS + chance.randrange(max(1, len(content) // CUTS))
            yield HostileFile("truncated", f"cut{at}.{ending}", content[:cut])
        for at in range(FLIPS):
            changed = bytearray(content)
            for _ in range(chance.choice((1, 4, 64))):
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
            yield HostileFile("bit flips", f"flip{at}.{ending}", bytes(changed))
        for at in range(INSERTS):
            where = chance.randrange(len(content))
            odd = chance.choice((b"\x00", b"\xff\xfe", b'"', b"\r", b"[" * 200, b"\xed\xa0\x80"))
            changed = bytearray(content[:where] + odd + content[where:])
            yield HostileFile("inserted bytes", f"insert{at}.{ending}", bytes(changed))


def _cells(commune: Commune) -> Iterator[HostileFile]:
    for column, heading in enumerate(HEADINGS):
        for at, value in enumerate(CELLS):
            table = rows(commune)
            table[1][column] = value
            yield HostileFile(f"cell {heading}", f"cell{column}_{at}.csv", as_csv(table).encode())


def _csv(commune: Commune) -> Iterator[HostileFile]:
    table = rows(commune)
    text = as_csv(table)
    encodings = ("utf-16", "utf-16-le", "utf-32", "utf-7", "utf-8-sig")
    for name in encodings:
        yield HostileFile("encoding", f"{name}.csv", text.encode(name))
    yield HostileFile("encoding", "legacy.csv", text.encode("cp1258", "replace"))
    odd = {
        "header_only": as_csv(table[:1]), "no_header": as_csv(table[1:]),
        "tabs": text.replace(",", "\t"), "rows": as_csv(table[:1] + table[1:] * 900),
        "no_lines": text.replace("\n", " "), "unclosed": text.replace("Bản Thử 1,", '"Bản Thử 1,'),
        "twice": as_csv([*table, *table[1:]]), "columns": ",".join("abc" for _ in range(40_000)),
        "headings_twice": text.replace("Số hộ", "Dân số", 1), "commas": "," * 8_000_000,
        "short_rows": as_csv([table[0], *(row[:2] for row in table[1:])]),
        "one_line": "a" * 8_000_000, "quotes": '"' * 300_000, "newlines": "\n" * 3_000_000,
    }  # fmt: skip
    for name, content in odd.items():
        yield HostileFile("csv shape", f"{name}.csv", content.encode())
    swaps = {
        "swapped": lambda x, y: (y, x), "negative": lambda x, y: (-x, -y),
        "zero": lambda x, y: (0, 0), "metres": lambda x, y: (x * 111e3, y * 111e3),
        "far": lambda x, y: (x - 100, y + 25), "beyond": lambda x, y: (x + 360, y + 90),
    }  # fmt: skip
    for name, swap in swaps.items():
        moved = [[*r[:2], *map(str, swap(float(r[2]), float(r[3]))), *r[4:]] for r in table[1:]]
        yield HostileFile("wrong place", f"{name}.csv", as_csv([table[0], *moved]).encode())


def _xlsx(table: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in table:
        book.active.append([openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", v) for v in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _with_part(workbook: bytes, part: str, content: bytes | None) -> bytes:
    """The workbook with a part replaced, or taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        if content is not None:
            new.writestr(part, content)
    return out.getvalue()


def _workbooks(commune: Commune, good: bytes) -> Iterator[HostileFile]:
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(good)) as opened:
        names, xml = opened.namelist(), opened.read(sheet).decode()
    for at, name in enumerate(names):
        yield HostileFile("workbook parts", f"without{at}.xlsx", _with_part(good, name, None))
        yield HostileFile("workbook parts", f"broken{at}.xlsx", _with_part(good, name, b"<a><b>"))
    far = xml.replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    empty = "".join(f'<row r="{n}"/>' for n in range(20, 400_000))
    many = xml.replace("</sheetData>", f"{empty}</sheetData>")
    wrong = xml.replace('<dimension ref="', '<dimension ref="A1:XFD1048576" x="', 1)
    parts = {"far_row": far, "many_rows": many, "entities": _LAUGHS, "bomb": " " * 60_000_000,
             "deep": "<a>" * 200_000, "dimension": wrong}  # fmt: skip
    for name, content in parts.items():
        yield HostileFile(
            "workbook bombs", f"{name}.xlsx", _with_part(good, sheet, content.encode())
        )
    for name in ("../../../escaped.txt", "/etc/escaped", "xl/worksheets/../a.xml"):
        yield HostileFile("workbook parts", f"named{len(name)}.xlsx", _with_part(good, name, b"x"))
    table = rows(commune)
    table[1][1], table[2][4] = "=HYPERLINK(A1)", "=1/0"
    yield HostileFile("workbook cells", "formulas.xlsx", _xlsx(table))


def _features(commune: Commune) -> list[dict[str, Any]]:
    return [{"type": "Feature", "geometry": {"type": "Point", "coordinates": point},
             "properties": {"Mã xã": commune.code, "Tên bản": f"Bản Thử {at + 1}", "Dân số": 100}}
            for at, point in enumerate(commune.points)]  # fmt: skip


def _geojson(features: list[dict[str, Any]], **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", **more, "features": features}).encode()


def _geojsons(commune: Commune, trap: str, elsewhere: Path) -> Iterator[HostileFile]:
    x, y = commune.points[0]

    def shaped(kind: str, coordinates: Any) -> bytes:
        features = _features(commune)
        features[0]["geometry"] = {"type": kind, "coordinates": coordinates}
        return _geojson(features)

    zigzag = [[x + n * 1e-6, y + (n % 2) * 0.01] for n in range(20_000)]
    square = [[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]
    shapes: dict[str, tuple[str, Any]] = {
        "ring_of_one": ("Polygon", [[[x, y]]]), "ring_open": ("Polygon", [square[:4]]),
        "bowtie": ("Polygon", [[square[0], square[2], square[1], square[3], square[0]]]),
        "zigzag": ("Polygon", [[*zigzag, zigzag[0]]]), "empty_polygon": ("Polygon", []),
        "nan": ("Point", [float("nan"), float("inf")]), "text": ("Point", ["x", "y"]),
        "none": ("Point", None), "huge": ("Point", [1e308, -1e308]), "one_number": ("Point", [1]),
        "deep": ("Polygon", _nested(500)), "line": ("LineString", square),
        "unknown": ("Sphere", [x, y]),
        "no_hole": ("Polygon", [square, square]), "clockwise": ("Polygon", [square[::-1]]),
    }  # fmt: skip
    for name, (kind, coordinates) in shapes.items():
        yield HostileFile("geojson shapes", f"{name}.geojson", shaped(kind, coordinates))
    yield from _documents(commune, trap, square)
    yield from _followed(trap, elsewhere)


def _documents(commune: Commune, trap: str, square: list[list[float]]) -> Iterator[HostileFile]:
    points = _features(commune)
    shape = {"type": "Polygon", "coordinates": [square]}
    named = [{"Mã xã": commune.code, "Tên bản": f"Bản {n}"} for n in range(3_000)]
    many = [{"type": "Feature", "geometry": shape, "properties": each} for each in named]
    wide = [{**one, "properties": {f"p{n}": n for n in range(20_000)}} for one in points]
    link = {"type": "link", "properties": {"href": f"{trap}/crs_link", "type": "proj4"}}
    other = {"type": "name", "properties": {"name": "EPSG:3405"}}
    for name, content in {
        "overlapping.geojson": _geojson(many), "properties.geojson": _geojson(wide),
        "crs_link.geojson": _geojson(points, crs=link), "nested.geojson": b"[" * 100_000,
        "crs_wrong.geojson": _geojson(points, crs=other), "list.geojson": b"[]",
        "crs_none.geojson": _geojson(points, crs=None), "number.json": b"1",
        "invalid_text.geojson": _geojson(points).replace(b"B\\u1ea3n", b"B\xff\xfe"),
        "features_text.geojson": b'{"type": "FeatureCollection", "features": "x"}',
        "features_null.geojson": b'{"type": "FeatureCollection", "features": [null, 1, {}]}',
    }.items():  # fmt: skip
        yield HostileFile("geojson documents", name, content)


def _nested(depth: int) -> list[Any]:
    found: list[Any] = [1.0, 2.0]
    for _ in range(depth):
        found = [found]
    return found


def _followed(trap: str, elsewhere: Path) -> Iterator[HostileFile]:
    """What GDAL would follow to another file or host, under the names of formats that are read."""
    layer = "<OGRVRTLayer name='a'><SrcDataSource>{}</SrcDataSource></OGRVRTLayer>"
    vrt = f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>"
    called = f"{trap}/followed"
    for at, target in enumerate((str(elsewhere), called, f"/vsicurl/{called}")):
        gdalg = {"type": "gdal_streamed_alg", "command_line": f"gdal vector read {target}"}
        topology = {"type": "Topology", "objects": {}, "href": target}
        esri = {"serviceDescription": target, "layers": [{"url": target}], "fields": []}
        for ending in ("json", "geojson"):
            for name, content in (("gdalg", gdalg), ("topojson", topology), ("esri", esri)):
                yield HostileFile("followed", f"{name}{at}.{ending}", json.dumps(content).encode())
        for ending in ("csv", "gpkg", "geojson", "xlsx"):
            yield HostileFile("followed", f"vrt{at}.{ending}", vrt.format(target).encode())


def _gpkg(commune: Commune) -> bytes:
    listed = rows(commune)[1:]
    frame = gpd.GeoDataFrame(
        {"Mã xã": [r[0] for r in listed], "Tên bản": [r[1] for r in listed]},
        geometry=[shapely.Point(p) for p in commune.points], crs=4326,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        frame.to_file(path, layer="villages", driver="GPKG", engine="pyogrio")
        return path.read_bytes()


def _geopackages(good: bytes) -> Iterator[HostileFile]:
    off = "PRAGMA writable_schema = ON;"
    wide = ", ".join(f"c{n}" for n in range(1_500))
    listed = "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('{}', 'attributes');"
    changes = {
        "srs_minus_one": "UPDATE gpkg_geometry_columns SET srs_id = -1",
        "srs_unknown": "UPDATE gpkg_geometry_columns SET srs_id = 99999",
        "no_contents": "DROP TABLE gpkg_contents", "no_rows": "DELETE FROM villages",
        "no_geometry_columns": "DROP TABLE gpkg_geometry_columns",
        "short_shapes": "UPDATE villages SET geom = substr(geom, 1, 12)",
        "text_shapes": "UPDATE villages SET geom = 'POINT(1 2)'",
        "null_shapes": "UPDATE villages SET geom = NULL",
        "other_layer": "UPDATE gpkg_contents SET table_name = 'x'",
        "wide": f"CREATE TABLE w ({wide}); {listed.format('w')}",
        "endless_view": "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
        f"SELECT i + 1 FROM n) SELECT i AS fid FROM n; {listed.format('v')}"
        "DELETE FROM gpkg_contents WHERE table_name = 'villages'",
        "schema": f"{off} UPDATE sqlite_master SET sql = 'x' WHERE name = 'villages'",
    }  # fmt: skip
    for name, change in changes.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.gpkg"
            path.write_bytes(good)
            with closing(sqlite3.connect(path)) as opened:
                opened.execute("PRAGMA synchronous = OFF")  # Nothing is lost with these files.
                _without_triggers(opened)
                try:
                    opened.executescript(change)
                    opened.commit()
                except sqlite3.DatabaseError:
                    continue
            yield HostileFile("geopackage", f"{name}.gpkg", path.read_bytes())


def _without_triggers(opened: sqlite3.Connection) -> None:
    """The triggers of a GeoPackage call functions that plain SQLite does not have."""
    known = opened.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in known:
        opened.execute(f'DROP TRIGGER "{name}"')
