"""``inputs/rasters.toml``: grids, and the figures of units that are computed from them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from geodata.catalogue import Catalogue
from geodata.dataset_files import references
from geodata.faults import FaultCollector
from geodata.i18n import Text
from geodata.period import parse_period
from geodata.toml_reader import TableReader, read_table_array

Operation = Literal["mean", "lowest", "highest", "range", "share_above"]
OPERATIONS: tuple[Operation, ...] = get_args(Operation)


@dataclass(frozen=True, slots=True)
class Statistic:
    """One figure computed from a grid for every unit.

    Parameters
    ----------
    indicator
        Id of the indicator it becomes.
    operation
        What is computed from the cells of a unit; ``range`` is the highest less the lowest,
        ``share_above`` the per cent of its area above ``threshold``.
    threshold
        Value of the grid, in the grid's own unit; only for ``share_above``.
    """

    indicator: str
    operation: Operation
    threshold: float | None


@dataclass(frozen=True, slots=True)
class RasterRecipe:
    """A raster file and what is computed from it.

    Parameters
    ----------
    file
        Name of the raster file in the folder of the inputs, in any CRS that it names.
    source
        Id of the source of the grid.
    period
        Code of the period that the grid shows.
    coarseness
        Size of the cells and exactness of their values, said with every figure.
    statistics
        The figures that are computed.
    where
        The entry of the recipe, for messages.
    """

    file: str
    source: str
    period: str
    coarseness: Text
    statistics: tuple[Statistic, ...]
    where: str


def read_raster_recipes(
    path: Path, catalogue: Catalogue, faults: FaultCollector
) -> tuple[RasterRecipe, ...]:
    """Read ``rasters.toml``; there are no grids where there is no such file.

    Raises
    ------
    FileFault
        The file is no TOML, or ``faults`` raises the first fault.
    """
    return read_table_array(path, "raster", faults, lambda entry: _raster_recipe(entry, catalogue))


def _raster_recipe(entry: TableReader, catalogue: Catalogue) -> RasterRecipe:
    grid = RasterRecipe(
        file=entry.string("file"),
        source=references.source(entry, catalogue.sources),
        period=entry.parsed("period", lambda text: parse_period(text).code, ""),
        coarseness=entry.text("coarseness"),
        statistics=tuple(_statistic(each, catalogue) for each in entry.tables("statistic")),
        where=entry.where,
    )
    entry.finish()
    return grid


def _statistic(entry: TableReader, catalogue: Catalogue) -> Statistic:
    operation = entry.choice("operation", OPERATIONS)
    threshold = entry.number("threshold") if operation == "share_above" else None
    statistic = Statistic(references.indicator(entry, catalogue.indicators), operation, threshold)
    entry.finish()
    return statistic
