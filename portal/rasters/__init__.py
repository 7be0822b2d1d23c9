"""Registered rasters on the web: their tiles and the panel that offers them."""

from __future__ import annotations

from flask import Flask

from portal.rasters import panel, tiles


def init_app(app: Flask) -> None:
    """Route the tiles and the panel."""
    tiles.init_app(app)
    panel.init_app(app)
