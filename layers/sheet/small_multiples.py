"""Sheets of small multiples: one map for each period or indicator, in the same classes.

Equal things look equal on all maps (Tufte 1990, Envisioning Information, ch. 4): indicators of one
unit of measure share classes and legend; others cannot, and each has its own with as many classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.i18n import Language
from geodata.model import Indicator
from geodata.period import parse_period
from layers.comparison import merge_legends
from layers.layer import Layer
from layers.layer_query import named_series
from layers.layer_view import LayerView, resolve_layer
from layers.sheet import captions
from layers.sheet.sheet_content import (
    SheetContent,
    SheetLegend,
    SheetMap,
    map_description,
    page_path,
    single_map_legend,
)
from layers.styles import get_style
from layers.symbology import default_symbology
from layers.unit_views import shared_domain

if TYPE_CHECKING:
    from geodata.store.interface import Store

MAX_MAPS = 12


def available_periods(layer: Layer, store: Store) -> tuple[str, ...]:
    """The periods for which a layer's units have figures, oldest first, the last `MAX_MAPS`."""
    found = {
        row.period
        for row in store.coverage(layer.indicator)
        if (row.level, row.step_date, row.status_group) == (layer.level, layer.date, layer.status)
        and row.with_value
    }
    return sort_periods(found)[-MAX_MAPS:]


def sort_periods(periods: set[str]) -> tuple[str, ...]:
    """Periods by their end, then by their beginning."""
    return tuple(sorted(periods, key=lambda period: parse_period(period).sort_key))


def maps_by_period(layer: Layer, periods: Sequence[str], store: Store) -> SheetContent:
    """A map for each period, all in one set of classes."""
    plain = replace(layer, title="")
    views = _resolve_in_one_domain([replace(plain, period=period) for period in periods], store)
    language = layer.language
    labels = [parse_period(period).label(language) for period in periods]
    indicator = views[0].indicator
    symbol = indicator.measure_unit.symbol[language]
    title = f"{indicator.name[language]}, {labels[0]} – {labels[-1]}"
    maps = tuple(_map(each, label) for each, label in zip(views, labels, strict=True))
    return _content(layer, maps, layer.title or (f"{title} ({symbol})" if symbol else title))


def maps_by_indicator(layer: Layer, indicators: Sequence[str], store: Store) -> SheetContent:
    """A map for each indicator, in the layer's period."""
    entries = [named_series({"indicator": name}, store) for name in indicators]
    wanted = [_layer_of(layer, entry, store) for entry in entries]
    style = get_style(layer.style)
    same = len({entry.measure_unit.id for entry in entries}) == 1
    same = same and all(entry.kind in style.suits for entry in entries)
    if same:
        views = _resolve_in_one_domain([_with_symbology_of(layer, each) for each in wanted], store)
    else:
        views = [resolve_layer(each, store) for each in wanted]
    language = layer.language
    themes = {entry.theme for entry in entries}
    theme = next((t.name[language] for t in store.themes() if {t.id} == themes), "")
    counted = captions.INDICATORS[language].format(n=len(entries))
    title = f"{theme}: {counted}" if theme else counted
    periods = {each.period for each in wanted}
    if len(periods) == 1:
        title += f", {parse_period(wanted[0].period).label(language)}"
    maps = tuple(
        _map(each, each.indicator.name[language], dated=len(periods) > 1) for each in views
    )
    return _content(layer, maps, layer.title or title, shared=same)


def _layer_of(layer: Layer, indicator: Indicator, store: Store) -> Layer:
    """The same layer of another indicator: in its latest period where it has none of this one."""
    periods = available_periods(replace(layer, indicator=indicator.id), store)
    period = layer.period if layer.period in periods or not periods else periods[-1]
    if indicator.id == layer.indicator:
        return replace(layer, title="", period=period)
    own = default_symbology(indicator)
    return replace(
        layer,
        title="",
        indicator=indicator.id,
        period=period,
        palette=own.palette,
        style=own.style,
        thresholds=own.thresholds if layer.scheme == "thresholds" else (),
        isolate=(),
        defaults=own,
    )


def _with_symbology_of(layer: Layer, other: Layer) -> Layer:
    """Another layer in the colours and the style of the first."""
    return replace(
        other,
        palette=layer.palette,
        style=layer.style,
        thresholds=layer.thresholds,
        isolate=layer.isolate,
    )


def _resolve_in_one_domain(layers: Sequence[Layer], store: Store) -> list[LayerView]:
    domain = shared_domain(resolve_layer(each, store).unit_views for each in layers)
    return [resolve_layer(each, store, domain) for each in layers]


def _map(layer_view: LayerView, name: str, *, dated: bool = False) -> SheetMap:
    language, legend = layer_view.layer.language, layer_view.legend
    counted = captions.UNITS_WITH_VALUE[language].format(n=legend.with_value, total=legend.total)
    period = parse_period(layer_view.layer.period).label(language)
    return SheetMap(layer_view, (name, f"{period} · {counted}" if dated else counted), name)


def _content(
    layer: Layer, maps: tuple[SheetMap, ...], title: str, *, shared: bool = True
) -> SheetContent:
    language, first = layer.language, maps[0].layer_view
    legends = (
        (_shared_legend(maps, language),)
        if shared
        else tuple(single_map_legend(shown) for shown in maps)
    )
    parts = [f"{shown.name}: {map_description(shown.layer_view)}" for shown in maps]
    lead = captions.SMALL_MULTIPLES[language].format(n=len(maps))
    same = (captions.SHARED_CLASSES if shared else captions.SEPARATE_CLASSES)[language]
    return SheetContent(
        title=title,
        subtitle=f"{first.subtitle} · {same}",
        alt=f"{lead}. {title}. {'. '.join(parts)}. {first.subtitle}.",
        maps=maps,
        legends=legends,
        page=page_path("/", layer.to_query()),
    )


def _shared_legend(maps: tuple[SheetMap, ...], language: Language) -> SheetLegend:
    legend = merge_legends([shown.layer_view.legend for shown in maps])
    layer_view = replace(maps[0].layer_view, legend=legend)
    heading = captions.UNIT_COUNT_ALL[language]
    return SheetLegend(layer_view, maps, ((heading, legend),), max(shown.largest for shown in maps))
