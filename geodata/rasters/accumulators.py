"""Adding up what a statistic needs, window after window."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

from geodata.rasters.source import Cells, Mask
from geodata.rasters.statistic import Statistic
from geodata.rasters.window_cells import WindowCells

Floats = npt.NDArray[np.float64]

SQUARE_METRES_PER_HECTARE = 10_000.0


class Accumulator(Protocol):
    """One statistic of all zones while the raster is read."""

    def add(self, part: WindowCells) -> None:
        """Take the cells of one window."""
        ...

    def result(self, area: Floats) -> Floats:
        """The figure of each zone.

        Parameters
        ----------
        area
            Area of each zone that has data, square metres.
        """
        ...


def accumulator(statistic: Statistic, zones: int, condition: float | None) -> Accumulator:
    """What adds up a statistic.

    Parameters
    ----------
    zones
        How many there are.
    condition
        What a second raster must be above in cells of the classes; None without such a raster.
    """
    match statistic.operation:
        case "mean":
            return _Mean(zones)
        case "sum":
            return _Sum(zones)
        case "min" | "max" | "range":
            return _Extreme(zones, statistic.operation)
        case "weighted_mean":
            return _WeightedMean(zones)
        case _:
            return _Share(zones, statistic, condition)


def divided(numerator: Floats, denominator: Floats) -> Floats:
    """The quotient; not a number where there is nothing to divide by."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(denominator > 0, numerator / denominator, np.nan)


def is_one_of(values: Cells, classes: tuple[int, ...]) -> Mask:
    """Which values are among the classes."""
    if values.dtype.itemsize > 2 or values.dtype.kind not in "iu":
        return np.isin(values, classes)
    # One look into a table for each cell; negative codes stand at its end.
    table = np.zeros(2 ** (8 * values.dtype.itemsize), dtype=bool)
    limits = np.iinfo(values.dtype)
    for each in classes:
        if limits.min <= each <= limits.max:
            table[each] = True
    return table[values]


class _Mean:
    def __init__(self, zones: int) -> None:
        self._sum = np.zeros(zones)

    def add(self, part: WindowCells) -> None:
        self._sum += part.summed(part.filled(part.values, part.valid), by_area=True)

    def result(self, area: Floats) -> Floats:
        return divided(self._sum, area)


class _Sum:
    def __init__(self, zones: int) -> None:
        self._sum = np.zeros(zones)

    def add(self, part: WindowCells) -> None:
        self._sum += part.summed(part.filled(part.values, part.valid), by_area=False)

    def result(self, area: Floats) -> Floats:
        return np.where(area > 0, self._sum, np.nan)


class _WeightedMean:
    """By the values of a second raster; only where both have one."""

    def __init__(self, zones: int) -> None:
        self._sum, self._weight = np.zeros(zones), np.zeros(zones)

    def add(self, part: WindowCells) -> None:
        assert part.weights is not None
        weights, valid = part.weights
        usable = weights > 0
        for each in (valid, part.valid):
            if each is not None:
                usable &= each
        self._weight += part.summed(part.filled(weights, usable), by_area=False)
        product = part.filled(part.values, usable)
        cells = product[:-1].reshape(usable.shape)
        np.multiply(cells, weights, out=cells, where=usable)
        self._sum += part.summed(product, by_area=False)

    def result(self, area: Floats) -> Floats:
        return divided(self._sum, self._weight)


class _Share:
    """Area of classes, or of values above a threshold."""

    def __init__(self, zones: int, statistic: Statistic, condition: float | None) -> None:
        self._area = np.zeros(zones)
        self._statistic, self._condition = statistic, condition

    def add(self, part: WindowCells) -> None:
        counted = self._counted(part.values)
        if part.valid is not None:
            counted &= part.valid
        if self._condition is not None and part.condition is not None:
            values, valid = part.condition
            counted &= values > self._condition
            if valid is not None:
                counted &= valid
        self._area += part.summed(part.filled(counted, None), by_area=True)

    def result(self, area: Floats) -> Floats:
        if self._statistic.operation == "area":
            return np.where(area > 0, self._area / SQUARE_METRES_PER_HECTARE, np.nan)
        return 100 * divided(self._area, area)

    def _counted(self, values: Cells) -> Mask:
        threshold = self._statistic.threshold
        if threshold is not None:
            return np.asarray(values > threshold)
        return is_one_of(values, self._statistic.classes)


class _Extreme:
    """Lowest, highest or their difference, of cells mostly inside; of all cells where none is."""

    def __init__(self, zones: int, operation: str) -> None:
        self._ends = {"min": (True,), "max": (False,), "range": (True, False)}[operation]
        self._found = {
            (lowest, inside): np.full(zones, np.inf if lowest else -np.inf)
            for lowest in self._ends
            for inside in (True, False)
        }

    def add(self, part: WindowCells) -> None:
        for lowest in self._ends:
            nothing, better = (np.inf, np.minimum) if lowest else (-np.inf, np.maximum)
            flat = part.filled(part.values, None)
            if part.valid is not None:
                flat[:-1].reshape(part.valid.shape)[~part.valid] = nothing
            for inside in (True, False):
                known = self._found[lowest, inside]
                better(known, part.extremes(flat, lowest=lowest, inside=inside), out=known)

    def result(self, area: Floats) -> Floats:
        ends = []
        for lowest in self._ends:
            inside, any_of_it = self._found[lowest, True], self._found[lowest, False]
            found = np.where(np.isfinite(inside), inside, any_of_it)
            ends.append(np.where(np.isfinite(found), found, np.nan))
        return ends[-1] - ends[0] if len(ends) > 1 else ends[0]
