"""The table of endpoints."""

from __future__ import annotations

from layers.layer import Layer
from layers.layer_query import named_series
from layers.rasters.raster_choice import read_raster_choices
from portal.api.endpoint import CSV, ApiRequest, Endpoint, Payload
from portal.api.openapi import openapi_document
from portal.api.publications import PUBLICATIONS_RULE, publications, publications_stamp
from portal.parameters import declared as p
from portal.rasters.registry import rasters_stamp, registered_raster, registered_rasters
from portal.reports.published import answers_about, answers_stamp
from portal.serializers import paged_lists
from portal.serializers.balance import balance_document, balance_text
from portal.serializers.catalogue import catalogue_document
from portal.serializers.comparison import compare_document
from portal.serializers.dimensions import dimensions_document
from portal.serializers.doubts import doubts_page
from portal.serializers.entities import indicator_document, source_document
from portal.serializers.figure_cards import figure_cards
from portal.serializers.places import place_feature, place_points, places_page
from portal.serializers.search import search_document
from portal.serializers.succession import succession_csv, succession_document
from portal.serializers.unit_card import card_document
from portal.serializers.values import values_document


def _units(request: ApiRequest) -> Payload:
    return paged_lists.units_page(request.store, request.params, request.path, request.query)


def _unit(request: ApiRequest) -> Payload:
    unit_id, language = request.path_values["unit_id"], request.params["lang"]
    answers = answers_about(unit_id, language)
    return paged_lists.unit_detail(request.store, unit_id, language, answers)


def _indicators(request: ApiRequest) -> Payload:
    return paged_lists.indicators_page(request.store, request.params, request.path, request.query)


def _indicator(request: ApiRequest) -> Payload:
    given = {"indicator": request.path_values["indicator_id"], **request.query}
    found = named_series(given, request.store)
    return indicator_document(found, request.params["lang"])


def _dimensions(request: ApiRequest) -> Payload:
    return {**dimensions_document(request.store, request.params["lang"])}


def _sources(request: ApiRequest) -> Payload:
    return paged_lists.sources_page(request.store, request.params, request.path, request.query)


def _source(request: ApiRequest) -> Payload:
    found = request.store.source(request.path_values["source_id"])
    return {**source_document(found, request.params["lang"])}


def _observations(request: ApiRequest) -> Payload:
    return paged_lists.observations_page(request.store, request.params, request.path, request.query)


def _doubts(request: ApiRequest) -> Payload:
    return {**doubts_page(request.store, request.params, request.path, request.query)}


def _places(request: ApiRequest) -> Payload:
    return places_page(request.store, request.params, request.path, request.query)


def _place(request: ApiRequest) -> Payload:
    place = request.store.place(request.path_values["place_id"])
    return {**place_feature(request.store, place, request.params["lang"])}


def _place_points(request: ApiRequest) -> Payload:
    chosen = request.params.get("category")
    return {**place_points(request.store, request.params["lang"], chosen)}


def _rasters(request: ApiRequest) -> Payload:
    # The raster libraries, which no map needs.
    from portal.serializers.rasters import rasters_document  # noqa: PLC0415

    return {**rasters_document(registered_rasters(), request.params["lang"])}


def _raster_values(request: ApiRequest) -> Payload:
    from portal.serializers.rasters import raster_values_document  # noqa: PLC0415

    params = request.params
    chosen = read_raster_choices(request.query.get("rasters", ""))
    named = [registered_raster(each.id) for each in chosen] or registered_rasters()
    return {**raster_values_document(named, params["lon"], params["lat"], params["lang"])}


def _values(request: ApiRequest) -> Payload:
    return values_document(request.store, Layer.from_query(request.query, request.store))


def _card(request: ApiRequest) -> Payload:
    layer = Layer.from_query(request.query, request.store)
    return card_document(request.store, request.path_values["unit_id"], layer)


def _figure_cards(request: ApiRequest) -> Payload:
    layer = Layer.from_query(request.query, request.store)
    return {**figure_cards(request.store, layer)}


def _compare(request: ApiRequest) -> Payload:
    return compare_document(request.store, request.query)


def _succession(request: ApiRequest) -> Payload:
    return succession_document(request.store, request.query, request.params["lang"])


def _succession_csv(request: ApiRequest) -> Payload:
    return succession_csv(request.store, request.query)


def _balance(request: ApiRequest) -> Payload:
    return balance_document(request.store, request.query)


def _balance_csv(request: ApiRequest) -> Payload:
    return balance_text(request.store, request.query)


def _search(request: ApiRequest) -> Payload:
    return search_document(
        request.store, request.params["q"], request.params["lang"], request.params["limit"]
    )


def _catalogue(request: ApiRequest) -> Payload:
    return catalogue_document(request.store, request.params["lang"])


def _openapi(request: ApiRequest) -> Payload:
    return openapi_document(ENDPOINTS, request.store.info.version)


_PAGED = (p.LIMIT, p.OFFSET, p.LANG)
_FIGURES = (p.UNIT, p.UNIT_CODE, p.INDICATOR, p.BREAKDOWN, p.PERIOD, p.STATUS, p.SOURCE)

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("units", "/units", "Administrative units of all eras", "Units", _units,
             (p.LEVEL, p.DATE, p.PARENT, p.QUERY, *_PAGED)),
    Endpoint("unit", "/units/<unit_id>", "One unit and its place in time", "UnitInTime", _unit,
             (p.LANG,), {"unit_id": "Id of a unit: code and first day, 03390-20250701"},
             stamp=answers_stamp),
    Endpoint("indicators", "/indicators", "What is measured", "Indicators", _indicators,
             (p.THEME, p.PARTS, *_PAGED)),
    Endpoint("indicator", "/indicators/<indicator_id>", "One indicator", "Indicator", _indicator,
             (p.BREAKDOWN, p.LANG), {"indicator_id": "Id of an indicator"}),
    Endpoint("dimensions", "/dimensions", "Code lists by which indicators are broken down",
             "Dimensions", _dimensions, (p.LANG,)),
    Endpoint("sources", "/sources", "Documents and data files", "Sources", _sources, _PAGED),
    Endpoint("publications", PUBLICATIONS_RULE, "What was published and taken back",
             "Publications", publications, _PAGED, stamp=publications_stamp),
    Endpoint("source", "/sources/<source_id>", "One source", "Source", _source,
             (p.LANG,), {"source_id": "Id of a source"}),
    Endpoint("observations", "/observations", "Figures with their sources and quotes",
             "Observations", _observations, (*_FIGURES, *_PAGED)),
    Endpoint("doubts", "/doubts", "Figures that contradict each other, with rule and sentence",
             "Doubts", _doubts, (p.SOURCE, p.DOUBT_RULE, p.UNIT, *_PAGED)),
    Endpoint("places", "/places", "Places with their positions as GeoJSON", "Places", _places,
             (p.PLACE_CATEGORY, p.UNIT, *_PAGED)),
    Endpoint("place", "/places/<place_id>", "One place as GeoJSON", "PlaceFeature", _place,
             (p.LANG,), {"place_id": "Id of a place"}),
    Endpoint("place_points", "/place-points", "Points and symbols of the places of a map",
             "PlacePoints", _place_points, (p.PLACE_CATEGORY, p.LANG, p.VERSION)),
    Endpoint("rasters", "/rasters", "Registered rasters that maps can show", "Rasters", _rasters,
             (p.LANG,), stamp=rasters_stamp),
    Endpoint("raster_values", "/raster-values", "What registered rasters say at a place",
             "RasterValues", _raster_values, (p.LON, p.LAT, p.RASTERS, p.LANG),
             stamp=rasters_stamp),
    Endpoint("values", "/values", "What every unit of a map shows, with the legend", "Values",
             _values, p.LAYER),
    Endpoint("card", "/cards/<unit_id>", "What is known of one unit under a layer", "Card", _card,
             p.LAYER, {"unit_id": "Id of a unit"}),
    Endpoint("figure_cards", "/figure-cards", "What is known where few units have a figure",
             "FigureCards", _figure_cards, p.LAYER),
    Endpoint("compare", "/compare", "Two maps in the same classes, and what changed between them",
             "Comparison", _compare, p.COMPARISON),
    Endpoint("succession", "/succession", "Which unit became (part of) which", "Successions",
             _succession, p.SUCCESSION),
    Endpoint("succession_csv", "/succession.csv", "The same as CSV", "Csv", _succession_csv,
             p.SUCCESSION, mimetype=CSV),
    Endpoint("balance", "/balance", "Totals of a count before and after it was recast", "Balance",
             _balance, p.BALANCE),
    Endpoint("balance_csv", "/balance.csv", "The same as CSV", "Csv", _balance_csv, p.BALANCE,
             mimetype=CSV),
    Endpoint("search", "/search", "Units and indicators by name or code", "Search", _search,
             (p.SEARCH_QUERY, p.SEARCH_LIMIT, p.LANG)),
    Endpoint("catalogue", "/catalogue", "What the controls of the map offer", "Catalogue",
             _catalogue, (p.LANG, p.VERSION)),
    Endpoint("openapi", "/openapi.json", "This description", "OpenAPI", _openapi),
)  # fmt: skip
