"""Units, indicators, sources and figures as JSON objects."""

from __future__ import annotations

from typing import Any

from geodata.doubts.served import doubts_about
from geodata.errors import InvalidInput
from geodata.i18n import LANGUAGES, Language, Message
from geodata.model import Indicator, Observation, Source, Unit
from geodata.period import parse_period
from geodata.store import Store
from layers.figure_concepts import concept_name
from layers.figure_quality import QUALITY_NAMES, printed_slip_text
from layers.figure_remarks import figure_remark
from layers.formatting import format_value, plain_value
from layers.labels import LEVEL_NAMES, STATUS_NAMES, unit_kind_name, validity_text
from layers.symbology import default_symbology
from portal.serializers.document_types import (
    ObservationDocument,
    SourceDocument,
    UnitDocument,
    UnitLink,
)
from portal.serializers.values_types import CategoryDocument, IndicatorDocument, SourceLink
from portal.translations import translate
from portal.urls import doubts_url, indicator_url, source_url, unit_url

Document = dict[str, Any]


def unit_name(unit: Unit, language: Language) -> Document:
    """The shortest mention of a unit, to which more fields may be added."""
    return {**unit_link(unit, language)}


def unit_link(unit: Unit, language: Language) -> UnitLink:
    """The shortest mention of a unit."""
    return {
        "id": unit.unit_id,
        "name": unit.name[language],
        "full_name": unit.full_name[language],
        "url": unit_url(unit.unit_id, language),
    }


def validity_label(store: Store, unit: Unit, language: Language) -> str:
    """How long a unit is valid, in words; of a village known by name, when documents name it."""
    if unit.boundary_quality == "none" and (mentions := store.mentions(unit.unit_id)):
        ordered = sorted((parse_period(one.period) for one in mentions), key=lambda p: p.sort_key)
        labels = dict.fromkeys(period.label(language) for period in ordered)
        return translate("villages.since_named", language, periods=", ".join(labels))
    first = store.info.timeline[0].date
    return validity_text(unit.valid_from, unit.valid_to, first, language)


def unit_document(store: Store, unit: Unit, language: Language) -> UnitDocument:
    """All that is known of a unit itself; areas in km², dates in ISO 8601."""
    parent = store.unit(unit.parent_id) if unit.parent_id else None
    return {
        "id": unit.unit_id,
        "code": unit.code,
        "level": unit.level,
        "level_label": LEVEL_NAMES[unit.level][language],
        "kind": unit.kind,
        "kind_label": unit_kind_name(unit.kind, language),
        "name": unit.name[language],
        "full_name": unit.full_name[language],
        "names": {language: unit.name[language] for language in LANGUAGES},
        "parent": unit_link(parent, language) if parent else None,
        "valid_from": unit.valid_from.isoformat(),
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
        "validity_label": validity_label(store, unit, language),
        "official_area_km2": unit.official_area_km2,
        "shape_area_km2": unit.shape_area_km2,
        "seat": unit.seat,
        "seat_position": [unit.seat_lon, unit.seat_lat] if unit.seat_lon is not None else None,
        "boundary_quality": unit.boundary_quality,
        "boundary_quality_label": translate(f"unit.{unit.boundary_quality}", language),
        "source": unit.source_id,
        "aliases": list(unit.aliases),
        "url": unit_url(unit.unit_id, language),
    }


def indicator_document(indicator: Indicator, language: Language) -> IndicatorDocument:
    """All that is known of an indicator itself."""
    unit = indicator.measure_unit
    symbology = default_symbology(indicator)
    return {
        "id": indicator.id,
        "whole": indicator.whole,
        "dimensions": indicator.dimensions,
        "breakdowns": [each.split(",") for each in indicator.breakdowns],
        "former_ids": list(indicator.former_ids),
        "theme": indicator.theme,
        "group": indicator.group[language],
        "name": indicator.name[language],
        "definition": indicator.definition[language],
        "measure_unit": {
            "id": unit.id,
            "symbol": unit.symbol[language],
            "name": unit.name[language],
            "space": unit.space,
        },
        "kind": indicator.kind,
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "ratio_factor": indicator.ratio_factor,
        "direction": indicator.direction,
        "decimals": indicator.decimals,
        "minimum": indicator.minimum,
        "maximum": indicator.maximum,
        "usual_range": list(indicator.usual_range),
        "levels": list(indicator.levels),
        "not_applicable_kinds": list(indicator.not_applicable_kinds),
        "scheme": indicator.classification.scheme,
        "classes": indicator.classification.classes,
        "thresholds": list(indicator.classification.thresholds),
        "palette": symbology.palette,
        "style": symbology.style,
        "categories": category_documents(indicator, language),
        "ordered": indicator.ordered,
        "url": indicator_url(indicator.id, language),
    }


def category_documents(indicator: Indicator, language: Language) -> list[CategoryDocument]:
    """The named classes of an indicator, in their order; none of one that is a number."""
    return [{"id": each.id, "name": each.name[language]} for each in indicator.categories]


def source_link(source: Source, language: Language) -> SourceLink:
    """The shortest mention of a source."""
    return {
        "id": source.id,
        "title": source.title[language],
        "title_line": citation(source, language),
        "url": source_url(source.id, language),
    }


def source_document(source: Source, language: Language) -> SourceDocument:
    """All that is known of a source; ``url`` is its page here, ``document_url`` the original."""
    return {
        "id": source.id,
        "kind": source.kind,
        "title": source.title[language],
        "number": source.number,
        "number_label": document_number(source.number),
        "issuer": source.issuer[language],
        "date": source.date,
        "date_label": partial_date(source.date, language) if source.date else "",
        "place": source.place,
        "licence": source.licence,
        "rank": source.rank,
        "document_url": safe_url(source.url),
        "title_line": citation(source, language),
        "url": source_url(source.id, language),
    }


def safe_url(url: str) -> str:
    """The address if a browser may follow it, else nothing: only the web, never a script."""
    return url if url.startswith(("https://", "http://")) else ""


def document_number(number: str) -> str:
    """The number of a document as it is written; dots where the office left it blank.

    ``/BC-UBND`` gives ``…/BC-UBND``.
    """
    return f"…{number}" if number.startswith("/") else number


def citation(source: Source, language: Language) -> str:
    """A source as one line: title, number, issuer and date, as far as known."""
    parts = [source.title[language]]
    if source.number:
        parts.append(f"{Message('no.')[language]} {document_number(source.number)}")
    if source.issuer:
        parts.append(source.issuer[language])
    if source.date:
        parts.append(partial_date(source.date, language))
    return ", ".join(parts)


def partial_date(day: str, language: Language) -> str:
    """A date of which the day or the month may be unknown, as a period is written."""
    try:
        return parse_period(day).label(language)
    except InvalidInput:
        return day


def observation_document(
    store: Store, figure: Observation, language: Language
) -> ObservationDocument:
    """One figure with its source and quote; ``value`` in the unit of measure named."""
    indicator = store.indicator(figure.indicator)
    doubts = doubts_about(store, figure)
    return {
        "unit_id": figure.unit_id,
        "unit_code": figure.unit_id.split("-")[0],
        "indicator": indicator.measured,
        "dimensions": indicator.dimensions,
        "series": indicator.id,
        "period": figure.period,
        "period_label": parse_period(figure.period).label(language),
        "value": plain_value(figure.value, indicator),
        "text": format_value(figure.value, indicator, language),
        "status": figure.status,
        "status_label": STATUS_NAMES[figure.status][language],
        "measure_unit": indicator.measure_unit.id,
        "source": figure.source_id,
        "quote": figure.quote,
        "scale": figure.scale,
        "stated_percent": figure.stated_percent,
        "stated_change": figure.stated_change,
        "qualifier": figure.qualifier,
        "basis": figure.basis,
        "method": figure.method[language],
        "coverage": figure.coverage,
        "doubt": figure.doubt[language],
        "doubt_rules": [doubt.rule for doubt in doubts],
        "doubt_url": doubts_url(language, figure.source_id, doubts[0].id) if doubts else "",
        "quality": figure.quality,
        "quality_label": QUALITY_NAMES[figure.quality][language],
        "printed": figure.printed,
        "printed_text": printed_slip_text(figure, indicator, language),
        "note": figure_remark(figure, indicator, language),
        "concept": figure.concept,
        "concept_label": concept_name(store, figure, language),
    }
