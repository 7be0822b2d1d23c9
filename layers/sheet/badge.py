"""The small number that leads from a doubtful unit to its note."""

from __future__ import annotations

from layers.sheet.box import POINT
from layers.sheet.paper import ALERT, INK, PAPER, Paper


def draw_badge(paper: Paper, x: float, y: float, number: str, *, size: float, bw: bool) -> None:
    """The number of a note in a small circle."""
    colour = INK if bw else ALERT
    radius = size * POINT * 0.56
    paper.circle(x, y, radius, fill=PAPER, edge=colour, width=0.7)
    small = size * (0.78 if len(number) < 2 else 0.6)
    paper.text(x, y + small * POINT * 0.36, number, small, weight="semibold", colour=colour,
               align="center")  # fmt: skip
