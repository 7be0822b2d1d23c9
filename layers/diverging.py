"""Classes of differences: symmetrical about zero, which lies within the middle one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from geodata.i18n import Language
from geodata.model import Indicator
from layers.classification import Classes, finite_values
from layers.formatting import round_half_up
from layers.legend import LegendClass
from layers.palette_choice import difference_palette
from layers.palettes import class_colours
from layers.proportional_symbols import floor_to_round_number


def diverging_classes(values: Sequence[float | None], decimals: int) -> Classes:
    """Five classes whose breaks are ±a and ±b, round numbers.

    A third of the changes that are not zero lie within ±a, and three quarters within ±b, before
    rounding; the outer classes stay even where one side is empty, so that zero stays in the middle.
    """
    shown = [round_half_up(value, decimals) for value in finite_values(values)]
    sizes = sorted(abs(value) for value in shown if value)
    if not sizes:
        count = (len(shown),) if shown else ()
        return Classes(0.0, (0.0,) * len(count), count, decimals, single_valued=True, midpoint=0.0)
    wanted = {sizes[(len(sizes) - 1) // 3], sizes[(3 * (len(sizes) - 1)) // 4]}
    ends = sorted({round_half_up(floor_to_round_number(size), decimals) for size in wanted})
    step = 10.0**-decimals
    top = max(*shown, ends[-1] + step)
    breaks = (*(-end for end in reversed(ends)), *ends, top)
    counts = [0] * len(breaks)
    for value in shown:
        counts[bisect_left(breaks, value)] += 1
    low = min(*shown, -ends[-1] - step)
    return Classes(low, breaks, tuple(counts), decimals, open_ended=True, midpoint=0.0)


def diverging_legend_classes(
    classes: Classes, indicator: Indicator, language: Language
) -> tuple[LegendClass, ...]:
    """The classes with their labels and colours."""
    name = difference_palette(indicator.direction)
    hues = class_colours(name, classes, reverse=indicator.direction == "down")
    lowers = (classes.lower, *classes.breaks[:-1])
    rows = zip(lowers, classes.breaks, hues, classes.counts, strict=False)
    return tuple(
        LegendClass(lower, upper, classes.label(i, language), hue, count)
        for i, (lower, upper, hue, count) in enumerate(rows)
    )
