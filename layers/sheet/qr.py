"""The code that leads from paper back to the live map (ISO/IEC 18004, by way of segno)."""

from __future__ import annotations

import numpy as np
import segno
from matplotlib.path import Path

from layers.sheet.canvas import INK, Canvas
from layers.sheet.rect import Rect


def draw_qr(canvas: Canvas, box: Rect, address: str) -> None:
    """The address as a square code that fills ``box``; its quiet zone is the paper around it."""
    matrix = np.array([list(row) for row in segno.make(address, error="l", micro=False).matrix])
    side = box.width / len(matrix)
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)], dtype=float)
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    rows, columns = np.nonzero(matrix)
    points = [
        (corners + np.array((x, y))) * side + np.array((box.x, box.y))
        for y, x in zip(rows, columns, strict=True)
    ]
    path = Path(np.concatenate(points), np.tile(codes, len(points)))
    # A hair of an edge closes the seams between modules.
    canvas.path(path, fill=INK, edge=INK, width=0.05)
