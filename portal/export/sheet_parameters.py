"""The parameters of a sheet, beside those of the layer it shows; declared like those of the API."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from geodata.errors import InvalidInput
from geodata.i18n import Localised, Message
from geodata.period import parse_period
from layers.difference import COMPONENT_NAMES
from layers.sheet.options import (
    DEFAULT_DPI,
    DEFAULT_PRESET,
    FULL_EXTENT,
    MAX_DPI,
    MAX_SIDE,
    MIN_DPI,
    MIN_SIDE,
    PRESETS,
    VIEW_EXTENT,
)
from layers.sheet.small_multiples import MAX_MAPS, sort_periods
from portal.parameters import MEASURES, Parameter

MAX_NOTE = 500
MAX_OFFICE = 120
MIN_VIEW, MAX_VIEW = 0.005, 40.0
"""Shortest and longest side of a view, degrees."""
_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,12})?", re.ASCII)


def _not_allowed(found: str, allowed: Localised | tuple[str, ...]) -> InvalidInput:
    what = Message("Value not allowed")
    remedy = Message("Correct the parameter and send again")
    return InvalidInput(what, found=found, allowed=allowed, remedy=remedy)


def _choice(names: tuple[str, ...]) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in names:
            raise _not_allowed(value, names)
        return value

    return read


def _single_line(longest: int) -> Callable[[str], str]:
    """One line of text in NFC; line breaks and tabs become spaces."""

    def read(value: str) -> str:
        clean = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", value))
        clean = " ".join(clean.split())
        if len(clean) > longest:
            raise _not_allowed(value, Message("at most {longest} characters", longest=longest))
        return clean

    return read


def _number(low: float, high: float, whole: bool) -> Callable[[str], float]:
    def read(value: str) -> float:
        digits = value.replace(".", "", 0 if whole else 1)
        if len(value) <= 8 and digits.isascii() and digits.isdigit():
            number = float(value)
            if low <= number <= high:
                return number
        raise _not_allowed(
            value, Message("a number {low} to {high}", low=f"{low:g}", high=f"{high:g}")
        )

    return read


def _flag_value(value: str) -> bool:
    return _choice(("0", "1"))(value) == "1"


def _flag_parameter(name: str, description: str) -> Parameter:
    return Parameter(name, description, {"type": "string", "enum": ["0", "1"]}, _flag_value)


def _text_parameter(name: str, description: str, longest: int) -> Parameter:
    schema: dict[str, Any] = {"type": "string", "maxLength": longest}
    return Parameter(name, description, schema, _single_line(longest))


def _id_list(value: str) -> tuple[str, ...]:
    """At least two names, none twice."""
    names = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    if 2 <= len(names) <= MAX_MAPS:
        return names
    raise _not_allowed(
        value,
        Message("2 to {max_maps} values, separated by commas", max_maps=MAX_MAPS),
    )  # fmt: skip


def _period_list(value: str) -> tuple[str, ...]:
    return sort_periods({parse_period(name).code for name in _id_list(value)})


def _bbox(value: str) -> tuple[float, float, float, float]:
    """West, south, east and north, degrees."""
    parts = value.split(",")
    if len(parts) == 4 and all(_DEGREES.fullmatch(part) for part in parts):
        west, south, east, north = map(float, parts)
        sides = (east - west, north - south)
        on_globe = west >= -180 and east <= 180 and south >= -85 and north <= 85
        if on_globe and all(MIN_VIEW <= side <= MAX_VIEW for side in sides):
            return west, south, east, north
    raise _not_allowed(
        value,
        Message(
            "west,south,east,north in degrees, {min_view} to {max_view} degrees a side",
            min_view=f"{MIN_VIEW:g}",
            max_view=f"{MAX_VIEW:g}",
        ),
    )


def _length_parameter(name: str, description: str) -> Parameter:
    schema: dict[str, Any] = {"type": "number", "minimum": MIN_SIDE, "maximum": MAX_SIDE}
    return Parameter(name, description, schema, _number(MIN_SIDE, MAX_SIDE, False))


SHEET = (
    Parameter("preset", "Format of the page",
              {"type": "string", "enum": list(PRESETS), "default": DEFAULT_PRESET},
              _choice(tuple(PRESETS))),
    _length_parameter("width", "Width of a page of one's own, mm; with height"),
    _length_parameter("height", "Height of a page of one's own, mm; with width"),
    Parameter("dpi", "Pixels per inch of a PNG",
              {"type": "integer", "minimum": MIN_DPI, "maximum": MAX_DPI, "default": DEFAULT_DPI},
              _number(MIN_DPI, MAX_DPI, True)),
    _flag_parameter("bw", "1: black and white with hatching"),
    Parameter("extent", f"{FULL_EXTENT}: all units; {VIEW_EXTENT}: that of bbox; else the id "
              "of a unit, shown with its neighbours",
              {"type": "string", "maxLength": 40, "default": FULL_EXTENT}, _single_line(40)),
    Parameter("bbox", f"With extent={VIEW_EXTENT}: west,south,east,north in degrees",
              {"type": "string", "maxLength": 80}, _bbox),
    _flag_parameter("graticule", "1: lines of longitude and latitude"),
    _flag_parameter("hillshade",
                    "1: relief as light and shadow, where the portal has a grid of elevations"),
    _text_parameter("note", "A note of one's own below the map", MAX_NOTE),
    _text_parameter("office", "The office that issues the sheet, above the title", MAX_OFFICE),
)  # fmt: skip
PERIOD2 = Parameter(
    "period2",
    "Period of the later figures, as on /compare",
    {"type": "string", "maxLength": 20},
    lambda text: parse_period(text).code,
)
MEASURE = Parameter(
    "measure",
    "Difference in the unit of measure, or in per cent",
    {"type": "string", "enum": list(MEASURES), "default": MEASURES[0]},
    _choice(MEASURES),
)
PART = Parameter(
    "part",
    "Due to redrawn lines, real change, or both; without it what is known",
    {"type": "string", "enum": list(COMPONENT_NAMES)},
    _choice(tuple(COMPONENT_NAMES)),
)
PERIODS = Parameter(
    "periods",
    "A map for each period, separated by commas",
    {"type": "string", "maxLength": 300},
    _period_list,
)
INDICATORS = Parameter(
    "indicators",
    "A map for each indicator, ids separated by commas",
    {"type": "string", "maxLength": 800},
    _id_list,
)
