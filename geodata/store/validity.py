"""When a unit is in force, as a condition for the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, or_

from geodata.store import schema

if TYPE_CHECKING:
    from geodata.dataset import TimelineStep


def in_force(day: dt.date | ColumnElement[str]) -> ColumnElement[bool]:
    """Units that exist on a day, given or of a column; ISO days compare as text.

    The same rule as `geodata.model.Unit.valid_on`: the first day counts, the last does not.
    """
    date = day.isoformat() if isinstance(day, dt.date) else day
    units = schema.units.c
    return and_(units.valid_from <= date, or_(units.valid_to.is_(None), units.valid_to > date))


def last_day_of_step(timeline: Iterable[TimelineStep], day: dt.date) -> dt.date:
    """The last day of the step that begins on ``day``; ``day`` itself where none begins then.

    Villages are rearranged between the steps, which are those of communes and districts: of each
    step a map shows the villages it ended with, of today's the present ones.
    """
    days = [step.date for step in timeline]
    if day not in days:
        return day
    later = [other for other in days if other > day]
    return min(later) - dt.timedelta(days=1) if later else dt.date.max
