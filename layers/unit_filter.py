"""Units picked by where they lie and by conditions on several indicators, on paper and in files.

The browser picks in the same way (``static/js/filter``): a unit meets a condition by the figure
that the map of its indicator shows, and without one it does not.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.errors import InvalidInput, NotFound
from geodata.i18n import Language, Message
from geodata.model import Indicator
from geodata.period import parse_period
from geodata.store_cache import cached_per_store
from layers.formatting import format_value, plain_value
from layers.layer import Layer
from layers.layer_query import named_series
from layers.layer_summary import layer_summary
from layers.layer_view import LayerView, resolve_layer
from layers.legend import Legend, missing_counts
from layers.unit_views import UnitView

if TYPE_CHECKING:
    from geodata.store.interface import Store

MOST_CONDITIONS = 6
OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
_SIGNS = {"<=": "≤", ">=": "≥"}
# As static/js/filter/conditions.js reads them.
CONDITION = r"([\w.]+)(?:\[([^\]<>=;]*)\])?(<=|>=|<|>|=)([^<>=;]+)"
_CONDITION = re.compile(CONDITION)
_OTHERS = UnitView(None, None, None)
"""What a unit that was not picked shows: that it is there."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: a series, how it is compared, and with what.

    Parameters
    ----------
    value
        A number with a decimal point, or the code of a class.
    """

    indicator: str
    breakdown: str
    sign: str
    value: str


@dataclass(frozen=True, slots=True)
class UnitFilter:
    """The units that are asked for.

    Parameters
    ----------
    conditions
        All of them are to be met.
    within
        Id of the unit in which they lie; empty for anywhere.
    """

    conditions: tuple[Condition, ...] = ()
    within: str = ""

    def __bool__(self) -> bool:
        return bool(self.conditions or self.within)


def parse_conditions(text: str) -> tuple[Condition, ...]:
    """``poverty_rate>20;road_length=0`` as conditions.

    Raises
    ------
    InvalidInput
        A part is none, or there are too many.
    """
    parts = [part.strip() for part in text.split(";")] if text.strip() else []
    found = [_CONDITION.fullmatch(part) for part in parts]
    if len(parts) > MOST_CONDITIONS or not all(found):
        wrong = next((p for p, match in zip(parts, found, strict=True) if not match), text)
        raise InvalidInput(
            Message("This is no condition on a figure"),
            found=wrong,
            allowed=Message(
                "at most {most} conditions with semicolons between, as poverty_rate>20",
                most=MOST_CONDITIONS,
            ),
            remedy=Message("Correct the condition, or leave it out"),
            where="where",
        )
    return tuple(
        Condition(match[1], match[2] or "", match[3], match[4].strip()) for match in found if match
    )


def filtered_view(
    layer_view: LayerView, chosen: UnitFilter, store: Store, *, only: bool
) -> LayerView:
    """A map of the picked units, in the classes of all.

    Parameters
    ----------
    only
        Whether the others are left out, as in a table, or are there without a figure, as on a map.

    Raises
    ------
    InvalidInput, NotFound
        A condition names no indicator, or the unit to lie in does not exist.
    """
    if not chosen:
        return layer_view
    picked = picked_units(layer_view, chosen, store)
    language = layer_view.layer.language
    views = {unit: view for unit, view in layer_view.unit_views.items() if unit in picked}
    legend = _counted_again(layer_view, views, language)
    said = filter_sentence(chosen, len(picked), len(layer_view.units), store, language)
    legend = replace(legend, notes=(said, *legend.notes))
    units = {unit: each for unit, each in layer_view.units.items() if unit in picked}
    summary = layer_summary(
        layer_view.title, layer_view.indicator, legend, views, units, language=language
    )
    others = dict.fromkeys(layer_view.units, _OTHERS)
    return replace(
        layer_view,
        units=units if only else layer_view.units,
        unit_views=views if only else others | views,
        legend=legend,
        summary=f"{summary} {said}.",
        joint_values=tuple(j for j in layer_view.joint_values if {*j.units} <= picked),
    )


def picked_units(layer_view: LayerView, chosen: UnitFilter, store: Store) -> set[str]:
    """Ids of the units of a map that lie where they are to lie and meet every condition."""
    layer = layer_view.layer
    picked = set(layer_view.units)
    if chosen.within:
        try:
            store.unit(chosen.within)
        except NotFound as fault:
            fault.where = "within"
            raise
        inside = store.units(level=layer.level, date=layer.drawn_on, parent=chosen.within).items
        picked &= {unit.unit_id for unit in inside}
    for condition in chosen.conditions:
        judged = _map_of(condition, layer, store)
        picked = {unit for unit in picked if judged and _meets(judged, unit, condition)}
    return picked


def filter_sentence(
    chosen: UnitFilter, count: int, total: int, store: Store, language: Language
) -> str:
    """What was picked, and how many of the units of the map that are."""
    parts = [_condition_text(each, store, language) for each in chosen.conditions]
    if chosen.within:
        name = store.unit(chosen.within).full_name[language]
        parts.insert(0, Message("in {name}", name=name)[language])
    said = Message(
        "Only the units picked by: {conditions} ({n} of {total})",
        conditions="; ".join(parts),
        n=count,
        total=total,
    )
    return said[language]


def _series(condition: Condition, store: Store) -> Indicator:
    try:
        return named_series(
            {"indicator": condition.indicator, "breakdown": condition.breakdown}, store
        )
    except (InvalidInput, NotFound) as fault:
        fault.where = "where"
        raise


def _condition_text(condition: Condition, store: Store, language: Language) -> str:
    indicator = _series(condition, store)
    name = indicator.name[language]
    sign = _SIGNS.get(condition.sign, condition.sign)
    names = {each.id: each.name[language] for each in indicator.categories}
    if condition.value in names:
        return f"{name} {sign} {names[condition.value]}"
    number = _number(condition.value)
    shown = condition.value if number is None else format_value(number, indicator, language)
    return f"{name} {sign} {shown}"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _map_of(condition: Condition, layer: Layer, store: Store) -> LayerView | None:
    """The map of a condition's indicator that is nearest to the layer; None where it has none."""
    return _nearest_map(store, layer, _series(condition, store).id)


@cached_per_store(16)
def _nearest_map(store: Store, layer: Layer, series: str) -> LayerView | None:
    rows = [
        row
        for row in store.coverage(series)
        if (row.level, row.step_date) == (layer.level, layer.date)
    ]
    if not rows:
        return None
    best = max(
        rows,
        key=lambda row: (
            row.status_group == layer.status,
            row.period == layer.period,
            row.with_value / row.total if row.total else 0.0,
            parse_period(row.period).sort_key,
        ),
    )
    indicator = store.indicator(series)
    query = {
        "indicator": indicator.measured,
        "breakdown": indicator.dimensions,
        "period": best.period,
        "level": layer.level,
        "date": layer.date.isoformat(),
        "on": layer.on.isoformat() if layer.on else "",
        "status": best.status_group,
    }
    given = {name: value for name, value in query.items() if value}
    return resolve_layer(Layer.from_query(given, store), store)


def _meets(judged: LayerView, unit_id: str, condition: Condition) -> bool:
    view = judged.unit_views.get(unit_id)
    if view is None or view.value is None:
        return False
    own = plain_value(view.value, judged.indicator)
    if isinstance(own, str):
        return condition.sign == "=" and own == condition.value
    wanted = _number(condition.value)
    return wanted is not None and OPERATORS[condition.sign](own, wanted)


def _counted_again(
    layer_view: LayerView, views: Mapping[str, UnitView], language: Language
) -> Legend:
    """The legend of all units with the numbers of the picked ones."""
    legend = layer_view.legend
    classes = [view.class_index for view in views.values()]
    kinds = [view.missing for view in views.values() if view.missing]
    return replace(
        legend,
        classes=tuple(replace(row, count=classes.count(i)) for i, row in enumerate(legend.classes)),
        missing=missing_counts(kinds, language, layer_view.layer.on is not None),
        doubtful=sum(view.doubtful for view in views.values()),
        estimated=sum(view.status in ("estimate", "estimated") for view in views.values()),
        with_value=sum(view.value is not None for view in views.values()),
        total=len(views),
    )
