"""The list of registered rasters beside a map, made when it is opened."""

from __future__ import annotations

from flask import Flask, render_template

from geodata.i18n import Language
from geodata.rasters.raster_layer import RasterLayer
from layers.rasters.raster_choice import RasterChoice
from layers.rasters.raster_colours import is_multiplied, opacity_of, raster_legend
from portal.language import current_language
from portal.rasters.registry import registered_rasters
from portal.rasters.tiles import tiles_address

DEM_COMMAND = "portal raster register FILE... --preset copernicus_dem"
"""The one command that adds the elevations of `geodata/rasters/presets/copernicus_dem.toml`."""


def _panel() -> str:
    """The rasters with their opacity and legends; without any, which to fetch and how to add it."""
    return render_template(
        "rasters_panel.html",
        rasters=[_entry(layer) for layer in registered_rasters()],
        command=DEM_COMMAND,
    )


def _entry(layer: RasterLayer) -> dict[str, object]:
    from layers.rasters.raster_tile import deepest_zoom  # noqa: PLC0415 - the raster libraries

    return {
        **raster_entry(layer, current_language()),
        "opacity": opacity_of(layer, RasterChoice(layer.id)),
        "tiles": tiles_address(layer),
        "deepest": deepest_zoom(layer),
        "bounds": ",".join(f"{edge:g}" for edge in layer.bounds),
        "url": layer.url,
    }


def raster_entry(layer: RasterLayer, language: Language) -> dict[str, object]:
    """What a legend says of a raster, and whether it is multiplied with what lies below."""
    return {
        "id": layer.id,
        "title": layer.title[language],
        "period": layer.period,
        "style": layer.style,
        "multiplied": is_multiplied(layer),
        "legend": raster_legend(layer, language),
        "credit": layer.credit,
        "licence": layer.licence,
    }


def init_app(app: Flask) -> None:
    """Route the panel."""
    app.add_url_rule("/rasters/panel", "rasters_panel", _panel)
