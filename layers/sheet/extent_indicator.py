"""Where a detail lies: the outline of all units with the part the map shows."""

from __future__ import annotations

import numpy as np
from matplotlib.path import Path

from layers.sheet.canvas import ALERT, INK, LINE, Canvas
from layers.sheet.layout_block import LayoutBlock
from layers.sheet.map_geometry import MapGeometry
from layers.sheet.rect import Rect
from layers.sheet.viewport import Extent, Viewport, fit_extent


def extent_indicator_block(
    whole: MapGeometry, chosen: str, shown: Extent, width: float, bw: bool
) -> LayoutBlock:
    """The small map.

    Parameters
    ----------
    whole
        All units, in the coarsest lines.
    shown
        The part on the map, metres on the plane.
    """
    west, south, east, north = whole.extent
    height = width * (north - south) / (east - west)
    colour = INK if bw else ALERT

    def draw(canvas: Canvas, box: Rect) -> None:
        viewport = fit_extent(whole.extent, Rect(box.x, box.y, width, height), 0.8)
        canvas.path(viewport.path(whole.shapes), fill="#e6e9eb")
        own = [s for u, s in zip(whole.unit_ids, whole.shapes, strict=True) if u == chosen]
        if own:
            canvas.path(viewport.path(own), fill=colour)
        for kind, line in (
            ("plain", 0.2),
            ("indicative", 0.2),
            ("derived", 0.2),
            ("above", 0.4),
            ("frame", 0.6),
        ):
            canvas.lines([viewport.points(each) for each in whole.lines[kind]], LINE, line)
        canvas.path(_frame(viewport, shown), edge=colour, width=0.8)

    return LayoutBlock(width, height, draw)


def _frame(viewport: Viewport, shown: Extent) -> Path:
    west, south, east, north = shown
    corners = np.array([(west, south), (east, south), (east, north), (west, north), (west, south)])
    points = viewport.points(corners)
    box = viewport.box
    points[:, 0] = points[:, 0].clip(box.x, box.right)
    points[:, 1] = points[:, 1].clip(box.y, box.bottom)
    return Path(points, closed=True)
