"""``/office``: where those who may write begin."""

from __future__ import annotations

from flask import Flask, Response

from portal.accounts.access import require_account, required_account
from portal.accounts.pages import area_names, office_page
from portal.accounts.paths import OFFICE
from portal.reports.inbox_views import own_reports


@require_account()
def office() -> Response:
    """What the account may do, with the way to it."""
    account = required_account()
    waiting = sum(report.state == "open" for report in own_reports(account))
    return office_page("office.html", communes=area_names(account), waiting=waiting)


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule(OFFICE, "office", office)
