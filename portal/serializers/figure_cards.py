"""The figures of a map that few units have any for, one card each, beside those of units above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from geodata.i18n import Message
from geodata.model import STATUS_GROUPS, Observation, Unit
from geodata.period import parse_period
from geodata.precedence import observation_of_period
from geodata.store import Store
from layers.figure_quality import doubt_remark
from layers.layer import Layer
from portal.serializers.entities import source_link, unit_link
from portal.serializers.figure_cards_types import FigureCard, FigureCardsDocument
from portal.serializers.unit_card import plan_document, series_point
from portal.urls import query_text


def figure_cards(store: Store, layer: Layer) -> FigureCardsDocument:
    """What every unit that has a figure says, and what is known of the units above.

    A unit without a figure of the map's period shows its latest one of another, so that all who
    know anything are told. The map of a recast layer has its figures elsewhere and gives no cards.
    """
    units = store.units(level=layer.level, date=layer.drawn_on, with_shape=True).items
    cards = [] if layer.on else list(_cards(store, layer, units))
    # Python sorts stably: within both groups the units keep the order of the store, by name.
    cards.sort(key=lambda card: not card["on_map"])
    return {
        "sentence": _sentence(cards, len(units), layer),
        "cards": cards,
        "reference": list(_cards(store, layer, _units_above(store, layer, units))),
        "without": len(units) - len(cards),
    }


def _cards(store: Store, layer: Layer, units: Iterable[Unit]) -> Iterator[FigureCard]:
    for unit in units:
        series = store.series(unit.unit_id, layer.indicator)
        figure = observation_of_period(series, layer.period, layer.status)
        figure = figure or _latest(series, layer.status)
        if figure is not None:
            yield _card(store, layer, unit, figure, series)


def _latest(series: tuple[Observation, ...], status: str) -> Observation | None:
    """The latest figure of a group of statuses, an actual one before an estimate of its period."""
    order = STATUS_GROUPS[status]
    found = [one for one in series if one.status in order]
    return max(
        found,
        key=lambda one: (parse_period(one.period).sort_key, -order.index(one.status)),
        default=None,
    )


def _card(
    store: Store, layer: Layer, unit: Unit, figure: Observation, series: tuple[Observation, ...]
) -> FigureCard:
    indicator, language = store.indicator(layer.indicator), layer.language
    planned = layer.status == "actual"
    return {
        "unit": unit_link(unit, language),
        "figure": series_point(indicator, figure, language),
        "on_map": figure.period == layer.period and unit.level == layer.level,
        "query": query_text({**layer.to_query(), "level": unit.level, "period": figure.period}),
        "doubt": doubt_remark(figure, indicator, language),
        "plan": plan_document(indicator, figure, series, language) if planned else None,
        "series": [series_point(indicator, one, language) for one in series],
        "source": source_link(store.source(figure.source_id), language),
    }


def _units_above(store: Store, layer: Layer, units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units that hold all units of the map, the next one above first."""
    above: list[Unit] = []
    held = {unit.parent_id for unit in units} - {None}
    while held:
        found = [store.unit(unit_id) for unit_id in sorted(held, key=str) if unit_id]
        above.extend(found if len(found) == 1 else ())
        held = {unit.parent_id for unit in found} - {None}
    return tuple(above)


def _sentence(cards: list[FigureCard], total: int, layer: Layer) -> str:
    language = layer.language
    shown = sum(card["on_map"] for card in cards)
    period = parse_period(layer.period).label(language)
    said = Message(
        "{n} of {total} units have a figure for {period}", n=shown, total=total, period=period
    )
    others = len(cards) - shown
    if not others:
        return f"{said[language]}."
    more = Message.plural(
        "{n} more has one of another period", "{n} more have one of another period", others
    )
    return f"{said[language]}; {more[language]}."
