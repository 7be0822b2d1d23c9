"""Sessions of browsers: the cookie holds a secret, what it stands for is known to the ledger.

References: OWASP Session Management Cheat Sheet; RFC 6265bis (``__Host-``).
"""

from __future__ import annotations

import hashlib
import logging
from typing import Any

from flask import Flask, Request, Response, current_app, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from geodata.errors import PortalError
from geodata.ledger.account_events import note_event
from geodata.ledger.account_records import Account
from geodata.ledger.account_sessions import (
    LONGEST,
    end_all_sessions,
    end_session,
    session_account,
    start_session,
)
from geodata.ledger.api_tokens import token_account
from geodata.ledger.database import writing
from portal.accounts.paths import has_session
from portal.accounts.secret_key import read_secret_key
from portal.ledger_engine import current_ledger, ledger_of
from portal.urls import API

_COOKIE = "portal_session"
_BEARER = "bearer "
_USER_KEY = "_user_id"
"""Under which Flask-Login keeps in the session what its user loader is given."""
_log = logging.getLogger("portal")


class OfficeSessions(SecureCookieSessionInterface):
    """Sessions below the paths of accounts alone: readers' pages neither read nor set a cookie."""

    digest_method = staticmethod(hashlib.sha256)

    def open_session(self, app: Flask, request: Request) -> Any:  # noqa: ANN401 - Flask's own type
        """The session of a request; an empty one that cannot be written elsewhere."""
        if not has_session(request.path):
            return self.make_null_session(app)
        return super().open_session(app, request)


class SignedIn(UserMixin):
    """The account that asks, as Flask-Login wants it.

    Parameters
    ----------
    secret
        Of the session; empty for a program with a token.
    """

    def __init__(self, account: Account, secret: str = "") -> None:
        self.account = account
        self.secret = secret

    def get_id(self) -> str:
        """What the cookie holds: the secret of the session, nothing of the account."""
        return self.secret


def current_account() -> Account | None:
    """Who asks: signed in on a page, or with a token in a request to the API; None for a reader."""
    return current_user.account if current_user.is_authenticated else None


def current_session_secret() -> str:
    """The secret of the session of who asks; empty without one."""
    return current_user.secret if current_user.is_authenticated else ""


def sign_in(account: Account) -> None:
    """Begin a session under a new secret; what a cookie held before means nothing from then on."""
    old = str(session.get(_USER_KEY, ""))
    with writing(current_ledger()) as connection:
        if old:
            end_session(connection, old)
        secret = start_session(connection, account.account_id)
        note_event(connection, account.account_id, "signed_in", account.account_id)
    session.clear()
    login_user(SignedIn(account, secret))


def sign_out(everywhere: bool = False) -> None:
    """End the session, or all sessions of the account, and take the cookie away."""
    account, secret = current_account(), current_session_secret()
    with writing(current_ledger()) as connection:
        end_session(connection, secret)
        if everywhere and account is not None:
            end_all_sessions(connection, account.account_id)
            note_event(connection, account.account_id, "signed_out_everywhere", account.account_id)
    logout_user()
    session.clear()


def _user_of_session(secret: str) -> SignedIn | None:
    account = session_account(current_ledger(), secret)
    return SignedIn(account, secret) if account else None


def _user_of_token(asking: Request) -> SignedIn | None:
    """Who sends a token; only the API takes one, and takes nothing else."""
    given = asking.headers.get("Authorization", "")
    # A wrong token makes no ledger.
    known = asking.path.startswith(f"{API}/") and ledger_of(current_app).exists
    if not known or not given.lower().startswith(_BEARER):
        return None
    account = token_account(current_ledger(), given[len(_BEARER) :].strip())
    return SignedIn(account) if account else None


def _keep_nothing(response: Response) -> Response:
    """Let nobody keep a page of somebody's, nor an answer to somebody's token."""
    if has_session(request.path) or "Authorization" in request.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def init_app(app: Flask) -> None:
    """Give the pages of accounts their sessions; without a key there are none."""
    settings = app.extensions["portal"].settings
    secure = settings.public_url.startswith("https:")
    app.config.update(
        SESSION_COOKIE_NAME=f"__Host-{_COOKIE}" if secure else _COOKIE,
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=LONGEST,
    )
    try:
        app.secret_key = read_secret_key(settings.instance)
    except PortalError as fault:
        # Readers are served all the same.
        _log.warning("Nobody can sign in: %s", fault)
    app.session_interface = OfficeSessions()
    login = LoginManager()
    # The secret alone counts: telephones change their addresses.
    login.session_protection = None
    login.init_app(app, add_context_processor=False)
    login.user_loader(_user_of_session)
    login.request_loader(_user_of_token)
    app.after_request(_keep_nothing)
