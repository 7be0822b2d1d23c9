"""The predecessors of units, and the differences that their average now hides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from geodata.i18n import Language
from geodata.model import Indicator, Level, Unit
from geodata.period import parse_period
from geodata.recast.results import RecastValue
from geodata.recast.service import (
    ObservationQuery,
    all_successions,
    all_units,
    recast_observations,
    unit_sizes,
)
from geodata.store import IndicatorCoverage, Store
from geodata.store_cache import cached_per_store
from geodata.succession.crosswalk import WEIGHTS
from geodata.succession.lineage import (
    LineageStep,
    UnitFormation,
    jointly_known_steps,
    predecessor_steps,
    unit_formations,
)
from geodata.vietnamese_names import fold
from layers.charts.strip_plot import strip_plot
from layers.formatting import format_percent, format_value
from layers.joint_values import join_names
from layers.labels import date_text, unit_kind_name
from portal.serializers.entities import Document, unit_name
from portal.translations import translate
from portal.urls import api_url, indicator_url

LEVEL: Level = "commune"
DISTRICT: Level = "district"


@dataclass(frozen=True, slots=True)
class PredecessorValues:
    """The values of a unit's predecessors, lowest first, and what they give together."""

    indicator: Indicator
    period: str
    parts: tuple[tuple[float, str], ...]
    whole: RecastValue


@cached_per_store(2)
def all_formations(store: Store) -> tuple[UnitFormation, ...]:
    """Every commune of today with its parts, names in dictionary order."""
    day = store.info.timeline[-1].date
    found = unit_formations(
        all_units(store),
        all_successions(store),
        day,
        unit_sizes(store),
        level=LEVEL,
        above=DISTRICT,
    )
    order = [unit.unit_id for unit in store.units(level=LEVEL, date=day).items]
    return tuple(sorted(found, key=lambda item: order.index(item.unit.unit_id)))


def filter_formations(store: Store, district: str = "", q: str = "") -> list[UnitFormation]:
    """The formations some of whose parts lay in a district, and that bear or bore a name.

    Parameters
    ----------
    district
        Unit id of a former district; empty for all.
    q
        Part of a name of the unit or of one of its parts, with or without diacritics.
    """
    wanted = fold(q)
    return [
        item
        for item in all_formations(store)
        if (not district or district in item.districts)
        and (not wanted or any(wanted in name for name in _names(store, item)))
    ]


def _names(store: Store, item: UnitFormation) -> Iterable[str]:
    """Every name and code the unit and all that came into it have borne."""
    units = all_units(store)
    for unit in (item.unit, *(units[old] for old in _all_ancestors(store, item.unit.unit_id))):
        for name in (unit.full_name.vi, *unit.aliases, unit.code):
            yield fold(name)


def _all_ancestors(store: Store, unit_id: str) -> set[str]:
    """All units, of any time, that became (part of) a unit."""
    parts: dict[str, list[str]] = {}
    for row in all_successions(store):
        parts.setdefault(row.to_id, []).append(row.from_id)
    waiting, found = [unit_id], set[str]()
    while waiting:
        olds = set(parts.get(waiting.pop(), ())) - found
        found |= olds
        waiting += olds
    return found


def former_district_options(store: Store, language: Language) -> list[Document]:
    """The former districts that the list can be filtered by."""
    ids = {district for item in all_formations(store) for district in item.districts}
    units = [unit for unit in store.units(level=DISTRICT).items if unit.unit_id in ids]
    return [unit_name(unit, language) for unit in units]


def formation_document(
    store: Store, item: UnitFormation, language: Language, only: tuple[str, ...] = ()
) -> Document:
    """One unit, its parts with their shares, and the spread among them.

    Parameters
    ----------
    only
        Ids of the indicators whose spread is wanted; empty for all that have one.
    """
    bases = {part.legal_basis[language]: part.date for part in item.parts}
    return {
        **unit_name(item.unit, language),
        "kind_label": unit_kind_name(item.unit.kind, language),
        "parts": [part_document(store, part, language) for part in item.parts],
        "together": joint_parts_document(store, item.parts, language),
        "bases": [f"{basis}, {date_text(day, language)}" for basis, day in bases.items()],
        "districts": [unit_name(store.unit(unit), language) for unit in item.districts],
        "spreads": predecessor_values_documents(store, item.unit, language, only),
    }


def part_document(store: Store, part: LineageStep, language: Language) -> Document:
    """A predecessor with how much of it went over, and how much of the new unit it makes up."""
    return {
        **unit_name(part.old, language),
        "kind_label": unit_kind_name(part.old.kind, language),
        "whole": part.whole,
        "size": _size(part, language),
        "date": date_text(part.date, language),
        "legal_basis": part.legal_basis[language],
        "note": part.note[language],
        "earlier": _earlier(store, part.old, language),
        **{f"of_old_{w}": _share(part.of_old.get(w), language) for w in WEIGHTS},
        **{f"of_new_{w}": _share(part.of_new.get(w), language) for w in WEIGHTS},
        "weight": part.of_new.get("population", part.of_new.get("area", 0.0)),
    }


def joint_parts_document(
    store: Store, parts: tuple[LineageStep, ...], language: Language
) -> Document | None:
    """The predecessors whose part is known only together, with that part; None for no such ones."""
    found = jointly_known_steps(parts)
    if found is None:
        return None
    olds, of_new = found
    # Dictionary order, as wherever the same units are named.
    order = {u.unit_id: k for k, u in enumerate(store.units(level=olds[0].level).items)}
    named = sorted(olds, key=lambda unit: order[unit.unit_id])
    return {
        "units": [unit_name(unit, language) for unit in named],
        "name": join_names(named, language),
        **{f"of_new_{w}": _share(of_new.get(w), language) for w in WEIGHTS},
    }


def _earlier(store: Store, unit: Unit, language: Language) -> str:
    """The earlier units a predecessor was formed from; empty where it only continued."""
    parts = parts_of(store, unit.unit_id)
    if len(parts) < 2:
        return ""
    names = [
        part.old.full_name[language]
        + (
            ""
            if part.whole
            else f" ({translate('mergers.part', language)}: {_size(part, language)})"
        )
        for part in parts
    ]
    name, day = unit.full_name[language], date_text(unit.valid_from, language)
    return translate("mergers.earlier", language, name=name, parts=", ".join(names), date=day)


def _size(part: LineageStep, language: Language) -> str:
    known = next((part.of_old[weight] for weight in WEIGHTS if weight in part.of_old), None)
    return _share(known, language) or translate("mergers.unknown_part", language)


def _share(value: float | None, language: Language) -> str:
    return "" if value is None else format_percent(100 * value, language)


def parts_of(store: Store, unit_id: str) -> tuple[LineageStep, ...]:
    """The predecessors of a unit, the largest first."""
    return predecessor_steps(unit_id, all_units(store), all_successions(store), unit_sizes(store))


def predecessor_values_documents(
    store: Store, unit: Unit, language: Language, only: tuple[str, ...] = ()
) -> list[Document]:
    """The spreads of a unit in words; places on the line are shares of its length, 0 to 1."""
    return [
        _spread_document(store, spread, language)
        for spread in predecessor_values(store, unit.unit_id)
        if not only or spread.indicator.id in only
    ]


def _spread_document(store: Store, spread: PredecessorValues, language: Language) -> Document:
    (low, lowest), (high, highest) = spread.parts[0], spread.parts[-1]
    whole = spread.whole.value
    indicator = spread.indicator
    told = {
        "name": indicator.name[language],
        "period": parse_period(spread.period).label(language),
        "lowest": format_value(low, indicator, language),
        "lowest_unit": store.unit(lowest).full_name[language],
        "highest": format_value(high, indicator, language),
        "highest_unit": store.unit(highest).full_name[language],
    }
    shown = "" if whole is None else format_value(whole, indicator, language)
    label = translate("mergers.spread", language, **told)
    if shown:
        label = f"{label}; {translate('mergers.whole', language, value=shown)}"
    return {
        **told,
        "indicator": indicator.id,
        "url": indicator_url(indicator.id, language),
        "whole": shown,
        "chart": strip_plot([value for value, _ in spread.parts], whole, label),
        "count": len(spread.parts),
    }


@cached_per_store(64)
def predecessor_values(store: Store, unit_id: str) -> tuple[PredecessorValues, ...]:
    """For each indicator, the figures of a unit's predecessors before they were merged.

    The period that covers most of the former units is taken. Left out are indicators with fewer
    than two figures, with equal ones, and those that say nothing of the unit as a whole.
    """
    unit = store.unit(unit_id)
    olds = [part.old for part in parts_of(store, unit_id)]
    if len(olds) < 2:
        return ()
    found = []
    for indicator in store.indicators():
        row = _best_coverage(store.coverage(indicator.id), unit)
        spread = row and _spread(store, indicator, row, unit, olds)
        if spread:
            found.append(spread)
    return tuple(found)


def _best_coverage(rows: Iterable[IndicatorCoverage], unit: Unit) -> IndicatorCoverage | None:
    before = [
        row
        for row in rows
        if row.level == unit.level
        and row.status_group == "actual"
        and row.step_date < unit.valid_from
        and 2 * row.with_value >= row.total
    ]
    return max(
        before,
        key=lambda row: (row.with_value / row.total, parse_period(row.period).sort_key),
        default=None,
    )


def _spread(
    store: Store, indicator: Indicator, row: IndicatorCoverage, unit: Unit, olds: list[Unit]
) -> PredecessorValues | None:
    eve = unit.valid_from - dt.timedelta(days=1)
    figures = ObservationQuery(indicator.id, row.period, row.level, row.step_date)
    then = recast_observations(store, figures, store.info.step_start(eve)).records
    now = recast_observations(store, figures, store.info.step_start(unit.valid_from)).computed
    known = (then.get(old.unit_id) for old in olds)
    values = sorted((r.value, r.unit_id) for r in known if r is not None and r.value is not None)
    if len(values) < 2 or values[0][0] == values[-1][0] or unit.unit_id not in now:
        return None
    return PredecessorValues(indicator, row.period, tuple(values), now[unit.unit_id])


def crosswalk_downloads(store: Store, language: Language) -> list[tuple[str, str]]:
    """Addresses of the open tables: every pair of steps forward, and the last one backward."""
    steps = store.info.timeline
    pairs = [(steps[0], steps[-1]), (steps[-1], steps[0]), *pairwise(steps)]
    distinct = dict.fromkeys((a.date, b.date) for a, b in pairs if a.date != b.date)
    names = {step.date: step.name[language] for step in steps}
    return [
        (
            f"{names[a]} → {names[b]}",
            api_url("/succession.csv", {"from": str(a), "to": str(b), "level": LEVEL}),
        )
        for a, b in distinct
    ]
