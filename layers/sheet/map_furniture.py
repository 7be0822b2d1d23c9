"""Map furniture: scale bar and north arrow, graticule, extent indicator, note markers, QR code."""

from __future__ import annotations

import math

import numpy as np
import segno
from matplotlib.path import Path
from pyproj import Transformer

from geodata.i18n import Language, Message
from layers.formatting import floor_to_round_number, format_number
from layers.sheet.canvas import ALERT, INK, LINE, MUTED, PAPER, Canvas
from layers.sheet.captions import NORTH
from layers.sheet.fonts import text_width
from layers.sheet.layout_block import MM_PER_POINT, LayoutBlock, Rect
from layers.sheet.map_geometry import MapGeometry, projection
from layers.sheet.viewport import Extent, Viewport, fit_extent


def round_length(scale: float, longest: float) -> float:
    """The largest 1, 2 or 5 times a power of ten, in metres, that is at most ``longest`` mm.

    Parameters
    ----------
    scale
        Millimetres on paper for a metre.
    """
    # A length that is round but for the last bits counts as round.
    return floor_to_round_number(longest / scale * (1 + 1e-9))


def length_label(metres: float, language: Language) -> str:
    """``20 km``, ``500 m``."""
    large = metres >= 1000
    value = metres / 1000 if large else metres
    decimals = 0 if float(value).is_integer() else 1
    return f"{format_number(value, decimals, language)} {'km' if large else 'm'}"


def scale_bar_size(size: float) -> tuple[float, float]:
    """Width and height of the bar with its numbers and the arrow beside it, mm."""
    return size * MM_PER_POINT * 17, size * MM_PER_POINT * 3.1


def draw_scale_bar(
    canvas: Canvas, box: Rect, scale: float, size: float, language: Language
) -> None:
    """The bar at the left of ``rectangle``, the arrow at its right."""
    em = size * MM_PER_POINT
    metres = round_length(scale, box.width - 7.5 * em)
    whole = metres * scale
    base, thick = box.bottom - em * 0.5, em * 0.42
    left = box.x + em * 0.4
    for i, fill in enumerate((INK, PAPER)):
        part = Rect(left + i * whole / 2, base - thick, whole / 2, thick)
        canvas.rectangle(part, fill=fill, edge=INK, width=0.5)
    marks = [(0.0, "0"), (0.5, scale_number(metres / 2, metres, language))]
    small = size * 0.88
    for share, words in marks:
        canvas.text(left + share * whole, base - thick - em * 0.4, words, small, align="center")
    last = length_label(metres, language)
    number = last.split(" ")[0]
    start = left + whole - text_width(number, small) / 2
    canvas.text(start, base - thick - em * 0.4, last, small)
    _north_arrow(canvas, box.right - em * 1.0, box, size, NORTH[language])


def scale_number(value: float, whole: float, language: Language) -> str:
    """A length without its unit, in the unit of the whole bar."""
    shown = value / 1000 if whole >= 1000 else value
    return format_number(shown, 0 if float(shown).is_integer() else 1, language)


def _north_arrow(canvas: Canvas, x: float, box: Rect, size: float, letter: str) -> None:
    em = size * MM_PER_POINT
    canvas.text(x, box.y + em * 0.85, letter, size, weight="semibold", align="center")
    top, bottom, half = box.y + em * 1.05, box.bottom - em * 0.35, em * 0.55
    notch = bottom - em * 0.4
    for side, fill in ((-1, INK), (1, PAPER)):
        corners = [(x, top), (x + side * half, bottom), (x, notch), (x, top)]
        canvas.path(Path(corners, closed=True), fill=fill, edge=INK, width=0.5)


QR_SIDE = 17.0
"""Side of a code, mm: with less a telephone does not read it."""
_GRATICULE_STEPS = (10.0, 5.0, 2.0, 1.0, 0.5, 0.25, 1 / 6, 1 / 12, 1 / 30, 1 / 60)
"""Degrees between the lines."""


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
    step = next((s for s in _GRATICULE_STEPS if (high[0] - low[0]) / s >= 3), _GRATICULE_STEPS[-1])
    em, box = size * MM_PER_POINT, viewport.box
    for value in _multiples(low[0], high[0], step):
        along = np.linspace(low[1], high[1], 40)
        line = viewport.points(np.column_stack(there(np.full(40, value), along)))
        canvas.lines([line], LINE, 0.3)
        x = float(np.interp(box.bottom, line[::-1, 1], line[::-1, 0]))
        if box.x + 4 * em < x < box.right - 4 * em:
            label = degrees_label(value, Message("EW", context="halves of the globe")[language])
            canvas.text(x + em * 0.2, box.bottom - em * 0.4, label, size, colour=MUTED, halo=1)
    for value in _multiples(low[1], high[1], step):
        along = np.linspace(low[0], high[0], 40)
        line = viewport.points(np.column_stack(there(along, np.full(40, value))))
        canvas.lines([line], LINE, 0.3)
        y = float(np.interp(box.x, line[:, 0], line[:, 1]))
        if box.y + 2 * em < y < box.bottom - 2 * em:
            label = degrees_label(value, Message("NS", context="halves of the globe")[language])
            canvas.text(box.x + em * 0.3, y - em * 0.25, label, size, colour=MUTED, halo=1)


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [i * step for i in range(math.ceil(low / step), math.floor(high / step) + 1)]


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
        canvas.path(_extent_frame(viewport, shown), edge=colour, width=0.8)

    return LayoutBlock(width, height, draw)


def _extent_frame(viewport: Viewport, shown: Extent) -> Path:
    west, south, east, north = shown
    corners = np.array([(west, south), (east, south), (east, north), (west, north), (west, south)])
    points = viewport.points(corners)
    box = viewport.box
    points[:, 0] = points[:, 0].clip(box.x, box.right)
    points[:, 1] = points[:, 1].clip(box.y, box.bottom)
    return Path(points, closed=True)


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


def qr_block(address: str) -> LayoutBlock:
    """The code as a block of its own."""
    return LayoutBlock(
        QR_SIDE,
        QR_SIDE,
        lambda canvas, box: draw_qr(canvas, Rect(box.x, box.y, QR_SIDE, QR_SIDE), address),
    )


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
