"""Who may write: signing in, the own account, the list of accounts, and tokens for programs.

Readers meet none of it: below the paths of `portal.accounts.paths` alone there are a session and a
cookie, and nothing there is kept by a browser or a proxy.
"""

from __future__ import annotations

from flask import Flask

from portal.accounts import (
    access,
    administration_views,
    browser_session,
    first_administrator,
    invitation_views,
    own_account_views,
    sign_in_views,
    throttle,
)

_PARTS = (
    browser_session,
    throttle,
    access,
    sign_in_views,
    first_administrator,
    invitation_views,
    own_account_views,
    administration_views,
)


def init_app(app: Flask) -> None:
    """Wire sessions, throttling and the pages."""
    for part in _PARTS:
        part.init_app(app)
