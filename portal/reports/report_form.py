"""``/report``: anybody says what is wrong with a figure or a border; no account, no mail."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import InvalidInput
from geodata.ledger.database import writing
from geodata.ledger.error_reports import MOST_TEXT, Subject, add_report
from layers.formatting import format_value
from portal.accounts.pages import answer_form, field, office_page, refilled
from portal.accounts.paths import REPORT
from portal.accounts.throttle import REPORTS_OF_ALL, REPORTS_PER_CLIENT, by_client, of_all
from portal.app_state import current_store
from portal.language import current_language
from portal.ledger_engine import current_ledger
from portal.pages.shared import read_page_params
from portal.parameters.declared import INDICATOR, PERIOD, STATUS, UNIT
from portal.reports.subjects import find_figure, subject_words
from portal.urls import page_url, report_path, unit_url

_UNIT = replace(UNIT, required=True)
_TRAP = "website"
"""A field that people do not see; programs that fill in every field give themselves away."""


@by_client(REPORTS_PER_CLIENT)
@of_all(REPORTS_OF_ALL)
def report() -> BaseResponse:
    """The form, and what comes of it."""
    read_page_params(_UNIT, INDICATOR, PERIOD, STATUS)
    names = ("unit", "indicator", "period", "status")
    subject = Subject(*(request.args.get(name, "") for name in names))
    figure = find_figure(current_store(), subject)
    language = current_language()

    def draw(fault: InvalidInput | None) -> Response:
        return office_page(
            "report.html",
            fault,
            words=subject_words(current_store(), subject, language),
            action=report_path({name: request.args.get(name, "") for name in names}, language),
            text=refilled("text"),
            most=MOST_TEXT,
            trap=_TRAP,
        )

    def keep() -> BaseResponse:
        if not field(_TRAP):
            value = ""
            if figure is not None:
                indicator = current_store().indicator(figure.indicator)
                value = format_value(figure.value, indicator, language)
            with writing(current_ledger()) as connection:
                add_report(connection, subject, value, request.form.get("text", ""))
        return redirect(page_url(f"{REPORT}/sent", language, {"unit": subject.unit_id}), 303)

    return answer_form(draw, keep)


def sent() -> Response:
    """Thanks, and what happens next."""
    unit = current_store().unit(read_page_params(_UNIT)["unit"])
    language = current_language()
    return office_page(
        "report_sent.html",
        unit_name=unit.full_name[language],
        unit_url=unit_url(unit.unit_id, language),
    )


def init_app(app: Flask) -> None:
    """Route the form."""
    app.add_url_rule(REPORT, "report", report, methods=["GET", "POST"])
    app.add_url_rule(f"{REPORT}/sent", "report_sent", sent)
