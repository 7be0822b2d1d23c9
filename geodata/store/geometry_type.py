"""The column types of shapes in EPSG:4326, as each kind of database keeps them."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Dialect
from sqlalchemy.types import UserDefinedType

SRS_ID = 4326
# GeoPackage binary header (OGC 12-128r17, clause 2.1.3): magic, version 0, flags for "little endian
# with a two-dimensional envelope", reference system, envelope.
_HEADER = struct.Struct("<2sBBi4d")
_FLAGS = 0b0000_0011
# Bytes of the envelope by its indicator, bits 1 to 3 of the flags.
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)


def to_geopackage(shape: BaseGeometry) -> bytes:
    """A shape as GeoPackage binary, two-dimensional, little endian, with its envelope."""
    west, south, east, north = shape.bounds
    header = _HEADER.pack(b"GP", 0, _FLAGS, SRS_ID, west, east, south, north)
    return header + shapely.to_wkb(shape, output_dimension=2, byte_order=1)


def from_geopackage(blob: bytes) -> BaseGeometry:
    """The shape of a GeoPackage binary, written by this project or by another program."""
    envelope = _ENVELOPE_BYTES[(blob[3] >> 1) & 0b111]
    return shapely.from_wkb(blob[8 + envelope :])


class ShapeType(UserDefinedType[BaseGeometry]):
    """Shapes of one kind; in a GeoPackage a blob, in other backends what they register."""

    kind = "GEOMETRY"

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """The declared type, which is also the geometry type GeoPackage asks for."""
        return self.kind

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """How a shape is written."""
        write = _WRITERS[dialect.name]
        return lambda shape: None if shape is None else write(shape)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """How a shape is read."""
        read = _READERS[dialect.name]
        return lambda kept: None if kept is None else read(kept)


class MultiPolygonType(ShapeType):
    """Multipolygons."""

    cache_ok = True
    kind = "MULTIPOLYGON"


class PointType(ShapeType):
    """Points; a row may have none."""

    cache_ok = True
    kind = "POINT"


_WRITERS: dict[str, Callable[[BaseGeometry], Any]] = {"sqlite": to_geopackage}
_READERS: dict[str, Callable[[Any], BaseGeometry]] = {"sqlite": from_geopackage}
