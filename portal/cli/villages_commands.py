"""``portal villages load | list | remove``: an office's villages in the store of this instance."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import cast

import click

from geodata.dataset import Dataset, read_dataset, read_dataset_info
from geodata.errors import InvalidInput
from geodata.i18n import DEFAULT_LANGUAGE, LANGUAGES, Message
from geodata.ledger.served_store import make_store
from geodata.model import BoundaryQuality
from geodata.point_tables.coordinate_detection import validate_crs
from geodata.store.village_imports import exclusive_writer, read_imports, with_import
from geodata.villages.import_record import VillageImport
from geodata.villages.importer import ImportOptions, ImportReport, prepare_import
from portal.cli.commands import run_or_exit
from portal.cli.villages_report import report_lines
from portal.config import Settings, read_settings
from portal.ledger_engine import existing_ledger
from portal.translations import translate

_LANGUAGE = click.option(
    "--lang", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, show_default=True,
    help="Language of the report.",
)  # fmt: skip
_WAIT_SECONDS = 10.0
"""Seconds for which a command waits for another one that writes the store."""
_WRITE = click.option("--write", is_flag=True, help="Do it; without it nothing is written.")


@click.group()
def villages() -> None:
    """Villages (thôn, bản) with points or polygons from an office's own file."""


@villages.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--source-title", default="", help="Title of the document or file; needed.")
@click.option("--source-issuer", default="", help="Who issued it.")
@click.option("--source-number", default="", help="Its number, as 15/QĐ-UBND.")
@click.option("--source-date", default="", help="Its date, as 2026-06-30.")
@click.option("--source-url", default="", help="Where it can be read.")
@click.option("--commune", default="", help="Code, id or name of the commune of all rows.")
@click.option("--period", default="", help="Period of the people and households, as 2026-06-30.")
@click.option("--merged-on", default="", help="Day on which rows joined what they name.")
@click.option("--legal-basis", default="", help="Decision the rearrangement rests on.")
@click.option("--crs", default="", help="System of x and y, as EPSG:9205; else recognised.")
@click.option("--column", "columns", multiple=True, help="FIELD=HEADING; may be repeated.")
@click.option("--layer", default="", help="Sheet of a workbook or layer of a GeoPackage.")
@click.option(
    "--quality", type=click.Choice(["official", "generalised", "indicative"]),
    default="indicative", show_default=True, help="Of polygons; points are always indicative.",
)  # fmt: skip
@_WRITE
@_LANGUAGE
def load(file: Path, write: bool, lang: str, **arguments: object) -> None:
    """Say what loading FILE means; with --write, load it.

    FILE is CSV, XLSX, XLS, ODS, KML, GeoPackage, GeoJSON or a zipped shapefile: one row for each
    village, with its name and, where known, x and y (longitude and latitude, or VN-2000), people,
    households and the village it joined. A later load takes the place of the one its commune had.
    """
    language = lang
    settings = run_or_exit(lambda: read_settings({}))
    dataset = run_or_exit(lambda: read_dataset(settings.dataset))
    options = run_or_exit(lambda: _options(arguments))
    reports = run_or_exit(lambda: prepare_import(file, options, dataset))
    for report in reports:
        click.echo("\n".join(report_lines(report, language)))
    if any(report.faults for report in reports):
        click.echo(translate("loading.refused", language), err=True)
        raise SystemExit(1)
    if not write:
        click.echo(translate("loading.dry_run", language))
        return
    run_or_exit(lambda: _write(settings, dataset, reports))
    click.echo(translate("loading.written", language, path=_store_path(settings)))


@villages.command("list")
@_LANGUAGE
def list_imports(lang: str) -> None:
    """List the villages loaded into the store of this instance."""
    settings = run_or_exit(lambda: read_settings({}))
    imports = run_or_exit(lambda: read_imports(_store_path(settings)))
    for one in imports:
        click.echo(f"{one.commune_id}: {len(one.rows)}, {one.title} ({one.file})")
    if not imports:
        click.echo(translate("loading.none", lang))


@villages.command()
@click.argument("commune")
@_WRITE
@_LANGUAGE
def remove(commune: str, write: bool, lang: str) -> None:
    """Take away what was loaded for COMMUNE (unit id or code)."""
    language = lang
    settings = run_or_exit(lambda: read_settings({}))
    path = _store_path(settings)
    run_or_exit(lambda: _imports_without(read_imports(path), commune))
    if not write:
        click.echo(translate("loading.dry_run", language))
        return
    run_or_exit(lambda: _remove_import(settings, path, commune))
    click.echo(translate("loading.written", language, path=path))


def _remove_import(settings: Settings, path: Path, commune: str) -> None:
    dataset = read_dataset(settings.dataset)
    with exclusive_writer(path, _WAIT_SECONDS), existing_ledger(settings) as ledger:
        kept = _imports_without(read_imports(path), commune)
        make_store(ledger, path, dataset, kept).close()


def _imports_without(imports: tuple[VillageImport, ...], commune: str) -> tuple[VillageImport, ...]:
    """The loads but that of a commune; refused where it has none."""
    kept = tuple(one for one in imports if commune not in (one.commune_id, one.commune_id[:5]))
    if len(kept) == len(imports):
        raise InvalidInput(
            Message("Nothing was loaded for this commune"),
            found=commune,
            allowed=tuple(one.commune_id for one in imports),
        )
    return kept


def _store_path(settings: Settings) -> Path:
    info = run_or_exit(lambda: read_dataset_info(settings.dataset))
    return settings.instance / f"{info.id}.gpkg"


def _options(arguments: dict[str, object]) -> ImportOptions:
    values = {name: str(value).strip() for name, value in arguments.items() if name != "columns"}
    pairs = [str(pair).partition("=") for pair in cast("tuple[str, ...]", arguments["columns"])]
    return ImportOptions(
        commune=values["commune"],
        layer=values["layer"],
        crs=validate_crs(values["crs"]) if values["crs"] else "",
        columns={field: heading for field, _, heading in pairs},
        title=values["source_title"],
        issuer=values["source_issuer"],
        number=values["source_number"],
        date=values["source_date"],
        url=values["source_url"],
        period=values["period"],
        quality=cast(BoundaryQuality, values["quality"]),
        merged_on=_day(values["merged_on"]) if values["merged_on"] else None,
        legal_basis=values["legal_basis"],
    )


def _day(value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise InvalidInput(
            Message("Not a date"),
            found=value,
            allowed=Message("a day such as 2026-06-01"),
            where="--merged-on",
        ) from None


def _write(settings: Settings, dataset: Dataset, reports: list[ImportReport]) -> None:
    """Make the store again with the loads of the reports, whole or not at all."""
    path = _store_path(settings)
    with exclusive_writer(path, _WAIT_SECONDS), existing_ledger(settings) as ledger:
        imports = read_imports(path)
        for report in reports:
            imports = with_import(imports, report.record)
        make_store(ledger, path, dataset, imports).close()
