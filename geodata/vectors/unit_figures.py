"""Figures of units from features: computed, held against the limits of the recipe, put in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.computed_figures import (
    ComputedFigure,
    ComputedFigures,
    UnitLeftOut,
    no_unit_wanted,
    rounded_value,
    wanted_units,
)
from geodata.i18n import Formatted, Localised, Message, Text
from geodata.locale_numbers import format_share
from geodata.model import Indicator, Unit
from geodata.vectors.feature_filter import FeatureFilter
from geodata.vectors.line_lengths import lengths_by_unit
from geodata.vectors.line_segments import Floats, Segments, distinct_segments, line_segments
from geodata.vectors.mean_distance import (
    MeanDistances,
    mean_distances_to_lines,
    mean_distances_to_place,
)
from geodata.vectors.method import method_of
from geodata.vectors.nearest import (
    distances_to_lines_km,
    distances_to_place_km,
    straight_distances_km,
)
from geodata.vectors.point_counts import count_points
from geodata.vectors.reach import share_within
from geodata.vectors.unit_shapes import UnitShapes, unit_shapes
from geodata.vectors.vector_file import LINES, POINTS, VectorLayer, verify_reach
from geodata.vectors.vector_recipe import (
    VectorFigure,
    VectorOutcome,
    VectorRecipe,
    verify_extent,
    verify_figure,
    wants,
)

_COVERAGE_DECIMALS = 4
_NO_DOUBT = Text("")
LengthsOf = Callable[[tuple[FeatureFilter, ...], str], Floats]
"""Length of the lines meant in each unit, km, measured in a CRS or on the ellipsoid (empty)."""


@dataclass(frozen=True, slots=True)
class SeatPosition:
    """Where the seat of a unit is.

    Parameters
    ----------
    lonlat
        Longitude and latitude, degrees.
    doubt
        Why the position should not be trusted as it stands; empty when nothing speaks against it.
    """

    lonlat: tuple[float, float]
    doubt: Text = _NO_DOUBT


@dataclass(frozen=True, eq=False)
class UnitsAtHand:
    """The units for which figures are computed.

    Parameters
    ----------
    units
        Of all eras; those without a shape get no figure.
    boundaries
        Columns ``unit_id`` and ``geometry``, any known CRS.
    indicators
        By id; each says at which levels and for which kinds of unit it has a meaning.
    metric_crs
        The plane in metres of the dataset.
    seats
        By unit id.
    """

    units: Sequence[Unit]
    boundaries: gpd.GeoDataFrame
    indicators: Mapping[str, Indicator]
    metric_crs: str
    seats: Mapping[str, SeatPosition]

    @classmethod
    def with_register_seats(
        cls,
        units: Sequence[Unit],
        boundaries: gpd.GeoDataFrame,
        indicators: Mapping[str, Indicator],
        metric_crs: str,
        doubt: Text = _NO_DOUBT,
    ) -> UnitsAtHand:
        """Units whose seats stand where their register puts them."""
        seats = {
            unit.unit_id: SeatPosition((unit.seat_lon, unit.seat_lat), doubt)
            for unit in units
            if unit.seat_lon is not None and unit.seat_lat is not None
        }
        return cls(units, boundaries, indicators, metric_crs, seats)


@dataclass(frozen=True, slots=True)
class _Result:
    """What was found for a unit.

    Parameters
    ----------
    value
        No number where there is no figure.
    covered
        Share of the unit that lies in the area of the layer, 0 to 1.
    led
        Share of the length of its lines that a mean is of, 0 to 1.
    """

    unit: Unit
    value: float
    covered: float
    led: float


def vector_figures(recipe: VectorRecipe, layer: VectorLayer, at_hand: UnitsAtHand) -> VectorOutcome:
    """Compute the figures of a recipe for units of all levels and days in one pass.

    Raises
    ------
    FileFault
        The layer lies elsewhere, has shapes of another kind, or not the features that a figure is
        computed from.
    InvalidInput
        An operation lacks what it needs, or no unit is wanted.
    """
    wanted = wanted_units(at_hand.units, recipe.statistics, at_hand.indicators, wants)
    units = unit_shapes(wanted, at_hand.boundaries)
    if not units.units:
        raise no_unit_wanted(recipe.where)
    verify_extent(recipe.extent, recipe.where)
    verify_reach(layer, units)
    area = shapely.box(*recipe.extent) if recipe.extent else layer.extent
    coverage = _coverage(area, units)
    # Length and density of the same lines are cut at the borders once.
    lengths = cache(lambda where, crs: _lengths(layer.chosen(where), units, crs))
    found: list[ComputedFigure[VectorFigure] | UnitLeftOut[VectorFigure]] = []
    for figure in recipe.statistics:
        verify_figure(figure, recipe.where)
        values, led = _values(figure, layer, units, at_hand, lengths)
        indicator = at_hand.indicators[figure.indicator]
        results = [
            _Result(*result)
            for result in zip(units.units, values.tolist(), coverage, led.tolist(), strict=True)
            if wants(figure, result[0], indicator)
        ]
        found += _sort_out(recipe, figure, results, at_hand.seats, indicator)
    return ComputedFigures.sorted_out(found)


def _coverage(area: shapely.Geometry, units: UnitShapes) -> list[float]:
    """Share of each unit that lies in an area of degrees."""
    inside = shapely.area(shapely.intersection(units.shapes, area))
    shares = inside / shapely.area(units.shapes)
    return [round(float(share), _COVERAGE_DECIMALS) for share in shares]


def _lengths(lines: VectorLayer, units: UnitShapes, crs: str) -> Floats:
    lines.verify_kind(LINES)
    return lengths_by_unit(distinct_segments(line_segments(lines.shapes)), units, crs)


def _values(
    figure: VectorFigure,
    layer: VectorLayer,
    units: UnitShapes,
    at_hand: UnitsAtHand,
    lengths: LengthsOf,
) -> tuple[Floats, Floats]:
    """The figure of each unit, no number where there is none; and the share a mean is of."""
    if figure.start == "network":
        means = _means(figure, layer, units, at_hand.metric_crs)
        return means.km, means.led
    chosen = layer.chosen(figure.where)
    if figure.operation in ("length", "density"):
        length = lengths(figure.where, at_hand.metric_crs if figure.measure == "plane" else "")
        found = 100 * length / units.areas_km2() if figure.operation == "density" else length
    elif figure.operation == "count":
        chosen.verify_kind(POINTS)
        counts = count_points(chosen.shapes, units).astype(float)
        found = counts if figure.complete else np.where(counts > 0, counts, np.nan)
    elif figure.operation == "share_within":
        found = share_within(chosen.shapes, figure.distance_m or 0.0, units, at_hand.metric_crs)
    else:
        found = _distances(figure, layer, units, at_hand)
    return found, np.ones(len(found))


def _distances(
    figure: VectorFigure, layer: VectorLayer, units: UnitShapes, at_hand: UnitsAtHand
) -> Floats:
    seats = [at_hand.seats.get(unit_id) for unit_id in units.unit_ids]
    known = np.array([seat is not None for seat in seats])
    points = np.array([seat.lonlat for seat in seats if seat is not None]).reshape(-1, 2)
    found = np.full(len(units.units), np.nan)
    measure = _along_network if figure.network else _straight
    found[known] = measure(figure, layer, points, at_hand.metric_crs)
    return found


def _means(figure: VectorFigure, layer: VectorLayer, units: UnitShapes, crs: str) -> MeanDistances:
    assert figure.to is not None
    chosen, segments = _network(figure, layer)
    if figure.to.lonlat is not None:
        gaps = {"join_m": figure.join_m, "access_m": figure.access_m}
        return mean_distances_to_place(segments, figure.to.lonlat, units, crs, **gaps)
    goals = _goals(figure, chosen)
    return mean_distances_to_lines(segments, goals, units, crs, join_m=figure.join_m)


def _network(figure: VectorFigure, layer: VectorLayer) -> tuple[VectorLayer, Segments]:
    chosen = layer.chosen(figure.where)
    chosen.verify_kind(LINES)
    return chosen, distinct_segments(line_segments(chosen.shapes))


def _straight(figure: VectorFigure, layer: VectorLayer, points: Floats, crs: str) -> Floats:
    if figure.to is not None and figure.to.lonlat is not None:
        place = np.array([shapely.Point(figure.to.lonlat)], dtype=object)
        return straight_distances_km(points, place, crs)
    meant = layer.chosen(figure.to.where if figure.to is not None else figure.where)
    return straight_distances_km(points, meant.shapes, crs)


def _along_network(figure: VectorFigure, layer: VectorLayer, points: Floats, crs: str) -> Floats:
    assert figure.to is not None
    chosen, segments = _network(figure, layer)
    gaps = {"join_m": figure.join_m, "access_m": figure.access_m}
    if figure.to.lonlat is not None:
        return distances_to_place_km(segments, figure.to.lonlat, points, crs, **gaps)
    return distances_to_lines_km(segments, _goals(figure, chosen), points, crs, **gaps)


def _goals(figure: VectorFigure, network: VectorLayer) -> NDArray[np.bool_]:
    """Which lines of the network the way may end at."""
    assert figure.to is not None
    goals = network.chosen(figure.to.where)
    ids = {id(row) for row in goals.rows}
    return np.array([id(row) in ids for row in network.rows])


def _sort_out(
    recipe: VectorRecipe,
    figure: VectorFigure,
    results: Iterable[_Result],
    seats: Mapping[str, SeatPosition],
    indicator: Indicator,
) -> Iterator[ComputedFigure[VectorFigure] | UnitLeftOut[VectorFigure]]:
    """Each unit with a figure, or with the reason for none."""
    method = method_of(recipe, figure)
    from_seat = figure.operation == "nearest" and figure.start == "seat"
    for result in results:
        unit = result.unit
        seat = seats.get(unit.unit_id) if from_seat else None
        why = _why_not(recipe, figure, result, seated=seat is not None or not from_seat)
        if why is not None:
            yield UnitLeftOut(unit, figure, why)
            continue
        doubt = seat.doubt if seat is not None else _NO_DOUBT
        shown = rounded_value(result.value, indicator)
        covered = round(result.covered * result.led, _COVERAGE_DECIMALS)
        yield ComputedFigure(unit, figure, recipe.period, shown, method, covered, doubt)


def _why_not(
    recipe: VectorRecipe, figure: VectorFigure, result: _Result, *, seated: bool
) -> Localised | None:
    """Why a unit gets no figure; None where it gets one."""
    if not seated:
        return Message("the position of its seat is not known")
    if result.covered < recipe.min_coverage:
        return Message(
            "only {share} of it lies in the area of the layer, {least} is needed",
            share=Formatted(format_share, result.covered),
            least=Formatted(format_share, recipe.min_coverage),
        )
    if np.isfinite(result.value) and result.led < figure.min_led:
        return Message(
            "from only {share} of the length of its lines a way leads there, {least} is needed",
            share=Formatted(format_share, result.led),
            least=Formatted(format_share, figure.min_led),
        )
    if np.isfinite(result.value):
        return None
    if figure.operation == "count":
        return Message("none is in the list, which is not complete")
    if figure.start == "network":
        return Message("no line in it leads there")
    return Message("no line near its seat leads there")
