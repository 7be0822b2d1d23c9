"""Official figures and the estimate of them side by side, as JSON."""

from __future__ import annotations

from geodata.i18n import Language, Message
from geodata.model import Observation, Unit
from geodata.period import parse_period
from geodata.store import Store
from layers.counterpart import (
    FARTHEST,
    Counterpart,
    FigurePair,
    agreement,
    counterpart,
    counterpart_indicator,
    nearest_figure,
    pair_of_unit,
)
from layers.figure_quality import doubt_remark
from layers.formatting import format_value, plain_value
from layers.labels import STATUS_NAMES
from layers.layer import Layer
from layers.layer_view import LayerView
from portal.serializers.card_types import CardCounterpart
from portal.serializers.counterpart_types import (
    AgreementDocument,
    AgreementRow,
    BesideCell,
    CounterpartDocument,
)
from portal.serializers.entities import source_link
from portal.urls import query_text

BESIDE_NAMES = {True: Message("Estimated figure"), False: Message("Official figure")}
"""What the figure beside is called, by whether it is the estimate."""


def counterpart_document(store: Store, layer_view: LayerView) -> CounterpartDocument | None:
    """What stands beside the indicator of a map; None without."""
    layer = layer_view.layer
    found = counterpart(layer, store)
    if found is None:
        return None
    language, row = layer.language, found.coverage
    both = agreement(layer_view, found)
    periods = sorted({figure.period for figure in found.figures.values()})
    return {
        "sentence": found.sentence[language],
        "indicator": found.indicator.id,
        "name": found.indicator.name[language],
        "is_estimate": not found.is_estimate,
        "decimals": found.indicator.decimals,
        "query": _query(layer, found.indicator.id, row.period, row.status_group),
        "units": {
            unit: _cell(figure, found, both.pairs.get(unit))
            for unit, figure in found.figures.items()
            if unit in layer_view.units
        },
        "periods": {period: parse_period(period).label(language) for period in periods},
        "agreement": _agreement(layer_view, found) if layer.status == "actual" else None,
    }


def _query(layer: Layer, indicator: str, period: str, status: str = "actual") -> str:
    here = {"level": layer.level, "date": layer.date.isoformat()}
    return query_text({"indicator": indicator, "period": period, **here, "status": status})


def _cell(figure: Observation, found: Counterpart, pair: FigurePair | None) -> BesideCell:
    value = plain_value(figure.value, found.indicator)
    return value, figure.period, figure.status, int(bool(figure.doubt)), _difference(pair)


def _difference(pair: FigurePair | None) -> float | None:
    """Estimate minus official figure without the noise of binary fractions."""
    difference = pair.difference if pair else None
    return None if difference is None else round(difference, 6)


def _agreement(layer_view: LayerView, found: Counterpart) -> AgreementDocument:
    language, both = layer_view.layer.language, agreement(layer_view, found)
    differences = both.differences
    mean = round(sum(differences) / len(differences), 6) if differences else None
    rows = list(both.pairs.items())[:FARTHEST]
    return {
        "with_both": len(both.pairs),
        "sentence": both.sentence(language),
        "mean_difference": mean,
        "farthest": [_row(layer_view.units[unit], pair, found, language) for unit, pair in rows],
    }


def _row(unit: Unit, pair: FigurePair, found: Counterpart, language: Language) -> AgreementRow:
    official, estimate = found.indicators
    shown = {
        "official": format_value(pair.official.value, official, language),
        "official_period": parse_period(pair.official.period).label(language),
        "estimate": format_value(pair.estimate.value, estimate, language),
        "estimate_period": parse_period(pair.estimate.period).label(language),
    }
    said = Message(
        "official {official} ({official_period}), estimated {estimate} ({estimate_period})", **shown
    )
    return {
        "unit": unit.unit_id,
        "name": unit.full_name[language],
        "official": shown["official"],
        "official_period": shown["official_period"],
        "estimate": shown["estimate"],
        "estimate_period": shown["estimate_period"],
        "difference": _difference(pair),
        "difference_text": pair.difference_text(language),
        "sentence": said[language],
        "doubtful": pair.doubtful,
    }


def card_counterpart(
    store: Store, unit_id: str, layer: Layer, figure: Observation | None
) -> CardCounterpart | None:
    """What stands beside the figure of a unit on a map, also where it has none of its own.

    Parameters
    ----------
    figure
        The unit's figure of the layer; None without one.
    """
    found = counterpart(layer, store)
    if found is None or layer.status != "actual":
        return None
    beside = nearest_figure(store.series(unit_id, found.indicator.id), layer.period)
    if beside is None:
        return None
    usable = figure is not None and not figure.impossible
    pair = found.pair(figure, beside) if figure is not None and usable else None
    query = _query(layer, found.indicator.id, beside.period)
    return _beside(store, beside, pair, layer.language, query=query)


def figure_beside(store: Store, figure: Observation, language: Language) -> CardCounterpart | None:
    """What stands beside a figure of a unit, of the nearest period; None without.

    Parameters
    ----------
    figure
        An actual or estimated figure.
    """
    pair = pair_of_unit(store, figure.unit_id, figure)
    if pair is None:
        return None
    other = counterpart_indicator(store.indicator(figure.indicator), store)
    beside = pair.estimate if other and other.estimates else pair.official
    query = query_text({"indicator": beside.indicator})
    return _beside(store, beside, pair, language, query=query)


def _beside(
    store: Store,
    figure: Observation,
    pair: FigurePair | None,
    language: Language,
    *,
    query: str,
) -> CardCounterpart:
    indicator = store.indicator(figure.indicator)
    is_estimate = bool(indicator.estimates)
    text = pair.difference_text(language) if pair else ""
    said = Message("Estimate minus official figure: {difference}", difference=text)
    return {
        "indicator": indicator.id,
        "name": indicator.name[language],
        "is_estimate": is_estimate,
        "label": BESIDE_NAMES[is_estimate][language],
        "value": plain_value(figure.value, indicator),
        "text": format_value(figure.value, indicator, language),
        "period": figure.period,
        "period_label": parse_period(figure.period).label(language),
        "status": figure.status,
        "status_label": STATUS_NAMES[figure.status][language],
        "doubtful": bool(figure.doubt),
        "doubt": doubt_remark(figure, indicator, language),
        "difference": _difference(pair),
        "difference_text": said[language] if text else "",
        "query": query,
        "source": source_link(store.source(figure.source_id), language),
    }
