"""Where a detail lies: the outline of all units with the part the map shows."""

from __future__ import annotations

import numpy as np
from matplotlib.path import Path

from layers.sheet.block import Block
from layers.sheet.box import Box
from layers.sheet.paper import ALERT, INK, LINE, Paper
from layers.sheet.territory import Territory
from layers.sheet.view import Extent, View, fit


def inset_block(whole: Territory, chosen: str, shown: Extent, width: float, bw: bool) -> Block:
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

    def draw(paper: Paper, box: Box) -> None:
        view = fit(whole.extent, Box(box.x, box.y, width, height), 0.8)
        paper.path(view.path(whole.shapes), fill="#e6e9eb")
        own = [s for u, s in zip(whole.unit_ids, whole.shapes, strict=True) if u == chosen]
        if own:
            paper.path(view.path(own), fill=colour)
        for kind, line in (
            ("plain", 0.2),
            ("indicative", 0.2),
            ("derived", 0.2),
            ("above", 0.4),
            ("frame", 0.6),
        ):
            paper.lines([view.points(each) for each in whole.lines[kind]], LINE, line)
        paper.path(_frame(view, shown), edge=colour, width=0.8)

    return Block(width, height, draw)


def _frame(view: View, shown: Extent) -> Path:
    west, south, east, north = shown
    corners = np.array([(west, south), (east, south), (east, north), (west, north), (west, south)])
    points = view.points(corners)
    box = view.box
    points[:, 0] = points[:, 0].clip(box.x, box.right)
    points[:, 1] = points[:, 1].clip(box.y, box.bottom)
    return Path(points, closed=True)
