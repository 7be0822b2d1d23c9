"""Writing the shipped tables of a dataset: aside first, then in place of the old ones."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import geopandas as gpd

from geodata.build.surroundings import STEP
from geodata.dataset import (
    DETAILS,
    JOINT_FIGURES_FILE,
    OBSERVATIONS_FILE,
    PLACES_FILE,
    SURROUNDINGS_COLUMNS,
    SURROUNDINGS_FILE,
    VILLAGE_POINTS_FILE,
    boundaries_file,
    dataset_version,
    empty_surroundings,
    read_dataset_info,
    read_manifest,
    table_name,
)
from geodata.dataset_files import SeparateLicence
from geodata.model import (
    LEVELS,
    JointFigure,
    Observation,
    Place,
    PositionalAccuracy,
    Succession,
    Unit,
    VillageChange,
    VillageMention,
    VillagePoint,
)
from geodata.period import parse_period
from geodata.record_codec import to_csv
from geodata.topojson import encode_layers, write_topojson
from geodata.vietnamese_names import vietnamese_sort_key

Sourced = TypeVar("Sourced", Observation, Place, VillagePoint)
"""A record that names the source it comes of."""

_COUNTS = (
    "units", "successions", "observations", "boundaries", "accuracies", "mentions", "changes",
    "places", "village_points", "joint_figures",
)  # fmt: skip
"""Names of the counts of a manifest, in its order; the last three only where there are any."""

_PARTED_FILES = (
    OBSERVATIONS_FILE, PLACES_FILE, VILLAGE_POINTS_FILE, *map(boundaries_file, DETAILS),
)  # fmt: skip
"""Files that may have a part under a licence of its own."""


@dataclass(frozen=True)
class Manifest:
    """What stands in ``shipped/manifest.json``; nothing in it depends on the clock.

    Parameters
    ----------
    version
        See `geodata.dataset.dataset_version`.
    counts
        Records by table.
    """

    dataset: str
    version: str
    reference_date: str
    counts: dict[str, int]


@dataclass(frozen=True, eq=False)
class DatasetTables:
    """Everything the build makes; see `geodata.dataset.Dataset` for the parts."""

    units: Iterable[Unit]
    successions: Iterable[Succession]
    observations: Iterable[Observation]
    boundaries: dict[int, gpd.GeoDataFrame]
    accuracies: Iterable[PositionalAccuracy]
    mentions: Iterable[VillageMention] = ()
    changes: Iterable[VillageChange] = ()
    surroundings: gpd.GeoDataFrame = field(default_factory=empty_surroundings)
    places: Iterable[Place] = ()
    licences: tuple[SeparateLicence, ...] = ()
    village_points: Sequence[VillagePoint] = ()
    joint_figures: Sequence[JointFigure] = ()
    village_cells: Mapping[int, gpd.GeoDataFrame] = field(default_factory=dict)


def write_dataset(folder: Path, tables: DatasetTables) -> Manifest:
    """Write ``<folder>/shipped``; equal tables give equal bytes.

    The old tables stay until the new ones are whole.
    """

    def write(target: Path) -> dict[str, int]:
        return _write_figures(target, tables) | _write_boundaries(target, tables)

    return _replace_shipped(folder, write)


def write_figures(folder: Path, tables: DatasetTables, kept: Sequence[str]) -> Manifest:
    """Write ``<folder>/shipped`` but for the files named by ``kept``, which stay as they are.

    The boundaries, accuracies and surroundings of ``tables`` are not looked at.
    """
    shipped = folder / "shipped"
    counts: dict[str, int] = read_manifest(folder)["counts"]

    def write(target: Path) -> dict[str, int]:
        for name in kept:
            if (shipped / name).exists():
                shutil.copyfile(shipped / name, target / name)
        kept_counts = {name: count for name, count in counts.items() if name not in _COUNTS[-3:]}
        return kept_counts | _write_figures(target, tables)

    return _replace_shipped(folder, write)


def _replace_shipped(folder: Path, write: Callable[[Path], dict[str, int]]) -> Manifest:
    """Have the tables written aside, then put them in place of the old ones."""
    aside, old, shipped = (folder / name for name in ("shipped.new", "shipped.old", "shipped"))
    if old.exists() and not shipped.exists():  # stopped between the two renamings
        old.rename(shipped)
    for left in (aside, old):
        shutil.rmtree(left, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        counts = write(aside)
        ordered = {name: counts[name] for name in _COUNTS if name in counts}
        manifest = write_manifest(folder, ordered, aside)
        if shipped.exists():
            shipped.rename(old)
        aside.rename(shipped)
    finally:
        for left in (aside, old):
            shutil.rmtree(left, ignore_errors=True)
    return manifest


def write_manifest(folder: Path, counts: dict[str, int], shipped: Path | None = None) -> Manifest:
    """Write the manifest of the tables that stand in ``shipped`` (``<folder>/shipped``)."""
    info = read_dataset_info(folder)
    target = shipped or folder / "shipped"
    version = dataset_version(folder, target)
    manifest = Manifest(info.id, version, info.reference_date.isoformat(), counts)
    _write_text(target / "manifest.json", _json(vars(manifest)))
    return manifest


def _write_figures(target: Path, tables: DatasetTables) -> dict[str, int]:
    units = sorted(tables.units, key=lambda unit: (LEVELS.index(unit.level), unit.unit_id))
    successions = sorted(tables.successions, key=lambda step: (step.from_id, step.to_id))
    observations = sorted(tables.observations, key=_observation_order)
    mentions = sorted(tables.mentions, key=lambda one: (one.unit_id, one.period, one.source_id))
    changes = sorted(tables.changes, key=lambda one: (one.commune_id, one.period, one.source_id))
    _write_text(target / "units.csv", to_csv(Unit, units))
    _write_text(target / "succession.csv", to_csv(Succession, successions))
    _write_by_licence(target, OBSERVATIONS_FILE, Observation, observations, tables.licences)
    _write_notices(target, tables.licences)
    _write_text(target / "village_mentions.csv", to_csv(VillageMention, mentions))
    _write_text(target / "village_changes.csv", to_csv(VillageChange, changes))
    return {
        "units": len(units),
        "successions": len(successions),
        "observations": len(observations),
        "mentions": len(mentions),
        "changes": len(changes),
        **_write_places(target, tables),
        **_write_village_points(target, tables),
        **_write_joint_figures(target, tables),
    }


def _write_places(target: Path, tables: DatasetTables) -> dict[str, int]:
    places = sorted(tables.places, key=lambda one: (one.category, vietnamese_sort_key(one.name)))
    if places:
        _write_by_licence(target, PLACES_FILE, Place, places, tables.licences)
    return {"places": len(places)} if places else {}


def _write_joint_figures(target: Path, tables: DatasetTables) -> dict[str, int]:
    figures = sorted(
        tables.joint_figures, key=lambda one: (one.indicator, one.period, one.unit_ids)
    )
    if figures:
        _write_text(target / JOINT_FIGURES_FILE, to_csv(JointFigure, figures))
    return {"joint_figures": len(figures)} if figures else {}


def _write_village_points(target: Path, tables: DatasetTables) -> dict[str, int]:
    """Write the points and the cells around them; both are of the same one source."""
    points = tables.village_points
    if not points:
        return {}
    _write_by_licence(target, VILLAGE_POINTS_FILE, VillagePoint, points, tables.licences)
    licence = _licence_of_sources(tables.licences).get(points[0].source_id, "cells")
    for detail, frame in tables.village_cells.items():
        name = table_name(boundaries_file(detail), licence)
        write_topojson(encode_layers(_by_level(frame)), target / name)
    return {"village_points": len(points)}


def _licence_of_sources(licences: Sequence[SeparateLicence]) -> dict[str, str]:
    return {source: licence.id for licence in licences for source in licence.sources}


def _write_by_licence(
    target: Path,
    name: str,
    record: type[Sourced],
    rows: Sequence[Sourced],
    licences: Sequence[SeparateLicence],
) -> None:
    """Write a table: what comes of sources under a licence of its own in a file of its own."""
    licensed: dict[str, str] = _licence_of_sources(licences)
    for licence_id in ("", *dict.fromkeys(licensed.values())):
        of_it = [row for row in rows if licensed.get(row.source_id, "") == licence_id]
        if of_it or not licence_id:
            _write_text(target / table_name(name, licence_id), to_csv(record, of_it))


def _write_notices(target: Path, licences: Sequence[SeparateLicence]) -> None:
    for licence in licences:
        files = [table_name(name, licence.id) for name in _PARTED_FILES]
        text = f"{', '.join(files)}\n\n{licence.notice.strip()}\n\n{licence.url}\n"
        _write_text(target / f"LICENCE.{licence.id}.txt", text)


def _write_boundaries(target: Path, tables: DatasetTables) -> dict[str, int]:
    accuracies = sorted(tables.accuracies, key=lambda accuracy: accuracy.unit_id)
    _write_text(target / "boundary_report.csv", to_csv(PositionalAccuracy, accuracies))
    for detail, frame in tables.boundaries.items():
        write_topojson(encode_layers(_by_level(frame)), target / boundaries_file(detail))
    if len(tables.surroundings):
        layer = {"surroundings": tables.surroundings}
        topology = encode_layers(layer, STEP, SURROUNDINGS_COLUMNS[1:], "id")
        write_topojson(topology, target / SURROUNDINGS_FILE)
    return {
        "boundaries": len(tables.boundaries[max(tables.boundaries)]),
        "accuracies": len(accuracies),
    }


def _by_level(frame: gpd.GeoDataFrame) -> dict[str, gpd.GeoDataFrame]:
    """Shapes of all eras by level, in the order of their ids."""
    ordered = frame.sort_values("unit_id")
    present = set(ordered["level"])
    return {level: ordered[ordered["level"] == level] for level in LEVELS if level in present}


def _observation_order(figure: Observation) -> tuple[Any, ...]:
    """Figures one source gives for one thing stay as they were read: the first is the one shown."""
    period = parse_period(figure.period)
    end, start = period.sort_key
    return (figure.indicator, figure.unit_id, end, start, figure.status, figure.source_id)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
