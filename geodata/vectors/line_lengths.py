"""Lengths of lines in units."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.vectors.border_cuts import cut_at_borders
from geodata.vectors.line_segments import Floats, Segments, lengths_km
from geodata.vectors.unit_shapes import UnitShapes


def lengths_by_unit(segments: Segments, units: UnitShapes, crs: str = "") -> Floats:
    """Length of lines in each unit, km, shape (number of units,).

    Parameters
    ----------
    segments
        Each stretch of ground once (`geodata.vectors.line_segments.distinct_segments`).
    crs
        A plane in metres to measure in; empty measures on the ellipsoid.
    """
    return lengths_by_class(segments, np.zeros(_lines(segments), dtype=np.intp), units, crs)[:, 0]


def lengths_by_class(
    segments: Segments, classes: NDArray[np.intp], units: UnitShapes, crs: str = ""
) -> Floats:
    """Length of lines in each unit by class, km, shape (number of units, number of classes).

    Parameters
    ----------
    classes
        Number of the class of each line, from 0, shape (number of lines,).
    """
    count = int(classes.max(initial=0)) + 1
    cut = cut_at_borders(segments, units)
    found = np.zeros((len(units.units), count))
    if not len(cut.segments):
        return found
    # A piece is of one line, so of one class.
    length = np.bincount(cut.piece, weights=lengths_km(cut.segments, crs))
    of_piece = np.zeros(len(length), dtype=np.intp)
    of_piece[cut.piece] = classes[cut.segments.line]
    np.add.at(
        found,
        (cut.share_unit, of_piece[cut.share_piece]),
        cut.share * length[cut.share_piece],
    )
    return found


def _lines(segments: Segments) -> int:
    return int(segments.line.max(initial=-1)) + 1
