"""The boundaries endpoint: prepared TopoJSON that a browser keeps for good."""

from __future__ import annotations

import datetime as dt
from typing import cast

from flask import Response, request

from geodata.errors import unknown_name
from geodata.model import LEVELS, Level
from geodata.text import Text
from layers.layer_query import timeline_step
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
    day, last = ask.get("date"), parts.store.info.timeline[-1].date
    step = timeline_step(day.isoformat(), parts.store) if day else last
    body = parts.boundaries.body(checked_level(level, step), step, ask.get("detail", 2))
    return reply(body, immutable=ask.get("v") == parts.version)


def checked_level(level: str, step: dt.date) -> Level:
    """The level, if it has units on the day."""
    there = levels_on(services().store, step)
    if level not in there:
        known = level in LEVELS
        what = Text("Không có cấp này", "No such level")
        if known:
            what = Text("Vào ngày này không có cấp này", "This level has no units on this date")
        fault = unknown_name(what, level, there)
        fault.where = "level"
        raise fault
    return cast(Level, level)
