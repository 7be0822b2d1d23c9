"""Figures known of several units only together, as JSON."""

from __future__ import annotations

from collections.abc import Mapping

from geodata.i18n import Language
from geodata.model import Indicator, JointFigure, Unit
from geodata.period import parse_period
from geodata.recast.merged_zones import JointValue, stated_joint_value
from geodata.store import Store
from layers.formatting import format_value
from layers.joint_values import joint_value_names, joint_value_sentence
from layers.labels import STATUS_NAMES
from layers.layer_view import LayerView
from layers.recast_layer import RECAST_STATUS_NAMES, has_doubtful_input, weight_names
from portal.serializers.card_types import JointFigureDocument, JointValueDetail
from portal.serializers.entities import source_link, unit_link
from portal.serializers.recast_values import recast_document
from portal.serializers.values_types import JointValueDocument
from portal.urls import indicator_url


def joint_values_list(layer_view: LayerView) -> list[JointValueDocument]:
    """The groups of a map: their units, value, status and the ids of the sources."""
    language = layer_view.layer.language
    return [
        {
            "units": list(found.units),
            "name": joint_value_names(found, layer_view.units, language),
            "value": found.record.value,
            "text": format_value(found.record.value or 0.0, layer_view.indicator, language),
            "status": found.record.status,
            "status_label": RECAST_STATUS_NAMES[found.record.status][language],
            "weight_label": weight_names(found.record)[language],
            "doubtful": has_doubtful_input(found.record),
            "sentence": joint_value_sentence(
                found, layer_view.units, layer_view.indicator, language
            ),
            "sources": sorted(found.sources),
        }
        for found in layer_view.joint_values
    ]


def joint_value_document(
    store: Store, found: JointValue, indicator: Indicator, language: Language
) -> JointValueDetail:
    """One group with the figures its value came from."""
    units = joint_units(store, found)
    return {
        **recast_document(store, found.record, indicator, language),
        "units": [unit_link(unit, language) for unit in units.values()],
        "name": joint_value_names(found, units, language),
        "sentence": joint_value_sentence(found, units, indicator, language),
    }


def joint_figures_document(
    store: Store, unit_id: str, language: Language, theme: str = ""
) -> list[JointFigureDocument]:
    """What sources say of a unit and others together, in the order of the catalogue.

    Parameters
    ----------
    theme
        Only figures of this theme; of all where it is empty.
    """
    figures = store.joint_figures_of(unit_id)
    return [
        _joint_figure(store, figure, indicator, language)
        for indicator in store.indicators(theme or None, parts=True)
        for figure in figures
        if figure.indicator == indicator.id
    ]


def _joint_figure(
    store: Store, figure: JointFigure, indicator: Indicator, language: Language
) -> JointFigureDocument:
    found = stated_joint_value(figure)
    units = joint_units(store, found)
    return {
        "indicator": indicator.id,
        "name": indicator.name[language],
        "url": indicator_url(indicator.id, language),
        "units": [unit_link(unit, language) for unit in units.values()],
        "units_name": joint_value_names(found, units, language),
        "period": figure.period,
        "period_label": parse_period(figure.period).label(language),
        "value": figure.value,
        "text": format_value(figure.value, indicator, language),
        "status": figure.status,
        "status_label": STATUS_NAMES[figure.status][language],
        "quote": figure.quote,
        "note": figure.note[language],
        "source": source_link(store.source(figure.source_id), language),
    }


def joint_units(store: Store, found: JointValue) -> Mapping[str, Unit]:
    """The units of a group by id, in the order of the store: names in dictionary order."""
    first = store.unit(found.units[0])
    listed = store.units(level=first.level, date=first.valid_from).items
    return {unit.unit_id: unit for unit in listed if unit.unit_id in found.units}
