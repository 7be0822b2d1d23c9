"""The rasters that the instance has registered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from geodata.rasters.raster_layer import RasterLayer, raster_layer, raster_layers
from portal.app_state import app_state
from portal.config import Settings


def raster_folder(settings: Settings) -> Path:
    """Where an instance keeps its registered rasters."""
    return settings.instance / "rasters"


def registered_raster(raster_id: str) -> RasterLayer:
    """A raster of the instance that is answering; see `geodata.rasters.raster_layer`."""
    return raster_layer(raster_folder(app_state().settings), raster_id)


def registered_rasters() -> tuple[RasterLayer, ...]:
    """All rasters of the instance that is answering, by id."""
    return raster_layers(raster_folder(app_state().settings))


def rasters_stamp(_: Mapping[str, str]) -> str:
    """A text that changes whenever a raster is registered, replaced or taken away."""
    made_of = ",".join(f"{each.id}:{each.stamp}" for each in registered_rasters())
    return hashlib.sha256(made_of.encode()).hexdigest()[:12]
