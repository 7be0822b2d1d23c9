"""Indicators with too few figures for a map, as rows of the one table a document has for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.i18n import Language
from geodata.model import Source
from geodata.period import parse_period
from geodata.store import Store
from layers.formatting import format_value
from layers.layer import Layer
from layers.layer_view import LayerView, resolve_layer
from layers.sheet.footer import observation_sources
from layers.sheet.options import FULL_EXTENT
from portal.translations import translate

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class SparseIndicator:
    """One row: the indicator, its figures in words, their period, and where they are from."""

    name: str
    figures: str
    period: str
    sources: tuple[Source, ...]


def sparse_indicators(layers: Sequence[Layer], store: Store, extent: str) -> list[SparseIndicator]:
    """The rows of the indicators that make no map.

    Parameters
    ----------
    extent
        The unit whose figures are meant; `FULL_EXTENT` for all that have one.
    """
    return [_row(resolve_layer(layer, store), store, extent) for layer in layers]


def _row(layer_view: LayerView, store: Store, extent: str) -> SparseIndicator:
    language = layer_view.layer.language
    period = parse_period(layer_view.layer.period).label(language)
    named = [extent] if extent != FULL_EXTENT else list(layer_view.units)
    values = [
        (layer_view.units[unit].name[language], layer_view.unit_views[unit].value)
        for unit in named
        if unit in layer_view.units
    ]
    found = [(name, value) for name, value in values if value is not None]
    return SparseIndicator(
        layer_view.indicator.name[language],
        _words(found, layer_view, extent, language),
        period,
        tuple(observation_sources(layer_view, store)),
    )


def _words(
    found: list[tuple[str, float]], layer_view: LayerView, extent: str, language: Language
) -> str:
    def shown(value: float) -> str:
        text = format_value(value, layer_view.indicator, language)
        symbol = layer_view.indicator.measure_unit.symbol[language]
        return text if not symbol or symbol in text else f"{text} {symbol}"

    if extent != FULL_EXTENT:
        return shown(found[0][1]) if found else "–"
    listed = "; ".join(f"{name} {shown(value)}" for name, value in found[:_MOST_NAMED])
    more = len(found) - _MOST_NAMED
    if more > 0:
        listed += f"; {translate('report.more_units', language, n=more)}"
    legend = layer_view.legend
    return f"{legend.with_value}/{legend.total}: {listed}"
