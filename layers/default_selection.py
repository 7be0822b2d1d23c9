"""Which map opens when the address leaves something out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.model import Indicator, Level, Theme
from geodata.period import parse_period
from layers.places.place_view import categories_of_theme
from layers.sparse_map import is_sparse

if TYPE_CHECKING:
    from geodata.store.interface import IndicatorCoverage, Store


@dataclass(frozen=True, slots=True)
class FigureSelection:
    """The figures requested by the address; None where it does not say."""

    period: str | None = None
    level: Level | None = None
    date: dt.date | None = None
    status: str | None = None

    def matches(self, row: IndicatorCoverage) -> bool:
        """Whether a row of the coverage has all that was chosen."""
        return (
            self.period in (None, row.period)
            and self.level in (None, row.level)
            and self.date in (None, row.step_date)
            and self.status in (None, row.status_group)
        )

    @property
    def complete(self) -> bool:
        """Whether nothing but the status is left open."""
        return None not in (self.period, self.level, self.date)


def complete_selection(
    store: Store, indicator: Indicator, choice: FigureSelection
) -> FigureSelection:
    """``choice`` with every gap filled.

    The figures that say most win: actual before plan, a map that can be read as one before a sparse
    one, at least two units before one, today's units before former ones, then the number of units,
    then the latest period. What was chosen stands, even when no figure fits it.
    """
    if choice.complete:
        return FigureSelection(choice.period, choice.level, choice.date, choice.status or "actual")
    last = store.info.timeline[-1].date
    rows = list(store.coverage(indicator.id))
    fitting = [r for r in rows if choice.matches(r) and r.with_value]
    if not fitting:
        return _without_figures(store, indicator, choice, rows)
    best = max(fitting, key=lambda row: _merit(row, last))
    return FigureSelection(best.period, best.level, best.step_date, best.status_group)


def _merit(row: IndicatorCoverage, last: dt.date) -> tuple[object, ...]:
    return (
        row.status_group == "actual",
        is_map(row),
        min(row.with_value, 2),
        row.step_date == last,
        row.with_value,
        parse_period(row.period).sort_key,
        row.step_date,
    )


def is_map(row: IndicatorCoverage) -> bool:
    """Whether a map of these figures compares units, and is not sparse."""
    return row.with_value > 1 and not is_sparse(row.with_value, row.total)


def opening_series(store: Store, indicator: Indicator) -> Indicator:
    """What a map of the indicator opens with: its total, or the part with the most units."""

    def units(one: Indicator) -> int:
        return max((row.with_value for row in store.coverage(one.id)), default=0)

    if indicator.whole or units(indicator):
        return indicator
    # The first of the best: the parts by one dimension stand before those by several.
    return max(store.parts(indicator.id), key=units, default=indicator)


def opening_coverage(store: Store, indicator: Indicator) -> IndicatorCoverage | None:
    """Of the map an indicator opens with: what it covers; None where it has no figure."""
    last = store.info.timeline[-1].date
    series = opening_series(store, indicator)
    rows = (row for row in store.coverage(series.id) if row.with_value)
    return max(rows, key=lambda row: _merit(row, last), default=None)


def opening_indicator(store: Store, theme: Theme) -> str:
    """The indicator a theme opens with: its lead, unless another has a map where the lead has none.

    Of the others the one wins that covers today's units, then the largest share of them, then a
    rate or a class rather than a count, which says more of large units, then the first of the
    catalogue. Empty for a theme without indicators.
    """
    last = store.info.timeline[-1].date
    indicators = store.indicators(theme.id)
    maps = _maps(store, indicators)
    named = theme.lead or (indicators[0].id if indicators else "")
    if named in maps or not maps:
        return named
    counts = {each.id for each in indicators if each.kind == "count"}
    return max(
        maps,
        key=lambda each: (
            maps[each].step_date == last,
            maps[each].with_value / maps[each].total,
            each not in counts,
        ),
    )


def opening_places(store: Store, theme: Theme) -> tuple[str, ...]:
    """Ids of the categories of places that a theme opens with.

    All of its own where none of its indicators makes a map, for then its places are what it can
    show of the whole province; none where its figures fill the map.
    """
    if _maps(store, store.indicators(theme.id)):
        return ()
    return categories_of_theme(store, theme.id)


def _maps(store: Store, indicators: Iterable[Indicator]) -> dict[str, IndicatorCoverage]:
    """The coverage with which each indicator that makes a map opens."""
    return {
        each.id: row
        for each in indicators
        if (row := opening_coverage(store, each)) is not None and is_map(row)
    }


def _without_figures(
    store: Store, indicator: Indicator, choice: FigureSelection, rows: list[IndicatorCoverage]
) -> FigureSelection:
    steps = [s.date for s in reversed(store.info.timeline)]

    def shown(level: Level, date: dt.date) -> bool:
        return store.units(level=level, date=date, with_shape=True, limit=1).total > 0

    there = (v for v in reversed(indicator.levels) if any(shown(v, d) for d in steps))
    level = choice.level if choice.level is not None else next(there, indicator.levels[-1])
    living = (d for d in steps if shown(level, d))
    date = choice.date or next(living, steps[0])
    periods = [r.period for r in rows]
    latest = max(periods, key=lambda p: parse_period(p).sort_key) if periods else str(date.year)
    return FigureSelection(choice.period or latest, level, date, choice.status or "actual")
