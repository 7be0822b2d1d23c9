"""Figures of a raster as they go to the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geodata.ledger.derived_figures import DerivedFigures, derived_figure
from geodata.rasters.addresses import sha256_of
from geodata.rasters.raster_recipe import (
    RasterOutcome,
    RasterPaths,
    RasterRecipe,
    recipe_document,
)
from geodata.rasters.unit_figures import files_named
from geodata.table_import.column_records import NewIndicator, TableSource


def derived_from_raster(
    outcome: RasterOutcome,
    recipe: RasterRecipe,
    paths: RasterPaths,
    source: TableSource,
    new_indicators: Sequence[NewIndicator] = (),
) -> DerivedFigures:
    """The figures of a raster with all that is needed to compute them again.

    The raster itself may be far larger than a ledger should become: its name and hash are kept.
    """
    return DerivedFigures(
        file=files_named(paths),
        sha256=sha256_of(paths.files),
        figures=tuple(derived_figure(each, recipe.status) for each in outcome.figures),
        recipe=recipe_document(recipe) | _second_hashes(paths),
        recipe_name=recipe.preset,
        left_out=len(outcome.left_out),
        source=source,
        new_indicators=tuple(new_indicators),
    )


def _second_hashes(paths: RasterPaths) -> dict[str, Any]:
    second = {"weights": paths.weights, "condition": paths.condition}
    return {f"{name}_sha256": sha256_of([path]) for name, path in second.items() if path}
