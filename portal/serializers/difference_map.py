"""The difference map of a comparison as the API gives it."""

from __future__ import annotations

from geodata.i18n import Language
from geodata.model import Indicator
from geodata.store import Store
from layers.comparison import ChangeMeasure, Comparison
from layers.difference import (
    default_component,
    difference_text,
    difference_view,
    measure_unit,
    percent_text,
)
from portal.serializers.comparison_types import Difference
from portal.serializers.values import cell, legend_document


def difference_document(store: Store, comparison: Comparison, measure: ChangeMeasure) -> Difference:
    """The difference map.

    Real change on the units of the right side where it is known, else what redrawing alone did on
    those of the left.
    """
    part = default_component(comparison)
    layer_view = difference_view(store, comparison, measure, part)
    indicator, language = comparison.left.indicator, layer_view.layer.language
    unit = measure_unit(indicator, measure)
    return {
        "part": part,
        "boundaries": {
            "level": layer_view.layer.level,
            "date": layer_view.layer.drawn_on.isoformat(),
        },
        "title": layer_view.title,
        "subtitle": layer_view.subtitle,
        "summary": layer_view.summary,
        "decimals": layer_view.indicator.decimals,
        "measure_unit": {"symbol": unit.symbol[language], "space": unit.space},
        "units": {
            unit_id: cell(unit_view, layer_view.indicator)
            for unit_id, unit_view in layer_view.unit_views.items()
        },
        "texts": {
            unit_id: _text(unit_view.value, indicator, measure, language)
            for unit_id, unit_view in layer_view.unit_views.items()
            if unit_view.value is not None
        },
        "legend": legend_document(layer_view.legend),
    }


def _text(value: float, indicator: Indicator, measure: ChangeMeasure, language: Language) -> str:
    if measure == "relative":
        return percent_text(value, language)
    return difference_text(value, indicator, language)
