"""Registered rasters, and what they say at a place."""

from __future__ import annotations

from collections.abc import Iterable

from geodata.i18n import Language, Message
from geodata.rasters.raster_layer import RasterLayer
from geodata.rasters.warped_cells import value_at
from layers.rasters.raster_choice import RasterChoice
from layers.rasters.raster_colours import opacity_of, raster_legend, value_text
from layers.rasters.raster_tile import deepest_zoom
from portal.rasters.tiles import tiles_address
from portal.serializers.raster_types import (
    RasterDocument,
    RastersDocument,
    RasterValueDocument,
    RasterValuesDocument,
)

_NOTHING = Message("no value here")


def rasters_document(layers: Iterable[RasterLayer], language: Language) -> RastersDocument:
    """The registered rasters."""
    return {"items": [_raster(layer, language) for layer in layers]}


def _raster(layer: RasterLayer, language: Language) -> RasterDocument:
    return {
        "id": layer.id,
        "name": layer.title[language],
        "style": layer.style,
        "unit": layer.unit,
        "period": layer.period,
        "opacity": opacity_of(layer, RasterChoice(layer.id)),
        "bounds": layer.bounds,
        "cell_size": round(layer.cell_size, 3),
        "tiles": tiles_address(layer),
        "deepest_zoom": deepest_zoom(layer),
        "legend": [
            {"label": row.label, "colour": row.colour} for row in raster_legend(layer, language)
        ],
        "credit": layer.credit,
        "licence": layer.licence,
        "url": layer.url,
    }


def raster_values_document(
    layers: Iterable[RasterLayer], lon: float, lat: float, language: Language
) -> RasterValuesDocument:
    """What rasters say at a place, each by the cell in which it lies."""
    return {
        "lon": lon,
        "lat": lat,
        "items": [_value(layer, lon, lat, language) for layer in layers],
    }


def _value(layer: RasterLayer, lon: float, lat: float, language: Language) -> RasterValueDocument:
    found = value_at(layer, lon, lat)
    return {
        "id": layer.id,
        "name": layer.title[language],
        "value": found,
        "unit": layer.unit,
        "text": _NOTHING[language] if found is None else value_text(layer, found, language),
    }
