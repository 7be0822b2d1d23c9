"""KML (OGC 07-147r2) and KMZ: placemarks with their fields; no link in them is followed."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.features import Feature, FeatureLayer
from geodata.readers.geometry import Positions, ShapeBuilder, malformed
from geodata.readers.limits import Limits, damaged, too_much
from geodata.readers.sheet import (
    CellValue,
    too_many_columns,
    too_many_rows,
    verify_text,
)
from geodata.readers.xml_parts import PartReader, read_part
from geodata.readers.zip_package import open_package

_GEOGRAPHIC = "EPSG:4326"
_SHAPES = ("Point", "LineString", "Polygon", "LinearRing", "MultiGeometry")
_TEXTS = ("name", "description", "value", "SimpleData", "coordinates")
_TUPLE = re.compile(r"[-+0-9.eE]{1,40},[-+0-9.eE]{1,40}(?:,[-+0-9.eE]{1,40})?")
_WORD = re.compile(r"\S+")
_MOST_OF_COORDINATES = 20_000_000


def read_kml(
    path: Path, limits: Limits, choose: Callable[[list[str]], str] = lambda names: names[0]
) -> FeatureLayer:
    """Read the placemarks of a KML or KMZ file as one layer.

    Parameters
    ----------
    choose
        Asked with the name of the one layer there is.

    Raises
    ------
    FileFault
        The file is damaged, goes beyond the limits, or a shape cannot be built; the message names
        the placemark, counted from 1.
    """
    reader = _Placemarks(path.name, limits)
    if path.suffix.lower() == ".kmz":
        with open_package(path, limits) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".kml")]
            if not names:
                raise damaged(path.name, "doc.kml")
            with archive.open("doc.kml" if "doc.kml" in names else names[0]) as stream:
                read_part(stream, reader)
    else:
        with path.open("rb") as stream:
            read_part(stream, reader)
    layer = choose([path.stem])
    return FeatureLayer(layer, tuple(reader.columns), tuple(reader.features), _GEOGRAPHIC)


class _Placemarks(PartReader):
    """Takes the placemarks of all folders in their order."""

    def __init__(self, where: str, limits: Limits) -> None:
        super().__init__(where, limits)
        self.features: list[Feature] = []
        self.columns: dict[str, None] = {}
        self._builder = ShapeBuilder(limits)
        self._fields: dict[str, CellValue] | None = None
        self._field = ""
        self._pieces: list[str] | None = None
        self._length = 0
        self._open: list[str] = []
        self._rings: list[Positions] = []
        self._shapes: list[shapely.Geometry] = []

    def take_start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if name == "Placemark":
            self._fields, self._shapes = {}, []
        elif self._fields is None:
            return
        elif name in ("Data", "SimpleData"):
            self._field = attributes.get("name", "")
        elif name in _SHAPES:
            self._open.append(name)
            if name == "Polygon":
                self._rings = []
        if name in _TEXTS:
            self._pieces, self._length = [], 0

    def text(self, piece: str) -> None:
        """Take a piece of text."""
        if self._pieces is None:
            return
        self._pieces.append(piece)
        self._length += len(piece)
        if self._length > _MOST_OF_COORDINATES:
            what = Message("The file holds too much text")
            most = _MOST_OF_COORDINATES
            raise too_much(what, f"> {most}", most, self._place())

    def take_end(self, name: str) -> None:
        """Take the end of an element."""
        text = "".join(self._pieces) if self._pieces is not None and name in _TEXTS else ""
        if name in _TEXTS:
            self._pieces = None
        if self._fields is None:
            return
        if name == "coordinates":
            self._take_positions(text)
        elif name in ("name", "description"):
            self._keep(name, text)
        elif name in ("value", "SimpleData") and self._field:
            self._keep(self._field, text)
            self._field = ""
        elif name == "Placemark":
            self._finish()
        elif name in _SHAPES and self._open:
            self._open.pop()
            if name == "Polygon":
                self._shapes.append(self._builder.polygon(self._rings, self._place()))

    def _place(self) -> str:
        return f"{self.where}:{len(self.features) + 1}"

    def _keep(self, name: str, text: str) -> None:
        if self._fields is None or name in self._fields:
            return
        verify_text(f"{self._place()} {name}", text, self.limits)
        self._fields[name] = text.strip() or None
        self.columns[name] = None
        if len(self.columns) > self.limits.columns:
            raise too_many_columns(self._place(), len(self.columns), self.limits)

    def _take_positions(self, text: str) -> None:
        if not self._open:
            return
        kind, where = self._open[-1], self._place()
        positions = _positions(text, self._builder, where)
        if kind == "Point":
            if len(positions) != 1:
                raise malformed(Message("A point needs one position"), len(positions), where)
            self._shapes.append(self._builder.point(positions, where))
        elif kind == "LineString":
            self._shapes.append(self._builder.line(positions, where))
        elif kind == "LinearRing" and "Polygon" in self._open:
            self._rings.append(positions)

    def _finish(self) -> None:
        number = len(self.features) + 1
        if number > self.limits.rows:
            raise too_many_rows(self._place(), number, self.limits)
        shape = _together(self._shapes, self._place())
        self.features.append(Feature(number, self._fields or {}, shape))
        self._fields, self._open = None, []


def _positions(text: str, builder: ShapeBuilder, where: str) -> Positions:
    """Longitudes and latitudes, shape (n, 2), of tuples parted by white space."""
    flat = array("d")
    for found in _WORD.finditer(text):
        builder.count(1, where)
        word = found[0]
        if not _TUPLE.fullmatch(word):
            raise malformed(Message("A coordinate is not a number"), word[:80], where)
        try:
            flat.extend(map(float, word.split(",")[:2]))
        except ValueError as error:
            raise malformed(Message("A coordinate is not a number"), error, where) from None
    return np.array(flat, np.float64).reshape(-1, 2)


def _together(shapes: list[shapely.Geometry], where: str) -> shapely.Geometry | None:
    """The shape of a placemark: one, or several of one kind."""
    if len(shapes) < 2:
        return shapes[0] if shapes else None
    kinds = {shape.geom_type for shape in shapes}
    whole = {"Point": shapely.MultiPoint, "LineString": shapely.MultiLineString,
             "Polygon": shapely.MultiPolygon}  # fmt: skip
    if len(kinds) > 1:
        raise FileFault(
            Message("A placemark has shapes of several kinds"),
            found=", ".join(sorted(kinds)),
            remedy=Message("Correct the shape in QGIS and load again"),
            where=where,
        )
    return whole[kinds.pop()](shapes)
