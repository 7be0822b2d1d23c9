"""A value or a range of values that is a class of its own, such as zero, among the others.

Values are classed as they are shown, on a grid of the indicator's decimals: what lies below an
isolated range lies at least one step of that grid below its lower end. A class of its own is so one
more pair of right-closed breaks, and the others keep saying what they hold.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from geodata.errors import InvalidInput
from geodata.i18n import Message
from layers.classification import Classes, class_counts, classify, finite_values
from layers.formatting import round_half_up


def check_isolated(isolated: Sequence[float]) -> None:
    """Refuse what is neither a value nor a range.

    Raises
    ------
    InvalidInput
        There are more than two numbers, one is not finite, or the second is the lower one.
    """
    finite = all(map(math.isfinite, isolated))
    if not finite or len(isolated) > 2 or list(isolated) != sorted(isolated):
        raise InvalidInput(
            Message("Neither a value nor a range"),
            found=",".join(str(value) for value in isolated),
            allowed=Message("one number, or two of which the second is higher"),
            remedy=Message("For example isolate=0 or isolate=95,100"),
            where="isolate",
        )


def classify_around(
    isolated: Sequence[float],
    values: Sequence[float | None],
    scheme: str,
    *,
    classes: int = 5,
    decimals: int = 0,
    thresholds: Sequence[float] = (),
) -> Classes:
    """Class the values of a map, those of a range apart from the others.

    Parameters
    ----------
    isolated
        The value, or the lowest and the highest of the range, both inclusive; empty for none.
    values, scheme, classes, decimals, thresholds
        As `layers.classification.classify` takes them. The scheme sees the values outside the
        range alone, and the number of classes is theirs; one that the range parts becomes two.

    Returns
    -------
    Classes
        The class of the range is there also where it holds no value.

    Raises
    ------
    InvalidInput, NotFound
        As `classify` and `check_isolated`.
    """
    check_isolated(isolated)
    if not isolated:
        return classify(values, scheme, classes, decimals, thresholds)
    low, high = (round_half_up(value, decimals) for value in (isolated[0], isolated[-1]))
    shown = sorted(round_half_up(value, decimals) for value in finite_values(values))
    outside = [value for value in shown if not low <= value <= high]
    others = classify(outside, scheme, classes, decimals, thresholds)
    under, over = _breaks_beside(low, high, others, outside) if len(others) else ([], [])
    breaks, place = [*under, high, *over], len(under)
    # A break in the range, or the zero that parts falls from rises, makes them two.
    within = low <= 0 <= high or any(low <= each <= high for each in others.breaks)
    parted = bool(under and over) and under[-1] not in others.breaks and not within
    return replace(
        others,
        lower=others.lower if place else low,
        breaks=tuple(breaks),
        counts=tuple(class_counts(shown, breaks)),
        single_valued=low == high and (others.single_valued or not len(others)),
        isolated=place,
        isolated_from=low,
        parted=parted and over[0] == _first_above(high, others.breaks),
        notes=others.notes if len(others) else (),
    )


def _first_above(value: float, breaks: Sequence[float]) -> float | None:
    return next((each for each in breaks if each > value), None)


def _breaks_beside(
    low: float, high: float, others: Classes, outside: Sequence[float]
) -> tuple[list[float], list[float]]:
    """The upper limits of the classes below a range and of those above it."""
    if others.single_valued and low == high:
        return [v for v in others.breaks if v < low], [v for v in others.breaks if v > low]
    step = round_half_up(low - 10.0**-others.decimals, others.decimals)
    # In a large number the step of the decimals is lost.
    below = min(step, math.nextafter(low, -math.inf))
    under = [each for each in others.breaks if each <= below]
    over = [each for each in others.breaks if each > high]
    last = under[-1] if under else -math.inf
    if others.open_ended:
        # Given thresholds stay, also where a class is empty.
        reached = bool(under) or any(value < low for value in outside)
        return [*under, *([below] if reached and last < below else [])], over
    if any(last < value < low for value in outside):
        under.append(below)
    elif under:
        under[-1] = below
    empty = bool(over) and not class_counts(outside, [high, *over])[1]
    return under, over[empty:]


def without_isolated(classes: Classes) -> Classes:
    """The other classes alone, the two parts of a parted one as one.

    Between these a palette shares out its colours.
    """
    place = classes.isolated
    if place is None:
        return classes
    if classes.parted:
        first, last = place - 1, place + 1
    else:
        # The break under the range goes, for what lies above begins where the range ends.
        first, last = max(place - 1, 0), max(place, 1)
    joined = sum(classes.counts[first : last + 1]) - classes.counts[place]
    counts = classes.counts[:place] + classes.counts[place + 1 :]
    if classes.parted:
        counts = (*classes.counts[:first], joined, *classes.counts[last + 1 :])
    return replace(
        classes,
        lower=classes.lower if place else math.nextafter(classes.breaks[0], math.inf),
        breaks=classes.breaks[:first] + classes.breaks[last:],
        counts=counts,
        isolated=None,
        isolated_from=None,
        parted=False,
    )


def with_isolated(hues: Sequence[str], own: str, classes: Classes) -> tuple[str, ...]:
    """The colours of the other classes, with that of the isolated one in its place."""
    place = classes.isolated
    if place is None:
        return tuple(hues)
    return (*hues[:place], own, *hues[place - classes.parted :])
