"""``/office/indicators``: indicators that tables brought, and how they are defined otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import Conflict, InvalidInput, PortalError
from geodata.i18n import Language, Message
from geodata.ledger.database import reading
from geodata.ledger.definitions import figures_of, made_ids
from geodata.ledger.history import trace_record
from geodata.ledger.ledger_records import EntryRequest, Writer
from geodata.ledger.listed_records import RecordKey
from geodata.ledger.metadata import to_json
from geodata.ledger.record_differences import entry_differences
from geodata.ledger.redefining import DefinitionChange, held_indicator
from geodata.model import Indicator
from geodata.record_codec import to_row
from geodata.table_import.columns import IndicatorFaults
from geodata.table_import.columns.changed_indicators import (
    CHANGED_FIELDS,
    changed_indicator,
    form_of_indicator,
)
from geodata.table_import.known_facts import StoreFacts
from geodata.table_import.report_records import Answers
from portal.accounts.access import require_account, required_account
from portal.accounts.pages import field, office_page
from portal.app_state import current_store
from portal.error_handlers import error_document, status_of
from portal.language import current_language
from portal.ledger_engine import current_ledger
from portal.office_times import local_time_text
from portal.publications import rights_of
from portal.publishing.definition_rows import definition_fields
from portal.publishing.indicator_views import (
    DIRECTIONS,
    KINDS,
    class_rows,
    with_parts,
)
from portal.publishing.paths import DEFINITIONS, definition_path, revision_path
from portal.publishing.review_views import names_of_indicators
from portal.publishing.served_maps import current_publications, show_outcome
from portal.urls import indicator_url, page_url


@require_account()
def definitions_page() -> Response:
    """The indicators that tables brought and that the portal shows, by name."""
    store, language = current_store(), current_language()
    with reading(current_ledger()) as connection:
        made = made_ids(connection)
    themes = {theme.id: theme.name[language] for theme in store.themes()}
    rows = [
        {
            "name": each.name[language],
            "theme": themes.get(each.theme, each.theme),
            "measure_unit": each.measure_unit.symbol[language],
            "kind": each.kind,
            "url": page_url(definition_path(each.id), language),
        }
        for each in store.indicators()
        if each.id in made
    ]
    return office_page("publishing_definitions.html", rows=rows)


@require_account()
def define_indicator(indicator_id: str) -> BaseResponse:
    """The form with what the indicator is, and the change that it asks for."""
    present = held_indicator(current_ledger(), indicator_id)
    if request.method != "POST":
        return _draw(present, _shown(form_of_indicator(present)), {})
    typed = {name: request.form.get(name, "") for name in (*CHANGED_FIELDS, *_ASIDE)}
    try:
        return _change(present, typed)
    except IndicatorFaults as faults:
        return _draw(present, typed, faults.by_field)
    except (InvalidInput, Conflict) as fault:
        named = (*CHANGED_FIELDS, *_ASIDE, "categories")
        known = fault.where if fault.where in named else "reason"
        return _draw(present, typed, {known: fault})


_ASIDE = ("figures_stay", "reason", "seen")


def _change(present: Indicator, typed: Mapping[str, str]) -> BaseResponse:
    account, service = required_account(), current_publications()
    if field("seen") != _digest(present):
        raise Conflict(
            Message("Somebody else has changed this definition meanwhile (L03)"),
            found=present.name.vi,
            remedy=Message("Look at it again and change it if it is still wrong"),
            where="reason",
        )
    catalogue = StoreFacts(service.store).catalogue
    form = with_parts(dict(typed), names_of_indicators(Answers()))
    new = changed_indicator(form, catalogue, present)
    outcome = service.redefine(
        DefinitionChange(new, present, field("figures_stay") == "1"),
        EntryRequest(Writer(account.account_id, account.label), field("reason")),
        rights_of(service.store, account.account_id),
    )
    return show_outcome(outcome)


def _digest(indicator: Indicator) -> str:
    """A definition told from every other in a field of the form."""
    return hashlib.sha256(to_json(to_row(indicator)).encode()).hexdigest()[:16]


def _shown(form: dict[str, str]) -> dict[str, str]:
    """The fields with names in the place of the ids of numerator and denominator."""
    names = names_of_indicators(Answers())[0]
    return form | {part: names.get(form[part], form[part]) for part in ("numerator", "denominator")}


def _draw(present: Indicator, form: dict[str, str], faults: Mapping[str, PortalError]) -> Response:
    store, language, engine = current_store(), current_language(), current_ledger()
    catalogue = StoreFacts(store).catalogue
    with reading(engine) as connection:
        figures = len(figures_of(connection, {present.id}))
    of_classes = present.kind == "category"
    words = [{"written": each.name[language], "cells": 0} for each in present.categories]
    page = office_page(
        "publishing_definition.html",
        indicator={
            "name": present.name[language],
            "figures": figures,
            "seen": _digest(present),
            "path": definition_path(present.id),
            "url": indicator_url(present.id, language),
        },
        history=_history(present.id, language),
        values=form,
        faults={name: _told(fault) for name, fault in faults.items()},
        kinds=("category",) if of_classes else tuple(k for k in KINDS if k != "category"),
        directions=DIRECTIONS,
        themes=[(theme.id, theme.name[language]) for theme in catalogue.themes.values()],
        measure_units=[(u.id, u.name[language]) for u in catalogue.measure_units.values()],
        indicators=list(names_of_indicators(Answers())[0].values()),
        class_rows=class_rows(words) if of_classes else [],
    )
    if faults:
        page.status_code = 400
    return page


def _told(fault: PortalError) -> dict[str, Any]:
    shown = InvalidInput(fault.what, fault.found, fault.allowed, fault.remedy, fault.where)
    return dict(error_document(*status_of(shown), shown)["error"])


def _history(indicator_id: str, language: Language) -> list[dict[str, Any]]:
    """Every change of the definition, the last first."""
    key = RecordKey("indicator", indicator_id)
    return [
        {
            "number": each.revision.number,
            "url": page_url(revision_path(each.revision.number), language),
            "who": each.revision.account_name,
            "when": local_time_text(each.revision.at, language),
            "reason": each.revision.reason,
            "fields": [
                row
                for one in entry_differences(key, each.change.old, each.change.new)
                for row in definition_fields(one, language)
            ],
        }
        for each in trace_record(current_ledger(), key)
    ]


def init_app(app: Flask) -> None:
    """Route the pages."""
    app.add_url_rule(DEFINITIONS, "definitions", definitions_page)
    rule = f"{DEFINITIONS}/<indicator_id>"
    app.add_url_rule(rule, "definition", define_indicator, methods=["GET", "POST"])
