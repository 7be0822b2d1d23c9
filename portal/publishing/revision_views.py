"""``/office/revisions``: what was published, the receipt of each, and the way to take it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Flask, Response, make_response, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import InvalidInput, NotFound
from geodata.i18n import Language, Message
from geodata.ledger.account_rights import covers_unit
from geodata.ledger.correcting import undo_plan
from geodata.ledger.definitions import brought_by
from geodata.ledger.history import file_of, history, records_of, show
from geodata.ledger.ledger_export import export_csv
from geodata.ledger.ledger_records import EntryRequest, Revision, Writer
from geodata.ledger.listed_records import RecordChange, RecordKey
from geodata.ledger.record_differences import counts_of_records
from geodata.ledger.undo_records import UndoPlan
from geodata.locale_numbers import plain_integer
from geodata.store import Store
from portal.accounts.access import require_account, required_account
from portal.accounts.pages import answer_form, field, office_page
from portal.app_state import app_state, current_store
from portal.language import current_language
from portal.ledger_engine import current_ledger
from portal.office_times import local_time_text
from portal.pages.shared import read_page_params
from portal.parameters.declared import OFFSET
from portal.publications import rights_of
from portal.publishing.change_rows import (
    change_rows,
    known_indicator,
    series_text,
    unit_name,
)
from portal.publishing.file_names import shown_file_name
from portal.publishing.list_documents import MOST_ENTRIES, record_change_rows
from portal.publishing.paths import REVISIONS, definition_path, revision_path
from portal.publishing.served_maps import (
    current_publications,
    map_links,
    served_revision,
    show_outcome,
)
from portal.translations import translate
from portal.urls import page_url

PAGE = 200
"""Changes, and revisions, on one page."""


@require_account()
def revisions_page() -> Response:
    """The list, the last first."""
    offset, language = read_page_params(OFFSET).get("offset", 0), current_language()
    page = history(current_ledger(), PAGE, offset)
    older = ""
    if page.next_offset is not None:
        older = page_url(REVISIONS, language, {"offset": str(page.next_offset)})
    rows = [revision_row(each, language) for each in page.items]
    return office_page("publishing_revisions.html", rows=rows, older=older)


@require_account()
def revision_page(number: int) -> Response:
    """One revision with its cells and what taking it back would do."""
    return _draw(number, None)


@require_account()
def undo_revision(number: int) -> BaseResponse:
    """Take a revision back, and serve the map without it."""

    def act() -> BaseResponse:
        account, seen = required_account(), field("restored")
        service = current_publications()
        asked = EntryRequest(Writer(account.account_id, account.label), reason=field("reason"))
        may = rights_of(service.store, account.account_id)
        return show_outcome(service.undo(number, asked, may, seen=plain_integer(seen)))

    return answer_form(lambda fault: _draw(number, fault), act)


@require_account()
def revision_file(number: int) -> Response:
    """The very file that a revision was read from."""
    found = file_of(current_ledger(), number)
    if found is None:
        raise NotFound(Message("No file belongs to this publication"), found=str(number))
    name, _, content = found
    response = make_response(content)
    # Whatever it is, a browser saves it and shows nothing of it.
    response.mimetype = "application/octet-stream"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@require_account()
def revisions_csv() -> Response:
    """All changes as a table for a spreadsheet."""
    response = make_response("\ufeff" + "".join(export_csv(current_ledger())))
    response.mimetype = "text/csv"
    response.headers.set("Content-Disposition", "attachment", filename="revisions.csv")
    return response


def _draw(number: int, fault: InvalidInput | None) -> Response:
    engine, store, language = current_ledger(), current_store(), current_language()
    offset = read_offset()
    revision, page = show(engine, number, PAGE, offset)
    plan, records = _plan(number), records_of(engine, number)
    older = ""
    if page.next_offset is not None:
        older = page_url(revision_path(number), language, {"offset": str(page.next_offset)})
    return office_page(
        "publishing_revision.html",
        fault,
        path=revision_path(number),
        revision=revision_row(revision, language),
        counts=dict.fromkeys(("added", "changed", "unchanged", "blank", "removed"), 0)
        | dict(revision.counts),
        rows=change_rows(page.items, store, language),
        records=record_change_rows(records, store, language)[:MOST_ENTRIES],
        defines=_defines(records),
        made=_made(number, store, language),
        older=older,
        maps=map_links(engine, revision, store, language),
        plan=_plan_row(plan, store, language),
        may_undo=plan is None or _may_undo(plan, store),
        fresh=request.args.get("fresh") == "1",
        pending=served_revision(app_state().settings) < number,
    )


def read_offset() -> int:
    """Where the page of cells begins."""
    return plain_integer(request.args.get("offset", "")) or 0


def _plan(number: int) -> UndoPlan | None:
    try:
        return undo_plan(current_ledger(), number)
    except InvalidInput:
        return None


def _may_undo(plan: UndoPlan, store: Store) -> bool:
    """Whether the account may write for all units of what would return."""
    communes = required_account().communes
    try:
        return all(covers_unit(store, communes, unit_id) for unit_id in plan.unit_ids)
    except NotFound:  # A unit of an earlier dataset: those who may write for all look after it.
        return communes is None


def _plan_row(plan: UndoPlan | None, store: Store, language: Language) -> dict[str, Any]:
    if plan is None:
        return {"restored": 0, "shown": 0, "kept": []}
    kept = [
        translate(
            "publishing.kept_cell",
            language,
            cell=series_text(store, each.key, language),
            number=each.changed_by.number,
            who=each.changed_by.account_name,
        )
        for each in plan.kept[:20]
    ]
    kept += [
        translate(
            "publishing.kept_cell",
            language,
            cell=_record_name(each.key, store, language),
            number=each.changed_by.number,
            who=each.changed_by.account_name,
        )
        for each in plan.kept_records[:20]
    ]
    entries = counts_of_records(plan.records)
    shown = sum(entries[name] for name in ("added", "changed", "removed"))
    return {"restored": plan.count, "shown": len(plan.restored) + shown, "kept": kept}


def _made(number: int, store: Store, language: Language) -> list[dict[str, str]]:
    """The indicators that came with a revision and are shown now, where each is changed."""
    found = (known_indicator(store, each) for each in brought_by(current_ledger(), number))
    return [
        {"name": each.name[language], "url": page_url(definition_path(each.id), language)}
        for each in found
        if each is not None
    ]


def _defines(records: Sequence[RecordChange]) -> bool:
    """Whether a revision changed definitions of indicators and nothing else."""
    return bool(records) and all(each.key.kind == "indicator" for each in records)


def _record_name(key: RecordKey, store: Store, language: Language) -> str:
    """What a record is called: an indicator by its name, villages by their commune."""
    if key.kind == "indicator":
        indicator = known_indicator(store, key.id)
        return indicator.name[language] if indicator else key.id
    return unit_name(store, key.id, language)


def revision_row(revision: Revision, language: Language) -> dict[str, Any]:
    """A revision in the reader's words."""
    source = revision.source
    document = ", ".join(filter(None, (source.title, source.number, source.issuer, source.date)))
    return {
        "number": revision.number,
        "kind": translate(f"publishing.kind_{revision.kind}", language),
        "title": revision.title,
        "who": revision.account_name,
        "when": local_time_text(revision.at, language),
        "file": shown_file_name(revision.file_name, language),
        "file_url": f"{revision_path(revision.number)}/file",
        "sha256": revision.file_sha256,
        "source": document,
        "reason": revision.reason,
        "confirmed": [{"code": c, "reason": r} for c, r in revision.confirmed.items()],
        "cells": sum(revision.counts.get(name, 0) for name in ("added", "changed", "removed")),
        "hash": revision.hash,
        "url": page_url(revision_path(revision.number), language),
    }


def init_app(app: Flask) -> None:
    """Route the pages."""
    app.add_url_rule(REVISIONS, "revisions", revisions_page)
    app.add_url_rule(f"{REVISIONS}.csv", "revisions_csv", revisions_csv)
    path = f"{REVISIONS}/<int:number>"
    app.add_url_rule(path, "revision", revision_page)
    app.add_url_rule(f"{path}/undo", "revision_undo", undo_revision, methods=["GET", "POST"])
    app.add_url_rule(f"{path}/file", "revision_file", revision_file)
