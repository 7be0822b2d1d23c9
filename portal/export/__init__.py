"""Files to download: sheets, documents and their figures, at permanent addresses.

The views are imported when an app is made: a worker, which only makes files, does without them.
"""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Route everything below ``/export``."""
    from portal.export import views  # noqa: PLC0415

    views.init_app(app)
