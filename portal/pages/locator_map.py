"""A small map of where a unit lies among the units of its level, as paths for inline SVG."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import shapely

from geodata.i18n import Language
from geodata.model import Level, Unit
from geodata.store import Store
from geodata.store_cache import cached_per_store

WIDTH = 300.0
_MARGIN = 4.0
# Two points nearer than this are one on a map this small, pixels.
_TOLERANCE = 0.6


def locator_map(store: Store, unit: Unit, language: Language) -> dict[str, Any] | None:
    """Paths of the units of a level on the day the unit began; None when it has no shape.

    Returns
    -------
    dict
        ``width`` and ``height`` in pixels, ``others`` (one path) and ``own`` (one path).
    """
    width, height, paths = _paths(store, unit.level, _day(store, unit))
    if not paths.get(unit.unit_id):
        return None
    others = " ".join(path for unit_id, path in paths.items() if unit_id != unit.unit_id)
    return {"width": width, "height": height, "others": others, "own": paths[unit.unit_id]}


def _day(store: Store, unit: Unit) -> dt.date:
    """A day of the timeline on which the unit is in force."""
    days = [s.date for s in store.info.timeline if unit.valid_on(s.date)]
    return days[0] if days else unit.valid_from


@cached_per_store(16)
def _paths(store: Store, level: Level, day: dt.date) -> tuple[float, float, dict[str, str]]:
    """Every unit of a level as an SVG path, on a plane where east and north are equally long."""
    frame = store.boundaries(level, day, 1)
    if frame.empty:
        return WIDTH, 0.0, {}
    west, south, east, north = frame.total_bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * _MARGIN) / ((east - west) * squeeze)

    def project(points: np.ndarray) -> np.ndarray:
        x = (points[:, 0] - west) * squeeze * scale + _MARGIN
        y = (north - points[:, 1]) * scale + _MARGIN
        return np.column_stack([x, y])

    shapes = shapely.transform(frame.geometry.to_numpy(), project)
    paths = {
        str(unit_id): svg_path_data(shape)
        for unit_id, shape in zip(frame["unit_id"], shapes, strict=True)
    }
    return WIDTH, round((north - south) * scale + 2 * _MARGIN, 1), paths


def svg_path_data(shape: shapely.Geometry) -> str:
    """The rings of a polygon as the ``d`` of a path, one decimal."""
    parts = []
    for polygon in shapely.get_parts(shapely.simplify(shape, _TOLERANCE)):
        if polygon.is_empty:
            continue
        for ring in (polygon.exterior, *polygon.interiors):
            points = shapely.get_coordinates(ring)[:-1]
            parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z")
    return "".join(parts)
