"""Dividing a unit's territory among the units it was formed from.

The law says who became part of whom; old lines are too coarse to say where today's border runs.
So the territory divided is always the whole successor, and old outlines only say which part of it
is nearest to which predecessor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely


@dataclass(frozen=True)
class Division:
    """How finely and how boldly old outlines are used.

    Parameters
    ----------
    spacing
        Metres between the points that stand for an old outline.
    margin
        Metres by which old outlines are drawn in. Overlaps and gaps between two of them, which
        come from separate simplification, then fall to the nearer one.
    minimum_share
        Least share of an old outline that must lie in the successor for its shape to count.
    """

    spacing: float
    margin: float
    minimum_share: float


def divide(
    successor: shapely.Geometry, outlines: Mapping[str, shapely.Geometry], division: Division
) -> tuple[dict[str, shapely.Geometry], set[str]]:
    """Divide ``successor`` among predecessors; every one gets a part and nothing is left over.

    Each point goes to the predecessor whose old outline (without what it shares with another) is
    nearest. A predecessor whose outline misses the successor keeps only the spot of the successor
    nearest to it, and gets what is nearest to that.

    Parameters
    ----------
    successor
        Today's territory, metric CRS.
    outlines
        Old outlines of its predecessors by id, same CRS.

    Returns
    -------
    tuple
        Parts by id, and the ids whose outline could not be used.
    """
    if len(outlines) == 1:
        return dict.fromkeys(outlines, successor), set()
    cores: dict[str, shapely.Geometry] = {}
    missed = set()
    for identity, outline in outlines.items():
        others = shapely.union_all([o for other, o in outlines.items() if other != identity])
        core = outline.intersection(successor).difference(others).buffer(-division.margin)
        if core.area < division.minimum_share * outline.area:
            missed.add(identity)
            core = _spot(successor, outline, division.spacing)
        cores[identity] = core
    regions = _nearest(cores, successor, division.spacing)
    return {i: _polygons(region.intersection(successor)) for i, region in regions.items()}, missed


def _spot(
    successor: shapely.Geometry, outline: shapely.Geometry, spacing: float
) -> shapely.Geometry:
    """A small disc in the successor, as near to the middle of the outline as can be."""
    inner = successor.buffer(-2 * spacing)
    middle = outline.representative_point()
    return shapely.Point(shapely.shortest_line(inner, middle).coords[0]).buffer(spacing)


def _nearest(
    cores: Mapping[str, shapely.Geometry], extent: shapely.Geometry, spacing: float
) -> dict[str, shapely.Geometry]:
    """Voronoi regions of whole outlines, from points set along them."""
    sites: list[np.ndarray] = []
    owners: list[np.ndarray] = []
    for number, core in enumerate(cores.values()):
        points = shapely.get_coordinates(shapely.segmentize(core.boundary, spacing))
        sites.append(points)
        owners.append(np.full(len(points), number))
    xy, first = np.unique(np.round(np.concatenate(sites), 3), axis=0, return_index=True)
    owner = np.concatenate(owners)[first]
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.MultiPoint(xy), extend_to=extent.envelope, ordered=True)
    )
    return {
        identity: shapely.coverage_union_all(cells[owner == number])
        for number, identity in enumerate(cores)
    }


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [p for p in shapely.get_parts(shape) if p.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)
