"""The lists of the API: ``{items, total, next}``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from geodata.i18n import Language
from geodata.model import LEVELS, Succession
from geodata.store import Store
from portal.serializers.commune_villages import evidence_documents, villages_document
from portal.serializers.entities import (
    Document,
    indicator_document,
    observation_document,
    source_document,
    unit_document,
    unit_name,
    validity_label,
)
from portal.urls import query_text


def page_document(
    items: Sequence[Mapping[str, object]],
    total: int,
    next_offset: int | None,
    path: str,
    query: Mapping[str, str],
) -> Document:
    """A stretch of a list; ``next`` is the address of the following one or null."""
    following = None
    if next_offset is not None:
        following = f"{path}?{query_text({**query, 'offset': str(next_offset)})}"
    return {"items": list(items), "total": total, "next": following}


def paginate(items: list[Any], params: Mapping[str, Any]) -> tuple[list[Any], int | None]:
    """The part of a whole list a request asks for, and the offset of what follows."""
    start, end = params["offset"], params["offset"] + params["limit"]
    return items[start:end], end if end < len(items) else None


def units_page(
    store: Store, params: Mapping[str, Any], path: str, query: Mapping[str, str]
) -> Document:
    """Units that meet all conditions."""
    names = ("level", "date", "parent", "q", "limit", "offset")
    page = store.units(**{k: params[k] for k in names if k in params})
    items = [unit_document(store, u, params["lang"]) for u in page.items]
    return page_document(items, page.total, page.next_offset, path, query)


def unit_detail(store: Store, unit_id: str, language: Language) -> Document:
    """One unit with what it was formed from, became, holds, and who else bore its code."""
    unit = store.unit(unit_id)

    def steps(rows: Sequence[Succession], end: str) -> list[Document]:
        return [
            {
                **unit_name(store.unit(getattr(s, end)), language),
                "date": s.date.isoformat(),
                "legal_basis": s.legal_basis[language],
                "whole": s.whole,
                "share_area": s.share_area,
                "share_population": s.share_population,
                "share_households": s.share_households,
                "note": s.note[language],
            }
            for s in rows
        ]

    others = [u for u in store.versions(unit.code) if u.unit_id != unit_id]
    return {
        **unit_document(store, unit, language),
        "formed_from": steps(store.predecessors(unit_id), "from_id"),
        "became": steps(store.successors(unit_id), "to_id"),
        "children": [unit_name(u, language) for u in store.children(unit_id)],
        "villages": villages_document(store, unit, language),
        "named_in": evidence_documents(store, unit, language),
        "versions": [
            {**unit_name(u, language), "validity_label": validity_label(store, u, language)}
            for u in others
        ],
    }


def indicators_page(
    store: Store, params: Mapping[str, Any], path: str, query: Mapping[str, str]
) -> Document:
    """Indicators of one theme or of all, in the order of the catalogue."""
    found = list(store.indicators(params.get("theme")))
    part, following = paginate(found, params)
    items = [indicator_document(i, params["lang"]) for i in part]
    return page_document(items, len(found), following, path, query)


def sources_page(
    store: Store, params: Mapping[str, Any], path: str, query: Mapping[str, str]
) -> Document:
    """Sources, the most official first."""
    found = sorted(store.sources(), key=lambda s: (s.rank, s.id))
    part, following = paginate(found, params)
    items = [source_document(s, params["lang"]) for s in part]
    return page_document(items, len(found), following, path, query)


def observations_page(
    store: Store, params: Mapping[str, Any], path: str, query: Mapping[str, str]
) -> Document:
    """Figures that meet all conditions."""
    names = ("unit", "unit_code", "indicator", "period", "status", "source", "limit", "offset")
    page = store.observations(**{k: params[k] for k in names if k in params})
    items = [observation_document(store, o, params["lang"]) for o in page.items]
    return page_document(items, page.total, page.next_offset, path, query)


def levels_on(store: Store, date: dt.date) -> tuple[str, ...]:
    """The levels that have units with a shape on a day of the timeline."""
    return tuple(
        v for v in LEVELS if store.units(level=v, date=date, with_shape=True, limit=1).total
    )
