"""How an indicator of a unit went over its periods, as points of a small line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from geodata.i18n import Language
from geodata.model import Indicator, Observation
from geodata.period import parse_period
from layers.formatting import format_value

# Fewer points than this are read as quickly in the table.
MIN_POINTS = 4
_MONTH = 30.4  # days


def trend(
    indicator: Indicator, series: Iterable[Observation], language: Language
) -> dict[str, Any] | None:
    """The actual and estimated figures over periods of one length, oldest first.

    A half year is not set beside a whole one: of the lengths there are, the one with the most
    figures is shown. Doubtful figures are points, and the line passes them by;
    impossible ones are left out.

    Returns
    -------
    dict
        ``points`` (``x`` in time and ``y`` between the lowest and the highest value, both 0 to 1,
        ``doubtful``), ``lines`` (places of the sound points of each line; a line ends where the
        concept changes) and the words of the ``first`` and ``last`` sound one and of all; None for
        fewer than `MIN_POINTS` sound figures, when all are equal, and for named classes.
    """
    if indicator.kind == "category":
        return None
    figures = _of_one_period_length(series)
    values = [figure.value for figure in figures]
    sound = [at for at, figure in enumerate(figures) if not figure.doubt]
    if len(sound) < MIN_POINTS or min(values) == max(values):
        return None
    days = [parse_period(figure.period).end.toordinal() for figure in figures]
    low, span = min(values), max(values) - min(values)
    labels = [parse_period(figure.period).label(language) for figure in figures]
    texts = [format_value(value, indicator, language) for value in values]
    words = [f"{label}: {text}" for label, text in zip(labels, texts, strict=True)]
    return {
        "points": [
            {
                "x": round((day - days[0]) / (days[-1] - days[0]), 4),
                "y": round((figure.value - low) / span, 4),
                "doubtful": bool(figure.doubt),
            }
            for day, figure in zip(days, figures, strict=True)
        ],
        "lines": _lines(figures, sound),
        "first": words[sound[0]],
        "last": words[sound[-1]],
        "all": "; ".join(words),
    }


def _lines(figures: list[Observation], sound: list[int]) -> list[list[int]]:
    """Stretches of sound figures counted by one concept; what states none breaks no line."""
    lines: list[list[int]] = []
    last = ""
    for at in sound:
        concept = figures[at].concept
        if not lines or (concept and last and concept != last):
            lines.append([])
        lines[-1].append(at)
        last = concept or last
    return lines


def _of_one_period_length(series: Iterable[Observation]) -> list[Observation]:
    """One figure of each period, of the length in months that most periods have."""
    by_length: dict[int, dict[str, Observation]] = defaultdict(dict)
    for figure in series:
        if figure.status not in ("actual", "estimate") or figure.impossible:
            continue
        period = parse_period(figure.period)
        same = by_length[round((period.end - period.start).days / _MONTH)]
        if figure.status == "actual" or period.code not in same:
            same[period.code] = figure
    most = max(by_length.values(), key=len, default={})
    return sorted(most.values(), key=lambda one: parse_period(one.period).sort_key)
