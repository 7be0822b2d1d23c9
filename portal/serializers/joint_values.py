"""Figures known of several units only together, as JSON."""

from __future__ import annotations

from collections.abc import Mapping

from geodata.i18n import Language
from geodata.model import Indicator, Unit
from geodata.recast.merged_zones import JointValue
from geodata.store import Store
from layers.formatting import format_value
from layers.joint_values import joint_value_names, joint_value_sentence
from layers.layer_view import LayerView
from layers.recast_layer import RECAST_STATUS_NAMES, has_doubtful_input, weight_names
from portal.serializers.card_types import JointValueDetail
from portal.serializers.entities import unit_link
from portal.serializers.recast_values import recast_document
from portal.serializers.values_types import JointValueDocument


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


def joint_units(store: Store, found: JointValue) -> Mapping[str, Unit]:
    """The units of a group by id, in the order of the store: names in dictionary order."""
    first = store.unit(found.units[0])
    listed = store.units(level=first.level, date=first.valid_from).items
    return {unit.unit_id: unit for unit in listed if unit.unit_id in found.units}
