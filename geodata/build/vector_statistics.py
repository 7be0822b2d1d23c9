"""Figures of a dataset that are computed from layers of features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import geopandas as gpd

from geodata.computed_figures import computed_observation
from geodata.dataset_files import DatasetFiles
from geodata.model import Observation, Unit
from geodata.vectors.unit_figures import (
    SeatPosition,
    UnitsAtHand,
    vector_figures,
)
from geodata.vectors.vector_file import read_vector_file
from geodata.vectors.vector_recipe import VectorRecipe

SeatList = Mapping[str, tuple[float, float]]


def vector_observations(
    recipes: Iterable[VectorRecipe],
    data: Path,
    files: DatasetFiles,
    boundaries: gpd.GeoDataFrame,
    units: Sequence[Unit],
    *,
    seats: SeatList,
) -> list[Observation]:
    """Every figure of layers for every unit that has a shape.

    Parameters
    ----------
    recipes
        Those of ``inputs/vectors.toml`` whose files are at hand.
    data
        Folder with the files.
    boundaries
        Finest boundaries: columns ``unit_id`` and ``geometry``, any known CRS (EPSG:4326).
    seats
        Longitude and latitude of the seats that a map shows, by unit id.

    Raises
    ------
    FileFault
        A layer is missing or wrong.
    InvalidInput
        A recipe lacks what its operation needs.
    """
    found = []
    for recipe in recipes:
        at_hand = _at_hand(recipe, files, boundaries, units, seats)
        layer = read_vector_file(data / recipe.file, recipe.layer)
        outcome = vector_figures(recipe, layer, at_hand)
        found += [
            computed_observation(each, recipe.status, recipe.source) for each in outcome.figures
        ]
    return found


def _at_hand(
    recipe: VectorRecipe,
    files: DatasetFiles,
    boundaries: gpd.GeoDataFrame,
    units: Sequence[Unit],
    seats: SeatList,
) -> UnitsAtHand:
    indicators = files.catalogue.indicators
    crs = files.info.metric_crs
    registered = UnitsAtHand.with_register_seats(
        units, boundaries, indicators, crs, recipe.seat_doubt
    )
    mapped = {unit_id: SeatPosition(lonlat) for unit_id, lonlat in seats.items()}
    return UnitsAtHand(units, boundaries, indicators, crs, {**registered.seats, **mapped})
