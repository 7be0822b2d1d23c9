"""The card of a unit on a map: what the popup shows, for one unit at a time."""

from __future__ import annotations

from collections.abc import Mapping

from geodata.i18n import Language
from geodata.model import STATUS_GROUPS, Indicator, Observation, Unit
from geodata.period import parse_period
from geodata.precedence import observation_of_period
from geodata.recast.results import RecastValue
from geodata.store import Store
from layers.figure_quality import doubt_remark
from layers.formatting import format_percent, format_value, plain_decimal, plain_value
from layers.joint_values import joint_values_of
from layers.labels import MISSING_KIND_NAMES, STATUS_NAMES
from layers.layer import Layer
from layers.layer_view import first_day, is_not_yet_published, missing_kind
from layers.legend import MissingKind
from layers.recast_layer import has_doubtful_input, recast_layer_values
from portal.serializers.card_types import (
    Alternative,
    CardDocument,
    CardMissing,
    CardValue,
    OtherPeriod,
    Plan,
    Rank,
    SeriesPoint,
)
from portal.serializers.commune_villages import village_names
from portal.serializers.counterpart import card_counterpart
from portal.serializers.entities import (
    observation_document,
    source_document,
    unit_document,
    unit_link,
)
from portal.serializers.joint_values import joint_value_document
from portal.serializers.recast_values import recast_document
from portal.serializers.unit_parts import parts_document
from portal.translations import translate
from portal.urls import query_text, report_path


def card_document(store: Store, unit_id: str, layer: Layer) -> CardDocument:
    """What is known of a unit under a layer.

    Raises
    ------
    NotFound
        There is no such unit.
    """
    unit, accuracy = store.unit(unit_id), store.accuracy(unit_id)
    indicator, language = store.indicator(layer.indicator), layer.language
    series = store.series(unit_id, layer.indicator)
    figure = observation_of_period(series, layer.period, layer.status)
    records = recast_layer_values(layer, store) if layer.on else {}
    record = records.get(unit_id)
    told = figure is not None and figure.impossible and record is not None and record.value is None
    if record is not None and record.status != "published" and not told:
        figure = None
    bare = figure is None and (record is None or record.value is None)
    both = joint_values_of(layer, store)
    together = next((each for each in both if unit_id in each.units), None)
    rank = rank_document(store, figure, unit, layer) if figure else None
    return {
        "unit": {
            **unit_document(store, unit, language),
            "boundary_note": accuracy.note[language] if accuracy else "",
        },
        "report_url": _report_url(unit_id, figure, language),
        "formed_from": [unit_link(u, language) for u in predecessors(store, unit_id)],
        "became": [unit_link(u, language) for u in successors(store, unit_id)],
        "villages": village_names(store, unit, language),
        "value": value_document(store, figure, language) if figure else None,
        "recast": recast_document(store, record, indicator, language) if record else None,
        "together": joint_value_document(store, together, indicator, language)
        if together
        else None,
        "missing": _missing(store, unit, indicator, layer, series, record=record) if bare else None,
        "plan": _plan_for(indicator, figure, series, layer),
        "rank": recast_rank(records, unit_id, language)
        if record and indicator.kind != "category"
        else rank,
        "series": [series_point(indicator, one, language) for one in series],
        "alternatives": [
            _alternative_document(store, indicator, other, language)
            for other in (store.alternatives(figure) if figure else ())
        ],
        "counterpart": card_counterpart(store, unit_id, layer, figure),
        "parts": parts_document(store, unit_id, layer),
        "blocks": list(store.info.profile.card),
    }


def _report_url(unit_id: str, figure: Observation | None, language: Language) -> str:
    """Where an error in the figure is reported, without one in the border."""
    subject = {"unit": unit_id}
    if figure is not None:
        subject |= {
            "indicator": figure.indicator,
            "period": figure.period,
            "status": figure.status,
        }
    return report_path(subject, language)


def predecessors(store: Store, unit_id: str) -> list[Unit]:
    """The units this one was formed from."""
    return [store.unit(step.from_id) for step in store.predecessors(unit_id)]


def successors(store: Store, unit_id: str) -> list[Unit]:
    """The units this one became."""
    return [store.unit(step.to_id) for step in store.successors(unit_id)]


def value_document(store: Store, figure: Observation, language: Language) -> CardValue:
    """The figure with its whole source."""
    source = source_document(store.source(figure.source_id), language)
    return {**observation_document(store, figure, language), "source": source}


def _alternative_document(
    store: Store, indicator: Indicator, figure: Observation, language: Language
) -> Alternative:
    return {
        "value": plain_value(figure.value, indicator),
        "text": format_value(figure.value, indicator, language),
        "source": source_document(store.source(figure.source_id), language),
        "quote": figure.quote,
        "doubt": doubt_remark(figure, indicator, language),
        "quality": figure.quality,
    }


def series_point(indicator: Indicator, figure: Observation, language: Language) -> SeriesPoint:
    """One figure of a series."""
    return {
        "period": figure.period,
        "label": parse_period(figure.period).label(language),
        "value": plain_value(figure.value, indicator),
        "text": format_value(figure.value, indicator, language),
        "status": figure.status,
        "status_label": STATUS_NAMES[figure.status][language],
        "doubtful": bool(figure.doubt),
        "impossible": figure.impossible,
    }


def _missing(
    store: Store,
    unit: Unit,
    indicator: Indicator,
    layer: Layer,
    series: tuple[Observation, ...],
    *,
    record: RecastValue | None,
) -> CardMissing:
    """Why there is no figure, and which periods have one."""
    language = layer.language
    late = is_not_yet_published(layer, store)
    kind = missing_kind(unit, indicator, unit.level, late, first_day(layer))
    if record is not None and kind != "not_applicable":
        kind = _RECAST_MISSING.get(record.status, kind)
    periods = {o.period: o for o in series if o.status in STATUS_GROUPS[layer.status]}
    elsewhere: list[OtherPeriod] = [
        {
            "period": period,
            "label": parse_period(period).label(language),
            "query": query_text({**layer.to_query(), "period": period}),
        }
        for period in periods
    ]
    return {"kind": kind, "label": MISSING_KIND_NAMES[kind][language], "elsewhere": elsewhere}


_RECAST_MISSING: dict[str, MissingKind] = {"not_recoverable": "not_recoverable", "mixed": "mixed"}
"""Why a recast unit has no value, by the status of what was found."""


def plan_document(
    indicator: Indicator,
    figure: Observation,
    series: tuple[Observation, ...],
    language: Language,
) -> Plan | None:
    """The plan of the shortest period that holds the figure's, and how much of it was reached.

    The share is computed for counts only: of two ratios a quotient says nothing. What the document
    itself states stands beside it.
    """
    if figure.impossible:
        return None
    plan = _plan_of(figure, series)
    stated = figure.stated_percent
    if plan is None and stated is None:
        return None
    percent = None
    if plan is not None and plan.value and indicator.kind == "count":
        percent = 100 * figure.value / plan.value
    return {
        "value": plain_value(plan.value, indicator) if plan else None,
        "text": format_value(plan.value, indicator, language) if plan else "",
        "period_label": parse_period(plan.period).label(language) if plan else "",
        "percent": None if percent is None else round(percent, 4),
        "percent_text": _percent(percent, language),
        "stated_percent": stated,
        "stated_percent_text": _as_stated(stated, language),
    }


def _plan_for(
    indicator: Indicator,
    figure: Observation | None,
    series: tuple[Observation, ...],
    layer: Layer,
) -> Plan | None:
    """The plan beside an actual figure; a map of plans or targets has none."""
    if figure is None or layer.status != "actual":
        return None
    return plan_document(indicator, figure, series, layer.language)


def _percent(value: float | None, language: Language, decimals: int = 1) -> str:
    return "" if value is None else format_percent(value, language, decimals)


def _as_stated(value: float | None, language: Language) -> str:
    """A share with the decimals the document gives it, two at most: 51% is no 51.00%."""
    if value is None:
        return ""
    _, _, fraction = plain_decimal(round(value, 2)).partition(".")
    return format_percent(value, language, len(fraction))


def _plan_of(figure: Observation, series: tuple[Observation, ...]) -> Observation | None:
    """The plan whose period is the figure's own or the shortest one around it."""
    own = parse_period(figure.period)
    around = [
        (span.end - span.start, one)
        for one in series
        if one.status == "plan"
        and not one.impossible
        and (span := parse_period(one.period)).start <= own.start
        and own.end <= span.end
    ]
    return min(around, key=lambda pair: pair[0])[1] if around else None


def rank_document(store: Store, figure: Observation, unit: Unit, layer: Layer) -> Rank | None:
    """The unit's place among the units of its level, highest first; doubtful figures do not count.

    Equal values share a place. None for a doubtful figure, for one alone, and for a unit that is
    not of the layer's level and date; among named classes nobody is ahead.
    """
    if (
        store.indicator(layer.indicator).kind == "category"
        or unit.level != layer.level
        or not unit.valid_on(store.display_date(layer.level, layer.date))
        or figure.doubt
    ):
        return None
    found = store.values(layer.indicator, layer.period, unit.level, layer.date, layer.status)
    sound = [o.value for o in found.values() if not o.doubt]
    if len(sound) < 2:
        return None
    return _place(figure.value, sound, layer.language)


def recast_rank(
    records: Mapping[str, RecastValue], unit_id: str, language: Language
) -> Rank | None:
    """The same among recast values."""
    own = records[unit_id]
    sound = [r.value for r in records.values() if r.value is not None and not has_doubtful_input(r)]
    if own.value is None or has_doubtful_input(own) or len(sound) < 2:
        return None
    return _place(own.value, sound, language)


def _place(own: float, sound: list[float], language: Language) -> Rank:
    rank, of = 1 + sum(v > own for v in sound), len(sound)
    return {"rank": rank, "of": of, "text": translate("card.rank", language, rank=rank, of=of)}
