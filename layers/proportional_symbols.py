"""Proportional symbols: circles whose area stands for the value."""

from __future__ import annotations

import math
from collections.abc import Sequence

from layers.formatting import round_half_up

# Radius of the largest circle on the map, CSS pixels.
MAX_RADIUS = 26.0


def symbol_radius(value: float, largest: float) -> float:
    """Radius in pixels of the circle for ``value``: area in proportion, sign ignored.

    Parameters
    ----------
    largest
        Largest absolute value on the map; it gets `MAX_RADIUS`.
    """
    if largest <= 0 or value == 0:
        return 0.0
    return round(MAX_RADIUS * math.sqrt(abs(value) / largest), 2)


def legend_symbol_values(values: Sequence[float], decimals: int) -> tuple[float, ...]:
    """Up to three round values for the nested circles of the legend, largest first.

    The first is the largest 1, 2 or 5 times a power of ten that the map reaches; the others are
    about a quarter and a sixteenth of it, so that their radii halve.
    """
    largest = max((abs(v) for v in values), default=0.0)
    if largest <= 0:
        return ()
    wanted = [floor_to_round_number(largest / part) for part in (1, 4, 16)]
    shown = [round_half_up(v, decimals) for v in wanted]
    distinct = sorted({v for v in shown if 0 < v <= largest}, reverse=True)
    return tuple(distinct) or (round_half_up(largest, decimals),)


def floor_to_round_number(value: float) -> float:
    """The largest 1, 2 or 5 times a power of ten that is not above ``value``."""
    power = math.floor(math.log10(value))
    head = value / 10.0**power
    step = 5 if head >= 5 else 2 if head >= 2 else 1
    return float(f"{step}e{power}")
