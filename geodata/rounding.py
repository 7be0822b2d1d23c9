"""How far rounding moves a figure, and what it lets follow from it.

A document prints every number with so many digits; what is worked out from printed numbers is off
by what rounding took from each. Whoever holds a sum, a quotient or a share of plan against the
figures beside it, at the door for tables or in a dataset, asks here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

_MOST_DECIMALS = 6

SLACK = 1.02
"""Binary fractions do not hold decimal ones: a half digit may look a little larger."""

CUT_POINTS = 0.06
"""Percentage points by which a stated share may always be off: it is often cut, not rounded."""


def decimals_of(numbers: Iterable[float]) -> int:
    """How many digits the numbers have behind the mark, at most six."""
    most = 0
    for value in numbers:
        text = f"{value:.{_MOST_DECIMALS}f}".rstrip("0")
        most = max(most, len(text) - text.index(".") - 1)
        if most == _MOST_DECIMALS:
            break
    return most


def half_digit(values: Iterable[float]) -> float:
    """Half of the last digit that values are written with: how far rounding moved them."""
    return 0.5 * 10.0 ** -decimals_of(values)


def sum_tolerance(values: Sequence[float]) -> float:
    """By how much a sum of rounded values may be off their rounded sum.

    Whole numbers add up exactly. The rounding errors of others are independent and even within
    half a digit: their sum has the deviation √(n/12) of a digit, of which four times is allowed.
    """
    digit = 2 * half_digit(values)
    return 0.5 if digit == 1 else digit * (0.5 + 4 * math.sqrt(len(values) / 12))


def common_step(values: Iterable[float]) -> float:
    """The largest power of ten that all values are multiples of, at least 1; 1 of no values."""
    step, numbers = 1.0, [value for value in values if value]
    while numbers and all((value / (10 * step)).is_integer() for value in numbers):
        step *= 10
    return step


def mixed_sum_tolerance(parts: Sequence[float], whole: float) -> float:
    """By how much the sum of parts may be off a whole, each written with digits of its own.

    Where all are whole numbers they add up exactly: people, schools. Where one is not, a whole
    number among them was rounded too (``1.191,2`` ha of ``915`` and ``277`` ha).
    """
    values = [*parts, whole]
    if all(value.is_integer() for value in values):
        return 0.5
    return SLACK * math.fsum(half_digit([value]) for value in values)


def quotient_spread(upper: float, lower: float, half_upper: float, half_lower: float) -> float:
    """How far the rounding of both parts may move a quotient, relative to it."""
    return half_upper / max(abs(upper), half_upper) + half_lower / max(abs(lower), half_lower)


def rounding_explains(
    stated: float, expected: float, *, digit: float, spread: float = 0.0, least: float = 0.0
) -> bool:
    """Whether a stated figure may be what others make it.

    Parameters
    ----------
    stated, expected
        In one unit of measure.
    digit
        By how much writing the stated figure down may have moved it: half of its last digit where
        it was rounded, the whole where it may have been cut.
    spread
        By how much ``expected`` may be off because what it is made of was rounded.
    least
        Difference that is always allowed.
    """
    return abs(stated - expected) <= max((digit + spread) * SLACK, least)
