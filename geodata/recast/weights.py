"""Area weights of two polygon layers, worked out once and used for any number of indicators.

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
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from geodata.errors import InvalidInput
from geodata.succession.crosswalk import Crosswalk, Flags, Floats
from geodata.text import Text

Index = NDArray[np.intp]
Shapes = NDArray[np.object_]

WHOLE = 1 - 1e-9
_CHUNK = 4096


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
    """Areas shared by two sets of polygons of one metric CRS, m².

    Each target is first cut to the box of the source, which is linear in its vertices, so that the
    overlay proper sees a short stretch of its border only; chunks run on all cores, for GEOS works
    outside Python's lock.

    Returns
    -------
    row, col, area
        Indexes of source and target and their common area; pairs without any are left out.
    """
    row, col = shapely.STRtree(targets).query(sources)
    boxes = shapely.bounds(sources)
    starts = range(0, len(row), _CHUNK)

    def chunk(start: int) -> Floats:
        i, j = row[start : start + _CHUNK], col[start : start + _CHUNK]
        return _areas(sources[i], targets[j], boxes[i])

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        found = list(pool.map(chunk, starts))
    area = np.concatenate(found) if found else np.zeros(0)
    shared = area > 0
    return row[shared], col[shared], area[shared]


def _areas(sources: Shapes, targets: Shapes, boxes: Floats) -> Floats:
    clip = shapely.clip_by_rect
    cut = np.array(
        [clip(shape, *box) for shape, box in zip(targets, boxes.tolist(), strict=True)],
        dtype=object,
    )
    area = np.zeros(len(cut))
    left = np.flatnonzero(~shapely.is_empty(cut))
    bad = left[~shapely.is_valid(cut[left])]
    cut[bad] = targets[bad]
    area[left] = shapely.area(shapely.intersection(cut[left], sources[left]))
    return area


def _read(frame: gpd.GeoDataFrame, crs: str, id_column: str) -> tuple[tuple[str, ...], Shapes]:
    if frame.crs is None:
        raise InvalidInput(
            Text("Lớp không nêu hệ toạ độ", "The layer names no CRS"),
            allowed=Text("một hệ toạ độ, ví dụ EPSG:4326", "any CRS, such as EPSG:4326"),
        )
    if not CRS.from_user_input(crs).is_projected:
        raise InvalidInput(
            Text("Cần hệ toạ độ mét để đo diện tích", "Areas need a metric CRS"),
            found=crs,
            allowed=Text("ví dụ EPSG:32648", "such as EPSG:32648"),
        )
    ids = tuple(frame[id_column].astype(str))
    doubled = sorted({unit for unit in ids if ids.count(unit) > 1}) if _doubled(ids) else []
    if doubled:
        raise InvalidInput(
            Text("Mã đơn vị ghi hai lần", "An id stands twice"), found=", ".join(doubled)
        )
    shapes = np.array(frame.geometry.to_crs(crs).values, dtype=object)
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    return ids, shapes


def _doubled(ids: Sequence[str]) -> bool:
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
    known, parts_known = np.ones(len(ids[0]), bool), np.ones(len(ids[1]), bool)
    return Crosswalk(
        *ids,
        row,
        col,
        whole,
        {"area": np.where(whole, 1.0, share)},
        {"area": known},
        {"area": part},
        {"area": parts_known},
    )
