"""The places of a unit by category, for its page."""

from __future__ import annotations

from typing import Any

from geodata.i18n import Language
from geodata.model import PlaceCategory, Unit
from geodata.store import Store
from layers.formatting import format_number
from portal.serializers.entities import Document, citation
from portal.serializers.places import category_documents, commune_note
from portal.urls import page_url, source_url

MOST_ROWS = 200
"""Places of a category that a page lists; the rest are counted."""


def unit_places(store: Store, unit: Unit, language: Language) -> list[Document]:
    """The categories that have places in a unit, each with its places and their sources."""
    return [
        found
        for category in store.place_categories()
        if (found := _category(store, unit, category, language)) is not None
    ]


def _category(
    store: Store, unit: Unit, category: PlaceCategory, language: Language
) -> Document | None:
    page = store.places(categories=(category.id,), unit=unit.unit_id, limit=MOST_ROWS)
    if not page.total:
        return None
    (document,) = category_documents(store, (category,), language)
    sources = dict.fromkeys(place.source_id for place in page.items)
    rows: list[dict[str, Any]] = [
        {
            "name": place.name,
            "columns": [{"name": name, "value": value} for name, value in place.columns],
            "note": commune_note(store, place, language),
        }
        for place in page.items
    ]
    return {
        **document,
        "count": format_number(page.total, 0, language),
        "rows": rows,
        "more": page.total - len(rows),
        "map_url": _map_url(unit, category, language),
        "sources": [
            {"title": citation(store.source(each), language), "url": source_url(each, language)}
            for each in sources
        ],
    }


def _map_url(unit: Unit, category: PlaceCategory, language: Language) -> str:
    """The map with the places and the unit open; empty for a unit without a shape."""
    if unit.boundary_quality == "none":
        return ""
    query = {"level": unit.level, "date": unit.valid_from.isoformat()}
    return page_url("/", language, {**query, "places": category.id, "unit": unit.unit_id})
