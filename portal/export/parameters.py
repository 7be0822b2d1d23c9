"""The parameters of a sheet, beside those of the layer it shows; declared like those of the API."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

from geodata.errors import InvalidInput
from geodata.text import Text
from layers.sheet.options import DEFAULT_DPI, MAX_DPI, MIN_DPI, WHOLE
from layers.sheet.presets import DEFAULT_PRESET, MAX_SIDE, MIN_SIDE, PRESETS
from portal.parameters import LAYER, Parameter

MAX_NOTE = 500
MAX_OFFICE = 120


def _refuse(found: str, allowed: Text | tuple[str, ...]) -> InvalidInput:
    what = Text("Giá trị không được phép", "Value not allowed")
    remedy = Text("Sửa tham số rồi gửi lại", "Correct the parameter and send again")
    return InvalidInput(what, found=found, allowed=allowed, remedy=remedy)


def _named(names: tuple[str, ...]) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in names:
            raise _refuse(value, names)
        return value

    return read


def _line(longest: int) -> Callable[[str], str]:
    """One line of text in NFC; line breaks and tabs become spaces."""

    def read(value: str) -> str:
        clean = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", value))
        clean = " ".join(clean.split())
        if len(clean) > longest:
            raise _refuse(value, Text(f"tối đa {longest} ký tự", f"at most {longest} characters"))
        return clean

    return read


def _number(low: float, high: float, whole: bool) -> Callable[[str], float]:
    def read(value: str) -> float:
        digits = value.replace(".", "", 0 if whole else 1)
        if len(value) <= 8 and digits.isascii() and digits.isdigit():
            number = float(value)
            if low <= number <= high:
                return number
        raise _refuse(value, Text(f"số từ {low:g} đến {high:g}", f"a number {low:g} to {high:g}"))

    return read


def _switch(value: str) -> bool:
    return _named(("0", "1"))(value) == "1"


def _flag(name: str, description: str) -> Parameter:
    return Parameter(name, description, {"type": "string", "enum": ["0", "1"]}, _switch)


def _words(name: str, description: str, longest: int) -> Parameter:
    schema: dict[str, Any] = {"type": "string", "maxLength": longest}
    return Parameter(name, description, schema, _line(longest))


def _side(name: str, description: str) -> Parameter:
    schema: dict[str, Any] = {"type": "number", "minimum": MIN_SIDE, "maximum": MAX_SIDE}
    return Parameter(name, description, schema, _number(MIN_SIDE, MAX_SIDE, False))


SHEET = (
    Parameter("preset", "Format of the page",
              {"type": "string", "enum": list(PRESETS), "default": DEFAULT_PRESET},
              _named(tuple(PRESETS))),
    _side("width", "Width of a page of one's own, mm; with height"),
    _side("height", "Height of a page of one's own, mm; with width"),
    Parameter("dpi", "Pixels per inch of a PNG",
              {"type": "integer", "minimum": MIN_DPI, "maximum": MAX_DPI, "default": DEFAULT_DPI},
              _number(MIN_DPI, MAX_DPI, True)),
    _flag("bw", "1: black and white with hatching"),
    Parameter("extent", f"{WHOLE}: all units; else the id of a unit, shown with its neighbours",
              {"type": "string", "maxLength": 40, "default": WHOLE}, _line(40)),
    _flag("graticule", "1: lines of longitude and latitude"),
    _words("note", "A note of one's own below the map", MAX_NOTE),
    _words("office", "The office that issues the sheet, above the title", MAX_OFFICE),
)  # fmt: skip
LAYER_AND_SHEET = (*LAYER, *SHEET)
