"""Villages loaded into a store: kept with it, and put on the dataset whenever it is made again.

A store is made of the dataset and the imports together and takes the old one's place whole; so a
load is written entirely or not at all, and outlives a newer dataset.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from geodata.errors import StoreFault
from geodata.i18n import Message
from geodata.villages.import_record import VillageImport, import_from_json

_QUERY = "SELECT content FROM loads ORDER BY commune_id"


def read_imports(path: Path) -> tuple[VillageImport, ...]:
    """What offices loaded into the store at ``path``, of this version of the portal or another.

    Raises
    ------
    StoreFault
        The store holds loads that cannot be read.
    """
    if not path.is_file():
        return ()
    try:
        address = f"file:{quote(str(path.resolve()))}?mode=ro"
        with closing(sqlite3.connect(address, uri=True)) as old:
            known = "SELECT 1 FROM sqlite_master WHERE name = 'loads'"
            contents = old.execute(_QUERY).fetchall() if old.execute(known).fetchone() else []
    except sqlite3.DatabaseError:
        return ()  # No database: nothing was loaded into it.
    try:
        return tuple(import_from_json(content) for (content,) in contents)
    except (ValueError, TypeError, KeyError) as error:
        raise StoreFault(
            Message("The villages loaded cannot be read"),
            found=str(error),
            remedy=Message("Remove the store's file and load them again"),
            where=str(path),
        ) from None


@contextmanager
def exclusive_writer(path: Path, wait: float = 0.0) -> Iterator[None]:
    """Keep every other writer away from the store at ``path``, whoever reads it.

    Reading what is loaded, adding to it and writing the store go together: of two commands at once
    the later would undo the first. SQLite's own lock on a file beside the store is held; it exists
    on every system and ends with the process, so that a killed command leaves nothing locked.

    Parameters
    ----------
    wait
        Seconds to wait for another writer.

    Raises
    ------
    StoreFault
        Another process is still writing, or the folder cannot be written to.
    """
    beside = path.with_name(f".{path.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(beside, timeout=wait, isolation_level=None)
    except (OSError, sqlite3.OperationalError) as error:
        raise _lock_fault(error, beside) from error
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise _lock_fault(error, beside) from error
        yield


def _lock_fault(error: Exception, beside: Path) -> StoreFault:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
        return StoreFault(
            Message("Another command is writing the store"),
            remedy=Message("Wait until it is done and run it again"),
            where=str(beside),
        )
    return StoreFault(
        Message("The store cannot be written"),
        found=str(error),
        remedy=Message("Choose a folder that can be written to with PORTAL_INSTANCE"),
        where=str(beside.parent),
    )
