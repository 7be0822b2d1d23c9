"""``/office``: where those who may write begin."""

from __future__ import annotations

from flask import Flask, Response

from geodata.i18n import Language
from geodata.ledger.account_records import Account
from geodata.ledger.history import numbers_of_requests
from geodata.ledger.submissions import Submission, list_submissions
from portal.accounts.access import require_account, required_account
from portal.accounts.pages import area_names, office_page
from portal.accounts.paths import OFFICE
from portal.language import current_language
from portal.ledger_engine import current_ledger
from portal.office_times import local_time_text
from portal.publishing.file_names import shown_file_name
from portal.publishing.paths import revision_path, table_path
from portal.reports.inbox_views import own_reports
from portal.translations import translate
from portal.urls import page_url

MOST_SUBMISSIONS = 30
"""Tables that the page lists."""


@require_account()
def office() -> Response:
    """What the account may do, with the way to it."""
    account = required_account()
    waiting = sum(report.state == "open" for report in own_reports(account))
    return office_page(
        "office.html",
        communes=area_names(account),
        waiting=waiting,
        submissions=_submissions(account),
    )


def _submissions(account: Account) -> list[dict[str, str]]:
    """The tables that the account handed in, the last touched first."""
    language, engine = current_language(), current_ledger()
    found = list_submissions(engine, account.account_id)[:MOST_SUBMISSIONS]
    numbers = numbers_of_requests(engine, [each.submission_id for each in found])
    return [
        {
            "name": shown_file_name(each.file_name, language),
            "title": each.title,
            "state": translate(f"publishing.state_{each.state}", language),
            "when": local_time_text(each.changed_at, language),
            "url": _url(each, numbers, language),
        }
        for each in found
    ]


def _url(submission: Submission, numbers: dict[str, int], language: Language) -> str:
    """The review of a draft, the receipt of what was published; empty for what was withdrawn."""
    if number := numbers.get(submission.submission_id):
        return page_url(revision_path(number), language)
    if submission.state == "draft":
        return page_url(table_path(submission.submission_id), language)
    return ""


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule(OFFICE, "office", office)
