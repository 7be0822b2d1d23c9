"""Opening the ledger: a SQLite file of the instance folder, or a PostgreSQL database.

The one place that knows which of the two it is. In the file a rollback journal is kept rather than
a write-ahead log: a copy of one file is a whole copy. Commits are on the disk before they are
told (``synchronous = FULL``), and whoever writes takes the lock first, so that no reading done for
a write is out of date when it is written.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.exc import DatabaseError, OperationalError

from geodata.errors import StoreFault
from geodata.i18n import Message
from geodata.ledger import account_tables, record_tables, revision_tables  # noqa: F401 - all
from geodata.ledger.metadata import ledger_state, metadata, new_id, utc_now

SCHEMA_VERSION = 1
"""Raised when a table that exists changes; a table that is new is simply made."""

LEDGER_FILE = "ledger.sqlite"
"""Name of the file in the instance folder."""

_BUSY_SECONDS = 30.0
_WRITER_CACHE_KIB = 65536
"""Pages a writer keeps in memory until the commit; readers are kept out only while it lasts."""
_IMMEDIATE = "ledger_immediate"
_PRAGMAS = ("foreign_keys = ON", "synchronous = FULL", "trusted_schema = OFF")


def open_ledger(address: str | Path) -> Engine:
    """Open the ledger, made where there is none yet; tables that are new are added.

    Parameters
    ----------
    address
        Path of a SQLite file, or a ``postgresql+driver://`` address.

    Raises
    ------
    StoreFault
        It cannot be opened or written, is no ledger, or was made by a newer version.
    """
    text = str(address)
    try:
        engine = _server(text) if "://" in text else _file(Path(address))
    except OSError as error:
        raise _unusable(error, text) from error
    try:
        _prepare(engine, text)
    except DatabaseError as error:
        engine.dispose()
        raise _unusable(error, text) from error
    except StoreFault:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes; others who want to write wait until it ends.

    It is committed when the block ends, and rolled back when an error leaves it.

    Raises
    ------
    StoreFault
        Another process has been writing for too long, or there is no room to write.
    """
    try:
        with _immediate(engine) as connection, connection.begin():
            # A database server has no lock of the whole file: the one row is locked instead.
            connection.execute(select(ledger_state.c.id).with_for_update())
            yield connection
    except OperationalError as error:
        raise _unwritten(error, engine) from error


@contextmanager
def rehearsal(engine: Engine) -> Iterator[Connection]:
    """A transaction as `writing` gives it that is rolled back at its end, for a dry run.

    Raises
    ------
    StoreFault
        As `writing`.
    """
    with writing(engine) as connection, connection.begin_nested() as savepoint:
        yield connection
        savepoint.rollback()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that reads: every statement in it sees the same state."""
    server = engine.dialect.name == "postgresql"
    options = {"isolation_level": "REPEATABLE READ"} if server else {}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def change_counter(engine: Engine) -> int | None:
    """A number that is another one after every write, asked for without opening the ledger.

    None where the database has none that costs less than a query.

    References: SQLite file format, section 1.3.7 (file change counter, kept in journal mode).
    """
    if engine.dialect.name != "sqlite":
        return None
    with open(str(engine.url.database), "rb") as file:
        file.seek(24)
        return int.from_bytes(file.read(4), "big")


def _server(address: str) -> Engine:
    if not address.startswith("postgresql"):
        raise StoreFault(
            Message("There is no such kind of ledger"),
            found=address.split("://", maxsplit=1)[0] + "://",
            allowed=Message("the path of a file, or an address postgresql://…"),
        )
    return create_engine(address, pool_pre_ping=True)


def _file(path: Path) -> Engine:
    """An engine for a file that only its owner may read; its journal takes over the mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    engine = create_engine(f"sqlite:///{path.resolve()}", connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: sqlite3.Connection, _: object) -> None:
    # The driver begins no transaction by itself: SQLAlchemy does, with the statement below.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _immediate(engine: Engine) -> Connection:
    return engine.connect().execution_options(**{_IMMEDIATE: True})


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get(_IMMEDIATE):
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_WRITER_CACHE_KIB}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")


def _prepare(engine: Engine, address: str) -> None:
    """Make what is missing, in one transaction, and refuse a ledger of a newer version."""
    with engine.begin() as connection:
        if _complete(connection, address):
            return
    with _immediate(engine) as connection, connection.begin():
        # Another process may have made it meanwhile.
        if _complete(connection, address):
            return
        metadata.create_all(connection)
        if connection.execute(select(ledger_state.c.id)).first() is None:
            state = {"schema_version": SCHEMA_VERSION, "ledger_id": new_id(), "last_revision": 0}
            connection.execute(ledger_state.insert(), {"id": 1, "created_at": utc_now()} | state)


def _complete(connection: Connection, address: str) -> bool:
    """Whether all tables are there; another program's tables or a newer version are refused."""
    there = set(inspect(connection).get_table_names())
    if not there:
        return False
    if ledger_state.name not in there:
        raise _foreign(address)
    found = connection.execute(select(ledger_state.c.schema_version)).scalar()
    if found != SCHEMA_VERSION:
        raise StoreFault(
            Message("The ledger was made by another version of the portal"),
            found=str(found),
            allowed=(str(SCHEMA_VERSION),),
            remedy=Message("Run the version that made it, or a newer one"),
            where=address,
        )
    return set(metadata.tables) <= there


def _foreign(address: str) -> StoreFault:
    return StoreFault(
        Message("The file is no ledger of the portal"),
        found=address,
        remedy=Message("Choose another folder with PORTAL_INSTANCE"),
    )


def _unusable(error: Exception, address: str) -> StoreFault:
    return StoreFault(
        Message("The ledger cannot be opened"),
        found=str(getattr(error, "orig", None) or error),
        remedy=Message("Choose a folder that can be written to with PORTAL_INSTANCE"),
        where=address,
    )


def _unwritten(error: OperationalError, engine: Engine) -> StoreFault:
    reason = str(error.orig)
    if "locked" in reason or "busy" in reason:
        what = Message("Somebody else is writing the ledger")
        remedy = Message("Wait a minute and do it again")
    else:
        what = Message("The ledger cannot be written; nothing was changed")
        remedy = Message("See to it that the disk has room and do it again")
    return StoreFault(what, found=reason, remedy=remedy, where=str(engine.url.database or ""))
