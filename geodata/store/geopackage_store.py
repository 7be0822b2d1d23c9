"""The backend in one file: a GeoPackage that QGIS opens and that SQLite serves.

Built to OGC 12-128r17 (GeoPackage 1.3): shapes in the feature table ``boundaries`` with a
spatial index, everything else in attribute tables, and for each level and era a view with names
and figures.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.pool import QueuePool

from geodata.dataset import Dataset, shipped_part
from geodata.errors import FileFault, StoreFault
from geodata.i18n import Message
from geodata.model import Indicator
from geodata.store import schema
from geodata.store.dataset_row import read_info
from geodata.store.geopackage_metadata import (
    APPLICATION_ID,
    describe_again,
    initialise,
    register_layers,
)
from geodata.store.geopackage_views import create_views, renew_views
from geodata.store.loader import load_dataset
from geodata.store.published import (
    NOTHING_PUBLISHED,
    Published,
    records_of,
    with_published,
    write_published,
)
from geodata.store.sql_store import SqlStore
from geodata.villages.import_record import VillageImport
from geodata.villages.merge_import import merge_imports

_REMEDY = Message("Run `portal init` to make the store")
_POOL = 16
_ABANDONED = 3600
"""Seconds without a write after which a file aside has no writer."""


def open_geopackage(path: Path) -> SqlStore:
    """Open a store for reading.

    Raises
    ------
    StoreFault
        There is no file, it is no store of this portal, or it was made by another version.
    """
    if not path.is_file():
        what = Message("There is no store")
        raise StoreFault(what, found=str(path), remedy=_REMEDY)
    engine = create_engine(
        "sqlite://", creator=lambda: _connect(path, "ro"), poolclass=QueuePool, pool_size=_POOL
    )
    try:
        _verify(engine, path)
        _fill_pool(engine)
        return SqlStore(engine)
    except (DatabaseError, ValueError, LookupError) as error:
        # No database, a damaged one, or tables whose rows are not what this portal writes.
        engine.dispose()
        raise _foreign(path) from error
    except StoreFault:
        engine.dispose()
        raise


def create_geopackage(
    path: Path,
    dataset: Dataset,
    imports: tuple[VillageImport, ...] = (),
    published: Published = NOTHING_PUBLISHED,
) -> SqlStore:
    """Make the store of a dataset and open it.

    Written to a file aside and renamed when it is whole: whoever reads ``path`` sees the old store
    or the new one.

    Raises
    ------
    FileFault
        The dataset's tables contradict each other.
    StoreFault
        The folder cannot be written to.
    """
    whole, taken = with_published(merge_imports(dataset, imports), published)
    _replace(path, lambda aside: _write(aside, whole, imports, taken))
    return open_geopackage(path)


def update_geopackage(path: Path, published: Published) -> None:
    """Put the state of a ledger into the store at ``path``; units and shapes stay as they are.

    As `create_geopackage`, whoever reads sees the old store or the new one.

    Raises
    ------
    StoreFault
        The folder cannot be written to.
    """

    def write(aside: Path) -> None:
        shutil.copyfile(path, aside)
        _update(aside, published)

    _replace(path, write)


@dataclass(frozen=True, slots=True)
class StoreMark:
    """What a store was made of.

    Parameters
    ----------
    version
        As `geodata.dataset.DatasetInfo.version`.
    ledger_id, revision, hash
        The ledger, and how far it had got; empty and 0 without one.
    """

    dataset_id: str
    version: str
    ledger_id: str
    revision: int
    hash: str

    @property
    def shipped_version(self) -> str:
        """The version of the dataset without what was loaded or published."""
        return shipped_part(self.version)


def read_store_mark(path: Path) -> StoreMark | None:
    """What the store at ``path`` was made of; None without one of this version of the portal."""
    if not path.is_file():
        return None
    table = schema.dataset.c
    marks = (table.id, table.version, table.ledger_id, table.ledger_revision, table.ledger_hash)
    try:
        with _read(path) as connection:
            return StoreMark(*connection.execute(select(*marks)).one())
    except (DatabaseError, StoreFault):
        return None


def read_stored_indicators(path: Path) -> dict[str, Indicator]:
    """The indicators and their parts in the store at ``path``, by id.

    Raises
    ------
    StoreFault
        It is no store of this version of the portal.
    """
    with _read(path) as connection:
        return {one.id: one for one in records_of(connection, schema.indicators, Indicator)}


@contextmanager
def _read(path: Path) -> Iterator[Connection]:
    """One look into a store, without opening it for readers."""
    engine = create_engine("sqlite://", creator=lambda: _connect(path, "ro"))
    try:
        _verify(engine, path)
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _replace(path: Path, write: Callable[[Path], None]) -> None:
    """Let a file be written aside, and put it in the place of ``path`` when it is whole."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.{uuid.uuid4().hex[:8]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_abandoned(path)
        write(aside)
        _to_disk(aside)
        os.replace(aside, path)
    except IntegrityError as error:
        raise _contradiction(error) from error
    except (OSError, OperationalError) as error:
        raise _unwritable(path, error) from error
    except DatabaseError as error:
        raise _damaged(path, error) from error
    finally:
        for left in (aside, aside.with_name(f"{aside.name}-journal")):
            with suppress(OSError):  # What hindered the writing is told, not what hinders this.
                left.unlink(missing_ok=True)


def _contradiction(error: IntegrityError) -> FileFault:
    return FileFault(
        Message("The dataset's tables contradict each other"),
        found=str(error.orig),
        remedy=Message("Run `portal dataset check`"),
        where="shipped",
    )


def _damaged(path: Path, error: DatabaseError) -> FileFault:
    return FileFault(
        Message("The store's file is damaged"),
        found=str(error.orig),
        remedy=_REMEDY,
        where=str(path),
    )


def _unwritable(path: Path, error: Exception) -> StoreFault:
    return StoreFault(
        Message("The store cannot be written"),
        found=str(getattr(error, "orig", error)),
        remedy=Message("Choose a folder that can be written to with PORTAL_INSTANCE"),
        where=str(path),
    )


def _write(
    path: Path, dataset: Dataset, imports: tuple[VillageImport, ...], taken: Published
) -> None:
    with _writer(path) as connection:
        initialise(connection)
        schema.metadata.create_all(connection)
        load_dataset(connection, dataset, imports, taken)
        views = create_views(connection, dataset)
        register_layers(connection, dataset, views)


def _update(path: Path, published: Published) -> None:
    with _writer(path) as connection:
        # What the figures refer to is taken out and put in again; it must be whole at the end.
        connection.exec_driver_sql("BEGIN")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        write_published(connection, published)
        for view in renew_views(connection, read_info(connection)):
            describe_again(connection, view)


@contextmanager
def _writer(path: Path) -> Iterator[Connection]:
    """One transaction that writes a file which nobody else reads yet."""
    engine = create_engine("sqlite://", creator=lambda: _connect(path, "rwc"))
    event.listen(engine, "connect", _prepare_writer)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


_WRITER = ("foreign_keys = ON", "journal_mode = MEMORY", "synchronous = OFF", "cache_size = -65536")


def _prepare_writer(connection: sqlite3.Connection, _: object) -> None:
    # Nobody reads the file and nobody misses it: it goes to the disk once, when it is whole.
    for pragma in _WRITER:
        connection.execute(f"PRAGMA {pragma}")


def _to_disk(path: Path) -> None:
    with path.open("rb") as written:
        os.fsync(written.fileno())


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection usable by whichever thread the pool hands it to."""
    address = f"file:{quote(str(path.resolve()))}?mode={mode}"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def remove_abandoned(path: Path) -> None:
    """Remove what writers that were killed have left beside ``path``.

    A process number is given out again, in a container on every start; so what is old goes too.
    """
    for left in path.parent.glob(f".{path.name}.*.part*"):
        pid = left.name.removeprefix(f".{path.name}.").split(".")[0]
        with suppress(OSError):
            old = time.time() - left.stat().st_mtime > _ABANDONED
            if pid.isdecimal() and (old or not _alive(int(pid))):
                left.unlink(missing_ok=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _fill_pool(engine: Engine) -> None:
    """Open the pool's connections now: opened later they would be of a file put in its place."""
    with ExitStack() as opened:
        for _ in range(_POOL):
            opened.enter_context(engine.connect())


def _verify(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        if mark != APPLICATION_ID or not inspect(connection).has_table(schema.dataset.name):
            raise _foreign(path)
        _verify_version(connection, path)


def _verify_version(connection: Connection, path: Path) -> None:
    found = connection.execute(select(schema.dataset.c.schema_version)).scalar()
    if found != schema.SCHEMA_VERSION:
        raise StoreFault(
            Message("The store was made by another version of the portal"),
            found=str(found),
            allowed=(str(schema.SCHEMA_VERSION),),
            remedy=_REMEDY,
            where=str(path),
        )


def _foreign(path: Path) -> StoreFault:
    what = Message("The file is no store of the portal")
    return StoreFault(what, found=str(path), remedy=_REMEDY)
