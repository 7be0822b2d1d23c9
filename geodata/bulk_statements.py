"""One statement for many rows of a database, without what SQLAlchemy does for each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Insert, Update


def execute_many(
    connection: Connection, statement: Insert | Update, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Execute a statement once for each row; values reach the driver as they stand.

    For tables of texts, numbers and truth values only: no column's type converts anything, and no
    default is filled in, so every row names all columns, two at least.
    """
    if not rows:
        return
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    if compiled.positional:
        pick = itemgetter(*(compiled.positiontup or ()))
        connection.exec_driver_sql(compiled.string, [pick(row) for row in rows])
    else:
        connection.exec_driver_sql(compiled.string, [dict(row) for row in rows])
