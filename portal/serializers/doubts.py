"""Doubts as documents, for the page, the letter and the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from geodata.doubts.raised import DocumentDoubts, RaisedDoubt, by_document, rule_name
from geodata.doubts.served import served_doubts
from geodata.errors import NotFound
from geodata.i18n import Language, Message
from geodata.model import Observation, Source
from geodata.period import parse_period
from geodata.store import Store
from layers.formatting import format_value, plain_value
from layers.labels import STATUS_NAMES
from portal.serializers.doubt_types import DoubtDocument, DoubtFigureDocument, DoubtsDocument
from portal.serializers.entities import unit_link
from portal.serializers.paged_lists import next_address, paginate
from portal.urls import doubts_url, indicator_url, source_url


def doubts_of(
    store: Store, *, source: str = "", rule: str = "", unit: str = ""
) -> list[RaisedDoubt]:
    """The doubts that meet all conditions, by rule.

    Raises
    ------
    NotFound
        There is no such source or unit.
    """
    if source:
        store.source(source)
    if unit:
        store.unit(unit)
    return [
        doubt
        for doubt in served_doubts(store)
        if (not source or source in doubt.sources)
        and (not rule or rule == doubt.rule)
        and (not unit or any(figure.unit_id == unit for figure in doubt.figures))
    ]


def documents_with_doubts(
    store: Store, *, source: str = "", rule: str = ""
) -> tuple[DocumentDoubts, ...]:
    """The documents with the doubts that they are to answer; only one of them with ``source``."""
    sources = [store.source(source)] if source else store.sources()
    found = doubts_of(store, source=source, rule=rule)
    return by_document(found, {each.id: each for each in sources})


def doubts_of_document(store: Store, source: str) -> DocumentDoubts:
    """The doubts that one document is to answer.

    Raises
    ------
    NotFound
        There is no such source, or nothing about it is doubtful.
    """
    found = documents_with_doubts(store, source=source)
    if not found:
        raise NotFound(
            Message("Nothing about this document is doubtful"),
            found=source,
            allowed=tuple(each.source.id for each in documents_with_doubts(store)),
            where="source",
        )
    return found[0]


def doubt_document(
    store: Store, doubt: RaisedDoubt, language: Language, source: str = ""
) -> DoubtDocument:
    """One doubt.

    Parameters
    ----------
    source
        Id of the document below which ``url`` leads to it; that of its first figure unless given.
    """
    told = [*((each, True) for each in doubt.figures), *((each, False) for each in doubt.against)]
    return {
        "id": doubt.id,
        "rule": doubt.rule,
        "rule_name": rule_name(doubt.rule)[language],
        "sentence": doubt.sentence[language],
        "remarks": [remark[language] for remark in doubt.remarks],
        "sources": list(doubt.sources),
        "figures": [_figure(store, each, language, doubted=doubted) for each, doubted in told],
        "url": doubts_url(language, source or doubt.sources[0], doubt.id),
    }


def _figure(
    store: Store, figure: Observation, language: Language, *, doubted: bool
) -> DoubtFigureDocument:
    indicator, source = store.indicator(figure.indicator), store.source(figure.source_id)
    return {
        "unit": unit_link(store.unit(figure.unit_id), language),
        "indicator": figure.indicator,
        "indicator_name": indicator.name[language],
        "indicator_url": indicator_url(figure.indicator, language),
        "period": figure.period,
        "period_label": parse_period(figure.period).label(language),
        "status": figure.status,
        "status_label": STATUS_NAMES[figure.status][language],
        "value": plain_value(figure.value, indicator),
        "text": format_value(figure.value, indicator, language),
        "source": source.id,
        "source_url": source_url(source.id, language),
        "source_name": _short_name(source, language),
        "quote": figure.quote,
        "doubted": doubted,
    }


def _short_name(source: Source, language: Language) -> str:
    numbered = any(sign.isdigit() for sign in source.number)
    return source.number if numbered else source.title[language]


def doubts_page(
    store: Store, params: Mapping[str, Any], path: str, query: Mapping[str, str]
) -> DoubtsDocument:
    """Doubts that meet all conditions, by rule."""
    conditions = {name: params.get(name, "") for name in ("source", "rule", "unit")}
    found = doubts_of(store, **conditions)
    part, following = paginate(found, params)
    items = [doubt_document(store, doubt, params["lang"]) for doubt in part]
    return {"items": items, "total": len(found), "next": next_address(following, path, query)}
