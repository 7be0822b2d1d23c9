"""Which map opens when the address leaves something out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.model import Indicator, Level
from geodata.period import parse_period

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

    The figures that say most win: actual before plan, at least two units before one, today's
    units before former ones, then the number of units, then the latest period. What was chosen
    stands, even when no figure fits it.
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
        min(row.with_value, 2),
        row.step_date == last,
        row.with_value,
        parse_period(row.period).sort_key,
        row.step_date,
    )


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
