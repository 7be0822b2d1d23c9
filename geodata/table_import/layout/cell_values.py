"""What a cell of a value column says: a number, or a sign that stands in place of one."""

from __future__ import annotations

import datetime as dt
import math
import re

from geodata.cell_measure import split_measure
from geodata.errors import InvalidInput
from geodata.i18n import Formatted, Message
from geodata.locale_numbers import Notation, format_number, parse_number
from geodata.measure_units import MeasureReading
from geodata.readers.sheet import CellValue, cell_text
from geodata.table_import.layout_records import TableColumn
from geodata.table_import.report_records import Marker

DASHES = frozenset({"-", "–", "—", "−", "--", "‐", "‑"})
"""Signs whose meaning a table states, if any does (`geodata.table_import.layout.page_texts`)."""

ZERO_WORDS = frozenset({"kps", "không phát sinh"})
"""Words that say that there is none, as reports of offices write them."""

MARKERS: dict[str, Marker] = {
    "": "missing",
    "…": "missing",
    "...": "missing",
    "..": "missing",
    ".": "missing",
    "n/a": "missing",
    "na": "missing",
    "null": "missing",
    "chưa có số liệu": "missing",
    "không có số liệu": "missing",
    "chưa có": "missing",
    "x": "not_applicable",
    "×": "not_applicable",
    "(x)": "not_applicable",
    "mật": "withheld",
    "bảo mật": "withheld",
}
"""Signs by their meaning in Vietnamese statistical yearbooks: ``…`` is not collected, ``x`` cannot
be. None of them is zero."""

LARGEST = 1e18
"""Above what any office counts or pays in a year; such a number is a slip, or an attack."""

_MARK = re.compile(
    r"(?P<text>.*\S)(?:\s*(?P<mark>\*{1,3}|\(\*{1,3}\)|[¹²³⁴⁵⁶⁷⁸⁹]+|\[[0-9a-z*]\])"
    r"|\s*(?P<numbered>\((?:[1-9]|[a-eg-z])\)))",
    re.DOTALL,
)
_DIGITS = r"[0-9][0-9., ]*(?:\s*[^\W\d_%]{0,20}|\s*%)"
_INEXACT = re.compile(
    rf"(?:khoảng|chừng|gần|hơn|trên|dưới|ước|ước khoảng|xấp xỉ|tối thiểu|tối đa|ít nhất|about|ca\."
    rf"|over|under|[<>≤≥~≈±+]=?)\s*{_DIGITS}|{_DIGITS}\s*(?:[-–—÷~/]|đến|to)\s*{_DIGITS}|{_DIGITS}\s*\+"
)
_WORDS = re.compile(r"[^\W\d_]|[%‰]")
_NEGATIVE = re.compile(r"\(\s*([0-9][0-9., ]*)\)")

Reading = tuple[float | None, Marker]


def split_mark(text: str) -> tuple[str, str]:
    """A text and the footnote mark behind it: ``1.234(*)`` gives ``1.234`` and ``(*)``.

    Marks are stars, raised digits, and one digit or letter in round or square brackets. A name's
    own number (``Bản Chu Va 6``) is no mark.
    """
    found = _MARK.fullmatch(text)
    if not found:
        return text, ""
    return found["text"], found["mark"] or found["numbered"]


def is_marker(text: str) -> bool:
    """Whether a text that is not empty stands in place of a number."""
    bare = text.lower()
    return bool(text) and (bare in DASHES or bare in ZERO_WORDS or bare in MARKERS)


def number_words(text: str) -> str:
    """The digits of a number as a text writes it: without footnote mark, unit of measure, brackets.

    Brackets around a number say that it is negative, as accountants write.
    """
    words = _number_and_measure(text)[0]
    if negative := _NEGATIVE.fullmatch(words):
        words = f"-{negative[1].rstrip()}"
    return words


def measure_of(value: CellValue) -> MeasureReading | None:
    """The unit of measure that a cell states behind its number; None where it states none."""
    if not isinstance(value, str) or not _WORDS.search(value):
        return None
    return _number_and_measure(cell_text(value))[1]


def _number_and_measure(text: str) -> tuple[str, MeasureReading | None]:
    """A number and the unit of measure behind it, both without footnote mark."""
    words = text.removeprefix("'").strip()
    number, measure = split_measure(words)
    if measure is not None:
        return number, measure  # "12 km²": the raised digit is no footnote mark.
    return split_measure(split_mark(words)[0])


def is_inexact(text: str) -> bool:
    """Whether a text is two numbers, a limit or a rough one: ``10-12``, ``> 5``, ``khoảng 30``."""
    return bool(_INEXACT.fullmatch(text.lower()))


def read_cell(value: CellValue, column: TableColumn) -> Reading:
    """Read a cell of a value column.

    A typed number is the number it is, times 100 where the column shows fractions as percentages;
    a text is read under the notation of its column, without the footnote mark behind it.

    Returns
    -------
    tuple of float or None, and str
        The number, or None with what the cell says in its place.

    Raises
    ------
    InvalidInput
        The cell holds neither a number nor a sign known to stand in place of one, or the column
        has no stated notation and the text can be read in more than one way.
    """
    if isinstance(value, bool | dt.date | dt.time | dt.timedelta):
        raise _no_number(value)
    if isinstance(value, int | float):
        return _possible(_typed(value, column)), ""
    text = cell_text(value)
    bare = _bare(text)
    if bare in DASHES:
        return (0.0, "") if column.dash == "zero" else (None, "missing")
    if bare in ZERO_WORDS:
        return 0.0, ""
    if bare in MARKERS:
        return None, MARKERS[bare]
    return _possible(_written(text, column.notation)), ""


def read_marker(text: str) -> Marker | None:
    """What a sign in place of a value says; None for a text that is none.

    A dash says that nothing is known: that there is none of a thing only numbers can say.
    """
    bare = _bare(text)
    return "missing" if bare in DASHES else MARKERS.get(bare)


def _bare(text: str) -> str:
    """A text in small letters, without the footnote mark behind it where it has one."""
    bare = text.lower()
    return bare if bare in MARKERS or bare in DASHES else split_mark(text)[0].lower()


def _possible(value: float) -> float:
    if abs(value) > LARGEST:
        raise InvalidInput(
            Message("No figure is that large"),
            found=f"{value:g}",
            allowed=Message("at most {largest}", largest=Formatted(format_number, LARGEST)),
            remedy=Message("Correct the cell"),
        )
    return value


def _typed(value: float, column: TableColumn) -> float:
    if not math.isfinite(value):
        raise _no_number(value)
    # 0.575 * 100 is 57.49999999999999: the sheet holds no more digits than it shows.
    return round(float(value) * 100, 10) if column.percent else float(value)


def _written(text: str, notation: Notation | None) -> float:
    words = number_words(text)
    if notation is not None:
        return parse_number(words, notation)
    readings = set()
    for possible in ("vietnamese", "english"):
        try:
            readings.add(parse_number(words, possible))
        except InvalidInput:
            continue
    if len(readings) == 1:
        return readings.pop()
    if not readings:
        raise _no_number(text)
    raise InvalidInput(
        Message("The number can be read in two ways"),
        found=text,
        allowed=Message("1.742,1 in Vietnamese notation, 1,742.1 in English notation"),
        remedy=Message("Say how the table writes numbers"),
    )


def _no_number(value: CellValue) -> InvalidInput:
    return InvalidInput(Message("Not a number"), found=cell_text(value))
