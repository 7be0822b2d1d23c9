"""``inputs/surroundings.toml``: the country around the units, for the locator map."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from geodata.dataset_files import references
from geodata.faults import FaultCollector
from geodata.i18n import Text
from geodata.text_io import display_path
from geodata.toml_reader import TableReader, read_toml


@dataclass(frozen=True, slots=True)
class IslandUnit:
    """A unit that stands for itself, however small it is.

    Parameters
    ----------
    code
        Its code in the column ``code`` of the file.
    name
        Its name on the map.
    least_area_km2
        Parts of it smaller than this are left out, km².
    tolerance_m
        Side of the square whose area a dropped corner may have, metres.
    """

    code: str
    name: Text
    least_area_km2: float
    tolerance_m: float


@dataclass(frozen=True, slots=True)
class SurroundingsFile:
    """The whole file.

    Parameters
    ----------
    file
        Name of the file with the units of the country, in the folder of the inputs.
    source
        Id of the source of the file.
    code
        Column with the code of a unit.
    group
        Column with the code of the larger unit that becomes one outline.
    tolerance_m
        Side of the square whose area a dropped corner may have, metres.
    least_area_km2
        Parts of a group smaller than this are left out, km².
    islands
        Units that stand for themselves beside the groups.
    """

    file: str
    source: str
    code: str
    group: str
    tolerance_m: float
    least_area_km2: float
    islands: tuple[IslandUnit, ...]


def read_surroundings_file(
    path: Path, sources: Collection[str], faults: FaultCollector
) -> SurroundingsFile | None:
    """Read ``surroundings.toml``; None where there is no such file.

    Raises
    ------
    FileFault
        The file is no TOML, or ``faults`` raises the first fault.
    """
    if not path.exists():
        return None
    entry = TableReader(display_path(path), read_toml(path), faults)
    file = SurroundingsFile(
        file=entry.string("file"),
        source=references.source(entry, sources),
        code=entry.string("code"),
        group=entry.string("group"),
        tolerance_m=entry.positive("tolerance_m"),
        least_area_km2=entry.number("least_area_km2"),
        islands=tuple(_island(each) for each in entry.tables("islands")),
    )
    entry.finish()
    return file


def _island(entry: TableReader) -> IslandUnit:
    return IslandUnit(
        entry.string("code"),
        entry.text("name"),
        entry.number("least_area_km2"),
        entry.positive("tolerance_m"),
    )
