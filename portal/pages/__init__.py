"""The pages, drawn on the server; each module wires its own routes."""

from __future__ import annotations

from flask import Flask

from portal.pages import about, health, indicators, sources, units


def init_app(app: Flask) -> None:
    """Give the app its pages."""
    for page in (units, indicators, sources, about, health):
        page.init_app(app)
