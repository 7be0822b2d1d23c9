"""A running server makes up for what was entered in the ledger but never reached its store.

Whoever publishes brings the store up to the ledger himself. One that is ended between the two, a
command that was killed above all, leaves figures that are published and that nobody sees.
"""

from __future__ import annotations

import logging
import time

from flask import Flask

from geodata.errors import PortalError
from geodata.ledger.database import change_counter
from geodata.ledger.publishing import last_revision
from geodata.ledger.served_store import refresh_store
from portal.app_state import store_path, store_watcher
from portal.ledger_engine import ledger_of

AGAIN_SECONDS = 60.0
"""Seconds after which a store that could not be written is tried again."""
_log = logging.getLogger("portal")


class LedgerFollower:
    """Looks whether the ledger has moved on, which costs four bytes of its file."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._seen: int | None = None
        self._settled: int | None = None
        self._again = 0.0

    def look(self) -> bool:
        """Bring the store up to the ledger where nobody else does; whether it was brought up.

        What has just been written is left to its writer until the next look.
        """
        ledger = ledger_of(self._app)
        if store_watcher(self._app) is None or not ledger.exists:
            return False
        engine = ledger.get()
        counter = change_counter(engine)
        if counter is None:
            counter = last_revision(engine)
        before, self._seen = self._seen, counter
        if counter == self._settled or counter != before or time.monotonic() < self._again:
            return False
        settings = self._app.extensions["portal"].settings
        try:
            changed = refresh_store(engine, store_path(settings), settings.dataset)
        except PortalError as fault:
            self._again = time.monotonic() + AGAIN_SECONDS
            _log.warning("The store could not be brought up to the ledger: %s", fault)
            return False
        self._settled = counter
        if changed:
            _log.info("The store was behind the ledger and has been brought up to it")
        return changed
