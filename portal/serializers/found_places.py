"""Places found by name, typed with or without diacritics."""

from __future__ import annotations

from geodata.i18n import Language
from geodata.model import Place
from geodata.store import Store
from geodata.store_cache import cached_per_store
from geodata.vietnamese_names import fold
from portal.serializers.card_types import FoundPlace
from portal.urls import page_url, unit_url

_CLOSE = 12
"""Zoom at which a place found is shown: the width of a commune."""


@cached_per_store(1)
def _folded_places(store: Store) -> tuple[tuple[str, Place], ...]:
    return tuple((f" {fold(place.name)}", place) for place in store.places().items)


def matching_places(store: Store, q: str) -> list[tuple[Place, bool]]:
    """Places whose name holds what was typed, and whether it begins a word of the name.

    In the order of the menu and of the dictionary, those whose name begins with it first.
    """
    wanted = fold(q)
    if not wanted:
        return []
    found = [(name, place) for name, place in _folded_places(store) if wanted in name]
    found.sort(key=lambda each: (not each[0].startswith(f" {wanted}"), f" {wanted}" not in each[0]))
    return [(place, f" {wanted}" in name) for name, place in found]


def found_place(store: Store, place: Place, language: Language) -> FoundPlace:
    """A place as an item of the search; one without a position leads to the list of its commune."""
    unit = store.unit(place.unit_id)
    address = f"{unit_url(unit.unit_id, language)}#unit-places"
    if place.lon is not None and place.lat is not None:
        view = f"{place.lat:.4f},{place.lon:.4f},{_CLOSE}"
        address = page_url("/", language, {"places": place.category, "view": view})
    return {
        "type": "place",
        "id": place.id,
        "name": place.name,
        "category": place.category,
        "category_label": store.place_category(place.category).name[language],
        "parent": unit.full_name[language],
        "lon": place.lon,
        "lat": place.lat,
        "url": address,
    }
