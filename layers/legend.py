"""The legend: classes with their counts, symbol sizes, and why values are missing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from geodata.model import Indicator
from geodata.text import Language, Text
from layers.classification import Classes, classify
from layers.formatting import fewest_decimals, format_number, round_to
from layers.palette_rule import indicator_palette
from layers.palettes import class_colours, palette
from layers.query import Drawing
from layers.symbols import legend_values, radius
from layers.words import MISSING_NAMES

MissingKind = Literal["no_data", "not_applicable", "not_published", "not_recoverable"]
MISSING_KINDS: tuple[MissingKind, ...] = ("no_data", "not_applicable", "not_published")
"""What every legend counts; a recast one also counts what is ``not_recoverable``."""


@dataclass(frozen=True, slots=True)
class LegendClass:
    """One class: ``lower`` is exclusive (inclusive in the first class), ``upper`` inclusive."""

    lower: float
    upper: float
    label: str
    colour: str
    count: int


@dataclass(frozen=True, slots=True)
class SymbolSize:
    """One circle of the legend; ``radius`` in CSS pixels."""

    value: float
    label: str
    radius: float


@dataclass(frozen=True, slots=True)
class Missing:
    """How many units lack a value for one reason."""

    kind: MissingKind
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Legend:
    """Everything the key of a map says.

    Parameters
    ----------
    missing
        Always the kinds of `MISSING_KINDS` in that order, then ``not_recoverable`` where figures
        were recast; counts may be 0.
    doubtful, estimated
        Units whose value is marked doubtful, and whose value is an estimate.
    with_value, total
        Units that have a value, and units on the map.
    notes
        What is known of several units only together, and what changed the classes or the style, in
        the layer's language.
    """

    style: str
    classes: tuple[LegendClass, ...]
    symbols: tuple[SymbolSize, ...]
    missing: tuple[Missing, ...]
    doubtful: int
    estimated: int
    with_value: int
    total: int
    notes: tuple[str, ...]


def symbol_classes(values: Sequence[float], decimals: int) -> Classes:
    """One class of circles, or two when there are values on both sides of zero."""
    shown = [round_to(v, decimals) for v in values]
    if not shown:
        return Classes(math.nan, (), (), decimals)
    low, high = min(shown), max(shown)
    if low < 0 < high:
        below = sum(v <= 0 for v in shown)
        return Classes(low, (0.0, high), (below, len(shown) - below), decimals, midpoint=0.0)
    return Classes(low, (high,), (len(shown),), decimals, one_each=low == high)


def paint(
    values: Sequence[float],
    drawing: Drawing,
    indicator: Indicator,
    language: Language,
    pool: Sequence[float] = (),
) -> tuple[Classes, tuple[LegendClass, ...]]:
    """Class the values and give each class its label and colour.

    With a ``pool`` (all values of two maps that are compared, or those of one map that nothing
    speaks against) the breaks are those of the pool and only the counts are the map's own.

    A diverging palette is turned round where less is better, so that its good end stays the same.
    It turns at zero for values with a sign: a rise never gets the colours of a fall.
    """
    diverging = palette(drawing.palette).type == "diverging"
    reverse = diverging and indicator.direction == "down"
    if drawing.style == "symbols":
        classes = symbol_classes(pool or values, indicator.decimals)
    else:
        classes = classify(
            pool or values, drawing.scheme, drawing.classes, indicator.decimals, drawing.thresholds
        )
        if classes.one_each and any(not classes.holds(value) for value in values):
            # A class named by its one value must not take in another value.
            fitted = (drawing.scheme, drawing.classes, indicator.decimals, drawing.thresholds)
            classes = classify([*pool, *values], *fitted)
    if diverging and classes.midpoint is None and _is_signed(indicator, [*pool, *values]):
        classes = replace(classes, midpoint=0.0)
    hues = class_colours(drawing.palette, classes, reverse)
    if pool:
        own = [classes.index(value) for value in values]
        classes = replace(classes, counts=tuple(own.count(i) for i in range(len(classes))))
    shown = [round_to(value, indicator.decimals) for value in values]
    lowers = (min([classes.lower, *shown, *classes.breaks[:1]]), *classes.breaks[:-1])
    uppers = (*classes.breaks[:-1], max([*classes.breaks[-1:], *shown])) if classes.breaks else ()
    whole = [*pool, *values]
    ends = (min(whole), max(whole)) if whole else None
    rows = zip(lowers, uppers, hues, classes.counts, strict=False)
    return classes, tuple(
        LegendClass(lower, upper, classes.label(i, language, ends), hue, count)
        for i, (lower, upper, hue, count) in enumerate(rows)
    )


def _is_signed(indicator: Indicator, values: Sequence[float]) -> bool:
    """Whether zero parts the values: made to be drawn diverging, or some are negative."""
    return palette(indicator_palette(indicator)).type == "diverging" or any(
        value < 0 for value in values
    )


def symbol_sizes(
    values: Sequence[float], indicator: Indicator, language: Language
) -> tuple[SymbolSize, ...]:
    """The nested circles of the legend, largest first."""
    largest = max((abs(v) for v in values), default=0.0)
    shown = legend_values(values, indicator.decimals)
    digits = fewest_decimals(shown, indicator.decimals)
    return tuple(
        SymbolSize(v, format_number(v, digits, language), radius(v, largest)) for v in shown
    )


def missing_rows(
    kinds: Sequence[str], language: Language, recast: bool = False
) -> tuple[Missing, ...]:
    """The kinds of missing with how often each occurs in ``kinds``."""
    listed: tuple[MissingKind, ...] = MISSING_KINDS
    if recast:
        listed = (*MISSING_KINDS, "not_recoverable")
    return tuple(Missing(k, MISSING_NAMES[k][language], kinds.count(k)) for k in listed)


def style_notes(indicator: Indicator, style: str) -> tuple[Text, ...]:
    """What to say about a count's style: why symbols, or what shading it hides."""
    if indicator.kind != "count":
        return ()
    if style == "symbols":
        return (
            Text(
                "Số đếm được vẽ bằng ký hiệu tỷ lệ: diện tích hình tròn ứng với giá trị",
                "Counts are drawn as proportional symbols: the area of a circle is the value",
            ),
        )
    return (
        Text(
            "Số đếm tô nền màu: đơn vị rộng dễ trông như có nhiều; nên dùng ký hiệu tỷ lệ "
            "hoặc một tỷ lệ",
            "A count as shading: large units easily look like much; symbols or a rate show it "
            "better",
        ),
    )
