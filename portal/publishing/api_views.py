"""``POST /api/v1/publications``: a program hands a table in; checked as on the pages."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from flask import Flask, Response, current_app, make_response, request

from geodata.errors import InvalidInput, PortalError
from geodata.i18n import Message
from geodata.ledger.conflicts import PublicationConflict
from geodata.ledger.ledger_records import PublicationRequest, Writer
from geodata.ledger.publishing import last_revision
from geodata.ledger.saved_aliases import saved_aliases
from geodata.ledger.saved_recipes import saved_recipe
from geodata.list_import.list_json import list_document
from geodata.list_import.list_report import ListReport
from geodata.list_import.prepare_list import prepare_list, take_in
from geodata.locale_numbers import plain_integer
from geodata.table_import.known_facts import StoreFacts
from geodata.table_import.prepare import prepare_table
from geodata.table_import.questions_json import read_filled_questions
from geodata.table_import.report_json import report_document
from geodata.table_import.report_records import Answers, ImportReport
from portal.accounts.access import require_account, required_account
from portal.api.publications import FORM_FIELDS, PUBLICATIONS_RULE
from portal.app_state import serve_new_store
from portal.caching.response_cache import compact_json
from portal.error_handlers import error_document, status_of
from portal.language import current_language
from portal.ledger_engine import current_ledger
from portal.parameters.declared import LANG
from portal.parameters.reader import read_parameters
from portal.publications import WriteOutcome, rights_of
from portal.publishing.list_drafts import publishable_content
from portal.publishing.paths import revision_path
from portal.publishing.publishing_service import publishing_service
from portal.publishing.served_maps import current_publications
from portal.publishing.upload_views import MOST_UPLOAD, uploaded
from portal.serializers.changed_meanwhile import changed_documents
from portal.serializers.publication_types import (
    PublicationConflictDocument,
    PublicationReceiptDocument,
)
from portal.serializers.publications import publication_document
from portal.table_readings import instance_reading
from portal.urls import API

MOST_SECONDS = 120.0
"""Seconds that a program waits for the report on its table."""
_LONGEST_NOTE = 2000


@require_account(most_body=MOST_UPLOAD)
def publish_by_program() -> Response:
    """The report on a table; published if ``write`` is 1 and nothing stands in the way."""
    read_parameters((LANG,), request.args)
    _require_known_fields()
    file = uploaded(request.files.get("file"))
    if file is None:
        raise InvalidInput(Message("There is no table yet"), where="file")
    write = _write()
    # Taken before the table is read: whatever is published from here on is news to the report.
    newest = last_revision(current_ledger())
    based_on = _based_on(newest)
    name, content = file
    report = _read(name, content)
    may_write = write and report.publishable
    try:
        outcome = _publish(report, content, based_on) if may_write else None
    except PublicationConflict as conflict:
        return _changed_meanwhile(conflict)
    document: PublicationReceiptDocument = {
        "written": outcome is not None,
        "based_on": outcome.receipt.revision.number if outcome else newest,
        **_documents(report),  # type: ignore[typeddict-item]
        "publication": publication_document(outcome.receipt.revision) if outcome else None,
        "url": revision_path(outcome.receipt.revision.number) if outcome else None,
        "same_file": [each.number for each in outcome.receipt.same_file] if outcome else [],
        "delayed": bool(outcome and outcome.delayed),
    }
    response = make_response(compact_json(document))
    response.mimetype = "application/json"
    response.status_code = 201 if outcome else 422 if write else 200
    return response


def _documents(report: ImportReport | ListReport) -> dict[str, Any]:
    """The report under the name of its kind."""
    language = current_language()
    if isinstance(report, ListReport):
        return {"report": None, "list_report": list_document(report, language)}
    index = StoreFacts(current_publications().store).index
    return {"report": report_document(report, index, language), "list_report": None}


def _require_known_fields() -> None:
    """Refuse a field of another name: a slip in one would be a table read or kept otherwise."""
    unknown = [name for name in (*request.form, *request.files) if name not in FORM_FIELDS]
    if unknown:
        raise InvalidInput(
            Message("There is no such field"), found=unknown[0], allowed=tuple(FORM_FIELDS)
        )


def _write() -> bool:
    text = request.form.get("write", "0")
    if text not in ("0", "1"):
        raise InvalidInput(
            Message("This value is not allowed"), found=text, allowed=("0", "1"), where="write"
        )
    return text == "1"


def _based_on(newest: int) -> int:
    """The publication that the program's report knew of, that is read now where it names none."""
    text = request.form.get("based_on", "").strip()
    if not text:
        return newest
    number = plain_integer(text)
    if number is None or number > newest:
        allowed = Message("the number that an earlier answer gave, 0 to {n}", n=newest)
        what = Message("This value is not allowed")
        raise InvalidInput(what, found=text, allowed=allowed, where="based_on")
    return number


def _changed_meanwhile(conflict: PublicationConflict) -> Response:
    """The refusal with what others changed of the cells or entries that were to be written."""
    refusal = error_document(*status_of(conflict), conflict)
    document: PublicationConflictDocument = {
        "error": refusal["error"],
        "changed": changed_documents(conflict.changed),
    }
    response = make_response(compact_json(document), refusal["error"]["status"])
    response.mimetype = "application/json"
    response.headers["Cache-Control"] = "no-store"
    return response


def _answers() -> Answers:
    """What the program says about its table."""
    text = request.form.get("answers", "")
    if not text.strip():
        return Answers()
    try:
        return read_filled_questions(text, "answers")
    except PortalError as fault:
        raise InvalidInput(
            fault.what, fault.found, fault.allowed, fault.remedy, fault.where or "answers"
        ) from None


def _read(name: str, content: bytes) -> ImportReport | ListReport:
    """The table as read in the queue of the pages, one at a time."""
    engine, service = current_ledger(), current_publications()
    answers, chosen = _answers(), request.form.get("recipe", "")
    answers = replace(answers, concept=answers.concept or request.form.get("concept", "").strip())
    recipe = saved_recipe(engine, chosen) if chosen else None
    reading = instance_reading(engine, service.settings)
    reading = replace(reading, area=required_account().communes, recipe=recipe)
    found: list[ImportReport | ListReport] = []

    def read() -> bytes:
        served = service.served_dataset()
        handed_in = take_in(content, name, served, answers)
        if handed_in.is_list:
            found.append(prepare_list(handed_in, answers, served, reading))
        else:
            facts = StoreFacts(service.store, [each.alias for each in saved_aliases(engine)])
            found.append(prepare_table(handed_in.table, name, facts, answers, reading))
        return b"read"

    publishing_service().run(secrets.token_hex(16), name, read, MOST_SECONDS)
    return found[0]


def _publish(report: ImportReport | ListReport, content: bytes, based_on: int) -> WriteOutcome:
    account, service = required_account(), current_publications()
    title = request.form.get("title", "").strip() or report.answers.source.title
    asked = PublicationRequest(
        writer=Writer(account.account_id, account.label),
        title=title,
        source=replace(report.answers.source, title=report.answers.source.title or title),
        content=content,
        based_on=based_on,
        note=request.form.get("note", "")[:_LONGEST_NOTE],
    )
    may = rights_of(service.store, account.account_id)
    if isinstance(report, ListReport):
        outcome = service.publish_list(publishable_content(report), asked, may)
    else:
        outcome = service.publish(report, asked, may)
    serve_new_store(current_app)
    return outcome


def init_app(app: Flask) -> None:
    """Route the endpoint beside the list of what was published."""
    app.add_url_rule(
        f"{API}{PUBLICATIONS_RULE}", "publish_by_program", publish_by_program, methods=["POST"]
    )
