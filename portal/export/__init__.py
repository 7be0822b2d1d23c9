"""What a person takes away: sheets, documents and the figures behind them, at addresses that stay.

The views are imported when an app is made: a worker, which only makes files, does without them.
"""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Route everything below ``/export``."""
    from portal.export import views  # noqa: PLC0415

    views.init_app(app)
