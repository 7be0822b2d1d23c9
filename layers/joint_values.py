"""Figures known of several units only together, in words: for notes, cards, tables and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from geodata.i18n import Language, Message, locale_of
from geodata.model import STATUS_GROUPS, Indicator, Unit
from geodata.recast.merged_zones import JointValue, stated_joint_value
from geodata.recast.service import recast_observations
from layers.formatting import format_value
from layers.layer import Layer
from layers.recast_layer import RECAST_STATUS_NAMES, layer_figures, weight_names

if TYPE_CHECKING:
    from geodata.store.interface import Store

MAX_NOTES = 3
"""Groups named in the notes of a map; the rest are counted, and named in its table."""


def joint_values_of(layer: Layer, store: Store) -> tuple[JointValue, ...]:
    """Values that units have only jointly: as sources state them, or recast on ``layer.on``."""
    if layer.on is None:
        stated = store.joint_figures(layer.indicator, layer.period)
        fitting = [one for one in stated if one.status in STATUS_GROUPS[layer.status]]
        return tuple(map(stated_joint_value, fitting))
    return recast_observations(store, layer_figures(layer), layer.drawn_on).joint_values


def joint_value_names(found: JointValue, units: Mapping[str, Unit], language: Language) -> str:
    """``Phường Quyết Thắng và xã Sùng Phài``, in the order of ``units``."""
    members = [unit for unit_id, unit in units.items() if unit_id in found.units]
    return join_names(members, language)


def join_names(members: Sequence[Unit], language: Language) -> str:
    """Full names of two units or more as one phrase, the first with a capital."""
    names = [unit.full_name[language] for unit in members]
    if locale_of(language).lower_case_ranks:
        names = [names[0], *(name[:1].lower() + name[1:] for name in names[1:])]
    joint = Message(" and ")[language]
    return joint.join((", ".join(names[:-1]), names[-1]))


def joint_value_sentence(
    found: JointValue, units: Mapping[str, Unit], indicator: Indicator, language: Language
) -> str:
    """The units, their value, how sure it is where it is not exact, and that nothing divides it."""
    names, record = joint_value_names(found, units, language), found.record
    value = format_value(record.value or 0.0, indicator, language)
    if record.status == "estimated":
        how = RECAST_STATUS_NAMES["estimated"][language].lower()
        weight = weight_names(record)[language]
        value += f" ({how}: {weight})" if weight else f" ({how})"
    said = Message("{names} together: {value}; no document divides it", names=names, value=value)
    return said[language]


def joint_value_notes(
    found: Sequence[JointValue], units: Mapping[str, Unit], indicator: Indicator, language: Language
) -> tuple[str, ...]:
    """The sentences for below a map, the first `MAX_NOTES` of them and how many more there are."""
    shown = [joint_value_sentence(each, units, indicator, language) for each in found[:MAX_NOTES]]
    rest = len(found) - len(shown)
    more = Message(
        "{rest} more groups of units have figures only together, see the table", rest=rest
    )
    return (*shown, more[language]) if rest else tuple(shown)
