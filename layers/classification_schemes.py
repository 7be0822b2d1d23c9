"""The class breaks of each scheme, in NumPy alone.

A library of classification brings scikit-learn, SciPy's statistics and pyplot into every server,
worker and command, and with them more than a third of its start; the tests hold these functions
against mapclassify.

Every function takes the finite values (a sorted float array with more than ``k`` distinct values)
and the number of classes, and returns upper bounds that need not be rounded, distinct or populated;
`layers.classification` makes them so.

References: Slocum et al., *Thematic Cartography and Geovisualization*, ch. 4; Fisher (1958), *On
grouping for maximum homogeneity*, for the natural breaks; Heckbert (1990), *Nice numbers for graph
labels*, for the round ones.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from geodata.i18n import Message

Floats = NDArray[np.float64]
# Fisher's exact method costs the square of the number of values, in memory too: beyond this many,
# ranks evenly spread over the data stand for all of it.
_FISHER_LIMIT = 300


def quantiles(values: Floats, k: int) -> Floats:
    """Classes of (nearly) equally many units; each break is a value of the data.

    A break interpolated between two values could be rounded up onto the higher one, so it is the
    lower of the two.
    """
    places = np.arange(1, k + 1) * (len(values) - 1) // k
    return values[places]


def equal_interval(values: Floats, k: int) -> Floats:
    """Classes of equal width from the lowest to the highest value."""
    return np.linspace(values[0], values[-1], k + 1)[1:]


def natural_breaks(values: Floats, k: int) -> Floats:
    """Classes with the least spread inside them (Fisher-Jenks, exact up to 300 values)."""
    chosen = values
    if len(values) > _FISHER_LIMIT:
        ranks = np.linspace(0, len(values) - 1, _FISHER_LIMIT).round().astype(int)
        chosen = np.unique(values[ranks])
    # Squares of large values that are close together would lose their differences.
    spread = _squared_deviations(chosen - chosen[0])
    least, begins = spread[0], []
    for _ in range(1, min(k, len(np.unique(chosen)))):
        totals = least[:-1, None] + spread[1:]
        begins.append(totals.argmin(axis=0) + 1)
        least = totals.min(axis=0)
    last = [len(chosen) - 1]
    for begin in reversed(begins):
        last.append(begin[last[-1]] - 1)
    return chosen[last[::-1]]


def _squared_deviations(values: Floats) -> Floats:
    """The sum of squared deviations from their mean of the values from a row's to a column's."""
    sums, squares = (np.cumsum([0.0, *each]) for each in (values, values**2))
    first, after = np.arange(len(values))[:, None], np.arange(1, len(values) + 1)
    count = after - first
    total = sums[after] - sums[first]
    found = squares[after] - squares[first] - total**2 / np.maximum(count, 1)
    return np.where(count > 0, found, np.inf)


def std_mean(values: Floats, k: int) -> Floats:
    """Breaks one standard deviation apart, symmetrical about the mean.

    An odd number of classes puts the mean in the middle of one class, an even number makes it a
    break.
    """
    multiples = np.arange(k - 1) - (k - 2) / 2
    return np.append(values.mean() + values.std(ddof=1) * multiples, values[-1])


def pretty(values: Floats, k: int) -> Floats:
    """Breaks at round numbers; the number of classes is near ``k``, and at most 9."""
    bounds = _round_bounds(values[0], values[-1], k)
    while len(bounds) > 9 and k > 2:
        k -= 1
        bounds = _round_bounds(values[0], values[-1], k)
    return bounds


def _round_bounds(low: float, high: float, k: int) -> Floats:
    """Upper bounds of about ``k`` classes, each as wide as 1, 2 or 5 times a power of ten."""
    width = _round_number(_round_number(high - low, up=True) / (k - 1), up=False)
    first, last = math.floor(low / width) * width, math.ceil(high / width) * width
    return np.arange(first, last + width / 2, width)[1:]


def _round_number(number: float, *, up: bool) -> float:
    """1, 2 or 5 times a power of ten: the first one not below the number, or one near it."""
    power = 10.0 ** math.floor(math.log10(number))
    share = number / power
    place = bisect_left((1, 2, 5), share) if up else bisect_right((1.5, 3, 7), share)
    return (1, 2, 5, 10)[place] * power


SCHEMES: dict[str, Message] = {
    "quantiles": Message("Quantiles (equal counts)"),
    "equal_interval": Message("Equal intervals"),
    "natural_breaks": Message("Natural breaks"),
    "std_mean": Message("Standard deviations"),
    "pretty": Message("Round numbers"),
    "thresholds": Message("Given thresholds"),
}
BREAK_FUNCTIONS: dict[str, Callable[[Floats, int], Floats]] = {
    "quantiles": quantiles,
    "equal_interval": equal_interval,
    "natural_breaks": natural_breaks,
    "std_mean": std_mean,
    "pretty": pretty,
}
