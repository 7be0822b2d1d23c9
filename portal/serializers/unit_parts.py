"""The parts of an indicator that is broken down by code lists, for one unit and period."""

from __future__ import annotations

from geodata.i18n import Language
from geodata.model import Indicator, Observation
from geodata.precedence import observation_of_period
from geodata.store import Store
from layers.formatting import format_value, plain_value
from layers.labels import STATUS_NAMES
from layers.layer import Layer
from portal.serializers.card_types import CardPart, CardPartGroup, CardParts
from portal.serializers.dimensions import part_names, total_name
from portal.urls import query_text, series_query

_KEPT = ("period", "level", "date", "status", "lang")
"""What of the map's address holds for the map of a part, too: classes and colours are its own."""


def parts_document(store: Store, unit_id: str, layer: Layer) -> CardParts | None:
    """The total of the layer's indicator with its parts, as they are published for the unit.

    None where the unit has no part of the layer's period and status, and on a map of recast
    figures: their parts are recast one by one, on maps of their own.
    """
    shown = store.indicator(layer.indicator)
    whole = store.indicator(shown.whole or shown.id)
    parts = store.parts(whole.id)
    if not parts or layer.on:
        return None
    known = {one.indicator for one in store.observations(unit=unit_id, period=layer.period).items}

    def part(series: Indicator, label: str) -> CardPart | None:
        figures = store.series(unit_id, series.id) if series.id in known else ()
        figure = observation_of_period(figures, layer.period, layer.status)
        return _part(series, figure, label, layer) if figure else None

    groups: dict[str, list[CardPart]] = {}
    for each in parts:
        by, label = part_names(store, each, layer.language)
        if found := part(each, label):
            groups.setdefault(by, []).append(found)
    if not groups:
        return None
    listed: list[CardPartGroup] = [{"name": by, "items": found} for by, found in groups.items()]
    return {
        "count": sum(len(found) for found in groups.values()),
        "total": part(whole, total_name(store, parts, layer.language)),
        "groups": listed,
    }


def _part(series: Indicator, figure: Observation, label: str, layer: Layer) -> CardPart:
    language: Language = layer.language
    query = {name: text for name, text in layer.to_query().items() if name in _KEPT}
    return {
        "breakdown": series.dimensions,
        "label": label,
        "value": plain_value(figure.value, series),
        "text": format_value(figure.value, series, language),
        "status": figure.status,
        "status_label": STATUS_NAMES[figure.status][language],
        "doubtful": bool(figure.doubt),
        "impossible": figure.impossible,
        "query": query_text({**series_query(series.id), **query}),
        "shown": series.id == layer.indicator,
    }
