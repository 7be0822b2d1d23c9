"""From inputs and catalogue to the shipped tables of a dataset."""

from __future__ import annotations

from pathlib import Path

from geodata.build.dataset_writer import DatasetTables, Manifest, write_dataset
from geodata.build.derived_observations import derive_observations
from geodata.build.document_observations import read_document_observations
from geodata.build.inputs import data_folder
from geodata.build.quality_flags import add_quality_flags
from geodata.build.split_population import with_population_shares
from geodata.build.statistical_tables import read_statistical_tables
from geodata.build.surroundings import build_surroundings
from geodata.build.territory import BuiltTerritory, build_territory
from geodata.build.village_records import read_village_records
from geodata.build.zonal_statistics import zonal_observations
from geodata.catalogue import Catalogue, read_catalogue
from geodata.dataset import DETAILS, read_dataset_info
from geodata.model import Observation


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
        before stays as it was.
    """
    catalogue = read_catalogue(folder)
    data = data_folder(inputs)
    territory = build_territory(folder, data)
    villages = read_village_records(folder, catalogue, territory.units)
    figures = read_observations(folder, data, catalogue, territory)
    successions = with_population_shares(
        territory.successions, territory.members, figures, catalogue
    )
    marked = add_quality_flags(catalogue, figures, successions)
    derived = derive_observations(catalogue, marked, territory.units)
    tables = DatasetTables(
        units=(*territory.units, *villages.units),
        successions=successions,
        # Marked again: a derived figure may fall out of its range or disagree with one read.
        observations=add_quality_flags(catalogue, [*marked, *derived], successions),
        boundaries=territory.boundaries,
        accuracies=territory.accuracies,
        mentions=villages.mentions,
        changes=villages.changes,
        surroundings=build_surroundings(folder, data, read_dataset_info(folder).metric_crs),
    )
    return write_dataset(folder, tables)


def read_observations(
    folder: Path, data: Path, catalogue: Catalogue, territory: BuiltTerritory
) -> list[Observation]:
    """Figures of documents, tables and grids as found, before quality flags are added."""
    finest = territory.boundaries[DETAILS[-1]]
    return [
        *read_document_observations(folder, catalogue),
        *read_statistical_tables(folder, data, territory.units),
        *zonal_observations(folder, data, finest, territory.units),
    ]
