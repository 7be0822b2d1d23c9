"""The ledger of an instance: where it lies, and the one connection pool of an app to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from flask import Flask, current_app
from sqlalchemy import Engine

from geodata.ledger import account_tables  # noqa: F401 - the tables that a new ledger is made with
from geodata.ledger.database import LEDGER_FILE, open_ledger
from portal.config import Settings

_KEY = "portal.ledger"


def ledger_path(settings: Settings) -> Path:
    """Path of the ledger of an instance."""
    return settings.instance / LEDGER_FILE


@contextmanager
def existing_ledger(settings: Settings) -> Iterator[Engine | None]:
    """The ledger of an instance for as long as the block lasts; None where there is none yet.

    Raises
    ------
    StoreFault
        It cannot be opened.
    """
    path = ledger_path(settings)
    if not path.is_file():
        yield None
        return
    engine = open_ledger(path)
    try:
        yield engine
    finally:
        engine.dispose()


class LedgerEngine:
    """A ledger that is opened when it is first asked for; safe between threads."""

    def __init__(self, settings: Settings) -> None:
        self._path = ledger_path(settings)
        self._lock = Lock()
        self._engine: Engine | None = None

    @property
    def exists(self) -> bool:
        """Whether there is a ledger; readers' pages make none."""
        return self._engine is not None or self._path.is_file()

    def get(self) -> Engine:
        """The ledger, made where there is none yet.

        Raises
        ------
        StoreFault
            It cannot be opened.
        """
        with self._lock:
            if self._engine is None:
                self._engine = open_ledger(self._path)
            return self._engine


def ledger_of(app: Flask) -> LedgerEngine:
    """The ledger of an app."""
    found: LedgerEngine = app.extensions[_KEY]
    return found


def current_ledger() -> Engine:
    """The ledger of the app that is answering, made where there is none yet.

    Raises
    ------
    StoreFault
        It cannot be opened.
    """
    return ledger_of(current_app).get()


def init_app(app: Flask) -> None:
    """Give the app its ledger, opened on first use."""
    app.extensions[_KEY] = LedgerEngine(app.extensions["portal"].settings)
