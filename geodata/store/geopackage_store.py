"""The backend in one file: a GeoPackage that QGIS opens and that SQLite serves.

Built to OGC 12-128r17 (GeoPackage 1.3): shapes in the feature table ``boundaries`` with a
spatial index, everything else in attribute tables, and for each level and era a view with names
and figures.
"""

from __future__ import annotations

import os
import sqlite3
import time
import uuid
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.pool import QueuePool

from geodata.dataset import Dataset
from geodata.errors import FileFault, StoreFault
from geodata.i18n import Message
from geodata.store import schema
from geodata.store.geopackage_metadata import APPLICATION_ID, initialise, register_layers
from geodata.store.geopackage_views import create_views
from geodata.store.loader import load_dataset
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
    path: Path, dataset: Dataset, imports: tuple[VillageImport, ...] = ()
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
    aside = path.with_name(f".{path.name}.{os.getpid()}.{uuid.uuid4().hex[:8]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_abandoned(path)
        _replace(path, aside, merge_imports(dataset, imports), imports)
    except IntegrityError as error:
        raise _contradiction(error) from error
    except (OSError, OperationalError) as error:
        raise _unwritable(path, error) from error
    return open_geopackage(path)


def _replace(path: Path, aside: Path, dataset: Dataset, imports: tuple[VillageImport, ...]) -> None:
    try:
        _write(aside, dataset, imports)
        os.replace(aside, path)
    finally:
        for left in (aside, aside.with_name(f"{aside.name}-journal")):
            left.unlink(missing_ok=True)


def _contradiction(error: IntegrityError) -> FileFault:
    return FileFault(
        Message("The dataset's tables contradict each other"),
        found=str(error.orig),
        remedy=Message("Run `portal dataset check`"),
        where="shipped",
    )


def _unwritable(path: Path, error: Exception) -> StoreFault:
    return StoreFault(
        Message("The store cannot be written"),
        found=str(getattr(error, "orig", error)),
        remedy=Message("Choose a folder that can be written to with PORTAL_INSTANCE"),
        where=str(path),
    )


def _write(path: Path, dataset: Dataset, imports: tuple[VillageImport, ...]) -> None:
    engine = create_engine("sqlite://", creator=lambda: _connect(path, "rwc"))
    event.listen(engine, "connect", lambda connection, _: connection.execute(_FOREIGN_KEYS))
    try:
        with engine.begin() as connection:
            initialise(connection)
            schema.metadata.create_all(connection)
            load_dataset(connection, dataset, imports)
            views = create_views(connection, dataset)
            register_layers(connection, dataset, views)
    finally:
        engine.dispose()


_FOREIGN_KEYS = "PRAGMA foreign_keys = ON"


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
            if pid.isdigit() and (old or not _alive(int(pid))):
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
