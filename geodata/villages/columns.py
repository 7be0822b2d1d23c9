"""Rows of an office's table as villages: which column is what, and what each cell must hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from geodata.cell_measure import split_measure
from geodata.faults import RAISE_FIRST, FaultCollector
from geodata.i18n import Localised, Message, Text, Verbatim
from geodata.point_tables.column_mapping import ColumnMapping
from geodata.point_tables.names import refuse_days, verify_row_name
from geodata.point_tables.positions import (
    NOTHING,
    PositionColumns,
    cell_fault,
    coordinate_pair,
    interpret_coordinates,
    is_on_earth,
    is_typed_number,
    no_such_place,
    number_of,
    placed_shape,
)
from geodata.point_tables.table_file import PointRow, TableFile
from geodata.villages.import_record import ImportedVillage
from geodata.villages.village_units import split_kind

_THOUSANDS = re.compile(r"[0-9]{1,3}([., ])[0-9]{3}(?:\1[0-9]{3})*")
_LONGEST_NAME = 100


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
    rows: Sequence[PointRow] | None = None,
    *,
    faults: FaultCollector = RAISE_FIRST,
) -> ParsedVillages:
    """Villages of a table.

    Parameters
    ----------
    place
        Extent of the dataset, EPSG:4326; see
        `geodata.point_tables.positions.extent_for_detection`.
    systems
        Coordinate systems the numbers may be in.
    rows
        The rows to read; default all.
    faults
        Takes the cells that do not hold what their column should, by file, row and column; their
        rows are left out. The first is raised by default.

    Raises
    ------
    FileFault
        No reading of the numbers puts them into the place.
    """
    names = columns.by_field
    where = PositionColumns(names.get("x", ""), names.get("y", ""))
    chosen: list[PointRow] = []
    villages: list[ImportedVillage] = []
    numbers: list[tuple[float, float] | None] = []
    for row in table.rows if rows is None else rows:
        with faults.catching():
            village = _with_shape(_village(row, names), placed_shape(row, table.crs))
            numbers.append(coordinate_pair(row, where) if where else None)
            villages.append(village)
            chosen.append(row)
    if any(row.shape is not None for row in chosen):
        position_note = Message("shapes of the file, {crs}", crs=table.crs)
        return ParsedVillages(tuple(villages), position_note, columns)
    given = {n: pair for n, pair in enumerate(numbers) if pair is not None}
    if not given:
        return ParsedVillages(tuple(villages), Text(""), columns)
    reading = interpret_coordinates([*given.values()], where, place, systems, chosen[min(given)])
    lonlat = reading.positions([p[0] for p in given.values()], [p[1] for p in given.values()])
    unsound = set()
    for n, (lon, lat) in zip(given, lonlat, strict=True):
        if not is_on_earth(np.array([[lon, lat]])):
            faults.add(no_such_place(chosen[n], reading.crs, str(given[n])))
            unsound.add(n)
        villages[n] = replace(villages[n], lon=float(lon), lat=float(lat))
    villages = [village for n, village in enumerate(villages) if n not in unsound]
    return ParsedVillages(tuple(villages), reading.words(names["x"], names["y"]), columns)


def _village(row: PointRow, names: Mapping[str, str]) -> ImportedVillage:
    columns = (names.get(field, "") for field in ("name", "joined", "commune", "kind"))
    refuse_days(row, columns)
    kind, name = split_kind(row.cells[names["name"]])
    verify_row_name(row, names["name"], name, _LONGEST_NAME)
    if "kind" in names and row.cells[names["kind"]]:
        kind = split_kind(f"{row.cells[names['kind']]} A")[0] or _refuse_kind(row, names["kind"])
    joined_kind, joined_name = split_kind(row.cells.get(names.get("joined", ""), ""))
    if joined_name:
        verify_row_name(row, names["joined"], joined_name, _LONGEST_NAME)
    return ImportedVillage(
        where=row.where,
        kind=kind,
        name=name,
        population=count_of(row, names.get("population"), "người"),
        households=count_of(row, names.get("households"), "hộ"),
        joined_kind=joined_kind,
        joined_name=joined_name,
    )


def _refuse_kind(row: PointRow, column: str) -> str:
    allowed = Verbatim("thôn, bản, tổ dân phố, khu phố")
    what = Message("There is no such kind of village")
    raise cell_fault(row, column, what, allowed)


def count_of(row: PointRow, column: str | None, base: str = "") -> float | None:
    """A number of people or households; None where the cell is empty or says that there is none.

    Parameters
    ----------
    base
        The unit of measure that may stand behind it: ``người`` for ``312 người``, ``312 khẩu``.
    """
    if column is None or not row.cells[column] or row.cells[column] in NOTHING:
        return None
    # Nobody counts thousandths of people: groups of three are thousands, whatever parts them. A
    # number that was typed as one is the number it is.
    text, measure = split_measure(row.cells[column])
    if measure is not None:
        if (measure.base, measure.factor) != (base, 1):
            what = Message("The cell states another unit of measure than its column")
            raise cell_fault(row, column, what, Verbatim(base))
        row = replace(row, cells={**row.cells, column: text})
    grouped = _THOUSANDS.fullmatch(text) and not is_typed_number(row, column)
    value = float(re.sub("[., ]", "", text)) if grouped else number_of(row, column)
    # Beyond all doubles is infinite, which is no whole number: the bound is asked first.
    if not 0 <= value <= 1e6 or value != int(value):
        what = Message("Not a number of people or households")
        allowed = Message("a whole number from 0 to 1,000,000")
        raise cell_fault(row, column, what, allowed)
    return value


def _with_shape(village: ImportedVillage, shape: shapely.Geometry | None) -> ImportedVillage:
    if shape is None:
        return village
    if shape.geom_type == "Point":
        return replace(village, lon=shape.x, lat=shape.y)
    return replace(village, wkt=shapely.to_wkt(shape, rounding_precision=7))
