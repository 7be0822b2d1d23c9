"""``/office/tables/<id>``: a table reviewed, answered and discarded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Flask, Response, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import InvalidInput
from geodata.i18n import LANGUAGES
from geodata.ledger.database import reading
from geodata.ledger.publishing import publications_of_file
from geodata.ledger.submissions import (
    Submission,
    file_of_submission,
    save_submission,
)
from geodata.table_import.known_facts import StoreFacts
from geodata.table_import.report_records import Answers
from portal.accounts.access import require_account
from portal.accounts.pages import lead_to, office_page
from portal.accounts.paths import OFFICE
from portal.app_state import current_store
from portal.error_handlers import error_document, status_of
from portal.language import current_language
from portal.ledger_engine import current_ledger
from portal.office_times import local_time_text
from portal.publishing.answer_forms import read_answers
from portal.publishing.column_cards import indicator_names
from portal.publishing.drafts import own_submission, save_answers
from portal.publishing.list_views import is_list, review_list
from portal.publishing.paths import TABLES, revision_path, table_path
from portal.publishing.publishing_service import SMALL_FILE, publishing_service
from portal.tasks.task import Task
from portal.urls import page_url

WAIT_SECONDS, LOOK_SECONDS = 8.0, 1.0
"""Seconds for which a first request waits for a reading, and one that asks how far it is."""
_LOOKING = "reading"
"""The parameter by which the page that tells how far a reading is asks again."""
KEEP_SECONDS = 300.0
"""Seconds for which a reading goes on, and its result is kept, for the next request."""
_FORM_BYTES = 4_000_000
_FORM_PARTS = 20_000


def names_of_indicators(answers: Answers) -> list[dict[str, str]]:
    """What the indicators are called, by id, in the reader's language first; see `read_answers`."""
    catalogue = StoreFacts(current_store()).catalogue
    languages = sorted(LANGUAGES, key=lambda each: each != current_language())
    return [indicator_names(catalogue, answers, each) for each in languages]


@require_account(most_body=_FORM_BYTES)
def review(submission_id: str) -> BaseResponse:
    """The review page, and what its form says."""
    submission = own_submission(submission_id)
    if is_list(submission):
        request.max_form_parts = _FORM_PARTS
        return review_list(submission)
    if request.method != "POST":
        return draw_review(submission)
    request.max_form_parts = _FORM_PARTS
    names = names_of_indicators(submission.answers)
    concepts = {one.id: one for one in current_store().concepts()}
    answers, faults = read_answers(request.form, submission.answers, names, concepts)
    save_answers(submission, answers)
    if faults:
        return draw_review(own_submission(submission_id), faults)
    return lead_to(_next_path(submission, request.form.get("next", "")))


@require_account()
def discard(submission_id: str) -> BaseResponse:
    """Withdraw a table that is not published."""
    submission = own_submission(submission_id)
    save_submission(current_ledger(), replace(submission, state="withdrawn"))
    return lead_to(OFFICE)


def read_document(submission: Submission) -> dict[str, Any] | Task:
    """The document of a draft's review page, or the task that is still at it.

    Raises
    ------
    Busy
        As many tables are read already as may be.
    PortalError
        What the reading failed with.
    """
    service, engine = publishing_service(), current_ledger()
    size = len(file_of_submission(engine, submission.submission_id))
    task = service.reading_task(engine, current_store(), submission, size, current_language())
    content = service.content(task, wait_seconds(size), KEEP_SECONDS)
    return task if content is None else json.loads(content)


def wait_seconds(size: int = 0) -> float:
    """How long a request waits for a reading before it tells how far that is.

    Parameters
    ----------
    size
        Bytes of the file: a large one is told about soon.
    """
    if _LOOKING in request.args:
        return LOOK_SECONDS
    return WAIT_SECONDS if size <= SMALL_FILE else WAIT_SECONDS / 4


def draw_review(
    submission: Submission, faults: Sequence[InvalidInput] = (), blocked: InvalidInput | None = None
) -> Response:
    """The review page.

    Parameters
    ----------
    faults
        What could not be read of its form.
    blocked
        Why the table cannot be previewed yet.
    """
    document = read_document(submission)
    if isinstance(document, Task):
        return reading_page(submission, document)
    page = office_page(
        "publishing_review.html",
        submission=submission,
        path=table_path(submission.submission_id),
        review=document,
        same_file=_same_file(submission),
        faults=[error_document(*status_of(fault), fault)["error"] for fault in faults],
        blocked=error_document(*status_of(blocked), blocked)["error"] if blocked else None,
    )
    if faults or blocked:
        page.status_code = 400
    return page


def _same_file(submission: Submission) -> list[dict[str, str | int]]:
    """Earlier publications of the very same file, the last first."""
    language = current_language()
    with reading(current_ledger()) as connection:
        found = publications_of_file(connection, submission.file_sha256)
    return [
        {
            "number": each.number,
            "when": local_time_text(each.at, language),
            "url": page_url(revision_path(each.number), language),
        }
        for each in found
    ]


def reading_page(submission: Submission, task: Task) -> Response:
    """How far the reading of a large table is; the page asks again by itself."""
    page = office_page(
        "publishing_reading.html", submission=submission, percent=task.done, stage=task.message
    )
    again = request.args.to_dict() | {_LOOKING: "1"}
    page.headers["Refresh"] = f"1; url={page_url(request.path, current_language(), again)}"
    return page


def _next_path(submission: Submission, asked: str) -> str:
    """Where a button of the review page leads."""
    path = table_path(submission.submission_id)
    if asked == "preview":
        return f"{path}/preview"
    number = asked.removeprefix("indicator-")
    if number != asked and number.isascii() and number.isdigit():
        return f"{path}/indicator/{number}"
    return path


def init_app(app: Flask) -> None:
    """Route the pages."""
    path = f"{TABLES}/<submission_id>"
    app.add_url_rule(path, "table_review", review, methods=["GET", "POST"])
    app.add_url_rule(f"{path}/discard", "table_discard", discard, methods=["POST"])
