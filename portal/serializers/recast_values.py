"""Recast figures as JSON: how each came to stand on its unit, and from what."""

from __future__ import annotations

from typing import Literal

from geodata.i18n import Language
from geodata.model import Indicator
from geodata.period import parse_period
from geodata.recast.results import CategoryShare, Contribution, RecastValue
from geodata.recast.service import recast_observations
from geodata.store import Store
from geodata.succession.crosswalk import Crosswalk
from layers.formatting import format_percent, format_value, plain_value
from layers.layer_summary import recast_status_counts
from layers.layer_view import LayerView
from layers.recast_layer import (
    INPUT_ROLE_NAMES,
    MIN_COVERAGE,
    RECAST_STATUS_NAMES,
    has_doubtful_input,
    layer_figures,
    weight_names,
)
from portal.serializers.card_types import ContributionDocument, RecastDetail
from portal.serializers.entities import source_document, unit_link
from portal.serializers.values_types import CategoryShareDocument, Recast, RecastFigure, Step
from portal.translations import translate


def recast_section(store: Store, layer_view: LayerView) -> Recast:
    """The part of the values document that says how each value was recast."""
    layer, language = layer_view.layer, layer_view.layer.language
    records = {u: m.recast for u, m in layer_view.unit_views.items() if m.recast is not None}
    table = recast_observations(store, layer_figures(layer), layer.drawn_on).crosswalk
    return {
        "method": crosswalk_method(table),
        "from": step_document(store, layer.date.isoformat(), language),
        "to": step_document(store, layer.drawn_on.isoformat(), language),
        "least_coverage": MIN_COVERAGE[layer_view.indicator.kind],
        "counts": [
            {"status": status, "label": RECAST_STATUS_NAMES[status][language], "count": count}
            for status, count in recast_status_counts(layer_view.unit_views).items()
        ],
        "units": {
            unit: recast_method_document(record, layer_view.indicator, language)
            for unit, record in records.items()
        },
    }


def crosswalk_method(table: Crosswalk) -> Literal["succession", "overlay"]:
    """``overlay`` where shares come from the shapes of the units, ``succession`` where from law."""
    return "succession" if table.overlay is None else "overlay"


def step_document(store: Store, day: str, language: Language) -> Step:
    """A step of the timeline: its first day and its name."""
    names = {step.date.isoformat(): step.name[language] for step in store.info.timeline}
    return {"date": day, "label": names.get(day, day)}


def recast_method_document(
    record: RecastValue, indicator: Indicator, language: Language
) -> RecastFigure:
    """How a value came about, without the value and what it came from."""
    coverage = record.coverage
    ends = [
        format_value(v, indicator, language) for v in (record.low, record.high) if v is not None
    ]
    reason, between = record.reason[language], " – ".join(ends)
    if record.value is None and ends:
        reason = translate("mergers.bounds", language, reason=reason, range=between)
        between = ""
    return {
        "status": record.status,
        "status_label": RECAST_STATUS_NAMES[record.status][language],
        "coverage": coverage,
        "coverage_text": "" if coverage is None else format_percent(100 * coverage, language, 0),
        "weight": record.weight,
        "weight_label": weight_names(record)[language],
        "low": record.low,
        "high": record.high,
        "range_text": between,
        "reason": reason,
        "composition": [_share(each, indicator, language) for each in record.composition],
    }


def _share(share: CategoryShare, indicator: Indicator, language: Language) -> CategoryShareDocument:
    names = {each.id: each.name[language] for each in indicator.categories}
    none = RECAST_STATUS_NAMES["no_data"][language]
    return {
        "category": share.category,
        "label": names.get(share.category, none),
        "units": share.units,
        "area": share.area,
        "area_text": "" if share.area is None else format_percent(100 * share.area, language),
        "people": share.people,
        "people_text": "" if share.people is None else format_percent(100 * share.people, language),
    }


def recast_document(
    store: Store, record: RecastValue, indicator: Indicator, language: Language
) -> RecastDetail:
    """A recast value with the figures it came from."""
    value = record.value
    return {
        **recast_method_document(record, indicator, language),
        "value": None if value is None else plain_value(value, indicator),
        "text": "" if value is None else format_value(value, indicator, language),
        "doubtful": has_doubtful_input(record),
        "contributions": [_part(store, part, language) for part in record.contributions],
        "missing": [unit_link(store.unit(u), language) for u in record.missing],
    }


def _part(store: Store, part: Contribution, language: Language) -> ContributionDocument:
    figure = part.observation
    indicator = store.indicator(figure.indicator)
    return {
        "unit": unit_link(store.unit(figure.unit_id), language),
        "role": part.role,
        "role_label": "" if part.role == "value" else INPUT_ROLE_NAMES[part.role][language],
        "indicator": indicator.measured,
        "dimensions": indicator.dimensions,
        "indicator_name": indicator.name[language],
        "period": figure.period,
        "period_label": parse_period(figure.period).label(language),
        "value": plain_value(figure.value, indicator),
        "text": format_value(figure.value, indicator, language),
        "share": part.share,
        "share_text": translate("mergers.unknown_part", language)
        if part.share is None
        else format_percent(100 * part.share, language),
        "amount": part.share * figure.value
        if indicator.kind == "count" and part.share is not None
        else None,
        "status": figure.status,
        "method": figure.method[language],
        "doubt": figure.doubt[language],
        "source": source_document(store.source(figure.source_id), language),
    }
