"""Writing the shipped tables of a dataset: aside first, then in place of the old ones."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd

from geodata.build.surroundings import STEP
from geodata.dataset import (
    SURROUNDINGS_COLUMNS,
    SURROUNDINGS_FILE,
    dataset_version,
    no_surroundings,
    read_info,
)
from geodata.model import (
    LEVELS,
    BoundaryTruth,
    Observation,
    Succession,
    Unit,
    VillageChange,
    VillageMention,
)
from geodata.period import parse_period
from geodata.rows import csv_text
from geodata.topology import encode_objects, write


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
class Tables:
    """Everything the build makes; see `geodata.dataset.Dataset` for the parts."""

    units: Iterable[Unit]
    successions: Iterable[Succession]
    observations: Iterable[Observation]
    boundaries: dict[int, gpd.GeoDataFrame]
    truths: Iterable[BoundaryTruth]
    mentions: Iterable[VillageMention] = ()
    changes: Iterable[VillageChange] = ()
    surroundings: gpd.GeoDataFrame = field(default_factory=no_surroundings)


def write_shipped(folder: Path, tables: Tables) -> Manifest:
    """Write ``<folder>/shipped``; equal tables give equal bytes.

    The old tables stay until the new ones are whole.
    """
    aside, old, shipped = (folder / name for name in ("shipped.new", "shipped.old", "shipped"))
    if old.exists() and not shipped.exists():  # stopped between the two renamings
        old.rename(shipped)
    for left in (aside, old):
        shutil.rmtree(left, ignore_errors=True)
    aside.mkdir(parents=True)
    try:
        manifest = write_manifest(folder, _write_tables(aside, tables), aside)
        if shipped.exists():
            shipped.rename(old)
        aside.rename(shipped)
    finally:
        for left in (aside, old):
            shutil.rmtree(left, ignore_errors=True)
    return manifest


def write_manifest(folder: Path, counts: dict[str, int], shipped: Path | None = None) -> Manifest:
    """Write the manifest of the tables that stand in ``shipped`` (``<folder>/shipped``)."""
    info = read_info(folder)
    target = shipped or folder / "shipped"
    version = dataset_version(folder, target)
    manifest = Manifest(info.id, version, info.reference_date.isoformat(), counts)
    _put(target / "manifest.json", _json(vars(manifest)))
    return manifest


def _write_tables(target: Path, tables: Tables) -> dict[str, int]:
    units = sorted(tables.units, key=lambda unit: (LEVELS.index(unit.level), unit.unit_id))
    successions = sorted(tables.successions, key=lambda step: (step.from_id, step.to_id))
    observations = sorted(tables.observations, key=_figure_order)
    truths = sorted(tables.truths, key=lambda truth: truth.unit_id)
    _put(target / "units.csv", csv_text(Unit, units))
    _put(target / "succession.csv", csv_text(Succession, successions))
    _put(target / "observations.csv", csv_text(Observation, observations))
    _put(target / "boundary_report.csv", csv_text(BoundaryTruth, truths))
    mentions = sorted(tables.mentions, key=lambda one: (one.unit_id, one.period, one.source_id))
    changes = sorted(tables.changes, key=lambda one: (one.commune_id, one.period, one.source_id))
    _put(target / "village_mentions.csv", csv_text(VillageMention, mentions))
    _put(target / "village_changes.csv", csv_text(VillageChange, changes))
    for detail, frame in tables.boundaries.items():
        write(encode_objects(_by_level(frame)), target / f"boundaries-{detail}.topojson")
    if len(tables.surroundings):
        layer = {"surroundings": tables.surroundings}
        topology = encode_objects(layer, STEP, SURROUNDINGS_COLUMNS[1:], "id")
        write(topology, target / SURROUNDINGS_FILE)
    return {
        "units": len(units),
        "successions": len(successions),
        "observations": len(observations),
        "boundaries": len(tables.boundaries[max(tables.boundaries)]),
        "truths": len(truths),
        "mentions": len(mentions),
        "changes": len(changes),
    }


def _by_level(frame: gpd.GeoDataFrame) -> dict[str, gpd.GeoDataFrame]:
    """Shapes of all eras by level, in the order of their ids."""
    ordered = frame.sort_values("unit_id")
    present = set(ordered["level"])
    return {level: ordered[ordered["level"] == level] for level in LEVELS if level in present}


def _figure_order(figure: Observation) -> tuple[Any, ...]:
    """Figures one source gives for one thing stay as they were read: the first is the one shown."""
    period = parse_period(figure.period)
    end, start = period.sort_key
    return (figure.indicator, figure.unit_id, end, start, figure.status, figure.source_id)


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
