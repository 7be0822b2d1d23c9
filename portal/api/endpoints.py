"""The table of endpoints."""

from __future__ import annotations

from layers.layer import Layer
from portal import parameters as p
from portal.api.endpoint import CSV, Answer, Call, Endpoint
from portal.api.openapi import openapi_document
from portal.documents import lists
from portal.documents.balance import balance_document, balance_text
from portal.documents.card import card_document
from portal.documents.catalogue import catalogue_document
from portal.documents.compare import compare_document
from portal.documents.records import indicator_document, source_document
from portal.documents.search import search_document
from portal.documents.succession import succession_csv, succession_document
from portal.documents.values import values_document


def _units(call: Call) -> Answer:
    return lists.units_page(call.store, call.ask, call.path, call.query)


def _unit(call: Call) -> Answer:
    return lists.unit_page(call.store, call.path_values["unit_id"], call.ask["lang"])


def _indicators(call: Call) -> Answer:
    return lists.indicators_page(call.store, call.ask, call.path, call.query)


def _indicator(call: Call) -> Answer:
    found = call.store.indicator(call.path_values["indicator_id"])
    return indicator_document(found, call.ask["lang"])


def _sources(call: Call) -> Answer:
    return lists.sources_page(call.store, call.ask, call.path, call.query)


def _source(call: Call) -> Answer:
    return source_document(call.store.source(call.path_values["source_id"]), call.ask["lang"])


def _observations(call: Call) -> Answer:
    return lists.observations_page(call.store, call.ask, call.path, call.query)


def _values(call: Call) -> Answer:
    return values_document(call.store, Layer.from_query(call.query, call.store))


def _card(call: Call) -> Answer:
    layer = Layer.from_query(call.query, call.store)
    return card_document(call.store, call.path_values["unit_id"], layer)


def _compare(call: Call) -> Answer:
    return compare_document(call.store, call.query)


def _succession(call: Call) -> Answer:
    return succession_document(call.store, call.query, call.ask["lang"])


def _succession_csv(call: Call) -> Answer:
    return succession_csv(call.store, call.query)


def _balance(call: Call) -> Answer:
    return balance_document(call.store, call.query)


def _balance_csv(call: Call) -> Answer:
    return balance_text(call.store, call.query)


def _search(call: Call) -> Answer:
    return search_document(call.store, call.ask["q"], call.ask["lang"], call.ask["limit"])


def _catalogue(call: Call) -> Answer:
    return catalogue_document(call.store, call.ask["lang"])


def _openapi(call: Call) -> Answer:
    return openapi_document(ENDPOINTS, call.store.info.version)


_PAGED = (p.LIMIT, p.OFFSET, p.LANG)
_FIGURES = (p.UNIT, p.UNIT_CODE, p.INDICATOR, p.PERIOD, p.STATUS, p.SOURCE)

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("units", "/units", "Administrative units of all eras", "Units", _units,
             (p.LEVEL, p.DATE, p.PARENT, p.QUERY, *_PAGED)),
    Endpoint("unit", "/units/<unit_id>", "One unit and its place in time", "UnitInTime", _unit,
             (p.LANG,), {"unit_id": "Id of a unit: code and first day, 03390-20250701"}),
    Endpoint("indicators", "/indicators", "What is measured", "Indicators", _indicators,
             (p.THEME, *_PAGED)),
    Endpoint("indicator", "/indicators/<indicator_id>", "One indicator", "Indicator", _indicator,
             (p.LANG,), {"indicator_id": "Id of an indicator"}),
    Endpoint("sources", "/sources", "Documents and data files", "Sources", _sources, _PAGED),
    Endpoint("source", "/sources/<source_id>", "One source", "Source", _source,
             (p.LANG,), {"source_id": "Id of a source"}),
    Endpoint("observations", "/observations", "Figures with their sources and quotes",
             "Observations", _observations, (*_FIGURES, *_PAGED)),
    Endpoint("values", "/values", "What every unit of a map shows, with the legend", "Values",
             _values, p.LAYER),
    Endpoint("card", "/cards/<unit_id>", "What is known of one unit under a layer", "Card", _card,
             p.LAYER, {"unit_id": "Id of a unit"}),
    Endpoint("compare", "/compare", "Two maps in the same classes, and what changed between them",
             "Comparison", _compare, p.COMPARISON),
    Endpoint("succession", "/succession", "Which unit became (part of) which", "Successions",
             _succession, p.SUCCESSION),
    Endpoint("succession_csv", "/succession.csv", "The same as CSV", "Csv", _succession_csv,
             p.SUCCESSION, media=CSV),
    Endpoint("balance", "/balance", "Totals of a count before and after it was recast", "Balance",
             _balance, p.BALANCE),
    Endpoint("balance_csv", "/balance.csv", "The same as CSV", "Csv", _balance_csv, p.BALANCE,
             media=CSV),
    Endpoint("search", "/search", "Units and indicators by name or code", "Search", _search,
             (p.SEARCH_QUERY, p.SEARCH_LIMIT, p.LANG)),
    Endpoint("catalogue", "/catalogue", "What the controls of the map offer", "Catalogue",
             _catalogue, (p.LANG, p.VERSION)),
    Endpoint("openapi", "/openapi.json", "This description", "OpenAPI", _openapi),
)  # fmt: skip
