"""Lines as arrays of straight segments, each segment of the ground once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Geod, Transformer

from geodata.vectors.unit_shapes import Indices, Shapes, unique_segments

Floats = NDArray[np.float64]

_ELLIPSOID = Geod(ellps="WGS84")

_SAME_PLACE_DECIMALS = 7
"""Decimals of a degree to which two vertices are the same: about a centimetre."""

_SAME_PLACE_DEGREES = 1e-7


@dataclass(frozen=True, eq=False)
class Segments:
    """Straight segments of lines in longitude and latitude.

    Parameters
    ----------
    ends
        x1, y1, x2, y2 in degrees, EPSG:4326; shape (n, 4).
    line
        For each segment the position of its line among those it was made of; shape (n,).
    """

    ends: Floats
    line: Indices

    def __len__(self) -> int:
        return len(self.ends)

    def shapes(self) -> Shapes:
        """The segments as lines, EPSG:4326."""
        return np.asarray(shapely.linestrings(self.ends.reshape(-1, 2, 2)))

    def taken(self, rows: Indices | NDArray[np.bool_]) -> Segments:
        """The segments of some rows."""
        return Segments(self.ends[rows], self.line[rows])


def line_segments(lines: Shapes) -> Segments:
    """The segments of lines, without those of no length.

    Parameters
    ----------
    lines
        LineStrings and MultiLineStrings, EPSG:4326; None and empty ones have no segment.
    """
    parts, line = shapely.get_parts(lines, return_index=True)
    xy, part = shapely.get_coordinates(parts, return_index=True)
    inner = part[1:] == part[:-1]
    ends = np.hstack([xy[:-1][inner], xy[1:][inner]])
    of_line = line[part[:-1][inner]]
    long_enough = (ends[:, :2] != ends[:, 2:]).any(axis=1)
    return Segments(ends[long_enough], np.asarray(of_line[long_enough], dtype=np.intp))


def distinct_segments(segments: Segments) -> Segments:
    """Each stretch of the ground once, of the line that comes first.

    Tiles overlap at their edges, and one road may be drawn twice. Segments are first divided where
    a vertex of another one lies on them, so that the parts that coincide become equal.
    """
    divided = _divided_at_vertices(segments)
    rounded = np.round(divided.ends, _SAME_PLACE_DECIMALS)
    _, kept = unique_segments(rounded)
    return divided.taken(kept)


def _divided_at_vertices(segments: Segments) -> Segments:
    """Segments divided where a vertex of another one lies on them."""
    # As complex numbers they sort many times faster than as rows.
    ends = np.unique(np.ascontiguousarray(segments.ends).reshape(-1, 2).view(complex))
    ends = ends.view(float).reshape(-1, 2)
    point, row = shapely.STRtree(boxes(segments.ends, _SAME_PLACE_DEGREES)).query(
        shapely.points(ends)
    )
    of_row = segments.ends[row]
    along = position_along(of_row, ends[point])
    margin = _SAME_PLACE_DEGREES / np.hypot(*(of_row[:, 2:] - of_row[:, :2]).T)
    inside = (along > margin) & (along < 1 - margin)
    row, along, point = row[inside], along[inside], point[inside]
    on_it = distance_to_place(segments.ends[row], along, ends[point]) <= _SAME_PLACE_DEGREES
    return divide(segments, row[on_it], along[on_it])[0]


def boxes(segments: Floats, margin: float) -> Shapes:
    """A rectangle around each segment, wider by ``margin`` on every side."""
    low = np.minimum(segments[:, :2], segments[:, 2:]) - margin
    high = np.maximum(segments[:, :2], segments[:, 2:]) + margin
    return np.asarray(shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]))


def distance_to_place(segments: Floats, along: Floats, points: Floats) -> Floats:
    """Distance from each point to the place ``along`` its segment, degrees."""
    foot = segments[:, :2] + along[:, None] * (segments[:, 2:] - segments[:, :2])
    return np.asarray(np.hypot(*(points - foot).T))


def follows(segments: Segments) -> NDArray[np.bool_]:
    """Whether a segment goes on where the one before it in the same line ends; shape (n,)."""
    found = np.zeros(len(segments), dtype=bool)
    same_line = segments.line[1:] == segments.line[:-1]
    found[1:] = same_line & (segments.ends[1:, :2] == segments.ends[:-1, 2:]).all(axis=1)
    return found


def position_along(ends: Floats, points: Floats) -> Floats:
    """Where the foot of each point falls on its segment: 0 at the start, 1 at the end.

    Parameters
    ----------
    ends
        x1, y1, x2, y2; shape (n, 4).
    points
        x, y; shape (n, 2).
    """
    way = ends[:, 2:] - ends[:, :2]
    return np.asarray(((points - ends[:, :2]) * way).sum(axis=1) / (way * way).sum(axis=1))


def divide(segments: Segments, row: Indices, along: Floats) -> tuple[Segments, Indices]:
    """Divide segments at places along them.

    Parameters
    ----------
    row
        Rows of the segments to divide, in any order, repeated for several places.
    along
        Places strictly between 0 and 1.

    Returns
    -------
    tuple
        The pieces in the order of the lines, and for each the row of the segment it comes from.
    """
    order = np.lexsort((along, row))
    row, along = row[order], along[order]
    new = np.ones(len(row), dtype=bool)
    new[1:] = (row[1:] != row[:-1]) | (along[1:] > along[:-1])
    row, along = row[new], along[new]
    counts = 1 + np.bincount(row, minlength=len(segments))
    origin = np.repeat(np.arange(len(segments), dtype=np.intp), counts)
    # Every division before this one adds a piece.
    after = row + np.arange(1, len(row) + 1)
    ends, line = segments.ends[origin], segments.line[origin]
    whole = segments.ends[row]
    cuts = whole[:, :2] + along[:, None] * (whole[:, 2:] - whole[:, :2])
    ends[after, :2] = cuts
    ends[after - 1, 2:] = cuts
    return Segments(ends, line), origin


def lengths_km(segments: Segments, crs: str = "") -> Floats:
    """Length of each segment, km.

    Parameters
    ----------
    crs
        A coordinate system in metres to measure in its plane; empty measures on the WGS 84
        ellipsoid (Karney 2013, Algorithms for geodesics, Journal of Geodesy 87).
    """
    x1, y1, x2, y2 = segments.ends.T
    if not crs:
        return np.asarray(_ELLIPSOID.inv(x1, y1, x2, y2)[2], dtype=float) / 1000
    to_plane = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    first, last = to_plane.transform(x1, y1), to_plane.transform(x2, y2)
    return np.hypot(np.subtract(last[0], first[0]), np.subtract(last[1], first[1])) / 1000


_LONGEST_STRAIGHT_M = 500.0
"""A segment straight in a plane bends in longitude and latitude: by 2 mm over this length."""


def to_lonlat(shapes: Shapes, crs: str) -> Shapes:
    """Shapes in longitude and latitude; straight stretches of a plane keep their course.

    Parameters
    ----------
    crs
        Whatever PROJ knows; x is east and y is north whatever order of axes it names.
    """
    system = CRS.from_user_input(crs)
    if system.is_projected:
        metres = system.axis_info[0].unit_conversion_factor
        shapes = shapely.segmentize(shapes, _LONGEST_STRAIGHT_M / metres)
    transformer = Transformer.from_crs(system, "EPSG:4326", always_xy=True)
    moved = shapely.transform(shapes, lambda xy: np.column_stack(transformer.transform(*xy.T)))
    return np.asarray(moved)
