"""Classes of a map: right-closed, rounded first and applied after, so that no label lies.

The values are classed as they are shown: each is rounded to the indicator's decimals, the breaks
are rounded to the same decimals, and only then is a value compared with a break. A reader who sees
``10,5`` in the table finds it in the class ``≤ 10,5``.
"""

from __future__ import annotations

import math
import warnings
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from geodata.errors import InvalidInput, unknown_name
from geodata.i18n import Language, Localised, Message
from layers.classification_schemes import SCHEMES, BreakFunction
from layers.formatting import fewest_decimals, format_number, plain_decimal, round_half_up

ValueRange = tuple[float | None, float | None]
"""Lowest and highest value; None where there is none to name."""
MIN_CLASSES, MAX_CLASSES = 3, 9
MAX_THRESHOLDS = MAX_CLASSES - 1


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of one map.

    Parameters
    ----------
    lower
        Lowest value shown, rounded; belongs to the first class. NaN when there is no class.
    breaks
        Upper bounds, inclusive, ascending and distinct. A class holds the values above the break
        before it, up to and including its own.
    counts
        Number of values in each class.
    decimals
        Digits to which values and breaks were rounded.
    open_ended
        Whether the classes were given (thresholds), so that the first and the last have no limit.
    single_valued
        Whether every class holds exactly one distinct value, which is then its label.
    midpoint
        Where a diverging palette turns: the mean for standard deviations, 0 where it is one of the
        thresholds; None elsewhere.
    notes
        What the reader must know: fewer classes than asked, and why.
    names
        What the classes are called, where they are named and their values are places in a list.
    isolated, isolated_from
        The class of the values taken out of the others, and the lowest of them; see
        `layers.isolated_class`.
    parted
        Whether the classes on both sides of it are one, in the middle of which it lies.
    """

    lower: float
    breaks: tuple[float, ...]
    counts: tuple[int, ...]
    decimals: int
    open_ended: bool = False
    single_valued: bool = False
    midpoint: float | None = None
    notes: tuple[Localised, ...] = ()
    names: tuple[Localised, ...] = ()
    isolated: int | None = None
    isolated_from: float | None = None
    parted: bool = False

    def __len__(self) -> int:
        return len(self.breaks)

    def index(self, value: float) -> int:
        """Class of ``value``: the first whose upper bound is not below it."""
        shown = round_half_up(value, self.decimals)
        return min(bisect_left(self.breaks, shown), len(self.breaks) - 1)

    def contains(self, value: float) -> bool:
        """Whether ``value`` lies between the lowest value classed and the last break."""
        shown = round_half_up(value, self.decimals)
        if self.single_valued:
            return shown in self.breaks
        return bool(self.breaks) and self.lower <= shown <= self.breaks[-1]

    def label(self, index: int, language: Language, ends: ValueRange | None = None) -> str:
        """Class ``index`` in words that say which end is included: ``> 10,5 – 20,1``.

        Round breaks are written without empty decimals (``> 40 – 50``); single values as they
        stand in the table.

        Parameters
        ----------
        ends
            The lowest and highest value drawn: the outer classes that hold them name them. An end
            that is None leaves its class open.
        """
        if self.names:
            return self.names[index][language]
        if self.single_valued:
            return format_number(self.breaks[index], self.decimals, language)
        if index == self.isolated and self.isolated_from is not None:
            return self._range_label(self.isolated_from, self.breaks[index], language)
        digits = fewest_decimals(self.breaks[:-1] or self.breaks, self.decimals)
        upper = format_number(self.breaks[index], digits, language)
        low, high = self._ends(index, ends)
        if index == len(self.breaks) - 1 and (index or high is not None):
            upper = "" if high is None else self._end(high, language)
        if index == 0:
            if low is None or low in (high, self.breaks[0]):
                return f"≤ {upper}" if low is None or high is None else upper
            return _from_to(low, self._end(low, language), upper, language)
        below = f"> {format_number(self.breaks[index - 1], digits, language)}"
        return _from_to(self.breaks[index - 1], below, upper, language) if upper else below

    def _range_label(self, low: float, high: float, language: Language) -> str:
        last = self._end(high, language)
        return last if low == high else _from_to(low, self._end(low, language), last, language)

    def _ends(self, index: int, ends: ValueRange | None) -> ValueRange:
        """The lowest value drawn if it lies in the first class, the highest if in the last."""
        if ends is None:
            return None, None
        low, high = (None if v is None else round_half_up(v, self.decimals) for v in ends)
        last = len(self.breaks) - 1
        return (
            low if low is not None and index == 0 and self.index(low) == 0 else None,
            high if high is not None and index == last and self.index(high) == last else None,
        )

    def _end(self, value: float, language: Language) -> str:
        return format_number(value, fewest_decimals((value,), self.decimals), language)


def _from_to(low: float, below: str, upper: str, language: Language) -> str:
    # A dash beside a minus reads as another minus.
    to = "–" if low >= 0 else Message("to")[language]
    return f"{below} {to} {upper}"


def finite_values(values: Iterable[float | None]) -> list[float]:
    """The values that are numbers; missing ones and the not finite are dropped."""
    return [float(v) for v in values if v is not None and math.isfinite(v)]


def classify(
    values: Sequence[float | None],
    scheme: str,
    classes: int = 5,
    decimals: int = 0,
    thresholds: Sequence[float] = (),
) -> Classes:
    """Class the values of a map.

    Parameters
    ----------
    values
        Any number of values; None, NaN and infinities are missing and get no class.
    scheme
        A key of `layers.classification_schemes.SCHEMES`.
    classes
        Number of classes wanted, 3 to 9; there are fewer when there are fewer distinct values or
        when classes would be empty. Ignored by schemes that make their own number.
    decimals
        Digits after the decimal mark that readers see.
    thresholds
        Inner breaks for the scheme ``thresholds``; their classes stay even when empty, so that
        maps drawn with the same thresholds have the same colours.

    Returns
    -------
    Classes
        Without classes when there is no value.

    Raises
    ------
    InvalidInput, NotFound
        The scheme, the number of classes or the thresholds are not allowed.
    """
    check_choice(scheme, classes, thresholds)
    shown = sorted(round_half_up(v, decimals) for v in finite_values(values))
    chosen = SCHEMES[scheme]
    if chosen.breaks is None:
        return _classes_of_thresholds(shown, decimals, thresholds)
    if not shown:
        return Classes(math.nan, (), (), decimals, notes=(Message("No values"),))
    distinct = sorted(set(shown))
    if len(distinct) <= classes:
        return _single_valued(shown, distinct, classes, decimals)
    breaks = _breaks(shown, chosen.breaks, classes, decimals)
    midpoint = _mean(shown) if scheme == "std_mean" else None
    return _merge_empty(shown, breaks, decimals, midpoint, classes if chosen.counted else None)


def check_choice(scheme: str, classes: int, thresholds: Sequence[float]) -> None:
    """Refuse a scheme, a number of classes or thresholds that cannot be drawn."""
    if scheme not in SCHEMES:
        raise unknown_name(Message("No such scheme"), scheme, SCHEMES)
    if not MIN_CLASSES <= classes <= MAX_CLASSES:
        raise InvalidInput(
            Message("Number of classes out of range"),
            found=str(classes),
            allowed=Message("3 to 9"),
            where="classes",
        )
    if scheme == "thresholds":
        _check_thresholds(thresholds)


def _check_thresholds(thresholds: Sequence[float]) -> None:
    ascending = all(a < b for a, b in pairwise(thresholds))
    usable = 1 <= len(thresholds) <= MAX_THRESHOLDS and all(map(math.isfinite, thresholds))
    if not (ascending and usable):
        raise InvalidInput(
            Message("Thresholds cannot be used"),
            found=",".join(str(t) for t in thresholds),
            allowed=Message("1 to 8 ascending numbers"),
            remedy=Message("For example thresholds=10,20,50"),
            where="thresholds",
        )


def _breaks(
    shown: list[float], function: BreakFunction, classes: int, decimals: int
) -> list[float]:
    """Rounded upper bounds within the data, the last one the highest value."""
    scale = _scale(shown)
    with warnings.catch_warnings():
        # mapclassify warns of ties and of a missing numba; `_merge_empty` says what readers need.
        warnings.simplefilter("ignore", UserWarning)
        scaled = function(np.asarray(shown, dtype=float) / scale, classes)
    # A break beyond the values may lie beyond all numbers; it is left out below.
    with np.errstate(over="ignore"):
        raw = np.asarray(scaled, dtype=float) * scale
    inside = {round_half_up(float(b), decimals) for b in raw if math.isfinite(b)}
    return [*sorted(b for b in inside if shown[0] <= b < shown[-1]), shown[-1]]


def _scale(shown: list[float]) -> float:
    """What to divide values by where sums of their squares would overflow; 1 for all others."""
    extent = abs(shown[0]) + abs(shown[-1])
    return max(abs(shown[0]), abs(shown[-1])) if extent > 1e100 else 1.0


def _mean(shown: list[float]) -> float:
    scale = _scale(shown)
    return float(np.mean(np.asarray(shown, dtype=float) / scale) * scale)


def _single_valued(shown: list[float], distinct: list[float], asked: int, decimals: int) -> Classes:
    """As many classes as distinct values, each one value."""
    few = len(distinct)
    notes = () if few == asked else (_SINGLE_VALUE_NOTE if few == 1 else _few_values_note(few),)
    counts = tuple(class_counts(shown, distinct))
    return Classes(shown[0], tuple(distinct), counts, decimals, single_valued=True, notes=notes)


def _merge_empty(
    shown: list[float],
    breaks: list[float],
    decimals: int,
    midpoint: float | None,
    asked: int | None,
) -> Classes:
    """Count, join each empty class with the one above it, and say what became of the number.

    No number was asked for where the scheme makes its own.
    """
    filled = [(b, n) for b, n in zip(breaks, class_counts(shown, breaks), strict=True) if n]
    bounds, counts = tuple(b for b, _ in filled), tuple(n for _, n in filled)
    notes = () if asked in (None, len(bounds)) else (_class_count_note(len(bounds), asked),)
    return Classes(shown[0], bounds, counts, decimals, midpoint=midpoint, notes=notes)


def _classes_of_thresholds(
    shown: list[float], decimals: int, thresholds: Sequence[float]
) -> Classes:
    rounded = [round_half_up(t, decimals) for t in thresholds]
    inner = sorted(set(rounded))
    notes: tuple[Localised, ...] = ()
    if inner != list(thresholds):
        listed = "; ".join(plain_decimal(t) for t in inner)
        notes = (Message("Thresholds rounded to: {listed}", listed=listed),)
    above = max(inner[-1] + 10.0**-decimals, math.nextafter(inner[-1], math.inf))
    breaks = [*inner, max(above, *shown[-1:])] if shown else [*inner, above]
    return Classes(
        shown[0] if shown else math.nan,
        tuple(breaks),
        tuple(class_counts(shown, breaks)),
        decimals,
        open_ended=True,
        midpoint=0.0 if 0.0 in inner else None,
        notes=notes,
    )


def class_counts(shown: Sequence[float], breaks: Sequence[float]) -> list[int]:
    """How many rounded values each class holds, by right-closed breaks."""
    counts = [0] * len(breaks)
    for value in shown:
        counts[bisect_left(breaks, value)] += 1
    return counts


_SINGLE_VALUE_NOTE = Message("A single value, so one class")


def _few_values_note(distinct: int) -> Localised:
    return Message("Only {distinct} distinct values, so {distinct} classes", distinct=distinct)


def _class_count_note(made: int, asked: int) -> Localised:
    return Message(
        "{made} classes instead of {asked}: breaks that coincide once rounded or lie "
        "outside the data are dropped, classes without units joined with the next",
        made=made,
        asked=asked,
    )
