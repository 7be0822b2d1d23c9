"""``/office/template``: a workbook to fill in, for the indicators and units chosen."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from flask import Flask, Response, make_response, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import InvalidInput, unknown_name
from geodata.i18n import Message
from geodata.model import LEVELS, STATUSES, Level, Status
from geodata.table_import.columns.period_words import stated_period
from geodata.table_import.known_facts import StoreFacts
from layers.labels import LEVEL_NAMES, STATUS_NAMES
from portal.accounts.access import require_account
from portal.accounts.pages import answer_form, field, office_page
from portal.accounts.paths import OFFICE
from portal.app_state import current_store
from portal.language import current_language
from portal.publishing.column_cards import indicator_options

TEMPLATE = f"{OFFICE}/template"
LIST_KINDS = ("places", "villages")
"""Lists of which a workbook can be had."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_account()
def template() -> BaseResponse:
    """The form, and the workbook it asks for."""
    return answer_form(_draw, _write)


def _draw(fault: InvalidInput | None) -> Response:
    store, language = current_store(), current_language()
    catalogue = StoreFacts(store).catalogue
    page: Response = office_page(
        "publishing_template.html",
        fault,
        indicators=indicator_options(catalogue, (), language),
        chosen=request.form.getlist("indicator"),
        levels=[(level, LEVEL_NAMES[level][language]) for level in reversed(LEVELS)],
        dates=[(s.date.isoformat(), s.name[language]) for s in reversed(store.info.timeline)],
        statuses=[(status, STATUS_NAMES[status][language]) for status in STATUSES],
        values={"level": "commune", "status": "actual", **request.form.to_dict()},
    )
    return page


def _write() -> BaseResponse:
    # Here only: what writes workbooks is a part of the start of every server.
    from geodata.table_import.template.form_writer import write_template  # noqa: PLC0415

    store, language = current_store(), current_language()
    period = stated_period(field("period"), "period")
    content = write_template(
        StoreFacts(store).catalogue,
        store.units().items,
        request.form.getlist("indicator"),
        level=_one_of("level", LEVELS),
        date=_date(),
        period=period,
        status=cast(Status, _one_of("status", STATUSES)),
        language=language,
    )
    response = make_response(content)
    response.mimetype = _XLSX
    name = f"{store.info.id}-{period.replace('/', '_')}.xlsx"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@require_account()
def list_template(kind: str) -> Response:
    """A workbook to fill in with places or villages."""
    from geodata.list_import.list_template import write_list_template  # noqa: PLC0415 - as above

    store, language = current_store(), current_language()
    if kind not in LIST_KINDS:
        raise unknown_name(Message("There is no such template"), kind, LIST_KINDS)
    communes = store.units(level="commune", date=store.info.timeline[-1].date).items
    content = write_list_template(kind, communes, store.place_categories(), language)
    response = make_response(content)
    response.mimetype = _XLSX
    name = f"{store.info.id}-{kind}.xlsx"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _one_of(name: str, allowed: tuple[Any, ...]) -> Level:
    value = field(name)
    if value not in allowed:
        raise InvalidInput(
            Message("This is none of the choices"), found=value, allowed=allowed, where=name
        )
    return cast(Level, value)


def _date() -> dt.date:
    """A date of the dataset's timeline."""
    days = {step.date.isoformat(): step.date for step in current_store().info.timeline}
    if field("date") not in days:
        raise InvalidInput(
            Message("This is none of the choices"),
            found=field("date"),
            allowed=tuple(days),
            where="date",
        )
    return days[field("date")]


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule(TEMPLATE, "table_template", template, methods=["GET", "POST"])
    app.add_url_rule(f"{TEMPLATE}/<kind>", "list_template", list_template)
