"""How much of the map each indicator covers, and which map is shown on arrival."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from geodata.dataset import DatasetInfo
from geodata.errors import NotFound
from geodata.i18n import Message
from geodata.model import STATUS_GROUPS, Indicator, Level
from geodata.period import parse_period
from geodata.store import schema
from geodata.store.interface import IndicatorCoverage
from geodata.store.validity import in_force


def coverage_query() -> Select[Any]:
    """Rows of `IndicatorCoverage`, all but the counted ones left out.

    An indicator that has no meaning for a unit's kind still counts the unit in the total: the
    legend tells the two kinds of missing apart, this count does not. An impossible figure is not
    counted, but its period is listed.
    """
    units, steps, figures = schema.units.c, schema.timeline.c, schema.observations.c
    valid = and_(in_force(_display_date(steps.date)), units.boundary_quality != "none")
    totals = (
        select(units.level, steps.date, func.count().label("total"))
        .join_from(schema.units, schema.timeline, valid)
        .group_by(units.level, steps.date)
        .subquery()
    )
    by_status = {status: group for group, held in STATUS_GROUPS.items() for status in held}
    group = case(by_status, value=figures.status).label("grouped")
    subject = (figures.indicator, units.level, steps.date, figures.period, group)
    drawn = func.sum(case((figures.impossible, 0), else_=1))
    return (
        select(*subject, drawn, totals.c.total)
        .join_from(schema.observations, schema.units, units.unit_id == figures.unit_id)
        .join(schema.timeline, valid)
        .join(totals, and_(totals.c.level == units.level, totals.c.date == steps.date))
        .where(figures.shown.is_(True))
        .group_by(*subject, figures.period_start, figures.period_end, totals.c.total)
        .order_by(
            steps.date.desc(), units.level, group, figures.period_end, figures.period_start.desc()
        )
    )


def _display_date(day: ColumnElement[str]) -> ColumnElement[str]:
    """The rule of `Store.display_date` for a column of first days."""
    later = schema.timeline.alias("later")
    following = select(func.min(later.c.date)).where(later.c.date > day).scalar_subquery()
    # A unit that ends with the step is still in force on its last day.
    last = func.coalesce(func.date(following, "-1 day"), "9999-12-31")
    return case((schema.units.c.level == "village", last), else_=day)


def choose_default_layer(
    info: DatasetInfo, indicators: Mapping[str, Indicator], coverage: Iterable[IndicatorCoverage]
) -> tuple[str, str, Level, dt.date]:
    """The map shown on arrival; see `Store.default_layer`.

    Raises
    ------
    NotFound
        The dataset has no actual figure for today's units.
    """
    today = info.timeline[-1].date
    candidates = [
        entry for entry in coverage if entry.step_date == today and entry.status_group == "actual"
    ]
    if not candidates:
        what = Message("The dataset holds no figures")
        raise NotFound(what, found=info.id)

    def rank(entry: IndicatorCoverage) -> tuple[Any, ...]:
        indicator = indicators[entry.indicator]
        return (
            entry.level == "commune",
            indicator.theme == info.default_theme,
            not indicator.whole,
            1.0 if entry.well_covered else entry.with_value / entry.total,
            indicator.kind == "ratio",
            entry.with_value / entry.total,
            parse_period(entry.period).sort_key,
        )

    best = max(candidates, key=rank)
    return best.indicator, best.period, best.level, best.step_date
