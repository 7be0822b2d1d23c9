"""A figure held against what others make it: a sum, a quotient, a share of plan."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from geodata.rounding import half_digit, rounding_explains
from geodata.table_import.layout_records import CellPlace


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
        spread = abs(factor) * each.spread
        if not rounding_explains(each.stated, expected, digit=digit, spread=spread, least=least):
            found.append(StatedComparison(each.cell, each.stated, expected, each.spread))
    return found
