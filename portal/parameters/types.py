"""The types of parameters: how a text is read as a value, and what is said of one that is not."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable

from geodata.errors import InvalidInput
from geodata.i18n import Localised, Message
from geodata.locale_numbers import plain_integer
from geodata.period import parse_period
from portal.parameters.reader import Parameter, Schema

MAX_TEXT = 200
MIN_VIEW, MAX_VIEW = 0.005, 40.0
"""Shortest and longest side of a view, degrees."""
_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,12})?", re.ASCII)


def _not_allowed(found: str, allowed: Localised | tuple[str, ...]) -> InvalidInput:
    what = Message("Value not allowed")
    remedy = Message("Correct the parameter and send again")
    return InvalidInput(what, found=found, allowed=allowed, remedy=remedy)


def _text(value: str) -> str:
    """Text of at most `MAX_TEXT` printable characters, in NFC."""
    if len(value) <= MAX_TEXT and value.isprintable():
        return unicodedata.normalize("NFC", value)
    longest = Message("at most {max_text} printable characters", max_text=MAX_TEXT)
    raise _not_allowed(value, longest)


def _choice(names: Iterable[str]) -> Callable[[str], str]:
    allowed = tuple(names)

    def read(value: str) -> str:
        if value in allowed:
            return value
        raise _not_allowed(value, allowed)

    return read


def _integer(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        number = plain_integer(value)
        if number is not None and low <= number <= high:
            return number
        raise _not_allowed(value, Message("whole number {low} to {high}", low=low, high=high))

    return read


def _date(value: str) -> dt.date:
    try:
        if len(value) == 10 and value[4] == value[7] == "-":
            return dt.date.fromisoformat(value)
    except ValueError:
        pass
    raise _not_allowed(value, Message("a day such as 2025-07-01"))


def _period(value: str) -> str:
    return parse_period(value).code


def _iso_date(value: str) -> str:
    return _date(value).isoformat()


def _single_line(longest: int) -> Callable[[str], str]:
    """One line of text in NFC; line breaks and tabs become spaces."""

    def read(value: str) -> str:
        clean = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", value))
        clean = " ".join(clean.split())
        if len(clean) > longest:
            raise _not_allowed(value, Message("at most {longest} characters", longest=longest))
        return clean

    return read


def _number(low: float, high: float) -> Callable[[str], float]:
    def read(value: str) -> float:
        if len(value) <= 8 and plain_integer(value.replace(".", "", 1)) is not None:
            number = float(value)
            if low <= number <= high:
                return number
        raise _not_allowed(
            value, Message("a number {low} to {high}", low=f"{low:g}", high=f"{high:g}")
        )

    return read


_BETWEEN_IDS = re.compile(r",(?![^\[\]]*\])")
"""A comma that stands in no brackets, as those of `geodata.series_id` are."""


def _flag(value: str) -> bool:
    return _choice(("0", "1"))(value) == "1"


def id_list(fewest: int, most: int, longest: int) -> Callable[[str], tuple[str, ...]]:
    """Reads ids with commas between them, each once; those in brackets belong to an id."""

    def read(value: str) -> tuple[str, ...]:
        names = tuple(dict.fromkeys(p.strip() for p in _BETWEEN_IDS.split(value) if p.strip()))
        if fewest <= len(names) <= most and len(value) <= longest and value.isprintable():
            return names
        allowed = Message(
            "{fewest} to {most} values, separated by commas", fewest=fewest, most=most
        )
        raise _not_allowed(value, allowed)

    return read


def _degrees(most: int) -> Callable[[str], float]:
    def read(value: str) -> float:
        if _DEGREES.fullmatch(value) and abs(float(value)) <= most:
            return float(value)
        raise _not_allowed(
            value, Message("a number {low} to {high}", low=f"{-most}", high=f"{most}")
        )

    return read


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


def choice_parameter(
    name: str, description: str, names: Iterable[str], **schema_more: object
) -> Parameter:
    """A parameter that takes one of several names.

    Parameters
    ----------
    **schema_more
        Further keywords of its JSON Schema: ``default``.
    """
    allowed = list(names)
    schema: Schema = {"type": "string", "enum": allowed, **schema_more}
    return Parameter(name, description, schema, _choice(allowed))


def text_parameter(name: str, description: str, longest: int = MAX_TEXT) -> Parameter:
    """A parameter that takes text as it is, in NFC."""
    return Parameter(name, description, {"type": "string", "maxLength": longest}, _text)


def integer_parameter(name: str, description: str, low: int, high: int, default: int) -> Parameter:
    """A parameter that takes a whole number."""
    schema: Schema = {"type": "integer", "minimum": low, "maximum": high, "default": default}
    return Parameter(name, description, schema, _integer(low, high))


def date_parameter(name: str, description: str) -> Parameter:
    """A parameter that takes a day."""
    return Parameter(name, description, {"type": "string", "format": "date"}, _date)


def integer_text_parameter(name: str, description: str, low: int, high: int) -> Parameter:
    """A parameter that takes a whole number and gives it as the layer reads it, as text."""
    schema: Schema = {"type": "integer", "minimum": low, "maximum": high}
    return Parameter(name, description, schema, lambda text: str(_integer(low, high)(text)))


def period_parameter(name: str, description: str) -> Parameter:
    """A parameter that takes a period."""
    return Parameter(name, description, {"type": "string", "maxLength": 20}, _period)


def iso_date_parameter(name: str, description: str) -> Parameter:
    """A parameter that takes a day and gives it as the layer reads it, as text."""
    return Parameter(name, description, {"type": "string", "format": "date"}, _iso_date)


def number_parameter(name: str, description: str, low: float, high: float) -> Parameter:
    """A parameter that takes a number."""
    schema: Schema = {"type": "number", "minimum": low, "maximum": high}
    return Parameter(name, description, schema, _number(low, high))


def degrees_parameter(name: str, description: str, most: int) -> Parameter:
    """A parameter that takes degrees between ``-most`` and ``most`` and must be there."""
    schema: Schema = {"type": "number", "minimum": -most, "maximum": most}
    return Parameter(name, description, schema, _degrees(most), required=True)


def flag_parameter(name: str, description: str) -> Parameter:
    """A parameter that takes 0 or 1."""
    return Parameter(name, description, {"type": "string", "enum": ["0", "1"]}, _flag)


def line_parameter(name: str, description: str, longest: int, **schema_more: object) -> Parameter:
    """A parameter that takes one line of a reader's own words; breaks and tabs become spaces."""
    schema: Schema = {"type": "string", "maxLength": longest, **schema_more}
    return Parameter(name, description, schema, _single_line(longest))


def list_parameter(
    name: str, description: str, longest: int, read: Callable[[str], tuple[str, ...]]
) -> Parameter:
    """A parameter that takes names with commas between them."""
    return Parameter(name, description, {"type": "string", "maxLength": longest}, read)


def bbox_parameter(name: str, description: str) -> Parameter:
    """A parameter that takes west, south, east and north in degrees."""
    return Parameter(name, description, {"type": "string", "maxLength": 80}, _bbox)
