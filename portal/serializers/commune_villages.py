"""The villages of a commune: those in force, those that ended, those of what it was formed from.

Which village joined which is told where a succession says so, and said to be unknown elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from geodata.i18n import Language
from geodata.i18n.collation import sort_key
from geodata.model import VILLAGES_INDICATOR, Level, Unit, VillageChange, VillageMention
from geodata.period import parse_period
from geodata.store import Store
from layers.figure_remarks import figure_remark
from layers.formatting import format_value
from layers.labels import date_text, unit_kind_name
from portal.serializers.card_types import CardVillages
from portal.serializers.entities import source_document, unit_link
from portal.serializers.unit_detail_types import (
    LoadedVillages,
    StatedCount,
    VillageChangeDocument,
    VillageDocument,
    VillageList,
    VillageMentionDocument,
    VillagesDocument,
)
from portal.translations import translate
from portal.urls import page_url, series_query

COMMUNE: Level = "commune"
VILLAGE: Level = "village"
_MAP_PIXELS = 360
"""Width of the narrowest map the commune shall fit into."""


def villages_document(store: Store, unit: Unit, language: Language) -> VillagesDocument | None:
    """All that is known of a commune's villages.

    Returns
    -------
    dict or None
        ``lists``: one for the commune itself and one for every unit it was formed from of which
        any village or number is known; ``changes``: rearrangements documents tell of. None where
        nothing is known, and for units of other levels.
    """
    if unit.level != COMMUNE:
        return None
    lists = [
        found
        for one in (unit, *_ancestors(store, unit, language))
        if (found := _list(store, one, language))
    ]
    changes = [_change(store, change, language) for change in store.changes(unit.unit_id)]
    return {"lists": lists, "changes": changes} if lists or changes else None


def village_names(store: Store, unit: Unit, language: Language) -> CardVillages | None:
    """The same for the card of a map: a sentence and the names of each list."""
    found = villages_document(store, unit, language)
    if found is None:
        return None
    return {
        "lists": [
            {
                "unit": one["unit"],
                "sentence": one["sentence"],
                "doubt": one["doubt"],
                "items": [
                    {"id": item["id"], "full_name": item["full_name"], "url": item["url"]}
                    for item in one["items"]
                ],
            }
            for one in found["lists"]
        ],
        "changes": [
            {"sentence": change["sentence"], "doubt": change["doubt"], "note": change["note"]}
            for change in found["changes"]
        ],
    }


def evidence_documents(
    store: Store, unit: Unit, language: Language
) -> list[VillageMentionDocument]:
    """The mentions of a village in documents, oldest first."""
    found = sorted(store.mentions(unit.unit_id), key=lambda one: parse_period(one.period).sort_key)
    return [_mention(store, one, language) for one in found]


def _ancestors(store: Store, unit: Unit, language: Language) -> list[Unit]:
    """The communes a commune was formed from, nearest first, then by name."""
    found: dict[str, Unit] = {}
    line = [unit]
    while line:
        before = {
            step.from_id: store.unit(step.from_id)
            for one in line
            for step in store.predecessors(one.unit_id)
        }
        line = sorted(
            (one for one in before.values() if one.unit_id not in found),
            key=lambda one: sort_key(one.name[language], language),
        )
        found |= {one.unit_id: one for one in line}
    return list(found.values())


def _list(store: Store, commune: Unit, language: Language) -> VillageList | None:
    children = [one for one in store.children(commune.unit_id) if one.level == VILLAGE]
    children = [one for one in children if one.parent_id == commune.unit_id]
    current = [one for one in children if one.valid_to == commune.valid_to]
    ended = [one for one in children if one.valid_to != commune.valid_to]
    stated = _stated_counts(store, commune, language)
    if not children and not stated:
        return None
    return {
        "unit": unit_link(commune, language),
        "former": commune.valid_to is not None,
        "named": len(current),
        "drawn": sum(one.boundary_quality != "none" for one in current),
        "sentence": _sentence(commune, current, stated, language),
        "doubt": _count_disagreement(current, stated, language),
        "loaded": _loaded(store, current, language),
        "map_url": _map_url(store, commune, current, language),
        "stated": stated,
        "items": [_item(store, one, language) for one in current],
        "ended": [_item(store, one, language) for one in ended],
    }


def _loaded(store: Store, current: list[Unit], language: Language) -> LoadedVillages | None:
    """How many villages have a shape, and the office's documents it comes from."""
    shaped = [one for one in current if one.boundary_quality != "none"]
    if not shaped:
        return None
    ids = sorted({one.source_id for one in shaped})
    return {
        "sentence": translate("villages.loaded", language, n=len(shaped)),
        "sources": [source_document(store.source(source_id), language) for source_id in ids],
    }


def _map_url(store: Store, commune: Unit, current: list[Unit], language: Language) -> str:
    """The map of the villages, brought to the commune; empty where none has a shape and figures."""
    days = [s.date for s in store.info.timeline if commune.valid_on(s.date)]
    if not days or not any(one.boundary_quality != "none" for one in current):
        return ""
    level = {row.indicator: row for row in store.coverage() if row.level == VILLAGE}
    row = next((r for r in level.values() if r.step_date == days[-1] and r.with_value), None)
    query = {"level": VILLAGE, "date": days[-1].isoformat()}
    if row is not None:
        query = {**series_query(row.indicator), "period": row.period, **query}
    drawn = store.units(level=VILLAGE, date=days[-1], with_shape=True).items
    if len({unit.parent_id for unit in drawn}) > 1:
        # Otherwise the map opens on this commune anyway, as large as the screen allows.
        query["view"] = _view(store, commune)
    return page_url("/", language, query)


def _view(store: Store, commune: Unit) -> str:
    """Middle and zoom of a map that shows the whole commune, as the address carries them."""
    west, south, east, north = store.boundary(commune.unit_id, 1).total_bounds
    span = max(east - west, (north - south) * 1.1, 1e-4)
    zoom = math.floor(4 * math.log2(_MAP_PIXELS / 256 * 360 / span)) / 4
    return f"{(south + north) / 2:.4f},{(west + east) / 2:.4f},{zoom:g}"


def _item(store: Store, unit: Unit, language: Language) -> VillageDocument:
    mentions = evidence_documents(store, unit, language)
    notes = dict.fromkeys(one["note"] for one in mentions if one["note"])
    doubts = dict.fromkeys(one["doubt"] for one in mentions if one["doubt"])
    became = [store.unit(step.to_id) for step in store.successors(unit.unit_id)]
    before = [store.unit(step.from_id) for step in store.predecessors(unit.unit_id)]
    return {
        **unit_link(unit, language),
        "kind_label": unit_kind_name(unit.kind, language),
        "named_in": ", ".join(dict.fromkeys(one["period_label"] for one in mentions)),
        "doubt": " ".join(doubts),
        "note": " ".join(notes),
        "has_shape": unit.boundary_quality != "none",
        "until": date_text(unit.valid_to, language) if unit.valid_to else "",
        "became": [unit_link(one, language) for one in became],
        "formed_from": [unit_link(one, language) for one in before],
    }


def _mention(store: Store, mention: VillageMention, language: Language) -> VillageMentionDocument:
    return {
        "name": mention.name,
        "period_label": parse_period(mention.period).label(language),
        "quote": mention.quote,
        "doubt": mention.doubt[language],
        "note": mention.note[language],
        "source": source_document(store.source(mention.source_id), language),
    }


def _change(store: Store, change: VillageChange, language: Language) -> VillageChangeDocument:
    counts = {
        "before": _counts_text(change.before, language),
        "after": _counts_text(change.after, language),
        "period": parse_period(change.period).label(language),
    }
    known = counts["before"] and counts["after"]
    sentence = translate(f"villages.change_{'counted' if known else 'told'}", language, **counts)
    return {
        "sentence": sentence[:1].upper() + sentence[1:],
        "quote": change.quote,
        "doubt": change.doubt[language],
        "note": change.note[language],
        "source": source_document(store.source(change.source_id), language),
    }


def _counts_text(counts: Iterable[str], language: Language) -> str:
    """``8 thôn, 14 bản``."""
    pairs = (count.partition(":") for count in counts)
    return ", ".join(
        f"{number} {unit_kind_name(kind, language, int(number))}" for kind, _, number in pairs
    )


def _stated_counts(store: Store, commune: Unit, language: Language) -> list[StatedCount]:
    """The numbers of villages documents give, newest first."""
    known = {indicator.id: indicator for indicator in store.indicators()}
    indicator = known.get(VILLAGES_INDICATOR)
    if indicator is None:
        return []
    found = [
        figure
        for figure in store.series(commune.unit_id, indicator.id)
        if figure.status in ("actual", "estimate")
    ]
    return [
        {
            "value": figure.value,
            "text": format_value(figure.value, indicator, language),
            "period_label": parse_period(figure.period).label(language),
            "doubt": figure.doubt[language],
            "note": figure_remark(figure, indicator, language),
            "source": source_document(store.source(figure.source_id), language),
        }
        for figure in reversed(found)
    ]


def _sentence(
    commune: Unit, current: list[Unit], stated: list[StatedCount], language: Language
) -> str:
    by_kind: dict[str, int] = {}
    for unit in current:
        by_kind[unit.kind] = by_kind.get(unit.kind, 0) + 1
    named = _counts_text((f"{kind}:{n}" for kind, n in by_kind.items()), language)
    numbers = "; ".join(f"{one['text']} ({one['period_label']})" for one in stated)
    words = {"name": commune.full_name[language], "named": named, "numbers": numbers}
    which = ("named" if named else "") + ("_stated" if numbers else "")
    return translate(f"villages.{which.lstrip('_')}", language, **words)


def _count_disagreement(current: list[Unit], stated: list[StatedCount], language: Language) -> str:
    """A remark where the number of names found differs from the number a document states."""
    if not stated or all(one["value"] == len(current) for one in stated):
        return ""
    return translate("villages.disagree", language, named=len(current))
