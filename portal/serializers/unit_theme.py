"""One theme of a unit: latest figures, plans and targets, places, and the units below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from geodata.i18n import Language
from geodata.model import STATUS_GROUPS, Observation, Theme, Unit
from geodata.period import parse_period
from geodata.store import Store
from layers.formatting import format_number
from layers.places.place_view import categories_of_theme
from portal.serializers.entities import Document, observation_document, unit_link
from portal.serializers.unit_profile import recency, themes_of
from portal.urls import unit_theme_url

_ACTUAL = STATUS_GROUPS["actual"]
_PLANNED = ("plan", "target")
_MOST_LATEST = 8
_MOST_COLUMNS = 4


def figures_of_theme(store: Store, unit: Unit, theme: Theme, language: Language) -> Document | None:
    """The indicators of a theme with their figures; None where the unit has none of it."""
    return next((one for one in themes_of(store, unit, language) if one["id"] == theme.id), None)


def latest_figures(found: Document | None) -> list[Document]:
    """The latest figure of what has one, whole indicators before their parts."""
    rows = sorted(found["indicators"] if found else (), key=lambda row: bool(row["whole"]))
    latest = [
        {**figure, "name": row["name"], "url": row["url"]}
        for row in rows
        if (figure := _first(row["figures"], _ACTUAL)) is not None
    ]
    return latest[:_MOST_LATEST]


def targets(found: Document | None) -> list[Document]:
    """Plans and targets, the latest first, each with the latest reached within its time."""
    rows = [
        {
            "name": row["name"],
            "url": row["url"],
            "figure": figure,
            "reached": _first(
                [one for one in row["figures"] if _lies_within(one["period"], figure["period"])],
                _ACTUAL,
            ),
        }
        for row in (found["indicators"] if found else ())
        for figure in row["figures"]
        if figure["status"] in _PLANNED
    ]
    return sorted(
        rows, key=lambda row: parse_period(row["figure"]["period"]).sort_key, reverse=True
    )


def _lies_within(period: str, whole: str) -> bool:
    (end, start), (last, first) = parse_period(period).sort_key, parse_period(whole).sort_key
    return first <= start and end <= last


def _first(figures: list[Document], statuses: tuple[str, ...]) -> Document | None:
    return next((one for one in figures if one["status"] in statuses), None)


def units_below(store: Store, unit: Unit, theme: Theme, language: Language) -> dict[str, list[Any]]:
    """The units directly below with their latest figures and numbers of places of the theme.

    Returns
    -------
    dict
        ``columns``: the indicators most of them have, a few; ``rows``: the units that have one of
        these or a place.
    """
    children = [one for one in store.children(unit.unit_id) if one.level != "village"]
    latest = _latest_by_indicator(store, theme, {one.unit_id for one in children})
    chosen = sorted(latest, key=lambda each: -len(latest[each]))[:_MOST_COLUMNS]
    places = _places_by_unit(store, theme)
    rows = [
        {
            "full_name": unit_link(child, language)["full_name"],
            "url": unit_theme_url(child.unit_id, theme.id, language),
            "cells": [
                observation_document(store, figure, language)
                if (figure := latest[each].get(child.unit_id))
                else None
                for each in chosen
            ],
            "places": format_number(places[child.unit_id], 0, language)
            if child.unit_id in places
            else "",
        }
        for child in children
        if child.unit_id in places or any(child.unit_id in latest[each] for each in chosen)
    ]
    columns = [{"name": store.indicator(each).name[language]} for each in chosen]
    return {"columns": columns, "rows": rows}


def _latest_by_indicator(
    store: Store, theme: Theme, units: set[str]
) -> dict[str, Mapping[str, Observation]]:
    """By indicator and unit the latest figure that is no plan."""
    found: dict[str, Mapping[str, Observation]] = {}
    for indicator in store.indicators(theme.id):
        by_unit: dict[str, Observation] = {}
        for figure in store.observations(indicator=indicator.id).items:
            if figure.unit_id in units and figure.status in _ACTUAL:
                known = by_unit.get(figure.unit_id)
                if known is None or recency(figure) > recency(known):
                    by_unit[figure.unit_id] = figure
        if by_unit:
            found[indicator.id] = by_unit
    return found


def _places_by_unit(store: Store, theme: Theme) -> Counter[str]:
    categories = categories_of_theme(store, theme.id)
    if not categories:
        return Counter()
    return Counter(place.unit_id for place in store.places(categories=categories).items)
