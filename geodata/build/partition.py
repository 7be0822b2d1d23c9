"""Dividing a unit's territory among the units it was formed from.

The law says who became part of whom; old lines are too coarse to say where today's border runs.
So the territory divided is always the whole successor, and old outlines only say which part of it
is nearest to which predecessor.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi, cKDTree  # type: ignore[import-untyped]

from geodata.dataset_files.territory_records import DivisionTable

_GRID = 0.001
"""Metres to which the lines between parts are rounded."""


def partition_territory(
    successor: shapely.Geometry,
    outlines: Mapping[str, shapely.Geometry],
    division: DivisionTable,
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
    division
        How finely and how boldly the outlines are used.

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
        core = outline.intersection(successor).difference(others).buffer(-division.margin_m)
        if core.area < division.minimum_share * outline.area:
            missed.add(identity)
            core = _seed_disc(successor, outline, division.spacing_m)
        cores[identity] = core
    return _nearest_parts(cores, successor, division.spacing_m), missed


def _seed_disc(
    successor: shapely.Geometry, outline: shapely.Geometry, spacing: float
) -> shapely.Geometry:
    """A small disc in the successor, as near to the middle of the outline as can be."""
    inner = successor.buffer(-2 * spacing)
    middle = outline.representative_point()
    return shapely.Point(shapely.shortest_line(inner, middle).coords[0]).buffer(spacing)


def _nearest_parts(
    cores: Mapping[str, shapely.Geometry], extent: shapely.Geometry, spacing: float
) -> dict[str, shapely.Geometry]:
    """Parts of ``extent`` nearest to each core, from points set along the cores' borders.

    The lines between the parts are the edges of the points' Voronoi diagram that lie between
    points of different cores.
    """
    lines = [shapely.segmentize(core.boundary, spacing) for core in cores.values()]
    points = [shapely.get_coordinates(line) for line in lines]
    owner = np.repeat(np.arange(len(points)), [len(xy) for xy in points])
    sites = np.concatenate(points)
    edges = shapely.linestrings(_edges_between(sites, owner, extent.bounds))
    network = shapely.union_all([*edges, extent.boundary], grid_size=_GRID)
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(network)))
    middles = shapely.point_on_surface(pieces)
    shapely.prepare(extent)
    inside = shapely.contains(extent, middles)
    _, nearest = cKDTree(sites).query(shapely.get_coordinates(middles))
    return {
        identity: shapely.coverage_union_all(pieces[inside & (owner[nearest] == number)])
        for number, identity in enumerate(cores)
    }


def _edges_between(
    sites: NDArray[np.float64], owner: NDArray[np.int64], bounds: tuple[float, ...]
) -> NDArray[np.float64]:
    """Both ends of the Voronoi edges between sites of different owners."""
    west, south, east, north = bounds
    far = 10 * max(east - west, north - south)  # Sites so far off that edges near by are finite.
    corners = [(west - far, south - far), (west - far, north + far)]
    corners += [(east + far, south - far), (east + far, north + far)]
    diagram = Voronoi(np.concatenate([sites, corners]))
    owners = np.append(owner, [-1] * len(corners))
    between = owners[diagram.ridge_points]
    ends = np.array(diagram.ridge_vertices)
    kept = (between[:, 0] != between[:, 1]) & (between.min(axis=1) >= 0) & (ends.min(axis=1) >= 0)
    edges: NDArray[np.float64] = diagram.vertices[ends[kept]]
    return edges
