"""Who is signed in, known on the server alone: the browser holds nothing but a secret.

A session ends when it has not been used for a while, at the latest after a working day, and at
once when its row is removed or its account disabled.

References: OWASP Session Management Cheat Sheet.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from geodata.ledger.account_records import Account, account_of_row
from geodata.ledger.account_tables import accounts, sessions
from geodata.ledger.database import reading, writing
from geodata.ledger.metadata import read_utc, utc_text
from geodata.ledger.secret_tokens import new_secret, secret_hash

LONGEST = dt.timedelta(hours=12)
"""How long a session lasts, whatever is done in it."""
IDLE = dt.timedelta(hours=1)
"""How long it lasts while nothing is done in it."""
_NOTED_EVERY = dt.timedelta(minutes=1)
"""A use is written down once in this time, so that looking at pages hardly writes."""


def start_session(connection: Connection, account_id: str, now: dt.datetime | None = None) -> str:
    """Sign an account in; the secret that the browser shows from now on."""
    now = now or dt.datetime.now(dt.UTC)
    over = (sessions.c.created_at < utc_text(now - LONGEST)) | (
        sessions.c.seen_at < utc_text(now - IDLE)
    )
    connection.execute(delete(sessions).where(over))
    secret = new_secret()
    row = {
        "secret_hash": secret_hash(secret),
        "account_id": account_id,
        "created_at": utc_text(now),
        "seen_at": utc_text(now),
    }
    connection.execute(insert(sessions), row)
    return secret


def session_account(engine: Engine, secret: str, now: dt.datetime | None = None) -> Account | None:
    """Whose session a secret belongs to; None for one that has ended or never was."""
    now = now or dt.datetime.now(dt.UTC)
    own = sessions.c.secret_hash == secret_hash(secret)
    query = (
        select(accounts, sessions.c.created_at.label("since"), sessions.c.seen_at)
        .join(sessions, sessions.c.account_id == accounts.c.id)
        .where(own, accounts.c.disabled_at.is_(None))
        .where(sessions.c.created_at >= utc_text(now - LONGEST))
        .where(sessions.c.seen_at >= utc_text(now - IDLE))
    )
    with reading(engine) as connection:
        row = connection.execute(query).first()
        if row is None:
            return None
        account = account_of_row(connection, row)
    if now - read_utc(row.seen_at) > _NOTED_EVERY:
        with writing(engine) as connection:
            connection.execute(update(sessions).where(own).values(seen_at=utc_text(now)))
    return account


def end_session(connection: Connection, secret: str) -> None:
    """Sign out where the secret is used."""
    connection.execute(delete(sessions).where(sessions.c.secret_hash == secret_hash(secret)))


def end_all_sessions(connection: Connection, account_id: str) -> None:
    """Sign an account out everywhere."""
    connection.execute(delete(sessions).where(sessions.c.account_id == account_id))


def count_sessions(connection: Connection, account_id: str) -> int:
    """In how many browsers an account is signed in."""
    query = select(func.count()).select_from(sessions).where(sessions.c.account_id == account_id)
    return int(connection.execute(query).scalar_one())
