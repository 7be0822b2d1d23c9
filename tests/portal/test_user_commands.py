"""Accounts on the command line."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geodata.ledger.accounts import check_password
from geodata.ledger.api_tokens import token_account
from geodata.ledger.database import open_ledger
from portal.cli import main

WORDS = "mưa nguồn chớp bể quanh năm"


@pytest.fixture
def run(tmp_path: Path, toy_folder: Path) -> Callable[..., Result]:
    def call(*arguments: str, typed: str = "") -> Result:
        env = {"PORTAL_INSTANCE": str(tmp_path), "PORTAL_DATASET": str(toy_folder)}
        return CliRunner().invoke(main, ["user", *arguments, "--lang", "en"], input=typed, env=env)

    return call


def test_an_account_is_made_listed_disabled_and_enabled(run, tmp_path: Path) -> None:
    made = run("add", "chief", "--role", "administrator", typed=f"{WORDS}\n{WORDS}\n")
    assert made.exit_code == 0, made.output
    assert WORDS not in made.output
    assert stat.S_IMODE((tmp_path / "ledger.sqlite").stat().st_mode) == 0o600
    communes = run("add", "clerk", "--commune", "90011", "--password-stdin", typed=f"{WORDS}\n")
    assert communes.exit_code == 0, communes.output
    engine = open_ledger(tmp_path / "ledger.sqlite")
    assert check_password(engine, "chief", WORDS)
    assert run("disable", "clerk").exit_code == 0
    assert check_password(engine, "clerk", WORDS) is None
    assert "disabled" in run("list").output
    assert run("enable", "clerk").exit_code == 0
    assert check_password(engine, "clerk", WORDS)
    new = WORDS + " nay"
    assert run("password", "clerk", typed=f"{new}\n{new}\n").exit_code == 0
    assert check_password(engine, "clerk", WORDS) is None
    assert check_password(engine, "clerk", new)
    engine.dispose()


def test_a_token_is_printed_alone_so_that_it_can_be_piped(run, tmp_path: Path) -> None:
    run("add", "clerk", "--all-communes", "--password-stdin", typed=f"{WORDS}\n")
    made = run("token", "clerk", "--label", "bảng tính")
    engine = open_ledger(tmp_path / "ledger.sqlite")
    found = token_account(engine, made.stdout.strip())
    assert found is not None
    assert found.name == "clerk"
    engine.dispose()


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("add", "clerk", "--all-communes"), f"{WORDS}\nother\n", "match"),
        (("add", "clerk", "--all-communes", "--password-stdin"), "short\n", "too short"),
        (("add", "clerk"), "", "--commune"),
        (("add", "clerk", "--commune", "00000"), "", "No such commune"),
        (("add", "bình lư", "--all-communes", "--password-stdin"), f"{WORDS}\n", "cannot be used"),
        (("disable", "nobody"), "", "no account of this name"),
        (("token", "nobody", "--label", "x"), "", "no account of this name"),
    ],
)
def test_a_refusal_is_in_words_and_makes_nothing(run, arguments, typed, said) -> None:
    refused = run(*arguments, typed=typed)
    assert refused.exit_code != 0
    assert said in refused.output
    assert "Traceback" not in refused.output
    assert "no account" in run("list").output.lower()
