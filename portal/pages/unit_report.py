"""``/units/<id>/report``: what a unit did in a period beside its plans, by field."""

from __future__ import annotations

from flask import Flask, render_template

from portal.app_state import current_store
from portal.caching.page_cache import cached_page
from portal.pages.shared import read_page_params
from portal.parameters.declared import LANG, PERIOD
from portal.serializers.entities import unit_document
from portal.serializers.unit_report import period_links, report_document, unit_report
from portal.urls import EXPORT, page_url, unit_url


def unit_report_page(unit_id: str) -> str:
    """The page."""
    params = read_page_params(PERIOD)
    store, language = current_store(), params["lang"]
    unit = store.unit(unit_id)
    report = unit_report(store, unit, params.get("period", ""))
    query = {"unit": unit_id, **({"period": report.period} if report else {})}
    return render_template(
        "unit_report.html",
        unit={**unit_document(store, unit, language), "url": unit_url(unit_id, language)},
        report=report_document(store, report, language) if report else None,
        periods=period_links(store, unit, report.period, language) if report else [],
        screen_url=page_url(f"/units/{unit_id}/screen", language),
        word_url=page_url(f"{EXPORT}/unit-report.docx", language, query),
    )


def init_app(app: Flask) -> None:
    """Route the page."""
    page = cached_page(unit_report_page, (PERIOD, LANG))
    app.add_url_rule("/units/<unit_id>/report", "unit_report", page)
