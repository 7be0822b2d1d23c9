"""Search over units, indicators and places, typed with or without diacritics."""

from __future__ import annotations

from geodata.i18n import Language
from geodata.model import Indicator, Place
from geodata.store import SearchHit, Store
from geodata.vietnamese_names import fold, match_key
from layers.labels import unit_kind_name
from portal.serializers.card_types import FoundIndicator, FoundPlace, FoundUnit, SearchDocument
from portal.serializers.catalogue import best_coverage, coverage_rows
from portal.serializers.entities import unit_link, validity_label
from portal.serializers.found_places import found_place, matching_places
from portal.urls import indicator_url, page_url, series_query, unit_url


def search_document(store: Store, q: str, language: Language, limit: int) -> SearchDocument:
    """Units by name, alias or code, then indicators and places by their names.

    Names in which the typed words begin a word come before those that hold them somewhere:
    who types ``rừng`` looks for forests, not for Trung Chải.
    """
    hits = store.search(q, limit)
    ranked = matching_indicators(store, q, language)
    places = matching_places(store, q)
    begun = [hit for hit in hits if hit.begins]
    meant = [indicator for indicator, is_begun in ranked if is_begun]
    groups: list[list[SearchHit] | list[Indicator] | list[Place]] = [
        begun,
        meant,
        [place for place, is_begun in places if is_begun],
        [hit for hit in hits if hit not in begun],
        [indicator for indicator, is_begun in ranked if not is_begun],
        [place for place, is_begun in places if not is_begun],
    ]
    items = [_item(store, found, language) for group in groups for found in group][:limit]
    if meant and len(begun) >= limit > 1:
        # An exact word of the catalogue is not pushed out by many names that merely contain it.
        items[-1] = _indicator(store, meant[0], language)
    return {"items": items, "total": len(items), "next": None}


def matching_indicators(store: Store, q: str, language: Language) -> list[tuple[Indicator, bool]]:
    """Indicators whose name holds every word typed, and whether each begins a word of it.

    First the one of that name, then those with the words as spelled, then as whole words without
    diacritics, then as beginnings of words. Among equals the one that leads its theme is first,
    then those with figures, in the order of the catalogue, which names the chief ones first.
    """
    if not fold(q):
        return []
    leads = {theme.lead for theme in store.themes()}
    rows = coverage_rows(store)
    graded = [
        ((_match_rank(q, one.name[language]), one.id not in leads, not rows.get(one.id)), one)
        for one in _named(store)
    ]
    graded.sort(key=lambda each: each[0])
    return [(one, rank[0] < _INNER) for rank, one in graded if rank[0] < _NO_MATCH]


def _named(store: Store) -> tuple[Indicator, ...]:
    """All indicators, and the parts of which there are figures."""
    rows = coverage_rows(store)
    return tuple(one for one in store.indicators(parts=True) if not one.whole or rows[one.id])


_INNER, _NO_MATCH = 4, 5


def _match_rank(q: str, name: str) -> int:
    """How well a name holds the words typed.

    0 is the name itself, 1 its words as spelled, 2 without diacritics, 3 begun, 4 within.
    """
    if fold(q) == fold(name):
        return 0
    if {match_key(word) for word in q.split()} <= {match_key(word) for word in name.split()}:
        return 1
    words, folded = fold(q).split(), fold(name)
    if set(words) <= set(folded.split()):
        return 2
    if all(f" {word}" in f" {folded}" for word in words):
        return 3
    return _INNER if all(word in folded for word in words) else _NO_MATCH


def _item(
    store: Store, found: SearchHit | Indicator | Place, language: Language
) -> FoundUnit | FoundIndicator | FoundPlace:
    if isinstance(found, SearchHit):
        return _unit(store, found, language)
    if isinstance(found, Place):
        return found_place(store, found, language)
    return _indicator(store, found, language)


def _unit(store: Store, hit: SearchHit, language: Language) -> FoundUnit:
    unit = hit.unit
    return {
        "type": "unit",
        "id": unit.unit_id,
        "code": unit.code,
        "name": unit.name[language],
        "full_name": unit.full_name[language],
        "kind_label": unit_kind_name(unit.kind, language),
        "level": unit.level,
        "valid_from": unit.valid_from.isoformat(),
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
        "validity_label": validity_label(store, unit, language),
        "matched": hit.matched_name,
        "parent": _parent(store, unit.parent_id, language),
        "now": [unit_link(u, language) for u in hit.current],
        "url": unit_url(unit.unit_id, language),
    }


def _parent(store: Store, parent_id: str | None, language: Language) -> str:
    return store.unit(parent_id).full_name[language] if parent_id else ""


def _indicator(store: Store, indicator: Indicator, language: Language) -> FoundIndicator:
    units, total = best_coverage(store, indicator)
    return {
        "type": "indicator",
        "id": indicator.id,
        "name": indicator.name[language],
        "theme": indicator.theme,
        "coverage": {"units": units, "total": total},
        "url": page_url("/", language, series_query(indicator.id)),
        "page": indicator_url(indicator.id, language),
    }
