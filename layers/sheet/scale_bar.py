"""Scale bar of a round length, and the arrow to the north."""

from __future__ import annotations

import math

from matplotlib.path import Path

from geodata.text import Language
from layers.formatting import format_number
from layers.sheet.box import POINT, Box
from layers.sheet.fonts import text_width
from layers.sheet.paper import INK, PAPER, Paper
from layers.sheet.words import NORTH


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
    return size * POINT * 17, size * POINT * 3.1


def draw_scale_bar(paper: Paper, box: Box, scale: float, size: float, language: Language) -> None:
    """The bar at the left of ``box``, the arrow at its right."""
    em = size * POINT
    metres = round_length(scale, box.width - 7.5 * em)
    whole = metres * scale
    base, thick = box.bottom - em * 0.5, em * 0.42
    left = box.x + em * 0.4
    for i, fill in enumerate((INK, PAPER)):
        part = Box(left + i * whole / 2, base - thick, whole / 2, thick)
        paper.box(part, fill=fill, edge=INK, width=0.5)
    marks = [(0.0, "0"), (0.5, format_number_of(metres / 2, metres, language))]
    small = size * 0.88
    for share, words in marks:
        paper.text(left + share * whole, base - thick - em * 0.4, words, small, align="center")
    last = length_label(metres, language)
    number = last.split(" ")[0]
    start = left + whole - text_width(number, small) / 2
    paper.text(start, base - thick - em * 0.4, last, small)
    _arrow(paper, box.right - em * 1.0, box, size, NORTH[language])


def format_number_of(value: float, whole: float, language: Language) -> str:
    """A length without its unit, in the unit of the whole bar."""
    shown = value / 1000 if whole >= 1000 else value
    return format_number(shown, 0 if float(shown).is_integer() else 1, language)


def _arrow(paper: Paper, x: float, box: Box, size: float, letter: str) -> None:
    em = size * POINT
    paper.text(x, box.y + em * 0.85, letter, size, weight="semibold", align="center")
    top, bottom, half = box.y + em * 1.05, box.bottom - em * 0.35, em * 0.55
    notch = bottom - em * 0.4
    for side, fill in ((-1, INK), (1, PAPER)):
        corners = [(x, top), (x + side * half, bottom), (x, notch), (x, top)]
        paper.path(Path(corners, closed=True), fill=fill, edge=INK, width=0.5)
