"""The paths below which somebody may be signed in, and where one may be led after that."""

from __future__ import annotations

import re

from geodata.i18n import Language
from portal.urls import page_url, split_url

ACCOUNT, OFFICE, REPORT = "/account", "/office", "/report"
SIGN_IN = f"{ACCOUNT}/sign-in"
FIRST = f"{ACCOUNT}/first"
INVITATION = f"{ACCOUNT}/invitation"
_SESSION = re.compile(rf"({ACCOUNT}|{OFFICE}|{REPORT})(/|$)")
_LONGEST_NEXT = 2000


def has_session(path: str) -> bool:
    """Whether a page below the path knows who is signed in; all others are the same for all."""
    return _SESSION.match(path) is not None


def safe_next(address: str, language: Language) -> str:
    """Where to go after signing in: the page asked for if it is one of these, else ``/office``.

    Nothing else is followed, so that no address leads from the portal's sign-in to another site.
    """
    parts = split_url(address)
    # A backslash or a control character is read as a slash, or dropped, by some browsers.
    plain = len(address) <= _LONGEST_NEXT and address.isprintable() and "\\" not in address
    if plain and not parts.scheme and not parts.netloc and has_session(parts.path):
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return page_url(OFFICE, language)
