"""``portal raster register | list | unregister``: rasters that maps can show under their units."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click

from geodata.dataset import DETAILS, read_boundaries
from geodata.errors import InvalidInput
from geodata.i18n import Formatted, Language, Localised, Message, Text, Verbatim
from geodata.locale_numbers import format_number
from geodata.rasters.presets import Preset, preset_names, read_preset
from geodata.rasters.raster_layer import (
    RASTER_STYLES,
    RasterClass,
    RasterLayer,
    layer_document,
    raster_layers,
)
from geodata.rasters.staging import remove_raster_layer
from portal.cli.commands import run_or_exit
from portal.cli.data_commands import LANGUAGE
from portal.cli.ledger_commands import JSON, emit, print_lines
from portal.config import Settings, read_settings
from portal.rasters.registry import raster_folder

_CLASS_PARTS = ("10=Forest", "10=Forest=#006400")


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--preset", type=click.Choice(preset_names()), help="A raster that is known.")
@click.option("--id", "raster_id", default="", help="Its name in addresses; else the preset's.")
@click.option("--title", default="", help="What it shows; else the preset's.")
@click.option("--draw", type=click.Choice(RASTER_STYLES), help="Else the preset's, or ramp.")
@click.option("--unit", default="", help="Symbol of the unit of its values, as m.")
@click.option(
    "--z-factor",
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    help="Metres for one unit of elevation: 0.3048 for feet.",
)
@click.option("--class", "classes", multiple=True, help="CODE=NAME or CODE=NAME=#rrggbb; repeat.")
@click.option("--range", "ends", type=(float, float), help="Values at the ends of the ramp.")
@click.option("--band", type=click.IntRange(1), help="Number of the band; needed with several.")
@click.option("--missing", multiple=True, type=float, help="A value that stands for none; repeat.")
@click.option("--period", default="", help="Which time it shows, as 2020; else the preset's.")
@click.option("--credit", default="", help="Whom to name; else the preset's.")
@click.option("--licence", default="", help="Terms under which it may be shown.")
@click.option("--replace", "replaces", is_flag=True, help="Take the place of one of this id.")
@JSON
@LANGUAGE
def register(files: tuple[str, ...], preset: str | None, **options: Any) -> None:  # noqa: ANN401
    """Let maps show the raster in FILES: as hillshade, classes of land cover, or a colour ramp.

    FILES is a GeoTIFF, tiles of one, or http(s) addresses of such. The part around the units is
    copied into the instance with what drawing it at every scale needs; FILES may then go.
    """
    # The raster libraries: the other commands need none of them.
    from geodata.rasters.registration import register_raster  # noqa: PLC0415

    settings = run_or_exit(lambda: read_settings({}))
    chosen = read_preset(preset) if preset else None

    def registered() -> RasterLayer:
        frame = read_boundaries(settings.dataset / "shipped", DETAILS[0])
        west, south, east, north = (float(each) for each in frame.total_bounds)
        said = _registration(files, chosen, options)
        return register_raster(raster_folder(settings), said, (west, south, east, north), _progress)

    layer = run_or_exit(registered)
    address = Verbatim(f"/?rasters={layer.id}")
    lines = [*_lines(layer), Message("shown at {address}", address=address)]
    emit(_document(layer), lines, options["as_json"], options["lang"])


@click.command("list")
@JSON
@LANGUAGE
def list_layers(as_json: bool, lang: Language) -> None:
    """List the rasters that maps can show."""
    settings = run_or_exit(lambda: read_settings({}))
    layers = run_or_exit(lambda: raster_layers(raster_folder(settings)))
    lines = [line for layer in layers for line in _lines(layer)]
    emit({"rasters": [_document(layer) for layer in layers]}, lines, as_json, lang)


@click.command()
@click.argument("raster_id", metavar="ID")
@LANGUAGE
def unregister(raster_id: str, lang: Language) -> None:
    """Take a registered raster away; the files it was made from stay."""
    settings: Settings = run_or_exit(lambda: read_settings({}))
    layer = run_or_exit(lambda: remove_raster_layer(raster_folder(settings), raster_id))
    print_lines([Message("taken away: {name}", name=layer.id)], lang)


def _registration(files: tuple[str, ...], preset: Preset | None, options: dict[str, Any]) -> Any:  # noqa: ANN401 - the type belongs to the raster libraries
    from geodata.rasters.registration import RasterRegistration  # noqa: PLC0415

    classes = tuple(_class(each) for each in options["classes"])
    if preset is not None and not classes:
        classes = tuple(
            RasterClass(code, name, preset.class_colours.get(code, ""))
            for code, name in preset.class_names.items()
        )
    usual = preset.drawn_as if preset else ("classes" if classes else "ramp")
    source = preset.source if preset else None
    return RasterRegistration(
        files=files,
        id=options["raster_id"].strip() or (preset.id if preset else ""),
        title=Text.of(options["title"].strip()) or (preset.title if preset else Text("")),
        style=options["draw"] or usual,
        unit=options["unit"].strip() or (preset.value_unit if preset else ""),
        classes=classes,
        z_factor=options["z_factor"],
        credit=options["credit"].strip() or (source.issuer if source else ""),
        licence=options["licence"].strip() or (source.licence if source else ""),
        url=source.url if source else "",
        period=options["period"].strip() or (preset.period if preset else ""),
        band=options["band"] or (preset.band if preset else None),
        missing=options["missing"] or (preset.missing if preset else ()),
        ends=options["ends"],
        replaces=options["replaces"],
    )


def _class(text: str) -> RasterClass:
    code, _, rest = text.partition("=")
    name, _, colour = rest.partition("=")
    shown = colour.strip().lower()
    plain = not shown or (len(shown) == 7 and shown[0] == "#" and shown[1:].isalnum())
    try:
        if not name.strip() or not plain:
            raise ValueError(text)
        int(shown[1:] or "0", 16)
        return RasterClass(int(code), Text.of(name.strip()), shown)
    except ValueError:
        raise InvalidInput(
            Message("Not a class of a raster"), text, _CLASS_PARTS, where="--class"
        ) from None


def _lines(layer: RasterLayer) -> Iterator[Localised]:
    yield Message(
        "{name}: {title}; {style}, cells of {size} m", name=layer.id, title=layer.title,
        style=layer.style, size=Formatted(format_number, layer.cell_size),
    )  # fmt: skip
    if layer.credit:
        yield Message("credit: {issuer}; terms: {licence}", issuer=layer.credit,
                      licence=layer.licence)  # fmt: skip


def _document(layer: RasterLayer) -> dict[str, Any]:
    return {"id": layer.id, **layer_document(layer)}


def _progress(done: int, total: int) -> None:
    """Blocks copied, on the error output of a terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r{done}/{total}", nl=done == total, err=True)
