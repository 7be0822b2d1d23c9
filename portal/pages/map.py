"""``/``: the map, the page everything else hangs off."""

from __future__ import annotations

import datetime as dt

from flask import Flask, Response, redirect, render_template, request
from markupsafe import Markup

from geodata.i18n import Language
from geodata.model import Level
from geodata.store import Store
from geodata.store_cache import cached_per_store
from layers.default_selection import opening_indicator, opening_places
from layers.layer import Layer
from layers.layer_query import LAYER_PARAMETERS
from portal.app_state import app_state
from portal.caching.page_cache import cached_page
from portal.language import current_language
from portal.pages.url_warnings import PAGE_NAMES, url_warnings
from portal.security import csp_nonce
from portal.serializers.catalogue import catalogue_document
from portal.serializers.catalogue_types import CatalogueDocument
from portal.serializers.places import category_documents
from portal.serializers.search import search_document
from portal.serializers.values import values_document
from portal.translations import messages, translate
from portal.urls import page_url
from portal.webmap.folium_map import Bounds
from portal.webmap.map_context import build_map, page_context
from portal.webmap.svg_preview import preview_svg


def map_page() -> str:
    """The map of the layer in the address; its defaults where the address is silent."""
    state = app_state()
    store, settings = state.store, state.settings
    layer = Layer.from_query(_layer_query(store), store)
    values = values_document(store, layer)
    units = store.units(level=layer.level, date=layer.drawn_on, with_shape=True).items
    label = translate("map.label", layer.language, title=values["title"])
    basemap = (settings.basemap_url, settings.basemap_attribution)
    bounds = bounds_of(store, layer.level, layer.drawn_on)
    preview = preview_svg(store, values)
    if preview and "view" in request.args:
        # The preview shows the whole: where the map opens on a part, it is for want of scripts.
        preview = Markup("<noscript>{}</noscript>").format(preview)
    folium_map = build_map(values, bounds, label, csp_nonce(), basemap, preview=preview)
    context = page_context(
        values,
        catalogue_of(store, layer.language),
        units,
        layer,
        messages(layer.language),
        place_categories=category_documents(store, store.place_categories(), layer.language),
    )
    said = url_warnings(request.args, values["units"], store, layer.language)
    return render_template("map.html", folium=folium_map.parts(), notices=said, **context)


def _layer_query(store: Store) -> dict[str, str]:
    """The address's parameters; a theme chosen without scripts brings what it opens with."""
    query = request.args.to_dict()
    theme = next((each for each in store.themes() if each.id == query.get("theme")), None)
    opening = opening_indicator(store, theme) if theme else ""
    if theme and opening:
        own = {indicator.id for indicator in store.indicators(theme.id, parts=True)}
        if query.get("indicator") not in own:
            places = ",".join(opening_places(store, theme))
            kept: dict[str, str] = {
                name: query[name] for name in ("places", "rasters", "lang") if name in query
            }
            return {"indicator": opening, **({"places": places} if places else {}), **kept}
    return query


def _search_result() -> Response | None:
    """Search without scripts: straight to the first unit or indicator found."""
    query, language = request.args.get("q", ""), current_language()
    if not query:
        return None
    items = search_document(app_state().store, query[:200], language, 1)["items"]
    return redirect(items[0]["url"] if items else page_url("/", language))  # type: ignore[return-value]


@cached_per_store(2)
def catalogue_of(store: Store, language: Language) -> CatalogueDocument:
    """The catalogue of a language, made once."""
    return catalogue_document(store, language)


@cached_per_store(32)
def bounds_of(store: Store, level: Level, day: dt.date) -> Bounds | None:
    """Extent of the units of a level, as (south, west), (north, east), degrees."""
    frame = store.boundaries(level, day, 1)
    if frame.empty:
        return None
    west, south, east, north = (round(float(edge), 5) for edge in frame.total_bounds)
    return (south, west), (north, east)


def init_app(app: Flask) -> None:
    """Route the page."""
    view = cached_page(map_page, (*LAYER_PARAMETERS, *PAGE_NAMES), first=_search_result)
    app.add_url_rule("/", "map", view)
