"""Presets: what is known of a raster that many use, kept as data beside the code.

A preset says which file to fetch, what its codes mean, which of its values stand for none, what is
computed of it and as which indicator, and whom to credit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from geodata.catalogue import read_indicator, read_measure_unit
from geodata.errors import unknown_name
from geodata.faults import RAISE_FIRST
from geodata.i18n import Message, Text
from geodata.model import STATUSES, Indicator, MeasureUnit, Status
from geodata.period import parse_period
from geodata.rasters.raster_layer import RASTER_STYLES, RasterStyle
from geodata.rasters.raster_recipe import RasterFigure
from geodata.rasters.recipe_fields import LARGEST_CELLS, read_number_between, read_operation
from geodata.rasters.statistic import BY_CLASS
from geodata.rasters.tile_names import TilePattern, read_tile_pattern
from geodata.table_import.column_records import TableSource
from geodata.toml_reader import TableReader, read_toml

_FOLDER = Path(__file__).with_name("presets")
_FIRST_YEAR_OF_CODES = 2000


@dataclass(frozen=True, slots=True)
class Preset:
    """A raster that many use.

    Parameters
    ----------
    id
        Its name in commands; the file bears it too.
    title
        What it is called.
    period
        Code of the period that it shows.
    download
        Which file to fetch, and how its name looks.
    page
        Address at which it is offered, for people; the portal never calls it.
    source
        Whom to credit, and under which terms it may be used.
    coarseness
        Size of the cells and exactness of their values, said with every figure.
    figures
        What is computed.
    indicators
        Definitions of the indicators it computes, for a catalogue that lacks them; by id.
    theme_names
        Names of their themes, for a catalogue that lacks them; by id.
    class_names, class_colours
        What its codes mean, and the colours its maker gives them; ``#rrggbb``.
    drawn_as, value_unit
        How the raster itself is drawn and the symbol of the unit of its values, as in
        `geodata.rasters.raster_layer.RasterLayer`.
    band, missing, status, min_cells, few_cells, condition_above
        As in `geodata.rasters.raster_recipe.RasterRecipe`.
    second
        What the second raster is that must be named with it; empty where it needs none.
    tiles
        How its tiles are named; None where it is one file, or its names follow no rule.
    """

    id: str
    title: Text
    period: str
    download: Text
    page: str
    source: TableSource
    coarseness: Text
    figures: tuple[RasterFigure, ...]
    indicators: Mapping[str, Indicator]
    theme_names: Mapping[str, Text]
    class_names: Mapping[int, Text]
    class_colours: Mapping[int, str] = field(default_factory=dict)
    drawn_as: RasterStyle = "ramp"
    value_unit: str = ""
    band: int | None = None
    missing: tuple[float, ...] = ()
    status: Status = "actual"
    min_cells: float = 1.0
    few_cells: float = 0.0
    condition_above: float = 0.0
    second: Text = field(default_factory=lambda: Text(""))
    tiles: TilePattern | None = None


def preset_names() -> tuple[str, ...]:
    """The names of all presets, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def read_preset(name: str) -> Preset:
    """A preset by its name.

    Raises
    ------
    NotFound
        There is none of this name.
    """
    names = preset_names()
    if name not in names:
        raise unknown_name(Message("There is no such preset"), name, names)
    path = _FOLDER / f"{name}.toml"
    return _preset(name, TableReader(f"presets/{path.name}", read_toml(path), RAISE_FIRST))


def _preset(name: str, entry: TableReader) -> Preset:
    units = {key: read_measure_unit(key, each) for key, each in _tables(entry, "measure_unit")}
    theme_names = {key: each.text("name") for key, each in _tables(entry, "theme")}
    indicators = [_indicator(each, units) for each in entry.tables("indicator")]
    figures = [figure for each in entry.tables("statistic") for figure in _figures(each)]
    class_names = _class_names(entry.table("classes"))
    preset = Preset(
        id=name,
        title=entry.text("title"),
        period=parse_period(entry.string("period")).code,
        download=entry.text("download"),
        page=entry.string("page"),
        source=_source(entry.table("source", required=True)),
        coarseness=entry.text("coarseness"),
        figures=tuple(figures),
        indicators={one.id: one for one in indicators},
        theme_names=theme_names,
        class_names=class_names,
        class_colours=_class_colours(entry.table("class_colours")),
        drawn_as=entry.choice("drawn_as", RASTER_STYLES, "classes" if class_names else "ramp"),
        value_unit=entry.string("value_unit", ""),
        band=entry.integer("band", 1, 1000) if entry.has("band") else None,
        missing=tuple(entry.numbers("missing", [])),
        status=entry.choice("status", STATUSES, "actual"),
        min_cells=read_number_between(entry, "min_cells", 0, LARGEST_CELLS, 1.0) or 0.0,
        few_cells=read_number_between(entry, "few_cells", 0, LARGEST_CELLS, 0.0) or 0.0,
        condition_above=entry.number("condition_above", 0.0),
        second=entry.text("second", ""),
        tiles=read_tile_pattern(entry.table("tiles")) if entry.has("tiles") else None,
    )
    entry.finish()
    return preset


def _tables(entry: TableReader, field: str) -> list[tuple[str, TableReader]]:
    """Tables inside a table, each with its key."""
    outer: Any = entry.remaining().get(field, {})
    whole = entry.table(field)
    return [(key, whole.table(key)) for key in outer]


def _indicator(entry: TableReader, units: Mapping[str, MeasureUnit]) -> Indicator:
    indicator = read_indicator(entry, entry.string("theme"), units)
    entry.finish()
    return indicator


def _figures(entry: TableReader) -> list[RasterFigure]:
    """The figures of an entry: one, or one for each year of a series of losses."""
    indicator = entry.string("indicator")
    if entry.has("left_after_year"):
        return _yearly(entry, indicator)
    operation, classes, threshold = read_operation(entry)
    scale = entry.positive("scale") if entry.has("scale") else 1.0
    entry.finish()
    return [RasterFigure(indicator, operation, classes, threshold, scale=scale)]


def _yearly(entry: TableReader, indicator: str) -> list[RasterFigure]:
    """What is left at the end of each year, where code n means lost in 2000 + n and 0 never."""
    operation = entry.choice("operation", BY_CLASS)
    span = entry.table("left_after_year")
    low, high = _FIRST_YEAR_OF_CODES, _FIRST_YEAR_OF_CODES + 254
    first, last = span.integer("first", low, high), span.integer("last", low, high)
    span.finish()
    entry.finish()
    codes = range(1, last - _FIRST_YEAR_OF_CODES + 1)
    return [
        RasterFigure(
            indicator,
            operation,
            (0, *(code for code in codes if code > year - _FIRST_YEAR_OF_CODES)),
            period=str(year),
        )
        for year in range(first, last + 1)
    ]


def _source(entry: TableReader) -> TableSource:
    names = ("title", "number", "issuer", "date", "url", "licence")
    found = TableSource(**{name: entry.string(name, "") for name in names})
    entry.finish()
    return found


def _class_names(entry: TableReader) -> dict[int, Text]:
    return {int(code): entry.text(code) for code in entry.remaining()}


def _class_colours(entry: TableReader) -> dict[int, str]:
    return {int(code): entry.string(code) for code in entry.remaining()}
