"""``/units/<id>``: the profile of a unit."""

from __future__ import annotations

from typing import Any

from flask import Flask, render_template

from geodata.i18n import Language
from geodata.model import Succession, Unit
from geodata.store import Store
from geodata.succession.shares import shares_of
from layers.charts.flow import flow_chart
from layers.formatting import format_number, format_percent
from layers.labels import VILLAGE_AREAS_NOTE, date_text
from layers.recast_layer import WEIGHT_NAMES
from portal.app_state import current_store
from portal.caching.page_cache import cached_page
from portal.export.data import UNIT_TYPES
from portal.pages.locator_map import locator_map
from portal.pages.shared import read_page_params
from portal.parameters.declared import FIGURES, LANG
from portal.reports.published import answers_about, answers_stamp
from portal.serializers.entities import Document, source_document, unit_name
from portal.serializers.mergers import (
    joint_parts_document,
    part_document,
    parts_of,
    predecessor_values_documents,
)
from portal.serializers.paged_lists import unit_detail
from portal.serializers.unit_lead import lead_sentences
from portal.serializers.unit_places import unit_places
from portal.serializers.unit_profile import key_figures, themes_of, whole_unit, with_parts_below
from portal.serializers.unit_recast import recast_themes
from portal.translations import translate
from portal.urls import EXPORT, page_url


def unit(unit_id: str) -> str:
    """The profile page."""
    params = read_page_params(FIGURES)
    store, language = current_store(), params["lang"]
    found = store.unit(unit_id)
    recast = params.get("figures") == "recast"
    themes = [] if recast else _themes(store, found, language)
    key = key_figures(store, found, language)
    parts = parts_of(store, unit_id)
    page = unit_detail(store, unit_id, language, answers_about(unit_id, language))
    below = {child.unit_id for child in store.children(unit_id) if child.level != "village"}
    return render_template(
        "unit.html",
        unit=page,
        answers=page["answers"],
        below=[child for child in page["children"] if child["id"] in below],
        facts=_facts(store, found, language),
        formed_from=_steps(store, store.predecessors(unit_id), "from_id", language),
        became=_steps(store, store.successors(unit_id), "to_id", language),
        themes=themes,
        key_figures=key,
        **_printed_sources(themes),
        lead=lead_sentences(store, found, themes_of(store, found, language), key, language),
        files=_files(unit_id, language),
        reference_name=_reference_name(store, language),
        recast=recast,
        recast_themes=recast_themes(store, found, language) if recast else [],
        switch=_switch(found, recast, language),
        flow=flow_chart(parts, found.full_name[language], language),
        parts=[part_document(store, part, language) for part in parts],
        parts_together=joint_parts_document(store, parts, language),
        spreads=predecessor_values_documents(store, found, language),
        places=unit_places(store, found, language),
        locator=locator_map(store, found, language),
        map_url=_map_url(store, found, language),
        compare_url=_compare_url(store, found, language),
        boundary_source=source_document(store.source(found.source_id), language),
    )


def _files(unit_id: str, language: Language) -> list[Document]:
    """The files with all figures of the unit."""
    return [
        {
            "name": translate("unit.file", language, ending=ending.upper()),
            "url": page_url(f"{EXPORT}/unit.{ending}", language, {"unit": unit_id}),
        }
        for ending in UNIT_TYPES
    ]


def _reference_name(store: Store, language: Language) -> str:
    """What figures are held against: the unit above all others, else the units of the level."""
    whole = whole_unit(store)
    return whole.full_name[language] if whole else translate("unit.level_middle", language)


def _printed_sources(themes: list[Document]) -> Document:
    """The sources of the latest figures, numbered as a sheet cites them, in order of their use."""
    rows = (
        row for theme in themes for each in theme["indicators"] for row in (each, *each["parts"])
    )
    used = {
        row["latest"]["source"]["id"]: row["latest"]["source"] for row in rows if row.get("latest")
    }
    numbers = {source_id: number for number, source_id in enumerate(used, 1)}
    return {"source_numbers": numbers, "printed_sources": list(used.values())}


def _themes(store: Store, unit: Unit, language: Language) -> list[Document]:
    return with_parts_below(store, themes_of(store, unit, language), language)


def _switch(unit: Unit, recast: bool, language: Language) -> list[Document]:
    """The two ways of showing figures, each with its address."""
    return [
        {
            "label": translate(f"unit.figures_{way}", language),
            "url": page_url(f"/units/{unit.unit_id}", language, query) + "#figures",
            "current": recast == (way == "recast"),
        }
        for way, query in (("published", {}), ("recast", {"figures": "recast"}))
    ]


def _facts(store: Store, unit: Unit, language: Language) -> Document:
    """Areas and the boundary's truth in words; empty where unknown."""
    accuracy = store.accuracy(unit.unit_id)
    difference = accuracy.area_difference if accuracy else None
    return {
        "official_area": _area(unit.official_area_km2, language),
        "shape_area": _area(unit.shape_area_km2, language),
        "area_difference": _signed(difference, language),
        "deviation": _metres(accuracy.deviation_m if accuracy else None, language),
        "outside": _share(accuracy.outside_share if accuracy else None, language),
        "note": accuracy.note[language] if accuracy else _village_note(unit, language),
    }


def _village_note(unit: Unit, language: Language) -> str:
    """How the area of a village came about, or that it has none; empty for other levels."""
    if unit.level != "village":
        return ""
    if unit.boundary_quality == "none":
        return translate("villages.known_by_name", language)
    return VILLAGE_AREAS_NOTE[language] if unit.drawn_from_points else ""


def _area(value: float | None, language: Language) -> str:
    return "" if value is None else format_number(value, 2, language) + "\u00a0km²"


def _metres(value: float | None, language: Language) -> str:
    return "" if value is None else format_number(value, 0, language) + "\u00a0m"


def _share(value: float | None, language: Language) -> str:
    return "" if value is None else format_percent(100 * value, language)


def _signed(value: float | None, language: Language) -> str:
    if value is None:
        return ""
    return ("+" if value > 0 else "") + format_percent(100 * value, language, 2)


def _steps(
    store: Store, steps: tuple[Succession, ...], end: str, language: Language
) -> list[dict[str, Any]]:
    return [
        {
            **unit_name(store.unit(getattr(step, end)), language),
            "date": date_text(step.date, language),
            "legal_basis": step.legal_basis[language],
            "whole": step.whole,
            "shares": _shares(step, language),
            "note": step.note[language],
        }
        for step in steps
    ]


def _shares(step: Succession, language: Language) -> str:
    """The known shares of a part in words; what is said of a part of unknown size where none is."""
    known = [
        f"{WEIGHT_NAMES[weight][language]} {format_percent(100 * share, language)}"
        for weight, share in shares_of(step).items()
        if share is not None
    ]
    return ", ".join(known) or translate("mergers.unknown_part", language)


def _map_url(store: Store, unit: Unit, language: Language) -> str:
    """The map with the unit open; of a village known by name only, with its commune."""
    if unit.boundary_quality == "none" and unit.parent_id:
        unit = store.unit(unit.parent_id)
    query = {"level": unit.level, "date": unit.valid_from.isoformat(), "unit": unit.unit_id}
    return page_url("/", language, query)


def _compare_url(store: Store, unit: Unit, language: Language) -> str:
    """The comparison with the unit chosen; empty for a unit that never stood beside another era."""
    days = [step.date for step in store.info.timeline if unit.valid_on(step.date)]
    several = store.units(level=unit.level, date=days[-1], limit=1).total > 1 if days else False
    if not several or len(days) == len(store.info.timeline):
        return ""
    drawn = [
        step.date
        for step in store.info.timeline
        if store.units(level=unit.level, date=step.date, with_shape=True, limit=1).total
    ]
    if len(drawn) < 2:
        return ""
    query = {"level": unit.level, "unit": unit.unit_id}
    if unit.valid_to:
        query["date"] = days[-1].isoformat()
    return page_url("/compare", language, query)


def init_app(app: Flask) -> None:
    """Route the page."""
    page = cached_page(unit, (FIGURES, LANG), stamp=answers_stamp)
    app.add_url_rule("/units/<unit_id>", "unit", page)
