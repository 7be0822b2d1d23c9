"""Names and numbers on the map: placed without overlap, dropped by rank where there is no room.

Greedy by rank over a few candidate places each (Christensen, Marks & Shieber 1995).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely

from layers.sheet.fonts import text_width
from layers.sheet.layout_block import MM_PER_POINT, Rect

LINE_HEIGHT = 1.16
_STEPS = ((0, 0), (0, 0.6), (0, -0.6), (0.5, 0), (-0.5, 0), (0.5, 0.6), (-0.5, 0.6), (0, 1.2),
          (0, -1.2), (0.5, -0.6), (-0.5, -0.6))  # fmt: skip
_RINGS = 3
"""How far from its unit a number may stand where others take the room."""
_INSIDE = (0.8, 0.55)
"""Share of a name that lies in its unit: first as it should be, then as it may be."""


@dataclass(frozen=True, slots=True)
class LabelCandidate:
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
    clearance
        Room to leave around the best place for a symbol, mm.
    """

    name: str
    """Empty where only the number is wanted."""
    shape: shapely.Geometry
    x: float
    y: float
    rank: float
    number: str = ""
    clearance: float = 0.0


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A name in its place: its lines (none when only the number had room) and their box."""

    candidate: LabelCandidate
    lines: tuple[str, ...]
    box: Rect


def place_labels(
    candidates: Sequence[LabelCandidate], size: float, within: Rect, taken: Sequence[Rect]
) -> list[PlacedLabel]:
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
    done: list[PlacedLabel] = []
    boxes = list(taken)
    # Numbers of notes come first: a doubt must not be lost.
    waiting = sorted(candidates, key=lambda w: (not w.number, w.rank, w.name))
    for least in _INSIDE:
        still = []
        for candidate in waiting:
            found = _find(candidate, size, within, boxes, least)
            if found is None:
                still.append(candidate)
                continue
            done.append(found)
            boxes.append(found.box)
        waiting = still
    return done


def note_marker_size(size: float) -> float:
    """Diameter of the circle around a number, mm."""
    return size * MM_PER_POINT * 1.25


def _find(
    candidate: LabelCandidate, size: float, within: Rect, taken: Sequence[Rect], least: float
) -> PlacedLabel | None:
    for lines in _settings(candidate.name) if candidate.name else ():
        width, height = _measure(lines, size, bool(candidate.number))
        for across, down in _STEPS:
            shift = candidate.clearance + height / 2 if candidate.clearance else 0.0
            x = candidate.x + across * width * 0.6
            y = candidate.y + shift + down * height
            box = Rect(x - width / 2, y - height / 2, width, height)
            if _is_free(box, within, taken) and _is_at_home(box, candidate, least):
                return PlacedLabel(candidate, lines, box)
    return _number_alone(candidate, size, within, taken) if candidate.number else None


def _number_alone(
    candidate: LabelCandidate, size: float, within: Rect, taken: Sequence[Rect]
) -> PlacedLabel | None:
    side = note_marker_size(size)
    for ring in range(1, _RINGS + 1):
        for across, down in _STEPS:
            x = candidate.x - side / 2 + across * side * 1.3 * ring
            box = Rect(x, candidate.y - side / 2 + down * side * ring, side, side)
            if _is_free(box, within, taken):
                return PlacedLabel(candidate, (), box)
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
        width += note_marker_size(size) + 0.5
    return width, len(lines) * size * MM_PER_POINT * LINE_HEIGHT + 0.3


def _is_free(box: Rect, within: Rect, taken: Sequence[Rect]) -> bool:
    return within.contains(box) and not any(box.overlaps(other) for other in taken)


def _is_at_home(box: Rect, candidate: LabelCandidate, least: float) -> bool:
    if candidate.clearance:
        return True
    area = shapely.box(box.x, box.y, box.right, box.bottom)
    inside = shapely.area(shapely.intersection(area, candidate.shape))
    return bool(inside >= least * box.width * box.height)
