"""All files of a dataset at once, with all their faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pyproj import CRS
from pyproj.exceptions import CRSError

from geodata.catalogue import Catalogue, read_catalogue
from geodata.dataset import DatasetInfo, read_dataset_info
from geodata.dataset_files.events_file import EventsFile, read_events_file
from geodata.dataset_files.licences_file import SeparateLicence, read_separate_licences
from geodata.dataset_files.raster_recipes import read_raster_recipes
from geodata.dataset_files.surroundings_file import SurroundingsFile, read_surroundings_file
from geodata.dataset_files.table_recipes import TableRecipe, read_table_recipes
from geodata.dataset_files.territory_file import read_territory_file
from geodata.dataset_files.territory_records import TerritoryFile
from geodata.dataset_files.vector_recipes import read_vector_recipes
from geodata.dataset_files.village_points_file import (
    VillagePointsFile,
    read_village_points_file,
)
from geodata.errors import FileFault
from geodata.faults import FaultCollector
from geodata.i18n import Message
from geodata.rasters.raster_recipe import RasterRecipe
from geodata.toml_reader import nearest_names
from geodata.unit_profile import UNIT_PROFILE_FILE, UnitProfile
from geodata.vectors.vector_recipe import VectorRecipe

T = TypeVar("T")


@dataclass(frozen=True)
class DatasetFiles:
    """What people wrote in the files of a dataset.

    Parameters
    ----------
    folder
        The dataset's folder.
    surroundings
        None where the dataset says nothing of what lies around it.
    village_points
        None where it names no layer in which its villages are found.
    """

    folder: Path
    info: DatasetInfo
    catalogue: Catalogue
    territory: TerritoryFile
    events: EventsFile
    tables: tuple[TableRecipe, ...]
    rasters: tuple[RasterRecipe, ...]
    vectors: tuple[VectorRecipe, ...]
    surroundings: SurroundingsFile | None
    licences: tuple[SeparateLicence, ...] = ()
    village_points: VillagePointsFile | None = None


def read_dataset_files(folder: Path) -> DatasetFiles:
    """Read and verify every TOML file of a dataset.

    Raises
    ------
    FileFault
        Something is wrong; where there are several faults, all of them (`FileFaults`).
    """
    faults = FaultCollector()
    files = scan_dataset_files(folder, faults)
    faults.raise_any()
    assert files is not None
    return files


def scan_dataset_files(folder: Path, faults: FaultCollector) -> DatasetFiles | None:
    """Read every TOML file of a dataset, faulty or not.

    Parameters
    ----------
    faults
        Takes what is wrong; with any fault the records hold stand-ins and say no more than which
        names there are.

    Returns
    -------
    DatasetFiles
        None where a file that no dataset can be without cannot be read at all.
    """
    inputs = folder / "inputs"
    catalogue = read_catalogue(folder, faults)
    sources = catalogue.sources
    info = _caught(faults, lambda: read_dataset_info(folder, faults))
    territory = _caught(
        faults, lambda: read_territory_file(inputs / "territory.toml", sources, faults)
    )
    events = _caught(faults, lambda: read_events_file(folder / "events.toml", sources, faults))
    tables = _caught(faults, lambda: read_table_recipes(inputs / "tables.toml", catalogue, faults))
    rasters = _caught(
        faults, lambda: read_raster_recipes(inputs / "rasters.toml", catalogue, faults)
    )
    vectors = _caught(
        faults, lambda: read_vector_recipes(inputs / "vectors.toml", catalogue, faults)
    )
    licences = _caught(faults, lambda: read_separate_licences(folder, catalogue, faults))
    around = _caught(
        faults, lambda: read_surroundings_file(inputs / "surroundings.toml", sources, faults)
    )
    points = _caught(
        faults, lambda: read_village_points_file(inputs / "villages.toml", sources, faults)
    )
    if info:
        _verify_description(info, catalogue, faults)
    if territory and events:
        _verify_crosswalk(territory, events, faults)
    if not (info and territory and events):
        return None
    return DatasetFiles(
        folder,
        info,
        catalogue,
        territory,
        events,
        tables or (),
        rasters or (),
        vectors or (),
        around,
        licences or (),
        points,
    )


def _caught(faults: FaultCollector, read: Callable[[], T]) -> T | None:
    """What ``read`` gives; None where the file cannot be read at all."""
    with faults.catching():
        return read()
    return None


def _verify_description(info: DatasetInfo, catalogue: Catalogue, faults: FaultCollector) -> None:
    if info.default_theme and info.default_theme not in catalogue.themes:
        what = Message("There is no such theme")
        remedy = Message("Name a theme of themes.toml")
        themes = tuple(catalogue.themes)
        where = "dataset.toml default_theme"
        faults.add(FileFault(what, info.default_theme, themes, remedy, where))
    usual = UnitProfile().indicators
    for named, ids in info.profile.indicators.items():
        # The default names are of most datasets, not of all.
        unknown = (each for each in ids if each not in catalogue.indicators)
        for indicator in () if ids == usual[named] else unknown:
            what = Message("There is no such indicator")
            where = f"{UNIT_PROFILE_FILE} {named}"
            near = nearest_names(indicator, catalogue.indicators)
            faults.add(FileFault(what, indicator, near, where=where))
    for field in ("metric_crs", "local_crs"):
        code = getattr(info, field)
        if code and not _is_metric(code):
            what = Message("Not a coordinate system in metres")
            remedy = Message(
                "Give the code of a projected one, as EPSG:32648 for UTM zone 48 north"
            )
            faults.add(FileFault(what, code, remedy=remedy, where=f"dataset.toml {field}"))


def _is_metric(code: str) -> bool:
    try:
        crs = CRS.from_user_input(code)
    except CRSError:
        return False
    return bool(crs.is_projected) and all(axis.unit_name == "metre" for axis in crs.axis_info)


def _verify_crosswalk(territory: TerritoryFile, events: EventsFile, faults: FaultCollector) -> None:
    """The crosswalk leads from the predecessors to the successors, on the day these begin."""
    day = territory.successors.date
    using = [event.date for event in events.events if event.crosswalk]
    if using and not territory.predecessors:
        what = Message("An event takes its changes from a crosswalk that no table describes")
        remedy = Message("Add [predecessors] to inputs/territory.toml, or list the changes")
        faults.add(FileFault(what, remedy=remedy, where="events.toml crosswalk"))
    elif territory.predecessors and using != [day]:
        what = Message("The crosswalk belongs to one event, on the day of today's communes")
        found = ", ".join(date.isoformat() for date in using)
        remedy = Message("Write one [[event]] of that date with crosswalk = true")
        where = "events.toml crosswalk"
        faults.add(FileFault(what, found, (day.isoformat(),), remedy, where))
