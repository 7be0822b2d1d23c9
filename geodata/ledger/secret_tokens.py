"""Secrets that let somebody in, and the form in which they are kept.

A secret of 256 random bits cannot be guessed, so a plain hash of it is enough, unlike for a
password.
"""

from __future__ import annotations

import hashlib
import secrets

_BYTES = 32
MOST_LENGTH = 200
"""Characters of a secret that are looked at; what is longer can be none."""


def new_secret(prefix: str = "") -> str:
    """A secret of letters, digits, ``-`` and ``_`` after a prefix that says what it is for."""
    return prefix + secrets.token_urlsafe(_BYTES)


def secret_hash(secret: str) -> str:
    """What is kept of a secret: its SHA-256 in hexadecimal digits."""
    return hashlib.sha256(secret[:MOST_LENGTH].encode("utf-8", "surrogatepass")).hexdigest()
