"""``inputs/villages.toml``: a layer of named points that villages known by name are found in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from geodata.dataset_files import references
from geodata.faults import FaultCollector
from geodata.i18n import Text
from geodata.text_io import display_path
from geodata.toml_reader import TableReader, read_toml
from geodata.vectors.feature_filter import FeatureFilter


@dataclass(frozen=True, slots=True)
class VillagePointsFile:
    """The whole file.

    Parameters
    ----------
    file
        Name of the file with the layer, in the folder of the inputs.
    layer
        Name of the layer; may be empty where the file has one.
    name
        Column with the name of a point.
    where
        Columns with the values that a village has in them.
    source
        Id of the source of the layer.
    note
        What a reader must know of a village that has its position from there.
    """

    file: str
    layer: str
    name: str
    where: tuple[FeatureFilter, ...]
    source: str
    note: Text


def read_village_points_file(
    path: Path, sources: Collection[str], faults: FaultCollector
) -> VillagePointsFile | None:
    """Read ``villages.toml``; None where there is no such file.

    Raises
    ------
    FileFault
        The file is no TOML, or ``faults`` raises the first fault.
    """
    if not path.exists():
        return None
    entry = TableReader(display_path(path), read_toml(path), faults)
    where = entry.table("where")
    filters = [
        FeatureFilter(column, tuple(where.items(column, (str,)))) for column in where.remaining()
    ]
    found = VillagePointsFile(
        file=entry.string("file"),
        layer=entry.string("layer", ""),
        name=entry.string("name"),
        where=tuple(filters),
        source=references.source(entry, sources),
        note=entry.text("note"),
    )
    entry.finish()
    return found
