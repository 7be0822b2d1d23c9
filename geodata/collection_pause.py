"""No search for cycles of objects while half a million records are made that have none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_paused = 0
_was_enabled = True


@contextmanager
def collection_pause() -> Iterator[None]:
    """Pause the collector of cyclic garbage; it goes on when the last of several pauses ends.

    Each of its runs looks through everything that was made so far: a quarter of the time that a
    large table takes. What is not needed any more is given back at once all the same.
    """
    global _paused, _was_enabled  # noqa: PLW0603 - there is one collector in a process
    with _lock:
        if not _paused:
            _was_enabled = gc.isenabled()
            gc.disable()
        _paused += 1
    try:
        yield
    finally:
        with _lock:
            _paused -= 1
            if not _paused and _was_enabled:
                gc.enable()
