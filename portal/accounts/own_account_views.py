"""``/account``: the own password, sessions and tokens."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.ledger.account_sessions import count_sessions
from geodata.ledger.accounts import check_password, set_password
from geodata.ledger.api_tokens import ApiToken, create_token, list_tokens, revoke_token
from geodata.ledger.database import reading, writing
from geodata.ledger.secret_tokens import secret_hash
from portal.accounts.access import require_account, required_account
from portal.accounts.browser_session import current_session_secret
from portal.accounts.pages import (
    answer_form,
    area_names,
    field,
    lead_to,
    office_page,
    typed_password,
)
from portal.accounts.paths import ACCOUNT
from portal.accounts.throttle import by_client
from portal.language import current_language
from portal.ledger_engine import current_ledger
from portal.office_times import local_time_text


@require_account()
def own_account() -> Response:
    """What the account may do, and the forms that change what is its own."""
    return _draw(None)


@require_account()
@by_client()
def change_password() -> BaseResponse:
    """Give the account a new password; every other browser is signed out."""
    return answer_form(_draw, _change_password)


@require_account()
def make_token() -> BaseResponse:
    """Make a token and show it, this once."""
    return answer_form(_draw, _make_token)


@require_account()
def remove_token(token_id: str) -> BaseResponse:
    """Revoke a token of the account."""
    with writing(current_ledger()) as connection:
        revoke_token(connection, required_account().account_id, token_id)
    return lead_to(ACCOUNT)


def _draw(fault: InvalidInput | None) -> Response:
    account = required_account()
    with reading(current_ledger()) as connection:
        tokens = list_tokens(connection, account.account_id)
        number = count_sessions(connection, account.account_id)
    return office_page(
        "own_account.html",
        fault,
        tokens=[_token_row(each) for each in tokens],
        sessions=number,
        communes=area_names(account),
    )


def _token_row(token: ApiToken) -> dict[str, str]:
    language = current_language()
    return {
        "id": token.token_id,
        "label": token.label,
        "created": local_time_text(token.created_at, language),
        "expires": local_time_text(token.expires_at, language),
        "used": local_time_text(token.used_at, language),
    }


def _change_password() -> BaseResponse:
    account = required_account()
    if check_password(current_ledger(), account.name, request.form.get("current", "")) is None:
        raise InvalidInput(Message("This is not the present password"), where="current")
    password = typed_password()
    with writing(current_ledger()) as connection:
        set_password(
            connection,
            account.account_id,
            password,
            account.account_id,
            keep=secret_hash(current_session_secret()),
        )
    return lead_to(ACCOUNT)


def _make_token() -> BaseResponse:
    with writing(current_ledger()) as connection:
        made, secret = create_token(connection, required_account().account_id, field("label"))
    return office_page("token_made.html", token=_token_row(made), secret=secret)


def init_app(app: Flask) -> None:
    """Route the pages."""
    app.add_url_rule(ACCOUNT, "own_account", own_account)
    for path, name, view in (
        ("password", "change_password", change_password),
        ("tokens", "make_token", make_token),
        ("tokens/<token_id>/revoke", "remove_token", remove_token),
    ):
        app.add_url_rule(f"{ACCOUNT}/{path}", name, view, methods=["POST"])
