"""Addresses that may be used once: for the first administrator, and to choose a password."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select

from geodata.errors import NotFound
from geodata.i18n import Message
from geodata.ledger.account_events import note_event
from geodata.ledger.account_records import (
    Account,
    can_administer,
    existing_account,
    find_account,
)
from geodata.ledger.account_tables import invitations
from geodata.ledger.accounts import create_account, set_password
from geodata.ledger.database import writing
from geodata.ledger.metadata import utc_text
from geodata.ledger.secret_tokens import new_secret, secret_hash

FIRST_LIFETIME = dt.timedelta(hours=1)
"""How long the address for the first administrator holds after a start of the server."""
LIFETIME = dt.timedelta(days=7)
"""How long the owner of an account has to choose a password."""


def invite_first_administrator(engine: Engine, now: dt.datetime | None = None) -> str:
    """The secret by which the first administrator is made; empty where there is one already.

    An earlier one is refused from then on.
    """
    with writing(engine) as connection:
        if can_administer(connection):
            return ""
        connection.execute(delete(invitations).where(invitations.c.account_id.is_(None)))
        return _invite(connection, None, FIRST_LIFETIME, now)


def invite_account(
    connection: Connection, account_id: str, actor: str = "", now: dt.datetime | None = None
) -> str:
    """The secret by which the owner of an account chooses a password; earlier ones are refused."""
    connection.execute(delete(invitations).where(invitations.c.account_id == account_id))
    note_event(connection, account_id, "invited", actor)
    return _invite(connection, account_id, LIFETIME, now)


def _invite(
    connection: Connection, account_id: str | None, holds: dt.timedelta, now: dt.datetime | None
) -> str:
    now = now or dt.datetime.now(dt.UTC)
    secret = new_secret()
    row = {
        "secret_hash": secret_hash(secret),
        "account_id": account_id,
        "created_at": utc_text(now),
        "expires_at": utc_text(now + holds),
    }
    connection.execute(insert(invitations), row)
    return secret


def read_first_invitation(
    connection: Connection, secret: str, now: dt.datetime | None = None
) -> None:
    """See whether a secret is that of the address for the first administrator.

    Raises
    ------
    NotFound
        It was used, has expired, was followed by a newer one, or never was.
    """
    own = invitations.c.account_id.is_(None) & _in_force(secret, now)
    found = connection.execute(select(invitations.c.created_at).where(own)).first()
    if found is None or can_administer(connection):
        raise NotFound(
            Message("This address has been used or has expired"),
            remedy=Message("Start the portal again: it prints a new one while there is none"),
        )


def read_invitation(connection: Connection, secret: str, now: dt.datetime | None = None) -> Account:
    """Whose password an address is for.

    Raises
    ------
    NotFound
        It was used, has expired, was followed by a newer one, or never was.
    """
    found = connection.execute(
        select(invitations.c.account_id).where(_in_force(secret, now))
    ).scalar()
    account = find_account(connection, found) if found else None
    if account is None or account.disabled:
        raise NotFound(
            Message("This address has been used or has expired"),
            remedy=Message("Ask an administrator of the portal for a new one"),
        )
    return account


def _in_force(secret: str, now: dt.datetime | None) -> ColumnElement[bool]:
    now = now or dt.datetime.now(dt.UTC)
    own = invitations.c.secret_hash == secret_hash(secret)
    return own & (invitations.c.expires_at > utc_text(now))


def accept_first_invitation(
    connection: Connection,
    secret: str,
    *,
    name: str,
    full_name: str,
    password: str,
    now: dt.datetime | None = None,
) -> Account:
    """Make the first administrator; of two who try at once one does.

    Raises
    ------
    NotFound
        The address does not hold, or is that of an account.
    InvalidInput
        The name or the password cannot be used.
    """
    read_first_invitation(connection, secret, now)
    account = create_account(connection, name, full_name=full_name, role="administrator")
    set_password(connection, account.account_id, password)
    _use(connection, secret)
    return existing_account(connection, account.account_id)


def accept_invitation(
    connection: Connection, secret: str, password: str, now: dt.datetime | None = None
) -> Account:
    """Give an account the password that its owner chose.

    Raises
    ------
    NotFound
        The address does not hold, or is that for the first administrator.
    InvalidInput
        The password cannot be used.
    """
    account = read_invitation(connection, secret, now)
    set_password(connection, account.account_id, password, account.account_id)
    _use(connection, secret)
    return existing_account(connection, account.account_id)


def _use(connection: Connection, secret: str) -> None:
    connection.execute(delete(invitations).where(invitations.c.secret_hash == secret_hash(secret)))
