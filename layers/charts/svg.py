"""Elements of SVG as text, and the chart that is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

Attributes = Mapping[str, object]
_HIDDEN: Attributes = {"aria-hidden": "true"}


def element(tag: str, attributes: Attributes, *children: str) -> str:
    """An element with its attributes, and children that are markup already.

    Parameters
    ----------
    attributes
        None leaves one out; numbers are written with at most one decimal.
    """
    written = "".join(
        f' {name}="{escape(_text(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{written}>{''.join(children)}</{tag}>"


def text(x: float, y: float, words: str, name: str, anchor: str = "start") -> str:
    """Words of a chart, placed by the start, the middle or the end of their base line."""
    where = {"x": x, "y": y, "class": name, "fill": "currentColor", "font-size": 11}
    turned = {} if anchor == "start" else {"text-anchor": anchor}
    return element("text", {**where, **turned}, escape(words))


def line(x1: float, y1: float, x2: float, y2: float, name: str) -> str:
    """A straight line."""
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return element("line", {**ends, "class": name, "stroke": "currentColor"})


def title(words: str) -> str:
    """What a pointer is told of the shape that it stands in."""
    return element("title", {}, escape(words))


def _text(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished chart.

    Parameters
    ----------
    width, height
        Size in CSS pixels at which its words have the size of small print.
    label
        What it shows, in a sentence, for whoever does not see it; empty where words beside it do.
    shapes
        Its markup.
    name
        Class of the ``svg`` element.
    """

    width: float
    height: float
    label: str
    shapes: tuple[str, ...]
    name: str

    @classmethod
    def of(cls, size: tuple[float, float], label: str, shapes: Iterable[str], name: str) -> Chart:
        """A chart of a size, of shapes in the order in which they are drawn."""
        return cls(*size, label, tuple(shapes), name)

    def __html__(self) -> str:
        """The chart as markup, which templates write as it is."""
        box: dict[str, object] = {
            "class": f"chart {self.name}",
            "viewBox": f"0 0 {_text(self.width)} {_text(self.height)}",
            "width": self.width,
            "height": self.height,
            **({"role": "img", "aria-label": self.label} if self.label else _HIDDEN),
        }
        return element("svg", box, *self.shapes)
