"""Passwords: what they must be, and how they are kept.

References: NIST SP 800-63B, section 5.1.1 (length counts, not a mixture of kinds of signs; Unicode
normalised); OWASP Password Storage Cheat Sheet (Argon2id with 19 MiB, 2 passes, 1 lane, which an
old machine of an office still computes in a moment); RFC 9106.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from geodata.errors import InvalidInput
from geodata.i18n import Message

LEAST_LENGTH, MOST_LENGTH = 12, 200
_LEAST_DIFFERENT = 5
_TELLING_NAME = 5
"""Letters from which a name makes a password easy to guess; a shorter one is a syllable."""
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Whoever asks a hundred times at once gets no hundred times 19 MiB.
_AT_ONCE = BoundedSemaphore(2)


def check_password_rules(password: str, name: str) -> None:
    """Refuse a password that is too short, too plain, or made of the account's name.

    Raises
    ------
    InvalidInput
        With ``where`` ``password``; the password itself is in no message.
    """
    text = _normalised(password)
    if not LEAST_LENGTH <= len(text) <= MOST_LENGTH:
        raise InvalidInput(
            Message("The password is too short or too long"),
            found=str(len(text)),
            allowed=Message(
                "{low} to {high} characters, such as a few words in a row",
                low=LEAST_LENGTH,
                high=MOST_LENGTH,
            ),
            where="password",
        )
    if len(set(text)) < _LEAST_DIFFERENT:
        raise InvalidInput(
            Message("The password repeats too few characters"),
            allowed=Message("at least {n} different characters", n=_LEAST_DIFFERENT),
            where="password",
        )
    if len(name) >= _TELLING_NAME and name.casefold() in text.casefold():
        raise InvalidInput(
            Message("The password contains the name of the account"),
            allowed=Message("words that say nothing of the account"),
            where="password",
        )


def hash_password(password: str) -> str:
    """The Argon2id hash of a password, with its salt and costs."""
    with _AT_ONCE:
        return _HASHER.hash(_normalised(password))


def verify_password(stored: str, password: str) -> bool:
    """Whether a password is the one of a hash.

    Without a hash the same work is done on a hash of nobody's, so that the time of the answer does
    not tell whether there is such an account.

    Parameters
    ----------
    stored
        As `hash_password` made it; empty for an unknown account or one without a password.
    """
    if len(password) > MOST_LENGTH:
        password = ""
    try:
        with _AT_ONCE:
            _HASHER.verify(stored or _nobodys_hash(), _normalised(password))
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False
    return bool(stored)


def needs_rehash(stored: str) -> bool:
    """Whether a hash was made with costs that are no longer used."""
    return _HASHER.check_needs_rehash(stored)


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(secrets.token_hex())


def _normalised(password: str) -> str:
    """Letters with marks in one form, whichever the keyboard made."""
    return unicodedata.normalize("NFKC", password)
