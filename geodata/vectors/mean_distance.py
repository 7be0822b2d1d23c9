"""How far it is along a network from everywhere on its lines in a unit, on the average.

A distance from a seat stands or falls with the position of the seat. The mean over the lines needs
none: it is the length-weighted mean of the shortest way, as accessibility of a network is measured,
and its integral is exact, since along a segment the way grows or shrinks by the way itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.vectors.border_cuts import CutLines, cut_at_borders
from geodata.vectors.line_network import LineNetwork, footholds, line_network
from geodata.vectors.line_segments import Floats, Segments, lengths_km, position_along
from geodata.vectors.unit_shapes import UnitShapes


@dataclass(frozen=True, eq=False)
class MeanDistances:
    """Mean ways of units.

    Parameters
    ----------
    km
        Mean way from the lines in each unit that lead there, km; no number where none does.
    led
        Share of the length of the lines in each unit from which a way leads there, 0 to 1.
    """

    km: Floats
    led: Floats


def mean_distances_to_lines(
    segments: Segments, goals: NDArray[np.bool_], units: UnitShapes, crs: str, *, join_m: float
) -> MeanDistances:
    """Mean way along a network from its lines in each unit to the nearest of some of them.

    Parameters
    ----------
    segments
        The network, each stretch of the ground once, EPSG:4326.
    goals
        Which lines are a goal, shape (number of lines,); from these the way is nothing.
    crs
        The plane in metres for gaps.
    join_m
        The widest gap at the end of a line that is closed; see `line_network`.
    """
    network = line_network(segments, crs, join_m)
    distances = network.distances_km(network.nodes_of(goals))
    return _means(network, distances, goals[network.segments.line], units)


def mean_distances_to_place(
    segments: Segments,
    place: tuple[float, float],
    units: UnitShapes,
    crs: str,
    *,
    join_m: float,
    access_m: float,
) -> MeanDistances:
    """Mean way along a network from its lines in each unit to one place.

    Parameters
    ----------
    place
        Longitude and latitude of the place, degrees. The straight line from the network to it is
        part of the way; there is no way where it is longer than ``access_m``.
    """
    network = line_network(segments, crs, join_m)
    distances = np.full(len(network.nodes), np.inf)
    if len(network.segments):
        everywhere = np.ones(len(network.segments), dtype=bool)
        network, end = footholds(network, np.array([place], dtype=float), crs, everywhere)
        near = end.gap_km[0] * 1000 <= access_m
        distances = network.distances_km(end.node if near else end.node[:0]) + end.gap_km[0]
    return _means(network, distances, np.zeros(len(network.segments), dtype=bool), units)


def _means(
    network: LineNetwork, distances: Floats, at_goal: NDArray[np.bool_], units: UnitShapes
) -> MeanDistances:
    """The means of units from the ways of the nodes."""
    cut = cut_at_borders(network.segments, units)
    km = lengths_km(cut.segments)
    ends = distances[network.ends][cut.origin]
    led = np.isfinite(ends).all(axis=1)
    ways = np.zeros(len(km))
    on_the_way = led & ~at_goal[cut.origin]
    ways[on_the_way] = _summed_ways(network, cut, ends, on_the_way)
    total, reached, whole = (_by_unit(cut, weights, units) for weights in (ways, km * led, km))
    with np.errstate(invalid="ignore", divide="ignore"):
        return MeanDistances(total / reached, np.where(whole > 0, reached / whole, 0.0))


def _summed_ways(
    network: LineNetwork, cut: CutLines, ends: Floats, rows: NDArray[np.bool_]
) -> Floats:
    """Ways from all places of pieces of segments, each the shorter of its two directions, km².

    The integral and not the mean, which a piece without length would not have.
    """
    origin = cut.origin[rows]
    size = lengths_km(network.segments)[origin]
    whole, piece = network.segments.ends[origin], cut.segments.ends[rows]
    start = position_along(whole, piece[:, :2])
    end = position_along(whole, piece[:, 2:])
    first, last = ends[rows].T
    # From here on the way over the last end is the shorter one.
    turn = np.clip((last - first + size) / (2 * size), 0, 1)

    def sum_to(along: Floats) -> Floats:
        forth, back = np.minimum(along, turn), np.maximum(along, turn)
        over_first = first * forth + size * forth**2 / 2
        over_last = last * (back - turn) + size * ((1 - turn) ** 2 - (1 - back) ** 2) / 2
        return np.asarray(over_first + over_last)

    return (sum_to(end) - sum_to(start)) * size


def _by_unit(cut: CutLines, weights: Floats, units: UnitShapes) -> Floats:
    """Sum of weights of segments by unit; what runs along a border counts half for each side."""
    of_piece = np.bincount(cut.piece, weights=weights)
    found = np.zeros(len(units.units))
    np.add.at(found, cut.share_unit, cut.share * of_piece[cut.share_piece])
    return found
