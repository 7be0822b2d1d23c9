"""Places as GeoJSON, and as the points of a map."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from geodata.i18n import Language, Localised, Message, Text
from geodata.model import CommuneCheck, Place, PlaceCategory
from geodata.store import Store
from geodata.store_cache import cached_per_store
from layers.places.place_view import place_symbols
from layers.places.symbol_choice import PlaceSymbol
from layers.places.symbol_shapes import OUTLINES, SIGNS
from portal.serializers.entities import citation, unit_link
from portal.serializers.paged_lists import next_address
from portal.serializers.place_types import (
    PlaceCategoryDocument,
    PlaceFeatureDocument,
    PlacePointsDocument,
    PlacesDocument,
    PlaceSymbolDocument,
)
from portal.urls import source_url

_COMMUNE_NOTES: dict[CommuneCheck, Localised] = {
    "agrees": Text(""),
    "differs": Message("The list writes {written}; the commune is that of the position"),
    "unwritten": Text(""),
    "unknown": Message("The list names no known commune; it is that of the position"),
    "by_name": Message("The position is not known; the commune is the one that the list writes"),
}


def places_page(
    store: Store, params: Mapping[str, Any], path: str, query: Mapping[str, str]
) -> PlacesDocument:
    """Places that meet all conditions."""
    language: Language = params["lang"]
    page = store.places(
        categories=params.get("category"),
        unit=params.get("unit"),
        limit=params["limit"],
        offset=params["offset"],
    )
    return {
        "type": "FeatureCollection",
        "categories": category_documents(store, store.place_categories(), language),
        "features": [place_feature(store, place, language) for place in page.items],
        "total": page.total,
        "next": next_address(page.next_offset, path, query),
    }


def place_feature(store: Store, place: Place, language: Language) -> PlaceFeatureDocument:
    """One place with all that is known of it."""
    source = store.source(place.source_id)
    return {
        "type": "Feature",
        "id": place.id,
        "geometry": None
        if place.lon is None or place.lat is None
        else {"type": "Point", "coordinates": (place.lon, place.lat)},
        "properties": {
            "name": place.name,
            "category": place.category,
            "category_label": store.place_category(place.category).name[language],
            "unit": unit_link(store.unit(place.unit_id), language),
            "commune_check": place.commune_check,
            "commune_note": commune_note(store, place, language),
            "columns": [{"name": name, "value": value} for name, value in place.columns],
            "source": place.source_id,
            "source_label": citation(source, language),
            "source_url": source_url(place.source_id, language),
            "quote": place.quote,
        },
    }


def commune_note(store: Store, place: Place, language: Language) -> str:
    """What is to be said of how the commune of a place was found; empty where all agrees."""
    note = _COMMUNE_NOTES[place.commune_check]
    if isinstance(note, Message) and place.written_unit_id:
        note = note.filled(written=store.unit(place.written_unit_id).full_name)
    return note[language]


def place_points(
    store: Store, language: Language, categories: Collection[str] | None = None
) -> PlacePointsDocument:
    """The places of some categories that have a position, or of all categories."""
    chosen = [
        category
        for category in store.place_categories()
        if categories is None or category.id in categories
    ]
    order = {category.id: number for number, category in enumerate(chosen)}
    found = store.places(categories=categories).items
    return {
        "categories": category_documents(store, chosen, language),
        "points": [
            (order[place.category], place.lon, place.lat, place.id, place.name)
            for place in found
            if place.lon is not None and place.lat is not None
        ],
    }


def category_documents(
    store: Store, categories: Iterable[PlaceCategory], language: Language
) -> list[PlaceCategoryDocument]:
    """Categories with their symbols and the number of their places."""
    symbols, counts = place_symbols(store), _counts(store)
    return [
        {
            "id": category.id,
            "name": category.name[language],
            "theme": category.theme,
            "indicator": category.indicator,
            "complete": category.complete,
            "places": counts[category.id],
            "symbol": symbol_document(symbols[category.id]),
        }
        for category in categories
    ]


def symbol_document(symbol: PlaceSymbol) -> PlaceSymbolDocument:
    """A symbol as the browser draws it."""
    outline = OUTLINES[symbol.outline]
    return {
        "outline": outline.path,
        "sign": SIGNS[symbol.sign],
        "centre": outline.centre,
        "scale": outline.scale,
        "colour": symbol.colour,
    }


@cached_per_store(1)
def _counts(store: Store) -> dict[str, int]:
    return {
        category.id: store.places(categories=(category.id,), limit=1).total
        for category in store.place_categories()
    }
