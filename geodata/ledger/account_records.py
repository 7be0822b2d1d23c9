"""Accounts as they are read: whose they are and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, select

from geodata.errors import NotFound, unknown_name
from geodata.i18n import Message
from geodata.ledger.account_tables import account_areas, accounts

Role = Literal["editor", "administrator"]
ROLES: tuple[Role, ...] = ("editor", "administrator")


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the rest of the portal sees it; its password is nowhere in it.

    Parameters
    ----------
    name
        What its owner signs in with: small letters, digits and ``. _ - @``.
    full_name
        Person or office, as shown beside what the account published.
    role
        ``editor``, or ``administrator``, who may do all and manages the accounts.
    communes
        Unit ids an editor may write for; None for all.
    has_password
        Whether its owner has chosen one; without it nobody signs in.
    """

    account_id: str
    name: str
    full_name: str
    role: Role
    communes: frozenset[str] | None
    has_password: bool
    disabled: bool
    created_at: str

    @property
    def is_administrator(self) -> bool:
        """Whether the account manages the others."""
        return self.role == "administrator"

    @property
    def label(self) -> str:
        """The name that others read."""
        return self.full_name or self.name


def find_account(connection: Connection, account_id: str) -> Account | None:
    """The account of an id; None without one."""
    row = connection.execute(select(accounts).where(accounts.c.id == account_id)).first()
    return account_of_row(connection, row) if row else None


def account_named(connection: Connection, name: str) -> Account:
    """The account of a name, however its letters are written.

    Raises
    ------
    NotFound
        There is none; the names there are stand in the message.
    """
    query = select(accounts).where(accounts.c.name == name.strip().lower())
    row = connection.execute(query).first()
    if row is None:
        known = connection.execute(select(accounts.c.name).order_by(accounts.c.name)).scalars()
        raise unknown_name(Message("There is no account of this name"), name, known)
    return account_of_row(connection, row)


def id_of_name(connection: Connection, name: str) -> str:
    """Id of the account of a name; empty without one."""
    query = select(accounts.c.id).where(accounts.c.name == name.strip().lower())
    return connection.execute(query).scalar() or ""


def list_accounts(connection: Connection) -> list[Account]:
    """All accounts by name, disabled ones last."""
    order = (accounts.c.disabled_at.is_not(None), accounts.c.name)
    rows = connection.execute(select(accounts).order_by(*order)).all()
    return [account_of_row(connection, row) for row in rows]


def account_of_row(connection: Connection, row: Row[Any]) -> Account:
    """The account of a row of its table, with the communes of an editor."""
    found = row._mapping
    communes: frozenset[str] | None = None
    if found["role"] == "editor" and not found["all_communes"]:
        areas = select(account_areas.c.commune_id).where(account_areas.c.account_id == found["id"])
        communes = frozenset(connection.execute(areas).scalars())
    return Account(
        account_id=str(found["id"]),
        name=str(found["name"]),
        full_name=str(found["full_name"]),
        role="administrator" if found["role"] == "administrator" else "editor",
        communes=communes,
        has_password=bool(found["password_hash"]),
        disabled=found["disabled_at"] is not None,
        created_at=str(found["created_at"]),
    )


def can_administer(connection: Connection) -> bool:
    """Whether somebody can sign in as an administrator."""
    return bool(able_administrators(connection))


def able_administrators(connection: Connection) -> set[str]:
    """Ids of the accounts that can sign in and manage the others."""
    able = (
        (accounts.c.role == "administrator")
        & accounts.c.disabled_at.is_(None)
        & (accounts.c.password_hash != "")
    )
    return set(connection.execute(select(accounts.c.id).where(able)).scalars())


def existing_account(connection: Connection, account_id: str) -> Account:
    """The account of an id.

    Raises
    ------
    NotFound
        There is none.
    """
    account = find_account(connection, account_id)
    if account is None:
        raise NotFound(Message("There is no such account"), found=account_id)
    return account
