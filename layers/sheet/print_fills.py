"""Fills of units: the colours of the screen, or greys and hatches for a photocopy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layers.colour import from_hex, to_oklab
from layers.layer_view import LayerView
from layers.legend import LegendClass
from layers.palettes import ISOLATED_FILL, MISSING_FILL, MISSING_HATCH, get_palette
from layers.sheet.canvas import INK, PAPER

_MOST_LEANING = 8
"""Steps on one side of zero that lines of one direction can tell apart."""
NEUTRAL_FILL = "#eef0f1"
"""Fill of units that have no colour of their own, as below symbols."""
ESTIMATE_STATUSES = ("estimate", "estimated")
"""Statuses that are marked by dots: estimated by the publisher, or by shares when recast."""


@dataclass(frozen=True, slots=True)
class PrintFill:
    """A fill with, on top of it, a hatch in matplotlib's letters."""

    colour: str
    hatch: str = ""
    hatch_colour: str = INK


_MISSING_HATCHES = {
    "no_data": "////",
    "not_applicable": "xxxx",
    "not_published": "----",
    "mixed": "oo",
    "not_recoverable": "\\\\\\\\",
    "impossible": "++++",
}
_COPIED_MISSING_HATCHES = {
    "not_applicable": "OO",
    "not_published": "**",
    "mixed": "o*",
    "impossible": "O.",
}
_ISOLATED_COPIED = PrintFill(PAPER, "---")
_COPIED = ("", "...", "///", "xxx", "|||||", "+++++", "\\\\\\\\\\", "ooo", "")


def missing_fill(kind: str, bw: bool) -> PrintFill:
    """Hatch of a kind of missing, as on the screen; on a photocopy circles that no class has."""
    if bw:
        return PrintFill(PAPER, _COPIED_MISSING_HATCHES.get(kind, "o"), "#777777")
    return PrintFill(MISSING_FILL, _MISSING_HATCHES.get(kind, "////"), MISSING_HATCH)


def class_fills(colours: Sequence[str], bw: bool) -> tuple[PrintFill, ...]:
    """The fill of every class: its own colour, or a grey with a hatch unlike its neighbours'."""
    if not bw:
        return tuple(PrintFill(colour) for colour in colours)
    if ISOLATED_FILL in colours:
        place = colours.index(ISOLATED_FILL)
        others = class_fills((*colours[:place], *colours[place + 1 :]), bw)
        return (*others[:place], _ISOLATED_COPIED, *others[place:])
    last = max(1, len(colours) - 1)
    return tuple(_copied(i, i / last if len(colours) > 1 else 0.5) for i in range(len(colours)))


def legend_fills(
    classes: Sequence[LegendClass], bw: bool, *, two_sided: bool
) -> tuple[PrintFill, ...]:
    """The fill of every class of a legend.

    In black and white the classes of a two-sided scale lean to the left below zero and to the
    right above it, darker the farther they are; what holds zero stays white.
    """
    colours = [row.colour for row in classes]
    if bw and any(row.isolated for row in classes):
        place = colours.index(ISOLATED_FILL)
        others = legend_fills((*classes[:place], *classes[place + 1 :]), bw, two_sided=two_sided)
        return (*others[:place], _ISOLATED_COPIED, *others[place:])
    below = sum(row.upper <= 0 for row in classes)
    above = sum(row.lower >= 0 and row.upper > 0 for row in classes)
    split = two_sided and below and max(below, above) <= _MOST_LEANING
    if not bw or not split:
        return class_fills(colours, bw)
    sides = max(below, above)
    middle = len(classes) - below - above
    return (
        *(_leaning("\\", below - i, sides) for i in range(below)),
        *(PrintFill(PAPER) for _ in range(middle)),
        *(_leaning("/", i + 1, sides) for i in range(above)),
    )


def is_diverging(layer_view: LayerView) -> bool:
    """Whether the colours of a map part at zero: a map of differences, or a diverging palette."""
    if any(unit_view.difference for unit_view in layer_view.unit_views.values()):
        return True
    return get_palette(layer_view.layer.palette).type == "diverging"


def _leaning(line: str, step: int, steps: int) -> PrintFill:
    """Dark lines on a light ground near zero, light lines on a dark ground far from it."""
    light = (steps + 1) // 2
    if step <= light:
        return PrintFill(_grey(255 - 60 * step // light), line * (2 + step), INK)
    return PrintFill(
        _grey(100 - 60 * (step - light) // (steps - light)), line * (3 + steps - step), PAPER
    )


def _grey(level: int) -> str:
    return f"#{level:02x}{level:02x}{level:02x}"


def _copied(index: int, place: float) -> PrintFill:
    """A light grey with dark lines or a dark one with light lines, never one in between.

    A copier makes every grey white or black; the lines are what then tells the classes apart.
    """
    if place <= 0.5:
        level, lines = round(255 - 140 * place), INK
    else:
        level, lines = round(100 - 140 * (place - 0.5)), PAPER
    hatch = _COPIED[index % len(_COPIED)] if 0 < place < 1 else ""
    return PrintFill(_grey(level), hatch, lines)


def estimate_dots(fill: str) -> PrintFill:
    """The dots that mark an estimate on a fill."""
    return PrintFill("none", "....", PAPER if is_dark(fill) else INK)


def is_dark(colour: str) -> bool:
    """Whether white stands out from a colour better than ink."""
    return bool(to_oklab(from_hex(colour))[0] < 0.6)
