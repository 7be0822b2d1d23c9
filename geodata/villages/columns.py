"""Rows of an office's table as villages: which column is what, and what each cell must hold."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geodata.dataset import GEOGRAPHIC_CRS
from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Localised, Message, Text, Verbatim
from geodata.locale_numbers import parse_number
from geodata.readers.damaged_text import verify_name
from geodata.villages.coordinate_detection import (
    CoordinateInterpretation,
    detect_coordinates,
    parse_degrees,
)
from geodata.villages.headings import COLUMN_HEADINGS, field_of, is_geographic
from geodata.villages.import_record import ImportedVillage
from geodata.villages.table_file import TableFile, TableRow
from geodata.villages.village_units import split_kind

_THOUSANDS = re.compile(r"[0-9]{1,3}([., ])[0-9]{3}(?:\1[0-9]{3})*")
_NOTHING = frozenset({"-", "–", "—", "−", "...", "…"})
"""What offices write where there is no number."""

_MONTH_NAME = re.compile(
    r"[0-9]{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|thg [0-9]{1,2})"
    r"(?:-[0-9]{2,4})?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-[0-9]{2}",
    re.IGNORECASE,
)
"""How spreadsheet programs show a text that they took for a day."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The columns that were recognised, by field, and those that were not."""

    by_field: dict[str, str]
    ignored: tuple[str, ...]


def detect_columns(table: TableFile, explicit: Mapping[str, str], file: str) -> ColumnMapping:
    """Which column holds what: as told, else by its heading.

    Raises
    ------
    FileFault
        A column told is not there, no column holds names, or two could hold the same.
    """
    found: dict[str, str] = {}
    for field, column in explicit.items():
        if field not in COLUMN_HEADINGS or column not in table.columns:
            raise FileFault(
                Message("There is no such column"),
                found=f"{field}={column}",
                allowed=tuple(f"{name}=CỘT" for name in COLUMN_HEADINGS) + table.columns,
                where=file,
            )
        found[field] = column
    for column in table.columns:
        field = field_of(table.headings.get(column, (column,)))
        if not field or column in found.values():
            continue
        if field in found and field not in explicit:
            raise FileFault(
                Message("Two columns mean the same"),
                found=f"{found[field]}, {column}",
                remedy=Message(
                    "Choose one with --column {field}={column}", field=field, column=column
                ),
                where=f"{file}:{table.header}",
            )
        found.setdefault(field, column)
    if "name" not in found:
        raise FileFault(
            Message("No column of village names was found"),
            found=", ".join(table.columns),
            allowed=Message("such as “Tên bản”, “name”"),
            remedy=Message("Name it with --column name=COLUMN"),
            where=f"{file}:{table.header}",
        )
    ignored = tuple(column for column in table.columns if column not in found.values())
    return ColumnMapping(found, ignored)


@dataclass(frozen=True, slots=True)
class ParsedVillages:
    """The rows of a table, and how their positions were read; empty without positions."""

    rows: tuple[ImportedVillage, ...]
    position_note: Localised
    columns: ColumnMapping


def parse_villages(
    table: TableFile,
    columns: ColumnMapping,
    place: shapely.Geometry,
    systems: Sequence[str],
    rows: Sequence[TableRow] | None = None,
) -> ParsedVillages:
    """Villages of a table.

    Parameters
    ----------
    place
        Extent of the dataset, EPSG:4326; see
        `geodata.villages.coordinate_detection.detect_coordinates`.
    systems
        Coordinate systems the numbers may be in.
    rows
        The rows to read; default all.

    Raises
    ------
    FileFault
        A cell does not hold what its column should; the message names file, row and column.
    """
    chosen = table.rows if rows is None else tuple(rows)
    names = columns.by_field
    villages = [_village(row, names) for row in chosen]
    if any(row.shape is not None for row in chosen):
        shapes = [_placed_shape(row, table.crs) for row in chosen]
        pairs = zip(villages, shapes, strict=True)
        position_note = Message("shapes of the file, {crs}", crs=table.crs)
        return ParsedVillages(tuple(_with_shape(v, s) for v, s in pairs), position_note, columns)
    if "x" not in names or "y" not in names:
        return ParsedVillages(tuple(villages), Text(""), columns)
    numbers = {n: _pair(row, names) for n, row in enumerate(chosen)}
    given = {n: pair for n, pair in numbers.items() if pair is not None}
    if not given:
        return ParsedVillages(tuple(villages), Text(""), columns)
    reading = _interpretation([*given.values()], names, place, systems, chosen[min(given)])
    lonlat = reading.positions([p[0] for p in given.values()], [p[1] for p in given.values()])
    for n, (lon, lat) in zip(given, lonlat, strict=True):
        if not _on_earth(np.array([[lon, lat]])):
            raise _no_place(chosen[n], reading.crs, str(given[n]))
        villages[n] = replace(villages[n], lon=float(lon), lat=float(lat))
    return ParsedVillages(tuple(villages), reading.words(names["x"], names["y"]), columns)


def _village(row: TableRow, names: Mapping[str, str]) -> ImportedVillage:
    _refuse_days(row, names)
    kind, name = split_kind(row.cells[names["name"]])
    if not name:
        raise _fault(row, names["name"], Message("The name is missing"))
    if len(name) > 100:
        what = Message("The name is too long")
        raise _fault(row, names["name"], what, Verbatim("≤ 100"))
    if "kind" in names and row.cells[names["kind"]]:
        kind = split_kind(f"{row.cells[names['kind']]} A")[0] or _refuse_kind(row, names["kind"])
    joined_kind, joined_name = split_kind(row.cells.get(names.get("joined", ""), ""))
    for field, text in (("name", name), ("joined", joined_name)):
        if not text.isprintable():
            what = Message("The name has a character nobody sees")
            raise _fault(row, names[field], what)
        if text:
            verify_name(f"{row.where} {names[field]}", text)
    return ImportedVillage(
        where=row.where,
        kind=kind,
        name=name,
        population=count_of(row, names.get("population")),
        households=count_of(row, names.get("households")),
        joined_kind=joined_kind,
        joined_name=joined_name,
    )


def _refuse_kind(row: TableRow, column: str) -> str:
    allowed = Verbatim("thôn, bản, tổ dân phố, khu phố")
    what = Message("There is no such kind of village")
    raise _fault(row, column, what, allowed)


def _refuse_days(row: TableRow, names: Mapping[str, str]) -> None:
    """Refuse a name that a spreadsheet program took for a day."""
    for field in ("name", "joined", "commune", "kind"):
        column = names.get(field, "")
        typed = isinstance(row.values.get(column), dt.date | dt.time | dt.timedelta)
        if typed or _MONTH_NAME.fullmatch(row.cells.get(column, "")):
            raise FileFault(
                Message("The name was turned into a date"),
                found=row.cells[column],
                remedy=Message("Format the column as text and write the name again"),
                where=f"{row.where} {column}",
            )


def count_of(row: TableRow, column: str | None) -> float | None:
    """A number of people or households; None where the cell is empty or says that there is none."""
    if column is None or not row.cells[column] or row.cells[column] in _NOTHING:
        return None
    # Nobody counts thousandths of people: groups of three are thousands, whatever parts them. A
    # number that was typed as one is the number it is.
    text = row.cells[column]
    grouped = _THOUSANDS.fullmatch(text) and not _typed(row, column)
    value = float(re.sub("[., ]", "", text)) if grouped else _number(row, column)
    if value < 0 or value != int(value) or value > 1e6:
        what = Message("Not a number of people or households")
        allowed = Message("a whole number from 0 to 1,000,000")
        raise _fault(row, column, what, allowed)
    return value


def _typed(row: TableRow, column: str) -> bool:
    value = row.values.get(column)
    return isinstance(value, int | float) and not isinstance(value, bool)


def _pair(row: TableRow, names: Mapping[str, str]) -> tuple[float, float] | None:
    cells = [row.cells[names[axis]] for axis in ("x", "y")]
    given = [bool(cell) and cell not in _NOTHING for cell in cells]
    if not any(given):
        return None
    if not all(given):
        column = names["x" if not given[0] else "y"]
        raise _fault(row, column, Message("One coordinate is missing"))
    return _coordinate(row, names["x"]), _coordinate(row, names["y"])


def _coordinate(row: TableRow, column: str) -> float:
    """A coordinate as a number, or as degrees with or without minutes and seconds."""
    degrees = None if _typed(row, column) else parse_degrees(row.cells[column])
    return _number(row, column) if degrees is None else degrees


def _number(row: TableRow, column: str) -> float:
    """A plain decimal as files and workbooks hold it, else a number as an office writes it."""
    value = row.values.get(column)
    if isinstance(value, int | float) and _typed(row, column) and math.isfinite(value):
        return float(value)
    text = row.cells[column]
    try:
        return parse_number(text)
    except InvalidInput:
        pass
    try:
        return parse_number(text, "vietnamese")
    except InvalidInput as error:
        raise _fault(row, column, error.what, Text("2451234.5; 2.451.234,5")) from None


def _fault(
    row: TableRow, column: str, what: Localised, allowed: Localised | tuple[str, ...] = ()
) -> FileFault:
    return FileFault(
        what,
        found=row.cells.get(column, ""),
        allowed=allowed,
        remedy=Message("Correct the cell and load again"),
        where=f"{row.where} {column}",
    )


def _interpretation(
    pairs: Sequence[tuple[float, float]],
    names: Mapping[str, str],
    place: shapely.Geometry,
    systems: Sequence[str],
    first: TableRow,
) -> CoordinateInterpretation:
    """How the numbers are read; a heading that says degrees is held to it."""
    geographic = is_geographic(names["x"]) or is_geographic(names["y"])
    possible = [GEOGRAPHIC_CRS] if geographic else systems
    try:
        return detect_coordinates([p[0] for p in pairs], [p[1] for p in pairs], place, possible)
    except InvalidInput as error:
        where = f"{first.where} {names['x']}, {names['y']}"
        remedy = error.remedy
        if any(abs(value) > 1e5 for value in pairs[0]) and geographic:
            remedy = Message("Write degrees with their decimal mark: 103,600123")
        raise FileFault(error.what, error.found, error.allowed, remedy, where) from None


def _placed_shape(row: TableRow, crs: str) -> shapely.Geometry | None:
    """The shape in EPSG:4326; a point or polygons, nothing else."""
    if row.shape is None or row.shape.is_empty:
        return None
    allowed = ("Point", "Polygon", "MultiPolygon")
    shape = row.shape
    if shape.geom_type == "MultiPoint" and len(shape.geoms) == 1:
        shape = shape.geoms[0]
    if shape.geom_type not in allowed:
        what = Message("A shape must be a point or an area")
        raise FileFault(what, found=shape.geom_type, allowed=allowed, where=row.where)
    transformer = Transformer.from_crs(crs, GEOGRAPHIC_CRS, always_xy=True)
    placed = shapely.transform(shape, transformer.transform, interleaved=False)
    if not _on_earth(shapely.get_coordinates(placed)):
        raise _no_place(row, crs, shapely.to_wkt(shape))
    return placed


def _on_earth(lonlat: NDArray[np.float64]) -> bool:
    """Whether all of them are degrees of a place; a plane read as degrees, or in vain, is not."""
    return bool((np.abs(lonlat) <= (180.0, 90.0)).all())


def _no_place(row: TableRow, crs: str, found: str) -> FileFault:
    return FileFault(
        Message("There is no such place in {crs}", crs=crs),
        found=found,
        remedy=Message("Correct the coordinates, or give the file the system they are in"),
        where=row.where,
    )


def _with_shape(village: ImportedVillage, shape: shapely.Geometry | None) -> ImportedVillage:
    if shape is None:
        return village
    if shape.geom_type == "Point":
        return replace(village, lon=shape.x, lat=shape.y)
    return replace(village, wkt=shapely.to_wkt(shape, rounding_precision=7))
