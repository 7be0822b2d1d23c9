"""``/compare``: the province before and after a merger."""

from __future__ import annotations

from typing import Any

from flask import Flask, render_template, request

from geodata.store import Store
from layers.comparison import comparison_layer
from portal.app_state import app_state
from portal.caching.page_cache import cached_page
from portal.pages.map import bounds_of, catalogue_of
from portal.parameters.declared import COMPARISON, COMPARISON_MODES, parse_comparison_query
from portal.security import csp_nonce
from portal.serializers.comparison import compare_document
from portal.serializers.comparison_types import ComparisonDocument
from portal.serializers.places import category_documents
from portal.translations import messages
from portal.webmap.comparison_context import build_maps, comparison_context

_PAGE_NAMES = ("mode", "unit", "view")
"""Parameters of the page alone, beside those of the comparison."""


def compare_page() -> str:
    """Two maps and what changed between them; the fullest figures of former units by default."""
    state = app_state()
    mode, query = parse_comparison_query(request.args.to_dict())
    document, context = _comparison(state.store, query)
    if document["classes"] and mode == "difference":
        mode = COMPARISON_MODES[0]  # Named classes have no difference to show.
    basemap = (state.settings.basemap_url, state.settings.basemap_attribution)
    maps = build_maps(document, context.pop("bounds"), context["texts"], csp_nonce(), basemap)
    return render_template("compare.html", folium=maps, mode=mode, **context)


def _comparison(store: Store, query: dict[str, str]) -> tuple[ComparisonDocument, dict[str, Any]]:
    layer, on = comparison_layer(query, store)
    document = compare_document(store, query)
    units = store.units(level=layer.level, date=on, with_shape=True).items
    catalogue = catalogue_of(store, layer.language)
    context = comparison_context(document, catalogue, units, layer, messages(layer.language))
    context["place_categories"] = category_documents(
        store, store.place_categories(), layer.language
    )
    return document, {**context, "bounds": bounds_of(store, layer.level, on)}


def init_app(app: Flask) -> None:
    """Route the page."""
    view = cached_page(compare_page, (*COMPARISON, *_PAGE_NAMES), ignore_others=True)
    app.add_url_rule("/compare", "compare", view)
