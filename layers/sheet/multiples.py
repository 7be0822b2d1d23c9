"""Sheets of small multiples: one map for each period or indicator, in the same classes.

Equal things look equal on all maps (Tufte 1990, Envisioning Information, ch. 4): indicators of one
unit of measure share classes and key; others cannot, and each has its own with as many classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.model import Indicator
from geodata.period import parse_period
from geodata.text import Language
from layers.comparison import together
from layers.drawn import DrawnLayer, draw, shared_pool
from layers.layer import Layer
from layers.query import default_drawing
from layers.sheet import words
from layers.sheet.subject import Key, Map, Subject, alt_part, own_key, page

if TYPE_CHECKING:
    from geodata.store.interface import Store

MOST_MAPS = 12


def periods_of(layer: Layer, store: Store) -> tuple[str, ...]:
    """The periods for which a layer's units have figures, oldest first, the last `MOST_MAPS`."""
    found = {
        row.period
        for row in store.coverage(layer.indicator)
        if (row.level, row.step_date, row.status_group) == (layer.level, layer.date, layer.status)
        and row.with_value
    }
    return in_order(found)[-MOST_MAPS:]


def in_order(periods: set[str]) -> tuple[str, ...]:
    """Periods by their end, then by their beginning."""
    return tuple(sorted(periods, key=lambda period: parse_period(period).sort_key))


def by_period(layer: Layer, periods: Sequence[str], store: Store) -> Subject:
    """A map for each period, all in one set of classes."""
    plain = replace(layer, title="")
    drawn = _pooled([replace(plain, period=period) for period in periods], store)
    language = layer.language
    labels = [parse_period(period).label(language) for period in periods]
    indicator = drawn[0].indicator
    symbol = indicator.measure_unit.symbol[language]
    title = f"{indicator.name[language]}, {labels[0]} – {labels[-1]}"
    maps = tuple(_map(each, label) for each, label in zip(drawn, labels, strict=True))
    return _subject(layer, maps, layer.title or (f"{title} ({symbol})" if symbol else title))


def by_indicator(layer: Layer, indicators: Sequence[str], store: Store) -> Subject:
    """A map for each indicator, in the layer's period."""
    entries = [store.indicator(name) for name in indicators]
    wanted = [_other(layer, entry, store) for entry in entries]
    same = len({entry.measure_unit.id for entry in entries}) == 1
    if same:
        drawn = _pooled([_like(layer, each) for each in wanted], store)
    else:
        drawn = [draw(each, store) for each in wanted]
    language = layer.language
    themes = {entry.theme for entry in entries}
    theme = next((t.name[language] for t in store.themes() if {t.id} == themes), "")
    counted = words.INDICATORS[language].format(n=len(entries))
    title = f"{theme}: {counted}" if theme else counted
    periods = {each.period for each in wanted}
    if len(periods) == 1:
        title += f", {parse_period(wanted[0].period).label(language)}"
    maps = tuple(
        _map(each, each.indicator.name[language], dated=len(periods) > 1) for each in drawn
    )
    return _subject(layer, maps, layer.title or title, shared=same)


def _other(layer: Layer, indicator: Indicator, store: Store) -> Layer:
    """The same layer of another indicator: in its latest period where it has none of this one."""
    periods = periods_of(replace(layer, indicator=indicator.id), store)
    period = layer.period if layer.period in periods or not periods else periods[-1]
    if indicator.id == layer.indicator:
        return replace(layer, title="", period=period)
    own = default_drawing(indicator)
    return replace(
        layer,
        title="",
        indicator=indicator.id,
        period=period,
        palette=own.palette,
        style=own.style,
        thresholds=own.thresholds if layer.scheme == "thresholds" else (),
        defaults=own,
    )


def _like(layer: Layer, other: Layer) -> Layer:
    """Another layer in the colours and the style of the first."""
    return replace(other, palette=layer.palette, style=layer.style, thresholds=layer.thresholds)


def _pooled(layers: Sequence[Layer], store: Store) -> list[DrawnLayer]:
    pool = shared_pool(draw(each, store).marks for each in layers)
    return [draw(each, store, pool) for each in layers]


def _map(drawn: DrawnLayer, name: str, *, dated: bool = False) -> Map:
    language, legend = drawn.layer.language, drawn.legend
    counted = words.COUNTED[language].format(n=legend.with_value, total=legend.total)
    period = parse_period(drawn.layer.period).label(language)
    return Map(drawn, (name, f"{period} · {counted}" if dated else counted), name)


def _subject(layer: Layer, maps: tuple[Map, ...], title: str, *, shared: bool = True) -> Subject:
    language, first = layer.language, maps[0].drawn
    keys = (_shared_key(maps, language),) if shared else tuple(own_key(shown) for shown in maps)
    parts = [f"{shown.name}: {alt_part(shown.drawn)}" for shown in maps]
    lead = words.MULTIPLES[language].format(n=len(maps))
    same = (words.SHARED if shared else words.NOT_SHARED)[language]
    return Subject(
        title=title,
        subtitle=f"{first.subtitle} · {same}",
        alt=f"{lead}. {title}. {'. '.join(parts)}. {first.subtitle}.",
        maps=maps,
        keys=keys,
        page=page("/", layer.to_query()),
    )


def _shared_key(maps: tuple[Map, ...], language: Language) -> Key:
    legend = together([shown.drawn.legend for shown in maps])
    drawn = replace(maps[0].drawn, legend=legend)
    heading = words.COUNT_ALL[language]
    return Key(drawn, maps, ((heading, legend),), max(shown.largest for shown in maps))
