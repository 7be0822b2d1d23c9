"""GeoJSON (RFC 7946) by a reader of its own: bounded before it is parsed, and led nowhere.

A file may name its coordinate system as GeoJSON of 2008 did; a link to one is refused.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import shapely

from geodata.errors import FileFault
from geodata.i18n import Localised, Message
from geodata.readers.features import Feature, FeatureLayer, epsg_crs
from geodata.readers.geometry import KINDS, Positions, ShapeBuilder, malformed, unknown_kind
from geodata.readers.limits import Limits, damaged, too_large, too_much
from geodata.readers.sheet import CellValue, too_many_columns, too_many_rows, verify_text

_NAMED_CRS = re.compile(r"(?:urn:ogc:def:crs:)?(?:(EPSG):[0-9.]*:?([0-9]{1,6})|OGC:[0-9.]*:?CRS84)")
_GEOGRAPHIC = "EPSG:4326"
_OBJECTS_OF_A_FEATURE = 10
"""JSON objects for each feature there may be: itself, its fields, its shape, some in them."""

_MOST_BYTES = 25_000_000
"""Size of a file; as text it takes up to four times as much, and its values as much again."""

_LONGEST_NESTED = 1_000
"""Characters kept of a field that is a list or an object."""


def read_geojson(
    path: Path, limits: Limits, choose: Callable[[list[str]], str] = lambda names: names[0]
) -> FeatureLayer:
    """Read a FeatureCollection or a Feature.

    Parameters
    ----------
    choose
        Asked with the name of the one layer there is.

    Raises
    ------
    FileFault
        The file is no GeoJSON, goes beyond the limits, or a shape cannot be built; the message
        names the feature, counted from 1.
    """
    document = _parsed(path, limits)
    features = _features(document, path)
    if len(features) > limits.rows:
        raise too_many_rows(path.name, len(features), limits)
    name = document.get("name")
    layer = choose([name if isinstance(name, str) and name else path.stem])
    builder = ShapeBuilder(limits)
    columns: dict[str, None] = {}
    found = []
    for number, feature in enumerate(features, 1):
        where = f"{path.name}:{number}"
        found.append(
            Feature(
                number,
                _fields(feature, where, limits),
                _shape(feature.get("geometry"), builder, where),
            )
        )
        columns.update(dict.fromkeys(found[-1].fields))
        if len(columns) > limits.columns:
            raise too_many_columns(where, f"> {limits.columns}", limits)
    return FeatureLayer(layer, tuple(columns), tuple(found), _crs(document, path.name))


def _parsed(path: Path, limits: Limits) -> dict[str, Any]:
    size, most = path.stat().st_size, min(_MOST_BYTES, limits.file_bytes)
    if size > most:
        what = Message("The file is too large")
        raise too_large(what, size, most, path.name)
    data = path.read_bytes()
    _verify_counts(path.name, data, limits)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(path.name, error) from None
    del data
    try:
        document = json.loads(text, parse_constant=_refuse_constant)
    except _NoNumber as error:
        raise damaged(path.name, str(error)) from None
    except (ValueError, RecursionError) as error:
        raise damaged(path.name, error) from None
    if not isinstance(document, dict):
        raise _no_geojson(path.name, type(document).__name__)
    return document


def _verify_counts(file: str, data: bytes, limits: Limits) -> None:
    """Bound what parsing would build, by the signs that part and open values."""
    objects, most_objects = data.count(b"{"), _OBJECTS_OF_A_FEATURE * limits.rows
    values = data.count(b",") + data.count(b"[") + objects
    if objects > most_objects:
        raise too_much(_many_values(), objects, most_objects, file)
    if values > limits.elements:
        raise too_much(_many_values(), values, limits.elements, file)


def _many_values() -> Localised:
    return Message("The file holds too many values")


class _NoNumber(ValueError):
    """A constant that Python writes into JSON, and JSON does not know."""


def _refuse_constant(name: str) -> NoReturn:
    raise _NoNumber(name)


def _features(document: dict[str, Any], path: Path) -> Sequence[Any]:
    kind = document.get("type")
    if kind == "Feature":
        return [document]
    features = document.get("features")
    if kind != "FeatureCollection" or not isinstance(features, list):
        raise _no_geojson(path.name, str(kind))
    return features


def _fields(feature: object, where: str, limits: Limits) -> dict[str, CellValue]:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _no_geojson(where, "features")
    properties = feature.get("properties")
    if properties is None:
        return {}
    if not isinstance(properties, dict):
        raise _no_geojson(where, "properties")
    if len(properties) > limits.columns:
        raise too_many_columns(where, len(properties), limits)
    return {name: _value(value, f"{where} {name}", limits) for name, value in properties.items()}


def _value(value: object, where: str, limits: Limits) -> CellValue:
    if isinstance(value, str):
        verify_text(where, value, limits)
        if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
            what = Message("The text has half a Unicode character")
            raise FileFault(what, found=ascii(value), where=where)
        return value
    if isinstance(value, int) and abs(value) > sys.float_info.max:
        # JSON bounds no number; what is computed with them are doubles.
        what = Message("The number is out of range")
        raise FileFault(what, found=f"{str(value)[:12]}…", where=where)
    if value is None or isinstance(value, bool | int | float):
        return value
    return json.dumps(value, ensure_ascii=True)[:_LONGEST_NESTED]


def _shape(geometry: object, builder: ShapeBuilder, where: str) -> shapely.Geometry | None:
    place = f"{where} geometry"
    if geometry is None:
        return None
    if not isinstance(geometry, dict) or geometry.get("type") not in KINDS:
        raise unknown_kind(geometry.get("type") if isinstance(geometry, dict) else geometry, place)
    kind, coordinates = geometry["type"], geometry.get("coordinates")
    if not isinstance(coordinates, list):
        raise malformed(Message("The shape has no coordinates"), kind, place)
    if not coordinates:
        return None
    if kind.startswith("Multi"):
        single = kind.removeprefix("Multi")
        parts = [_single(single, part, builder, place) for part in coordinates]
        whole = {"Point": shapely.MultiPoint, "LineString": shapely.MultiLineString,
                 "Polygon": shapely.MultiPolygon}  # fmt: skip
        return whole[single](parts)
    return _single(kind, coordinates, builder, place)


def _single(kind: str, coordinates: object, builder: ShapeBuilder, where: str) -> shapely.Geometry:
    if kind == "Point":
        return builder.point(_positions([coordinates], builder, where), where)
    if kind == "LineString":
        return builder.line(_positions(coordinates, builder, where), where)
    if not isinstance(coordinates, list):
        raise _no_positions(coordinates, where)
    return builder.polygon([_positions(ring, builder, where) for ring in coordinates], where)


def _positions(coordinates: object, builder: ShapeBuilder, where: str) -> Positions:
    """Longitude and latitude, or x and y, of a list of positions; shape (n, 2)."""
    if not isinstance(coordinates, list):
        raise _no_positions(coordinates, where)
    builder.count(len(coordinates), where)
    for number, position in enumerate(coordinates, 1):
        sound = isinstance(position, list) and len(position) >= 2
        if not sound or {type(position[0]), type(position[1])} - {int, float}:
            raise _no_positions(f"{str(position)[:100]} ({number})", where)
    try:
        pairs = np.array([position[:2] for position in coordinates], dtype=np.float64)
    except OverflowError as error:
        raise _no_positions(error, where) from None
    return pairs.reshape(len(coordinates), 2)


def _no_positions(found: object, where: str) -> FileFault:
    what = Message("These are no coordinates")
    return malformed(what, str(found)[:200], where)


def _crs(document: dict[str, Any], file: str) -> str:
    crs = document.get("crs")
    if crs is None:
        return _GEOGRAPHIC
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    match = _NAMED_CRS.fullmatch(name) if isinstance(name, str) else None
    if match is None or crs.get("type") != "name":
        raise FileFault(
            Message("The file's coordinate system is not taken"),
            found=json.dumps(crs)[:200],
            allowed=("EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::9205"),
            remedy=Message("Save it from QGIS and load it again"),
            where=f"{file} crs",
        )
    return epsg_crs(match[2], f"{file} crs") if match[1] else _GEOGRAPHIC


def _no_geojson(where: str, found: str) -> FileFault:
    return FileFault(
        Message("This is no GeoJSON"),
        found=found,
        allowed=("FeatureCollection", "Feature"),
        remedy=Message("Save it from QGIS and load it again"),
        where=where,
    )


def _not_utf8(where: str, error: UnicodeDecodeError) -> FileFault:
    what = Message("The file is not UTF-8")
    return FileFault(what, found=f"{error.reason} ({error.start})", where=where)
