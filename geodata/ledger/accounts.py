"""Accounts: who may write, for which communes, and what happened to whom.

Every function takes the connection of a transaction (`geodata.ledger.database.writing` for what
changes something), so that whoever publishes asks for the rights in the very transaction that
writes: an account disabled meanwhile writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from sqlalchemy import Connection, Engine, delete, insert, select, update

from geodata.errors import InvalidInput
from geodata.i18n import Message
from geodata.ledger.account_events import note_event
from geodata.ledger.account_records import (
    ROLES,
    Account,
    Role,
    able_administrators,
    account_of_row,
    existing_account,
)
from geodata.ledger.account_tables import account_areas, accounts, invitations, sessions
from geodata.ledger.database import reading, writing
from geodata.ledger.metadata import new_id, utc_now
from geodata.ledger.passwords import (
    check_password_rules,
    hash_password,
    needs_rehash,
    verify_password,
)

_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,39}")
_MOST_FULL_NAME = 120


def create_account(
    connection: Connection,
    name: str,
    *,
    full_name: str = "",
    role: str = "editor",
    communes: Collection[str] | None = None,
    actor: str = "",
) -> Account:
    """Make an account, without a password: its owner chooses one.

    Parameters
    ----------
    communes
        Unit ids an editor may write for; None for all. An administrator has all.
    actor
        Id of the account that does it; empty for the command line.

    Raises
    ------
    InvalidInput
        The name is taken or cannot be used, or there is no such role; ``where`` names the field.
    """
    name = name.strip().lower()
    _check_name(connection, name)
    account_id = new_id()
    row = {
        "id": account_id,
        "name": name,
        "full_name": _read_full_name(full_name),
        "role": _read_role(role),
        "password_hash": "",
        "created_at": utc_now(),
        "all_communes": int(communes is None),
    }
    connection.execute(insert(accounts), row)
    _write_areas(connection, account_id, communes)
    note_event(connection, account_id, "created", actor, role=role, communes=_listed(communes))
    return existing_account(connection, account_id)


def change_account(
    connection: Connection,
    account_id: str,
    *,
    full_name: str,
    role: str,
    communes: Collection[str] | None,
    actor: str = "",
) -> Account:
    """Change what an account is called and may do; it holds from the next request on.

    Raises
    ------
    InvalidInput
        There is no such role, or nobody would be left to manage the accounts.
    NotFound
        There is no such account.
    """
    existing_account(connection, account_id)
    if _read_role(role) != "administrator":
        _keep_an_administrator(connection, account_id)
    values = {
        "full_name": _read_full_name(full_name),
        "role": role,
        "all_communes": int(communes is None),
    }
    connection.execute(update(accounts).where(accounts.c.id == account_id).values(values))
    _write_areas(connection, account_id, communes)
    note_event(connection, account_id, "changed", actor, role=role, communes=_listed(communes))
    return existing_account(connection, account_id)


def disable_account(connection: Connection, account_id: str, actor: str = "") -> None:
    """Let an account do nothing any more: its sessions end, its tokens are refused.

    Raises
    ------
    InvalidInput
        Nobody would be left to manage the accounts.
    """
    existing_account(connection, account_id)
    _keep_an_administrator(connection, account_id)
    _set(connection, account_id, disabled_at=utc_now())
    connection.execute(delete(sessions).where(sessions.c.account_id == account_id))
    note_event(connection, account_id, "disabled", actor)


def enable_account(connection: Connection, account_id: str, actor: str = "") -> None:
    """Let a disabled account sign in again."""
    existing_account(connection, account_id)
    _set(connection, account_id, disabled_at=None)
    note_event(connection, account_id, "enabled", actor)


def set_password(
    connection: Connection, account_id: str, password: str, actor: str = "", keep: str = ""
) -> None:
    """Give an account a password; whoever was signed in with the old one no longer is.

    Parameters
    ----------
    keep
        Hash of the secret of the session that goes on: of who changes the own password.

    Raises
    ------
    InvalidInput
        The password does not keep to the rules.
    """
    account = existing_account(connection, account_id)
    check_password_rules(password, account.name)
    _set(connection, account_id, password_hash=hash_password(password))
    others = (sessions.c.account_id == account_id) & (sessions.c.secret_hash != keep)
    connection.execute(delete(sessions).where(others))
    # An address sent to somebody before must not undo this.
    connection.execute(delete(invitations).where(invitations.c.account_id == account_id))
    note_event(connection, account_id, "password_set", actor)


def check_password(engine: Engine, name: str, password: str) -> Account | None:
    """The account that a name and a password belong to; None where they belong to none.

    The same work is done whether the name is known or not. A hash made with older costs is made
    anew here, the only moment at which the password is known.
    """
    query = select(accounts).where(accounts.c.name == name.strip().lower()[:200])
    with reading(engine) as connection:
        row = connection.execute(query).first()
        found = account_of_row(connection, row) if row else None
    stored = str(row._mapping["password_hash"]) if row and found and not found.disabled else ""
    if not verify_password(stored, password) or found is None:
        return None
    if needs_rehash(stored):
        with writing(engine) as connection:
            _set(connection, found.account_id, password_hash=hash_password(password))
    return found


def _set(connection: Connection, account_id: str, **values: object) -> None:
    connection.execute(update(accounts).where(accounts.c.id == account_id).values(values))


def _keep_an_administrator(connection: Connection, account_id: str) -> None:
    able = able_administrators(connection)
    if able == {account_id}:
        raise InvalidInput(
            Message("Nobody would be left to manage the accounts"),
            remedy=Message("Make another account an administrator first"),
            where="role",
        )


def _check_name(connection: Connection, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise InvalidInput(
            Message("The name of the account cannot be used"),
            found=name,
            allowed=Message("2 to 40 letters without marks, digits and . _ - @"),
            where="name",
        )
    if connection.execute(select(accounts.c.id).where(accounts.c.name == name)).first():
        raise InvalidInput(
            Message("There is an account of this name already"), found=name, where="name"
        )


def _read_role(role: str) -> Role:
    if role not in ROLES:
        raise InvalidInput(
            Message("There is no such role"), found=role, allowed=ROLES, where="role"
        )
    return role


def _read_full_name(text: str) -> str:
    name = " ".join(text.split())
    if len(name) > _MOST_FULL_NAME or not name.isprintable():
        raise InvalidInput(
            Message(
                "The name of the person or office is too long or has signs that cannot be printed"
            ),
            found=name,
            allowed=Message("at most {n} characters", n=_MOST_FULL_NAME),
            where="full_name",
        )
    return name


def _write_areas(connection: Connection, account_id: str, communes: Collection[str] | None) -> None:
    connection.execute(delete(account_areas).where(account_areas.c.account_id == account_id))
    rows = [{"account_id": account_id, "commune_id": each} for each in sorted(set(communes or ()))]
    if rows:
        connection.execute(insert(account_areas), rows)


def _listed(communes: Collection[str] | None) -> object:
    return "all" if communes is None else sorted(set(communes))
