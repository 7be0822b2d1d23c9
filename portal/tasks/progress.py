"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

ProgressCallback = Callable[[int, str], None]
"""Takes how many pages or maps are done and what is being made now."""


def ignore_progress(done: int, message: str) -> None:
    """Tell nobody."""
