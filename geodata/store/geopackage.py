"""The home in one file: a GeoPackage that QGIS opens and that SQLite serves.

Built to OGC 12-128r17 (GeoPackage 1.3): shapes in the feature table ``boundaries`` with a
spatial index, everything else in attribute tables, and for each level and era a view with names
and figures.
"""

from __future__ import annotations

import os
import sqlite3
import uuid
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from geodata.dataset import Dataset
from geodata.errors import StoreFault
from geodata.store import schema
from geodata.store.filling import fill
from geodata.store.gpkg_tables import APPLICATION_ID, describe, start
from geodata.store.gpkg_views import create_views
from geodata.store.sql import SqlStore
from geodata.text import Text

_REMEDY = Text("Chạy `portal init` để tạo kho dữ liệu", "Run `portal init` to make the store")
_POOL = 16


def open_geopackage(path: Path) -> SqlStore:
    """Open a store for reading.

    Raises
    ------
    StoreFault
        There is no file, it is no store of this portal, or it was made by another version.
    """
    if not path.is_file():
        what = Text("Chưa có kho dữ liệu", "There is no store")
        raise StoreFault(what, found=str(path), remedy=_REMEDY)
    engine = create_engine(
        "sqlite://", creator=lambda: _connect(path, "ro"), poolclass=QueuePool, pool_size=_POOL
    )
    try:
        _verify(engine, path)
        return SqlStore(engine)
    except DatabaseError as error:
        engine.dispose()
        raise _foreign(path) from error
    except StoreFault:
        engine.dispose()
        raise


def create_geopackage(path: Path, dataset: Dataset) -> SqlStore:
    """Make the store of a dataset and open it.

    Written to a file aside and renamed when it is whole: whoever reads ``path`` sees the old store
    or the new one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    aside = path.with_name(f".{path.name}.{os.getpid()}.{uuid.uuid4().hex[:8]}.part")
    try:
        _write(aside, dataset)
        os.replace(aside, path)
    finally:
        for left in (aside, aside.with_name(f"{aside.name}-journal")):
            left.unlink(missing_ok=True)
    return open_geopackage(path)


def _write(path: Path, dataset: Dataset) -> None:
    engine = create_engine("sqlite://", creator=lambda: _connect(path, "rwc"))
    event.listen(engine, "connect", lambda connection, _: connection.execute(_FOREIGN_KEYS))
    try:
        with engine.begin() as connection:
            start(connection)
            schema.metadata.create_all(connection)
            fill(connection, dataset)
            views = create_views(connection, dataset)
            describe(connection, dataset, views)
    finally:
        engine.dispose()


_FOREIGN_KEYS = "PRAGMA foreign_keys = ON"


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection usable by whichever thread the pool hands it to."""
    address = f"file:{quote(str(path.resolve()))}?mode={mode}"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def _sweep(path: Path) -> None:
    """Remove what writers that were killed have left beside ``path``."""
    for left in path.parent.glob(f".{path.name}.*.part*"):
        pid = left.name.removeprefix(f".{path.name}.").split(".")[0]
        if pid.isdigit() and not _alive(int(pid)):
            left.unlink(missing_ok=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


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
            Text(
                "Kho dữ liệu do phiên bản khác của cổng tạo ra",
                "The store was made by another version of the portal",
            ),
            found=str(found),
            allowed=(str(schema.SCHEMA_VERSION),),
            remedy=_REMEDY,
            where=str(path),
        )


def _foreign(path: Path) -> StoreFault:
    what = Text("Tệp này không phải là kho dữ liệu của cổng", "The file is no store of the portal")
    return StoreFault(what, found=str(path), remedy=_REMEDY)
