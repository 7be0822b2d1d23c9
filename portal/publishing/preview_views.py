"""``/office/tables/<id>/preview``: what a table would give; and the button that publishes it."""

from __future__ import annotations

import json

from flask import Flask, Response, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import Conflict, InvalidInput
from geodata.ledger.database import reading
from geodata.ledger.publishing import find_request
from geodata.ledger.submissions import Submission
from geodata.locale_numbers import plain_integer
from portal.accounts.access import require_account
from portal.accounts.pages import lead_to, office_page
from portal.app_state import current_store
from portal.error_handlers import status_of
from portal.language import current_language
from portal.ledger_engine import current_ledger
from portal.publishing.draft_publishing import publish_draft
from portal.publishing.drafts import own_submission
from portal.publishing.list_views import is_list, preview_list, publish_list_page
from portal.publishing.meanwhile import conflict_document
from portal.publishing.paths import TABLES, revision_path, table_path
from portal.publishing.publishing_service import publishing_service
from portal.publishing.review_views import (
    KEEP_SECONDS,
    draw_review,
    reading_page,
    wait_seconds,
)
from portal.publishing.served_maps import current_publications, show_outcome


@require_account()
def preview(submission_id: str) -> BaseResponse:
    """What would be published; the review page again where something is open."""
    submission = own_submission(submission_id)
    return preview_list(submission) if is_list(submission) else _draw(submission, None)


@require_account()
def publish_table(submission_id: str) -> BaseResponse:
    """Publish what the preview showed; a button pressed twice leads to the receipt of the first."""
    submission = own_submission(submission_id)
    if receipt := _receipt(submission):
        return receipt
    answer = publish_list_page(submission) if is_list(submission) else _publish(submission)
    # The first press may have been under way: what it wrote is then there before.
    return answer if answer.status_code < 400 else _receipt(submission) or answer


def _publish(submission: Submission) -> BaseResponse:
    try:
        outcome = publish_draft(current_publications(), submission, request.form.to_dict())
    except (InvalidInput, Conflict) as fault:
        return _draw(submission, fault)
    return show_outcome(outcome)


def _receipt(submission: Submission) -> BaseResponse | None:
    """The way to the receipt of a table that was published; None for one that was not."""
    with reading(current_ledger()) as connection:
        done = find_request(connection, submission.submission_id, submission.account_id)
    return None if done is None else lead_to(revision_path(done.number))


def _draw(submission: Submission, fault: InvalidInput | Conflict | None) -> BaseResponse:
    chosen = plain_integer(request.args.get("map", ""))
    service, engine = publishing_service(), current_ledger()
    task = service.preview_task(engine, current_store(), submission, current_language(), chosen)
    try:
        content = service.content(task, wait_seconds(), KEEP_SECONDS)
    except InvalidInput as refusal:
        return draw_review(submission, blocked=refusal)
    if content is None:
        return reading_page(submission, task)
    page: Response = office_page(
        "publishing_preview.html",
        submission=submission,
        path=table_path(submission.submission_id),
        preview=json.loads(content),
        conflict=conflict_document(fault, current_store(), current_language()),
    )
    if fault:
        page.status_code = status_of(fault)[0]
    return page


def init_app(app: Flask) -> None:
    """Route the pages."""
    path = f"{TABLES}/<submission_id>"
    app.add_url_rule(f"{path}/preview", "table_preview", preview)
    app.add_url_rule(f"{path}/publish", "table_publish", publish_table, methods=["POST"])
