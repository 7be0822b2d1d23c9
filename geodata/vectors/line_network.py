"""Distances along lines: a network whose nodes are the vertices that lines share.

Lines that meet in a vertex are joined there. Where a line ends short of another one, by no more
than a stated distance, a straight edge joins it: editors and tiles leave such gaps. Lines that
cross without a common vertex pass over each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array  # type: ignore[import-untyped]
from scipy.sparse.csgraph import (  # type: ignore[import-untyped]
    connected_components,
    dijkstra,
)

from geodata.vectors.line_segments import (
    Floats,
    Segments,
    divide,
    lengths_km,
)
from geodata.vectors.plane import geodesic_km, in_plane
from geodata.vectors.unit_shapes import Indices

_NODE_DECIMALS = 7


@dataclass(frozen=True, eq=False)
class LineNetwork:
    """A network of lines.

    Parameters
    ----------
    segments
        Its edges along lines.
    nodes
        Longitude and latitude of the nodes, degrees, shape (n, 2).
    ends
        First and last node of each segment, shape (number of segments, 2).
    joins
        Pairs of nodes that a straight edge joins, shape (k, 2).
    """

    segments: Segments
    nodes: Floats
    ends: Indices
    joins: Indices

    def nodes_of(self, lines: NDArray[np.bool_]) -> Indices:
        """Nodes of the lines for which ``lines`` is true."""
        return np.unique(self.ends[lines[self.segments.line]])

    def parts(self) -> Indices:
        """Number of the connected part that each node belongs to."""
        return np.asarray(connected_components(self._graph(), directed=False)[1], dtype=np.intp)

    def distances_km(self, sources: Indices) -> Floats:
        """Shortest way along the network from each node to the nearest source; infinite if none."""
        if not len(sources):
            return np.full(len(self.nodes), np.inf)
        found = dijkstra(self._graph(), directed=False, indices=sources, min_only=True)
        return np.asarray(found)

    def _graph(self) -> csr_array:
        pairs = np.vstack([self.ends, self.joins])
        first, last = self.nodes[self.joins[:, 0]], self.nodes[self.joins[:, 1]]
        # An edge of length zero would be none; two ends in one place are one node already.
        size = np.concatenate(
            [lengths_km(self.segments), np.maximum(geodesic_km(first, last), 1e-9)]
        )
        low, high = pairs.min(axis=1), pairs.max(axis=1)
        order = np.lexsort((size, high, low))
        low, high, size = low[order], high[order], size[order]
        shortest = np.concatenate([[True], (low[1:] != low[:-1]) | (high[1:] != high[:-1])])
        kept = shortest[: len(low)] & (low != high)
        count = len(self.nodes)
        # SciPy before 1.14 searches graphs with indices of 32 bits alone.
        ends = low[kept].astype(np.int32), high[kept].astype(np.int32)
        return csr_array((size[kept], ends), shape=(count, count))


@dataclass(frozen=True, eq=False)
class Foothold:
    """Where points reach a network.

    Parameters
    ----------
    node
        The node nearest to each point, shape (n,).
    gap_km
        Straight distance to it, km.
    """

    node: Indices
    gap_km: Floats


def line_network(segments: Segments, crs: str, join_m: float) -> LineNetwork:
    """The network of lines.

    Parameters
    ----------
    segments
        Each stretch of the ground once.
    crs
        The plane in metres in which gaps are measured.
    join_m
        The widest gap between the end of a line and another line that is closed, metres.
    """
    plain = _noded(segments, np.empty((0, 2, 2)))
    dead = _dead_ends(plain)
    point, row, along = _near_lines(plain, dead, crs, join_m)
    divided, feet = _divided_at_feet(plain.segments, row, along)
    return _noded(divided, np.stack([plain.nodes[dead[point]], feet], axis=1))


def footholds(
    network: LineNetwork, points: Floats, crs: str, usable: NDArray[np.bool_]
) -> tuple[LineNetwork, Foothold]:
    """The network with a node where each point is nearest to it.

    Parameters
    ----------
    points
        Longitude and latitude, degrees, shape (n, 2).
    usable
        Whether a point may reach the network on a segment; some must be.
    """
    rows = np.flatnonzero(usable)
    lines = in_plane(network.segments.taken(rows).shapes(), crs)
    on_plane = in_plane(np.asarray(shapely.points(points)), crs)
    nearest = shapely.STRtree(lines).nearest(on_plane)
    along = shapely.line_locate_point(lines[nearest], on_plane, normalized=True)
    divided, feet = _divided_at_feet(network.segments, rows[nearest], along)
    joined = network.nodes[network.joins]
    with_feet = _noded(divided, joined)
    node = _node_numbers(with_feet.nodes, feet)
    return with_feet, Foothold(node, geodesic_km(points, feet))


def _noded(segments: Segments, joins: Floats) -> LineNetwork:
    """The network of segments, joined between places ``joins`` of shape (k, 2, 2)."""
    places = np.vstack([segments.ends[:, :2], segments.ends[:, 2:], joins.reshape(-1, 2)])
    rounded = np.round(places, _NODE_DECIMALS)
    nodes, number = np.unique(rounded, axis=0, return_inverse=True)
    count = len(segments)
    number = np.asarray(number, dtype=np.intp).reshape(-1)
    ends = np.column_stack([number[:count], number[count : 2 * count]])
    return LineNetwork(
        segments, np.asarray(nodes, dtype=float), ends, number[2 * count :].reshape(-1, 2)
    )


def _node_numbers(nodes: Floats, places: Floats) -> Indices:
    """Numbers of the nodes at places that have one."""
    both = np.vstack([nodes, np.round(places, _NODE_DECIMALS)])
    _, first, number = np.unique(both, axis=0, return_index=True, return_inverse=True)
    return np.asarray(first[np.asarray(number).reshape(-1)[len(nodes) :]], dtype=np.intp)


def _dead_ends(network: LineNetwork) -> Indices:
    degree = np.bincount(network.ends.reshape(-1), minlength=len(network.nodes))
    return np.flatnonzero(degree == 1)


def _near_lines(
    network: LineNetwork, dead: Indices, crs: str, join_m: float
) -> tuple[Indices, Indices, Floats]:
    """For dead ends the nearest segment within reach that is not their own, and where on it."""
    lines = in_plane(network.segments.shapes(), crs)
    ends = in_plane(np.asarray(shapely.points(network.nodes[dead])), crs)
    point, row = shapely.STRtree(lines).query(ends, predicate="dwithin", distance=join_m)
    own = (network.ends[row] == dead[point][:, None]).any(axis=1)
    point, row = point[~own], row[~own]
    apart = shapely.distance(ends[point], lines[row])
    order = np.lexsort((row, apart, point))
    _, first = np.unique(point[order], return_index=True)
    point, row = point[order][first], row[order][first]
    along = shapely.line_locate_point(lines[row], ends[point], normalized=True)
    return point, row, np.asarray(along, dtype=float)


def _divided_at_feet(segments: Segments, row: Indices, along: Floats) -> tuple[Segments, Floats]:
    """Segments divided at places along them, and the longitude and latitude of these places."""
    ends = segments.ends[row]
    feet = ends[:, :2] + along[:, None] * (ends[:, 2:] - ends[:, :2])
    feet = np.where(along[:, None] >= 1, ends[:, 2:], feet)
    inside = (along > 0) & (along < 1)
    divided = divide(segments, row[inside], along[inside])[0]
    rounded = np.round(divided.ends, _NODE_DECIMALS)
    apart = (rounded[:, :2] != rounded[:, 2:]).any(axis=1)
    return divided.taken(apart), feet
