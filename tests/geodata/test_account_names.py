"""Accounts and tokens that there are, and the names they may have."""

from __future__ import annotations

from pathlib import Path

import pytest

from geodata.errors import InvalidInput, NotFound
from geodata.ledger.accounts import create_account, disable_account, enable_account
from geodata.ledger.api_tokens import create_token
from geodata.ledger.database import writing
from tests.ledger_helpers import new_ledger


@pytest.mark.parametrize("change", [enable_account, disable_account])
def test_only_an_account_there_is_can_be_enabled_or_disabled(tmp_path: Path, change) -> None:
    with writing(new_ledger(tmp_path)) as connection, pytest.raises(NotFound):
        change(connection, "nobody")


def test_a_token_may_have_a_name_of_one_letter_and_no_empty_one(tmp_path: Path) -> None:
    with writing(new_ledger(tmp_path)) as connection:
        account = create_account(connection, "binh.lu")
        made, _ = create_token(connection, account.account_id, " x ")
        assert made.label == "x"
        with pytest.raises(InvalidInput):
            create_token(connection, account.account_id, " ")
