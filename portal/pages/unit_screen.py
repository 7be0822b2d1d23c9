"""``/units/<id>/screen``: the state of a unit at a glance, for a screen on the wall."""

from __future__ import annotations

from flask import Flask, render_template

from portal.app_state import current_store
from portal.caching.page_cache import cached_page
from portal.pages.locator_map import locator_map
from portal.pages.shared import read_page_params
from portal.parameters.declared import LANG
from portal.serializers.entities import unit_document
from portal.serializers.unit_report import unit_report
from portal.serializers.unit_screen import screen_document
from portal.urls import page_url


def unit_screen_page(unit_id: str) -> str:
    """The page, always of the latest period that has enough figures.

    Raises
    ------
    NotFound
        There is no such unit.
    """
    language = read_page_params()["lang"]
    store = current_store()
    unit = store.unit(unit_id)
    report = unit_report(store, unit)
    return render_template(
        "unit_screen.html",
        unit=unit_document(store, unit, language),
        screen=screen_document(report, language) if report else None,
        locator=locator_map(store, unit, language),
        report_url=page_url(f"/units/{unit_id}/report", language),
    )


def init_app(app: Flask) -> None:
    """Route the page."""
    page = cached_page(unit_screen_page, (LANG,))
    app.add_url_rule("/units/<unit_id>/screen", "unit_screen", page)
