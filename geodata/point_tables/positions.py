"""Positions of the rows of a list: from its cells or its shapes."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geodata.dataset import GEOGRAPHIC_CRS, Dataset
from geodata.errors import FileFault, InvalidInput, UnansweredFile
from geodata.i18n import Localised, Message, Text
from geodata.locale_numbers import parse_number
from geodata.point_tables.coordinate_detection import (
    CoordinateInterpretation,
    detect_coordinates,
    parse_degrees,
)
from geodata.point_tables.headings import is_geographic
from geodata.point_tables.table_file import PointRow

NOTHING = frozenset({"-", "–", "—", "−", "...", "…"})
"""What offices write where there is no number."""

_MARGIN = 0.5
"""Degrees around the dataset within which points still tell how they are to be read."""

_BOTH = re.compile(r"(.{1,40}?)(?:\s*;\s*|\s*,\s+|\s+)(.{1,40})|([^,;\s]{1,40}),([^,;\s]{1,40})")
"""Two coordinates in one cell; a comma alone parts them where each has a decimal point."""


@dataclass(frozen=True, slots=True)
class PositionColumns:
    """Where a list keeps its positions.

    Parameters
    ----------
    x, y
        Columns of the two coordinates.
    both
        The column that holds both of them in one cell; ``x`` and ``y`` are then empty.
    """

    x: str = ""
    y: str = ""
    both: str = ""

    def __bool__(self) -> bool:
        return bool((self.x and self.y) or self.both)

    @property
    def named(self) -> tuple[str, str]:
        """What the two coordinates are called in messages."""
        return (self.both, self.both) if self.both else (self.x, self.y)


def extent_for_detection(dataset: Dataset) -> shapely.Geometry:
    """The extent within which points tell how their coordinates are to be read, EPSG:4326."""
    return shapely.box(*dataset.boundaries[1].total_bounds).buffer(_MARGIN)


def possible_systems(dataset: Dataset) -> list[str]:
    """Coordinate systems in which a list of the place may give its positions."""
    local = dataset.info.local_crs
    return [GEOGRAPHIC_CRS, local] if local else [GEOGRAPHIC_CRS]


def is_typed_number(row: PointRow, column: str) -> bool:
    """Whether a cell holds a number, not a text that reads as one."""
    value = row.values.get(column)
    return isinstance(value, int | float) and not isinstance(value, bool)


def coordinate_pair(row: PointRow, columns: PositionColumns) -> tuple[float, float] | None:
    """The two coordinates of a row as they stand; None where it has none.

    Raises
    ------
    FileFault
        One is missing, or a cell holds no coordinate.
    """
    if columns.both:
        return _pair_of_one_cell(row, columns.both)
    names = (columns.x, columns.y)
    given = [_is_given(row.cells[name]) for name in names]
    if not any(given):
        return None
    if not all(given):
        missing = names[0] if not given[0] else names[1]
        raise cell_fault(row, missing, Message("One coordinate is missing"))
    return _coordinate(row, names[0]), _coordinate(row, names[1])


def _is_given(cell: str) -> bool:
    return bool(cell) and cell not in NOTHING


def _pair_of_one_cell(row: PointRow, column: str) -> tuple[float, float] | None:
    text = row.cells[column].strip()
    if not _is_given(text):
        return None
    halves = _BOTH.fullmatch(text)
    if halves is None:
        allowed = Text("22.4406, 103.4099; 22°26'26\"B 103°24'36\"Đ")
        raise cell_fault(row, column, Message("Not two coordinates"), allowed)
    first, second = (half for half in halves.groups() if half is not None)
    return _coordinate_text(row, column, first), _coordinate_text(row, column, second)


def _coordinate_text(row: PointRow, column: str, text: str) -> float:
    degrees = parse_degrees(text)
    return _number_of_text(row, column, text) if degrees is None else degrees


def _coordinate(row: PointRow, column: str) -> float:
    """A coordinate as a number, or as degrees with or without minutes and seconds."""
    degrees = None if is_typed_number(row, column) else parse_degrees(row.cells[column])
    return number_of(row, column) if degrees is None else degrees


def number_of(row: PointRow, column: str) -> float:
    """A plain decimal as files and workbooks hold it, else a number as an office writes it.

    Raises
    ------
    FileFault
        The cell holds no number.
    """
    value = row.values.get(column)
    if isinstance(value, int | float) and is_typed_number(row, column) and math.isfinite(value):
        return float(value)
    return _number_of_text(row, column, row.cells[column])


def _number_of_text(row: PointRow, column: str, text: str) -> float:
    try:
        return parse_number(text)
    except InvalidInput:
        pass
    try:
        return parse_number(text, "vietnamese")
    except InvalidInput as error:
        raise cell_fault(row, column, error.what, Text("2451234.5; 2.451.234,5")) from None


def cell_fault(
    row: PointRow, column: str, what: Localised, allowed: Localised | tuple[str, ...] = ()
) -> FileFault:
    """The fault for one cell of a row."""
    return FileFault(
        what,
        found=row.cells.get(column, ""),
        allowed=allowed,
        remedy=Message("Correct the cell and load again"),
        where=f"{row.where} {column}",
    )


def interpret_coordinates(
    pairs: Sequence[tuple[float, float]],
    columns: PositionColumns,
    place: shapely.Geometry,
    systems: Sequence[str],
    first: PointRow,
) -> CoordinateInterpretation:
    """How the numbers are read; a heading that says degrees is held to it.

    Parameters
    ----------
    pairs
        Coordinates as they stand, in the order of the columns.
    place
        See `extent_for_detection`.
    systems
        Coordinate systems the numbers may be in.
    first
        The first row that has coordinates, for messages.

    Raises
    ------
    FileFault
        No reading, or more than one, puts them into the place.
    """
    geographic = any(map(is_geographic, columns.named))
    possible = [GEOGRAPHIC_CRS] if geographic else systems
    try:
        return detect_coordinates([p[0] for p in pairs], [p[1] for p in pairs], place, possible)
    except InvalidInput as error:
        where = f"{first.where} {', '.join(dict.fromkeys(columns.named))}"
        remedy = error.remedy
        if any(abs(value) > 1e5 for value in pairs[0]) and geographic:
            remedy = Message("Write degrees with their decimal mark: 103,600123")
        raise UnansweredFile(error.what, error.found, error.allowed, remedy, where) from None


def placed_shape(row: PointRow, crs: str) -> shapely.Geometry | None:
    """The shape of a row in EPSG:4326: a point or polygons; None without one.

    Raises
    ------
    FileFault
        It is something else, or lies nowhere on the earth.
    """
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
    if not is_on_earth(shapely.get_coordinates(placed)):
        raise no_such_place(row, crs, shapely.to_wkt(shape))
    return placed


def is_on_earth(lonlat: NDArray[np.float64]) -> bool:
    """Whether all of them are degrees of a place; a plane read as degrees, or in vain, is not."""
    return bool((np.abs(lonlat) <= (180.0, 90.0)).all())


def no_such_place(row: PointRow, crs: str, found: str) -> FileFault:
    """The fault for coordinates that are nowhere in their system."""
    return FileFault(
        Message("There is no such place in {crs}", crs=crs),
        found=found,
        remedy=Message("Correct the coordinates, or give the file the system they are in"),
        where=row.where,
    )
