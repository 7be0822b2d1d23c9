"""What it costs to guess a password from its hash."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from geodata.ledger import passwords

WORDS = "gió đưa cành trúc la đà"


def test_a_guess_costs_as_much_as_owasp_asks(
    costly_hasher: PasswordHasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_HASHER", costly_hasher)
    stored = passwords.hash_password(WORDS)
    assert "$m=19456,t=2,p=1$" in stored
    assert passwords.verify_password(stored, WORDS)
