"""What is far from the others: changes through time, units of one column, slips of a power of ten.

The limits are those of the checks on tables at the door and of the doubts of a dataset alike.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

TO_DEVIATION = 1.4826
"""The median absolute deviation of a normal distribution times this is its standard deviation."""

JUMP = 2.5
"""By what a unit may grow or shrink more than most units do."""

POINTS = 15.0
"""Percentage points by which a share may change more than most shares do."""

SMALL = 30.0
"""Counts up to which any change may be chance."""

PEERS = 5
"""Changes from which the course of most says what is usual."""

FEWEST = 8
"""Units from which the spread of a column says what is far."""

FAR_CHANGE = 4.0
"""Robust standard deviations that a change may differ from most."""

FAR = 6.0
"""Robust standard deviations: figures of communes are spread more widely than errors of measuring,
for which 3.5 is usual (Iglewicz & Hoaglin, How to Detect and Handle Outliers, 1993)."""

NEAR_POWER = 0.12
"""How near a factor must be to 10, 100 or 1,000 to look like a slip of the unit of measure."""


def median(values: Collection[float]) -> float:
    """The value in the middle, or the mean of the two there; found without sorting them all."""
    return float(np.median(np.fromiter(values, float, len(values))))


def robust_deviation(values: Collection[float], centre: float) -> float:
    """The standard deviation that the median distance from ``centre`` stands for."""
    return TO_DEVIATION * median([abs(value - centre) for value in values])


def change_spread(changes: Collection[float], usual: float) -> float:
    """How far changes lie from the usual one without being odd; 0 where they are few."""
    if len(changes) < PEERS:
        return 0.0
    return FAR_CHANGE * robust_deviation(changes, usual)


def is_power_of_ten(growth: float) -> bool:
    """Whether a growth, as a logarithm to base 10, is near 10, 100, 1,000 … or their inverse."""
    power = round(growth)
    return abs(power) >= 1 and abs(growth - power) < NEAR_POWER


def far_from_others(values: Mapping[str, float], *, logarithmic: bool) -> list[str]:
    """Whose values lie far from the median, counted in robust deviations.

    Parameters
    ----------
    values
        By unit; of fewer than `FEWEST` none is far.
    logarithmic
        Whether distances are factors rather than differences; values of zero are then left out.
    """
    units = [unit for unit, value in values.items() if value > 0 or not logarithmic]
    if len(units) < FEWEST:
        return []
    placed = np.fromiter((values[unit] for unit in units), float, len(units))
    if logarithmic:
        placed = np.log10(placed)
    distances = np.abs(placed - np.median(placed))
    deviation = TO_DEVIATION * np.median(distances)
    if not deviation:
        return []
    return [units[place] for place in np.flatnonzero(distances > FAR * deviation)]
