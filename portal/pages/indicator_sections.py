"""The sections of an indicator's page that its story makes, and where each leads."""

from __future__ import annotations

from urllib.parse import parse_qsl

from geodata.i18n import Language
from geodata.i18n.collation import sort_key
from geodata.model import Indicator
from geodata.store import Store
from portal.export.data import DATA_TYPES
from portal.serializers.comparators import comparators
from portal.serializers.entities import Document
from portal.serializers.figure_cards import figure_cards
from portal.serializers.indicator_story import (
    Story,
    class_shares,
    distribution,
    headline,
    map_url,
    ranking,
    series_document,
)
from portal.serializers.unit_parts import parts_document
from portal.serializers.values import drawn_document
from portal.translations import translate
from portal.urls import EXPORT, indicator_url, page_url
from portal.webmap.svg_preview import preview_svg

_MOST_CHOICES = 400
"""Beyond this a list of units is no way to choose one: an address, or the map, is."""


def story_context(store: Store, story: Story, named: Indicator) -> Document:
    """What the template of an indicator shows of its story.

    Parameters
    ----------
    named
        The indicator in the address; the story may be of its fullest part.
    """
    language, view = story.language, story.view
    ranked = story.ranked
    return {
        "shown": None if story.indicator.id == named.id else story.indicator.name[language],
        "headline": headline(store, story),
        "series": series_document(store, story),
        "map_url": map_url(story, language),
        "preview": preview_svg(store, drawn_document(store, view)) if view and ranked else "",
        "drawn": _drawn(story) if view else None,
        "ranking": ranking(story) if ranked and story.indicator.kind != "category" else [],
        "distribution": distribution(story) if ranked else None,
        "shares": class_shares(store, story) if ranked else None,
        "cards": _cards(store, story),
        "beside": comparators(store, story),
        "chosen": story.unit.unit_id if story.unit else "",
        "choices": _choices(store, story, language),
        "part_figures": _parts(store, story, named),
        "downloads": _downloads(story, language),
        "page_query": _page_query(named, language),
    }


def _cards(store: Store, story: Story) -> Document | None:
    """Who has a figure, where the units cannot be compared; None where there is but one unit."""
    if story.view is None or story.ranked or story.view.legend.total < 2:
        return None
    return dict(figure_cards(store, story.view.layer))


def _drawn(story: Story) -> Document:
    view = story.view
    if view is None:
        return {}
    return {
        "title": view.title,
        "subtitle": view.subtitle,
        "summary": view.summary,
        "with_value": view.legend.with_value,
        "total": view.legend.total,
        "classes": [
            {"label": row.label, "colour": row.colour, "count": row.count}
            for row in view.legend.classes
        ],
        "notes": view.legend.notes,
    }


def _choices(store: Store, story: Story, language: Language) -> list[Document]:
    """The units that a reader may hold beside others, by name."""
    if story.view is None or not story.ranked or story.indicator.kind == "category":
        return []
    units = list(story.view.units.values())
    if len(units) > _MOST_CHOICES:
        return []
    return [
        {"id": unit.unit_id, "name": unit.full_name[language]}
        for unit in sorted(units, key=lambda each: sort_key(each.name[language], language))
    ]


def _parts(store: Store, story: Story, named: Indicator) -> Document | None:
    """The parts of the indicator with their figures for the unit that tells them best."""
    if story.view is None:
        return None
    layer = story.view.layer
    with_parts = [story.unit, story.whole, *story.view.units.values()]
    found = (
        (unit, parts_document(store, unit.unit_id, layer))
        for unit in with_parts
        if unit is not None
    )
    unit, parts = next(((u, p) for u, p in found if p), (None, None))
    if unit is None or parts is None:
        return None
    return {"unit": unit.full_name[story.language], **parts}


def _downloads(story: Story, language: Language) -> list[Document]:
    """The files of the map that the story is told by."""
    if story.view is None:
        return []
    query = {**story.view.layer.to_query()}
    files = [("data", ending) for ending in DATA_TYPES] + [("map", "pdf"), ("map", "png")]
    return [
        {
            "name": translate(f"indicators.file_{kind}", language, ending=ending.upper()),
            "url": page_url(
                f"{EXPORT}/{'sheet' if kind == 'map' else kind}.{ending}", language, query
            ),
        }
        for kind, ending in files
    ]


def _page_query(named: Indicator, language: Language) -> Document:
    """Where choosing a unit leads: the page's own path, and what its form keeps."""
    address, _, query = indicator_url(named.id, language).partition("?")
    return {"path": address, "kept": parse_qsl(query)}
