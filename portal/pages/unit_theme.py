"""``/units/<id>/themes/<theme>``: all that is known of one theme in a unit."""

from __future__ import annotations

from flask import Flask, render_template

from geodata.errors import unknown_name
from geodata.i18n import Language, Message
from geodata.model import Theme, Unit
from geodata.store import Store
from layers.places.place_view import categories_of_theme
from portal.app_state import current_store
from portal.caching.page_cache import cached_page
from portal.pages.shared import read_page_params
from portal.parameters.declared import LANG
from portal.reports.published import answers_about, answers_stamp
from portal.serializers.entities import unit_document
from portal.serializers.joint_values import joint_figures_document
from portal.serializers.unit_places import unit_places
from portal.serializers.unit_profile import with_parts_below
from portal.serializers.unit_theme import figures_of_theme, latest_figures, targets, units_below
from portal.urls import page_url, unit_url


def unit_theme(unit_id: str, theme_id: str) -> str:
    """Figures, plans and targets, places of a theme, and the units below."""
    store, language = current_store(), read_page_params()["lang"]
    unit, theme = store.unit(unit_id), _theme(store, theme_id)
    found = figures_of_theme(store, unit, theme, language)
    own = [one for one in unit_places(store, unit, language) if one["theme"] == theme.id]
    return render_template(
        "unit_theme.html",
        unit={**unit_document(store, unit, language), "url": unit_url(unit_id, language)},
        theme={"id": theme.id, "name": theme.name[language]},
        latest=latest_figures(found),
        targets=targets(found),
        places=own,
        listed=with_parts_below(store, [found], language)[0] if found else None,
        answers=answers_about(unit_id, language),
        below=units_below(store, unit, theme, language),
        map_url=_map_url(store, unit, theme, language),
        joint=joint_figures_document(store, unit.unit_id, language, theme.id),
    )


def _theme(store: Store, theme_id: str) -> Theme:
    known = {theme.id: theme for theme in store.themes()}
    if theme_id not in known:
        raise unknown_name(Message("There is no such theme"), theme_id, known)
    return known[theme_id]


def _map_url(store: Store, unit: Unit, theme: Theme, language: Language) -> str:
    """The map that the theme opens with, its places over it; empty for a unit of the past."""
    if unit.valid_to is not None:
        return ""
    categories = categories_of_theme(store, theme.id)
    places = {"places": ",".join(categories)} if categories else {}
    return page_url("/", language, {"theme": theme.id, **places})


def init_app(app: Flask) -> None:
    """Route the page."""
    page = cached_page(unit_theme, (LANG,), stamp=answers_stamp)
    app.add_url_rule("/units/<unit_id>/themes/<theme_id>", "unit_theme", page)
