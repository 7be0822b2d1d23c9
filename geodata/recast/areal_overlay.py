"""Areal weighting: shares of area of two polygon layers, computed once for all indicators.

For source *s* and target *t*, with *a* the area in a named metric CRS::

    f(s, t) = a(s ∩ t) / a(s)         share of the source that lies in the target
    p(s, t) = a(s ∩ t) / a(t)         part of the target that comes from the source

(areal weighting: Goodchild and Lam 1980, "Areal interpolation: a variant of the traditional spatial
problem", Geo-Processing 1). Two drawings of one border never agree, so thin pieces are set aside
and what they held goes to the source's other pieces in proportion; land outside every target stays
outside. Where a law says what became of a unit, the law outranks this table.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.recast.polygon_intersections import pairwise_intersection_areas
from geodata.succession.crosswalk import Crosswalk, Flags, Floats

Index = NDArray[np.intp]
Shapes = NDArray[np.object_]

WHOLE = 1 - 1e-9
_NOWHERE = -1
_CHUNK = 256  # pairs whose edges fit the cache


@dataclass(frozen=True)
class OverlayTable:
    """Shares of sources in targets, with what was set aside.

    Parameters
    ----------
    crosswalk
        The links with weight ``area``.
    outside
        By source, the share of its area that lies in no target, 0 to 1.
    slivers
        Number of pieces set aside.
    sliver_area_km2
        Their area together.
    """

    crosswalk: Crosswalk
    outside: Floats
    slivers: int
    sliver_area_km2: float


def overlay(
    sources: gpd.GeoDataFrame,
    targets: gpd.GeoDataFrame,
    crs: str,
    *,
    id_column: str = "unit_id",
    sliver: float = 0.02,
) -> OverlayTable:
    """Overlay two polygon layers.

    Parameters
    ----------
    sources, targets
        Polygons with the ids of their units; each states its CRS, which may differ.
    crs
        The metric CRS areas are measured in, best an equal-area one for a large country.
    id_column
        Column of ids, unique within each layer.
    sliver
        A piece smaller than this share of its source *and* of its target is set aside; 0 keeps all.

    Raises
    ------
    InvalidInput
        A layer names no CRS, ``crs`` is not metric, or an id stands twice.
    """
    froms, shapes_from = _read(sources, crs, id_column)
    tos, shapes_to = _read(targets, crs, id_column)
    row, col, area = intersection_areas(shapes_from, shapes_to)
    area_from, area_to = shapely.area(shapes_from), shapely.area(shapes_to)
    thin = (area < sliver * area_from[row]) & (area < sliver * area_to[col])
    outside = np.clip(1 - np.bincount(row, area, len(froms)) / area_from, 0.0, 1.0)
    kept = ~thin
    crosswalk = _crosswalk(
        (froms, tos), (row[kept], col[kept]), area[kept], (area_from, area_to), 1 - outside
    )
    return OverlayTable(crosswalk, outside, int(thin.sum()), float(area[thin].sum()) / 1e6)


def intersection_areas(sources: Shapes, targets: Shapes) -> tuple[Index, Index, Floats]:
    """Areas shared by two sets of valid polygons of one metric CRS, m².

    Chunks run on all cores, for GEOS and numpy work outside Python's lock. A source that stays
    clear of the free edges of the targets lies wholly in them, so the piece in its home target,
    usually the one with most vertices, is what the others leave of it and is not worked out.

    Returns
    -------
    row, col, area
        Indexes of source and target and their common area; pairs without any are left out.
    """
    row, col = shapely.STRtree(targets).query(sources)
    rest = _containing_pairs(sources, targets, row, col)
    left = np.flatnonzero(~rest)
    area = np.zeros(len(row))
    area[left] = _overlaid(sources, targets, row[left], col[left])
    others = np.bincount(row, area, len(sources))
    area[rest] = np.maximum(shapely.area(sources) - others, 0.0)[row[rest]]
    shared = area > 0
    return row[shared], col[shared], area[shared]


def _overlaid(sources: Shapes, targets: Shapes, row: Index, col: Index) -> Floats:
    """Common area pair by pair; ``row`` ascends.

    Each target is first cut to the box of its source, which is linear in its vertices and leaves
    short stretches of border.
    """
    firsts = np.flatnonzero(np.diff(row, prepend=-1))
    boxes = shapely.bounds(sources[row[firsts]]).tolist()
    groups = np.split(targets[col], firsts[1:])
    pieces = [shapely.clip_by_rect(g, *box) for g, box in zip(groups, boxes, strict=False)]
    cut = np.concatenate([*pieces, np.zeros(0, object)])
    left = np.flatnonzero(~shapely.is_empty(cut))
    facing = sources[row[left]]
    area = np.zeros(len(row))
    area[left] = _parallel(
        lambda k: pairwise_intersection_areas(facing[k], cut[left[k]]), len(left)
    )
    return area


def outline_edges(polygons: Shapes) -> Shapes:
    """Edges that no two polygons share in opposite directions: the outline of a coverage.

    Where neighbours are drawn apart, both sides of their border are free. Edges are told apart by
    a 64-bit mix of their end points, the same from either end.
    """
    rings = shapely.get_rings(shapely.orient_polygons(shapely.get_parts(polygons)))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    edge = np.flatnonzero(ring[:-1] == ring[1:])
    bits = points.view(np.uint64)
    mixed = _mix(_mix(bits[:, 0]) + bits[:, 1])
    key = mixed[edge] + mixed[edge + 1]
    ahead = mixed[edge] < mixed[edge + 1]
    order = np.argsort(key)
    key, ahead = key[order], ahead[order]
    count = len(key)
    same = np.r_[False, key[1:] == key[:-1], False, False]  # as the edge before it
    first = np.flatnonzero(~same[:count] & same[1 : count + 1] & ~same[2 : count + 2])
    first = first[ahead[first] != ahead[first + 1]]
    unpaired = np.ones(count, bool)
    unpaired[first] = unpaired[first + 1] = False
    free = edge[order[unpaired]]
    return shapely.linestrings(np.stack([points[free], points[free + 1]], axis=1))


def _mix(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread bits over all 64 (the finaliser of SplitMix64; Steele, Lea and Flood 2014)."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))


def _containing_pairs(sources: Shapes, targets: Shapes, row: Index, col: Index) -> Flags:
    """One pair of every source that lies wholly in the targets: the one its inner point is in."""
    point, home = shapely.STRtree(targets).query(shapely.point_on_surface(sources), "intersects")
    target = np.full(len(sources), _NOWHERE)
    target[point] = home
    near, _ = shapely.STRtree(outline_edges(targets)).query(shapely.envelope(sources))
    target[near] = _NOWHERE
    # Away from free edges every point is covered equally often, so one point tells of overlaps.
    target[np.bincount(point, minlength=len(sources)) != 1] = _NOWHERE
    return np.asarray(target[row] == col)


def _parallel(work: Callable[[slice], NDArray[Any]], length: int) -> Floats:
    """Results of ``work`` on slices of ``range(length)``, in order, as one array."""
    slices = [slice(start, start + _CHUNK) for start in range(0, length, _CHUNK)]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        found = list(pool.map(work, slices))
    return np.concatenate(found, dtype=float) if found else np.zeros(0)


def _read(frame: gpd.GeoDataFrame, crs: str, id_column: str) -> tuple[tuple[str, ...], Shapes]:
    if frame.crs is None:
        raise InvalidInput(
            Message("The layer names no CRS"),
            allowed=Message("any CRS, such as EPSG:4326"),
        )
    if not CRS.from_user_input(crs).is_projected:
        raise InvalidInput(
            Message("Areas need a metric CRS"),
            found=crs,
            allowed=Message("such as EPSG:32648"),
        )
    ids = tuple(frame[id_column].astype(str))
    doubled = sorted({unit for unit in ids if ids.count(unit) > 1}) if _duplicates(ids) else []
    if doubled:
        raise InvalidInput(Message("An id stands twice"), found=", ".join(doubled))
    shapes = np.array(frame.geometry.to_crs(crs).values, dtype=object)
    broken = _parallel(lambda k: ~shapely.is_valid(shapes[k]), len(shapes)) > 0
    shapes[broken] = shapely.make_valid(shapes[broken])
    return ids, shapes


def _duplicates(ids: Sequence[str]) -> bool:
    return len(set(ids)) < len(ids)


def _crosswalk(
    ids: tuple[tuple[str, ...], tuple[str, ...]],
    pairs: tuple[Index, Index],
    area: Floats,
    totals: tuple[Floats, Floats],
    inside: Floats,
) -> Crosswalk:
    order = np.lexsort(pairs)
    row, col, area = pairs[0][order], pairs[1][order], area[order]
    kept = np.bincount(row, area, len(ids[0]))
    share = area / np.where(kept > 0, kept, 1.0)[row] * inside[row]
    alone: Flags = np.bincount(row, minlength=len(ids[0]))[row] == 1
    whole = alone & (share >= WHOLE)
    part = np.minimum(area / totals[1][col], 1.0)
    known = np.ones(len(row), bool)
    return Crosswalk(
        *ids,
        row,
        col,
        whole,
        {"area": np.where(whole, 1.0, share)},
        {"area": known},
        {"area": part},
        {"area": known},
    )
