"""The shapes of units of every era and level, and which of them lie side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.geodesy import area_km2
from geodata.model import Unit

Shapes = NDArray[np.object_]
Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class UnitShapes:
    """Units that have a shape.

    Parameters
    ----------
    units
        In the order of their ids.
    shapes
        Their polygons, EPSG:4326, shape (n,).
    eras
        The units of one level on one day, as positions in ``units``; their shapes do not overlap.
        A unit stands in every era through which it lives.
    """

    units: tuple[Unit, ...]
    shapes: Shapes
    eras: tuple[Indices, ...]

    @property
    def unit_ids(self) -> tuple[str, ...]:
        """Ids of the units, in their order."""
        return tuple(unit.unit_id for unit in self.units)

    def areas_km2(self) -> NDArray[np.float64]:
        """Areas of the shapes on the ellipsoid, km², shape (n,)."""
        return np.array([area_km2(shape) for shape in self.shapes])


def unit_shapes(units: Sequence[Unit], boundaries: gpd.GeoDataFrame) -> UnitShapes:
    """The units among ``boundaries``, by level and day.

    Parameters
    ----------
    units
        All units; those without a shape are left out.
    boundaries
        Columns ``unit_id`` and ``geometry``, any known CRS.
    """
    lonlat = boundaries.to_crs("EPSG:4326")
    drawn = dict(zip(lonlat["unit_id"], lonlat.geometry, strict=True))
    known = sorted((unit for unit in units if unit.unit_id in drawn), key=lambda u: u.unit_id)
    shapes = np.array([drawn[unit.unit_id] for unit in known], dtype=object)
    return UnitShapes(tuple(known), shapes, _eras(known))


def _eras(units: Sequence[Unit]) -> tuple[Indices, ...]:
    days = sorted({unit.valid_from for unit in units})
    found: dict[tuple[int, ...], None] = {}
    for level in sorted({unit.level for unit in units}):
        for day in days:
            of_day = tuple(
                number
                for number, unit in enumerate(units)
                if unit.level == level and unit.valid_on(day)
            )
            if of_day:
                found[of_day] = None
    return tuple(np.array(numbers, dtype=np.intp) for numbers in found)


def border_edges(shapes: Shapes) -> NDArray[np.float64]:
    """Every edge of the polygons once, however many share it: x1, y1, x2, y2; shape (m, 4)."""
    rings, _ = shapely.get_parts(shapely.boundary(shapes), return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    inner = ring[1:] == ring[:-1]
    return unique_segments(np.hstack([xy[:-1][inner], xy[1:][inner]]))[0]


def unique_segments(
    segments: NDArray[np.float64],
) -> tuple[NDArray[np.float64], Indices]:
    """Segments without those that stand there before, in either direction.

    Parameters
    ----------
    segments
        x1, y1, x2, y2; shape (n, 4).

    Returns
    -------
    tuple
        The segments that stay, and their positions among the given ones, in order.
    """
    turned = (segments[:, 0] > segments[:, 2]) | (
        (segments[:, 0] == segments[:, 2]) & (segments[:, 1] > segments[:, 3])
    )
    directed = np.where(turned[:, None], segments[:, [2, 3, 0, 1]], segments)
    if not len(directed):
        return segments, np.empty(0, dtype=np.intp)
    order = np.lexsort(directed.T[::-1])
    sorted_rows = directed[order]
    first = np.concatenate([[True], (sorted_rows[1:] != sorted_rows[:-1]).any(axis=1)])
    # Of equals, lexsort keeps the order given, so the first of each is the earliest.
    kept = np.sort(order[first])
    return segments[kept], kept
