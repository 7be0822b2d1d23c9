"""``/account/invitation/<secret>``: the owner of an account chooses a password."""

from __future__ import annotations

from flask import Flask, Response
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import InvalidInput
from geodata.ledger.database import reading, writing
from geodata.ledger.invitations import accept_invitation, read_invitation
from portal.accounts.browser_session import sign_in
from portal.accounts.pages import answer_form, lead_to, office_page, typed_password
from portal.accounts.paths import INVITATION, OFFICE
from portal.accounts.throttle import by_client
from portal.ledger_engine import current_ledger


@by_client()
def invitation(secret: str) -> BaseResponse:
    """The form of a new password, which holds once."""
    with reading(current_ledger()) as connection:
        invited = read_invitation(connection, secret)

    def draw(fault: InvalidInput | None) -> Response:
        return office_page("invitation.html", fault, invited=invited)

    return answer_form(draw, lambda: _accept(secret))


def _accept(secret: str) -> BaseResponse:
    password = typed_password()
    with writing(current_ledger()) as connection:
        account = accept_invitation(connection, secret, password)
    sign_in(account)
    return lead_to(OFFICE)


def init_app(app: Flask) -> None:
    """Route the page."""
    rule = f"{INVITATION}/<secret>"
    app.add_url_rule(rule, "invitation", invitation, methods=["GET", "POST"])
