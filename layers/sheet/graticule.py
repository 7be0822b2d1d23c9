"""Lines of longitude and latitude with their degrees along the frame."""

from __future__ import annotations

import math

import numpy as np
from pyproj import Transformer

from geodata.i18n import Language, Message
from layers.sheet.canvas import LINE, MUTED, Canvas
from layers.sheet.map_geometry import projection
from layers.sheet.rect import MM_PER_POINT
from layers.sheet.viewport import Viewport

_STEPS = (10.0, 5.0, 2.0, 1.0, 0.5, 0.25, 1 / 6, 1 / 12, 1 / 30, 1 / 60)


def degrees_label(value: float, letters: str) -> str:
    """``102°30'Đ``: degrees and minutes, then the letter of the half."""
    minutes = round(abs(value) * 60)
    letter = letters[0] if value >= 0 else letters[1]
    return f"{minutes // 60}°{minutes % 60:02d}'{letter}"


def draw_graticule(
    canvas: Canvas, viewport: Viewport, meridian: float, size: float, language: Language
) -> None:
    """The lines at a round step that gives about four of them, inside the view's box."""
    back = Transformer.from_crs(projection(meridian), "EPSG:4326", always_xy=True).transform
    there = Transformer.from_crs("EPSG:4326", projection(meridian), always_xy=True).transform
    west, south, east, north = viewport.extent
    xs, ys = back(np.array([west, east, west, east]), np.array([south, south, north, north]))
    low, high = (min(xs), min(ys)), (max(xs), max(ys))
    step = next((s for s in _STEPS if (high[0] - low[0]) / s >= 3), _STEPS[-1])
    em, box = size * MM_PER_POINT, viewport.box
    for value in _rounds(low[0], high[0], step):
        along = np.linspace(low[1], high[1], 40)
        line = viewport.points(np.column_stack(there(np.full(40, value), along)))
        canvas.lines([line], LINE, 0.3)
        x = float(np.interp(box.bottom, line[::-1, 1], line[::-1, 0]))
        if box.x + 4 * em < x < box.right - 4 * em:
            label = degrees_label(value, Message("EW", context="halves of the globe")[language])
            canvas.text(x + em * 0.2, box.bottom - em * 0.4, label, size, colour=MUTED, halo=1)
    for value in _rounds(low[1], high[1], step):
        along = np.linspace(low[0], high[0], 40)
        line = viewport.points(np.column_stack(there(along, np.full(40, value))))
        canvas.lines([line], LINE, 0.3)
        y = float(np.interp(box.x, line[:, 0], line[:, 1]))
        if box.y + 2 * em < y < box.bottom - 2 * em:
            label = degrees_label(value, Message("NS", context="halves of the globe")[language])
            canvas.text(box.x + em * 0.3, y - em * 0.25, label, size, colour=MUTED, halo=1)


def _rounds(low: float, high: float, step: float) -> list[float]:
    return [i * step for i in range(math.ceil(low / step), math.floor(high / step) + 1)]
