"""Names and numbers on the map: each inside its unit, over no other mark, or told to be left out.

Greedy by rank (Christensen, Marks & Shieber 1995), but over a grid of places inside the unit: a
name that crosses a border names two units.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.sheet.fonts import text_width
from layers.sheet.layout_block import MM_PER_POINT, Rect

LINE_HEIGHT = 1.16
_STEPS = ((0, 0), (0, 0.6), (0, -0.6), (0.5, 0), (-0.5, 0), (0.5, 0.6), (-0.5, 0.6), (0, 1.2),
          (0, -1.2), (0.5, -0.6), (-0.5, -0.6))  # fmt: skip
_RINGS = 3
"""How far from its unit the number of a note may stand where others take the room."""
_SIZES = (1.0, 0.88, 0.76)
"""Sizes of type that are tried, as shares of the usual one."""
_LEAST_SIZE = 4.4
"""Smallest type of a name, points."""
_KEY_SIZES = (1.0, 0.88, 0.76, 0.64, 0.56)
_LEAST_KEY_SIZE = 3.6
"""Smallest type of the digits that stand for a name, points: they have no marks to be told."""
_ACROSS, _DOWN = 9, 11
"""Places tried from side to side and from top to bottom of a unit."""
_PAD = (0.4, 0.2)
"""Room around the letters, across and down, mm."""


@dataclass(frozen=True, slots=True)
class LabelCandidate:
    """A name that wants a place.

    Parameters
    ----------
    shape
        The unit on the page, mm; the name lies inside.
    x, y
        The best place for its middle, mm.
    rank
        The smaller, the sooner it is placed.
    number
        Of the note that goes with the unit; empty for none. It is placed before any name.
    clearance
        Room to leave around the best place for a symbol, mm.
    unit_id
        Of the unit.
    """

    name: str
    """Empty where only the number is wanted."""
    shape: shapely.Geometry
    x: float
    y: float
    rank: float
    number: str = ""
    clearance: float = 0.0
    unit_id: str = ""


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A name in its place: its lines (none when only the number had room), their box, their type.

    Parameters
    ----------
    size
        Of the type, points.
    """

    candidate: LabelCandidate
    lines: tuple[str, ...]
    box: Rect
    size: float


@dataclass(frozen=True, slots=True)
class Placement:
    """Names in their places, and the ids of the units whose names had none."""

    placed: tuple[PlacedLabel, ...] = ()
    left_out: frozenset[str] = field(default_factory=frozenset)


def place_labels(
    candidates: Sequence[LabelCandidate],
    size: float,
    within: Rect,
    taken: Sequence[Rect],
    keys: Mapping[str, str] | None = None,
) -> Placement:
    """Places for as many names as have room in their units.

    Parameters
    ----------
    size
        Of the type, points.
    within
        The map's frame; nothing reaches beyond.
    taken
        Boxes that must stay free.
    keys
        By unit id what stands on the map instead of the name, which is listed elsewhere; empty
        where nothing does.
    """
    known = keys or {}
    done: list[PlacedLabel] = []
    left_out: set[str] = set()
    boxes = list(taken)
    # Numbers of notes come first: a doubt must not be lost. Then what stands for a name.
    for each in sorted(candidates, key=lambda w: (not w.number, w.unit_id not in known, w.rank,
                                                  w.name)):  # fmt: skip
        words = known.get(each.unit_id, each.name)
        found = _find(each, words, size, within, boxes)
        if words and (found is None or not found.lines):
            left_out.add(each.unit_id)
        if found is not None:
            done.append(found)
            boxes.append(found.box)
    return Placement(tuple(done), frozenset(left_out))


def note_marker_size(size: float) -> float:
    """Diameter of the circle around a number, mm."""
    return size * MM_PER_POINT * 1.25


def _find(
    candidate: LabelCandidate, words: str, size: float, within: Rect, taken: Sequence[Rect]
) -> PlacedLabel | None:
    bounds = shapely.bounds(candidate.shape) if words else None
    for lines, each in _settings(words, size) if words else ():
        width, height = _measure(lines, each, bool(candidate.number))
        if bounds is None or width > bounds[2] - bounds[0] or height > bounds[3] - bounds[1]:
            continue
        for box in _places(candidate, width, height):
            if _is_free(box, within, taken):
                return PlacedLabel(candidate, lines, box, each)
    return _number_alone(candidate, size, within, taken) if candidate.number else None


def _places(candidate: LabelCandidate, width: float, height: float) -> Iterator[Rect]:
    """Boxes that lie inside the unit, the nearest to its best place first."""
    shift = candidate.clearance + height / 2 if candidate.clearance else 0.0
    best = np.array([[candidate.x, candidate.y + shift]])
    # Most names fit where they stand best; other places are looked for only when asked for.
    yield from _inside(candidate.shape, best, width, height)
    west, north, east, south = shapely.bounds(candidate.shape)
    across = np.linspace(west + width / 2, east - width / 2, _ACROSS)
    down = np.linspace(north + height / 2, south - height / 2, _DOWN)
    middles = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)
    # Across, a name may move farther before it seems to stand off its middle.
    off = middles - best
    nearest = np.argsort(np.hypot(off[:, 0] * 0.7, off[:, 1]))
    yield from _inside(candidate.shape, middles[nearest], width, height)


def _inside(
    shape: shapely.Geometry, middles: NDArray[np.float64], width: float, height: float
) -> list[Rect]:
    """The boxes around middles of shape (n, 2) that lie inside a unit, mm."""
    half = np.array([width / 2, height / 2])
    boxes = shapely.box(*(middles - half).T, *(middles + half).T)
    shapely.prepare(shape)
    return [
        Rect(float(x) - width / 2, float(y) - height / 2, width, height)
        for x, y in middles[shapely.contains(shape, boxes)]
    ]


def _number_alone(
    candidate: LabelCandidate, size: float, within: Rect, taken: Sequence[Rect]
) -> PlacedLabel | None:
    side = note_marker_size(size)
    for ring in range(1, _RINGS + 1):
        for across, down in _STEPS:
            x = candidate.x - side / 2 + across * side * 1.3 * ring
            box = Rect(x, candidate.y - side / 2 + down * side * ring, side, side)
            if _is_free(box, within, taken):
                return PlacedLabel(candidate, (), box, size)
    return None


def _settings(name: str, size: float) -> list[tuple[tuple[str, ...], float]]:
    """The name in one line and, where it has several words, in more; then in smaller type."""
    words = name.split(" ")
    broken: list[tuple[str, ...]] = [(name,)]
    if len(words) > 1:
        cuts = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
        broken.append(min(cuts, key=lambda cut: max(map(len, cut))))
    if len(words) > 2:
        broken.append(tuple(words))
    key = name.isdecimal()
    least = _LEAST_KEY_SIZE if key else _LEAST_SIZE
    sizes = [size * share for share in (_KEY_SIZES if key else _SIZES)]
    sizes = [each for each in sizes if each >= least] or [size]
    return [(lines, each) for each in sizes for lines in broken]


def _measure(lines: tuple[str, ...], size: float, numbered: bool) -> tuple[float, float]:
    width = max(text_width(line, size) for line in lines) + _PAD[0]
    if numbered:
        width += note_marker_size(size) + 0.5
    return width, len(lines) * size * MM_PER_POINT * LINE_HEIGHT + _PAD[1]


def _is_free(box: Rect, within: Rect, taken: Sequence[Rect]) -> bool:
    return within.contains(box) and not any(box.overlaps(other) for other in taken)
