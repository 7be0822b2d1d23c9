"""The open table of old and new units, as JSON and as CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import cast

from geodata.errors import InvalidInput
from geodata.i18n import Language, Localised, Message
from geodata.model import LEVELS, Level
from geodata.recast.service import all_successions, all_units, unit_crosswalk
from geodata.store import Store
from geodata.succession.crosswalk import Crosswalk
from geodata.succession.crosswalk_chain import steps_between
from geodata.succession.crosswalk_table import COLUMNS, crosswalk_csv
from layers.labels import date_text, unit_kind_name
from layers.layer_query import read_parameter, require_one_of, timeline_step
from portal.serializers.entities import unit_link
from portal.serializers.recast_values import crosswalk_method, step_document
from portal.serializers.succession_types import (
    Shares,
    SuccessionEvent,
    SuccessionPair,
    SuccessionsDocument,
    SuccessionUnit,
)
from portal.urls import api_url

CrosswalkQuery = tuple[Level, dt.date, dt.date]


def parse_crosswalk_query(store: Store, query: Mapping[str, str]) -> CrosswalkQuery:
    """Level, first and second day of a request; the lowest level and the whole timeline if silent.

    Raises
    ------
    InvalidInput
        A day or level is not allowed, or there are no units of the level on a day.
    """
    days = [step.date for step in store.info.timeline]
    start = read_parameter(
        "from", lambda t: timeline_step(t, store, "from"), query.get("from") or str(days[0])
    )
    end = read_parameter(
        "to", lambda t: timeline_step(t, store, "to"), query.get("to") or str(days[-1])
    )
    level = cast(Level, require_one_of("level", query.get("level") or "commune", LEVELS))
    for name, day in (("from", start), ("to", end)):
        if not store.units(level=level, date=day, limit=1).total:
            raise InvalidInput(
                Message("There are no units of this level then"),
                found=f"{level}, {day}",
                allowed=tuple(v for v in LEVELS if store.units(level=v, date=day, limit=1).total),
                where=name,
            )
    return level, start, end


def succession_csv(store: Store, query: Mapping[str, str]) -> str:
    """The table as CSV; the header is documented in the JSON answer and on the method page."""
    level, start, end = parse_crosswalk_query(store, query)
    table = unit_crosswalk(store, level, start, end)
    return crosswalk_csv(table, all_units(store), all_successions(store))


def succession_document(
    store: Store, query: Mapping[str, str], language: Language
) -> SuccessionsDocument:
    """The table as JSON: one item per pair, and one for a unit without a counterpart."""
    level, start, end = parse_crosswalk_query(store, query)
    table = unit_crosswalk(store, level, start, end)
    items = _items(store, table, language)
    params = {"from": start.isoformat(), "to": end.isoformat(), "level": level}
    return {
        "from": step_document(store, params["from"], language),
        "to": step_document(store, params["to"], language),
        "level": level,
        "method": crosswalk_method(table),
        "columns": {name: words[language] for name, words in COLUMNS.items()},
        "csv": api_url("/succession.csv", params),
        "items": items,
        "total": len(items),
        "next": None,
    }


def _items(store: Store, table: Crosswalk, language: Language) -> list[SuccessionPair]:
    items: list[SuccessionPair] = []
    for k, link in enumerate(table.links()):
        part = {
            weight: float(values[k])
            for weight, values in table.parts.items()
            if table.parts_known[weight][k]
        }
        items.append(
            {
                "from": _unit(store, link.source, language),
                "to": _unit(store, link.target, language),
                "whole": link.whole,
                "share": _shares(link.shares),
                "part": _shares(part),
                "events": events_between(store, link.source, link.target, language),
            }
        )
    linked = {unit for link in table.links() for unit in (link.source, link.target)}
    for unit in table.sources:
        if unit not in linked:
            items.append(_alone(source=_unit(store, unit, language)))
    for unit in table.targets:
        if unit not in linked:
            items.append(_alone(target=_unit(store, unit, language)))
    return items


def _alone(
    source: SuccessionUnit | None = None, target: SuccessionUnit | None = None
) -> SuccessionPair:
    """A unit without a counterpart."""
    return {"from": source, "to": target, "whole": False, "share": {}, "part": {}, "events": []}


def _shares(shares: Mapping[str, float]) -> Shares:
    return cast(Shares, {weight: round(share, 6) for weight, share in shares.items()})


def _unit(store: Store, unit_id: str, language: Language) -> SuccessionUnit:
    unit = store.unit(unit_id)
    return {
        **unit_link(unit, language),
        "code": unit.code,
        "kind_label": unit_kind_name(unit.kind, language),
        "parent": unit_link(store.unit(unit.parent_id), language) if unit.parent_id else None,
    }


def events_between(store: Store, one: str, other: str, language: Language) -> list[SuccessionEvent]:
    """The events on the way from one unit to another, in the order in which they happened."""
    first, last = sorted((one, other), key=lambda unit: store.unit(unit).valid_from)
    found: dict[tuple[dt.date, Localised], list[str]] = {}
    for row in steps_between(all_successions(store), first, last):
        notes = found.setdefault((row.date, row.legal_basis), [])
        if row.note[language]:
            notes.append(row.note[language])
    return [
        {
            "date": day.isoformat(),
            "label": date_text(day, language),
            "legal_basis": basis[language],
            "note": "; ".join(notes),
        }
        for (day, basis), notes in found.items()
    ]
