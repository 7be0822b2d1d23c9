"""The figures of a unit over time: marks on an axis of true days, lines that break where they must.

A figure stands in the middle of its period, whose length is drawn through it, so that a half year
is not read as a year. Shapes tell what happened from what was estimated, planned and aimed at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from geodata.i18n import Language, Message
from geodata.model import Indicator, Status
from layers.charts import svg
from layers.charts.axes import LinearScale, time_span, value_ticks, year_ticks
from layers.charts.figure_series import BreakKind, FigureSeries, SeriesBreak, SeriesMark
from layers.charts.svg import Chart
from layers.formatting import fewest_decimals, format_number
from layers.labels import STATUS_NAMES

MIN_MARKS = 2
"""With fewer figures there is no way from one to the other."""
WIDE, NARROW = 840.0, 340.0
"""Widths of a chart beside text on a screen, and on a phone, CSS pixels."""
_HEIGHT = 240.0
_TOP, _BOTTOM, _RIGHT = 30.0, 26.0, 14.0
_LETTER = 6.4  # width of a letter of the charts, pixels
_YEAR_ROOM = 46.0  # room of the name of a year, pixels
_TICKS = 4
_ENDS = 4  # first, last, highest and lowest figure


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One sign of a chart and what it means."""

    sign: Chart
    words: str


@dataclass(frozen=True, slots=True)
class _Plane:
    """Where days and values lie on a chart."""

    x: LinearScale
    y: LinearScale

    def day(self, day: dt.date) -> float:
        return self.x(day.toordinal())

    def at(self, mark: SeriesMark) -> tuple[float, float]:
        return self.day(mark.middle), self.y(mark.value)


def time_series_chart(
    series: FigureSeries, indicator: Indicator, language: Language, width: float = WIDE
) -> Chart | None:
    """The chart of a series; None for fewer than `MIN_MARKS` figures and for named classes."""
    marks = series.marks
    if len(marks) < MIN_MARKS or indicator.kind == "category":
        return None
    values = [mark.value for mark in marks]
    ticks = value_ticks(min(values), max(values), _TICKS)
    decimals = fewest_decimals(ticks, 3)
    words = [format_number(tick, decimals, language) for tick in ticks]
    left = 10 + _LETTER * max(map(len, words))
    span = time_span([day for mark in marks for day in (mark.period.start, mark.period.end)])
    plane = _Plane(
        LinearScale(span[0].toordinal(), span[1].toordinal(), left, width - _RIGHT),
        LinearScale(ticks[0], ticks[-1], _HEIGHT - _BOTTOM, _TOP),
    )
    shapes = [
        *_value_axis(plane, ticks, words),
        *_time_axis(plane, span),
        *(_break(plane, each) for each in series.breaks),
        *_lines(plane, series),
        *(shape for mark in marks for shape in _figure(plane, mark)),
        *_values(plane, series, width),
    ]
    return Chart.of(
        (width, _HEIGHT),
        _sentence(series, language),
        shapes,
        f"series-chart{' is-narrow' if width < WIDE else ''}",
    )


def series_key(series: FigureSeries, language: Language) -> list[KeyRow]:
    """The signs that a chart of the series has, with what they mean."""
    statuses = [s for s in STATUS_NAMES if any(mark.status == s for mark in series.marks)]
    rows = [KeyRow(_sign(_mark_shape(s, 7, 7)), STATUS_NAMES[s][language]) for s in statuses]
    if any(mark.doubtful for mark in series.marks):
        doubtful = svg.text(7, 11, "!", "series-value", "middle")
        rows.append(KeyRow(_sign(doubtful), Message("Figure to be checked")[language]))
    if series.seams:
        seam = svg.line(0, 7, 14, 7, "series-line is-seam")
        rows.append(KeyRow(_sign(seam), Message("Joins figures of two sources")[language]))
    hard = [each for each in series.breaks if each.kind != "source"]
    if len(hard) < len(series.breaks):
        rows.append(
            KeyRow(_sign(_break_shape("source", 7, 7)), Message("Source changes")[language])
        )
    return rows + [
        KeyRow(_sign(_break_shape(each.kind, 7, 7)), _break_words(each)[language]) for each in hard
    ]


def _break_words(found: SeriesBreak) -> Message:
    if found.kind == "boundaries":
        said = Message("Boundaries change on {after}: earlier figures are restated")
    else:
        said = Message("Concept changes: {before} → {after}")
    return said.filled(before=found.before, after=found.after)


def _sign(shape: str) -> Chart:
    return Chart.of((14.0, 14.0), "", (shape,), "series-sign")


def _value_axis(plane: _Plane, ticks: list[float], words: list[str]) -> Iterable[str]:
    for tick, name in zip(ticks, words, strict=True):
        y = plane.y(tick)
        yield svg.line(plane.x.start, y, plane.x.end, y, "chart-grid")
        yield svg.text(plane.x.start - 6, y + 4, name, "chart-tick", "end")


def _time_axis(plane: _Plane, span: tuple[dt.date, dt.date]) -> Iterable[str]:
    foot = plane.y.start
    most = max(2, int((plane.x.end - plane.x.start) // _YEAR_ROOM))
    for year in year_ticks(*span, most):
        x = plane.day(dt.date(year, 1, 1))
        middle = (x + plane.day(dt.date(year + 1, 1, 1))) / 2
        yield svg.line(x, foot, x, foot + 5, "chart-axis")
        if middle <= plane.x.end:
            yield svg.text(middle, foot + 17, str(year), "chart-tick", "middle")


def _break(plane: _Plane, found: SeriesBreak) -> str:
    x = plane.day(found.day)
    head = _break_shape(found.kind, x, 9)
    if found.kind == "source":
        return head
    return svg.line(x, 16, x, plane.y.start, f"series-break is-{found.kind}") + head


def _break_shape(kind: BreakKind, x: float, y: float) -> str:
    """A triangle for boundaries, a diamond for concepts, two bars for sources."""
    name = f"series-break-head is-{kind}"
    if kind == "source":
        return svg.line(x - 2, y - 5, x - 2, y + 5, name) + svg.line(
            x + 2, y - 5, x + 2, y + 5, name
        )
    points = {
        "boundaries": f"M{x - 6:.1f} {y - 5:.1f}H{x + 6:.1f}L{x:.1f} {y + 6:.1f}Z",
        "concept": f"M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6Z",
    }
    return svg.element("path", {"d": points[kind], "class": name, "fill": "currentColor"})


def _lines(plane: _Plane, series: FigureSeries) -> Iterable[str]:
    for run in series.runs:
        for earlier, later in pairwise(run):
            ends = (*plane.at(series.marks[earlier]), *plane.at(series.marks[later]))
            yield svg.line(*ends, "series-line is-seam" if later in series.seams else "series-line")


def _figure(plane: _Plane, mark: SeriesMark) -> Iterable[str]:
    x, y = plane.at(mark)
    start, end = plane.day(mark.period.start), plane.day(mark.period.end)
    words = svg.title(f"{mark.label}: {mark.text}, {mark.status_label}")
    shape = _mark_shape(mark.status, x, y, doubtful=mark.doubtful)
    if end - start > 10:
        shape = svg.line(start, y, end, y, "series-period") + shape
    yield svg.element("g", {}, words, shape)


def _mark_shape(status: Status | str, x: float, y: float, doubtful: bool = False) -> str:
    """A dot for what happened, open where estimated; a square for plans, a diamond for targets."""
    name = f"series-mark is-{status}{' is-doubtful' if doubtful else ''}"
    paint: dict[str, object] = {"class": name, "stroke": "currentColor"}
    if status == "plan":
        square = {"x": x - 4, "y": y - 4, "width": 8, "height": 8, "fill": "none"}
        return svg.element("rect", {**square, **paint})
    if status == "target":
        path = f"M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6Z"
        return svg.element("path", {"d": path, "fill": "none", **paint})
    fill = "none" if status == "estimate" or doubtful else "currentColor"
    return svg.element("circle", {"cx": x, "cy": y, "r": 4, "fill": fill, **paint})


def _values(plane: _Plane, series: FigureSeries, width: float) -> Iterable[str]:
    """The values beside their marks as far as there is room, the telling ones first."""
    marks = series.marks
    middles = [plane.at(mark) for mark in marks]
    dots = [(x - 4, y - 4, x + 4, y + 4) for x, y in middles]
    written: list[_Box] = []
    for rank, place in enumerate(_by_weight(marks)):
        x, y = middles[place]
        words = f"{'! ' if marks[place].doubtful else ''}{marks[place].bare}"
        half = _LETTER * len(words) / 2
        x = min(max(x, plane.x.start + half), width - half - 1)
        # The ends may lie over their neighbours' dots, for without them a line says nothing.
        others = written if rank < _ENDS else [*written, *dots[:place], *dots[place + 1 :]]
        bases = (y - 9, y + 18)
        boxes = [(x - half - 1, base - 9, x + half + 1, base + 2) for base in bases]
        free = (
            (base, box)
            for base, box in zip(bases, boxes, strict=True)
            if _TOP - 5 < base < plane.y.start and not any(_meet(box, other) for other in others)
        )
        found = next(free, None)
        if found is not None:
            written.append(found[1])
            yield svg.text(x, found[0], words, "series-value", "middle")


def _by_weight(marks: tuple[SeriesMark, ...]) -> list[int]:
    """Places of the marks: last, first, highest and lowest, then the others from the newest."""
    places = range(len(marks))
    ends = [len(marks) - 1, 0, max(places, key=lambda p: marks[p].value)]
    ends.append(min(places, key=lambda p: marks[p].value))
    return list(dict.fromkeys([*ends, *reversed(places)]))


_Box = tuple[float, float, float, float]


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _sentence(series: FigureSeries, language: Language) -> str:
    told = (f"{mark.label}: {mark.text} ({mark.status_label.lower()})" for mark in series.marks)
    return "; ".join(told)
