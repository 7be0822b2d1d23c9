"""Where those who may write begin."""

from __future__ import annotations

from flask import Flask

from portal.office import landing_page


def init_app(app: Flask) -> None:
    """Route the pages."""
    landing_page.init_app(app)
