"""Which views need an account, and the check that a form is one of the portal's own.

Every form below the paths of accounts is checked, whether its view needs an account or not: a new
view cannot forget it. A request to the API shows a token instead, which no other site can send.

References: OWASP Cross-Site Request Forgery Prevention Cheat Sheet; RFC 6750 (Bearer).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, redirect, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.wrappers import Response as BaseResponse

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.ledger.account_records import Account, Role
from geodata.ledger.account_rights import check_role
from geodata.ledger.account_sessions import LONGEST
from portal.accounts.browser_session import current_account
from portal.accounts.paths import OFFICE, SIGN_IN, has_session
from portal.error_handlers import error_response
from portal.http_errors import SignInNeeded, Unavailable
from portal.language import current_language
from portal.urls import API, page_url

View = TypeVar("View", bound=Callable[..., Any])
MOST_FORM_BYTES = 10_000_000
"""Bytes of the fields of a form beside its files: pasted cells, answers for a large table."""
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
_csrf = CSRFProtect()


def require_account(role: Role = "editor", most_body: int | None = None) -> Callable[[View], View]:
    """A view for those who have an account; the others are led to the sign-in, or told to.

    On a page it is the account that is signed in, and a form must be one of the portal's own; in
    the API it is the account of the token. For what the view writes, rights are asked for again in
    the transaction: `geodata.ledger.account_rights`.

    Parameters
    ----------
    role
        What the account must at least be.
    most_body
        Bytes that the request may have, where that is more than the app allows; nothing is read
        of who has no account.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*arguments: object, **values: object) -> Any:  # noqa: ANN401 - as the view's
            account = current_account()
            if account is None:
                return _ask_to_sign_in()
            check_role(account, role)
            if most_body is not None:
                request.max_content_length = most_body
                request.max_form_memory_size = min(most_body, MOST_FORM_BYTES)
            check_form()
            return view(*arguments, **values)

        guarded.needs_account = True  # type: ignore[attr-defined]
        guarded.needs_role = role  # type: ignore[attr-defined]
        guarded.most_body = most_body  # type: ignore[attr-defined]
        return cast(View, guarded)

    return decorate


def required_account() -> Account:
    """The account that asks, in a view behind `require_account`.

    Raises
    ------
    SignInNeeded
        There is none.
    """
    account = current_account()
    if account is None:
        raise SignInNeeded(Message("An account is needed for this"))
    return account


def check_form() -> None:
    """Refuse a form that is not one of the portal's own, or that was open for too long."""
    if has_session(request.path) and request.method not in _SAFE_METHODS:
        _csrf.protect()


def _ask_to_sign_in() -> BaseResponse:
    if request.path.startswith(f"{API}/"):
        raise SignInNeeded(
            Message("A token is needed for this"),
            allowed=("Authorization: Bearer …",),
            remedy=Message("Make one on the page of your account, or with portal user token"),
        )
    asked = request.full_path.rstrip("?") if request.method in _SAFE_METHODS else OFFICE
    return redirect(page_url(SIGN_IN, current_language(), {"next": asked}), 303)


def _guard() -> None:
    """Check every form whose view does not do so once it knows the account."""
    if not has_session(request.path):
        return
    if not current_app.secret_key:
        raise Unavailable(
            Message("Nobody can sign in: the portal has no secret key"),
            remedy=Message("Set PORTAL_SECRET_KEY, or see to it that the folder can be written"),
        )
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "needs_account", False):
        check_form()


def _on_stale_form(_: CSRFError) -> Response:
    fault = InvalidInput(
        Message("The form is no longer valid and nothing was changed"),
        found=request.path,
        allowed=Message("a form opened in this browser less than {n} hours ago",
                        n=int(LONGEST.total_seconds() // 3600)),
        remedy=Message("Open the page again, sign in if asked to, and send it once more"),
    )  # fmt: skip
    return error_response(400, "stale_form", fault)


def init_app(app: Flask) -> None:
    """Check the forms below the paths of accounts."""
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_TIME_LIMIT"] = int(LONGEST.total_seconds())
    _csrf.init_app(app)
    app.before_request(_guard)
    app.register_error_handler(CSRFError, _on_stale_form)
