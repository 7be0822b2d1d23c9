"""Memory that a long-running server no longer needs goes back to the system.

A sheet leaves some 50 MB in objects that refer to each other, which Python finds in its oldest
generation only when that has grown by a quarter; and glibc gives every thread an arena of its own
and keeps what is freed in it. Once a large block has been freed it also takes later ones of that
size from the arenas instead of from the system, where small ones that live on keep them from being
given back: 100 MB after a flood of sheets. The process would stay as large as it was at its
largest.

References: Python documentation, module gc; glibc manual, section 3.2.3 (malloc tunable
parameters); mallopt(3), "Dynamic mmap threshold"; malloc_trim(3).
"""

from __future__ import annotations

import ctypes
import gc
import sys
import time
from threading import Thread

_M_ARENA_MAX = -8
_ARENAS = 2
_M_MMAP_THRESHOLD = -3
_LARGE_BLOCK = 256 * 1024
"""Bytes from which a block is the system's own and goes back when it is freed; setting the limit
keeps glibc from raising it."""
_SECONDS = 5.0
"""Between two collections; each takes some 80 ms, since what was there at the start is left out."""


def configure_malloc() -> None:
    """Bound the arenas of this process and keep large blocks out of them.

    To be called before threads are started.

    Without glibc nothing is done.
    """
    libc = _glibc()
    if libc is not None:
        libc.mallopt(_M_ARENA_MAX, _ARENAS)
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE_BLOCK)


def keep_memory_low() -> None:
    """From now on collect and give back, every few seconds, what has come since."""
    gc.collect()
    gc.freeze()
    Thread(target=_collect_for_ever, name="memory", daemon=True).start()


def _collect_for_ever() -> None:
    while True:
        time.sleep(_SECONDS)
        release_memory()


def release_memory() -> None:
    """Collect what nobody refers to and give freed memory back to the system."""
    gc.collect()
    libc = _glibc()
    if libc is not None:
        # Called without the interpreter's lock, so that readers do not wait for it.
        libc.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "malloc_trim") and hasattr(libc, "mallopt") else None
