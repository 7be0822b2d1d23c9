"""Predecessors flowing into their successor, each band as high as the part it brings."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from geodata.i18n import Label, Language
from geodata.succession.lineage import LineageStep
from layers.charts import svg
from layers.charts.svg import Chart
from layers.formatting import format_percent

_WIDTH = 640.0
_ROW = 30.0
_LABEL = 235.0  # width of the names on either side
_MIN_HEIGHT = 3.0  # height of the thinnest band, so that none vanishes
_MAX_HEIGHT = 22.0
_COLOUR = "#14548c"


def flow_chart(parts: Sequence[LineageStep], name: str, language: Language) -> Chart | None:
    """Bands from every predecessor to the unit, as high as the part they bring.

    The parts are those by population, else by area. Where some are not known, their bands share
    what the others leave, and are dashed. None where the unit was formed from itself alone.
    """
    if len(parts) < 2:
        return None
    shares = [_share(part) for part in parts]
    unknown = sum(share is None for share in shares)
    left = (1 - sum(share or 0 for share in shares)) / max(unknown, 1)
    height = _ROW * len(parts)
    thick = _MAX_HEIGHT * len(parts) * 0.8
    top = (height - thick) / 2
    shapes, words = [], []
    for row, (part, known) in enumerate(zip(parts, shares, strict=True)):
        middle = _ROW * row + _ROW / 2
        share = left if known is None else known
        own = min(max(_MIN_HEIGHT, thick * share), _MAX_HEIGHT) / 2
        path = _band((middle - own, middle + own), (top, top + thick * share))
        unit = part.old.full_name[language]
        shown = _UNKNOWN[language] if known is None else format_percent(100 * known, language)
        shapes += [_painted(path, row, known is not None), _named(unit, shown, middle)]
        words.append(f"{unit} {shown}")
        top += thick * share
    shapes.append(_words(_WIDTH - _LABEL, height / 2, escape(name), **{"font-weight": 600}))
    label = Label("unit.flow", name=name, parts="; ".join(words))
    return Chart.of((_WIDTH, height), label[language], shapes, "flow-chart")


_UNKNOWN = Label("mergers.unknown_part")


def _painted(path: str, row: int, known: bool) -> str:
    opacity = (0.3 if row % 2 == 0 else 0.45) if known else 0.08
    edge = {} if known else {"stroke": _COLOUR, "stroke-width": 1, "stroke-dasharray": "4 3"}
    fill = {"d": path, "class": "flow-band", "fill": _COLOUR, "fill-opacity": f"{opacity:.2f}"}
    return svg.element("path", {**fill, **edge})


def _named(unit: str, share: str, middle: float) -> str:
    told = svg.element("tspan", {"class": "flow-share"}, escape(share))
    return _words(_LABEL, middle, f"{escape(unit)} {told}", **{"text-anchor": "end"})


def _words(x: float, y: float, markup: str, **more: object) -> str:
    look = {"dominant-baseline": "middle", "fill": "currentColor", "font-size": 13}
    return svg.element("text", {"x": x, "y": y, **look, **more}, markup)


def _share(part: LineageStep) -> float | None:
    return next((part.of_new[w] for w in ("population", "area") if w in part.of_new), None)


def _band(left: tuple[float, float], right: tuple[float, float]) -> str:
    """A band between two heights on either side, curved like a river."""
    x0, x1 = _LABEL + 8, _WIDTH - _LABEL - 8
    mid = (x0 + x1) / 2
    (a, b), (c, d) = left, right
    return (
        f"M{x0:.0f} {a:.1f}C{mid:.0f} {a:.1f} {mid:.0f} {c:.1f} {x1:.0f} {c:.1f}"
        f"L{x1:.0f} {d:.1f}C{mid:.0f} {d:.1f} {mid:.0f} {b:.1f} {x0:.0f} {b:.1f}Z"
    )
