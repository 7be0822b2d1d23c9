"""The small number that leads from a doubtful unit to its note."""

from __future__ import annotations

from layers.sheet.canvas import ALERT, INK, PAPER, Canvas
from layers.sheet.rect import MM_PER_POINT


def draw_note_marker(
    canvas: Canvas, x: float, y: float, number: str, *, size: float, bw: bool
) -> None:
    """The number of a note in a small circle."""
    colour = INK if bw else ALERT
    radius = size * MM_PER_POINT * 0.56
    canvas.circle(x, y, radius, fill=PAPER, edge=colour, width=0.7)
    small = size * (0.78 if len(number) < 2 else 0.6)
    canvas.text(x, y + small * MM_PER_POINT * 0.36, number, small, weight="semibold", colour=colour,
               align="center")  # fmt: skip
