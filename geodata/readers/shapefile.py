"""A zipped shapefile by a reader of its own (ESRI white paper of July 1998; dBASE III).

Of the archive the parts ``.shp``, ``.dbf``, ``.prj`` and ``.cpg`` of one name are unpacked. Texts
in TCVN3 and VNI are made Unicode, as those of a sheet are.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import numpy as np
import shapely

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.dbase import read_dbase
from geodata.readers.features import Feature, FeatureLayer, defined_crs, no_crs
from geodata.readers.geometry import Positions, ShapeBuilder, malformed, unknown_kind
from geodata.readers.limits import Limits, damaged
from geodata.readers.sheet import too_many_rows
from geodata.readers.zip_package import open_package

_CODE = 9994
_NULL = 0
_POINTS, _LINES, _POLYGONS, _MULTIPOINTS = (1, 11, 21), (3, 13, 23), (5, 15, 25), (8, 18, 28)
_MOST_OF_A_DEFINITION = 20_000
_NOT_CONTENT = "__MACOSX/"
"""Folder in which one system's archives repeat every file."""


def read_shapefile(
    path: Path, limits: Limits, choose: Callable[[list[str]], str] = lambda names: names[0]
) -> FeatureLayer:
    """Read a shapefile whose parts are in one ZIP file.

    Parameters
    ----------
    choose
        From the names of the shapefiles in the archive to the one to read.

    Raises
    ------
    FileFault
        A part is missing or damaged, the file goes beyond the limits, or a shape cannot be built;
        the message names the feature, counted from 1.
    """
    with open_package(path, limits) as archive:
        parts = {
            name.lower(): name for name in archive.namelist() if not name.startswith(_NOT_CONTENT)
        }
        layers = {PurePosixPath(parts[n]).stem: n[:-4] for n in parts if n.endswith(".shp")}
        if not layers:
            raise _no_part(path.name, ".shp")
        layer = choose(list(layers))
        stem = layers[layer]
        for suffix in (".dbf", ".prj"):
            if stem + suffix not in parts:
                raise no_crs(layer, path.name) if suffix == ".prj" else _no_part(path.name, suffix)
        definition = archive.read(parts[stem + ".prj"])[:_MOST_OF_A_DEFINITION]
        crs = defined_crs(definition.decode("utf-8", "replace").strip(), path.name)
        page = _page(archive, parts.get(stem + ".cpg"))
        columns, rows = read_dbase(archive.read(parts[stem + ".dbf"]), path.name, limits, page)
        shapes = list(_shapes(archive.read(parts[stem + ".shp"]), path.name, limits))
    if len(shapes) != len(rows):
        raise damaged(path.name, f".shp {len(shapes)}, .dbf {len(rows)}")
    features = [
        Feature(number, fields, shape)
        for number, (fields, shape) in enumerate(zip(rows, shapes, strict=True), 1)
    ]
    return FeatureLayer(layer, columns, tuple(features), crs)


def _page(archive: ZipFile, name: str | None) -> str:
    """The name of the encoding that the ``.cpg`` part gives; empty without one."""
    if name is None:
        return ""
    return archive.read(name)[:40].decode("ascii", "replace").strip()


def _no_part(file: str, suffix: str) -> FileFault:
    return FileFault(
        Message("A part of the shapefile is missing"),
        found=suffix,
        allowed=(".shp", ".dbf", ".prj"),
        remedy=Message("Zip all parts of the shapefile together"),
        where=file,
    )


def _shapes(raw: bytes, file: str, limits: Limits) -> Iterator[shapely.Geometry | None]:
    if len(raw) < 100 or struct.unpack_from(">i", raw)[0] != _CODE:
        raise damaged(file, ".shp")
    builder = ShapeBuilder(limits)
    at, number = 100, 0
    while at + 12 <= len(raw):
        number += 1
        where = f"{file}:{number}"
        if number > limits.rows:
            raise too_many_rows(where, number, limits)
        (words,) = struct.unpack_from(">i", raw, at + 4)
        if words < 2 or at + 8 + 2 * words > len(raw):
            raise malformed(Message("The shape is cut off"), f"{len(raw)} B", where)
        yield _shape(raw[at + 8 : at + 8 + 2 * words], builder, where)
        at += 8 + 2 * words


def _shape(content: bytes, builder: ShapeBuilder, where: str) -> shapely.Geometry | None:
    (kind,) = struct.unpack_from("<i", content)
    try:
        if kind == _NULL:
            return None
        if kind in _POINTS:
            builder.count(1, where)
            return builder.point(np.array([struct.unpack_from("<2d", content, 4)]), where)
        if kind in _MULTIPOINTS:
            (count,) = struct.unpack_from("<I", content, 36)
            points = _positions(content, 40, count, builder, where)
            return shapely.MultiPoint([builder.point(p[np.newaxis], where) for p in points])
        if kind in _LINES or kind in _POLYGONS:
            parts = _parts(content, builder, where)
            if kind in _POLYGONS:
                return _polygons(parts, builder, where)
            return shapely.MultiLineString([builder.line(part, where) for part in parts])
    except struct.error:
        raise malformed(Message("The shape is cut off"), f"{len(content)} B", where) from None
    raise unknown_kind(f"SHP {kind}", where)


def _parts(content: bytes, builder: ShapeBuilder, where: str) -> list[Positions]:
    parts, count = struct.unpack_from("<2I", content, 36)
    builder.count(parts, where)
    starts = struct.unpack_from(f"<{parts}I", content, 44)
    positions = _positions(content, 44 + 4 * parts, count, builder, where)
    if list(starts) != sorted(set(starts)) or (starts and (starts[0] != 0 or starts[-1] >= count)):
        raise malformed(Message("The shape is cut off"), starts[:5], where)
    return [positions[first:last] for first, last in zip(starts, [*starts[1:], count], strict=True)]


def _positions(content: bytes, at: int, count: int, builder: ShapeBuilder, where: str) -> Positions:
    if at + 16 * count > len(content):
        raise malformed(Message("The shape is cut off"), f"{len(content)} B", where)
    builder.count(count, where)
    return np.frombuffer(content, "<f8", 2 * count, at).reshape(count, 2).astype(np.float64)


def _polygons(rings: list[Positions], builder: ShapeBuilder, where: str) -> shapely.Geometry:
    """Polygons of rings: those that turn clockwise are outer ones, the others holes in them."""
    outer: list[list[Positions]] = []
    holes: list[Positions] = []
    for ring in rings:
        builder.polygon([ring], where)
        if shapely.is_ccw(shapely.LinearRing(ring)):
            holes.append(ring)
        else:
            outer.append([ring])
    if not outer:
        outer, holes = [[hole] for hole in holes], []
    builder.count(len(outer) * len(holes), where)
    shells = [shapely.Polygon(rings[0]) for rings in outer]
    shapely.prepare(shells)
    areas = shapely.area(shells)
    for hole in holes:
        point = shapely.Point(hole[0])
        around = [n for n, shell in enumerate(shells) if shell.intersects(point)]
        smallest = min(around, key=lambda n: float(areas[n]), default=0)
        outer[smallest].append(hole)
    made = [builder.polygon(rings, where) for rings in outer]
    return made[0] if len(made) == 1 else shapely.MultiPolygon(made)
