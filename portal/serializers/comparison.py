"""The comparison document: two maps in one set of classes, and what changed between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import fsum
from statistics import median

from geodata.i18n import Language, Message
from geodata.period import parse_period
from geodata.store import Store
from layers.comparison import (
    Change,
    ChangeMeasure,
    Comparison,
    compare,
    comparison_layer,
    comparison_title,
    value_ranks,
)
from layers.difference import difference_text, percent_text
from layers.formatting import format_value
from layers.layer import Layer
from layers.layer_view import boundary_version_name
from layers.sparse_map import is_sparse
from layers.unit_views import UnitView
from portal.serializers.class_shares import classes_document
from portal.serializers.comparison_types import (
    ChangeDocument,
    ComparisonDocument,
    ComparisonPart,
    Directions,
    Era,
    KnownParts,
    KnownSummary,
    PeriodLabel,
    RealChange,
    Redrawing,
    Spread,
    UnitChangeDocument,
)
from portal.serializers.difference_map import difference_document
from portal.serializers.entities import unit_link
from portal.serializers.recast_values import step_document
from portal.serializers.redrawing_sentence import few_units_sentence, redrawing_sentence
from portal.serializers.values import drawn_document, legend_document, periods
from portal.translations import translate
from portal.urls import query_text

MEASURE_NAMES: dict[ChangeMeasure, Message] = {
    "absolute": Message("Absolute"),
    "relative": Message("Per cent"),
}


def compare_document(store: Store, query: Mapping[str, str]) -> ComparisonDocument:
    """The document of ``/api/v1/compare``."""
    layer, on = comparison_layer(query, store)
    measure: ChangeMeasure = "relative" if query.get("measure") == "relative" else "absolute"
    comparison = compare(layer, store, on, query.get("period2", ""))
    language = layer.language
    redrawing, real = _redrawing(store, comparison), _real(store, comparison, on)
    classes = classes_document(store, comparison)
    known = _known(redrawing["known"], real["known"], language)
    if classes is not None:
        # Of classes there is no change to take apart, so nothing is missing either.
        known["sentence"] = translate("compare.classes", language)
        redrawing["reason"] = real["reason"] = ""
    return {
        "dataset": store.info.version,
        "query": _query(layer, on, measure, comparison.period2),
        "measure": measure,
        "measures": [
            {"id": name, "name": words[language]} for name, words in MEASURE_NAMES.items()
        ],
        "title": comparison_title(comparison, store),
        "summary": f"{comparison_title(comparison, store)}. {known['sentence']}",
        "periods2": periods(store, _at(layer, on)),
        "left": drawn_document(store, comparison.left),
        "right": drawn_document(store, comparison.right),
        "legend": legend_document(comparison.legend),
        "eras": {"left": _era(store, layer, layer.date), "right": _era(store, layer, on)},
        "difference": difference_document(store, comparison, measure),
        "redrawing": redrawing,
        "real": real,
        "parts": _parts(comparison),
        "classes": classes,
        "known": known,
    }


def _query(layer: Layer, on: dt.date, measure: ChangeMeasure, period2: str) -> str:
    fields = {**layer.to_query(), "on": on.isoformat()}
    if measure != "absolute":
        fields["measure"] = measure
    return query_text({**fields, "period2": period2} if period2 else fields)


def _at(layer: Layer, day: dt.date) -> Layer:
    """The same layer for the figures published on the units of another day."""
    return replace(layer, date=day, on=None)


def _era(store: Store, layer: Layer, day: dt.date) -> Era:
    units = store.units(level=layer.level, date=day, with_shape=True).items
    qualities: list[str] = sorted({unit.boundary_quality for unit in units})
    labels = [translate(f"unit.{quality}", layer.language) for quality in qualities]
    step = step_document(store, day.isoformat(), layer.language)
    return {**step, "units": len(units), "quality": qualities, "quality_label": ", ".join(labels)}


def change_document(comparison: Comparison, change: Change) -> ChangeDocument:
    """Both ends of a change and what lies between, with their words."""
    indicator, language = comparison.left.indicator, comparison.left.layer.language
    difference, percent = change.difference, change.percent
    return {
        "before": change.before,
        "before_text": _text(comparison, change.before),
        "after": change.after,
        "after_text": _text(comparison, change.after),
        "difference": difference,
        "difference_text": ""
        if difference is None
        else difference_text(difference, indicator, language),
        "percent": percent,
        "percent_text": "" if percent is None else percent_text(percent, language),
        "status": change.status,
        "doubtful": change.doubtful,
    }


def _text(comparison: Comparison, value: float | None) -> str:
    """A figure of a comparison in words; empty where there is none."""
    indicator, language = comparison.left.indicator, comparison.left.layer.language
    return "" if value is None else format_value(value, indicator, language)


def _redrawing(store: Store, comparison: Comparison) -> Redrawing:
    """The same figures before and after the boundaries moved."""
    language = comparison.left.layer.language
    before, after = (
        _spread(comparison, comparison.left.unit_views),
        _spread(comparison, comparison.base.unit_views),
    )
    known = any(change.difference is not None for change in comparison.redrawing.values())
    places = (
        value_ranks(comparison.left.unit_views, comparison.left.indicator),
        value_ranks(comparison.base.unit_views, comparison.left.indicator),
    )
    document: Redrawing = {
        "known": known,
        "reason": "" if known else translate("compare.no_redrawing", language),
        "before": before,
        "after": after,
        "sentence": "",
        "units": {
            unit: _moved(store, comparison, unit, change, places)
            for unit, change in comparison.redrawing.items()
        },
    }
    if known:
        document["sentence"] = redrawing_sentence(store, comparison, before, after)
    return document


def _moved(
    store: Store,
    comparison: Comparison,
    unit: str,
    change: Change,
    places: tuple[dict[str, int], dict[str, int]],
) -> UnitChangeDocument:
    successor = comparison.successors.get(unit)
    to = successor.unit_id if successor else ""
    unit_views = comparison.left.unit_views[unit], comparison.base.unit_views.get(to)
    return {
        "to": unit_link(store.unit(to), comparison.left.layer.language) if to else None,
        "divided": bool(successor and successor.divided),
        **change_document(comparison, change),
        "rank_before": places[0].get(unit),
        "of_before": len(places[0]),
        "rank_after": places[1].get(to),
        "of_after": len(places[1]),
        "class_before": unit_views[0].class_index,
        "class_after": unit_views[1].class_index if unit_views[1] else None,
    }


def _spread(comparison: Comparison, unit_views: Mapping[str, UnitView]) -> Spread:
    """Total, mean, middle and ends of the figures of a side, each unit counting once.

    Only what is counted has a total and a mean: a mean of ratios would give a village the weight of
    a town.
    """
    values = [unit_view.value for unit_view in unit_views.values() if unit_view.value is not None]
    kind = comparison.left.indicator.kind
    middle, lowest, highest = _statistics([] if kind == "category" else values)
    total = fsum(values) if kind == "count" and values else None
    mean = None if total is None else total / len(values)
    return {
        "units": len(unit_views),
        "with_value": len(values),
        "sum": total,
        "sum_text": _text(comparison, total),
        "mean": mean,
        "mean_text": _text(comparison, mean),
        "median": middle,
        "median_text": _text(comparison, middle),
        "lowest": lowest,
        "lowest_text": _text(comparison, lowest),
        "highest": highest,
        "highest_text": _text(comparison, highest),
    }


def _statistics(values: Sequence[float]) -> tuple[float | None, ...]:
    """Median, lowest and highest value."""
    if not values:
        return None, None, None
    return median(values), min(values), max(values)


def _real(store: Store, comparison: Comparison, on: dt.date) -> RealChange:
    """Two dated figures on the same units."""
    language = comparison.left.layer.language
    known = any(change.difference is not None for change in comparison.real.values())
    reason = "" if known else "compare.no_real" if comparison.period2 else "compare.choose_period2"
    counts = _directions(comparison.real.values())
    told = comparison.concept_note[language] if comparison.concept_note else ""
    document: RealChange = {
        "known": known,
        "reason": (told or translate(reason, language)) if reason else "",
        "concept_note": told,
        "period": _period(comparison.left.layer.period, language),
        "period2": _period(comparison.period2, language) if comparison.period2 else None,
        "changed": counts,
        "sentence": "",
        "units": {
            unit: change_document(comparison, change) for unit, change in comparison.real.items()
        },
    }
    if known and document["period2"]:
        labels = (document["period"]["label"], document["period2"]["label"])
        words = {"period": labels[0], "period2": labels[1], "up": str(counts["up"])}
        counted = {name: str(counts[name]) for name in ("down", "same", "doubtful")}
        lines = boundary_version_name(store, on, language)
        said = translate("compare.real", language, lines=lines, **words, **counted)
        compared = len(comparison.real) - counts["unknown"]
        if is_sparse(compared, len(comparison.real)):
            said = few_units_sentence(compared, len(comparison.real), language)
        document["sentence"] = f"{said} {told}." if told else said
    return document


def _directions(changes: Iterable[Change]) -> Directions:
    """How many units rose, fell and stayed; doubtful figures are counted apart."""
    listed = list(changes)
    sound = [change.difference for change in listed if not change.doubtful]
    known = [difference for difference in sound if difference is not None]
    return {
        "up": sum(difference > 0 for difference in known),
        "down": sum(difference < 0 for difference in known),
        "same": sum(difference == 0 for difference in known),
        "unknown": len(sound) - len(known),
        "doubtful": len(listed) - len(sound),
    }


def _period(code: str, language: Language) -> PeriodLabel:
    return {"period": code, "label": parse_period(code).label(language)}


def _parts(comparison: Comparison) -> dict[str, ComparisonPart]:
    """What a place sees, taken apart: total = redrawing + real, in the unit of measure."""
    parts: dict[str, ComparisonPart] = {}
    for unit, moved in comparison.redrawing.items():
        to = comparison.successors[unit].unit_id if unit in comparison.successors else ""
        lines = moved.difference
        real = comparison.real[to].difference if to in comparison.real else None
        after = comparison.real[to].after if to in comparison.real else None
        whole = comparison.whole.get(unit)
        seen = whole.difference if whole and after is not None else None
        parts[unit] = {
            "to": to or None,
            "total": seen,
            "redrawing": lines,
            "real": real,
            "known": _which(lines is not None, real is not None),
        }
    return parts


def _which(redrawing: bool, real: bool) -> KnownParts:
    if redrawing and real:
        return "both"
    return "redrawing" if redrawing else "real" if real else "none"


def _known(redrawing: bool, real: bool, language: Language) -> KnownSummary:
    sentence = translate(f"compare.known_{_which(redrawing, real)}", language)
    return {"redrawing": redrawing, "real": real, "sentence": sentence}
