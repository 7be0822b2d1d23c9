"""Scheduling priority: background work gives way to the server."""

from __future__ import annotations

import os
from contextlib import suppress

NICENESS = 10
"""Of a worker and of a command that writes, in steps of nice(2); the server has none."""


def give_way() -> None:
    """Let the server go first from now on, where the system knows how; once is enough."""
    with suppress(AttributeError, OSError):
        now = os.getpriority(os.PRIO_PROCESS, 0)
        os.setpriority(os.PRIO_PROCESS, 0, max(now, NICENESS))
