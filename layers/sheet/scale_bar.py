"""Scale bar of a round length, and the arrow to the north."""

from __future__ import annotations

import math

from matplotlib.path import Path

from geodata.i18n import Language
from layers.formatting import format_number
from layers.sheet.canvas import INK, PAPER, Canvas
from layers.sheet.captions import NORTH
from layers.sheet.fonts import text_width
from layers.sheet.rect import MM_PER_POINT, Rect


def round_length(scale: float, longest: float) -> float:
    """The largest 1, 2 or 5 times a power of ten, in metres, that is at most ``longest`` mm.

    Parameters
    ----------
    scale
        Millimetres on paper for a metre.
    """
    metres = longest / scale
    power = 10.0 ** math.floor(math.log10(metres))
    return next(step * power for step in (5, 2, 1) if step * power <= metres * (1 + 1e-9))


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
    _arrow(canvas, box.right - em * 1.0, box, size, NORTH[language])


def scale_number(value: float, whole: float, language: Language) -> str:
    """A length without its unit, in the unit of the whole bar."""
    shown = value / 1000 if whole >= 1000 else value
    return format_number(shown, 0 if float(shown).is_integer() else 1, language)


def _arrow(canvas: Canvas, x: float, box: Rect, size: float, letter: str) -> None:
    em = size * MM_PER_POINT
    canvas.text(x, box.y + em * 0.85, letter, size, weight="semibold", align="center")
    top, bottom, half = box.y + em * 1.05, box.bottom - em * 0.35, em * 0.55
    notch = bottom - em * 0.4
    for side, fill in ((-1, INK), (1, PAPER)):
        corners = [(x, top), (x + side * half, bottom), (x, notch), (x, top)]
        canvas.path(Path(corners, closed=True), fill=fill, edge=INK, width=0.5)
