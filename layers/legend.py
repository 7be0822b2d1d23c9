"""The legend: classes with their counts, symbol sizes, and why values are missing."""

from __future__ import annotations

import math
from collections import Counter
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


@dataclass(frozen=True, slots=True)
class Pool:
    """The values of all maps that share a legend.

    Parameters
    ----------
    drawn
        Every value on any of them; `shared_pool` makes it.
    sound
        Those that make the classes: the ones nothing speaks against, or all where there are none.
    """

    drawn: tuple[float, ...]
    sound: tuple[float, ...]

    @property
    def leaves_out(self) -> bool:
        """Whether some values are drawn that do not make the classes."""
        return len(self.sound) < len(self.drawn)

    def ends(self) -> tuple[float | None, float | None]:
        """Lowest and highest value; None where only a doubtful one reaches so far."""
        if not self.drawn:
            return None, None
        low, high = min(self.sound), max(self.sound)
        return (
            low if low <= min(self.drawn) else None,
            high if high >= max(self.drawn) else None,
        )


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
    pool: Pool | None = None,
) -> tuple[Classes, tuple[LegendClass, ...]]:
    """Class the values and give each class its label and colour.

    The breaks are those of the ``pool`` the map belongs to (by default its values alone), so that
    maps of one pool have the same classes; only the counts are the map's own. An outer class that
    a doubtful value stretches is left open: its end would pass for a figure.

    A diverging palette is turned round where less is better, so that its good end stays the same.
    It turns at zero for values with a sign: a rise never gets the colours of a fall.
    """
    diverging = palette(drawing.palette).type == "diverging"
    reverse = diverging and indicator.direction == "down"
    pool = pool or Pool(tuple(values), tuple(values))
    if drawing.style == "symbols":
        classes = symbol_classes(pool.drawn, indicator.decimals)
    else:
        classes = _classes(pool, drawing, indicator.decimals)
    if diverging and classes.midpoint is None and _is_signed(indicator, pool.drawn):
        classes = replace(classes, midpoint=0.0)
    hues = class_colours(drawing.palette, classes, reverse)
    own = Counter(classes.index(value) for value in values)
    classes = replace(classes, counts=tuple(own[i] for i in range(len(classes))))
    shown = [round_to(value, indicator.decimals) for value in pool.drawn]
    lowers = (min([classes.lower, *shown, *classes.breaks[:1]]), *classes.breaks[:-1])
    uppers = (*classes.breaks[:-1], max([*classes.breaks[-1:], *shown])) if classes.breaks else ()
    ends = (min(pool.drawn), max(pool.drawn)) if len(classes) == 1 else pool.ends()
    rows = zip(lowers, uppers, hues, classes.counts, strict=False)
    return classes, tuple(
        LegendClass(lower, upper, classes.label(i, language, ends), hue, count)
        for i, (lower, upper, hue, count) in enumerate(rows)
    )


def _classes(pool: Pool, drawing: Drawing, decimals: int) -> Classes:
    fitted = (drawing.scheme, drawing.classes, decimals, drawing.thresholds)
    classes = classify(pool.sound, *fitted)
    if classes.one_each and any(not classes.holds(value) for value in pool.drawn):
        # A class named by its one value must not take in another value.
        return classify(pool.drawn, *fitted)
    return classes


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
