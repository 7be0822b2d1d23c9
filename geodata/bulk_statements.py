"""One statement for many rows of a database, without what SQLAlchemy does for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Insert, Table, Update, func, select

_MANY = 1000


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


@contextmanager
def indexed_afterwards(connection: Connection, table: Table, count: int) -> Iterator[None]:
    """Make the indexes of a table anew after its rows have gone in, where that is quicker.

    It is where more rows go in than there are, each of which would be sorted into every index by
    itself. For a SQLite file that nobody else has open; another database keeps its indexes, for
    whoever reads it meanwhile needs them.

    Parameters
    ----------
    count
        Rows that will go in.
    """
    few = connection.dialect.name != "sqlite" or count < _MANY
    if few or connection.execute(select(func.count()).select_from(table)).scalar_one() > count:
        yield
        return
    for index in table.indexes:
        index.drop(connection)
    yield
    for index in sorted(table.indexes, key=lambda index: index.name or ""):
        index.create(connection)
