"""Shapes built from the positions of a file, refused with words where they cannot be one.

Rings are held to the rule of GeoJSON (RFC 7946, 3.1.6) and Simple Features: four positions at
least, the last equal to the first. Whether a polygon crosses itself is left to whoever uses it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.errors import FileFault
from geodata.i18n import Localised, Message
from geodata.readers.limits import Limits, too_much

Positions = NDArray[np.float64]

KINDS = ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon")
"""Kinds of shape that are read, in the order of their codes in WKB from 1."""

_REMEDY = Message("Correct the shape in QGIS and load again")


@dataclass
class ShapeBuilder:
    """Builds the shapes of one file and counts their positions."""

    limits: Limits
    positions: int = 0

    def count(self, positions: int, where: str) -> None:
        """Count positions, or parts, before they are taken.

        Raises
        ------
        FileFault
            There are more than the limits allow.
        """
        self.positions += positions
        if self.positions > self.limits.positions:
            most = self.limits.positions
            what = Message("The shapes have too many vertices")
            remedy = Message("Make one file for each commune, or simplify the lines")
            raise too_much(what, f"> {most}", most, where, remedy)

    def point(self, positions: Positions, where: str) -> shapely.Geometry:
        """A point of one position, shape (1, 2); empty where its numbers are none."""
        if np.isnan(positions).all():
            return shapely.Point()
        return shapely.Point(_finite(positions, where)[0])

    def line(self, positions: Positions, where: str) -> shapely.Geometry:
        """A line of positions, shape (n, 2)."""
        if len(positions) < 2:
            what = Message("A line needs at least 2 vertices")
            raise malformed(what, len(positions), where)
        return shapely.LineString(_finite(positions, where))

    def polygon(self, rings: Sequence[Positions], where: str) -> shapely.Geometry:
        """A polygon of rings, each of shape (n, 2), the outer one first; empty without any."""
        for number, ring in enumerate(rings, 1):
            _verify_ring(_finite(ring, where), number, where)
        return shapely.Polygon(rings[0], list(rings[1:])) if rings else shapely.Polygon()


def _finite(positions: Positions, where: str) -> Positions:
    sound = np.isfinite(positions).all(axis=1)
    if not sound.all():
        first = int(np.flatnonzero(~sound)[0])
        what = Message("A coordinate is not a number")
        raise malformed(what, f"{positions[first].tolist()} ({first + 1})", where)
    return positions


def _verify_ring(ring: Positions, number: int, where: str) -> None:
    place = f"{where} ({number})"
    if len(ring) < 4:
        what = Message("A ring needs at least 4 vertices")
        raise malformed(what, len(ring), place)
    if (ring[0] != ring[-1]).any():
        what = Message("A ring is not closed")
        raise malformed(what, f"{ring[0].tolist()} … {ring[-1].tolist()}", place)
    if (ring[1:] == ring[:-1]).all():
        what = Message("All vertices of a ring are one")
        raise malformed(what, ring[0].tolist(), place)


def malformed(what: Localised, found: object, where: str) -> FileFault:
    """The fault for a shape that cannot be built."""
    return FileFault(what, found=str(found), remedy=_REMEDY, where=where)


def unknown_kind(found: object, where: str) -> FileFault:
    """The fault for a kind of shape that is not read."""
    what = Message("This kind of shape is not read")
    return FileFault(what, found=str(found), allowed=KINDS, remedy=_REMEDY, where=where)
