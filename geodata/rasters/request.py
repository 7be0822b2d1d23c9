"""What an office asks of a raster, with or without a preset, as a recipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from geodata.catalogue import Catalogue
from geodata.errors import InvalidInput, unknown_name
from geodata.i18n import Message, Text
from geodata.model import Indicator, Status
from geodata.period import parse_period
from geodata.rasters.addresses import file_name
from geodata.rasters.presets import Preset
from geodata.rasters.raster_recipe import RasterFigure, RasterPaths, RasterRecipe, UnitSelection
from geodata.rasters.statistic import BY_CLASS, Operation
from geodata.table_import.column_records import NewIndicator, TableSource


@dataclass(frozen=True, slots=True)
class RasterRequest:
    """What was asked for; what is None or empty is left to the preset, or to the usual.

    Parameters
    ----------
    operation, classes, threshold, scale, indicator, period
        As in `geodata.rasters.raster_recipe.RasterFigure`.
    band, missing, condition_above, status, min_coverage, min_cells, few_cells, units, coarseness
        As in `geodata.rasters.raster_recipe.RasterRecipe`.
    """

    operation: Operation | None = None
    classes: tuple[int, ...] = ()
    threshold: float | None = None
    scale: float = 1.0
    indicator: str = ""
    period: str = ""
    band: int | None = None
    missing: tuple[float, ...] = ()
    condition_above: float | None = None
    status: Status | None = None
    min_coverage: float | None = None
    min_cells: float | None = None
    few_cells: float | None = None
    units: tuple[UnitSelection, ...] = ()
    coarseness: str = ""


def requested_recipe(
    request: RasterRequest, paths: RasterPaths, preset: Preset | None
) -> RasterRecipe:
    """The recipe of a request.

    Raises
    ------
    InvalidInput
        Something is missing that no preset brings, or the two contradict each other.
    """
    period = parse_period(request.period).code if request.period else ""
    figures = _figures(request, period, preset)
    if not period and preset is None:
        raise _needed("--period", "2020")
    base = preset or _NO_PRESET
    if preset is not None and preset.second and not paths.condition:
        raise InvalidInput(
            Message("The preset needs a second raster"),
            allowed=preset.second,
            remedy=Message("Name it with --condition"),
        )
    above = base.condition_above if request.condition_above is None else request.condition_above
    return RasterRecipe(
        file=file_name(paths.files[0]),
        source="",
        period=period or base.period,
        coarseness=Text(request.coarseness) if request.coarseness else base.coarseness,
        statistics=figures,
        where=file_name(paths.files[0]),
        tiles=tuple(file_name(path) for path in paths.files[1:]),
        preset=base.id,
        band=request.band or base.band,
        missing=request.missing or base.missing,
        weights=file_name(paths.weights) if paths.weights else "",
        condition=file_name(paths.condition) if paths.condition else "",
        condition_above=above,
        status=request.status or base.status,
        min_coverage=request.min_coverage,
        min_cells=base.min_cells if request.min_cells is None else request.min_cells,
        few_cells=base.few_cells if request.few_cells is None else request.few_cells,
        units=request.units,
        class_names=base.class_names,
    )


def requested_indicators(
    figures: Sequence[RasterFigure], preset: Preset | None, catalogue: Catalogue
) -> tuple[Mapping[str, Indicator], tuple[NewIndicator, ...]]:
    """The indicators of figures: of the catalogue, or new ones that the preset defines.

    Returns
    -------
    tuple
        All of them by id, and those that the catalogue lacks.

    Raises
    ------
    NotFound
        Neither has an indicator of that id.
    """
    known: dict[str, Indicator] = {}
    new: list[NewIndicator] = []
    for name in dict.fromkeys(figure.indicator for figure in figures):
        if name in catalogue.indicators:
            known[name] = catalogue.indicators[name]
            continue
        if preset is None or name not in preset.indicators:
            what = Message("There is no such indicator")
            remedy = Message("Choose one of the catalogue, or a preset that brings its own")
            raise unknown_name(what, name, catalogue.indicators, remedy)
        known[name] = _fitted(preset.indicators[name], catalogue)
        new.append(NewIndicator(known[name], preset.theme_names[known[name].theme]))
    return known, tuple(new)


def _fitted(indicator: Indicator, catalogue: Catalogue) -> Indicator:
    """A preset's indicator with the unit of measure and the denominator that the catalogue has."""
    unit = catalogue.measure_units.get(indicator.measure_unit.id, indicator.measure_unit)
    there = indicator.denominator in catalogue.indicators
    denominator = indicator.denominator if there else None
    return replace(indicator, measure_unit=unit, denominator=denominator)


def _figures(
    request: RasterRequest, period: str, preset: Preset | None
) -> tuple[RasterFigure, ...]:
    if request.operation is not None:
        return (_own_figure(request, request.operation, preset),)
    if preset is None:
        raise _needed("--stat", "mean")
    figures = [f for f in preset.figures if not f.period or not period or f.period == period]
    if not figures:
        years = [figure.period for figure in preset.figures]
        what = Message("The preset has no such period")
        raise InvalidInput(what, period, tuple(years), where="--period")
    names = list(dict.fromkeys(figure.indicator for figure in figures))
    if not request.indicator:
        return tuple(figures)
    if request.indicator in names:
        return tuple(f for f in figures if f.indicator == request.indicator)
    if len(names) > 1:
        what = Message("The preset computes several figures: say with --stat which one is meant")
        raise InvalidInput(what, request.indicator, tuple(names), where="--indicator")
    return tuple(replace(figure, indicator=request.indicator) for figure in figures)


def _own_figure(
    request: RasterRequest, operation: Operation, preset: Preset | None
) -> RasterFigure:
    """One figure of an operation; what is not said is that of the preset's figure of the kind."""
    alike = [f for f in (preset.figures if preset else ()) if f.operation == operation]
    like = alike[0] if alike else None
    indicator = request.indicator or (like.indicator if like else "")
    if not indicator:
        raise _needed("--indicator", "forest_area")
    classes, threshold = request.classes, request.threshold
    if like is not None and operation in BY_CLASS and not classes:
        classes = like.classes
    if like is not None and threshold is None:
        threshold = like.threshold
    return RasterFigure(indicator, operation, classes, threshold, scale=request.scale)


def _needed(option: str, example: str) -> InvalidInput:
    return InvalidInput(
        Message("The option {option} is missing", option=option),
        remedy=Message("Add it, as {example}, or name a preset", example=f"{option} {example}"),
    )


_NO_PRESET = Preset(
    id="",
    title=Text(""),
    period="",
    download=Text(""),
    page="",
    source=TableSource(),
    coarseness=Text(""),
    figures=(),
    indicators={},
    theme_names={},
    class_names={},
)
