"""``/office``: where those who may write begin."""

from __future__ import annotations

from flask import Flask, Response

from geodata.ledger.account_records import Account
from geodata.ledger.submissions import list_submissions
from portal.accounts.access import require_account, required_account
from portal.accounts.pages import area_names, office_page
from portal.accounts.paths import OFFICE
from portal.language import current_language
from portal.ledger_engine import current_ledger
from portal.office_times import local_time_text
from portal.publishing.paths import table_path
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
    language = current_language()
    return [
        {
            "name": each.file_name,
            "title": each.title,
            "state": translate(f"publishing.state_{each.state}", language),
            "when": local_time_text(each.changed_at, language),
            "url": page_url(table_path(each.submission_id), language)
            if each.state == "draft"
            else "",
        }
        for each in list_submissions(current_ledger(), account.account_id)[:MOST_SUBMISSIONS]
    ]


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule(OFFICE, "office", office)
