"""The record of what happened to accounts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from geodata.ledger.account_tables import account_events
from geodata.ledger.metadata import to_json, utc_now


def note_event(
    connection: Connection, account_id: str, event: str, actor: str = "", **detail: object
) -> None:
    """Write down what happened to an account; no secret and no password is ever among it."""
    row = {
        "at": utc_now(),
        "account_id": account_id,
        "actor_id": actor,
        "event": event,
        "detail": to_json(detail) if detail else "",
    }
    connection.execute(insert(account_events), row)


@dataclass(frozen=True, slots=True)
class AccountEvent:
    """Something that happened to an account.

    Parameters
    ----------
    at
        UTC as ISO text.
    actor_id
        The account that did it; empty for the command line, and for whoever only tried.
    """

    at: str
    actor_id: str
    event: str


def list_events(connection: Connection, account_id: str, most: int = 50) -> list[AccountEvent]:
    """What happened to an account, newest first."""
    t = account_events.c
    query = select(t.at, t.actor_id, t.event).where(t.account_id == account_id)
    rows = connection.execute(query.order_by(t.number.desc()).limit(most))
    return [AccountEvent(*row) for row in rows]
