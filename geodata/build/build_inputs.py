"""Everything a build reads, verified before anything is computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.build.document_observations import scan_document_observations
from geodata.build.input_folders import data_folder
from geodata.build.joint_figures import read_joint_figures
from geodata.build.places_table import PlaceFileRow, read_place_file
from geodata.build.seat_positions import read_seats
from geodata.build.source_outlines import verify_outlines
from geodata.build.statistical_tables import read_statistical_tables
from geodata.build.territory_recipe import TerritoryRecipe, read_aliases, read_register
from geodata.build.unit_register import build_units
from geodata.build.village_records import VillageRecords, read_village_records
from geodata.build.zonal_statistics import verify_raster_inputs
from geodata.dataset_files import DatasetFiles, TerritoryFile, scan_dataset_files
from geodata.errors import FileFault
from geodata.faults import FaultCollector
from geodata.i18n import Message
from geodata.model import JointFigure, Observation, Succession, Unit
from geodata.vectors.vector_file import read_vector_file


@dataclass(frozen=True)
class BuildInputs:
    """What was read of a dataset and its inputs.

    Parameters
    ----------
    data
        Folder of the input files.
    units, successions
        Without shapes, and without what is measured on them.
    readings
        Figures of documents.
    table_figures
        Figures of statistical tables.
    places
        Rows of the list of places.
    joint_figures
        Figures of several units together.
    seats
        Longitude and latitude of the seats that a map shows, by unit id.
    """

    files: DatasetFiles
    data: Path
    recipe: TerritoryRecipe
    units: Sequence[Unit]
    successions: Sequence[Succession]
    villages: VillageRecords
    readings: list[Observation]
    table_figures: list[Observation]
    places: list[PlaceFileRow]
    joint_figures: list[JointFigure]
    seats: dict[str, tuple[float, float]]


def read_build_inputs(folder: Path, inputs: Path) -> BuildInputs:
    """Read the files of a dataset and what they name among the inputs.

    Parameters
    ----------
    folder
        The dataset's folder.
    inputs
        Folder with ``data`` and ``seeds``; see `geodata.build.input_folders`.

    Raises
    ------
    FileFault
        Something is wrong; where there are several faults, all of them
        (`geodata.faults.FileFaults`).
    """
    faults = FaultCollector()
    files = scan_dataset_files(folder, faults)
    if files is None:
        faults.raise_any()
        raise AssertionError
    data = data_folder(inputs)
    aliases = read_aliases(folder, faults)
    recipe = TerritoryRecipe(files.territory, files.events, aliases, data)
    if not faults.faults:
        verify_territory_inputs(files.territory, data, faults)
    units, successions = _units(recipe, faults)
    _verify_other_inputs(files, data, faults)
    villages = VillageRecords()
    tables: list[Observation] = []
    places: list[PlaceFileRow] = []
    joint: list[JointFigure] = []
    seats: dict[str, tuple[float, float]] = {}
    known = None
    if units:
        villages = read_village_records(folder, files.catalogue, units, faults)
        tables = read_statistical_tables(files.tables, data, units, faults)
        places = read_place_file(folder, files.catalogue, units, faults)
        joint = read_joint_figures(folder, files.catalogue, units, faults)
        seats = read_seats(folder, units, faults)
        known = {unit.unit_id for unit in (*units, *villages.units)}
    readings, unread = scan_document_observations(folder, files.catalogue, known)
    for fault in unread:
        faults.add(fault)
    faults.raise_any()
    return BuildInputs(
        files=files,
        data=data,
        recipe=recipe,
        units=units,
        successions=successions,
        villages=villages,
        readings=readings,
        table_figures=tables,
        places=places,
        joint_figures=joint,
        seats=seats,
    )


def _units(recipe: TerritoryRecipe, faults: FaultCollector) -> tuple[list[Unit], list[Succession]]:
    """Units and successions; none where a file they are made from is at fault."""
    if not faults.faults:
        with faults.catching():
            return build_units(recipe)
    return [], []


def verify_territory_inputs(territory: TerritoryFile, data: Path, faults: FaultCollector) -> None:
    """Give a fault for every input file of the territory that is missing or lacks a column."""
    for table in territory.input_tables():
        with faults.catching():
            read_register(table, data)
    today, before = territory.successors, territory.predecessors
    with faults.catching():
        verify_outlines(data / today.file, (today.code,))
    if before:
        lines = before.outlines
        with faults.catching():
            verify_outlines(data / lines.file, (lines.district, lines.name))


def _verify_other_inputs(files: DatasetFiles, data: Path, faults: FaultCollector) -> None:
    for grid in files.rasters:
        with faults.catching():
            verify_raster_inputs(grid, data)
    for recipe in files.vectors:
        with faults.catching():
            read_vector_file(data / recipe.file, recipe.layer)
    points = files.village_points
    if points:
        with faults.catching():
            read_vector_file(data / points.file, points.layer)
    around = files.surroundings
    if around and not (data / around.file).is_file():
        what = Message("There is no such file")
        remedy = Message("Put the file into the folder of the inputs, or correct its name")
        where = "inputs/surroundings.toml file"
        faults.add(FileFault(what, around.file, remedy=remedy, where=where))
