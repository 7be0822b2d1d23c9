"""Queries of figures, and the rows they give as records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select

from geodata.model import STATUS_GROUPS, Level, Observation
from geodata.record_codec import column_names, from_row
from geodata.store import schema

ALL_FIGURES = select(*(schema.observations.c[name] for name in column_names(Observation)))


def read_figures(rows: Sequence[Row[Any]]) -> tuple[Observation, ...]:
    """The records of rows that `ALL_FIGURES` gives, in their order."""
    return tuple(from_row(Observation, row._asdict()) for row in rows)


def series_of(unit_id: str, indicator: str | None = None) -> Select[Any]:
    """The preferred figures of a unit, of one indicator or of all, oldest period first."""
    table = schema.observations.c
    query = ALL_FIGURES.where(table.unit_id == unit_id, table.preference == 1)
    if indicator is not None:
        query = query.where(table.indicator == indicator)
    return query.order_by(table.period_end, table.period_start, table.status)


def sound_values_of(level: Level, in_force: ColumnElement[bool]) -> Select[Any]:
    """Indicator, period and value of the actual figures that a map draws without a mark."""
    table, units = schema.observations.c, schema.units
    return (
        select(table.indicator, table.period, table.value)
        .join(units, units.c.unit_id == table.unit_id)
        .where(
            units.c.level == level,
            in_force,
            table.shown.is_(True),
            table.status.in_(STATUS_GROUPS["actual"]),
            table.impossible.is_(False),
            table.doubt_vi == "",
        )
        .order_by(table.indicator, table.period, table.value)
    )
