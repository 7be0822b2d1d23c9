"""The review, the preview and the publishing of a list, at the addresses of every table."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, request
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import Conflict, InvalidInput, NotPermitted, PortalError
from geodata.i18n import Message
from geodata.ledger.submissions import Submission
from geodata.list_import.list_report import ListReport
from geodata.store import Store
from geodata.table_import.list_answers import TABLE_KINDS, TableKind
from portal.accounts.access import require_account
from portal.accounts.pages import lead_to, office_page
from portal.app_state import current_store
from portal.error_handlers import error_document, status_of
from portal.language import current_language
from portal.ledger_engine import current_ledger
from portal.publishing.drafts import own_submission, save_answers
from portal.publishing.list_answers_form import read_list_answers
from portal.publishing.list_documents import (
    list_preview_document,
    list_review_document,
    places_legend,
)
from portal.publishing.list_drafts import (
    kind_of_draft,
    list_request,
    plan_of,
    previewed_store,
    publish_list_draft,
    publishable_content,
    read_list,
    with_kind,
)
from portal.publishing.meanwhile import conflict_document
from portal.publishing.paths import TABLES, table_path
from portal.publishing.served_maps import current_publications, show_outcome
from portal.webmap.list_preview import places_svg, villages_svg


def is_list(submission: Submission) -> bool:
    """Whether a draft is a list of places or villages."""
    return kind_of_draft(current_publications(), submission) != "figures"


@require_account()
def read_as(submission_id: str) -> BaseResponse:
    """Read a file as another kind of table than was found."""
    submission = own_submission(submission_id)
    kinds: dict[str, TableKind] = {each: each for each in TABLE_KINDS}
    said = request.form.get("kind", "")
    if said not in kinds:
        what = Message("This is none of the choices")
        raise InvalidInput(what, found=said, allowed=TABLE_KINDS, where="kind")
    save_answers(submission, with_kind(submission.answers, kinds[said]))
    return lead_to(table_path(submission_id))


def review_list(submission: Submission) -> BaseResponse:
    """The review page of a list, and what its form says."""
    if request.method != "POST":
        return draw_list_review(submission)
    answers, faults = read_list_answers(request.form, submission.answers)
    save_answers(submission, answers)
    submission = own_submission(submission.submission_id)
    if faults:
        return draw_list_review(submission, faults)
    path = table_path(submission.submission_id)
    return lead_to(f"{path}/preview" if request.form.get("next") == "preview" else path)


def draw_list_review(
    submission: Submission,
    faults: Sequence[InvalidInput] = (),
    blocked: PortalError | None = None,
) -> Response:
    """The review page of a list.

    Parameters
    ----------
    faults
        What could not be read of its form.
    blocked
        Why it cannot be previewed yet.
    """
    handed_in, report = read_list(current_publications(), submission)
    page = office_page(
        "publishing_list_review.html",
        submission=submission,
        path=table_path(submission.submission_id),
        review=list_review_document(report, handed_in.sheet, current_store(), current_language()),
        kinds=TABLE_KINDS,
        faults=[error_document(*status_of(fault), fault)["error"] for fault in faults],
        blocked=error_document(*status_of(blocked), blocked)["error"] if blocked else None,
    )
    if faults or blocked:
        page.status_code = 400
    return page


def preview_list(
    submission: Submission, fault: InvalidInput | Conflict | None = None
) -> BaseResponse:
    """What a list would give, before anybody else sees it; the review where something is open."""
    service, language = current_publications(), current_language()
    handed_in, report = read_list(service, submission)
    try:
        content = publishable_content(report)
        plan = plan_of(current_ledger(), service.served_dataset(), content)
        title = submission.answers.source.title or "?"
        asked = list_request(submission, handed_in.content, title)
        with previewed_store(service, content, asked) as store:
            picture = _picture(report, store)
            legend = places_legend(report.places, store, language)
            document = list_preview_document(report, plan, store, language)
    except (InvalidInput, NotPermitted, Conflict) as refusal:
        return draw_list_review(submission, blocked=refusal)
    page: Response = office_page(
        "publishing_list_preview.html",
        submission=submission,
        path=table_path(submission.submission_id),
        preview=document,
        picture=picture,
        legend=legend,
        kind=report.kind.kind,
        conflict=conflict_document(fault, current_store(), language),
    )
    if fault:
        page.status_code = status_of(fault)[0]
    return page


def publish_list_page(submission: Submission) -> BaseResponse:
    """Publish what the preview of a list showed."""
    try:
        outcome = publish_list_draft(current_publications(), submission, request.form.to_dict())
    except (InvalidInput, Conflict) as fault:
        return preview_list(submission, fault)
    return show_outcome(outcome)


def _picture(report: ListReport, store: Store) -> Markup:
    if report.kind.kind == "villages":
        return villages_svg(store, [each.commune.unit_id for each in report.villages])
    return places_svg(store, report.places)


def init_app(app: Flask) -> None:
    """Route what lists have of their own."""
    app.add_url_rule(f"{TABLES}/<submission_id>/kind", "table_kind", read_as, methods=["POST"])
