"""What was published of a file before, and whether it still holds."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, Engine, select

from geodata.ledger.database import reading
from geodata.ledger.publishing import publications_of_file
from geodata.ledger.revision_tables import revisions
from geodata.table_import.checks.file_checks import EarlierPublication


def earlier_publications(engine: Engine, sha256: str) -> list[EarlierPublication]:
    """The publications of a file with these very bytes, the last first.

    Their days are UTC, as the ledger's are.
    """
    with reading(engine) as connection:
        return [
            EarlierPublication(
                one.number,
                dt.date.fromisoformat(one.at[:10]),
                _is_taken_back(connection, one.number),
            )
            for one in publications_of_file(connection, sha256)
        ]


def _is_taken_back(connection: Connection, number: int) -> bool:
    """Whether a revision was taken back, and its taking back was not."""
    query = select(revisions.c.number).where(revisions.c.undoes == number)
    undone_by = connection.execute(query).scalars().all()
    return any(not _is_taken_back(connection, each) for each in undone_by)
