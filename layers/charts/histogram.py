"""How many units have which values: columns of the map's classes on an axis of true values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from geodata.i18n import Language, Message
from geodata.model import Indicator
from layers.charts import svg
from layers.charts.axes import LinearScale, value_ticks
from layers.charts.svg import Chart
from layers.formatting import fewest_decimals, format_number
from layers.legend import LegendClass

_HEIGHT = 170.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 30.0, 12.0, 18.0, 40.0
_MOST_BINS = 24


@dataclass(frozen=True, slots=True)
class _Column:
    """The ends of a column and how many values of each class lie between."""

    ends: tuple[float, float]
    counts: list[int]


def histogram(
    values: Sequence[float],
    classes: Sequence[LegendClass],
    indicator: Indicator,
    language: Language,
    width: float = 480.0,
) -> Chart | None:
    """Columns of equal width, painted by class, a tick for every unit below; None for one value.

    A column in which classes meet is divided by how many of its units are of each.

    Parameters
    ----------
    values
        Of the units that the map classes.
    classes
        As the legend of the map has them.
    """
    low, high = min(values, default=0.0), max(values, default=0.0)
    if low == high:
        return None
    ticks = value_ticks(low, high, 6)
    x = LinearScale(ticks[0], ticks[-1], _LEFT, width - _RIGHT)
    edges = _edges(ticks, len(values))
    columns = [
        _Column(pair, _counts(values, classes, pair, first=at == 0))
        for at, pair in enumerate(pairwise(edges))
    ]
    most = max(sum(column.counts) for column in columns)
    y = LinearScale(0, most, _HEIGHT - _BOTTOM, _TOP)
    shapes = [
        *_heights(y, most, width),
        *(shape for column in columns for shape in _column(x, y, column, classes)),
        *(_rug(x(value)) for value in values),
        *_axis(x, ticks, language),
    ]
    shapes.append(svg.text(_LEFT - 24, 11, Message("Number of units")[language], "chart-tick"))
    return Chart.of((width, _HEIGHT), _sentence(classes, indicator, language), shapes, "histogram")


def _edges(ticks: Sequence[float], number: int) -> list[float]:
    """Ends of the columns: the ticks, divided as far as the number of values bears it."""
    wanted = min(_MOST_BINS, max(4, math.ceil(2 * math.sqrt(number))))
    steps = len(ticks) - 1
    parts = max(1, round(wanted / steps))
    size = (ticks[-1] - ticks[0]) / (steps * parts)
    return [ticks[0] + at * size for at in range(steps * parts + 1)]


def _counts(
    values: Sequence[float],
    classes: Sequence[LegendClass],
    ends: tuple[float, float],
    first: bool,
) -> list[int]:
    """Of one column, right-closed as the classes are: how many values of each class it has."""
    lower, upper = ends
    here = [v for v in values if (lower < v <= upper) or (first and v == lower)]
    counts = [0] * len(classes)
    for value in here:
        counts[_class_of(value, classes)] += 1
    return counts


def _class_of(value: float, classes: Sequence[LegendClass]) -> int:
    isolated = next(
        (i for i, c in enumerate(classes) if c.isolated and c.lower <= value <= c.upper), None
    )
    if isolated is not None:
        return isolated
    fitting = (i for i, c in enumerate(classes) if not c.isolated and value <= c.upper)
    return next(fitting, len(classes) - 1)


def _column(
    x: LinearScale, y: LinearScale, column: _Column, classes: Sequence[LegendClass]
) -> list[str]:
    start, width = x(column.ends[0]), x(column.ends[1]) - x(column.ends[0])
    done, shapes = 0, []
    for row, count in zip(classes, column.counts, strict=True):
        if count:
            top = y(done + count)
            shape = {"x": start + 0.5, "y": top, "width": width - 1, "height": y(done) - top}
            shapes.append(svg.element("rect", {**shape, "class": "column", "fill": row.colour}))
            done += count
    return shapes


def _rug(x: float) -> str:
    foot = _HEIGHT - _BOTTOM
    return svg.line(x, foot + 2, x, foot + 9, "rug")


def _heights(y: LinearScale, most: int, width: float) -> list[str]:
    shapes = []
    for tick in value_ticks(0, most, 3):
        if tick <= most and tick == int(tick):
            shapes.append(svg.line(_LEFT, y(tick), width - _RIGHT, y(tick), "chart-grid"))
            shapes.append(svg.text(_LEFT - 6, y(tick) + 4, str(int(tick)), "chart-tick", "end"))
    return shapes


def _axis(x: LinearScale, ticks: Sequence[float], language: Language) -> list[str]:
    decimals = fewest_decimals(ticks, 3)
    foot = _HEIGHT - _BOTTOM + 24
    return [
        svg.text(x(tick), foot, format_number(tick, decimals, language), "chart-tick", "middle")
        for tick in ticks
    ]


def _sentence(classes: Sequence[LegendClass], indicator: Indicator, language: Language) -> str:
    told = "; ".join(f"{row.label}: {row.count}" for row in classes)
    said = Message("{name}, number of units by class: {classes}")
    return said.filled(name=indicator.name[language], classes=told)[language]
