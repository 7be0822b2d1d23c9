"""Rows of a list of places: name, category and commune as written, position, own columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from geodata.dataset import Dataset
from geodata.errors import FileFault, UnansweredFile
from geodata.i18n import Localised, Message, Text, Verbatim
from geodata.model import OwnColumns
from geodata.places.place_findings import FindingList
from geodata.places.place_report import PlaceOptions
from geodata.point_tables.column_mapping import ColumnMapping
from geodata.point_tables.headings import ORDINAL_HEADINGS
from geodata.point_tables.names import refuse_days
from geodata.point_tables.positions import (
    PositionColumns,
    cell_fault,
    coordinate_pair,
    extent_for_detection,
    interpret_coordinates,
    placed_shape,
    possible_systems,
)
from geodata.point_tables.table_file import PointRow, TableFile
from geodata.readers.damaged_text import verify_text
from geodata.vietnamese_names import fold

LONGEST_NAME = 200
LONGEST_CELL = 2000
_LONGEST_QUOTE = 4000
_OF_THE_PLACE = ("name", "category", "commune", "x", "y", "position")


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A row of a list of places as it was read.

    Parameters
    ----------
    category, commune
        As written; empty where nothing is.
    """

    row: PointRow
    name: str
    category: str
    commune: str
    columns: OwnColumns
    quote: str


def read_place_rows(
    table: TableFile, columns: ColumnMapping, options: PlaceOptions, findings: FindingList
) -> list[PlaceRow]:
    """The rows that have a sound name and category.

    Parameters
    ----------
    findings
        Takes what is wrong with the others.

    Raises
    ------
    FileFault
        Nothing says of which category the places are.
    """
    by_field = columns.by_field
    if not options.category and "category" not in by_field and not all(r.group for r in table.rows):
        raise UnansweredFile(
            Message("Nothing says of which category the places are"),
            found=", ".join(table.columns),
            remedy=Message("State the category of all places, or which column holds it"),
            where=table.rows[0].where,
        )
    found = []
    for row in table.rows:
        try:
            found.append(_place_row(row, columns, options))
        except FileFault as fault:
            findings.add_fault(row, fault)
    return found


def _place_row(row: PointRow, columns: ColumnMapping, options: PlaceOptions) -> PlaceRow:
    by_field = columns.by_field
    written = [by_field[field] for field in ("name", "category", "commune") if field in by_field]
    refuse_days(row, written)
    name = row.cells[by_field["name"]]
    if not name:
        raise cell_fault(row, by_field["name"], Message("The name is missing"))
    if len(name) > LONGEST_NAME:
        what, allowed = Message("The name is too long"), Verbatim(f"≤ {LONGEST_NAME}")
        raise cell_fault(row, by_field["name"], what, allowed)
    for column, text in row.cells.items():
        _verify_cell(row, column, text)
    category = options.category or row.cells.get(by_field.get("category", ""), "") or row.group
    if not category:
        raise cell_fault(row, by_field["category"], Message("The category is missing"))
    commune = row.cells.get(by_field.get("commune", ""), "")
    return PlaceRow(row, name, category, commune, _own_columns(row, columns), _quote(row))


def _verify_cell(row: PointRow, column: str, text: str) -> None:
    if len(text) > LONGEST_CELL:
        what, allowed = Message("The text of the cell is too long"), Verbatim(f"≤ {LONGEST_CELL}")
        raise cell_fault(row, column, what, allowed)
    if not text.isprintable():
        raise cell_fault(row, column, Message("The cell has a character nobody sees"))
    if "://" not in text:
        verify_text(f"{row.where} {column}", text, beside_damage=column in row.damaged)


def _own_columns(row: PointRow, columns: ColumnMapping) -> OwnColumns:
    named = {columns.by_field[field] for field in _OF_THE_PLACE if field in columns.by_field}
    return tuple(
        (column, text)
        for column, text in row.cells.items()
        if text and column not in named and fold(column) not in ORDINAL_HEADINGS
    )


def _quote(row: PointRow) -> str:
    return " | ".join(text for text in row.cells.values() if text)[:_LONGEST_QUOTE]


@dataclass(frozen=True, slots=True)
class KnownPositions:
    """What is known of positions before they are read.

    Parameters
    ----------
    extent
        Where they make sense, EPSG:4326.
    systems
        Coordinate systems the numbers may be in.
    """

    extent: shapely.Geometry
    systems: tuple[str, ...]

    @classmethod
    def of(cls, dataset: Dataset, crs: str = "") -> KnownPositions:
        """Those of a dataset; ``crs`` names the only system that may be meant."""
        systems = [crs] if crs else possible_systems(dataset)
        return cls(extent_for_detection(dataset), tuple(systems))


@dataclass(frozen=True, slots=True)
class Positions:
    """What stands in the rows as positions.

    Parameters
    ----------
    lonlat
        Longitude and latitude by number of the row, degrees; not held to the earth.
    note
        How they were read; empty without any.
    unsound
        Numbers of the rows whose cells hold no position.
    """

    lonlat: dict[int, tuple[float, float]]
    note: Localised
    unsound: frozenset[int] = frozenset()


def read_positions(
    table: TableFile,
    rows: Sequence[PlaceRow],
    columns: ColumnMapping,
    known: KnownPositions,
    findings: FindingList,
) -> Positions:
    """The position of each row that has one.

    Parameters
    ----------
    known
        Where they may lie, and in which systems they may be written.
    findings
        Takes the cells that hold no position; their rows are ``unsound``.

    Raises
    ------
    FileFault
        No reading of the numbers puts them into the place.
    """
    if any(each.row.shape is not None for each in rows):
        return _from_shapes(table, rows, findings)
    names = columns.by_field
    where = PositionColumns(names.get("x", ""), names.get("y", ""), names.get("position", ""))
    if where.x and where.y:
        where = PositionColumns(where.x, where.y)
    pairs: dict[int, tuple[float, float]] = {}
    unsound = set()
    for each in rows if where else ():
        try:
            pair = coordinate_pair(each.row, where)
        except FileFault as fault:
            findings.add_fault(each.row, fault)
            unsound.add(each.row.number)
            continue
        if pair is not None:
            pairs[each.row.number] = pair
    if not pairs:
        return Positions({}, Text(""), frozenset(unsound))
    first = next(each.row for each in rows if each.row.number in pairs)
    reading = interpret_coordinates([*pairs.values()], where, known.extent, known.systems, first)
    lonlat = reading.positions([p[0] for p in pairs.values()], [p[1] for p in pairs.values()])
    placed = dict(zip(pairs, map(tuple, lonlat.tolist()), strict=True))
    return Positions(placed, reading.words(*where.named), frozenset(unsound))


def _from_shapes(table: TableFile, rows: Sequence[PlaceRow], findings: FindingList) -> Positions:
    """Points of the file; of an area, a point on it."""
    placed: dict[int, tuple[float, float]] = {}
    unsound = set()
    for each in rows:
        try:
            shape = placed_shape(each.row, table.crs)
        except FileFault as fault:
            findings.add_fault(each.row, fault)
            unsound.add(each.row.number)
            continue
        if shape is not None:
            point = shapely.point_on_surface(shape)
            placed[each.row.number] = point.x, point.y
    note = Message("shapes of the file, {crs}", crs=table.crs)
    return Positions(placed, note, frozenset(unsound))
