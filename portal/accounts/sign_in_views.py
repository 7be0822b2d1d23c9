"""``/account/sign-in`` and out."""

from __future__ import annotations

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.ledger.account_events import note_event
from geodata.ledger.account_records import can_administer, id_of_name
from geodata.ledger.accounts import check_password
from geodata.ledger.database import reading, writing
from portal.accounts.access import require_account
from portal.accounts.browser_session import current_account, sign_in, sign_out
from portal.accounts.pages import answer_form, field, lead_to, office_page, refilled
from portal.accounts.paths import ACCOUNT, SIGN_IN, safe_next
from portal.accounts.throttle import by_client, by_name
from portal.language import current_language
from portal.ledger_engine import current_ledger


@by_client()
@by_name()
def sign_in_page() -> BaseResponse:
    """The form of name and password; where nobody can sign in yet, how that is changed."""
    asked = request.values.get("next", "")
    if request.method == "GET" and current_account() is not None:
        return redirect(safe_next(asked, current_language()), 303)
    with reading(current_ledger()) as connection:
        ready = can_administer(connection)

    def draw(fault: InvalidInput | None) -> Response:
        return office_page("sign_in.html", fault, ready=ready, next=asked, name=refilled("name"))

    return answer_form(draw, lambda: _sign_in(asked))


def _sign_in(asked: str) -> BaseResponse:
    name, password = field("name"), request.form.get("password", "")
    account = check_password(current_ledger(), name, password)
    if account is None:
        with writing(current_ledger()) as connection:
            known = id_of_name(connection, name)
            if known:
                note_event(connection, known, "sign_in_refused")
        # One sentence for an unknown name, a wrong password and a disabled account.
        raise InvalidInput(Message("Name and password do not go together"), where="name")
    sign_in(account)
    return redirect(safe_next(asked, current_language()), 303)


@require_account()
def sign_out_here() -> BaseResponse:
    """End the session of this browser."""
    sign_out()
    return lead_to(SIGN_IN)


@require_account()
def sign_out_everywhere() -> BaseResponse:
    """End the sessions of the account in every browser."""
    sign_out(everywhere=True)
    return lead_to(SIGN_IN)


def init_app(app: Flask) -> None:
    """Route the pages."""
    app.add_url_rule(SIGN_IN, "sign_in", sign_in_page, methods=["GET", "POST"])
    app.add_url_rule(f"{ACCOUNT}/sign-out", "sign_out", sign_out_here, methods=["POST"])
    app.add_url_rule(
        f"{ACCOUNT}/sign-out-everywhere",
        "sign_out_everywhere",
        sign_out_everywhere,
        methods=["POST"],
    )
