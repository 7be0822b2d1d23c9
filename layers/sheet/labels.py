"""Names and numbers on the map: placed without overlap, dropped by rank where there is no room.

Greedy by rank over a few candidate places each (Christensen, Marks & Shieber 1995).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from layers.sheet.box import POINT, Box
from layers.sheet.fonts import text_width

LINE_HEIGHT = 1.16
_STEPS = ((0, 0), (0, 0.6), (0, -0.6), (0.5, 0), (-0.5, 0), (0.5, 0.6), (-0.5, 0.6), (0, 1.2),
          (0, -1.2), (0.5, -0.6), (-0.5, -0.6))  # fmt: skip
_RINGS = 3
"""How far from its unit a number may stand where others take the room."""
_INSIDE = (0.8, 0.55)
"""Share of a name that lies in its unit: first as it should be, then as it may be."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A name that wants a place.

    Parameters
    ----------
    shape
        The unit on the page, mm; most of the name lies in it.
    x, y
        The best place for its middle, mm.
    rank
        The smaller, the sooner it is placed.
    number
        Of the note that goes with the unit; empty for none. It is placed before any name.
    below
        Room to leave around the best place for a symbol, mm.
    """

    name: str
    """Empty where only the number is wanted."""
    shape: shapely.Geometry
    x: float
    y: float
    rank: float
    number: str = ""
    below: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A name in its place: its lines (none when only the number had room) and their box."""

    wish: Wish
    lines: tuple[str, ...]
    box: Box


def place(wishes: Sequence[Wish], size: float, within: Box, taken: Sequence[Box]) -> list[Placed]:
    """Places for as many names as have room.

    Parameters
    ----------
    size
        Of the type, points.
    within
        The map's frame; nothing reaches beyond.
    taken
        Boxes that must stay free.
    """
    done: list[Placed] = []
    boxes = list(taken)
    # Numbers of notes come first: a doubt must not be lost.
    waiting = sorted(wishes, key=lambda w: (not w.number, w.rank, w.name))
    for least in _INSIDE:
        still = []
        for wish in waiting:
            found = _find(wish, size, within, boxes, least)
            if found is None:
                still.append(wish)
                continue
            done.append(found)
            boxes.append(found.box)
        waiting = still
    return done


def badge_size(size: float) -> float:
    """Diameter of the circle around a number, mm."""
    return size * POINT * 1.25


def _find(
    wish: Wish, size: float, within: Box, taken: Sequence[Box], least: float
) -> Placed | None:
    for lines in _settings(wish.name) if wish.name else ():
        width, height = _measure(lines, size, bool(wish.number))
        for across, down in _STEPS:
            shift = wish.below + height / 2 if wish.below else 0.0
            x = wish.x + across * width * 0.6
            y = wish.y + shift + down * height
            box = Box(x - width / 2, y - height / 2, width, height)
            if _is_free(box, within, taken) and _is_at_home(box, wish, least):
                return Placed(wish, lines, box)
    return _number_alone(wish, size, within, taken) if wish.number else None


def _number_alone(wish: Wish, size: float, within: Box, taken: Sequence[Box]) -> Placed | None:
    side = badge_size(size)
    for ring in range(1, _RINGS + 1):
        for across, down in _STEPS:
            x = wish.x - side / 2 + across * side * 1.3 * ring
            box = Box(x, wish.y - side / 2 + down * side * ring, side, side)
            if _is_free(box, within, taken):
                return Placed(wish, (), box)
    return None


def _settings(name: str) -> list[tuple[str, ...]]:
    """The name in one line and, where it has several words, in two of nearly equal length."""
    words = name.split(" ")
    settings: list[tuple[str, ...]] = [(name,)]
    if len(words) > 1:
        cuts = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
        settings.append(min(cuts, key=lambda cut: max(map(len, cut))))
    return settings


def _measure(lines: tuple[str, ...], size: float, numbered: bool) -> tuple[float, float]:
    width = max(text_width(line, size) for line in lines) + 0.6
    if numbered:
        width += badge_size(size) + 0.5
    return width, len(lines) * size * POINT * LINE_HEIGHT + 0.3


def _is_free(box: Box, within: Box, taken: Sequence[Box]) -> bool:
    return within.holds(box) and not any(box.overlaps(other) for other in taken)


def _is_at_home(box: Box, wish: Wish, least: float) -> bool:
    if wish.below:
        return True
    area = shapely.box(box.x, box.y, box.right, box.bottom)
    inside = shapely.area(shapely.intersection(area, wish.shape))
    return bool(inside >= least * box.width * box.height)
