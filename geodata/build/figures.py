"""Building the figures of a dataset again, on the units and shapes that were shipped."""

from __future__ import annotations

from pathlib import Path

from geodata.build.dataset_writer import DatasetTables, Manifest, write_figures
from geodata.build.document_observations import scan_document_observations
from geodata.build.input_folders import data_folder
from geodata.build.joint_figures import read_joint_figures
from geodata.build.places_table import located_places, read_place_file
from geodata.build.seat_positions import read_seats
from geodata.build.shipped_figures import shipped_figures
from geodata.build.shipped_tables import (
    KEPT_FILES,
    ShippedTables,
    is_at_hand,
    keep_grid_figures,
    keep_layer_figures,
    keep_table_figures,
    read_shipped_tables,
)
from geodata.build.statistical_tables import read_statistical_tables
from geodata.build.vector_statistics import vector_observations
from geodata.build.village_cells import village_cells
from geodata.build.village_points import (
    FoundVillages,
    UnitsAbove,
    find_villages,
    read_village_points,
)
from geodata.build.village_records import VillageRecords, read_village_records
from geodata.build.zonal_statistics import verify_raster_inputs, zonal_observations
from geodata.dataset_files import DatasetFiles, read_dataset_files, scan_dataset_files
from geodata.errors import FileFault
from geodata.faults import FaultCollector
from geodata.i18n import Message
from geodata.model import Observation
from geodata.places.place_counts import count_places


def build_figures(folder: Path, inputs: Path) -> Manifest:
    """Make the figures of ``<folder>/shipped`` anew and keep its units and shapes.

    A table, grid or layer among the inputs is read; of one that is not, the figures shipped before
    stay.

    Parameters
    ----------
    folder
        The dataset's folder; it was built as a whole before.
    inputs
        Folder with the tables and grids that are new or changed; see `geodata.build.input_folders`.

    Raises
    ------
    FileFault
        Something in the files, the tables or the grids is missing or wrong; all such faults are
        raised together, and what was shipped before stays as it was.
    """
    if not inputs.is_dir():
        remedy = Message("Name the folder that holds the new tables; it may be empty")
        raise FileFault(Message("There is no such folder"), str(inputs), remedy=remedy)
    faults = FaultCollector()
    files = scan_dataset_files(folder, faults)
    if files is None or faults.faults:
        faults.raise_any()
    assert files is not None
    shipped = read_shipped_tables(files)
    villages = read_village_records(folder, files.catalogue, shipped.units, faults)
    figures = _found_figures(files, shipped, villages, data_folder(inputs), faults)
    rows = read_place_file(folder, files.catalogue, shipped.units, faults)
    joint = read_joint_figures(folder, files.catalogue, shipped.units, faults)
    faults.raise_any()
    places = located_places(rows, files, shipped.units, shipped.finest)
    figures += count_places(
        files.catalogue, places, shipped.units, figures, files.info.reference_date
    )
    successions, observations = shipped_figures(
        files.catalogue, figures, shipped.units, shipped.successions, shipped.members
    )
    found = _found_villages(files, shipped, villages, data_folder(inputs))
    tables = DatasetTables(
        units=(*shipped.units, *found.records.units),
        successions=(*successions, *found.successions),
        observations=observations,
        boundaries={},
        accuracies=(),
        mentions=found.records.mentions,
        changes=villages.changes,
        places=places,
        licences=files.licences,
        joint_figures=joint,
        village_points=found.points,
        village_cells=village_cells(found.points, shipped.boundaries, files.info.metric_crs),
    )
    return write_figures(folder, tables, KEPT_FILES)


def _found_villages(
    files: DatasetFiles, shipped: ShippedTables, records: VillageRecords, data: Path
) -> FoundVillages:
    """Villages found in the layer of points, or in the points shipped where it is not at hand."""
    recipe = files.village_points
    if recipe is None:
        return FoundVillages(records)
    above = UnitsAbove(shipped.units, shipped.successions, shipped.finest)
    points = list(shipped.village_points)
    if is_at_hand(data, recipe.file):
        points = read_village_points(recipe, data, files.info.metric_crs, above)
    return find_villages(recipe, points, records, above)


def kept_inputs(folder: Path, inputs: Path) -> list[str]:
    """Files of tables, grids and layers that are not among the inputs: their figures stay."""
    files, data = read_dataset_files(folder), data_folder(inputs)
    named = [table.file for table in files.tables] + [grid.file for grid in files.rasters]
    named += [layer.file for layer in files.vectors]
    named += [files.village_points.file] if files.village_points else []
    names = dict.fromkeys(named)
    return [name for name in names if not is_at_hand(data, name)]


def _found_figures(
    files: DatasetFiles,
    shipped: ShippedTables,
    villages: VillageRecords,
    data: Path,
    faults: FaultCollector,
) -> list[Observation]:
    """Figures of documents, tables, grids and layers, in the order of a whole build."""
    known = {unit.unit_id for unit in (*shipped.units, *villages.units)}
    readings, unread = scan_document_observations(files.folder, files.catalogue, known)
    for fault in unread:
        faults.add(fault)
    figures = list(readings)
    for table in files.tables:
        if is_at_hand(data, table.file):
            figures += read_statistical_tables([table], data, shipped.units, faults)
        else:
            figures += keep_table_figures(table, shipped.observations, readings, faults)
    for grid in files.rasters:
        if is_at_hand(data, grid.file):
            with faults.catching():
                verify_raster_inputs(grid, data)
                figures += zonal_observations(
                    grid, data, shipped.finest, shipped.units, files.catalogue
                )
        else:
            figures += keep_grid_figures(grid, shipped.observations, faults)
    return figures + _layer_figures(files, shipped, data, faults)


def _layer_figures(
    files: DatasetFiles, shipped: ShippedTables, data: Path, faults: FaultCollector
) -> list[Observation]:
    """Figures of layers of features, computed anew where the layer is at hand."""
    seats = read_seats(files.folder, shipped.units, faults)
    figures: list[Observation] = []
    for recipe in files.vectors:
        if not is_at_hand(data, recipe.file):
            figures += keep_layer_figures(recipe, shipped.observations, faults)
            continue
        with faults.catching():
            figures += vector_observations(
                [recipe], data, files, shipped.finest, shipped.units, seats=seats
            )
    return figures
