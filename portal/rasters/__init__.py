"""Registered rasters on the web: their tiles and the panel that offers them."""

from __future__ import annotations

from flask import Flask

from geodata.rasters.staging import clear_staging
from portal.app_state import served_state
from portal.rasters import panel, tiles
from portal.rasters.registry import raster_folder


def init_app(app: Flask) -> None:
    """Clear away what a killed registration left, and route the tiles and the panel."""
    clear_staging(raster_folder(served_state(app).settings))
    tiles.init_app(app)
    panel.init_app(app)
