"""Tokens by which programs write in the name of an account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, insert, select, update

from geodata.errors import InvalidInput, NotFound
from geodata.i18n import Message
from geodata.ledger.account_events import note_event
from geodata.ledger.account_records import Account, account_of_row
from geodata.ledger.account_tables import accounts, api_tokens
from geodata.ledger.database import reading, writing
from geodata.ledger.metadata import new_id, utc_text
from geodata.ledger.secret_tokens import new_secret, secret_hash

PREFIX = "portal_"
"""Beginning of every token, by which programs that look for leaked secrets know it."""
LIFETIME = dt.timedelta(days=365)
MOST_TOKENS = 20
"""Tokens in force of one account."""
_MOST_LABEL = 80
_in_force = api_tokens.c.revoked_at.is_(None)


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as its owner sees it: without its secret, which is shown once.

    Parameters
    ----------
    created_at, expires_at, used_at
        UTC as ISO text; ``used_at`` is the last day of use, empty before the first.
    """

    token_id: str
    label: str
    created_at: str
    expires_at: str
    used_at: str


def create_token(
    connection: Connection, account_id: str, label: str, now: dt.datetime | None = None
) -> tuple[ApiToken, str]:
    """Make a token; its secret is returned here and nowhere again.

    Raises
    ------
    InvalidInput
        The label is empty or too long, or the account has too many tokens.
    """
    now = now or dt.datetime.now(dt.UTC)
    label = " ".join(label.split())
    if not 0 < len(label) <= _MOST_LABEL or not label.isprintable():
        raise InvalidInput(
            Message("A token needs a name that says which program uses it"),
            found=label,
            allowed=Message("at most {n} characters", n=_MOST_LABEL),
            where="label",
        )
    own = (api_tokens.c.account_id == account_id) & _in_force
    if connection.execute(select(func.count()).where(own)).scalar_one() >= MOST_TOKENS:
        raise InvalidInput(
            Message("The account has too many tokens"),
            allowed=Message("at most {n}", n=MOST_TOKENS),
            remedy=Message("Revoke one that is no longer used"),
            where="label",
        )
    secret = new_secret(PREFIX)
    made = ApiToken(new_id(), label, utc_text(now), utc_text(now + LIFETIME), "")
    row = {
        "id": made.token_id,
        "secret_hash": secret_hash(secret),
        "account_id": account_id,
        "label": label,
        "created_at": made.created_at,
        "expires_at": made.expires_at,
    }
    connection.execute(insert(api_tokens), row)
    note_event(connection, account_id, "token_made", account_id, label=label)
    return made, secret


def list_tokens(connection: Connection, account_id: str) -> list[ApiToken]:
    """The tokens of an account that are not revoked, newest first."""
    t = api_tokens.c
    query = select(t.id, t.label, t.created_at, t.expires_at, t.used_at)
    own = query.where(t.account_id == account_id, _in_force).order_by(t.created_at.desc())
    return [ApiToken(*row[:4], row.used_at or "") for row in connection.execute(own)]


def revoke_token(connection: Connection, account_id: str, token_id: str) -> None:
    """Refuse a token of an account from now on.

    Raises
    ------
    NotFound
        The account has no such token in force.
    """
    own = (api_tokens.c.id == token_id) & (api_tokens.c.account_id == account_id) & _in_force
    now = utc_text(dt.datetime.now(dt.UTC))
    if not connection.execute(update(api_tokens).where(own).values(revoked_at=now)).rowcount:
        raise NotFound(Message("The account has no such token"), found=token_id)
    note_event(connection, account_id, "token_revoked", account_id, token=token_id)


def token_account(engine: Engine, secret: str, now: dt.datetime | None = None) -> Account | None:
    """Whose token a secret is; None for one that is revoked, expired or of a disabled account."""
    now = now or dt.datetime.now(dt.UTC)
    own = api_tokens.c.secret_hash == secret_hash(secret)
    query = (
        select(accounts, api_tokens.c.used_at)
        .join(api_tokens, api_tokens.c.account_id == accounts.c.id)
        .where(own, _in_force, api_tokens.c.expires_at > utc_text(now))
        .where(accounts.c.disabled_at.is_(None))
    )
    with reading(engine) as connection:
        row = connection.execute(query).first()
        if row is None:
            return None
        account = account_of_row(connection, row)
    if (row.used_at or "")[:10] != utc_text(now)[:10]:
        with writing(engine) as connection:
            connection.execute(update(api_tokens).where(own).values(used_at=utc_text(now)))
    return account
