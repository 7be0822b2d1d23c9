"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Report = Callable[[int, str], None]
"""Takes how many pages or maps are done and what is being made now."""


def silent(done: int, message: str) -> None:
    """Tell nobody."""
