"""The class breaks of each scheme, computed by mapclassify.

Every function takes the finite values (a sorted float array with more than ``k`` distinct values)
and the number of classes, and returns upper bounds that need not be rounded, distinct or populated;
`layers.classification` makes them so.

References: Slocum et al., *Thematic Cartography and Geovisualization*, ch. 4; Fisher (1958) for the
natural breaks; Jiang (2013) for head/tail breaks; Tukey (1977) for the box plot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from geodata.i18n import Localised, Message

Floats = NDArray[np.float64]
BreakFunction = Callable[[Floats, int], Floats]
# Fisher's exact method costs the square of the number of values: beyond this many, ranks evenly
# spread over the data stand for all of it. In plain Python, without numba, this is 0.1 s.
_FISHER_LIMIT = 300
# A map has at most 9 classes.
_MOST_BREAKS = 9


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
    while len(bins) > _MOST_BREAKS and k > 2:
        k -= 1
        bins = mapclassify().PrettyBreaks(values, k=k).bins
    return np.asarray(bins, dtype=float)


def geometric(values: Floats, k: int) -> Floats:
    """Class limits that grow by one factor, for values of very different size.

    The limits themselves grow where all values are positive (1, 10, 100 …). Where some are not,
    the widths of the classes grow instead, each twice the one below it.
    """
    low, high = values[0], values[-1]
    steps = np.arange(1, k + 1)
    if low > 0:
        # The quotient of two doubles can lie beyond all doubles, the sum of two logarithms cannot.
        return np.exp(np.log(low) + (np.log(high) - np.log(low)) * steps / k)
    return np.asarray(low + (high - low) * (2.0**steps - 1) / (2.0**k - 1))


def maximum_breaks(values: Floats, k: int) -> Floats:
    """Breaks in the middle of the ``k`` - 1 widest gaps between neighbouring values."""
    return np.asarray(mapclassify().MaximumBreaks(values, k=k).bins, dtype=float)


def head_tail(values: Floats, k: int) -> Floats:
    """Breaks at the mean, at the mean of what lies above it, and so on.

    Made for values of which few are large; how many classes there are, the data decide.
    """
    bins = np.asarray(mapclassify().HeadTailBreaks(values).bins, dtype=float)
    return np.concatenate([bins[: _MOST_BREAKS - 1], bins[-1:]])


def box_plot(values: Floats, k: int) -> Floats:
    """The parts of a box plot: quartiles, and whatever lies 1.5 of their distance beyond them."""
    return np.asarray(mapclassify().BoxPlot(values).bins, dtype=float)


def percentiles(values: Floats, k: int) -> Floats:
    """The lowest and highest 1 % and 10 % apart, and the two halves between them.

    A percentile is a value of the data, as in `quantiles`.
    """
    at = np.percentile(values, [1, 10, 50, 90, 99, 100], method="inverted_cdf")
    return np.asarray(at, dtype=float)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to make classes.

    Parameters
    ----------
    description
        One sentence that says for what data it is made.
    breaks
        From sorted values and a number of classes to upper bounds; None where a person gives them.
    counted
        Whether the number of classes is chosen, and not given by the data or by the scheme.
    """

    name: Localised
    description: Localised
    breaks: BreakFunction | None
    counted: bool = True


SCHEMES: dict[str, Scheme] = {
    "quantiles": Scheme(
        Message("Quantiles (equal counts)"),
        Message("As many units in each class: shows the order of the units"),
        quantiles,
    ),
    "equal_interval": Scheme(
        Message("Equal intervals"),
        Message("Classes of one width: for values that spread evenly"),
        equal_interval,
    ),
    "natural_breaks": Scheme(
        Message("Natural breaks"),
        Message("Values close to each other in one class (Fisher-Jenks)"),
        natural_breaks,
    ),
    "std_mean": Scheme(
        Message("Standard deviations"),
        Message("Breaks one standard deviation apart about the mean"),
        std_mean,
    ),
    "pretty": Scheme(
        Message("Round numbers"),
        Message("Breaks at round numbers, easy to say and to remember"),
        pretty,
    ),
    "geometric": Scheme(
        Message("Geometric intervals"),
        Message("Class limits that grow by one factor: for values of very different size"),
        geometric,
    ),
    "maximum_breaks": Scheme(
        Message("Widest gaps"),
        Message("Breaks where neighbouring values lie farthest apart"),
        maximum_breaks,
    ),
    "head_tail": Scheme(
        Message("Head/tail breaks"),
        Message("Breaks at the mean, then at the mean of what lies above: for few large values"),
        head_tail,
        counted=False,
    ),
    "box_plot": Scheme(
        Message("Box plot"),
        Message("Quartiles, with the units far outside them in classes of their own"),
        box_plot,
        counted=False,
    ),
    "percentiles": Scheme(
        Message("Percentiles"),
        Message("The lowest and highest 1% and 10%, and the two halves between"),
        percentiles,
        counted=False,
    ),
    "thresholds": Scheme(
        Message("Given thresholds"),
        Message("Breaks that you give, the same for every map"),
        None,
        counted=False,
    ),
}
