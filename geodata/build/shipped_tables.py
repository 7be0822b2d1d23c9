"""What a build of the figures alone keeps of the tables that were shipped.

Units, shapes and successions stay as they are. Figures of a table, grid or layer that is not among
the inputs stay too: each is found again by the source, indicators and period of its recipe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd

from geodata.build.unit_members import commune_lineage, horizon_members
from geodata.dataset import (
    DETAILS,
    OBSERVATIONS_FILE,
    VILLAGE_POINTS_FILE,
    boundaries_file,
    read_boundaries,
    read_by_licence,
    read_optional,
)
from geodata.dataset_files import DatasetFiles, SuccessionRow, TableRecipe
from geodata.errors import FileFault
from geodata.faults import FaultCollector
from geodata.i18n import Message, Text
from geodata.model import Observation, Succession, Unit, VillagePoint
from geodata.rasters.raster_recipe import RasterRecipe
from geodata.record_codec import read_csv
from geodata.vectors.vector_recipe import VectorRecipe

KEPT_FILES = (
    *map(boundaries_file, DETAILS),
    "boundary_report.csv",
    "surroundings.topojson",
)
"""Shipped files that hold no figure."""

NO_TEXT = Text("")


@dataclass(frozen=True, eq=False)
class ShippedTables:
    """The tables shipped before, as far as figures depend on them.

    Parameters
    ----------
    units
        Of all levels above the village.
    successions
        Without the shares by population, which follow from the figures.
    members
        For each unit the communes of the horizon that make it up.
    observations
        As shipped, the derived ones included.
    boundaries
        By detail, of all levels above the village, EPSG:4326.
    village_points
        As shipped; none where there is no such table.
    """

    units: tuple[Unit, ...]
    successions: tuple[Succession, ...]
    members: Mapping[str, Sequence[str]]
    observations: tuple[Observation, ...]
    boundaries: Mapping[int, gpd.GeoDataFrame]
    village_points: tuple[VillagePoint, ...]

    @property
    def finest(self) -> gpd.GeoDataFrame:
        """The finest boundaries."""
        return self.boundaries[DETAILS[-1]]


def read_shipped_tables(files: DatasetFiles) -> ShippedTables:
    """Read what was shipped.

    Raises
    ------
    FileFault
        The dataset was never built, or a shipped table cannot be read.
    """
    shipped = files.folder / "shipped"
    if not (shipped / "manifest.json").is_file():
        what = Message("The dataset was never built as a whole")
        remedy = Message("Build it once with all its inputs, without --only")
        raise FileFault(what, remedy=remedy, where="shipped")
    # A table that was shipped before some of its columns came is taken as it is and written anew.
    listed = read_csv(Unit, shipped / "units.csv", older=True)
    units = tuple(unit for unit in listed if unit.level != "village")
    above = {unit.unit_id for unit in units}
    steps = read_csv(Succession, shipped / "succession.csv", older=True)
    steps = tuple(step for step in steps if step.from_id in above)
    successions = _as_before_figures(steps, files)
    lineage = commune_lineage(units, successions, files.territory.horizon)
    return ShippedTables(
        units=units,
        successions=successions,
        members=horizon_members(units, lineage),
        observations=read_by_licence(Observation, shipped, OBSERVATIONS_FILE, older=True),
        boundaries={detail: _above_villages(shipped, detail) for detail in DETAILS},
        village_points=read_optional(VillagePoint, shipped, VILLAGE_POINTS_FILE),
    )


def _above_villages(shipped: Path, detail: int) -> gpd.GeoDataFrame:
    frame = read_boundaries(shipped, detail)
    return frame[frame["level"] != "village"].reset_index(drop=True)


def _as_before_figures(
    successions: Sequence[Succession], files: DatasetFiles
) -> tuple[Succession, ...]:
    """Successions with the shares and notes that the events state, in the order of the events.

    The order tells with which receiver the shape of a divided unit stays.
    """
    stated: dict[tuple[str, str], SuccessionRow] = {}
    for event in files.events.events:
        stated |= {(change.from_id, change.to_id): change for change in event.changes}
    order = {pair: number for number, pair in enumerate(stated)}
    plain = []
    for step in successions:
        change = stated.get((step.from_id, step.to_id), SuccessionRow(step.from_id, step.to_id))
        people = 1.0 if step.whole else change.share_population
        households = 1.0 if step.whole else change.share_households
        plain.append(
            replace(step, share_population=people, share_households=households, note=change.note)
        )
    last = len(order)
    return tuple(sorted(plain, key=lambda step: order.get((step.from_id, step.to_id), last)))


def keep_table_figures(
    table: TableRecipe,
    shipped: Sequence[Observation],
    readings: Sequence[Observation],
    faults: FaultCollector,
) -> list[Observation]:
    """Shipped figures of a table that is not among the inputs, without quality flags.

    Parameters
    ----------
    readings
        Figures of documents, which are read anew and so not kept.
    faults
        Takes a fault for each column of which nothing was shipped.
    """
    again = {_identity(figure) for figure in readings}
    kept = []
    for column in table.columns:
        found = [
            replace(figure, doubt=NO_TEXT, impossible=False, concept="", note=column.note)
            for figure in shipped
            if (figure.source_id, figure.indicator) == (table.source, column.indicator)
            and (figure.period, figure.status) == (table.period, table.status)
            and figure.scale == column.scale
            and not figure.method
            and _identity(figure) not in again
        ]
        if not found:
            what = Message("The table is not among the inputs, and no figure of it was shipped")
            faults.add(_fault(what, f"{table.file} {column.name}", table.where))
        kept += found
    return kept


def keep_grid_figures(
    grid: RasterRecipe, shipped: Sequence[Observation], faults: FaultCollector
) -> list[Observation]:
    """Shipped figures of a grid that is not among the inputs, without quality flags.

    Parameters
    ----------
    faults
        Takes a fault for each statistic of which nothing was shipped.
    """
    kept = []
    for statistic in grid.statistics:
        found = [
            replace(figure, doubt=figure.note, impossible=False, concept="")
            for figure in shipped
            if (figure.source_id, figure.indicator) == (grid.source, statistic.indicator)
            and figure.period == grid.period_of(statistic)
            and figure.method
        ]
        if not found:
            what = Message("The grid is not among the inputs, and no figure of it was shipped")
            faults.add(_fault(what, f"{grid.file} {statistic.indicator}", grid.where))
        kept += found
    return kept


def keep_layer_figures(
    recipe: VectorRecipe, shipped: Sequence[Observation], faults: FaultCollector
) -> list[Observation]:
    """Shipped figures of a layer that is not among the inputs, without quality flags.

    Parameters
    ----------
    faults
        Takes a fault for each figure of the recipe of which nothing was shipped.
    """
    kept = []
    for figure in recipe.statistics:
        found = [
            replace(
                each,
                doubt=each.doubt if each.doubt == recipe.seat_doubt else NO_TEXT,
                impossible=False,
                concept="",
            )
            for each in shipped
            if (each.source_id, each.indicator) == (recipe.source, figure.indicator)
            and (each.period, each.status) == (recipe.period, recipe.status)
            and each.method
        ]
        if not found:
            what = Message("The layer is not among the inputs, and no figure of it was shipped")
            faults.add(_fault(what, f"{recipe.file} {figure.indicator}", recipe.where))
        kept += found
    return kept


def is_at_hand(folder: Path, name: str) -> bool:
    """Whether an input file is there."""
    return (folder / name).is_file()


def _fault(what: Message, found: str, where: str) -> FileFault:
    remedy = Message("Put the file into the folder of the inputs, or correct its name")
    return FileFault(what, found, remedy=remedy, where=f"{where} file")


def _identity(figure: Observation) -> tuple[object, ...]:
    return (
        *(figure.unit_id, figure.indicator, figure.period, figure.status),
        *(figure.source_id, figure.value, figure.quote),
    )
