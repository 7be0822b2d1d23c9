"""From inputs and catalogue to the shipped tables of a dataset."""

from __future__ import annotations

from pathlib import Path

from geodata.build.build_inputs import read_build_inputs
from geodata.build.dataset_writer import DatasetTables, Manifest, write_dataset
from geodata.build.places_table import located_places
from geodata.build.shipped_figures import shipped_figures
from geodata.build.surroundings import build_surroundings
from geodata.build.territory import build_territory
from geodata.build.vector_statistics import vector_observations
from geodata.build.village_cells import village_cells
from geodata.build.village_points import (
    FoundVillages,
    UnitsAbove,
    find_villages,
    read_village_points,
)
from geodata.build.zonal_statistics import zonal_observations
from geodata.dataset import DETAILS
from geodata.places.place_counts import count_places


def build_dataset(folder: Path, inputs: Path) -> Manifest:
    """Make ``<folder>/shipped`` anew; the same inputs give the same bytes.

    Parameters
    ----------
    folder
        The dataset's folder with its catalogue, readings and recipes.
    inputs
        Folder with ``data`` and ``seeds``; see `geodata.build.input_folders`.

    Raises
    ------
    FileFault
        Something in the catalogue, the recipes or the inputs is missing or wrong; what was shipped
        before stays as it was. All faults that can be seen before anything is computed are raised
        together.
    """
    found = read_build_inputs(folder, inputs)
    files = found.files
    crs = files.info.metric_crs
    territory = build_territory(found.recipe, crs, found.units, found.successions)
    finest = territory.boundaries[DETAILS[-1]]
    places = located_places(found.places, files, territory.units, finest)
    grids = [
        figure
        for raster in files.rasters
        for figure in zonal_observations(
            raster, found.data, finest, territory.units, files.catalogue
        )
    ]
    lines = vector_observations(
        files.vectors, found.data, files, finest, territory.units, seats=found.seats
    )
    figures = [*found.readings, *found.table_figures, *grids, *lines]
    figures += count_places(
        files.catalogue, places, territory.units, figures, files.info.reference_date
    )
    successions, observations = shipped_figures(
        files.catalogue,
        figures,
        territory.units,
        territory.successions,
        territory.members,
    )
    villages = FoundVillages(found.villages)
    if files.village_points is not None:
        above = UnitsAbove(territory.units, successions, finest)
        points = read_village_points(files.village_points, found.data, crs, above)
        villages = find_villages(files.village_points, points, found.villages, above)
    tables = DatasetTables(
        units=(*territory.units, *villages.records.units),
        successions=(*successions, *villages.successions),
        observations=observations,
        boundaries=territory.boundaries,
        accuracies=territory.accuracies,
        mentions=villages.records.mentions,
        changes=found.villages.changes,
        surroundings=build_surroundings(files.surroundings, found.data, crs),
        places=places,
        licences=files.licences,
        joint_figures=found.joint_figures,
        village_points=villages.points,
        village_cells=village_cells(villages.points, territory.boundaries, crs),
    )
    return write_dataset(folder, tables)
