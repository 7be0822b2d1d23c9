"""Scales of charts: round numbers on the axis of values, true days on the axis of time."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinearScale:
    """A stretch of numbers laid on a stretch of pixels; either may run backwards."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The pixel of a number."""
        span = self.high - self.low or 1.0
        return self.start + (value - self.low) / span * (self.end - self.start)


def value_ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from at most ``low`` to at least ``high``, about ``most`` of them.

    Neighbours differ by 1, 2 or 5 times a power of ten. Zero is the lowest where the values begin
    near it, for then a height compares with another; otherwise the ticks enclose the values.
    """
    if 0 < low < high / 2:
        low = 0.0
    if low / 2 < high < 0:
        high = 0.0
    span = high - low or abs(high) or 1.0
    power = math.floor(math.log10(span / most))
    steps = (float(f"{head}e{power + more}") for more in (0, 1) for head in (1, 2, 5))
    step = next(each for each in steps if span / each <= most)
    # A hair of tolerance: 0.3 / 0.1 is a little less than 3.
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [index * step for index in range(first, max(last, first + 1) + 1)]


def year_ticks(first: dt.date, last: dt.date, most: int) -> list[int]:
    """Years whose 1 January lies on an axis from ``first`` to ``last``, at most ``most``.

    They are every year, or every second, fifth, tenth … one; the last days are never left bare
    for more than one step.
    """
    years = range(first.year + (first > dt.date(first.year, 1, 1)), last.year + 1)
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100) if len(years) / s <= most)
    return [year for year in years if year % step == 0]


def time_span(days: Sequence[dt.date]) -> tuple[dt.date, dt.date]:
    """The axis of a chart: whole years around all days."""
    last = max(days)
    whole = last == dt.date(last.year, 1, 1) and last.year > min(days).year
    return dt.date(min(days).year, 1, 1), dt.date(last.year + (not whole), 1, 1)
