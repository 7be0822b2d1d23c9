"""The boundaries endpoint: prepared TopoJSON that a browser keeps for good."""

from __future__ import annotations

import datetime as dt
from typing import cast

from flask import Response, request

from geodata.errors import InvalidInput, unknown
from geodata.model import LEVELS, Level
from geodata.text import Text
from portal.documents.lists import levels_on
from portal.parameters import DATE, DETAIL, LANG, VERSION, read_parameters
from portal.replies import reply
from portal.services import services

PARAMETERS = (DATE, DETAIL, VERSION, LANG)
RULE = "/boundaries/<level>.topojson"


def boundaries(level: str) -> Response:
    """Shapes of the units of a level in force on a day, as one TopoJSON object ``units``."""
    parts = services()
    ask = read_parameters(PARAMETERS, request.args)
    step = step_of(ask.get("date"))
    body = parts.boundaries.body(checked_level(level, step), step, ask.get("detail", 2))
    return reply(body, immutable=ask.get("v") == parts.version)


def step_of(day: dt.date | None) -> dt.date:
    """First day of the timeline's step in which a day lies; the last step without a day."""
    steps = [s.date for s in services().store.info.timeline]
    if day is None:
        return steps[-1]
    if day < steps[0]:
        raise InvalidInput(
            Text("Bộ dữ liệu bắt đầu sau ngày này", "The dataset begins after this day"),
            found=day.isoformat(),
            allowed=Text(f"từ {steps[0]}", f"from {steps[0]}"),
            where="date",
        )
    return max(s for s in steps if s <= day)


def checked_level(level: str, step: dt.date) -> Level:
    """The level, if it has units on the day."""
    there = levels_on(services().store, step)
    if level not in there:
        known = level in LEVELS
        what = Text("Không có cấp này", "No such level")
        if known:
            what = Text("Vào ngày này không có cấp này", "This level has no units on this date")
        fault = unknown(what, level, there)
        fault.where = "level"
        raise fault
    return cast(Level, level)
