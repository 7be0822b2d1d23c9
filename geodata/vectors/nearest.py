"""How far it is from points, as the seats of units, to the nearest of some features."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.vectors.line_network import LineNetwork, footholds, line_network
from geodata.vectors.line_segments import Floats, Segments
from geodata.vectors.plane import from_plane, geodesic_km, in_plane
from geodata.vectors.unit_shapes import Shapes


def straight_distances_km(points: Floats, features: Shapes, crs: str) -> Floats:
    """Distance on the ellipsoid from each point to the nearest feature, km.

    Parameters
    ----------
    points
        Longitude and latitude, degrees, shape (n, 2).
    features
        EPSG:4326; some.
    crs
        The plane in metres in which the nearest is looked for.
    """
    if not len(points):
        return np.empty(0)
    on_plane = in_plane(np.asarray(shapely.points(points)), crs)
    shapes = in_plane(features, crs)
    nearest = shapely.STRtree(shapes).nearest(on_plane)
    ways = shapely.shortest_line(on_plane, shapes[nearest])
    ends = shapely.get_coordinates(from_plane(ways, crs)).reshape(-1, 2, 2)
    return geodesic_km(ends[:, 0], ends[:, 1])


def distances_to_lines_km(
    segments: Segments,
    goals: NDArray[np.bool_],
    points: Floats,
    crs: str,
    *,
    join_m: float,
    access_m: float,
) -> Floats:
    """Way from each point to the nearest of some lines along a network, km.

    The way is the straight line to the network and what follows along it; no number where a point
    is farther than ``access_m`` from every line that leads to a goal.

    Parameters
    ----------
    segments
        The network, each stretch of the ground once, EPSG:4326.
    goals
        Which lines are a goal, shape (number of lines,).
    points
        Longitude and latitude, degrees, shape (n, 2).
    crs
        The plane in metres for gaps.
    join_m
        The widest gap at the end of a line that is closed; see `line_network`.
    """
    network = line_network(segments, crs, join_m)
    usable = _leading_to(network, network.nodes_of(goals))
    if not usable.any() or not len(points):
        return np.full(len(points), np.nan)
    reached, foot = footholds(network, points, crs, usable)
    along = reached.distances_km(reached.nodes_of(goals))[foot.node]
    return _within_access(foot.gap_km, along, access_m)


def distances_to_place_km(
    segments: Segments,
    place: tuple[float, float],
    points: Floats,
    crs: str,
    *,
    join_m: float,
    access_m: float,
) -> Floats:
    """Way from each point to one place along a network, km; see `distances_to_lines_km`.

    Parameters
    ----------
    place
        Longitude and latitude of the place, degrees. The straight line from the network to it is
        part of the way; every distance is missing where it is longer than ``access_m``.
    """
    network = line_network(segments, crs, join_m)
    if not len(segments) or not len(points):
        return np.full(len(points), np.nan)
    goal = np.array([place], dtype=float)
    with_goal, end = footholds(network, goal, crs, np.ones(len(network.segments), dtype=bool))
    usable = _leading_to(with_goal, end.node)
    # The place is looked up once more, since new nodes change the numbers of all.
    reached, feet = footholds(with_goal, np.vstack([goal, points]), crs, usable)
    along = reached.distances_km(feet.node[:1])[feet.node[1:]]
    if end.gap_km[0] * 1000 > access_m:
        return np.full(len(points), np.nan)
    return _within_access(feet.gap_km[1:], along + end.gap_km[0], access_m)


def _leading_to(network: LineNetwork, goals: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Segments of the parts of a network in which there is a goal."""
    part = network.parts()
    found: NDArray[np.bool_] = np.isin(part[network.ends[:, 0]], part[goals])
    return found


def _within_access(gap_km: Floats, along_km: Floats, access_m: float) -> Floats:
    near = (gap_km * 1000 <= access_m) & np.isfinite(along_km)
    return np.where(near, gap_km + along_km, np.nan)
