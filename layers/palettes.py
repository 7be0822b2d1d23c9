"""The portal's own palettes: a few anchor colours each, mixed in OKLab.

Sequential palettes grow darker with more; the steps are even in lightness, so that they are told
apart by colour-blind readers and on a grey print. Diverging palettes are lightest at their
midpoint and use pairs of hues that no common colour blindness merges. A qualitative palette has
colours without an order, every two of which differ in lightness too. The tests simulate
protanopia, deuteranopia and tritanopia (Machado, Oliveira & Fernandes 2009) and measure the
distances.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from geodata.errors import unknown_name
from geodata.i18n import Localised, Message
from layers.classification import Classes
from layers.colour import from_hex, from_oklab, to_hex, to_oklab
from layers.isolated_class import with_isolated, without_isolated

PaletteType = Literal["sequential", "diverging", "qualitative"]

# Fill of a unit without a value (hatched on top) and the hatch; never on any ramp.
MISSING_FILL = "#f8f8f8"
MISSING_HATCH = "#a3a3a3"
ISOLATED_FILL = "#e1a5ff"
"""Fill of the class whose values were taken out of the others: far from all ramps, to all eyes."""


@dataclass(frozen=True, slots=True)
class Palette:
    """A named ramp.

    Parameters
    ----------
    anchors
        Colours from low to high, ``#rrggbb``; a diverging palette has its middle at the centre.
    type
        ``sequential``, ``diverging`` or, for named classes, ``qualitative``: its anchors are its
        colours.
    themes
        Themes it is meant for; empty fits any.
    """

    name: Localised
    anchors: tuple[str, ...]
    type: PaletteType
    themes: tuple[str, ...] = ()


QUALITATIVE_COLOURS: dict[str, str] = {
    "blue": "#5f8fed",
    "orange": "#ffa951",
    "green": "#5f8558",
    "mauve": "#c39caa",
    "violet": "#2f027d",
    "cream": "#edecb8",
    "red": "#c22f00",
    "sky": "#84deff",
    "maroon": "#7c0000",
}
"""Colours of named classes, in the order in which they are taken.

Found by a search for the largest of the smallest distances (CIE76) of any two of them, seen with
normal sight and with each of the three colour blindnesses, and of their lightnesses.
"""

PALETTES: dict[str, Palette] = {
    "greens": Palette(
        Message("Greens"),
        ("#d9eec3", "#6cb869", "#0b3f22"),
        "sequential",
        ("forest", "agriculture"),
    ),
    "orange_reds": Palette(
        Message("Orange-reds"),
        ("#fce3c0", "#ee8450", "#6d0a10"),
        "sequential",
        ("poverty",),
    ),
    "blue_purples": Palette(
        Message("Blue-purples"),
        ("#d3e4f3", "#8c93cb", "#43115f"),
        "sequential",
        ("tourism", "economy", "culture"),
    ),
    "teal_blues": Palette(
        Message("Teal-blues"),
        ("#c4e6e0", "#4fa7b4", "#0c2f63"),
        "sequential",
        ("infrastructure",),
    ),
    "yellow_browns": Palette(
        Message("Yellow-browns"),
        ("#f8e3a4", "#cf9238", "#552306"),
        "sequential",
        ("population", "land_environment"),
    ),
    "earths": Palette(
        Message("Earths"), ("#efe3cd", "#b59b78", "#3b2d22"), "sequential", ("terrain",)
    ),
    "night_lights": Palette(
        Message("Night lights"),
        ("#f8e6a0", "#d98a6c", "#7a3f7d", "#1c1446"),
        "sequential",
        ("terrain",),
    ),
    "purple_green": Palette(
        Message("Purple-green"),
        ("#4a1a63", "#a783bd", "#ece5d3", "#74b07e", "#0a4a26"),
        "diverging",
    ),
    "brown_teal": Palette(
        Message("Brown-teal"),
        ("#5b3206", "#c79a55", "#ece5d3", "#64aea9", "#023f3d"),
        "diverging",
    ),
    "orange_blue": Palette(
        Message("Orange-blue"),
        ("#7a2c02", "#e08b48", "#ece5d3", "#6fa3cf", "#123c70"),
        "diverging",
    ),
    "contrasts": Palette(
        Message("Contrasting colours"), tuple(QUALITATIVE_COLOURS.values()), "qualitative"
    ),
}


def get_palette(name: str) -> Palette:
    """The palette called ``name``.

    Raises
    ------
    NotFound
        There is none.
    """
    if name not in PALETTES:
        raise unknown_name(Message("No such palette"), name, PALETTES)
    return PALETTES[name]


@lru_cache(maxsize=512)
def ramp_colours(name: str, n: int, reverse: bool = False) -> tuple[str, ...]:
    """``n`` colours of a palette from low to high, ``#rrggbb``.

    A sequential palette with fewer than three classes starts away from its palest end, so that a
    single class does not look like no data; a single class of a diverging one takes the high side,
    and the low side when reversed.
    """
    chosen = get_palette(name)
    if n <= 0:
        return ()
    if chosen.type == "qualitative":
        return chosen.anchors[:n]
    start = 0.0
    if chosen.type == "sequential" and n < 3:
        start = 0.55 if n == 1 else 0.25
    stop = 0.75 if n == 1 else 1.0
    if chosen.type == "diverging" and n == 1:
        start = 0.15 if reverse else 0.85
    places = np.linspace(start, stop, n) if n > 1 else np.array([start])
    mixed = tuple(_at(chosen.anchors, float(p)) for p in places)
    return mixed[::-1] if reverse else mixed


def _at(anchors: tuple[str, ...], place: float) -> str:
    """Colour at ``place`` (0 to 1); within a ramp equal steps of place are equal in lightness."""
    points = np.array([to_oklab(from_hex(a)) for a in anchors])
    half = len(anchors) // 2
    if points[half, 0] > points[0, 0]:
        low, high = points[: half + 1], points[half:]
        side, part = (low, place * 2) if place <= 0.5 else (high, place * 2 - 1)
    else:
        side, part = points, place
    return to_hex(from_oklab(_by_lightness(side, part)))


def _by_lightness(points: np.ndarray, part: float) -> np.ndarray:
    light = points[:, 0]
    target = light[0] + (light[-1] - light[0]) * part
    order = np.argsort(light)
    mix = [np.interp(target, light[order], points[order, axis]) for axis in (1, 2)]
    return np.array([target, *mix])


def class_colours(name: str, classes: Classes, reverse: bool = False) -> tuple[str, ...]:
    """One colour per class; a diverging palette turns where the classes' midpoint lies.

    With a midpoint, the classes below it take the low side and those above it the high side, both
    at the strength they would have on a balanced scale, so that a class five steps above never
    looks like one a single step below. An isolated class has a colour that is on no palette.
    """
    if classes.isolated is not None:
        hues = class_colours(name, without_isolated(classes), reverse)
        return with_isolated(hues, ISOLATED_FILL, classes)
    count = len(classes)
    if get_palette(name).type != "diverging" or classes.midpoint is None:
        return ramp_colours(name, count, reverse)
    below, above = _sides(classes, classes.midpoint)
    if count == 1 and below + above:
        return ramp_colours(name, 1, reverse != bool(below))
    straddling = count - below - above
    # At least one class a side: a class that holds nothing but the midpoint has the middle colour.
    side = max(below, above, 1)
    full = ramp_colours(name, 2 * side + (1 if straddling else 0), reverse)
    first = side - below
    return full[first : first + count]


def _sides(classes: Classes, midpoint: float) -> tuple[int, int]:
    """Number of classes that lie wholly below and wholly above ``midpoint``."""
    bounds = classes.breaks
    if classes.single_valued:
        return sum(v < midpoint for v in bounds), sum(v > midpoint for v in bounds)
    # Given classes have no limit at either end, so the outer ones reach past the midpoint there.
    uppers = bounds[:-1] if classes.open_ended else bounds
    below = sum(upper <= midpoint for upper in uppers)
    first = not classes.open_ended and classes.lower > midpoint
    return below, first + sum(lower >= midpoint for lower in bounds[:-1])
