"""The record of what happened to accounts."""

from __future__ import annotations

from sqlalchemy import Connection, insert

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
