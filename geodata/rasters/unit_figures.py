"""Figures of units from a raster: computed, held against the limits of the recipe, put in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
import shapely

from geodata.errors import InvalidInput
from geodata.geodesy import area_km2
from geodata.i18n import Formatted, Localised, Message, Text
from geodata.locale_numbers import format_number, format_share
from geodata.model import Indicator, Unit
from geodata.rasters.addresses import file_name
from geodata.rasters.method import few_cells_doubt, method_of
from geodata.rasters.recipe import RasterFigure, RasterPaths, RasterRecipe
from geodata.rasters.source import RasterSource, open_raster
from geodata.rasters.statistic import verify_statistic
from geodata.rasters.zonal import Progress, SecondRasters, ZonalFigures, zonal_figures

_DECIMALS = 3
_COVERAGE_DECIMALS = 4
_SQUARE_METRES_PER_KM2 = 1e6


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """One figure of one unit.

    Parameters
    ----------
    value
        In the indicator's unit of measure.
    method
        How it was computed.
    coverage
        Share of the unit that has data, 0 to 1.
    cells
        Cells that it rests on.
    doubt
        Why it should not be trusted as it stands; empty when nothing speaks against it.
    """

    unit: Unit
    figure: RasterFigure
    value: float
    method: Text
    coverage: float
    cells: float
    doubt: Text


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A unit without a figure, and why."""

    unit: Unit
    figure: RasterFigure
    why: Localised


@dataclass(frozen=True, slots=True)
class RasterOutcome:
    """What a raster gives.

    Parameters
    ----------
    figures
        By figure of the recipe and unit.
    left_out
        Units that the recipe wants and the raster does not give.
    """

    figures: tuple[UnitFigure, ...]
    left_out: tuple[LeftOut, ...]


def raster_figures(
    recipe: RasterRecipe,
    paths: RasterPaths,
    units: Sequence[Unit],
    shapes: Mapping[str, shapely.Geometry],
    indicators: Mapping[str, Indicator],
    *,
    progress: Progress | None = None,
) -> RasterOutcome:
    """Compute the figures of a recipe for units of all levels and days in one pass.

    Parameters
    ----------
    units
        Those without a shape get no figure.
    shapes
        By unit id, in degrees, EPSG:4326.
    indicators
        By id; each says at which levels and for which kinds of unit it has a meaning.

    Raises
    ------
    FileFault
        A raster is missing, wrong or damaged; see `geodata.rasters.source.open_raster` and
        `geodata.rasters.zonal.zonal_figures`.
    InvalidInput
        An operation lacks what it needs, or no unit is wanted.
    """
    for figure in recipe.statistics:
        verify_statistic(figure.statistic, weighted=bool(paths.weights), where=recipe.where)
    wanted = [
        unit
        for unit in units
        if unit.unit_id in shapes
        and any(recipe.wants(each, unit, indicators[each.indicator]) for each in recipe.statistics)
    ]
    if not wanted:
        what = Message("No unit with a shape is to get a figure")
        remedy = Message("Look at the levels of the indicator and at the units asked for")
        raise InvalidInput(what, remedy=remedy, where=recipe.where)
    own = [shapes[unit.unit_id] for unit in wanted]
    with ExitStack() as opened:
        source = opened.enter_context(
            open_raster(paths.files, band=recipe.band, missing=recipe.missing, remote=paths.remote)
        )
        second = _second(recipe, paths, opened)
        statistics = [figure.statistic for figure in recipe.statistics]
        found = zonal_figures(source, own, statistics, second, progress)
    coverage = _coverage(found, own)
    return _outcome(recipe, wanted, found, coverage, indicators)


def verify_rasters(recipe: RasterRecipe, paths: RasterPaths) -> None:
    """Open the files of a recipe and hold their headers against it; no cell is read.

    Raises
    ------
    FileFault, InvalidInput
        As `raster_figures`.
    """
    for figure in recipe.statistics:
        verify_statistic(figure.statistic, weighted=bool(paths.weights), where=recipe.where)
    with ExitStack() as opened:
        opened.enter_context(open_raster(paths.files, band=recipe.band, remote=paths.remote))
        _second(recipe, paths, opened)


def _second(recipe: RasterRecipe, paths: RasterPaths, opened: ExitStack) -> SecondRasters:
    def source(path: str) -> RasterSource | None:
        if not path:
            return None
        return opened.enter_context(open_raster([path], remote=paths.remote))

    return SecondRasters(source(paths.weights), source(paths.condition), recipe.condition_above)


def _coverage(found: ZonalFigures, shapes: Sequence[shapely.Geometry]) -> list[float]:
    """Share of each unit that has data, on the ellipsoid."""
    whole = np.array([area_km2(shape) for shape in shapes]) * _SQUARE_METRES_PER_KM2
    shares = np.minimum(found.area / np.maximum(whole, 1e-9), 1.0)
    return [round(float(share), _COVERAGE_DECIMALS) for share in shares]


def _outcome(
    recipe: RasterRecipe,
    units: Sequence[Unit],
    found: ZonalFigures,
    coverage: Sequence[float],
    indicators: Mapping[str, Indicator],
) -> RasterOutcome:
    figures: list[UnitFigure] = []
    left_out: list[LeftOut] = []
    for figure, values in zip(recipe.statistics, found.values, strict=True):
        indicator = indicators[figure.indicator]
        method = method_of(recipe, figure)
        decimals = max(_DECIMALS, indicator.decimals + 2)
        for place, unit in enumerate(units):
            if not recipe.wants(figure, unit, indicator):
                continue
            cells, covered = float(found.cells[place]), coverage[place]
            why = _why_not(recipe, figure, float(values[place]), cells, covered)
            if why is not None:
                left_out.append(LeftOut(unit, figure, why))
                continue
            value = round(float(values[place]) * figure.scale, decimals)
            doubt = few_cells_doubt(cells) if cells < recipe.few_cells else Text("")
            figures.append(UnitFigure(unit, figure, value, method, covered, cells, doubt))
    return RasterOutcome(tuple(figures), tuple(left_out))


def _why_not(
    recipe: RasterRecipe, figure: RasterFigure, value: float, cells: float, covered: float
) -> Localised | None:
    """Why a unit gets no figure; None where it gets one."""
    least = recipe.least_coverage(figure)
    if not np.isfinite(value):
        return Message("no cell of it has a value")
    if covered < least:
        return Message(
            "only {share} of it has data, {least} is needed",
            share=Formatted(format_share, covered),
            least=Formatted(format_share, least),
        )
    if cells < recipe.min_cells:
        return Message(
            "only {n} cells lie in it, {least} are needed",
            n=Formatted(format_number, cells, decimals=1),
            least=Formatted(format_number, recipe.min_cells, decimals=1),
        )
    return None


def files_named(paths: RasterPaths) -> str:
    """The names of the files for a reader, the first ones only."""
    names = [file_name(path) for path in paths.files]
    return ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
