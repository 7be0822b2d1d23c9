"""Figures of units from the rasters of a dataset, for its build."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd

from geodata.catalogue import Catalogue
from geodata.computed_figures import computed_observation
from geodata.model import Observation, Unit
from geodata.rasters.raster_recipe import RasterPaths, RasterRecipe
from geodata.rasters.unit_figures import raster_figures, verify_rasters


def zonal_observations(
    recipe: RasterRecipe,
    inputs: Path,
    boundaries: gpd.GeoDataFrame,
    units: Sequence[Unit],
    catalogue: Catalogue,
) -> list[Observation]:
    """The figures of a raster for every unit that has a shape, of all levels and days.

    Parameters
    ----------
    recipe
        An entry of ``inputs/rasters.toml``.
    inputs
        Folder with the rasters.
    boundaries
        Finest boundaries: columns ``unit_id`` and ``geometry`` in EPSG:4326.
    units
        All units; those without a shape get no figure.

    Raises
    ------
    FileFault
        A raster is missing or wrong.
    """
    shapes = dict(zip(boundaries["unit_id"], boundaries.geometry, strict=True))
    ordered = sorted(units, key=lambda unit: unit.unit_id)
    found = raster_figures(
        recipe, raster_paths(recipe, inputs), ordered, shapes, catalogue.indicators
    )
    by_unit = sorted(found.figures, key=lambda each: each.unit.unit_id)
    return [computed_observation(each, recipe.status, recipe.source) for each in by_unit]


def verify_raster_inputs(recipe: RasterRecipe, inputs: Path) -> None:
    """Look whether the rasters of a recipe are there and as it says; no cell is read.

    Raises
    ------
    FileFault
        One is missing or wrong.
    """
    verify_rasters(recipe, raster_paths(recipe, inputs))


def raster_paths(recipe: RasterRecipe, inputs: Path) -> RasterPaths:
    """Where the files of a recipe lie among the inputs."""

    def path(name: str) -> str:
        return str(inputs / name) if name else ""

    files = tuple(path(name) for name in recipe.files)
    return RasterPaths(files, path(recipe.weights), path(recipe.condition))
