"""Where a raster is made ready before it is put among the registered ones, and what a kill leaves.

A staging folder is hidden, and its owner holds a lock beside it that the operating system lets go
when the process ends, however it ends. What nobody holds was left by a process that is gone.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from geodata.rasters.raster_id import RASTER_ID
from geodata.rasters.raster_layer import RECORD_FILE, RasterLayer, raster_layer

_EARLIER, _REMOVED, _LOCK = ".earlier", ".removed", ".lock"
_STAGED = re.compile(rf"(?P<key>\.(?P<id>{RASTER_ID.pattern})\.[0-9a-f]{{32}})(\.[a-z]+)?")


@contextmanager
def staging_folder(folder: Path, raster_id: str) -> Iterator[Path]:
    """A hidden folder for a raster that is being made, taken away at the end if it is still there.

    Parameters
    ----------
    folder
        Of the registered rasters; what was left in it by a process that is gone goes first.
    """
    clear_staging(folder)
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        aside = folder / f".{raster_id}.{uuid.uuid4().hex}"
        lock = _beside(aside, _LOCK)
        try:
            with closing(sqlite3.connect(lock, isolation_level=None)) as held:
                _hold(held)
                if not lock.exists():  # Somebody cleared it away before it was held.
                    continue
                aside.mkdir()
                yield aside
                return
        finally:
            shutil.rmtree(aside, ignore_errors=True)
            lock.unlink(missing_ok=True)


def put_in_place(aside: Path, place: Path) -> None:
    """One rename puts the folder there; of an earlier one nothing is left."""
    earlier = _beside(aside, _EARLIER)
    if place.exists():
        os.replace(place, earlier)
    os.replace(aside, place)
    shutil.rmtree(earlier, ignore_errors=True)


def remove_raster_layer(folder: Path, raster_id: str) -> RasterLayer:
    """Take a registered raster away by one rename, then its files; see `raster_layer`."""
    layer = raster_layer(folder, raster_id)
    removed = folder / f".{layer.id}.{uuid.uuid4().hex}{_REMOVED}"
    os.replace(folder / layer.id, removed)
    shutil.rmtree(removed, ignore_errors=True)
    return layer


def clear_staging(folder: Path) -> None:
    """Take away what processes that are gone have left.

    A raster that was being replaced when its process ended is there again: the new one where it was
    ready, else the earlier one. What a running process holds stays.
    """
    found: dict[str, str] = {}
    for path in folder.glob(".*") if folder.is_dir() else ():
        if match := _STAGED.fullmatch(path.name):
            found[match["key"]] = match["id"]
    for key, raster_id in found.items():
        _clear(folder / key, folder / raster_id)


def _clear(aside: Path, place: Path) -> None:
    lock = _beside(aside, _LOCK)
    try:
        with closing(sqlite3.connect(lock, timeout=0, isolation_level=None)) as free:
            _hold(free)
            earlier = _beside(aside, _EARLIER)
            if earlier.exists() and not place.exists():
                os.replace(aside if (aside / RECORD_FILE).exists() else earlier, place)
            for left in (aside, earlier, _beside(aside, _REMOVED)):
                shutil.rmtree(left, ignore_errors=True)
            lock.unlink(missing_ok=True)
    except (sqlite3.Error, OSError):
        return  # Another process works on it, or the folder may not be changed.


def _hold(lock: sqlite3.Connection) -> None:
    """Keep the lock until the connection closes; nothing is written, so there is no journal."""
    lock.execute("PRAGMA journal_mode=OFF")
    lock.execute("BEGIN EXCLUSIVE")


def _beside(aside: Path, suffix: str) -> Path:
    return aside.with_name(aside.name + suffix)
