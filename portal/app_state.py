"""The state of a running app: its settings, the store, and its caches.

The store's file is replaced whole when an office loads villages, when figures are published or
corrected, and when the dataset is renewed. A request that finds another file there opens it, and
what was prepared from the old one is let go.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import cast

from flask import Flask, current_app, g, request
from sqlalchemy import Engine

from geodata.dataset import DatasetInfo, read_dataset, read_dataset_info
from geodata.errors import StoreFault
from geodata.ledger.served_store import is_current, make_store, update_store
from geodata.store import Store, open_store, remove_abandoned
from geodata.store.village_imports import exclusive_writer, read_imports
from portal.boundary_files import BoundaryFiles
from portal.caching.response_cache import ResponseCache
from portal.catalogue_checks import check_symbology
from portal.config import Settings
from portal.ledger_engine import existing_ledger

FileStamp = tuple[int, int, int]
_WAIT_SECONDS = 120.0
"""Seconds for which the start of a server waits until another process has made the store."""
STATE_KEY = "portal.app_state"
"""Key of the WSGI environment of a request that is to be answered from a state not served yet."""
_WATCHER = "portal.store_watcher"
_log = logging.getLogger("portal")


@dataclass(frozen=True)
class AppState:
    """The parts an app is wired with; one per app."""

    settings: Settings
    store: Store
    boundaries: BoundaryFiles
    response_cache: ResponseCache = field(default_factory=ResponseCache)
    page_cache: ResponseCache = field(default_factory=ResponseCache)

    @property
    def version(self) -> str:
        """Version of the dataset being served."""
        return self.store.info.version


def app_state() -> AppState:
    """The services of the app that is answering; the same ones all through a request."""
    return cast(AppState, g.get("app_state") or current_app.extensions["portal"])


def served_state(app: Flask) -> AppState:
    """The state from which a request is answered that begins now; also outside of a request."""
    watcher = store_watcher(app)
    if watcher is not None and watcher.by_requests:
        serve_new_store(app)
    return cast(AppState, app.extensions["portal"])


def current_store() -> Store:
    """The store of the app that is answering."""
    return app_state().store


def init_app(app: Flask, settings: Settings, store: Store | None = None) -> None:
    """Hang the services on the app.

    Parameters
    ----------
    store
        Facts to serve as long as the app lives; None for the instance's own, whichever file it is.
    """
    if store is not None:
        app.extensions["portal"] = _app_state(settings, store)
        app.before_request(lambda: _keep_to_one(app))
        return
    path = store_path(settings)
    remove_abandoned(path)
    stamp = _file_stamp(path)
    found = open_or_create_store(settings)
    if stamp != _file_stamp(path):
        # Made just now: the stamp must be older than the opening, or a later file may pass for it.
        found.close()
        stamp = _file_stamp(path)
        found = open_store(path)
    app.extensions["portal"] = _app_state(settings, found)
    app.extensions[_WATCHER] = StoreWatcher(path, stamp)
    app.before_request(lambda: _keep_to_one(app))


def store_watcher(app: Flask) -> StoreWatcher | None:
    """The watcher of an app's store file; None for an app whose store never changes."""
    return cast("StoreWatcher | None", app.extensions.get(_WATCHER))


def serve_new_store(app: Flask) -> None:
    """Take up the store that lies on the disk now, at once; for who has just put it there."""
    watcher = store_watcher(app)
    if watcher is None or watcher.renewed(app.extensions["portal"]) is None:
        return
    with watcher.taking_up:
        new = watcher.renewed(app.extensions["portal"])
        if new is not None:
            app.extensions["portal"] = new
            _log.info("The store was replaced; serving %s", new.store.info.version)


def _app_state(settings: Settings, store: Store) -> AppState:
    return AppState(settings, store, BoundaryFiles(store, settings.instance / "boundaries"))


def _keep_to_one(app: Flask) -> None:
    """Keep to one state through the request: the one it names, else the one that is served."""
    served = served_state(app)
    g.app_state = request.environ.get(STATE_KEY) or served


class StoreWatcher:
    """Notices that the store's file was replaced; asks the disk once for each request.

    Attributes
    ----------
    by_requests
        Whether the request that finds a new store takes it up; otherwise somebody else does
        (`portal.caching.page_preparation`).
    taking_up
        Held while the newest state is put in the place of the served one, so that none that was
        found earlier takes the place of a newer one.
    """

    by_requests = True

    def __init__(self, path: Path, stamp: FileStamp | None) -> None:
        self._path = path
        self._stamp = stamp
        self._lock = Lock()
        self._newest: AppState | None = None
        self.taking_up = Lock()

    def renewed(self, state: AppState) -> AppState | None:
        """The state with the store that is there now; None where a state is that one already.

        All who ask get the same one, also while somebody else still draws pages from it ahead of
        serving it. The old one goes with the last request that still reads from it.
        """
        stamp = _file_stamp(self._path)
        with self._lock:
            if stamp is not None and stamp != self._stamp:
                self._open(state, stamp)
            return None if self._newest is state else self._newest

    def _open(self, state: AppState, stamp: FileStamp) -> None:
        # One try for each file: one that cannot be read is not tried again at every request.
        self._stamp = stamp
        try:
            store = open_store(self._path)
        except StoreFault as fault:
            _log.warning("The store was replaced by one that is not served: %s", fault)
            return
        self._newest = _app_state(state.settings, store)


def _file_stamp(path: Path) -> FileStamp | None:
    """A stamp that changes when the file at a path is replaced; None without a file."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def store_path(settings: Settings) -> Path:
    """Path of the instance's store.

    Raises
    ------
    FileFault
        The dataset is missing or broken.
    """
    return settings.instance / f"{read_dataset_info(settings.dataset).id}.gpkg"


def open_or_create_store(settings: Settings, renew: bool = False) -> Store:
    """The instance's store, brought up to the ledger.

    It is made from the shipped dataset when missing or of another version.

    Parameters
    ----------
    renew
        Make it anew in any case.

    Raises
    ------
    FileFault
        The dataset is missing or broken.
    StoreFault
        The instance folder cannot be written to.
    """
    info = read_dataset_info(settings.dataset)
    path = settings.instance / f"{info.id}.gpkg"
    with existing_ledger(settings) as ledger:
        if not renew and (store := _up_to_date(path, info, ledger)):
            return store
        with exclusive_writer(path, _WAIT_SECONDS):
            # Another process may have made it while this one waited.
            if not renew and (store := _up_to_date(path, info, ledger)):
                return store
            if not renew and update_store(ledger, path, info.version):
                return open_store(path)
            dataset = read_dataset(settings.dataset)
            for fault in check_symbology(dataset.catalogue):
                raise fault
            return make_store(ledger, path, dataset, read_imports(path))


def _up_to_date(path: Path, info: DatasetInfo, ledger: Engine | None) -> Store | None:
    """The store at a path if it is made of this version of the dataset and of all the ledger."""
    try:
        store = open_store(path)
    except StoreFault:
        return None
    if store.info.id == info.id and is_current(ledger, path, info.version):
        return store
    store.close()
    return None
