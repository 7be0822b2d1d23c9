"""Periods that observations are about, from one day to a span of years.

Written as ``2025``, ``2025-H1``, ``2026-Q1``, ``2026-06``, ``2026-06-11``, ``2026/2030`` (years) or
``2025-01/2025-09`` (months); the notation of ISO 8601 with halves and quarters added.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from geodata.errors import InvalidInput
from geodata.i18n import Formatted, Language, Localised, Message, Verbatim, locale_of

_FORMS = re.compile(
    r"(?P<y>\d{4})(?:-(?:H(?P<h>[12])|Q(?P<q>[1-4])|(?P<m>\d{2})(?:-(?P<d>\d{2}))?))?"
    r"|(?P<y1>\d{4})/(?P<y2>\d{4})"
    r"|(?P<ya>\d{4})-(?P<ma>\d{2})/(?P<yb>\d{4})-(?P<mb>\d{2})",
    re.ASCII,
)
_ALLOWED = Verbatim("2025, 2025-H1, 2026-Q1, 2026-06, 2026-06-11, 2026/2030, 2025-01/2025-09")
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


@dataclass(frozen=True, slots=True, order=False)
class Period:
    """A stretch of whole days.

    Parameters
    ----------
    code
        The period as written in files and addresses.
    start, end
        First and last day, both inclusive.
    """

    code: str
    start: dt.date
    end: dt.date

    @property
    def sort_key(self) -> tuple[dt.date, dt.date]:
        """Orders periods by their end, then by their start (the shorter one last)."""
        return self.end, self.start

    def overlaps(self, valid_from: dt.date, valid_to: dt.date | None) -> bool:
        """Whether any day of the period lies in ``[valid_from, valid_to)``."""
        return self.end >= valid_from and (valid_to is None or self.start < valid_to)

    def label(self, language: Language) -> str:
        """The period as an office writes it: ``6 tháng đầu năm 2026``, ``first half of 2026``."""
        return _label(self, language)


@lru_cache(maxsize=4096)
def parse_period(code: str) -> Period:
    """Read a period.

    Parameters
    ----------
    code
        One of the forms in the module's docstring.

    Raises
    ------
    InvalidInput
        The text is none of the forms, or names a day that does not exist or ends before it starts.
    """
    match = _FORMS.fullmatch(code)
    try:
        if match is None:
            raise ValueError(code)
        start, end = _bounds(match)
        if end < start:
            raise ValueError(code)
    except ValueError:
        raise InvalidInput(Message("Not a period"), found=code, allowed=_ALLOWED) from None
    return Period(code, start, end)


def _bounds(match: re.Match[str]) -> tuple[dt.date, dt.date]:
    part = match.groupdict()
    if part["y1"]:
        return dt.date(int(part["y1"]), 1, 1), dt.date(int(part["y2"]), 12, 31)
    if part["ya"]:
        return _month(part["ya"], part["ma"])[0], _month(part["yb"], part["mb"])[1]
    year = part["y"]
    if part["h"]:
        first = 1 if part["h"] == "1" else 7
        return _month(year, first)[0], _month(year, first + 5)[1]
    if part["q"]:
        first = int(part["q"]) * 3 - 2
        return _month(year, first)[0], _month(year, first + 2)[1]
    if part["d"]:
        day = dt.date(int(year), int(part["m"]), int(part["d"]))
        return day, day
    if part["m"]:
        return _month(year, part["m"])
    return dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)


def _month(year: str, month: str | int) -> tuple[dt.date, dt.date]:
    y, m = int(year), int(month)
    first = dt.date(y, m, 1)
    return first, dt.date(y, m, calendar.monthrange(y, m)[1])


@lru_cache(maxsize=4096)
def _label(period: Period, language: Language) -> str:
    return _wording(period)[language]


def _wording(period: Period) -> Localised:
    match = _FORMS.fullmatch(period.code)
    assert match is not None
    part = match.groupdict()
    if part["y1"]:
        return Message("{first}–{last}", context="years", first=part["y1"], last=part["y2"])
    if part["ya"]:
        return _months_wording(part)
    year = part["y"]
    if part["h"]:
        if part["h"] == "1":
            return Message("first half of {year}", year=year)
        return Message("second half of {year}", year=year)
    if part["q"]:
        return Message("Q{q} {year}", q=part["q"], roman=_ROMAN[part["q"]], year=year)
    if part["d"]:
        return Message("{day}", context="day", day=Formatted(day_label, period.start))
    if part["m"]:
        return Formatted(_month_label, period.start)
    return Message("{year}", context="year", year=year)


def day_label(day: dt.date, language: Language) -> str:
    """A day as an office writes it: ``01/7/2025``, ``1 July 2025``."""
    return locale_of(language).day(day)


def _month_label(day: dt.date, language: Language) -> str:
    return locale_of(language).month_of(day)


def _months_wording(part: dict[str, str]) -> Localised:
    first, last = f"{part['ma']}/{part['ya']}", f"{part['mb']}/{part['yb']}"
    if part["ya"] == part["yb"] and part["ma"] == "01":
        return Message(
            "{first} to {last}",
            context="months from January",
            first=first,
            last=last,
            n=int(part["mb"]),
            year=part["yb"],
        )
    return Message("{first} to {last}", context="months", first=first, last=last)
