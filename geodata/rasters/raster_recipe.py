"""What is computed from a raster: the recipe that a dataset, a preset or a command states."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from geodata.computed_figures import ComputedFigures
from geodata.i18n import Text
from geodata.model import Indicator, Level, Status, Unit
from geodata.rasters.statistic import Operation, Statistic


@dataclass(frozen=True, slots=True)
class RasterFigure:
    """One figure computed from a raster for every unit.

    Parameters
    ----------
    indicator
        Id of the indicator it becomes.
    operation
        What is computed from the cells of a unit: ``mean`` by true area; ``sum`` of the values per
        cell; ``min``, ``max`` and their ``range``; ``share`` (per cent) and ``area`` (hectares) of
        the classes; ``share_above``, the per cent of the area above the threshold;
        ``weighted_mean`` by a second raster.
    classes
        Codes that are counted; only for ``share`` and ``area``.
    threshold
        Value of the raster, in its own unit; only for ``share_above``.
    period
        Code of the period; that of the raster where none is given.
    scale
        What is computed times this is the value in the indicator's unit of measure.
    """

    indicator: str
    operation: Operation
    classes: tuple[int, ...] = ()
    threshold: float | None = None
    period: str = ""
    scale: float = 1.0

    @property
    def statistic(self) -> Statistic:
        """What is to be computed."""
        return Statistic(self.operation, self.classes, self.threshold)


@dataclass(frozen=True, slots=True)
class UnitSelection:
    """Units for which figures are computed.

    Parameters
    ----------
    level
        Their level.
    valid_on
        Only those in force on this day; None for those of all days.
    """

    level: Level
    valid_on: dt.date | None = None

    def holds(self, unit: Unit) -> bool:
        """Whether a unit is among them."""
        return unit.level == self.level and (self.valid_on is None or unit.valid_on(self.valid_on))


RasterOutcome = ComputedFigures[RasterFigure]
"""What a raster gives."""


@dataclass(frozen=True, slots=True)
class RasterRecipe:
    """A raster file and what is computed from it.

    Parameters
    ----------
    file
        Name of the GeoTIFF in the folder of the inputs, in any CRS that it names.
    source
        Id of the source of the raster.
    period
        Code of the period that the raster shows.
    coarseness
        Size of the cells and exactness of their values, said with every figure.
    statistics
        The figures that are computed.
    where
        The entry of the recipe, for messages.
    tiles
        Further files that continue the cells of the first.
    preset
        Name of a preset whose classes, missing values and limits hold where the entry says nothing.
    band
        Number of the band, from 1; needed where the file has several.
    missing
        Values that stand for none, beside those that the file declares.
    weights
        Name of a second raster, a quantity per cell, for ``weighted_mean``.
    condition
        Name of a second raster: cells count for a class only where it is above ``condition_above``.
    condition_above
        See ``condition``.
    status
        Status of the figures.
    min_coverage
        Share of a unit that must have data; None takes 0.5, and 0.95 for what is added up.
    min_cells
        Cells with data that a unit must have; those on its border count by their share.
    few_cells
        A figure that rests on fewer cells is marked as doubtful.
    units
        Units that get figures; all that the indicators are for where none is named.
    class_names
        What the codes of the classes mean, for the words of the method.
    """

    file: str
    source: str
    period: str
    coarseness: Text
    statistics: tuple[RasterFigure, ...]
    where: str
    tiles: tuple[str, ...] = ()
    preset: str = ""
    band: int | None = None
    missing: tuple[float, ...] = ()
    weights: str = ""
    condition: str = ""
    condition_above: float = 0.0
    status: Status = "actual"
    min_coverage: float | None = None
    min_cells: float = 1.0
    few_cells: float = 0.0
    units: tuple[UnitSelection, ...] = ()
    class_names: Mapping[int, Text] = field(default_factory=dict)

    @property
    def files(self) -> tuple[str, ...]:
        """The raster, and the tiles that continue it."""
        return (self.file, *self.tiles)

    def period_of(self, figure: RasterFigure) -> str:
        """The period of one of its figures."""
        return figure.period or self.period

    def least_coverage(self, figure: RasterFigure) -> float:
        """Share of a unit that must have data for one of its figures."""
        return figure.statistic.least_coverage if self.min_coverage is None else self.min_coverage

    def wants(self, figure: RasterFigure, unit: Unit, indicator: Indicator) -> bool:
        """Whether a unit is to get a figure."""
        meant = unit.level in indicator.levels
        meant &= unit.kind not in indicator.not_applicable_kinds
        return meant and (not self.units or any(each.holds(unit) for each in self.units))


@dataclass(frozen=True, slots=True)
class RasterPaths:
    """Where the files of a recipe lie.

    Parameters
    ----------
    files
        Paths of the raster and of the tiles that continue it; http(s) addresses too where
        ``remote``.
    weights, condition
        Of the second rasters; empty without one.
    """

    files: tuple[str, ...]
    weights: str = ""
    condition: str = ""
    remote: bool = False


def recipe_document(recipe: RasterRecipe) -> dict[str, Any]:
    """A recipe as a document for the ledger, from which its figures can be computed again."""
    return {
        "computed_from": "raster",
        "files": list(recipe.files),
        "preset": recipe.preset,
        "band": recipe.band,
        "missing": list(recipe.missing),
        "weights": recipe.weights,
        "condition": recipe.condition,
        "condition_above": recipe.condition_above if recipe.condition else None,
        "status": recipe.status,
        "min_coverage": recipe.min_coverage,
        "min_cells": recipe.min_cells,
        "few_cells": recipe.few_cells,
        "units": [
            [each.level, each.valid_on.isoformat() if each.valid_on else None]
            for each in recipe.units
        ],
        "statistics": [
            {
                "indicator": figure.indicator,
                "operation": figure.operation,
                "classes": list(figure.classes),
                "threshold": figure.threshold,
                "period": recipe.period_of(figure),
                "scale": figure.scale,
            }
            for figure in recipe.statistics
        ],
    }
