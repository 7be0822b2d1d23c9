"""The units of a map on a plane: shapes for filling, lines drawn once, points for names.

The plane is a transverse Mercator of WGS 84 whose central meridian is the middle of the units,
rounded to a quarter of a degree, so that north is up and lengths on a province's sheet are true to
about one part in a thousand (Snyder 1987, Map Projections: A Working Manual, ch. 8).
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from pyproj import Transformer

from geodata.model import Level
from geodata.store_cache import cached_per_store

if TYPE_CHECKING:
    from geodata.store.interface import Store

DETAIL_TOLERANCES = {1: 500.0, 2: 150.0, 3: 0.0}
"""How far the lines of each detail may stray that a coarser map does not show, metres."""
PRINT_TOLERANCE = 0.12
"""Smallest distance a reader can distinguish on paper, mm."""

Polyline = np.ndarray
LINE_KINDS = ("plain", "indicative", "derived", "above", "frame")


@dataclass(frozen=True, eq=False)
class MapGeometry:
    """The units of a level on a day.

    Parameters
    ----------
    meridian
        Central meridian of the plane, degrees.
    unit_ids
        In the order of ``shapes``, ``bounds`` and ``anchors``.
    shapes
        Polygons on the plane, metres.
    anchors
        x, y and radius of the largest circle inside each unit, metres.
    lines
        By kind: ``plain``, ``indicative`` and ``derived`` (of areas around points) between
        neighbours, ``above`` between units of different parents, ``frame`` around all; each drawn
        once.
    qualities
        Boundary quality of each unit.
    above
        Level of the parents between which the lines ``above`` run; None without such lines.
    """

    meridian: float
    unit_ids: tuple[str, ...]
    shapes: np.ndarray
    bounds: np.ndarray
    anchors: np.ndarray
    lines: dict[str, list[Polyline]]
    qualities: tuple[str, ...]
    above: Level | None = None

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """West, south, east, north of all units, metres."""
        west, south = self.bounds[:, :2].min(axis=0)
        east, north = self.bounds[:, 2:].max(axis=0)
        return float(west), float(south), float(east), float(north)

    def neighbours(self, unit_id: str) -> list[int]:
        """Places of a unit and of those it borders on."""
        own = self.shapes[self.unit_ids.index(unit_id)]
        return [int(i) for i in np.flatnonzero(shapely.dwithin(self.shapes, own, 50.0))]

    def units_within(self, extent: tuple[float, float, float, float]) -> list[int]:
        """Places of the units of which something lies in a part of the plane."""
        found = shapely.intersects(self.shapes, shapely.box(*extent))
        return [int(i) for i in np.flatnonzero(found)]


# The few layouts that a sheet tries, and the sheets of a level, share one outline of each unit.
@lru_cache(maxsize=512)
def coarse_outline(shape: shapely.Geometry, metres: float) -> shapely.Geometry:
    """An outline that strays by no more than ``metres``, for measuring the room inside it.

    Its tolerance is the next lower power of the square root of two, so that scales that differ
    little have one outline.
    """
    return shapely.simplify(shape, math.sqrt(2) ** math.floor(2 * math.log2(metres)))


def projection(meridian: float) -> str:
    """The plane of a central meridian, as PROJ writes it."""
    return f"+proj=tmerc +lat_0=0 +lon_0={meridian} +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m"


def detail_for_tolerance(metres: float) -> int:
    """The coarsest boundaries that stray by no more than ``metres``."""
    return min(detail for detail, error in DETAIL_TOLERANCES.items() if error <= metres)


@cached_per_store(8)
def map_geometry(
    store: Store, level: Level, day: dt.date, detail: int, meridian: float | None = None
) -> MapGeometry | None:
    """The units of a level in force on ``day``; None where there are no shapes.

    Parameters
    ----------
    meridian
        Central meridian of the plane, degrees; None for that of the units.
    """
    frame = store.boundaries(level, day, detail)
    frame = frame[~(frame.geometry.is_empty | frame.geometry.isna())]
    if frame.empty:
        return None
    west, _, east, _ = frame.total_bounds
    if meridian is None:
        meridian = round((west + east) / 2 * 4) / 4
    project = Transformer.from_crs("EPSG:4326", projection(meridian), always_xy=True).transform

    def plane(points: np.ndarray) -> np.ndarray:
        return np.column_stack(project(points[:, 0], points[:, 1]))

    degrees = frame.geometry.to_numpy()
    qualities = tuple(str(q) for q in frame["boundary_quality"])
    parents = [str(p) for p in frame["parent_id"]]
    shapes = shapely.transform(degrees, plane)
    derived = [str(from_what) == "points" for from_what in frame["drawn_from"]]
    lines = boundary_lines(degrees, parents, [q == "indicative" for q in qualities], derived)
    return MapGeometry(
        meridian=meridian,
        unit_ids=tuple(str(u) for u in frame["unit_id"]),
        shapes=shapes,
        bounds=shapely.bounds(shapes),
        anchors=_anchors(shapes),
        lines={kind: [plane(line) for line in found] for kind, found in lines.items()},
        qualities=qualities,
        above=_level_of(parents, store) if lines["above"] else None,
    )


def _level_of(parents: Sequence[str], store: Store) -> Level | None:
    """The level most parents have: communes may lie in districts, or in the province itself."""
    known = {parent for parent in parents if parent not in ("", "None", "nan")}
    levels = Counter(store.unit(parent).level for parent in sorted(known))
    return levels.most_common(1)[0][0] if levels else None


def _anchors(shapes: np.ndarray) -> np.ndarray:
    """Centre and radius of the largest circle in the largest part of each shape."""
    found = []
    for shape in shapes:
        parts = shapely.get_parts(shape)
        part = parts[int(np.argmax(shapely.area(parts)))]
        tolerance = max(1.0, float(np.sqrt(shapely.area(part))) / 60)
        part = shapely.simplify(part, tolerance / 2)
        radius = shapely.maximum_inscribed_circle(part, tolerance)
        (x, y), _ = shapely.get_coordinates(radius)
        found.append((x, y, shapely.length(radius)))
    return np.array(found)


def boundary_lines(
    shapes: np.ndarray,
    parents: Sequence[str],
    indicative: Sequence[bool],
    derived: Sequence[bool] | None = None,
) -> dict[str, list[Polyline]]:
    """The outlines of a coverage, each stretch once, by what lies on its sides.

    Parameters
    ----------
    shapes
        Polygons whose neighbours share identical coordinates.
    derived
        Which of them are drawn around points; None for none.
    """
    above, loose = np.array(parents), np.array(indicative)
    around = np.zeros(len(shapes), dtype=bool) if derived is None else np.array(derived)
    parts, owner_of_part = shapely.get_parts(shapes, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    inner = ring_of_point[:-1] == ring_of_point[1:]
    start, end = points[:-1][inner], points[1:][inner]
    owners = owner_of_part[part_of_ring[ring_of_point[:-1][inner]]]
    turn = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    segments = np.where(turn[:, None], np.hstack([end, start]), np.hstack([start, end]))
    order = np.lexsort(segments.T[::-1])
    segments, owners = segments[order], owners[order]
    first = np.append(True, np.any(segments[1:] != segments[:-1], axis=1))
    group = np.cumsum(first) - 1
    low = np.full(group[-1] + 1, len(shapes))
    high = np.full(group[-1] + 1, -1)
    np.minimum.at(low, group, owners)
    np.maximum.at(high, group, owners)
    kinds = np.where(around[low] | around[high], "derived", "plain").astype(object)
    kinds[(kinds == "plain") & (loose[low] | loose[high])] = "indicative"
    kinds[above[low] != above[high]] = "above"
    kinds[np.bincount(group) == 1] = "frame"
    return {kind: _merged(segments[first][kinds == kind]) for kind in LINE_KINDS}


def _merged(segments: np.ndarray) -> list[Polyline]:
    """Segments put end to end as long as no third one meets them."""
    if not len(segments):
        return []
    pieces = shapely.multilinestrings(shapely.linestrings(segments.reshape(-1, 2, 2)))
    lines = shapely.get_parts(shapely.line_merge(pieces))
    return [shapely.get_coordinates(line) for line in lines]
