"""The rasters of a layer as they are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import PortalError
from geodata.i18n import Language
from geodata.rasters.raster_layer import RasterLayer, raster_layer
from layers.rasters.raster_choice import RasterChoice
from layers.rasters.raster_colours import opacity_of


@dataclass(frozen=True, slots=True)
class RasterView:
    """A registered raster and its opacity, per cent."""

    layer: RasterLayer
    opacity: int


def resolve_rasters(chosen: Iterable[RasterChoice], folder: Path | None) -> tuple[RasterView, ...]:
    """The rasters that a layer names, the lowest first.

    Parameters
    ----------
    folder
        Of the registered rasters; None where there are none to be drawn.

    Raises
    ------
    NotFound
        One is not registered; ``where`` names the parameter.
    """
    if folder is None:
        return ()
    try:
        found = [(raster_layer(folder, each.id), each) for each in chosen]
    except PortalError as fault:
        fault.where = fault.where or "rasters"
        raise
    return tuple(RasterView(layer, opacity_of(layer, each)) for layer, each in found)


def raster_citation(view: RasterView, language: Language) -> str:
    """What a raster shows, of when, and whom to name for it."""
    layer = view.layer
    shown = ", ".join(part for part in (layer.title[language], layer.period) if part)
    terms = "; ".join(part for part in (layer.credit, layer.licence) if part)
    return f"{shown} ({terms})" if terms else shown
