"""The difference map of a comparison: one value per unit, in classes centred on zero."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from geodata.i18n import Language, Message, Text, Verbatim
from geodata.model import Indicator, MeasureUnit, Unit
from geodata.period import parse_period
from layers.classification import Classes, finite_values
from layers.comparison import Change, ChangeMeasure, Comparison, difference_decimals
from layers.formatting import (
    floor_to_round_number,
    format_number,
    format_percent,
    round_half_up,
    with_unit,
)
from layers.layer_view import LayerView, boundary_version_name
from layers.legend import Legend, LegendClass, missing_counts
from layers.palette_choice import difference_palette
from layers.palettes import class_colours
from layers.styles.choropleth import Choropleth
from layers.unit_views import UnitView, ValueDifference

if TYPE_CHECKING:
    from geodata.store.interface import Store

ChangeComponent = Literal["redrawing", "real", "whole"]
"""The component of a difference that is shown; see `layers.comparison`."""

PERCENTAGE_POINTS = MeasureUnit(
    "point", Text.of(Message("points")), Text.of(Message("points")), space=True
)
_PER_CENT = MeasureUnit(
    "percent", Text.of(Verbatim("%")), Text.of(Message("per cent")), space=False
)
COMPONENT_NAMES: dict[ChangeComponent, Message] = {
    "redrawing": Message("Only due to redrawn lines"),
    "real": Message("Real change on the same units"),
    "whole": Message("Redrawn lines and real change together"),
}
_TITLES: dict[ChangeComponent, Message] = {
    "redrawing": Message("{name}, {period}: difference due to redrawn lines ({unit})"),
    "real": Message("Change of {name}, {period} – {period2} ({unit})"),
    "whole": Message(
        "{name} of the unit a place lies in: difference, {period} – {period2} ({unit})"
    ),
}
_COUNTED = Message("{n} of {total} units")
_MOST = Message("largest rise {unit} {value}")
_LEAST = Message("largest fall {unit} {value}")


def default_component(comparison: Comparison) -> ChangeComponent:
    """The part a comparison shows unless asked otherwise: the real change where it is known."""
    return (
        "real" if any(c.difference is not None for c in comparison.real.values()) else "redrawing"
    )


def difference_view(
    store: Store, comparison: Comparison, measure: ChangeMeasure, component: ChangeComponent
) -> LayerView:
    """A difference as a layer.

    Real change is drawn on the units of the right side; the other parts on those of the left.

    Returns
    -------
    LayerView
        Its indicator has the unit of measure and the decimals of the difference.
    """
    changes = component_changes(comparison, component)
    side = comparison.right if component == "real" else comparison.left
    layer, indicator = replace(side.layer, title=""), comparison.left.indicator
    decimals = difference_decimals(indicator, measure)
    values = {unit: change.shown(measure) for unit, change in changes.items()}
    classes = diverging_classes(list(values.values()), decimals)
    unit_views = {
        unit: _difference_view(comparison, unit, component, values[unit], classes)
        if unit in changes
        else UnitView(None, None, "not_recoverable")
        for unit in side.units
    }
    legend = _legend(unit_views, classes, indicator, layer.language)
    title = comparison.left.layer.title or _title(comparison, measure, component)
    measured = replace(
        indicator, measure_unit=measure_unit(indicator, measure), decimals=decimals, kind="ratio"
    )
    lines = boundary_version_name(store, layer.drawn_on, layer.language)
    return LayerView(
        layer=layer,
        indicator=measured,
        units=side.units,
        unit_views=unit_views,
        legend=legend,
        title=title,
        subtitle=f"{COMPONENT_NAMES[component][layer.language]} · {lines}",
        summary=_summary(title, legend, unit_views, side.units, measured, language=layer.language),
    )


def diverging_classes(values: Sequence[float | None], decimals: int) -> Classes:
    """Five classes whose breaks are ±a and ±b, round numbers.

    A third of the changes that are not zero lie within ±a, and three quarters within ±b, before
    rounding; the outer classes stay even where one side is empty, so that zero stays in the middle.
    """
    shown = [round_half_up(value, decimals) for value in finite_values(values)]
    sizes = sorted(abs(value) for value in shown if value)
    if not sizes:
        count = (len(shown),) if shown else ()
        return Classes(0.0, (0.0,) * len(count), count, decimals, single_valued=True, midpoint=0.0)
    wanted = {sizes[(len(sizes) - 1) // 3], sizes[(3 * (len(sizes) - 1)) // 4]}
    ends = sorted({round_half_up(floor_to_round_number(size), decimals) for size in wanted})
    step = 10.0**-decimals
    top = max(*shown, ends[-1] + step)
    breaks = (*(-end for end in reversed(ends)), *ends, top)
    counts = [0] * len(breaks)
    for value in shown:
        counts[bisect_left(breaks, value)] += 1
    low = min(*shown, -ends[-1] - step)
    return Classes(low, breaks, tuple(counts), decimals, open_ended=True, midpoint=0.0)


def diverging_legend_classes(
    classes: Classes, indicator: Indicator, language: Language
) -> tuple[LegendClass, ...]:
    """The classes with their labels and colours."""
    name = difference_palette(indicator.direction)
    hues = class_colours(name, classes, reverse=indicator.direction == "down")
    lowers = (classes.lower, *classes.breaks[:-1])
    rows = zip(lowers, classes.breaks, hues, classes.counts, strict=False)
    return tuple(
        LegendClass(lower, upper, classes.label(i, language), hue, count)
        for i, (lower, upper, hue, count) in enumerate(rows)
    )


def component_changes(comparison: Comparison, component: ChangeComponent) -> Mapping[str, Change]:
    """The changes of a part by unit: on the right for the real one, else on the left."""
    if component == "real":
        return comparison.real
    return comparison.redrawing if component == "redrawing" else comparison.whole


def measure_unit(indicator: Indicator, measure: ChangeMeasure) -> MeasureUnit:
    """Unit of measure of a difference; percentage points for shares."""
    if measure == "relative":
        return _PER_CENT
    unit = indicator.measure_unit
    return PERCENTAGE_POINTS if unit.symbol.en == "%" else unit


def difference_text(value: float, indicator: Indicator, language: Language) -> str:
    """A difference in the unit of measure with its sign; of shares in percentage points."""
    shown = _signed(value) + format_number(value, indicator.decimals, language)
    return with_unit(shown, measure_unit(indicator, "absolute"), language)


def percent_text(value: float, language: Language) -> str:
    """A difference in per cent with its sign."""
    return _signed(value) + format_percent(value, language)


def _signed(value: float) -> str:
    return "+" if value > 0 else ""


def _difference_view(
    comparison: Comparison,
    unit: str,
    component: ChangeComponent,
    value: float | None,
    classes: Classes,
) -> UnitView:
    change = component_changes(comparison, component)[unit]
    before, after = _compared_views(comparison, unit, component)
    if value is not None:
        figures = (*before.figures, *(after.figures if after else ()))
        shown = ValueDifference(value, change.status, change.doubtful, figures)
        return UnitView(None, classes.index(value), None, difference=shown)
    if change.difference is not None:
        return UnitView(None, None, "not_recoverable")
    kinds = [
        unit_view.missing
        for unit_view in (before, after)
        if unit_view is not None and unit_view.missing
    ]
    if "impossible" in kinds:
        return UnitView(None, None, "impossible")
    return UnitView(None, None, kinds[0] if kinds else "not_recoverable")


def _compared_views(
    comparison: Comparison, unit: str, component: ChangeComponent
) -> tuple[UnitView, UnitView | None]:
    """The unit views between which a change lies."""
    if component == "real":
        return comparison.base.unit_views[unit], comparison.right.unit_views[unit]
    later = comparison.base if component == "redrawing" else comparison.right
    successor = comparison.successors.get(unit)
    return comparison.left.unit_views[unit], later.unit_views.get(
        successor.unit_id
    ) if successor else None


def _legend(
    unit_views: Mapping[str, UnitView], classes: Classes, indicator: Indicator, language: Language
) -> Legend:
    having = [unit_view for unit_view in unit_views.values() if unit_view.missing is None]
    kinds = [unit_view.missing for unit_view in unit_views.values() if unit_view.missing]
    return Legend(
        style=Choropleth.id,
        classes=diverging_legend_classes(classes, indicator, language),
        symbols=(),
        missing=missing_counts(kinds, language, recast=True),
        doubtful=sum(unit_view.doubtful for unit_view in having),
        estimated=sum(unit_view.status in ("estimate", "estimated") for unit_view in having),
        with_value=len(having),
        total=len(unit_views),
        notes=(),
    )


def _title(comparison: Comparison, measure: ChangeMeasure, component: ChangeComponent) -> str:
    layer, indicator = comparison.left.layer, comparison.left.indicator
    language = layer.language
    name = indicator.name[language]
    leads = _TITLES[component][language].startswith("{name}")
    inside = name if leads or name[:2].isupper() else name[:1].lower() + name[1:]
    return _TITLES[component][language].format(
        name=inside,
        period=parse_period(layer.period).label(language),
        period2=parse_period(comparison.period2 or layer.period).label(language),
        unit=measure_unit(indicator, measure).symbol[language],
    )


def _summary(
    title: str,
    legend: Legend,
    unit_views: Mapping[str, UnitView],
    units: Mapping[str, Unit],
    indicator: Indicator,
    *,
    language: Language,
) -> str:
    counted = _COUNTED[language].format(n=legend.with_value, total=legend.total)
    parts = [counted, *(f"{row.label}: {row.count}" for row in legend.classes if row.count)]
    sound = [
        (unit_view.value, units[unit].full_name[language])
        for unit, unit_view in unit_views.items()
        if unit_view.value is not None and not unit_view.doubtful
    ]
    for words, (value, name) in ((_MOST, max(sound)), (_LEAST, min(sound))) if sound else ():
        if (value > 0) == (words is _MOST) and value:
            number = _signed(value) + format_number(value, indicator.decimals, language)
            shown = with_unit(number, indicator.measure_unit, language)
            parts.append(words[language].format(unit=name, value=shown))
    return f"{title}: " + "; ".join(parts) + "."
