"""Units drawn as rectangles between meridians and parallels, and lines across them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely
from build_helpers import unit
from numpy.typing import NDArray

from geodata.model import Unit
from geodata.vectors.line_segments import Segments, distinct_segments, line_segments
from geodata.vectors.unit_shapes import UnitShapes, unit_shapes

WEST, SOUTH, SIDE = 103.0, 22.0, 0.1
"""The province is a square of 2 x 2 cells of 0.1 degrees."""

UTM = "EPSG:32648"
MERGER = dt.date(2025, 7, 1)


def cell(column: int, row: int, columns: int = 1, rows: int = 1) -> shapely.Geometry:
    """A rectangle of cells; each corner of a cell is a vertex, as neighbours in a coverage have."""
    right, top = column + columns, row + rows
    ring = [(x, row) for x in range(column, right)]
    ring += [(right, y) for y in range(row, top)]
    ring += [(x, top) for x in range(right, column, -1)]
    ring += [(column, y) for y in range(top, row, -1)]
    return shapely.Polygon([in_cells(*corner) for corner in ring])


def province() -> UnitShapes:
    """Four old communes, two new ones of which each joins a western and an eastern, the whole."""
    old: list[tuple[Unit, shapely.Geometry]] = [
        (unit(f"0000{1 + column + 2 * row}-20130101", valid_to=MERGER), cell(column, row))
        for row in (0, 1)
        for column in (0, 1)
    ]
    new = [(unit(f"0001{row}-20250701"), cell(0, row, 2)) for row in (0, 1)]
    whole = [(unit("12-20040101", "province"), cell(0, 0, 2, 2))]
    units, shapes = zip(*old, *new, *whole, strict=True)
    frame = gpd.GeoDataFrame(
        {"unit_id": [each.unit_id for each in units]}, geometry=list(shapes), crs="EPSG:4326"
    )
    return unit_shapes(units, frame)


def in_cells(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a place counted in cells from the south-western corner."""
    return WEST + x * SIDE, SOUTH + y * SIDE


def road(*places: tuple[float, float]) -> shapely.LineString:
    """A line through places counted in cells."""
    return shapely.LineString([in_cells(*place) for place in places])


def segments_of(*lines: shapely.Geometry) -> Segments:
    return distinct_segments(line_segments(np.array(lines, dtype=object)))


def by_id(units: UnitShapes, values: Sequence[float] | NDArray[np.float64]) -> dict[str, float]:
    """Values by the code of the unit."""
    codes = [each.code for each in units.units]
    return dict(zip(codes, np.asarray(values, dtype=float).tolist(), strict=True))
