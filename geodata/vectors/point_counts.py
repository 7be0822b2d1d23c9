"""How many points each unit has."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.vectors.unit_shapes import Indices, Shapes, UnitShapes


def count_points(points: Shapes, units: UnitShapes) -> NDArray[np.int64]:
    """Points in each unit, shape (number of units,).

    A point on a border is counted once in every era, for the unit whose id comes first; so the
    counts of the units of a level add up to that of the whole.

    Parameters
    ----------
    points
        Points, EPSG:4326; the parts of multipoints count one by one.
    """
    parts = shapely.get_parts(points)
    unit, point = shapely.STRtree(parts).query(units.shapes, predicate="intersects")
    counts = np.zeros(len(units.units), dtype=np.int64)
    for era in units.eras:
        in_era = np.isin(unit, era)
        counts[era] = _counted_once(unit[in_era], point[in_era], len(units.units))[era]
    return counts


def _counted_once(unit: Indices, point: Indices, size: int) -> NDArray[np.int64]:
    order = np.lexsort((unit, point))
    _, first = np.unique(point[order], return_index=True)
    return np.bincount(unit[order][first], minlength=size)
