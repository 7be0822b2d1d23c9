"""A figure held against what others make it: a sum, a quotient, a share of plan."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from geodata.table_import.checks.wordings import decimals_of
from geodata.table_import.layout_records import CellPlace

_SLACK = 1.02
"""Binary fractions do not hold decimal ones: a half digit may look a little larger."""


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """The cell of a stated figure: whose it is, where it stands and what it holds."""

    unit_id: str
    place: CellPlace
    raw: str


@dataclass(frozen=True, slots=True)
class StatedComparison:
    """A stated figure and what it must be.

    Parameters
    ----------
    cell
        The cell of the stated figure.
    stated, expected
        What it says and what others make it, in one unit of measure.
    spread
        By how much ``expected`` may be off because what it is made of was rounded.
    """

    cell: ComparedCell
    stated: float
    expected: float
    spread: float = 0.0


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


def quotient_spread(upper: float, lower: float, half_upper: float, half_lower: float) -> float:
    """How far the rounding of both parts may move a quotient, relative to it."""
    return half_upper / max(abs(upper), half_upper) + half_lower / max(abs(lower), half_lower)


def best_factor(compared: Sequence[StatedComparison], factors: Sequence[float]) -> float:
    """The factor by which quotients become the stated figures: 1, or 100 for per cent."""
    pairs = [(c.stated, c.expected) for c in compared if c.stated > 0 and c.expected > 0]
    if not pairs:
        return factors[0]

    def distance(factor: float) -> float:
        return median(abs(math.log(stated / (factor * expected))) for stated, expected in pairs)

    return min(factors, key=distance)


def disagreeing(
    compared: Sequence[StatedComparison], factor: float = 1.0, least: float = 0.0
) -> list[StatedComparison]:
    """The comparisons that rounding does not explain, ``expected`` in the stated unit.

    Parameters
    ----------
    least
        Difference that is always allowed.
    """
    digit = half_digit(each.stated for each in compared)
    found = []
    for each in compared:
        expected = factor * each.expected
        allowed = max(digit * _SLACK + abs(factor) * each.spread * _SLACK, least)
        if abs(each.stated - expected) > allowed:
            found.append(StatedComparison(each.cell, each.stated, expected, each.spread))
    return found
