"""Every file of a dataset that people write, read into records and verified before any computation.

A dataset folder says what it is (``dataset.toml``), what its figures are about (the catalogue) and
how its tables are made (``events.toml`` and ``inputs/*.toml``). `read_dataset_files` reads all of
it and tells every fault at once, with file, entry, field and the way out.
"""

from geodata.dataset_files.events_file import EventsFile, FormerUnit, SuccessionRow, UnitEvent
from geodata.dataset_files.files import DatasetFiles, read_dataset_files, scan_dataset_files
from geodata.dataset_files.licences_file import SeparateLicence
from geodata.dataset_files.surroundings_file import IslandUnit, SurroundingsFile
from geodata.dataset_files.table_recipes import IndicatorColumn, TableRecipe
from geodata.dataset_files.territory_records import (
    AccuracyLimits,
    PredecessorsTable,
    SuccessorsTable,
    TerritoryFile,
)
from geodata.dataset_files.village_points_file import VillagePointsFile

__all__ = [
    "AccuracyLimits",
    "DatasetFiles",
    "EventsFile",
    "FormerUnit",
    "IndicatorColumn",
    "IslandUnit",
    "PredecessorsTable",
    "SeparateLicence",
    "SuccessionRow",
    "SuccessorsTable",
    "SurroundingsFile",
    "TableRecipe",
    "TerritoryFile",
    "UnitEvent",
    "VillagePointsFile",
    "read_dataset_files",
    "scan_dataset_files",
]
