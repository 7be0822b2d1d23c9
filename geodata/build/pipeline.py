"""From inputs and catalogue to the shipped tables of a dataset."""

from __future__ import annotations

from pathlib import Path

from geodata.build.derived import derive
from geodata.build.doubts import mark_doubts
from geodata.build.inputs import data_folder
from geodata.build.parts import with_people
from geodata.build.readings import read_readings
from geodata.build.shipped import Manifest, Tables, write_shipped
from geodata.build.surroundings import build_surroundings
from geodata.build.tables import read_tables
from geodata.build.territory import Territory, build_territory
from geodata.build.villages import read_villages
from geodata.build.zonal import zonal_observations
from geodata.catalogue import Catalogue, read_catalogue
from geodata.dataset import DETAILS, read_info
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
    villages = read_villages(folder, catalogue, territory.units)
    figures = read_figures(folder, data, catalogue, territory)
    successions = with_people(territory.successions, territory.members, figures, catalogue)
    marked = mark_doubts(catalogue, figures, successions)
    derived = derive(catalogue, marked, territory.units)
    tables = Tables(
        units=(*territory.units, *villages.units),
        successions=successions,
        # Marked again: a derived figure may fall out of its range or disagree with one read.
        observations=mark_doubts(catalogue, [*marked, *derived], successions),
        boundaries=territory.boundaries,
        truths=territory.truths,
        mentions=villages.mentions,
        changes=villages.changes,
        surroundings=build_surroundings(folder, data, read_info(folder).metric_crs),
    )
    return write_shipped(folder, tables)


def read_figures(
    folder: Path, data: Path, catalogue: Catalogue, territory: Territory
) -> list[Observation]:
    """Figures of documents, tables and grids as found, before doubts are marked."""
    finest = territory.boundaries[DETAILS[-1]]
    return [
        *read_readings(folder, catalogue),
        *read_tables(folder, data, territory.units),
        *zonal_observations(folder, data, finest, territory.units),
    ]
