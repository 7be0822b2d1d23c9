"""The transformation from map coordinates to the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from matplotlib.path import Path

from layers.sheet.layout_block import Rect

Extent = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Viewport:
    """The plane seen through a box of the page.

    Parameters
    ----------
    scale
        Millimetres on paper for a metre.
    west, north
        The point of the plane at the box's top left corner, metres.
    """

    box: Rect
    scale: float
    west: float
    north: float

    def points(self, plane: np.ndarray) -> np.ndarray:
        """Points of the plane on the page."""
        x = self.box.x + (plane[:, 0] - self.west) * self.scale
        y = self.box.y + (self.north - plane[:, 1]) * self.scale
        return np.column_stack([x, y])

    def path(self, shapes: Iterable[shapely.Geometry]) -> Path:
        """Polygons as one path; what is smaller than a speck of toner is left out."""
        rings = shapely.get_rings(shapely.get_parts(list(shapes)))
        points, ring = shapely.get_coordinates(rings, return_index=True)
        if not len(points):
            return Path(np.zeros((0, 2)))
        codes = np.full(len(points), Path.LINETO, dtype=Path.code_type)
        ends = np.append(ring[1:] != ring[:-1], True)
        codes[ends] = Path.CLOSEPOLY
        codes[np.append(0, np.flatnonzero(ends)[:-1] + 1)] = Path.MOVETO
        return Path(self.points(points), codes)

    @property
    def extent(self) -> Extent:
        """West, south, east, north of the box on the plane, metres."""
        east = self.west + self.box.width / self.scale
        return self.west, self.north - self.box.height / self.scale, east, self.north


def fit_extent(extent: Extent, box: Rect, margin: float) -> Viewport:
    """The view that shows all of ``extent`` in the middle of ``box``, less a margin (mm)."""
    west, south, east, north = extent
    room = box.inset(margin)
    scale = min(room.width / max(east - west, 1.0), room.height / max(north - south, 1.0))
    left = (west + east - box.width / scale) / 2
    top = (south + north + box.height / scale) / 2
    return Viewport(box, scale, left, top)
