"""Spellings of units that people confirmed, with who did and when; they can be revoked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Row, insert, select, update

from geodata.errors import NotFound
from geodata.i18n import Message
from geodata.ledger.database import reading, writing
from geodata.ledger.ledger_records import Writer
from geodata.ledger.metadata import new_id, utc_now
from geodata.ledger.revision_tables import aliases
from geodata.parsing import parse_day
from geodata.table_import.units import UnitAlias


@dataclass(frozen=True, slots=True)
class SavedAlias:
    """A confirmed spelling under the id by which it can be revoked."""

    alias_id: str
    alias: UnitAlias


def remember_alias(engine: Engine, alias: UnitAlias) -> str:
    """Keep a spelling and return its id; one that is known already is not kept twice."""
    vintage = alias.vintage.isoformat() if alias.vintage else ""
    with writing(engine) as connection:
        table = aliases.c
        same = select(table.id).where(
            table.written == alias.written,
            table.parent == alias.parent,
            table.unit_id == alias.unit_id,
            table.vintage == vintage,
            table.revoked_at.is_(None),
        )
        known = connection.execute(same).scalar()
        if known is not None:
            return str(known)
        row = {
            "id": new_id(),
            "written": alias.written,
            "parent": alias.parent,
            "unit_id": alias.unit_id,
            "vintage": vintage,
            "source": alias.source,
            "added_by": alias.added_by,
            "added_at": alias.added_at or utc_now(),
        }
        connection.execute(insert(aliases), row)
        return str(row["id"])


def saved_aliases(engine: Engine) -> tuple[SavedAlias, ...]:
    """The spellings that hold, the first first."""
    query = select(aliases).where(aliases.c.revoked_at.is_(None))
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(aliases.c.added_at, aliases.c.id)).all()
    return tuple(SavedAlias(row.id, _alias(row)) for row in rows)


def revoke_alias(engine: Engine, alias_id: str, writer: Writer) -> None:
    """Let a spelling hold no more; what was published by it stays.

    Raises
    ------
    NotFound
        There is no such spelling, or it holds no more.
    """
    with writing(engine) as connection:
        holds = (aliases.c.id == alias_id) & aliases.c.revoked_at.is_(None)
        revoked = {"revoked_at": utc_now(), "revoked_by": writer.name}
        done = connection.execute(update(aliases).where(holds).values(**revoked))
        if not done.rowcount:
            raise NotFound(Message("There is no such spelling"), found=alias_id)


def _alias(row: Row[Any]) -> UnitAlias:
    return UnitAlias(
        written=row.written,
        parent=row.parent,
        unit_id=row.unit_id,
        vintage=parse_day(row.vintage) if row.vintage else None,
        source=row.source,
        added_by=row.added_by,
        added_at=row.added_at,
    )
