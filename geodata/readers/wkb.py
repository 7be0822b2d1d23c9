"""Well-known binary shapes (ISO 13249-3; OGC 06-103r4, 8), their counts checked before use.

The library's own reader follows collections to any depth; here only the six simple kinds exist.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
import shapely

from geodata.i18n import Message
from geodata.readers.geometry import (
    KINDS,
    Positions,
    ShapeBuilder,
    malformed,
    unknown_kind,
)

_OLD_Z = 0x80000000
"""The sign for a third dimension from before ISO had one."""


def read_wkb(data: bytes, builder: ShapeBuilder, where: str) -> shapely.Geometry:
    """Build a shape in two dimensions from its well-known binary form.

    Parameters
    ----------
    builder
        Counts the positions of the file the shape is of.
    where
        File, feature and field, for messages.

    Raises
    ------
    FileFault
        The bytes are cut off, name an unknown kind of shape, or the shape cannot be built.
    """
    return _Cursor(data, builder, where).shape()


@dataclass
class _Cursor:
    data: bytes
    builder: ShapeBuilder
    where: str
    at: int = 0
    order: str = "<"
    dimensions: int = 2

    def shape(self) -> shapely.Geometry:
        kind = self._header()
        if kind == "Point":
            return self._point()
        if kind == "LineString":
            return self.builder.line(self._positions(), self.where)
        if kind == "Polygon":
            return self._polygon()
        part = kind.removeprefix("Multi")
        parts = []
        for _ in range(self._count(5)):
            if (found := self._header()) != part:
                raise unknown_kind(f"{kind} ({found})", self.where)
            parts.append(self._part(part))
        whole = {"Point": shapely.MultiPoint, "LineString": shapely.MultiLineString,
                 "Polygon": shapely.MultiPolygon}  # fmt: skip
        return whole[part](parts)

    def _part(self, kind: str) -> shapely.Geometry:
        if kind == "Point":
            return self._point()
        if kind == "LineString":
            return self.builder.line(self._positions(), self.where)
        return self._polygon()

    def _header(self) -> str:
        self._need(5)
        self.order = "<" if self.data[self.at] else ">"
        (code,) = struct.unpack_from(f"{self.order}I", self.data, self.at + 1)
        self.at += 5
        dimensions, number = divmod(code & ~_OLD_Z, 1000)
        if not 1 <= number <= len(KINDS) or dimensions > 3:
            raise unknown_kind(f"WKB {code}", self.where)
        self.dimensions = 3 if code & _OLD_Z else (2, 3, 3, 4)[dimensions]
        return KINDS[number - 1]

    def _point(self) -> shapely.Geometry:
        return self.builder.point(self._take(1), self.where)

    def _polygon(self) -> shapely.Geometry:
        return self.builder.polygon([self._positions() for _ in range(self._count(4))], self.where)

    def _positions(self) -> Positions:
        return self._take(self._count(8 * self.dimensions))

    def _count(self, smallest: int) -> int:
        """A number of parts, each of at least so many bytes."""
        self._need(4)
        (number,) = struct.unpack_from(f"{self.order}I", self.data, self.at)
        self.at += 4
        self._need(number * smallest)
        self.builder.count(number, self.where)
        return int(number)

    def _take(self, number: int) -> Positions:
        size = 8 * self.dimensions * number
        self._need(size)
        flat = np.frombuffer(self.data, f"{self.order}f8", number * self.dimensions, self.at)
        self.at += size
        return flat.reshape(number, self.dimensions)[:, :2].astype(np.float64)

    def _need(self, size: int) -> None:
        if self.at + size > len(self.data):
            what = Message("The shape is cut off")
            raise malformed(what, f"{len(self.data)} B", self.where)
