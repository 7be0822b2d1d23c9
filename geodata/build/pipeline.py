"""From inputs and catalogue to the shipped tables of a dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from geodata.build.build_inputs import read_build_inputs
from geodata.build.dataset_writer import DatasetTables, Manifest, write_dataset
from geodata.build.derived_observations import derive_observations
from geodata.build.quality_flags import add_quality_flags
from geodata.build.split_population import with_population_shares
from geodata.build.surroundings import build_surroundings
from geodata.build.territory import build_territory
from geodata.build.zonal_statistics import zonal_observations
from geodata.catalogue import Catalogue
from geodata.dataset import DETAILS
from geodata.model import Observation, Succession, Unit


def build_dataset(folder: Path, inputs: Path) -> Manifest:
    """Make ``<folder>/shipped`` anew; the same inputs give the same bytes.

    Parameters
    ----------
    folder
        The dataset's folder with its catalogue, readings and recipes.
    inputs
        Folder with ``data`` and ``seeds``; see `geodata.build.inputs`.

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
    grids = zonal_observations(files.rasters, found.data, finest, territory.units)
    successions, observations = work_out_figures(
        files.catalogue,
        [*found.readings, *found.table_figures, *grids],
        territory.units,
        territory.successions,
        territory.members,
    )
    tables = DatasetTables(
        units=(*territory.units, *found.villages.units),
        successions=successions,
        observations=observations,
        boundaries=territory.boundaries,
        accuracies=territory.accuracies,
        mentions=found.villages.mentions,
        changes=found.villages.changes,
        surroundings=build_surroundings(files.surroundings, found.data, crs),
    )
    return write_dataset(folder, tables)


def work_out_figures(
    catalogue: Catalogue,
    figures: Sequence[Observation],
    units: Sequence[Unit],
    successions: Sequence[Succession],
    members: Mapping[str, Sequence[str]],
) -> tuple[tuple[Succession, ...], list[Observation]]:
    """Figures as shipped, and the shares by population that follow from them.

    Parameters
    ----------
    figures
        Figures of documents, tables and grids as found.
    units
        With their areas.
    members
        For each unit the communes of the horizon that make it up.

    Returns
    -------
    tuple
        The successions in their order, and the figures found and derived, with quality flags.
    """
    shared = with_population_shares(successions, members, figures, catalogue)
    marked = add_quality_flags(catalogue, figures, shared)
    derived = derive_observations(catalogue, marked, units)
    # Marked again: a derived figure may fall out of its range or disagree with one read.
    return shared, add_quality_flags(catalogue, [*marked, *derived], shared)
