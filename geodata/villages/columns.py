"""Rows of an office's table as villages: which column is what, and what each cell must hold."""

from __future__ import annotations

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
from geodata.vietnamese_names import fold
from geodata.villages.coordinate_detection import CoordinateInterpretation, detect_coordinates
from geodata.villages.import_record import ImportedVillage
from geodata.villages.table_file import TableFile, TableRow
from geodata.villages.village_units import split_kind

COLUMN_HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("ten", "ten ban", "ten thon", "ten thon ban", "thon ban", "ban", "thon", "name",
             "village", "ten thon ban to dan pho", "thon ban to dan pho"),
    "kind": ("loai", "loai thon ban", "kind"),
    "commune": ("xa", "ma xa", "ten xa", "commune", "commune code"),
    "x": ("x", "toa do x", "lon", "long", "lng", "longitude", "kinh do", "dong", "easting"),
    "y": ("y", "toa do y", "lat", "latitude", "vi do", "bac", "northing"),
    "population": ("dan so", "so dan", "nhan khau", "so nhan khau", "so khau", "population"),
    "households": ("so ho", "ho", "households"),
    "joined": ("nhap vao", "sap nhap vao", "thon ban moi", "ten moi", "merged into", "joined"),
}  # fmt: skip
"""What a column may be, by the folded words of its heading."""

_THOUSANDS = re.compile(r"[0-9]{1,3}([., ])[0-9]{3}(?:\1[0-9]{3})*")

_GEOGRAPHIC = frozenset({"lon", "long", "lng", "longitude", "kinh do", "lat", "latitude", "vi do"})


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
        for field, words in COLUMN_HEADINGS.items():
            if fold(column) in words and column not in found.values():
                if field in found and field not in explicit:
                    raise FileFault(
                        Message("Two columns mean the same"),
                        found=f"{found[field]}, {column}",
                        remedy=Message(
                            "Choose one with --column {field}={column}", field=field, column=column
                        ),
                        where=file,
                    )
                found.setdefault(field, column)
    if "name" not in found:
        raise FileFault(
            Message("No column of village names was found"),
            found=", ".join(table.columns),
            allowed=Message("such as “Tên bản”, “name”"),
            remedy=Message("Name it with --column name=COLUMN"),
            where=f"{file}:1",
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
        population=_count(row, names.get("population")),
        households=_count(row, names.get("households")),
        joined_kind=joined_kind,
        joined_name=joined_name,
    )


def _refuse_kind(row: TableRow, column: str) -> str:
    allowed = Verbatim("thôn, bản, tổ dân phố, khu phố")
    what = Message("There is no such kind of village")
    raise _fault(row, column, what, allowed)


def _count(row: TableRow, column: str | None) -> float | None:
    """A number of people or households; None where the cell is empty."""
    if column is None or not row.cells[column]:
        return None
    # Nobody counts thousandths of people: groups of three are thousands, whatever parts them.
    text = row.cells[column]
    value = float(re.sub("[., ]", "", text)) if _THOUSANDS.fullmatch(text) else _number(row, column)
    if value < 0 or value != int(value) or value > 1e6:
        what = Message("Not a number of people or households")
        allowed = Message("a whole number from 0 to 1,000,000")
        raise _fault(row, column, what, allowed)
    return value


def _pair(row: TableRow, names: Mapping[str, str]) -> tuple[float, float] | None:
    cells = [row.cells[names[axis]] for axis in ("x", "y")]
    if not any(cells):
        return None
    if not all(cells):
        column = names["x" if not cells[0] else "y"]
        raise _fault(row, column, Message("One coordinate is missing"))
    return _number(row, names["x"]), _number(row, names["y"])


def _number(row: TableRow, column: str) -> float:
    """A plain decimal as files and workbooks hold it, else a number as an office writes it."""
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
    geographic = fold(names["x"]) in _GEOGRAPHIC or fold(names["y"]) in _GEOGRAPHIC
    possible = [GEOGRAPHIC_CRS] if geographic else systems
    try:
        return detect_coordinates([p[0] for p in pairs], [p[1] for p in pairs], place, possible)
    except InvalidInput as error:
        where = f"{first.where} {names['x']}, {names['y']}"
        raise FileFault(error.what, error.found, error.allowed, error.remedy, where) from None


def _placed_shape(row: TableRow, crs: str) -> shapely.Geometry | None:
    """The shape in EPSG:4326; a point or polygons, nothing else."""
    if row.shape is None or row.shape.is_empty:
        return None
    allowed = ("Point", "Polygon", "MultiPolygon")
    if row.shape.geom_type not in allowed:
        what = Message("A shape must be a point or an area")
        raise FileFault(what, found=row.shape.geom_type, allowed=allowed, where=row.where)
    transformer = Transformer.from_crs(crs, GEOGRAPHIC_CRS, always_xy=True)
    placed = shapely.transform(row.shape, transformer.transform, interleaved=False)
    if not _on_earth(shapely.get_coordinates(placed)):
        raise _no_place(row, crs, shapely.to_wkt(row.shape))
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
