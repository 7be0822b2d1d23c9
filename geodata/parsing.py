"""Numbers and days as data files write them: plain decimals and ISO days, nothing looser."""

from __future__ import annotations

import datetime as dt
import re

MAX_MAGNITUDE = 1e18
"""Largest size of a number that is kept and can be written out in full."""

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def is_usable(number: float) -> bool:
    """Whether a number is finite and at most `MAX_MAGNITUDE` in size."""
    return -MAX_MAGNITUDE <= number <= MAX_MAGNITUDE


def parse_decimal(text: str) -> float:
    """The number of a plain decimal (``-12.5``, ``1e-07``).

    Raises
    ------
    ValueError
        The text has spaces, groups or other digits, or the number is not usable.
    """
    if not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    number = float(text)
    if not is_usable(number):
        raise ValueError(text)
    return number


def parse_day(text: str) -> dt.date:
    """The day of ``2025-07-01``; ISO 8601's other forms (``20250701``, weeks) are not read.

    Raises
    ------
    ValueError
        The text is of another form, or there is no such day.
    """
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)
