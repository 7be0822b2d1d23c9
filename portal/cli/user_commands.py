"""``portal user add | list | disable | enable | password | token``: who may write."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy import Connection, Engine

from geodata.dataset import read_dataset
from geodata.errors import unknown_name
from geodata.i18n import DEFAULT_LANGUAGE, LANGUAGES, Message
from geodata.ledger.account_records import ROLES, Account, account_named, list_accounts
from geodata.ledger.accounts import (
    create_account,
    disable_account,
    enable_account,
    set_password,
)
from geodata.ledger.api_tokens import create_token
from geodata.ledger.database import open_ledger, reading, writing
from geodata.ledger.passwords import check_password_rules
from geodata.model import Unit
from portal.cli.commands import refusals
from portal.config import read_settings
from portal.ledger_engine import ledger_path
from portal.translations import translate

_LANGUAGE = click.option(
    "--lang", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, show_default=True,
    help="Language of the answer.",
)  # fmt: skip
_FROM_STDIN = click.option(
    "--password-stdin", is_flag=True, help="Read the password from the standard input."
)


@click.group()
def user() -> None:
    """Accounts of those who may write; reading needs none."""


@user.command()
@click.argument("name")
@click.option("--full-name", default="", help="Person or office, shown beside what is published.")
@click.option("--role", type=click.Choice(ROLES), default="editor", show_default=True)
@click.option(
    "--commune", "communes", multiple=True,
    help="Code, id or name of a commune an editor may write for; may be repeated.",
)  # fmt: skip
@click.option("--all-communes", is_flag=True, help="An editor may write for all communes.")
@_FROM_STDIN
@_LANGUAGE
def add(
    name: str,
    *,
    full_name: str,
    role: str,
    communes: tuple[str, ...],
    all_communes: bool,
    password_stdin: bool,
    lang: str,
) -> None:
    """Make the account NAME; its password is asked for and not shown."""
    if role == "editor" and bool(communes) == all_communes:
        raise click.UsageError("An editor needs --commune, once or more, or --all-communes.")
    with refusals():
        areas = None if all_communes or role != "editor" else _commune_ids(communes)
        password = _ask_password(name, password_stdin)
        with writing(_ledger()) as connection:
            made = create_account(connection, name, full_name=full_name, role=role, communes=areas)
            set_password(connection, made.account_id, password)
    click.echo(translate("users.made", lang, name=made.name))


@user.command("list")
@_LANGUAGE
def list_users(lang: str) -> None:
    """List the accounts with what they may do."""
    with refusals(), reading(_ledger()) as connection:
        found = list_accounts(connection)
    for account in found:
        click.echo(_line(account, lang))
    if not found:
        click.echo(translate("users.none", lang))


@user.command()
@click.argument("name")
@_LANGUAGE
def disable(name: str, lang: str) -> None:
    """Sign NAME out everywhere and let the account do nothing any more."""
    with _account(name) as (connection, account):
        disable_account(connection, account.account_id)
    click.echo(translate("users.disabled", lang, name=account.name))


@user.command()
@click.argument("name")
@_LANGUAGE
def enable(name: str, lang: str) -> None:
    """Let the disabled account NAME sign in again."""
    with _account(name) as (connection, account):
        enable_account(connection, account.account_id)
    click.echo(translate("users.enabled", lang, name=account.name))


@user.command()
@click.argument("name")
@_FROM_STDIN
@_LANGUAGE
def password(name: str, password_stdin: bool, lang: str) -> None:
    """Give NAME a new password and sign the account out everywhere."""
    with refusals():
        with reading(_ledger()) as connection:
            account = account_named(connection, name)
        chosen = _ask_password(account.name, password_stdin)
        with writing(_ledger()) as connection:
            set_password(connection, account.account_id, chosen)
    click.echo(translate("users.password_set", lang, name=account.name))


@user.command()
@click.argument("name")
@click.option("--label", required=True, help="Which program will use it.")
@_LANGUAGE
def token(name: str, label: str, lang: str) -> None:
    """Make an API token of NAME and print it, once."""
    with _account(name) as (connection, account):
        made, secret = create_token(connection, account.account_id, label)
    click.echo(translate("users.token_made", lang, label=made.label), err=True)
    click.echo(secret)


@contextmanager
def _account(name: str) -> Iterator[tuple[Connection, Account]]:
    """A transaction that writes, with the account of a name."""
    with refusals(), writing(_ledger()) as connection:
        yield connection, account_named(connection, name)


def _ledger() -> Engine:
    return open_ledger(ledger_path(read_settings({})))


def _ask_password(name: str, from_stdin: bool) -> str:
    """A password that keeps to the rules, typed twice without echo or read from a pipe."""
    if from_stdin:
        chosen = sys.stdin.readline().rstrip("\r\n")
    else:
        chosen = click.prompt("Mật khẩu / password", hide_input=True, confirmation_prompt=True)
    check_password_rules(chosen, name)
    return str(chosen)


def _commune_ids(named: tuple[str, ...]) -> list[str]:
    """Unit ids of communes in force, by code, id or name.

    Raises
    ------
    NotFound
        There is no such commune, or several of the name.
    """
    dataset = read_dataset(read_settings({}).dataset)
    communes = [u for u in dataset.units if u.level == "commune" and u.valid_to is None]
    return [_commune_id(communes, each.strip()) for each in named]


def _commune_id(communes: list[Unit], named: str) -> str:
    found = [
        unit.unit_id
        for unit in communes
        if named in (unit.unit_id, unit.code, unit.name.vi, unit.full_name.vi)
    ]
    if len(found) != 1:
        raise unknown_name(
            Message("No such commune, or several of this name"),
            named,
            found or [f"{unit.code} {unit.name.vi}" for unit in communes],
        )
    return found[0]


def _line(account: Account, lang: str) -> str:
    if account.communes is None:
        area = translate("users.all_communes", lang)
    else:
        area = ", ".join(sorted(account.communes))
    state = "" if not account.disabled else f" ({translate('users.is_disabled', lang)})"
    role = translate(f"users.{account.role}", lang)
    called = f" {account.full_name}" if account.full_name else ""
    return f"{account.name}{called}: {role}, {area}{state}"
