"""The figures of one day's units on the boundaries of another: which are drawn, and their words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.i18n import Formatted, Joined, Label, Language, Localised, Message, Verbatim
from geodata.model import Indicator
from geodata.recast.results import CategoryShare, RecastValue
from geodata.recast.service import ObservationQuery, recast_observations
from layers.formatting import format_percent
from layers.layer import Layer

if TYPE_CHECKING:
    from geodata.store.interface import Store

MIN_COVERAGE: dict[str, float] = {
    "count": 0.999,
    "ratio": 0.5,
    "extreme": 0.999,
    "category": 0.999,
}
"""A value that stands for less than this share of its unit is not drawn, by kind of indicator.

A sum, an extreme or a class of some parts is not that of the whole; a ratio of most of a unit comes
near it.
"""

SHOWN_RECAST_STATUSES = ("published", "summed", "exact_extreme", "unanimous", "estimated")
RECAST_STATUS_NAMES: dict[str, Message] = {
    "published": Message("As published"),
    "summed": Message("Summed from the former units"),
    "exact_extreme": Message("Exact, from the former units"),
    "unanimous": Message("The class of all former units"),
    "estimated": Message("Estimated by shares"),
    "mixed": Message("Mixed: former units of different classes"),
    "not_recoverable": Message("Not recoverable"),
    "no_data": Message("No data"),
}
WEIGHT_NAMES: dict[str, Message] = {
    "population": Message("population"),
    "households": Message("households"),
    "area": Message("area"),
}
INPUT_ROLE_NAMES: dict[str, Message] = {
    "value": Message("value", context="role of a figure"),
    "numerator": Message("numerator"),
    "denominator": Message("denominator"),
}


def layer_figures(layer: Layer, period: str = "") -> ObservationQuery:
    """Whose figures a layer shows; of another ``period`` where one is given."""
    return ObservationQuery(
        layer.indicator, period or layer.period, layer.level, layer.date, layer.status
    )


def recast_layer_values(layer: Layer, store: Store, period: str = "") -> dict[str, RecastValue]:
    """A layer's figures recast on the units of ``layer.on``, by unit id.

    What covers less than `MIN_COVERAGE` of its unit, or an unknown part of it, is turned into
    ``not_recoverable`` with the reason; a published figure is always drawn.
    """
    found = recast_observations(store, layer_figures(layer, period), layer.drawn_on).records
    least = MIN_COVERAGE[store.indicator(layer.indicator).kind]
    return {unit: _drawable(record, least) for unit, record in found.items()}


def _drawable(record: RecastValue, needed: float) -> RecastValue:
    enough = record.coverage is not None and record.coverage >= needed
    if record.value is None or record.status == "published" or enough:
        return record
    return replace(
        record,
        value=None,
        low=None,
        high=None,
        status="not_recoverable",
        reason=record.reason if record.left_out else _too_little(record.coverage, needed),
    )


def _too_little(coverage: float | None, needed: float) -> Localised:
    if coverage is None:
        return Message("It is not known how much of the unit the figures stand for")
    return Message(
        "The figures stand for {share} of the unit, less than {least}",
        share=Formatted(format_percent, 100 * coverage, decimals=0),
        least=Formatted(format_percent, 100 * needed, decimals=0),
    )


def overlay_note(layer: Layer, store: Store) -> Localised | None:
    """The note on figures recast by geometric overlay, where no legal table links the units.

    The quality of both sets of boundaries is named, for the figures are no better than they are.
    """
    if layer.on is None:
        return None
    found = recast_observations(store, layer_figures(layer), layer.drawn_on)
    if found.crosswalk.overlay is None or not any(
        record.status == "estimated" for record in found.records.values()
    ):
        return None
    old, new = (_boundary_qualities(store, layer, day) for day in (layer.date, layer.drawn_on))
    return Message(
        "No legal table links the units of the two days: figures were split by the land that their "
        "boundaries share, so they are estimates. Units of the figures: {old}; of the map: {new}",
        old=old,
        new=new,
    )


def _boundary_qualities(store: Store, layer: Layer, day: dt.date) -> Localised:
    units = store.units(level=layer.level, date=day, with_shape=True).items
    return Joined(", ", (Label(f"unit.{q}") for q in sorted({u.boundary_quality for u in units})))


def has_doubtful_input(record: RecastValue) -> bool:
    """Whether something speaks against one of the figures a value came from."""
    return any(part.observation.doubt for part in record.contributions)


def weight_names(record: RecastValue) -> Localised:
    """The weights by which units were divided, in words; empty when none was."""
    weights = (w for w in record.weight.split("+") if w)
    return Joined(", ", (WEIGHT_NAMES.get(w) or Verbatim(w) for w in weights))


def recast_remark(record: RecastValue | None, indicator: Indicator, language: Language) -> str:
    """Why a recast value is missing or not whole; of a mixed unit the share of each class."""
    if record is None:
        return ""
    said = record.reason[language]
    if record.status != "mixed":
        return said
    shares = "; ".join(_share_text(each, indicator, language) for each in record.composition)
    return f"{said}: {shares}"


def _share_text(share: CategoryShare, indicator: Indicator, language: Language) -> str:
    names = {each.id: each.name for each in indicator.categories}
    parts = [Message.plural("{n} former unit", "{n} former units", share.units)[language]]
    if share.area is not None:
        area = format_percent(100 * share.area, language)
        parts.append(Message("{share} of the area", share=area)[language])
    if share.people is not None:
        people = format_percent(100 * share.people, language)
        parts.append(Message("{share} of the people", share=people)[language])
    name = names.get(share.category, RECAST_STATUS_NAMES["no_data"])
    return f"{name[language]} ({', '.join(parts)})"
