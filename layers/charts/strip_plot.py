"""Values as ticks on one line between the lowest and the highest, one's own as a dot."""

from __future__ import annotations

from collections.abc import Iterable

from layers.charts import svg
from layers.charts.axes import LinearScale
from layers.charts.svg import Chart

_SIZE = (160.0, 16.0)
_EDGE = 6.0


def strip_plot(values: Iterable[float], own: float | None, label: str) -> Chart:
    """The line, which reaches to one's own value where that lies outside of the others.

    Parameters
    ----------
    own
        In the unit of the values; None where there is none.
    """
    known = list(values)
    ends = known if own is None else [*known, own]
    scale = LinearScale(min(ends), max(ends), _EDGE, _SIZE[0] - _EDGE)
    axis = svg.line(_EDGE, 8, _SIZE[0] - _EDGE, 8, "strip-axis")
    ticks = (svg.line(scale(value), 3, scale(value), 13, "strip-tick") for value in known)
    dot = () if own is None else (_dot(scale(own)),)
    return Chart.of(_SIZE, label, (axis, *ticks, *dot), "strip-line")


def _dot(x: float) -> str:
    return svg.element(
        "circle", {"cx": x, "cy": 8, "r": 4.5, "class": "strip-own", "fill": "currentColor"}
    )
