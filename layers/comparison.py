"""Two maps in one set of classes, and what changed between them.

Where lines moved, a place can show another figure though nothing changed. For a place in unit *o*
whose figure is v1(o), and in unit *n* after the lines moved, with r(n) what the same old figures
give on *n* and v2(n) the later figure there::

    v2(n) - v1(o)  =  [r(n) - v1(o)]  +  [v2(n) - r(n)]
      what is seen      redrawing          real change
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from geodata.i18n import Localised
from geodata.model import Concept, Indicator, Level
from geodata.period import parse_period
from geodata.recast.service import unit_crosswalk
from geodata.succession.crosswalk import WEIGHTS
from layers.figure_concepts import (
    comparison_note,
    concepts_by_id,
    concepts_of,
    may_be_compared,
)
from layers.layer import Layer
from layers.layer_query import read_series, timeline_step
from layers.layer_view import LayerView, boundary_version_name, drawn_concepts, resolve_layer
from layers.legend import Legend
from layers.unit_views import UnitView, shared_domain

if TYPE_CHECKING:
    from geodata.store.interface import IndicatorCoverage, Store

ChangeMeasure = Literal["absolute", "relative"]
# A difference is as sure as the less sure of its ends.
_STATUS_ORDER = (
    "published",
    "actual",
    "summed",
    "exact_extreme",
    "unanimous",
    "estimate",
    "estimated",
)


@dataclass(frozen=True, slots=True)
class Change:
    """The figures at both ends and what lies between, in the indicator's unit of measure.

    Parameters
    ----------
    status
        The less sure of the statuses of both ends; empty where an end is missing.
    doubtful
        Whether something speaks against one of them.
    comparable
        Whether the figures are counted by concepts that may be compared.
    """

    before: float | None
    after: float | None
    status: str = ""
    doubtful: bool = False
    comparable: bool = True

    @property
    def difference(self) -> float | None:
        """After minus before; None where one is missing or they cannot be compared."""
        if self.before is None or self.after is None or not self.comparable:
            return None
        return self.after - self.before

    @property
    def percent(self) -> float | None:
        """The difference in per cent of the earlier figure; None where that is zero."""
        if self.difference is None or not self.before:
            return None
        return 100 * self.difference / abs(self.before)

    def shown(self, measure: ChangeMeasure) -> float | None:
        """The difference in the measure asked for."""
        return self.difference if measure == "absolute" else self.percent


@dataclass(frozen=True, slots=True)
class Successor:
    """The unit in which most of another lies on the other day, and whether it lies in several."""

    unit_id: str
    divided: bool


@dataclass(frozen=True)
class Comparison:
    """Two maps and the changes between them.

    Parameters
    ----------
    left
        The figures as published then, on their own units.
    base
        The same figures on the units of the other day.
    right
        The later figures on those units; ``base`` itself without a second period.
    legend
        The classes of all three with the counts of left and right together.
    successors
        For each unit on the left, where most of it lies on the right.
    redrawing
        By unit on the left: its figure, and that of the same figures for its successor.
    real
        By unit on the right: ``base`` and ``right``; empty without a second period.
    whole
        By unit on the left: its figure, and that of ``right`` for its successor.
    concept_note
        What is said where the two periods are counted by different concepts; None elsewhere.
    """

    left: LayerView
    base: LayerView
    right: LayerView
    period2: str
    legend: Legend
    successors: Mapping[str, Successor]
    redrawing: Mapping[str, Change]
    real: Mapping[str, Change]
    whole: Mapping[str, Change]
    concept_note: Localised | None = None


def compare(layer: Layer, store: Store, on: dt.date, period2: str = "") -> Comparison:
    """Draw both sides with pooled classes and take the differences.

    Parameters
    ----------
    layer
        The figures of the left side; its own ``on`` is not used.
    on
        First day of the step whose units the right side shows; that of the layer for two periods
        on the same units.
    period2
        Period of the later figures; empty for the same figures on both sides.
    """
    then = replace(layer, on=None)
    there = replace(layer, on=None if on == layer.date else on)
    wanted = [then, there, *([replace(there, period=period2)] if period2 else [])]
    domain = shared_domain(resolve_layer(each, store).unit_views for each in wanted)
    views = [resolve_layer(each, store, domain) for each in wanted]
    left, base, right = views[0], views[1], views[-1]
    successors = _successors(store, layer.level, layer.date, on)
    change = _ChangeRule(left.indicator, concepts_by_id(store))
    note = comparison_note(
        *(drawn_concepts(store, each.indicator, each.unit_views) for each in (base, right))
    )
    legend = merge_legends((left.legend, right.legend))
    if note:
        legend = replace(legend, notes=(note[layer.language], *legend.notes))
    real = {
        unit: change(base.unit_views[unit], unit_view)
        for unit, unit_view in right.unit_views.items()
    }
    return Comparison(
        left,
        base,
        right,
        period2,
        legend,
        successors,
        _changes_seen(left, base, successors, change) if on != layer.date else {},
        real if period2 else {},
        _changes_seen(left, right, successors, change),
        note,
    )


def _changes_seen(
    left: LayerView, other: LayerView, successors: Mapping[str, Successor], change: _ChangeRule
) -> dict[str, Change]:
    """The change that the places of each unit on the left see on another map."""
    unit_views = left.unit_views.items()
    return {
        unit: change(unit_view, other.unit_views.get(_successor_id(successors, unit)))
        for unit, unit_view in unit_views
    }


def _successor_id(successors: Mapping[str, Successor], unit: str) -> str:
    return successors[unit].unit_id if unit in successors else ""


@dataclass(frozen=True)
class _ChangeRule:
    """What lies between two figures of an indicator, by the concepts they are counted by."""

    indicator: Indicator
    concepts: Mapping[str, Concept]

    def __call__(self, before: UnitView, after: UnitView | None) -> Change:
        if after is None or before.value is None or after.value is None:
            return Change(before.value, after.value if after else None)
        status = max(before.status, after.status, key=_status_rank)
        doubtful = before.doubtful or after.doubtful
        return Change(before.value, after.value, status, doubtful, self._comparable(before, after))

    def _comparable(self, before: UnitView, after: UnitView) -> bool:
        if self.indicator.kind == "category":
            return False  # Nothing lies between two classes.
        ends = (
            concepts_of(view.figures, self.indicator, self.concepts) for view in (before, after)
        )
        return not self.concepts or may_be_compared(*ends)


def _status_rank(status: str) -> int:
    return _STATUS_ORDER.index(status) if status in _STATUS_ORDER else 0


def comparison_title(found: Comparison, store: Store) -> str:
    """``Dân số: ranh giới trước 01/7/2025 – ranh giới từ 01/7/2025``."""
    layer, language = found.left.layer, found.left.layer.language
    days = (layer.date, found.right.layer.drawn_on)
    first, second = (boundary_version_name(store, day, language) for day in days)
    return f"{found.left.indicator.name[language]}: {first} – {second}"


def merge_legends(legends: Sequence[Legend]) -> Legend:
    """One legend for several maps of the same classes: their counts add up."""
    rows = [row for legend in legends for row in legend.missing]
    kinds = {row.kind: row for row in rows}
    counts = Counter({row.kind: 0 for row in rows})
    for row in rows:
        counts[row.kind] += row.count
    columns = zip(*(legend.classes for legend in legends), strict=True)
    return replace(
        legends[0],
        classes=tuple(replace(c[0], count=sum(row.count for row in c)) for c in columns),
        missing=tuple(replace(row, count=counts[kind]) for kind, row in kinds.items()),
        doubtful=sum(legend.doubtful for legend in legends),
        estimated=sum(legend.estimated for legend in legends),
        with_value=sum(legend.with_value for legend in legends),
        total=sum(legend.total for legend in legends),
        notes=tuple(dict.fromkeys(note for legend in legends for note in legend.notes)),
    )


def _successors(store: Store, level: Level, start: dt.date, end: dt.date) -> dict[str, Successor]:
    found: dict[str, list[tuple[float, str]]] = {}
    for link in unit_crosswalk(store, level, start, end).links():
        share = next((link.shares[w] for w in WEIGHTS if w in link.shares), float(link.whole))
        found.setdefault(link.source, []).append((share, link.target))
    return {unit: Successor(max(ends)[1], len(ends) > 1) for unit, ends in found.items()}


def comparison_layer(query: Mapping[str, str], store: Store) -> tuple[Layer, dt.date]:
    """The layer of the left side and the day of the right one, every gap filled.

    Where the address names neither a period nor a date, the figures of the units before the last
    merger are taken, for that one is what people ask about: the last census on the communes
    of before, beside those since. Only where few of those units have a
    figure the step before comes first. The right side is the last step, or the first where the
    figures are of the last.
    """
    given = {name: value for name, value in query.items() if value}
    if not given.keys() & {"period", "date"}:
        row = _former_unit_coverage(store, given)
        if row is not None:
            given |= {
                "indicator": row.indicator,
                "period": row.period,
                "level": row.level,
                "date": row.step_date.isoformat(),
            }
    layer = Layer.from_query(given, store)
    if "on" in given:
        return layer, layer.on or timeline_step(given["on"], store, "on")
    steps = [
        step.date
        for step in store.info.timeline
        if store.units(level=layer.level, date=step.date, with_shape=True, limit=1).total
    ]
    others = [day for day in steps if day != layer.date] or [layer.date]
    return layer, others[-1]


def _former_unit_coverage(store: Store, given: Mapping[str, str]) -> IndicatorCoverage | None:
    """The figures of former units that say most: of the indicator given, else of any.

    Those that cover their units well come first, then those of the latest former
    units, then the fullest, then the latest.
    """
    last = store.info.timeline[-1].date
    here = {
        level
        for level in ("province", "district", "commune", "village")
        if store.units(level=level, date=last, limit=1).total > 1
    }
    named = given.keys() & {"indicator", "breakdown"}
    rows = [
        row
        for row in store.coverage(read_series(given, store).id if named else None)
        if row.step_date < last
        and row.with_value
        and row.status_group == given.get("status", "actual")
        and row.level in ({given["level"]} if "level" in given else here)
    ]
    if not named:
        rows = _rows_of_default_theme(store, rows)
    return max(
        rows,
        key=lambda row: (
            row.well_covered,
            row.step_date,
            row.with_value / row.total,
            parse_period(row.period).sort_key,
        ),
        default=None,
    )


def _rows_of_default_theme(
    store: Store, rows: Iterable[IndicatorCoverage]
) -> list[IndicatorCoverage]:
    """The rows of the map on arrival's indicator, else of its theme, else all."""
    listed = list(rows)
    name = store.default_layer()[0]
    theme = [each.id for each in store.indicators(store.indicator(name).theme, parts=True)]
    for wanted in ({name}, set(theme)):
        chosen = [row for row in listed if row.indicator in wanted]
        if chosen:
            return chosen
    return listed


def value_ranks(unit_views: Mapping[str, UnitView], indicator: Indicator) -> dict[str, int]:
    """Place of every unit with a sound value, the highest first; equal values share a place.

    Units of named classes have none.
    """
    if indicator.kind == "category":
        return {}
    values = {u: m.value for u, m in unit_views.items() if m.value is not None and not m.doubtful}
    return {
        unit: 1 + sum(other > value for other in values.values()) for unit, value in values.items()
    }


def difference_decimals(indicator: Indicator, measure: ChangeMeasure) -> int:
    """Digits after the decimal mark of a difference."""
    return 1 if measure == "relative" else indicator.decimals
