"""Figures of units from a raster: computed, held against the limits of the recipe, put in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack

import numpy as np
import shapely

from geodata.computed_figures import (
    ComputedFigure,
    ComputedFigures,
    UnitLeftOut,
    no_unit_wanted,
    rounded_value,
    wanted_units,
)
from geodata.geodesy import area_km2
from geodata.i18n import Formatted, Localised, Message, Text
from geodata.locale_numbers import format_number, format_share
from geodata.model import Indicator, Unit
from geodata.rasters.addresses import file_name
from geodata.rasters.method import few_cells_doubt, method_of
from geodata.rasters.raster_recipe import RasterFigure, RasterOutcome, RasterPaths, RasterRecipe
from geodata.rasters.source import RasterSource, open_raster
from geodata.rasters.statistic import verify_statistic
from geodata.rasters.zonal import Progress, SecondRasters, ZonalFigures, zonal_figures

_COVERAGE_DECIMALS = 4
_SQUARE_METRES_PER_KM2 = 1e6


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
    shaped = (unit for unit in units if unit.unit_id in shapes)
    wanted = wanted_units(shaped, recipe.statistics, indicators, recipe.wants)
    if not wanted:
        raise no_unit_wanted(recipe.where)
    own = [shapes[unit.unit_id] for unit in wanted]
    with ExitStack() as opened:
        source = opened.enter_context(
            open_raster(paths.files, band=recipe.band, missing=recipe.missing, remote=paths.remote)
        )
        second = _second(recipe, paths, opened)
        statistics = [figure.statistic for figure in recipe.statistics]
        found = zonal_figures(source, own, statistics, second, progress)
    coverage = _coverage(found, own)
    return ComputedFigures.sorted_out(_results(recipe, wanted, found, coverage, indicators))


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


def _results(
    recipe: RasterRecipe,
    units: Sequence[Unit],
    found: ZonalFigures,
    coverage: Sequence[float],
    indicators: Mapping[str, Indicator],
) -> Iterator[ComputedFigure[RasterFigure] | UnitLeftOut[RasterFigure]]:
    """Each unit with a figure or with the reason for none."""
    for figure, values in zip(recipe.statistics, found.values, strict=True):
        indicator = indicators[figure.indicator]
        method = method_of(recipe, figure)
        for place, unit in enumerate(units):
            if not recipe.wants(figure, unit, indicator):
                continue
            cells, covered = float(found.cells[place]), coverage[place]
            why = _why_not(recipe, figure, float(values[place]), cells, covered)
            if why is not None:
                yield UnitLeftOut(unit, figure, why)
                continue
            value = rounded_value(float(values[place]) * figure.scale, indicator)
            doubt = few_cells_doubt(cells) if cells < recipe.few_cells else Text("")
            period = recipe.period_of(figure)
            yield ComputedFigure(unit, figure, period, value, method, covered, doubt, cells)


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
