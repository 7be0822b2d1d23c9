"""The lists of the API: ``{items, total, next}``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from geodata.errors import InvalidInput
from geodata.i18n import Language, Message
from geodata.model import LEVELS, Succession
from geodata.store import Store
from layers.layer_query import named_series
from portal.serializers.commune_villages import evidence_documents, villages_document
from portal.serializers.entities import (
    indicator_document,
    observation_document,
    source_document,
    unit_document,
    unit_link,
    validity_label,
)
from portal.serializers.joint_values import joint_figures_document
from portal.serializers.list_types import (
    IndicatorsDocument,
    ObservationsDocument,
    SourcesDocument,
    UnitsDocument,
)
from portal.serializers.unit_detail_types import ReportAnswer, UnitInTimeDocument, UnitStep
from portal.urls import query_text


def next_address(offset: int | None, path: str, query: Mapping[str, str]) -> str | None:
    """The address of the stretch of a list that begins at an offset; None without one."""
    return None if offset is None else f"{path}?{query_text({**query, 'offset': str(offset)})}"


def paginate(items: list[Any], params: Mapping[str, Any]) -> tuple[list[Any], int | None]:
    """The part of a whole list a request asks for, and the offset of what follows."""
    start, end = params["offset"], params["offset"] + params["limit"]
    return items[start:end], end if end < len(items) else None


def units_page(
    store: Store, params: Mapping[str, Any], path: str, query: Mapping[str, str]
) -> UnitsDocument:
    """Units that meet all conditions."""
    names = ("level", "date", "parent", "q", "limit", "offset")
    page = store.units(**{k: params[k] for k in names if k in params})
    items = [unit_document(store, u, params["lang"]) for u in page.items]
    following = next_address(page.next_offset, path, query)
    return {"items": items, "total": page.total, "next": following}


def unit_detail(
    store: Store, unit_id: str, language: Language, answers: list[ReportAnswer]
) -> UnitInTimeDocument:
    """One unit with what it was formed from, became, holds, and who else bore its code.

    Parameters
    ----------
    answers
        What editors answered to reported errors; the ledger has them, not the store.
    """
    unit = store.unit(unit_id)

    def steps(rows: Sequence[Succession], end: str) -> list[UnitStep]:
        return [
            {
                **unit_link(store.unit(getattr(s, end)), language),
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
        "children": [unit_link(u, language) for u in store.children(unit_id)],
        "villages": villages_document(store, unit, language),
        "named_in": evidence_documents(store, unit, language),
        "versions": [
            {**unit_link(u, language), "validity_label": validity_label(store, u, language)}
            for u in others
        ],
        "joint_figures": joint_figures_document(store, unit_id, language),
        "answers": answers,
    }


def indicators_page(
    store: Store, params: Mapping[str, Any], path: str, query: Mapping[str, str]
) -> IndicatorsDocument:
    """Indicators of one theme or of all, in the order of the catalogue."""
    found = list(store.indicators(params.get("theme"), parts=params.get("parts", False)))
    part, following = paginate(found, params)
    items = [indicator_document(i, params["lang"]) for i in part]
    return {"items": items, "total": len(found), "next": next_address(following, path, query)}


def sources_page(
    store: Store, params: Mapping[str, Any], path: str, query: Mapping[str, str]
) -> SourcesDocument:
    """Sources, the most official first."""
    found = sorted(store.sources(), key=lambda s: (s.rank, s.id))
    part, following = paginate(found, params)
    items = [source_document(s, params["lang"]) for s in part]
    return {"items": items, "total": len(found), "next": next_address(following, path, query)}


def observations_page(
    store: Store, params: Mapping[str, Any], path: str, query: Mapping[str, str]
) -> ObservationsDocument:
    """Figures that meet all conditions."""
    names = ("unit", "unit_code", "indicator", "period", "status", "source", "limit", "offset")
    conditions = {k: params[k] for k in names if k in params}
    if "breakdown" in params:
        if "indicator" not in params:
            raise InvalidInput(
                Message("A breakdown needs its indicator"),
                found=params["breakdown"],
                remedy=Message("Name the indicator too"),
                where="breakdown",
            )
        conditions["indicator"] = named_series(query, store).id
    page = store.observations(**conditions)
    items = [observation_document(store, o, params["lang"]) for o in page.items]
    following = next_address(page.next_offset, path, query)
    return {"items": items, "total": page.total, "next": following}


def levels_on(store: Store, date: dt.date) -> tuple[str, ...]:
    """The levels that have units with a shape on a day of the timeline."""
    return tuple(
        v for v in LEVELS if store.units(level=v, date=date, with_shape=True, limit=1).total
    )
