"""Who may send a body larger than the app takes of readers, asked before any of it is read."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from flask import Flask, current_app, request
from werkzeug.test import create_environ

from geodata.ledger.account_rights import check_role
from portal.accounts.browser_session import current_account

_log = logging.getLogger("portal")
_PASSED_ON = ("COOKIE", "AUTHORIZATION", "HOST", "CONTENT_TYPE")
"""Headers by which an account is known, as WSGI spells them."""
MostBody = Callable[[str, str, Mapping[str, str]], int]
"""Bytes that a request may have, by its method, path and headers; 0 for the server's own limit."""


def most_body_of(app: Flask) -> MostBody:
    """The question what a request may weigh, for the server that reads the bodies.

    A view says itself what its bodies may weigh (`portal.accounts.access.require_account`); the
    answer is that limit for an account that may ask the view, and nothing for everybody else.
    """

    def ask(method: str, path: str, headers: Mapping[str, str]) -> int:
        known = {name: headers[name] for name in _PASSED_ON if name in headers}
        try:
            environ = create_environ(path, method=method, headers=known)
            with app.request_context(environ):
                return _allowed()
        except Exception:
            # Whatever a request may hold, the server goes on; the view says what is wrong with it.
            _log.debug("A large body was refused", exc_info=True)
            return 0

    return ask


def _allowed() -> int:
    view = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, "most_body", None)
    account = current_account() if most else None
    if account is None:
        return 0
    check_role(account, view.needs_role)  # type: ignore[union-attr]
    return int(most or 0)
