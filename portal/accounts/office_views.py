"""``/office``: where those who may write begin."""

from __future__ import annotations

from flask import Flask, Response

from portal.accounts.access import require_account, required_account
from portal.accounts.pages import area_names, office_page
from portal.accounts.paths import OFFICE


@require_account()
def office() -> Response:
    """What the account may do, with the way to it."""
    return office_page("office.html", communes=area_names(required_account()))


def init_app(app: Flask) -> None:
    """Route the page."""
    app.add_url_rule(OFFICE, "office", office)
