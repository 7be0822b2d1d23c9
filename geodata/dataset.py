"""A dataset: one folder with its description, its catalogue and the tables made by the build.

``dataset.toml``, ``themes.toml``, ``measure_units.toml``, ``unit_profile.toml``, ``indicators/``
and ``sources/`` are written by people; ``shipped/`` is made by ``portal dataset build``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import geopandas as gpd
import pandas as pd

from geodata.catalogue import Catalogue, read_catalogue
from geodata.category_list import with_category_places
from geodata.dimensions_file import DIMENSIONS_FILE
from geodata.errors import FileFault
from geodata.faults import RAISE_FIRST, FaultCollector
from geodata.i18n import Message, Text
from geodata.model import (
    JointFigure,
    Observation,
    Place,
    PositionalAccuracy,
    Succession,
    Unit,
    VillageChange,
    VillageMention,
)
from geodata.place_categories_file import PLACE_CATEGORIES_FILE
from geodata.record_codec import read_csv
from geodata.text_io import display_path, read_json
from geodata.toml_reader import TableReader, read_toml
from geodata.topojson import decode
from geodata.unit_profile import UNIT_PROFILE_FILE, UnitProfile, read_unit_profile

T = TypeVar("T")

DETAILS = (1, 2, 3)
"""Details of the shipped boundaries: 1 is the overview, 3 the finest."""

GEOGRAPHIC_CRS = "EPSG:4326"

SURROUNDINGS_FILE = "surroundings.topojson"
SURROUNDINGS_COLUMNS = ("id", "kind", "name_vi", "name_en", "source_id")
"""Of the outlines around a dataset; their kind is ``outline`` or ``islands``."""

OBSERVATIONS_FILE = "observations.csv"
JOINT_FIGURES_FILE = "joint_figures.csv"
"""Among the shipped tables; a dataset without such figures has none."""
PLACES_FILE = "places.csv"
"""Among the shipped tables; a dataset without places has none."""
VILLAGE_POINTS_FILE = "village_points.csv"
"""Among the shipped tables; a dataset that finds no villages in a layer has none."""

DATASET_ID = re.compile(r"[a-z][a-z0-9_-]{0,59}")
"""Form of the id of a dataset, which names files."""
_VERSION = re.compile(r"[0-9a-f]{12}|")


@dataclass(frozen=True)
class TimelineStep:
    """A day from which another set of units is in force.

    Parameters
    ----------
    date
        The day.
    name
        What the time from this day on is called.
    """

    date: dt.date
    name: Text


@dataclass(frozen=True)
class DatasetInfo:
    """What a dataset is.

    Parameters
    ----------
    id
        Its name in addresses and file names: lower-case letters, digits, ``-`` and ``_``.
    title
        Name of the place the dataset is about.
    version
        First 12 hexadecimal digits of the hash over its files; empty before the first build. In a
        store into which an office loaded villages, followed by ``-`` and the hash over these; where
        figures were published, by ``.r``, the number of the last revision, ``-`` and its hash.
    reference_date
        The day up to which documents were read.
    timeline
        The days from which another set of units is in force, oldest first.
    metric_crs
        Coordinate system for lengths and simplification, metres, as ``EPSG:32648``.
    default_theme
        Id of the theme that the map opens with.
    local_crs
        Coordinate system in which the offices of the place give x and y, as VN-2000 with their
        central meridian; empty where the description names none.
    folder
        Where its files stand; None when it was read from a store.
    """

    id: str
    title: Text
    version: str
    reference_date: dt.date
    timeline: tuple[TimelineStep, ...]
    metric_crs: str
    default_theme: str
    folder: Path | None = None
    local_crs: str = ""
    profile: UnitProfile = field(default_factory=UnitProfile)  # What is shown of a unit.

    @property
    def shipped_version(self) -> str:
        """The version without what was loaded into the store or published."""
        return shipped_part(self.version)

    @property
    def shape_version(self) -> str:
        """The version without what was published: figures change, the units and shapes do not."""
        return shape_part(self.version)

    def step_start(self, day: dt.date) -> dt.date:
        """First day of the timeline's step in which ``day`` lies; of the first before it began."""
        days = [step.date for step in self.timeline]
        return max((d for d in days if d <= day), default=days[0])


def shipped_part(version: str) -> str:
    """Of the version of a store, that of the dataset it was made of."""
    return re.split(r"[-.]", version, maxsplit=1)[0]


def shape_part(version: str) -> str:
    """Of the version of a store, what its units and shapes depend on."""
    return version.split(".", maxsplit=1)[0]


def empty_surroundings() -> gpd.GeoDataFrame:
    """The frame of a dataset that says nothing of what lies around it."""
    columns = [*SURROUNDINGS_COLUMNS, "geometry"]
    return gpd.GeoDataFrame(columns=columns, geometry="geometry", crs=GEOGRAPHIC_CRS)


@dataclass(frozen=True, eq=False)
class Dataset:
    """A whole dataset in memory.

    Parameters
    ----------
    boundaries
        For each of `DETAILS` a frame with ``unit_id``, ``level`` and ``geometry`` (EPSG:4326), the
        units of all eras.
    surroundings
        `SURROUNDINGS_COLUMNS` and ``geometry`` (EPSG:4326): the country around the units.
    """

    info: DatasetInfo
    catalogue: Catalogue
    units: tuple[Unit, ...]
    successions: tuple[Succession, ...]
    observations: tuple[Observation, ...]
    boundaries: dict[int, gpd.GeoDataFrame]
    accuracies: tuple[PositionalAccuracy, ...]
    mentions: tuple[VillageMention, ...] = ()
    changes: tuple[VillageChange, ...] = ()
    surroundings: gpd.GeoDataFrame = field(default_factory=empty_surroundings)
    places: tuple[Place, ...] = ()
    joint_figures: tuple[JointFigure, ...] = ()


def default_dataset_folder() -> Path:
    """The folder of the dataset that comes with the package (the first by name).

    Raises
    ------
    FileFault
        The package holds no dataset.
    """
    home = Path(__file__).parent / "datasets"
    for description in sorted(home.glob("*/dataset.toml")):
        return description.parent
    what = Message("No dataset was found")
    raise FileFault(what, where="geodata/datasets")


def read_dataset_info(folder: Path, faults: FaultCollector = RAISE_FIRST) -> DatasetInfo:
    """Read ``dataset.toml`` and the version in the manifest.

    Parameters
    ----------
    faults
        Takes what is wrong; the first fault is raised by default.

    Raises
    ------
    FileFault
        The description is missing or wrong.
    """
    path = folder / "dataset.toml"
    entry = TableReader(display_path(path), read_toml(path), faults)
    steps = entry.tables("timeline")
    info = DatasetInfo(
        id=_identifier(entry),
        title=entry.text("title"),
        version=read_manifest(folder).get("version", ""),
        reference_date=entry.date("reference_date"),
        timeline=tuple(TimelineStep(step.date("date"), step.text("name")) for step in steps),
        metric_crs=entry.string("metric_crs"),
        default_theme=entry.string("default_theme"),
        folder=folder,
        local_crs=entry.string("local_crs", ""),
        profile=read_unit_profile(folder, faults),
    )
    entry.finish()
    dates = [step.date for step in info.timeline]
    if not dates or dates != sorted(set(dates)):
        what = Message("The dates of the timeline must ascend")
        remedy = Message("Write one [[timeline]] for each date from which other units are in force")
        entry.report("timeline", what, ", ".join(map(str, dates)), remedy=remedy)
    return info


def _identifier(entry: TableReader) -> str:
    """The dataset's id, which names files and so may be neither a path nor long."""
    missing = not entry.has("id")
    value = entry.string("id")
    if not missing and not DATASET_ID.fullmatch(value):
        entry.report("id", Message("Malformed id"), value, (DATASET_ID.pattern,))
    return value


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the shipped tables; empty before the first build."""
    path = folder / "shipped" / "manifest.json"
    if not path.exists():
        return {}
    manifest = TableReader(display_path(path), read_json(path))
    kept: dict[str, Any] = {"version": manifest.string("version", "")}
    if not _VERSION.fullmatch(kept["version"]):
        what = Message("Malformed version")
        raise manifest.fault("version", what, kept["version"], (_VERSION.pattern,))
    kept["counts"] = manifest.take("counts", (dict,), {})
    return manifest.remaining() | kept


def read_dataset(folder: Path) -> Dataset:
    """Read a dataset as shipped.

    Raises
    ------
    FileFault
        A file is missing or cannot be read; the message names file, row and field.
    """
    shipped, catalogue = folder / "shipped", read_catalogue(folder)
    return Dataset(
        info=read_dataset_info(folder),
        catalogue=catalogue,
        units=read_csv(Unit, shipped / "units.csv"),
        successions=read_csv(Succession, shipped / "succession.csv"),
        observations=_observations(shipped, catalogue),
        boundaries={detail: read_boundaries(shipped, detail) for detail in DETAILS},
        accuracies=read_csv(PositionalAccuracy, shipped / "boundary_report.csv"),
        mentions=read_csv(VillageMention, shipped / "village_mentions.csv"),
        changes=read_csv(VillageChange, shipped / "village_changes.csv"),
        surroundings=_surroundings(shipped),
        places=read_optional(Place, shipped, PLACES_FILE),
        joint_figures=read_optional(JointFigure, shipped, JOINT_FIGURES_FILE),
    )


def _observations(shipped: Path, catalogue: Catalogue) -> tuple[Observation, ...]:
    found: list[Observation] = []
    for path in _licence_parts(shipped, OBSERVATIONS_FILE):
        figures = read_csv(Observation, path)
        found += with_category_places(figures, catalogue.indicators, display_path(path))
    return tuple(found)


def read_boundaries(shipped: Path, detail: int) -> gpd.GeoDataFrame:
    """Shipped shapes of one of `DETAILS`: ``unit_id``, ``level`` and geometry in EPSG:4326.

    Raises
    ------
    FileFault
        The file cannot be read, or a shape bears no unit id.
    """
    paths = _licence_parts(shipped, boundaries_file(detail))
    parts = [_boundary_part(path) for path in paths]
    frame = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
    return frame.sort_values("unit_id", ignore_index=True)


def boundaries_file(detail: int) -> str:
    """Name of the shipped shapes of one of `DETAILS`."""
    return f"boundaries-{detail}.topojson"


def _boundary_part(path: Path) -> gpd.GeoDataFrame:
    frame = decode(path).rename(columns={"object": "level", "id": "unit_id"})
    ids = frame.get("unit_id")
    if ids is None or not all(isinstance(each, str) for each in ids):
        what = Message("A shape bears no unit id")
        raise FileFault(what, where=display_path(path))
    return frame[["unit_id", "level", "geometry"]]


def _surroundings(shipped: Path) -> gpd.GeoDataFrame:
    path = shipped / SURROUNDINGS_FILE
    if not path.exists():
        return empty_surroundings()
    frame = decode(path)
    if not {*SURROUNDINGS_COLUMNS} <= {*frame.columns}:
        what = Message("An outline around lacks a field")
        raise FileFault(what, where=display_path(path), allowed=SURROUNDINGS_COLUMNS)
    return frame[[*SURROUNDINGS_COLUMNS, "geometry"]]


def read_optional(record: type[T], shipped: Path, name: str) -> tuple[T, ...]:
    """As `read_by_licence`; no rows where a dataset has no such table."""
    return read_by_licence(record, shipped, name) if (shipped / name).exists() else ()


def table_name(name: str, licence_id: str = "") -> str:
    """The file of a shipped table, or of its part under a licence of its own.

    Parameters
    ----------
    name
        Of the table, as ``observations.csv``.
    licence_id
        Id of the licence (`geodata.dataset_files.licences_file`); empty for the main part.
    """
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{licence_id}.{suffix}" if licence_id else name


def read_by_licence(
    record: type[T], shipped: Path, name: str, *, older: bool = False
) -> tuple[T, ...]:
    """A shipped table with its parts under licences of their own, in the order of their names.

    Parameters
    ----------
    older
        As of `geodata.record_codec.read_csv`.

    Raises
    ------
    FileFault
        The main part is missing, or a part cannot be read.
    """
    parts = _licence_parts(shipped, name)
    return tuple(row for path in parts for row in read_csv(record, path, older=older))


def _licence_parts(shipped: Path, name: str) -> list[Path]:
    """The files of a table: its main part, then those under licences of their own."""
    return [shipped / name, *sorted(shipped.glob(table_name(name, "*")))]


def dataset_version(folder: Path, shipped: Path | None = None) -> str:
    """First 12 hexadecimal digits of the SHA-256 over the shipped and the catalogue files.

    The manifest itself is left out; every file counts with its name, in a fixed order.

    Parameters
    ----------
    folder
        The dataset's folder.
    shipped
        Where its shipped tables stand while they are being written.
    """
    digest = hashlib.sha256()
    for name, path in sorted(_hashed_files(folder, shipped or folder / "shipped").items()):
        content = path.read_bytes()
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def _hashed_files(folder: Path, shipped: Path) -> dict[str, Path]:
    """Files by name, as if the shipped tables stood in their place."""
    catalogue = [folder / name for name in ("dataset.toml", "themes.toml", "measure_units.toml")]
    optional = (PLACE_CATEGORIES_FILE, DIMENSIONS_FILE, UNIT_PROFILE_FILE)
    catalogue += [folder / name for name in optional if (folder / name).exists()]
    entries = [*(folder / "indicators").glob("*.toml"), *(folder / "sources").glob("*.toml")]
    named = {path.relative_to(folder).as_posix(): path for path in [*catalogue, *entries]}
    tables = [path for path in shipped.glob("*") if path.name != "manifest.json"]
    return named | {f"shipped/{path.name}": path for path in tables}
