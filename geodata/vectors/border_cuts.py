"""Lines cut at the borders of units: each piece belongs to the units it runs in.

All borders of all eras cut at once. A piece then crosses no border, so that one point of it tells
the unit of every level and era; a piece that runs along a border belongs to the units on both sides
in equal parts. So the lengths of the units of a level add up to the length of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.vectors.line_segments import (
    Floats,
    Segments,
    boxes,
    distance_to_place,
    divide,
    follows,
    position_along,
)
from geodata.vectors.unit_shapes import Indices, UnitShapes, border_edges

_ON_BORDER_DEGREES = 1e-7
"""Nearer than about a centimetre a line runs along a border."""

_PARALLEL = 1e-12
"""Sine of the angle below which two segments are parallel."""


@dataclass(frozen=True, eq=False)
class CutLines:
    """Lines cut at borders.

    Parameters
    ----------
    segments
        Their segments, none of which crosses a border.
    piece
        For each segment the piece it belongs to: a stretch between two borders; shape (n,).
    origin
        For each segment the row of the segment it was cut from; shape (n,).
    share_piece, share_unit, share
        Which piece counts for which unit with what part, 0 to 1; shape (m,).
    """

    segments: Segments
    piece: Indices
    origin: Indices
    share_piece: Indices
    share_unit: Indices
    share: Floats


def cut_at_borders(segments: Segments, units: UnitShapes) -> CutLines:
    """Cut lines at all borders of the units.

    Parameters
    ----------
    segments
        EPSG:4326, in the order of their lines.
    """
    edges = border_edges(units.shapes)
    row, along = _meetings(segments, edges)
    inside = (along > 0) & (along < 1)
    pieces, origin = divide(segments, row[inside], along[inside])
    piece = _pieces(pieces, origin, row, along)
    middles = _middles(pieces, piece)
    return CutLines(pieces, piece, origin, *_shares(middles, units, edges))


def _meetings(lines: Segments, edges: Floats) -> tuple[Indices, Floats]:
    """Where segments of lines meet edges of borders: rows of ``lines``, and how far along, 0 to 1.

    A meeting is a crossing, an end of an edge on the line, or an end of the line on an edge.
    """
    row, edge = _close_pairs(lines, edges)
    of_line, of_edge = lines.ends[row], edges[edge]
    found = [_crossings(of_line, of_edge)]
    for corner in (of_edge[:, :2], of_edge[:, 2:]):
        along = position_along(of_line, corner)
        found.append(
            np.where(distance_to_place(of_line, along, corner) <= _ON_BORDER_DEGREES, along, np.nan)
        )
    for at, end in enumerate((of_line[:, :2], of_line[:, 2:])):
        along = np.clip(position_along(of_edge, end), 0, 1)
        touches = distance_to_place(of_edge, along, end) <= _ON_BORDER_DEGREES
        found.append(np.where(touches, float(at), np.nan))
    rows, places = np.tile(row, len(found)), np.concatenate(found)
    margin = _ON_BORDER_DEGREES / np.hypot(*(lines.ends[rows, 2:] - lines.ends[rows, :2]).T)
    meets = (places >= -margin) & (places <= 1 + margin)
    places = np.where(places <= margin, 0.0, np.where(places >= 1 - margin, 1.0, places))
    return np.asarray(rows[meets], dtype=np.intp), places[meets]


def _close_pairs(lines: Segments, edges: Floats) -> tuple[Indices, Indices]:
    """Rows of segments and edges whose rectangles touch."""
    tree = shapely.STRtree(boxes(edges, _ON_BORDER_DEGREES))
    # Most lines are far from every border, which their rectangles as a whole tell.
    first = np.flatnonzero(np.append(True, lines.line[1:] != lines.line[:-1])[: len(lines)])
    if not len(first):
        return np.empty((2, 0), dtype=np.intp)[0], np.empty(0, dtype=np.intp)
    low = np.minimum.reduceat(np.minimum(lines.ends[:, :2], lines.ends[:, 2:]), first)
    high = np.maximum.reduceat(np.maximum(lines.ends[:, :2], lines.ends[:, 2:]), first)
    near = np.zeros(len(first), dtype=bool)
    near[tree.query(boxes(np.hstack([low, high]), _ON_BORDER_DEGREES))[0]] = True
    rows = np.flatnonzero(np.repeat(near, np.diff(np.append(first, len(lines)))))
    row, edge = tree.query(boxes(lines.ends[rows], _ON_BORDER_DEGREES))
    return rows[row], np.asarray(edge, dtype=np.intp)


def _crossings(lines: Floats, edges: Floats) -> Floats:
    """How far along each line its edge crosses it; not a number where they do not cross."""
    way, side = lines[:, 2:] - lines[:, :2], edges[:, 2:] - edges[:, :2]
    between = edges[:, :2] - lines[:, :2]
    turn = _cross(way, side)
    parallel = np.abs(turn) <= _PARALLEL * np.hypot(*way.T) * np.hypot(*side.T)
    safe = np.where(parallel, 1.0, turn)
    along, across = _cross(between, side) / safe, _cross(between, way) / safe
    crosses = ~parallel & (across >= 0) & (across <= 1)
    return np.where(crosses, along, np.nan)


def _cross(a: Floats, b: Floats) -> Floats:
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])


def _pieces(cut: Segments, origin: Indices, row: Indices, along: Floats) -> Indices:
    """Number of the piece of each segment: a new one begins with a line and at each border."""
    meets_start, meets_end = np.zeros((2, int(origin.max(initial=-1)) + 1), dtype=bool)
    meets_start[row[along == 0]] = True
    meets_end[row[along == 1]] = True
    begins = ~follows(cut)
    begins[1:] |= origin[1:] == origin[:-1]
    begins[1:] |= meets_start[origin[1:]] | meets_end[origin[:-1]]
    return np.asarray(np.cumsum(begins) - 1, dtype=np.intp)


def _middles(cut: Segments, piece: Indices) -> NDArray[np.object_]:
    """A point of each piece off the borders it only touches: the middle of its longest part."""
    size = np.hypot(*(cut.ends[:, 2:] - cut.ends[:, :2]).T)
    order = np.lexsort((size, piece))
    last = np.ones(len(order), dtype=bool)
    last[:-1] = piece[order][1:] != piece[order][:-1]
    ends = cut.ends[order[last]]
    return np.asarray(shapely.points((ends[:, :2] + ends[:, 2:]) / 2))


def _shares(
    middles: NDArray[np.object_], units: UnitShapes, edges: Floats
) -> tuple[Indices, Indices, Floats]:
    """Which piece counts for which unit with what part."""
    tree = shapely.STRtree(middles)
    unit, piece = tree.query(units.shapes, predicate="intersects")
    lines = shapely.linestrings(edges.reshape(-1, 2, 2))
    near = np.unique(tree.query(lines, predicate="dwithin", distance=_ON_BORDER_DEGREES)[1])
    clear = ~np.isin(piece, near)
    found = [(piece[clear], unit[clear], np.ones(int(clear.sum())))]
    if len(near):
        found.append(_border_shares(middles, near, units))
    parts = [np.concatenate(column) for column in zip(*found, strict=True)]
    return parts[0].astype(np.intp), parts[1].astype(np.intp), parts[2]


def _border_shares(
    middles: NDArray[np.object_], near: Indices, units: UnitShapes
) -> tuple[Indices, Indices, Floats]:
    """Equal parts of the pieces along borders for the units they touch, level by level."""
    tree = shapely.STRtree(middles[near])
    unit, place = tree.query(units.shapes, predicate="dwithin", distance=_ON_BORDER_DEGREES)
    part: dict[tuple[int, int], float] = {}
    for era in units.eras:
        of_era = np.isin(unit, era)
        touching = np.bincount(place[of_era], minlength=len(near))
        for key in zip(place[of_era].tolist(), unit[of_era].tolist(), strict=True):
            # A unit keeps its part through the eras in which its neighbours change.
            part.setdefault(key, 1 / touching[key[0]])
    keys = np.array(list(part), dtype=np.intp).reshape(-1, 2)
    return near[keys[:, 0]], keys[:, 1], np.array(list(part.values()))
