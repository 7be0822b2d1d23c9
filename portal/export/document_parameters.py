"""The parameters of an atlas and of a report, beside those of the layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from geodata.errors import InvalidInput
from geodata.i18n import Message
from portal.export.page_selection import MAX_NAMES
from portal.export.sheet_parameters import SHEET
from portal.parameters import DISTRICT, LAYER, THEME, Parameter

DEFAULT_DPI, MIN_DPI, MAX_DPI = 200, 96, 300
_MAX_TEXT = 12_000
_shared = {parameter.name: parameter for parameter in SHEET}


def _id_list(value: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
    if len(found) > MAX_NAMES or len(value) > _MAX_TEXT or not value.isprintable():
        raise InvalidInput(
            Message("The list is too long"),
            found=str(len(found)),
            allowed=Message("at most {max_names} ids", max_names=MAX_NAMES),
        )
    return found


def _list_parameter(name: str, description: str) -> Parameter:
    return Parameter(name, description, {"type": "string", "maxLength": _MAX_TEXT}, _id_list)


def _choice(names: tuple[str, ...]) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in names:
            raise InvalidInput(Message("Value not allowed"), found=value, allowed=names)
        return value

    return read


def _line_parameter(name: str, description: str, longest: int) -> Parameter:
    reader = _shared["office"].read

    def read(value: str) -> str:
        clean: str = reader(value)
        if len(clean) > longest:
            raise InvalidInput(
                Message("Too long"),
                found=clean,
                allowed=Message("at most {longest} characters", longest=longest),
            )
        return clean

    schema: dict[str, Any] = {"type": "string", "maxLength": longest}
    return Parameter(name, description, schema, read)


def _dpi(value: str) -> int:
    if value.isascii() and value.isdigit() and MIN_DPI <= int(value[:5]) <= MAX_DPI:
        return int(value)
    raise InvalidInput(
        Message("Value not allowed"),
        found=value,
        allowed=Message("whole number {min_dpi} to {max_dpi}", min_dpi=MIN_DPI, max_dpi=MAX_DPI),
    )


PAGES = Parameter(
    "pages",
    "One page for each unit, or one for each indicator",
    {"type": "string", "enum": ["units", "indicators"], "default": "units"},
    _choice(("units", "indicators")),
)
UNITS = _list_parameter("units", "Ids of the units to show, with commas between; without it all")
INDICATORS = _list_parameter(
    "indicators",
    "Ids of the indicators to show, with commas between; without it all that have figures",
)
REPORT_DPI = Parameter(
    "dpi",
    "Pixels per inch of the pictures",
    {"type": "integer", "minimum": MIN_DPI, "maximum": MAX_DPI, "default": DEFAULT_DPI},
    _dpi,
)
_CHOICE = (INDICATORS, THEME, _shared["extent"])
_WORDS = (_shared["bw"], _shared["note"], _shared["office"])
ATLAS = (*LAYER, PAGES, UNITS, DISTRICT, *_CHOICE, *_WORDS)
REPORT = (
    *LAYER,
    *_CHOICE,
    *_WORDS,
    REPORT_DPI,
    _line_parameter("authority", "The body above the issuing office", 120),
    _line_parameter("number", "Number and symbol of the document", 40),
    _line_parameter("place", "Place of issue", 60),
    _line_parameter("signer", "Office of who signs", 120),
)
