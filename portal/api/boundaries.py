"""The boundaries endpoint: prepared TopoJSON that a browser keeps for good."""

from __future__ import annotations

import datetime as dt
from typing import cast

from flask import Response, request

from geodata.errors import unknown_name
from geodata.i18n import Message
from geodata.model import LEVELS, Level
from layers.layer_query import timeline_step
from portal.app_state import app_state
from portal.caching.responses import conditional_response
from portal.parameters.declared import DATE, DETAIL, LANG, VERSION
from portal.parameters.reader import read_parameters
from portal.serializers.paged_lists import levels_on

BOUNDARY_PARAMETERS = (DATE, DETAIL, VERSION, LANG)
BOUNDARY_RULE = "/boundaries/<level>.topojson"


def boundaries_view(level: str) -> Response:
    """Shapes of the units of a level in force on a day, as one TopoJSON object ``units``."""
    state = app_state()
    params = read_parameters(BOUNDARY_PARAMETERS, request.args)
    day, last = params.get("date"), state.store.info.timeline[-1].date
    step = timeline_step(day.isoformat(), state.store) if day else last
    body = state.boundaries.body(checked_level(level, step), step, params.get("detail", 2))
    return conditional_response(body, immutable=params.get("v") == state.store.info.shape_version)


def checked_level(level: str, step: dt.date) -> Level:
    """The level, if it has units on the day."""
    there = levels_on(app_state().store, step)
    if level not in there:
        known = level in LEVELS
        what = Message("No such level")
        if known:
            what = Message("This level has no units on this date")
        fault = unknown_name(what, level, there)
        fault.where = "level"
        raise fault
    return cast(Level, level)
