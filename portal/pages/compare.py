"""``/compare``: the province before and after a merger."""

from __future__ import annotations

from typing import Any

from flask import Flask, render_template, request

from geodata.store import Store
from layers.comparison import comparison_layer
from portal.comparison import read_comparison
from portal.documents.compare import compare_document
from portal.documents.records import Document
from portal.pages.map import bounds_of, catalogue_of
from portal.security import csp_nonce
from portal.services import services
from portal.texts import texts
from portal.webmap.comparison import build_maps, comparison_context


def compare_page() -> str:
    """Two maps and what changed between them; the fullest figures of former units by default."""
    parts = services()
    mode, query = read_comparison(request.args.to_dict())
    document, context = _comparison(parts.store, query)
    basemap = (parts.settings.basemap_url, parts.settings.basemap_attribution)
    maps = build_maps(document, context.pop("bounds"), context["texts"], csp_nonce(), basemap)
    return render_template("compare.html", folium=maps, mode=mode, **context)


def _comparison(store: Store, query: dict[str, str]) -> tuple[Document, dict[str, Any]]:
    layer, on = comparison_layer(query, store)
    document = compare_document(store, query)
    units = store.units(level=layer.level, date=on, with_shape=True).items
    catalogue = catalogue_of(store, layer.language)
    context = comparison_context(document, catalogue, units, layer, texts(layer.language))
    return document, {**context, "bounds": bounds_of(store, layer.level, on)}


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule("/compare", "compare", compare_page)
