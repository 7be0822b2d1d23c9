"""Recasting asked of a store: which figures, which weights and which denominators to use.

A few indicators are known by their ids in every catalogue: ``population`` and ``households`` give
the sizes by which units are weighed, ``natural_area`` is a unit's own area.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from geodata.dataset import DETAILS
from geodata.i18n import Message, Text
from geodata.model import AREA_INDICATOR, LEVELS, Indicator, Level, Observation, Succession, Unit
from geodata.period import parse_period
from geodata.precedence import without_impossible
from geodata.recast.inputs import RecastInputs
from geodata.recast.overlay_crosswalk import needs_overlay, overlay_crosswalk
from geodata.recast.results import STATUS_CODES, RecastValues
from geodata.recast.rules import RecastResult, recast
from geodata.store.interface import Store
from geodata.store_cache import cached_per_store
from geodata.succession.crosswalk import Crosswalk
from geodata.succession.crosswalk_chain import compose_crosswalk, unit_areas
from geodata.succession.shares import shares_of, units_with_unknown_border

SIZE_INDICATORS = ("population", "households")
_EXACT = ("published", "summed", "exact_extreme", "unanimous")
_HA_PER_KM2 = 100.0


@dataclass(frozen=True, slots=True)
class ObservationQuery:
    """Whose figures, and of when.

    Parameters
    ----------
    level, date
        The units the figures were published for.
    status
        ``actual``, ``plan`` or ``target``, as in `Store.values`.
    """

    indicator: str
    period: str
    level: Level
    date: dt.date
    status: str = "actual"


@cached_per_store(2)
def all_units(store: Store) -> dict[str, Unit]:
    """Every unit of every era by id."""
    return {unit.unit_id: unit for unit in store.units().items}


@cached_per_store(2)
def all_successions(store: Store) -> tuple[Succession, ...]:
    """Every step from one unit to another, oldest first."""
    rows = {step for unit in all_units(store) for step in store.predecessors(unit)}
    return tuple(sorted(rows, key=lambda row: (row.date, row.from_id, row.to_id)))


@cached_per_store(16)
def unit_crosswalk(
    store: Store, level: Level, start: dt.date, end: dt.date, to_level: Level | None = None
) -> Crosswalk:
    """Compose the crosswalk between the units of two days.

    Where units of a level were replaced and no succession says by which, their shapes are laid over
    each other (`geodata.recast.overlay_crosswalk`).
    """
    units, successions = all_units(store), all_successions(store)
    same_level = to_level in (None, level)
    if same_level and needs_overlay(units, successions, level, start, end):
        shapes = [store.boundaries(level, day, DETAILS[-1]) for day in (start, end)]
        crs = store.info.metric_crs
        return overlay_crosswalk(units, level, (start, end), (shapes[0], shapes[1]), crs)
    return compose_crosswalk(
        units,
        successions,
        start,
        end,
        level,
        to_level=to_level,
        sizes=unit_sizes(store),
    )


@cached_per_store(2)
def unit_sizes(store: Store) -> dict[str, dict[str, float]]:
    """Sizes of units by weight: people, households and km².

    By era the period that covers most units; a unit without a figure has that of the units it was
    formed from, where their shares are known. Figures that are not sound weigh nothing, and neither
    do shapes whose border is not known.
    """
    known = {indicator.id for indicator in store.indicators(parts=True)}
    found = {
        "area": unit_areas(
            all_units(store).values(), units_with_unknown_border(all_successions(store))
        )
    }
    for name in SIZE_INDICATORS:
        if name in known:
            found[name] = _with_predecessor_sizes(
                _published_sizes(store, name), all_successions(store), name
            )
    return found


def _published_sizes(store: Store, indicator: str) -> dict[str, float]:
    fullest: dict[tuple[Level, dt.date], tuple[int, tuple[object, ...], str]] = {}
    for row in store.coverage(indicator):
        if row.status_group == "actual" and row.with_value:
            merit = (row.with_value, parse_period(row.period).sort_key, row.period)
            place = (row.level, row.step_date)
            fullest[place] = max(fullest.get(place, merit), merit)
    found: dict[str, float] = {}
    for (level, day), (_, _, period) in fullest.items():
        values = store.values(indicator, period, level, day)
        found |= {u: o.value for u, o in values.items() if o.value > 0 and o.quality == "sound"}
    return found


def _with_predecessor_sizes(
    found: dict[str, float], successions: Iterable[Succession], weight: str
) -> dict[str, float]:
    """``found`` with what units took over from their predecessors; rows come oldest first."""
    rows: dict[str, list[Succession]] = {}
    for row in successions:
        rows.setdefault(row.to_id, []).append(row)
    for unit, steps in rows.items():
        parts = [_share_of_size(row, found, weight) for row in steps]
        if unit not in found and None not in parts:
            found[unit] = sum(part for part in parts if part is not None)
    return found


def _share_of_size(row: Succession, found: Mapping[str, float], weight: str) -> float | None:
    share = shares_of(row).get(weight)
    return None if share is None or row.from_id not in found else share * found[row.from_id]


@cached_per_store(48)
def recast_observations(
    store: Store, query: ObservationQuery, on: dt.date, to_level: Level | None = None
) -> RecastResult:
    """Put the figures of one day's units on those of another.

    Where these leave a gap that the figures of the same period fill exactly by another route, the
    record of those is shown: of the units of a third day (a census counted before an earlier
    reform), or of the units below (a district that took in a commune, from its communes).
    ``computed`` stays what the figures asked for give.

    Parameters
    ----------
    on
        Day whose units are wanted.
    to_level
        Their level, the same or one above; default that of the figures.
    """
    found = _recast_one_route(store, query, on, to_level)
    if not _gaps(found.records):
        return found
    wanted = to_level or query.level
    for others in _other_routes(store, query):
        other = _recast_one_route(store, others, on, wanted).computed
        better = {
            unit: other[unit] for unit in _gaps(found.records) & (other.keys() - _gaps(other))
        }
        found = replace(found, records=found.records.replaced_with(better))
    return found


def _gaps(records: RecastValues) -> set[str]:
    """Units without a value that is exact and stands for the whole unit."""
    exact = np.isin(records.arrays.status, [STATUS_CODES[s] for s in _EXACT])
    whole = exact & (records.arrays.coverage >= 1)
    return {unit for unit, filled in zip(records, whole.tolist(), strict=True) if not filled}


def _other_routes(store: Store, query: ObservationQuery) -> list[ObservationQuery]:
    """Other units with figures of the same period, of this level or below.

    A ratio can be rebuilt where its numerator is counted, though nobody published it there. The
    level asked for comes first, and of a level the day with figures for most of its units. The
    routes taken are exact, so which comes first matters only where sources disagree.
    """
    below: list[Level] = list(LEVELS[LEVELS.index(query.level) : LEVELS.index("village")])
    indicator = store.indicator(query.indicator)
    of = (indicator.id, indicator.numerator) if indicator.numerator else (indicator.id,)
    rows = [
        row
        for each in of
        for row in store.coverage(each)
        if (row.period, row.status_group) == (query.period, query.status)
        and (row.level, row.step_date) != (query.level, query.date)
        and row.level in below
        and row.with_value
    ]
    rows.sort(key=lambda row: (below.index(row.level), -row.with_value / row.total))
    places = dict.fromkeys((row.level, row.step_date) for row in rows)
    return [replace(query, level=level, date=day) for level, day in places]


@cached_per_store(48)
def _recast_one_route(
    store: Store, query: ObservationQuery, on: dt.date, to_level: Level | None
) -> RecastResult:
    indicator = store.indicator(query.indicator)
    table = unit_crosswalk(store, query.level, query.date, on, to_level)
    units = all_units(store)
    of = (query.period, query.level, query.date, query.status)
    denominator = store.indicator(indicator.denominator) if indicator.denominator else None
    numerator = store.indicator(indicator.numerator) if indicator.numerator else None
    numerators = store.values(numerator.id, *of) if numerator else {}
    inapplicable, without_numerator = (
        _inapplicable_units(table, units, each) for each in (indicator, numerator)
    )
    inputs = RecastInputs(
        store.values(indicator.id, *of),
        published=store.values(
            indicator.id, query.period, to_level or query.level, on, query.status
        ),
        numerators=numerators,
        denominators=ratio_denominators(store, query, denominator) if denominator else {},
        numerator=numerator,
        denominator=denominator,
        not_applicable=inapplicable,
        without_numerator=without_numerator - inapplicable,
        labels={s: units[s].full_name.vi for s in table.sources},
    )
    return recast(indicator, query.period, table, inputs)


def _inapplicable_units(
    table: Crosswalk, units: Mapping[str, Unit], indicator: Indicator | None
) -> frozenset[str]:
    """Source units of the kinds to which an indicator does not apply."""
    kinds = indicator.not_applicable_kinds if indicator else ()
    return frozenset(s for s in table.sources if units[s].kind in kinds)


def ratio_denominators(
    store: Store, query: ObservationQuery, denominator: Indicator
) -> dict[str, Observation]:
    """A ratio's denominator for every unit that has one.

    The figure of the same period wins; then that of the nearest period, which makes the result an
    estimate; for the natural area, at last, the area of the unit's shape.
    """
    wanted = parse_period(query.period)
    rows = [
        row
        for row in store.coverage(denominator.id)
        if (row.level, row.step_date, row.status_group) == (query.level, query.date, "actual")
        and row.with_value
    ]
    rows.sort(
        key=lambda row: (
            row.period != query.period,
            abs((parse_period(row.period).end - wanted.end).days),
        )
    )
    found: dict[str, Observation] = {}
    for row in rows:
        values = store.values(denominator.id, row.period, query.level, query.date)
        found = {**without_impossible(values), **found}
    if denominator.id == AREA_INDICATOR:
        units = store.units(level=query.level, date=query.date).items
        unknown = units_with_unknown_border(all_successions(store))
        found = {**_shape_areas(units, query.period, denominator, unknown), **found}
    return found


def _shape_areas(
    units: Iterable[Unit], period: str, indicator: Indicator, unknown: Collection[str]
) -> dict[str, Observation]:
    factor = _HA_PER_KM2 if indicator.measure_unit.id == "ha" else 1.0
    method = Text.of(Message("Area of the shape on the map"))
    by_id = {unit.unit_id: unit for unit in units}
    return {
        unit_id: Observation(
            unit_id,
            indicator.id,
            period,
            "actual",
            factor * area,
            by_id[unit_id].source_id,
            method=method,
        )
        for unit_id, area in unit_areas(by_id.values(), unknown).items()
    }
