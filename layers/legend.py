"""The legend: classes with their counts, symbol sizes, and why values are missing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from geodata.i18n import Language, Localised, Message
from geodata.model import Indicator
from layers.classification import Classes, classify
from layers.formatting import fewest_decimals, format_number, round_half_up
from layers.labels import MISSING_KIND_NAMES
from layers.layer_query import Symbology
from layers.palette_choice import indicator_palette
from layers.palettes import class_colours, get_palette
from layers.proportional_symbols import legend_symbol_values, symbol_radius

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
    """One circle of the legend; ``symbol_radius`` in CSS pixels."""

    value: float
    label: str
    radius: float


@dataclass(frozen=True, slots=True)
class MissingCount:
    """How many units lack a value for one reason."""

    kind: MissingKind
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Legend:
    """Everything the legend of a map says.

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
    missing: tuple[MissingCount, ...]
    doubtful: int
    estimated: int
    with_value: int
    total: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassificationDomain:
    """The values of all maps that share a legend.

    Parameters
    ----------
    displayed
        Every value on any of them; `shared_pool` makes it.
    classified
        Those that make the classes: the ones nothing speaks against, or all where there are none.
    """

    displayed: tuple[float, ...]
    classified: tuple[float, ...]

    @property
    def excludes_values(self) -> bool:
        """Whether some values are drawn that do not make the classes."""
        return len(self.classified) < len(self.displayed)

    def ends(self) -> tuple[float | None, float | None]:
        """Lowest and highest value; None where only a doubtful one reaches so far."""
        if not self.displayed:
            return None, None
        low, high = min(self.classified), max(self.classified)
        return (
            low if low <= min(self.displayed) else None,
            high if high >= max(self.displayed) else None,
        )


def symbol_classes(values: Sequence[float], decimals: int) -> Classes:
    """One class of circles, or two when there are values on both sides of zero."""
    shown = [round_half_up(v, decimals) for v in values]
    if not shown:
        return Classes(math.nan, (), (), decimals)
    low, high = min(shown), max(shown)
    if low < 0 < high:
        below = sum(v <= 0 for v in shown)
        return Classes(low, (0.0, high), (below, len(shown) - below), decimals, midpoint=0.0)
    return Classes(low, (high,), (len(shown),), decimals, single_valued=low == high)


def symbolise(
    values: Sequence[float],
    drawing: Symbology,
    indicator: Indicator,
    language: Language,
    domain: ClassificationDomain | None = None,
) -> tuple[Classes, tuple[LegendClass, ...]]:
    """Class the values and give each class its label and colour.

    The breaks are those of the ``domain`` the map belongs to (by default its values alone), so that
    maps of one domain have the same classes; only the counts are the map's own. An outer class that
    a doubtful value stretches is left open: its end would pass for a figure.

    A diverging palette is turned round where less is better, so that its good end stays the same.
    It turns at zero for values with a sign: a rise never gets the colours of a fall.
    """
    diverging = get_palette(drawing.palette).type == "diverging"
    reverse = diverging and indicator.direction == "down"
    domain = domain or ClassificationDomain(tuple(values), tuple(values))
    if drawing.style == "symbols":
        classes = symbol_classes(domain.displayed, indicator.decimals)
    else:
        classes = _classes(domain, drawing, indicator.decimals)
    if diverging and classes.midpoint is None and _is_signed(indicator, domain.displayed):
        classes = replace(classes, midpoint=0.0)
    hues = class_colours(drawing.palette, classes, reverse)
    own = Counter(classes.index(value) for value in values)
    classes = replace(classes, counts=tuple(own[i] for i in range(len(classes))))
    shown = [round_half_up(value, indicator.decimals) for value in domain.displayed]
    lowers = (min([classes.lower, *shown, *classes.breaks[:1]]), *classes.breaks[:-1])
    uppers = (*classes.breaks[:-1], max([*classes.breaks[-1:], *shown])) if classes.breaks else ()
    ends = (min(domain.displayed), max(domain.displayed)) if len(classes) == 1 else domain.ends()
    rows = zip(lowers, uppers, hues, classes.counts, strict=False)
    return classes, tuple(
        LegendClass(lower, upper, classes.label(i, language, ends), hue, count)
        for i, (lower, upper, hue, count) in enumerate(rows)
    )


def _classes(domain: ClassificationDomain, drawing: Symbology, decimals: int) -> Classes:
    fitted = (drawing.scheme, drawing.classes, decimals, drawing.thresholds)
    classes = classify(domain.classified, *fitted)
    if classes.single_valued and any(not classes.contains(value) for value in domain.displayed):
        # A class named by its one value must not take in another value.
        return classify(domain.displayed, *fitted)
    return classes


def _is_signed(indicator: Indicator, values: Sequence[float]) -> bool:
    """Whether zero parts the values: made to be drawn diverging, or some are negative."""
    return get_palette(indicator_palette(indicator)).type == "diverging" or any(
        value < 0 for value in values
    )


def legend_symbol_sizes(
    values: Sequence[float], indicator: Indicator, language: Language
) -> tuple[SymbolSize, ...]:
    """The nested circles of the legend, largest first."""
    largest = max((abs(v) for v in values), default=0.0)
    shown = legend_symbol_values(values, indicator.decimals)
    digits = fewest_decimals(shown, indicator.decimals)
    return tuple(
        SymbolSize(v, format_number(v, digits, language), symbol_radius(v, largest)) for v in shown
    )


def missing_counts(
    kinds: Sequence[str], language: Language, recast: bool = False
) -> tuple[MissingCount, ...]:
    """The kinds of missing with how often each occurs in ``kinds``."""
    listed: tuple[MissingKind, ...] = MISSING_KINDS
    if recast:
        listed = (*MISSING_KINDS, "not_recoverable")
    return tuple(MissingCount(k, MISSING_KIND_NAMES[k][language], kinds.count(k)) for k in listed)


def count_style_notes(indicator: Indicator, style: str) -> tuple[Localised, ...]:
    """What to say about a count's style: why symbols, or what shading it hides."""
    if indicator.kind != "count":
        return ()
    if style == "symbols":
        return (
            Message("Counts are drawn as proportional symbols: the area of a circle is the value"),
        )
    return (
        Message(
            "A count as shading: large units easily look like much; symbols or a rate "
            "show it better"
        ),
    )
