"""``inputs/rasters.toml``: rasters, and the figures of units that are computed from them."""

from __future__ import annotations

from pathlib import Path

from geodata.catalogue import Catalogue
from geodata.dataset_files import references
from geodata.errors import InvalidInput
from geodata.faults import FaultCollector
from geodata.i18n import Text
from geodata.model import LEVELS, STATUSES
from geodata.period import parse_period
from geodata.rasters.presets import Preset, preset_names, read_preset
from geodata.rasters.raster_recipe import RasterFigure, RasterRecipe, UnitSelection
from geodata.rasters.recipe_fields import LARGEST_CELLS, read_number_between, read_operation
from geodata.rasters.statistic import verify_statistic
from geodata.toml_reader import TableReader, read_table_array


def read_raster_recipes(
    path: Path, catalogue: Catalogue, faults: FaultCollector
) -> tuple[RasterRecipe, ...]:
    """Read ``rasters.toml``; there are no rasters where there is no such file.

    Raises
    ------
    FileFault
        The file is no TOML, or ``faults`` raises the first fault.
    """
    return read_table_array(path, "raster", faults, lambda entry: _raster_recipe(entry, catalogue))


def _raster_recipe(entry: TableReader, catalogue: Catalogue) -> RasterRecipe:
    preset = _preset(entry)
    file, source = entry.string("file"), references.source(entry, catalogue.sources)
    # What a preset brings may be left out of the entry.
    period = _period(entry) if preset is None or entry.has("period") else preset.period
    recipe = RasterRecipe(
        file=file,
        source=source,
        period=period,
        coarseness=_coarseness(entry, preset),
        statistics=tuple(_figure(each, catalogue) for each in entry.tables("statistic")),
        where=entry.where,
        tiles=tuple(entry.items("tiles", (str,), [])),
        preset=preset.id if preset else "",
        band=_band(entry, preset),
        missing=tuple(entry.numbers("missing", list(preset.missing) if preset else [])),
        weights=entry.string("weights", ""),
        condition=entry.string("condition", ""),
        condition_above=entry.number("condition_above", preset.condition_above if preset else 0.0),
        status=entry.choice("status", STATUSES, preset.status if preset else "actual"),
        min_coverage=read_number_between(entry, "min_coverage", 0, 1, None),
        min_cells=_cells(entry, "min_cells", preset.min_cells if preset else 1.0),
        few_cells=_cells(entry, "few_cells", preset.few_cells if preset else 0.0),
        units=tuple(_units(each) for each in entry.tables("units")),
        class_names=preset.class_names if preset else {},
    )
    _verify(entry, recipe)
    return recipe


def _preset(entry: TableReader) -> Preset | None:
    if not entry.has("preset"):
        return None
    name = entry.choice("preset", preset_names())
    return read_preset(name)


def _band(entry: TableReader, preset: Preset | None) -> int | None:
    if entry.has("band"):
        return entry.integer("band", 1, 10_000)
    return preset.band if preset else None


def _coarseness(entry: TableReader, preset: Preset | None) -> Text:
    if preset is None or entry.has("coarseness"):
        return entry.text("coarseness")
    return preset.coarseness


def _period(entry: TableReader) -> str:
    return entry.parsed("period", lambda text: parse_period(text).code, "")


def _cells(entry: TableReader, field: str, default: float) -> float:
    return read_number_between(entry, field, 0, LARGEST_CELLS, default) or 0.0


def _units(entry: TableReader) -> UnitSelection:
    level = entry.choice("level", LEVELS)
    day = entry.date("valid_on") if entry.has("valid_on") else None
    return UnitSelection(level, day)


def _figure(entry: TableReader, catalogue: Catalogue) -> RasterFigure:
    indicator = references.indicator(entry, catalogue.indicators)
    operation, classes, threshold = read_operation(entry)
    return RasterFigure(
        indicator=indicator,
        operation=operation,
        classes=classes,
        threshold=threshold,
        period=_period(entry) if entry.has("period") else "",
        scale=entry.positive("scale") if entry.has("scale") else 1.0,
    )


def _verify(entry: TableReader, recipe: RasterRecipe) -> None:
    for figure in recipe.statistics:
        try:
            verify_statistic(figure.statistic, weighted=bool(recipe.weights))
        except InvalidInput as error:
            entry.report("statistic", error.what, error.found)
