"""Polygons that can be laid over each other in bounded time and memory.

An overlay builds a node where two lines cross, at about 10 µs and 1.3 kB each: two zigzags of a few
thousand teeth have millions. Lines that meet along a shared border have a few for each segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.errors import InvalidInput
from geodata.i18n import Message, Verbatim

MEETINGS_OF_A_SEGMENT = 12
"""Segments that one meets in a clean coverage: itself, the next, those of a neighbour, and some."""

MEETINGS = 100_000
"""Meetings of segments beyond those of a clean coverage."""

VERTICES_COMPARED = 20_000_000
"""Vertices of all pairs of polygons whose boxes overlap; a pair counts those of both."""

_HITS_AT_ONCE = 4_000_000


def pairs_to_compare(shapes: Mapping[int, shapely.Geometry]) -> list[tuple[int, int]]:
    """The pairs of polygons whose boxes overlap, by their numbers, in ascending order.

    Parameters
    ----------
    shapes
        Valid polygons by number, in any one CRS.

    Raises
    ------
    InvalidInput
        Comparing them all would take too long.
    """
    numbers = list(shapes)
    tree = shapely.STRtree(list(shapes.values()))
    sizes = shapely.get_num_coordinates(list(shapes.values()))
    pairs: list[tuple[int, int]] = []
    compared = 0
    for number, shape in enumerate(shapes.values()):
        others = tree.query(shape)
        others = np.sort(others[others > number])
        compared += int(sizes[others].sum()) + len(others) * int(sizes[number])
        if compared > VERTICES_COMPARED:
            raise _too_intricate(VERTICES_COMPARED)
        pairs += [(numbers[number], numbers[other]) for other in others.tolist()]
    return pairs


def verify_meetings(shapes: Sequence[shapely.Geometry]) -> None:
    """Refuse polygons whose lines cross each other so often that no overlay can be made of them.

    Parameters
    ----------
    shapes
        Valid polygons, in any one CRS.

    Raises
    ------
    InvalidInput
    """
    segments = _segments(shapes)
    if not len(segments):
        return
    most = MEETINGS_OF_A_SEGMENT * len(segments) + MEETINGS
    tree = shapely.STRtree(segments)
    step = max(1, _HITS_AT_ONCE // len(segments))
    met = 0
    for start in range(0, len(segments), step):
        met += tree.query(segments[start : start + step], predicate="intersects").shape[1]
        if met > most:
            raise _too_intricate(most)


def _segments(shapes: Sequence[shapely.Geometry]) -> NDArray[np.object_]:
    """Every segment of every ring as a line of its own."""
    pairs = [part for shape in shapes for part in _segments_of(shape)]
    ends = np.concatenate(pairs) if pairs else np.empty((0, 2, 2))
    lines: NDArray[np.object_] = shapely.linestrings(ends)
    return lines


def _segments_of(shape: shapely.Geometry) -> Iterator[NDArray[np.float64]]:
    for ring in shapely.get_rings(shape):
        xy = shapely.get_coordinates(ring)
        yield np.stack([xy[:-1], xy[1:]], axis=1)


def _too_intricate(most: int) -> InvalidInput:
    return InvalidInput(
        Message("The areas overlap or cross too often to be checked"),
        found=f"> {most}",
        allowed=Verbatim(f"≤ {most}"),
        remedy=Message("Mend the borders in QGIS (Topology Checker), or simplify the lines"),
    )
