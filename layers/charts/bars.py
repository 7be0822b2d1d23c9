"""Bars that stand beside the words they belong to, and shares that make up a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layers.charts import svg
from layers.charts.svg import Chart

_BAR = (120.0, 12.0)
_SHARES = (640.0, 22.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """A value among others.

    Parameters
    ----------
    value
        In the unit of measure of all bars beside it.
    colour
        ``#rrggbb`` of its class; empty for the page's own.
    """

    value: float
    colour: str = ""


def value_bars(bars: Sequence[Bar], reference: float | None = None) -> list[Chart]:
    """A chart of one bar for each value, all on one scale that has zero.

    Parameters
    ----------
    reference
        A value marked by a line on each, as that of the whole; None for none.
    """
    known = [bar.value for bar in bars] + ([] if reference is None else [reference])
    low, high = min([*known, 0.0]), max([*known, 0.0])
    scale = (_BAR[0] - 2) / (high - low or 1.0)

    def place(value: float) -> float:
        return 1 + (value - low) * scale

    marked = () if reference is None else (_upright(place(reference)),)
    charts = []
    for bar in bars:
        start, end = sorted((place(0.0), place(bar.value)))
        shape = {"x": start, "y": 1, "width": max(end - start, 1.0), "height": _BAR[1] - 2}
        paint = {"class": "value-bar", "fill": bar.colour or "currentColor"}
        charts.append(Chart.of(_BAR, "", (svg.element("rect", {**shape, **paint}), *marked), "bar"))
    return charts


def _upright(x: float) -> str:
    return svg.line(x, 0, x, _BAR[1], "bar-reference")


def share_bar(parts: Sequence[Bar], label: str) -> Chart | None:
    """One bar divided by the shares of its parts, in their order; None where all are nothing."""
    whole = sum(part.value for part in parts)
    if whole <= 0:
        return None
    x, shapes = 0.0, []
    for part in parts:
        width = _SHARES[0] * part.value / whole
        shape = {"x": x, "y": 0, "width": width, "height": _SHARES[1]}
        shapes.append(svg.element("rect", {**shape, "class": "share", "fill": part.colour}))
        x += width
    return Chart.of(_SHARES, label, shapes, "shares")


def coverage_bar(share: float) -> Chart:
    """A small bar filled as far as something is known, 0 to 1."""
    size = (72.0, 8.0)
    whole = svg.element("rect", {"width": size[0], "height": size[1], "class": "coverage-all"})
    known = {"width": size[0] * share, "height": size[1], "class": "coverage-known"}
    return Chart.of(size, "", (whole, svg.element("rect", known)), "coverage")
