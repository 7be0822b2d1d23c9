"""The class breaks of each scheme, computed by mapclassify.

Every function takes the finite values (a sorted float array with at least ``k`` distinct values)
and the number of classes, and returns upper bounds that need not be rounded, distinct or populated;
`layers.classification` makes them so.

References: Slocum et al., *Thematic Cartography and Geovisualization*, ch. 4; Fisher (1958) for the
natural breaks.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from geodata.i18n import Message

Floats = NDArray[np.float64]
# Fisher's exact method costs the square of the number of values: beyond this many, ranks evenly
# spread over the data stand for all of it. In plain Python, without numba, this is 0.1 s.
_FISHER_LIMIT = 300


@cache
def mapclassify() -> ModuleType:
    """The library, imported when first needed: with what it brings, a second of a program's start.

    Call it beforehand where the first map must not wait for it.
    """
    import mapclassify  # noqa: PLC0415

    return mapclassify


def quantiles(values: Floats, k: int) -> Floats:
    """Classes of (nearly) equally many units; each break is a value of the data.

    A break interpolated between two values could be rounded up onto the higher one.
    """
    bins = np.asarray(mapclassify().Quantiles(values, k=k).bins, dtype=float)
    places = np.searchsorted(values, bins, side="right") - 1
    return values[np.maximum(places, 0)]


def equal_interval(values: Floats, k: int) -> Floats:
    """Classes of equal width from the lowest to the highest value."""
    return np.asarray(mapclassify().EqualInterval(values, k=k).bins, dtype=float)


def natural_breaks(values: Floats, k: int) -> Floats:
    """Classes with the least spread inside them (Fisher-Jenks, exact up to 300 values).

    mapclassify works in single precision, so the values are first brought to 0…1; each break is
    then the value itself.
    """
    chosen = values
    if len(values) > _FISHER_LIMIT:
        ranks = np.linspace(0, len(values) - 1, _FISHER_LIMIT).round().astype(int)
        chosen = np.unique(values[ranks])
    span = chosen[-1] - chosen[0]
    scaled = (chosen - chosen[0]) / span
    k = min(k, len(np.unique(scaled)))
    bins = np.asarray(mapclassify().FisherJenks(scaled, k=k).bins, dtype=float)
    places = np.abs(scaled[None, :] - bins[:, None]).argmin(axis=1)
    return np.asarray(chosen[places], dtype=float)


def std_mean(values: Floats, k: int) -> Floats:
    """Breaks one standard deviation apart, symmetrical about the mean.

    An odd number of classes puts the mean in the middle of one class, an even number makes it a
    break.
    """
    multiples = [i - (k - 2) / 2 for i in range(k - 1)]
    return np.asarray(mapclassify().StdMean(values, multiples=multiples).bins, dtype=float)


def pretty(values: Floats, k: int) -> Floats:
    """Breaks at round numbers; the number of classes is near ``k``, and at most 9."""
    bins = mapclassify().PrettyBreaks(values, k=k).bins
    while len(bins) > 9 and k > 2:
        k -= 1
        bins = mapclassify().PrettyBreaks(values, k=k).bins
    return np.asarray(bins, dtype=float)


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
