"""``portal raster add | presets``: figures of units from a raster, published by the ledger.

The commands for rasters that maps show are in `portal.cli.raster_layers`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import click

from geodata.dataset import DETAILS, read_boundaries
from geodata.errors import InvalidInput
from geodata.i18n import Language, Message
from geodata.model import LEVELS, STATUSES
from geodata.rasters.addresses import is_remote
from geodata.rasters.presets import Preset, preset_names, read_preset
from geodata.rasters.raster_recipe import RasterPaths, UnitSelection
from geodata.rasters.request import RasterRequest
from geodata.rasters.statistic import OPERATIONS
from geodata.table_import.column_records import TableSource
from portal.cli.commands import run_or_exit
from portal.cli.data_commands import LANGUAGE
from portal.cli.ledger_commands import ACCOUNT, JSON, WRITE, emit, ledger_session
from portal.cli.raster_layers import list_layers, register, unregister
from portal.cli.raster_report import preset_document, preset_lines
from portal.config import read_settings


@dataclass(frozen=True, slots=True)
class Publishing:
    """How the figures are to be published."""

    title: str
    note: str
    source: TableSource
    account: str
    write: bool
    as_json: bool
    language: Language


@click.group()
def raster() -> None:
    """Rasters (GeoTIFF): figures of units from them, and the ones that maps show."""


for _command in (register, list_layers, unregister):
    raster.add_command(_command)


@raster.command()
@click.argument("name", type=click.Choice(preset_names()), required=False)
@JSON
@LANGUAGE
def presets(name: str | None, as_json: bool, lang: Language) -> None:
    """Say which rasters are known: which file to fetch, and the one command that adds it."""
    listed = [read_preset(each) for each in ([name] if name else preset_names())]
    settings = run_or_exit(lambda: read_settings({}))
    frame = run_or_exit(lambda: read_boundaries(settings.dataset / "shipped", DETAILS[0]))
    west, south, east, north = (float(each) for each in frame.total_bounds)
    area = (west, south, east, north)
    document = {"presets": [preset_document(preset, area) for preset in listed]}
    lines = (line for preset in listed for line in preset_lines(preset, area))
    emit(document, lines, as_json, lang)


@raster.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--preset", type=click.Choice(preset_names()), help="A raster that is known.")
@click.option("--indicator", default="", help="Id of the indicator the figures become.")
@click.option("--stat", type=click.Choice(OPERATIONS), help="What is computed; else the preset's.")
@click.option("--period", default="", help="Which time the raster shows, as 2020.")
@click.option("--classes", default="", help="Codes of share and area, as 10,95.")
@click.option("--threshold", type=float, help="Of share_above, in the raster's unit.")
@click.option("--band", type=click.IntRange(1), help="Number of the band; needed with several.")
@click.option("--missing", default="", help="Values that stand for none, as 0,255.")
@click.option("--weights", default="", help="A second raster: a quantity per cell, as people.")
@click.option("--condition", default="", help="A second raster: cells count only where above.")
@click.option("--condition-above", type=float, help="Above what; else the preset's, or 0.")
@click.option("--scale", type=float, default=1.0, help="Computed value times this is the figure.")
@click.option("--status", type=click.Choice(STATUSES), help="Else the preset's, or actual.")
@click.option(
    "--min-coverage",
    type=click.FloatRange(0, 1),
    help="Share of a unit that must have data; else 0.5, for sum and area 0.95.",
)
@click.option("--min-cells", type=click.FloatRange(0), help="Cells a unit must have; else 1.")
@click.option("--few-cells", type=click.FloatRange(0), help="Below it a figure is doubtful.")
@click.option("--units", multiple=True, help="LEVEL or LEVEL@DAY, as commune@2025-07-01; repeat.")
@click.option("--coarseness", default="", help="Words on cells and exactness for the method.")
@click.option("--title", default="", help="Of the publication; else the preset's.")
@click.option("--note", default="", help="A remark.")
@click.option("--source-title", default="", help="Title of the data set; else the preset's.")
@click.option("--source-issuer", default="", help="Whom to credit.")
@click.option("--source-date", default="", help="Its date, as 2021-10.")
@click.option("--source-url", default="", help="Its address.")
@click.option("--licence", default="", help="Terms under which it may be used.")
@click.option("--dry-run", is_flag=True, help="Only say what would be published; the default.")
@ACCOUNT
@WRITE
@JSON
@LANGUAGE
def add(files: tuple[str, ...], preset: str | None, **options: Any) -> None:  # noqa: ANN401
    """Compute figures of all units from the raster in FILES; with --write, publish them.

    FILES is a GeoTIFF, tiles of one, or http(s) addresses of such, of which only the needed ranges
    are read. Units of all levels and days get their figures in one pass; below the least coverage
    and number of cells there is none. The exit code is 0 when the figures are or could be
    published, 4 when somebody else changed the same cells meanwhile, 5 when the account may not.
    """
    # The raster libraries: the other commands need none of them.
    from portal.cli.raster_figures import publish_figures  # noqa: PLC0415

    chosen = read_preset(preset) if preset else None
    publishing = _publishing(options, chosen)
    with ledger_session() as session:
        if options["dry_run"] and options["write"]:
            raise InvalidInput(Message("Choose one of --dry-run and --write"))
        publish_figures(session, _paths(files, options), _request(options), chosen, publishing)


def _publishing(options: dict[str, Any], preset: Preset | None) -> Publishing:
    parts = {
        "title": options["source_title"],
        "issuer": options["source_issuer"],
        "date": options["source_date"],
        "url": options["source_url"],
        "licence": options["licence"],
    }
    source = preset.source if preset else TableSource()
    return Publishing(
        title=options["title"].strip() or (preset.title.vi if preset else ""),
        note=options["note"],
        source=replace(source, **{name: said for name, said in parts.items() if said}),
        account=options["account"],
        write=options["write"],
        as_json=options["as_json"],
        language=options["lang"],
    )


def _paths(files: tuple[str, ...], options: dict[str, Any]) -> RasterPaths:
    named = (*files, options["weights"], options["condition"])
    remote = any(is_remote(each) for each in named)
    return RasterPaths(files, options["weights"], options["condition"], remote)


def _request(options: dict[str, Any]) -> RasterRequest:
    return RasterRequest(
        operation=options["stat"],
        classes=_numbers(options["classes"], "--classes", int),
        threshold=options["threshold"],
        scale=options["scale"],
        indicator=options["indicator"].strip(),
        period=options["period"].strip(),
        band=options["band"],
        missing=_numbers(options["missing"], "--missing", float),
        condition_above=options["condition_above"],
        status=options["status"],
        min_coverage=options["min_coverage"],
        min_cells=options["min_cells"],
        few_cells=options["few_cells"],
        units=tuple(_units(each) for each in options["units"]),
        coarseness=options["coarseness"].strip(),
    )


def _numbers(text: str, option: str, kind: Callable[[str], Any]) -> tuple[Any, ...]:
    try:
        return tuple(kind(part) for part in text.split(",") if part.strip())
    except ValueError:
        what = Message("Not a list of numbers")
        raise InvalidInput(what, text, ("10,95",), where=option) from None


def _units(text: str) -> UnitSelection:
    level, _, day = text.partition("@")
    found = next((each for each in LEVELS if each == level), None)
    if found is None:
        raise InvalidInput(Message("The level is not in the list"), level, LEVELS, where="--units")
    try:
        return UnitSelection(found, dt.date.fromisoformat(day) if day else None)
    except ValueError:
        what = Message("Not a day")
        raise InvalidInput(what, day, ("2025-07-01",), where="--units") from None
