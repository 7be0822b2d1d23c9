"""Search over units and indicators, typed with or without diacritics."""

from __future__ import annotations

from geodata.model import Indicator
from geodata.names import fold
from geodata.store import Hit, Store
from geodata.text import Language
from layers.words import kind_name
from portal.documents.catalogue import best_coverage, by_coverage
from portal.documents.records import Document, unit_name, validity_label
from portal.links import indicator_url, page_url, unit_url


def search_document(store: Store, q: str, language: Language, limit: int) -> Document:
    """Units by name, alias or code, then indicators by their names."""
    units = [_unit(store, hit, language) for hit in store.search(q, limit)]
    matched = [_indicator(store, i, language) for i in matching_indicators(store, q, language)]
    items = [*units, *matched][:limit]
    if matched and len(units) >= limit > 1:
        # An exact word of the catalogue is not pushed out by many names that merely contain it.
        items[-1] = matched[0]
    return {"items": items, "total": len(items), "next": None}


def matching_indicators(store: Store, q: str, language: Language) -> list[Indicator]:
    """Indicators whose name holds every word typed, the well covered first."""
    words = set(fold(q).split())
    if not words:
        return []
    named = [(i, fold(i.name[language])) for i in by_coverage(store, store.indicators())]
    return [i for i, name in named if all(word in name for word in words)]


def _unit(store: Store, hit: Hit, language: Language) -> Document:
    unit = hit.unit
    return {
        "type": "unit",
        "id": unit.unit_id,
        "code": unit.code,
        "name": unit.name[language],
        "full_name": unit.full_name[language],
        "kind_label": kind_name(unit.kind, language),
        "level": unit.level,
        "valid_from": unit.valid_from.isoformat(),
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
        "validity_label": validity_label(store, unit, language),
        "matched": hit.matched_name,
        "parent": _parent(store, unit.parent_id, language),
        "now": [unit_name(u, language) for u in hit.current],
        "url": unit_url(unit.unit_id, language),
    }


def _parent(store: Store, parent_id: str | None, language: Language) -> str:
    return store.unit(parent_id).full_name[language] if parent_id else ""


def _indicator(store: Store, indicator: Indicator, language: Language) -> Document:
    units, total = best_coverage(store, indicator)
    return {
        "type": "indicator",
        "id": indicator.id,
        "name": indicator.name[language],
        "theme": indicator.theme,
        "coverage": {"units": units, "total": total},
        "url": page_url("/", language, {"indicator": indicator.id}),
        "page": indicator_url(indicator.id, language),
    }
