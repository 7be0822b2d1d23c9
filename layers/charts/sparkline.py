"""A series as small as a word: how it went, without axes, beside its first and last figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from geodata.model import Indicator
from layers.charts import svg
from layers.charts.axes import LinearScale
from layers.charts.figure_series import FigureSeries, SeriesMark
from layers.charts.svg import Chart

MIN_POINTS = 3
"""Fewer sound figures are read as quickly in the table."""
_SIZE = (160.0, 32.0)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One figure: ``x`` in time and ``y`` between the lowest and the highest value, both 0 to 1."""

    x: float
    y: float
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """How the figures of periods of one length went, for a page or for paper.

    Parameters
    ----------
    lines
        Places of the sound points of each line; it ends where concept or boundaries change.
    first, last
        Period and value of the first and the last sound figure in words.
    words
        All of them in words.
    """

    points: tuple[TrendPoint, ...]
    lines: tuple[tuple[int, ...], ...]
    first: str
    last: str
    words: str


def trend_of(series: FigureSeries, indicator: Indicator) -> Trend | None:
    """The figures of the length of period that most of them have: no half year beside whole ones.

    Doubtful ones are points that the line passes by. None for fewer than `MIN_POINTS` sound
    figures, where all are equal, and for named classes.
    """
    shown = _of_one_length(series.marks)
    marks = [series.marks[place] for place in shown]
    sound = [mark for mark in marks if not mark.doubtful]
    values = [mark.value for mark in marks]
    if indicator.kind == "category" or len(sound) < MIN_POINTS or min(values) == max(values):
        return None
    days = [mark.middle.toordinal() for mark in marks]
    x = LinearScale(min(days), max(days), 0, 1)
    y = LinearScale(min(values), max(values), 0, 1)
    at = {place: new for new, place in enumerate(shown)}
    told = {mark.period: f"{mark.label}: {mark.text}" for mark in marks}
    return Trend(
        points=tuple(
            TrendPoint(round(x(day), 4), round(y(mark.value), 4), mark.doubtful)
            for day, mark in zip(days, marks, strict=True)
        ),
        lines=tuple(tuple(at[p] for p in run) for run in series.runs if run[0] in at),
        first=told[sound[0].period],
        last=told[sound[-1].period],
        words="; ".join(told.values()),
    )


def sparkline(trend: Trend, name: str) -> Chart:
    """The small line of a trend.

    Parameters
    ----------
    name
        What it shows, the first words of its sentence.
    """
    x, y = LinearScale(0, 1, 5, _SIZE[0] - 5), LinearScale(0, 1, _SIZE[1] - 5, 5)
    places = [(x(point.x), y(point.y)) for point in trend.points]
    lines = (
        svg.line(*places[earlier], *places[later], "series-line")
        for run in trend.lines
        for earlier, later in pairwise(run)
    )
    points = (
        _point(*place, point.doubtful) for place, point in zip(places, trend.points, strict=True)
    )
    return Chart.of(_SIZE, f"{name}. {trend.words}", (*lines, *points), "sparkline")


def _point(x: float, y: float, doubtful: bool) -> str:
    shape: dict[str, object] = {"cx": x, "cy": y, "r": 2.2, "stroke": "currentColor"}
    fill = "none" if doubtful else "currentColor"
    name = f"series-mark{' is-doubtful' if doubtful else ''}"
    return svg.element("circle", {**shape, "fill": fill, "class": name})


def _of_one_length(marks: Iterable[SeriesMark]) -> list[int]:
    happened = [(place, mark) for place, mark in enumerate(marks) if mark.happened]
    lengths = Counter(mark.months for _, mark in happened)
    most = max(lengths, key=lambda months: lengths[months], default=0)
    return [place for place, mark in happened if mark.months == most]
