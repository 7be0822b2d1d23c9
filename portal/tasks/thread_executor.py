"""Long work in few threads: bounded, and the same work is never done twice at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from geodata.i18n import Message
from portal.http_errors import Busy


class ThreadExecutor:
    """Makes bytes in at most ``workers`` threads for at most ``callers`` at once.

    Parameters
    ----------
    callers
        Threads of the server that may wait here; the others go on answering the map.
    """

    def __init__(self, workers: int, callers: int) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="sheet")
        self._lock = Lock()
        self._running: dict[Hashable, Future[bytes]] = {}
        self._waiting = 0
        self._callers = callers

    def run(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """``make()``, or the result of the same work that someone else waits for already.

        Raises
        ------
        Busy
            As many wait already as may.
        """
        with self._lock:
            if self._waiting >= self._callers:
                raise _busy(self._callers)
            self._waiting += 1
            future = self._running.get(key)
            if future is None:
                future = self._threads.submit(make)
                self._running[key] = future
        try:
            return future.result()
        finally:
            with self._lock:
                self._waiting -= 1
                if self._running.get(key) is future:
                    del self._running[key]


def _busy(callers: int) -> Busy:
    return Busy(
        Message("Too many sheets are being made at once"),
        allowed=Message("at most {callers} requests at once", callers=callers),
        remedy=Message("Try again in a few seconds"),
    )
