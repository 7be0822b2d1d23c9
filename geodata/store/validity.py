"""When a unit is in force, as a condition for the database."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, and_, or_

from geodata.store import schema


def in_force(day: dt.date | ColumnElement[str]) -> ColumnElement[bool]:
    """Units that exist on a day, given or of a column; ISO days compare as text.

    The same rule as `geodata.model.Unit.valid_on`: the first day counts, the last does not.
    """
    date = day.isoformat() if isinstance(day, dt.date) else day
    units = schema.units.c
    return and_(units.valid_from <= date, or_(units.valid_to.is_(None), units.valid_to > date))
