"""Pages and a sheet drawn before anybody asks for them, while readers have the time they need."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from threading import Event, Thread

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from geodata.i18n import DEFAULT_LANGUAGE, LANGUAGES
from portal.app_state import STATE_KEY, AppState, serve_new_store, store_watcher
from portal.caching.page_cache import PREPARED, address_of_key
from portal.ledger_follower import LedgerFollower
from portal.urls import EXPORT, page_url, unit_url

MOST_PAGES = 60
"""Pages drawn ahead of a start or of a new store."""
_BEFORE_SECONDS = 30.0
"""Longest time for which a new store waits until the pages asked for of late are drawn from it.

Served sooner, those not drawn are drawn by their readers all at once, who then wait for seconds.
"""
FIRST_FILE = f"{EXPORT}/sheet.png"
"""The sheet of the opening map: the first of a server takes thrice as long as the next, which find
libraries, fonts and outlines loaded."""
_CHECK_SECONDS = 1.0
_LONGEST_REST = 2.0
_log = logging.getLogger("portal")


class PagePreparer:
    """Draws pages of an app ahead of its readers, and takes up new stores for it.

    Between, it sees to it that the store is up to the ledger (`LedgerFollower`).

    At most half of one processor is used: after each page it rests for as long as the page kept the
    processor, which on a busy machine is less than the page took.

    Parameters
    ----------
    app
        The app; it is sent requests as a reader would send them.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._stopped = Event()
        self._drawn = self._state
        self._follower = LedgerFollower(app)
        self._thread = Thread(target=self._run, name="pages", daemon=True)

    def prepare_first(self) -> None:
        """Draw the page everybody lands on, now."""
        self._prepare(["/"], self._state)

    def start(self) -> None:
        """Draw the others in a thread of its own, and from now on those of every new store."""
        watcher = store_watcher(self._app)
        if watcher is not None:
            watcher.by_requests = False
        self._thread.start()

    def stop(self) -> None:
        """End the thread; the requests look after a new store again."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()
        watcher = store_watcher(self._app)
        if watcher is not None:
            watcher.by_requests = True

    @property
    def _state(self) -> AppState:
        state: AppState = self._app.extensions["portal"]
        return state

    def _run(self) -> None:
        self._prepare(first_addresses(self._app), self._state)
        self._compress(self._state)
        self._prepare([FIRST_FILE], self._state)
        while not self._stopped.wait(_CHECK_SECONDS):
            try:
                self._follower.look()
                self._renew()
            except Exception:
                _log.exception("A new store was not taken up")

    def _renew(self) -> None:
        """Take up a new store once its first pages are drawn, and draw the others.

        A store that a request took up itself, since it had just published, only has them drawn.
        """
        watcher, old = store_watcher(self._app), self._drawn
        new = watcher.renewed(self._state) if watcher else None
        if new is None and self._state is old:
            return
        rest = iter([address_of_key(key) for key in old.page_cache.recent_keys()[:MOST_PAGES]])
        if new is not None:
            self._prepare(_until(rest, time.monotonic() + _BEFORE_SECONDS), new)
            # Whoever published meanwhile may have taken up this one, or a newer one.
            serve_new_store(self._app)
        self._drawn = self._state
        self._prepare(rest, self._drawn)
        self._compress(self._drawn)

    def _prepare(self, addresses: Iterable[str], state: AppState) -> None:
        for address in addresses:
            if self._asked_and_stopped(address, state):
                return

    def _compress(self, state: AppState) -> None:
        """Make the pages everybody lands on as small as they get."""
        kept = {address_of_key(key) for key in state.page_cache.recent_keys()}
        landed_on = (address for address in landing_addresses(self._app) if address in kept)
        for address in landed_on:
            if self._asked_and_stopped(address, state, best=True):
                return

    def _asked_and_stopped(self, address: str, state: AppState, best: bool = False) -> bool:
        """Ask for a page and rest after it; whether the thread is to end."""
        start = time.thread_time()
        self._ask(address, state, best)
        return self._stopped.wait(min(_LONGEST_REST, time.thread_time() - start))

    def _ask(self, address: str, state: AppState, best: bool = False) -> None:
        environ = EnvironBuilder(address, headers=[("Accept-Encoding", "br")]).get_environ()
        environ[STATE_KEY] = state
        if best:
            environ[PREPARED] = True
        _, status, _ = run_wsgi_app(self._app, environ, buffered=True)
        if status >= "400":
            # Pages requested from the previous store may not exist in this one.
            _log.info("Not prepared: %s (%s)", address, status)


def _until(addresses: Iterator[str], end: float) -> Iterator[str]:
    """Addresses as long as there is time; those not given out stay in the iterator."""
    while time.monotonic() < end:
        address = next(addresses, None)
        if address is None:
            return
        yield address


def landing_addresses(app: Flask) -> list[str]:
    """The pages without parameters in every language, those of the default language first."""
    rules = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if not rule.arguments
        and getattr(app.view_functions[rule.endpoint], "is_cached_page", False)
    ]
    languages = sorted(LANGUAGES, key=lambda code: code != DEFAULT_LANGUAGE)
    return [page_url(rule, code) for code in languages for rule in sorted(rules, key=len)]


def first_addresses(app: Flask) -> list[str]:
    """The pages drawn when a server starts: where readers land, then the units of today."""
    store = app.extensions["portal"].store
    day = store.info.timeline[-1].date
    units = store.units(date=day, with_shape=True, limit=MOST_PAGES).items
    found = landing_addresses(app)
    return [*found, *(unit_url(each.unit_id, DEFAULT_LANGUAGE) for each in units)][:MOST_PAGES]
