"""Areas of intersection of many pairs of small polygons, without building the intersections.

A polygon is the signed sum of the strips that lie below its edges, so with l the line of an edge::

    area(A ∩ B) = sum over edges e of A and f of B of  s_e s_f · integral of (min(l_e, l_f) - y0) dx

over the x that e and f share, where s is +1 for edges that run left in a ring that turns left, and
y0 lies below all. With d = l_e - l_f at both ends of the stretch, min(l_e, l_f) is
(l_e + l_f - |d|) / 2, which integrates in closed form. (The surveyor's formula applied to a product
of indicator functions.) Edges that share no x are never brought together: of two stretches that
overlap, the one that begins later begins within the other, which a search in the sorted left ends
finds. Work so grows with the edges and their meetings, not with edges of A times edges of B.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Index = NDArray[np.intp]
Shapes = NDArray[np.object_]


@dataclass(frozen=True)
class _Edges:
    """Edges of many polygons from their left end to their right; the upright ones are left out."""

    left: Floats
    right: Floats
    base: Floats  # y at the left end
    slope: Floats
    sign: Floats
    shape: Index  # the polygon the edge is of


def pairwise_intersection_areas(a: Shapes, b: Shapes) -> Floats:
    """Area of each a ∩ b, in the square of the coordinates' unit.

    Rounding leaves an error of about 1e-15 times the area of the pair's box; what is smaller than
    1e-12 of it is taken for zero.

    Parameters
    ----------
    a, b
        Polygons or multipolygons of one metric CRS, pair by pair; empty ones have no area.
    """
    boxes = shapely.bounds(np.stack([a, b]))
    low = np.fmin(boxes[0], boxes[1])[:, :2]
    high = np.fmax(boxes[0], boxes[1])[:, 2:]
    first, second = _edges(a, low), _edges(b, low)
    e, f = _meetings(first, second)
    left = np.maximum(first.left[e], second.left[f])
    right = np.minimum(first.right[e], second.right[f])
    strip = _below_both(first, e, second, f, (left, right))
    area = np.bincount(first.shape[e], strip * first.sign[e] * second.sign[f], len(a))
    noise = 1e-12 * np.nan_to_num(np.prod(high - low, axis=1))
    return np.where(area > noise, area, 0.0)


def _meetings(a: _Edges, b: _Edges) -> tuple[Index, Index]:
    """The pairs of edges of a shape of ``a`` and the same one of ``b`` that share some x."""
    # One axis for all shapes, each on its own stretch of it; ranks keep what is equal equal.
    ranks = np.unique(np.concatenate([a.left, a.right, b.left, b.right]), return_inverse=True)[1]
    shapes = np.concatenate([a.shape, a.shape, b.shape, b.shape])
    places = shapes * (len(ranks) + 1) + ranks
    ends = np.cumsum([len(a.left), len(a.left), len(b.left)])
    a_left, a_right, b_left, b_right = np.split(places, ends)
    e, f = _begun_within(a_left, a_right, b_left, "left")
    g, h = _begun_within(b_left, b_right, a_left, "right")
    return np.concatenate([e, h]), np.concatenate([f, g])


def _begun_within(
    start: Index, end: Index, points: Index, side: Literal["left", "right"]
) -> tuple[Index, Index]:
    """Pairs of a stretch and a point in it; a point at its start counts where side is ``left``."""
    order = np.argsort(points)
    points = points[order]
    low = np.searchsorted(points, start, side)
    many = np.maximum(np.searchsorted(points, end, "left") - low, 0)
    stretch = np.repeat(np.arange(len(start)), many)
    nth = np.arange(len(stretch)) - np.repeat(np.cumsum(many) - many, many)
    return stretch, order[np.repeat(low, many) + nth]


def _below_both(a: _Edges, e: Index, b: _Edges, f: Index, ends: tuple[Floats, Floats]) -> Floats:
    left, right = ends
    at_left, at_right = (
        (a.base[e] + a.slope[e] * (x - a.left[e]), b.base[f] + b.slope[f] * (x - b.left[f]))
        for x in ends
    )
    d0, d1 = at_left[0] - at_left[1], at_right[0] - at_right[1]
    apart = np.abs(d0) + np.abs(d1)
    crossing = (d0 < 0) != (d1 < 0)
    gap = np.where(crossing, (d0 * d0 + d1 * d1) / np.where(apart > 0, apart, 1.0), apart)
    level = at_left[0] + at_left[1] + at_right[0] + at_right[1]
    return np.asarray((right - left) * (level - gap) / 4)


def _edges(shapes: Shapes, origin: Floats) -> _Edges:
    parts, owner = shapely.get_parts(shapes, return_index=True)
    areal = shapely.get_dimensions(parts) == 2
    parts, owner = shapely.orient_polygons(parts[areal]), owner[areal]
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    shape = owner[part[ring]]
    points = points - origin[shape]
    start, end = points[:-1], points[1:]
    real = np.flatnonzero((ring[:-1] == ring[1:]) & (start[:, 0] != end[:, 0]))
    start, end, shape = start[real], end[real], shape[real]
    leftward = start[:, 0] > end[:, 0]
    near = np.where(leftward[:, None], end, start)
    far = np.where(leftward[:, None], start, end)
    run = far - near
    return _Edges(
        near[:, 0],
        far[:, 0],
        near[:, 1],
        run[:, 1] / run[:, 0],
        np.where(leftward, 1.0, -1.0),
        shape,
    )
