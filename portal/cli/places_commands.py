"""``portal places check``: what a list of places would give, before anything is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from geodata.dataset import read_dataset
from geodata.errors import InvalidInput, PortalError
from geodata.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, Localised, Message
from geodata.places.list_check import check_place_list
from geodata.places.place_report import PlaceOptions, PlaceReport, WrittenCategory
from geodata.point_tables.coordinate_detection import validate_crs
from geodata.table_import.report_records import Finding
from portal.cli.commands import CommandError, run_or_exit
from portal.config import read_settings
from portal.serializers.place_report import place_report_document

_CLEAN, _TO_CONFIRM, _ERRORS, _QUESTIONS = range(4)

_SEVERITIES: dict[str, Message] = {
    "error": Message("Error"),
    "confirm": Message("To be confirmed"),
    "note": Message("Note"),
}


class _Refusal(CommandError):
    """A list that cannot be read at all."""

    exit_code = _ERRORS


@click.group()
def places() -> None:
    """Places (schools, health stations, tourist sites …) from an office's own file."""


@places.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--category", default="", help="Category of all places, as it would be written.")
@click.option(
    "--means", multiple=True,
    help="WRITTEN=ID: which category a text means; WRITTEN= makes a new one. May be repeated.",
)  # fmt: skip
@click.option("--crs", default="", help="System of x and y, as EPSG:9205; else recognised.")
@click.option("--column", "columns", multiple=True, help="FIELD=HEADING; may be repeated.")
@click.option("--layer", default="", help="Sheet of a workbook or layer of a GeoPackage.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as a JSON document.")
@click.option(
    "--lang", type=click.Choice(LANGUAGES), default=DEFAULT_LANGUAGE, show_default=True,
    help="Language of the report.",
)  # fmt: skip
def check(file: Path, lang: str, as_json: bool, **arguments: object) -> None:
    """Say what the places listed in FILE would give; nothing is written.

    FILE is XLSX, XLS, ODS, CSV, KML, GeoPackage, GeoJSON or a zipped shapefile: one row for each
    place with its name, its category, its position (longitude and latitude, or VN-2000) and,
    where written, its commune. Exit code: 0 clean, 1 something noted or to be confirmed, 2 errors,
    3 questions left.
    """
    settings = run_or_exit(lambda: read_settings({}))
    dataset = run_or_exit(lambda: read_dataset(settings.dataset))
    try:
        report = check_place_list(file, _options(arguments), dataset)
    except PortalError as fault:
        raise _Refusal(fault) from None
    if as_json:
        document = place_report_document(report, lang)
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(line[lang] for line in _lines(report, lang)))
    if code := exit_code(report):
        raise SystemExit(code)


def exit_code(report: PlaceReport) -> int:
    """What a command ends with after a report: errors before questions before notes."""
    if report.count("error"):
        return _ERRORS
    if report.questions:
        return _QUESTIONS
    return _TO_CONFIRM if report.findings else _CLEAN


def _options(arguments: dict[str, object]) -> PlaceOptions:
    texts = {name: value.strip() for name, value in arguments.items() if isinstance(value, str)}
    return PlaceOptions(
        layer=texts["layer"],
        crs=validate_crs(texts["crs"]) if texts["crs"] else "",
        columns=_pairs(arguments["columns"], "--column"),
        category=texts["category"],
        categories=_pairs(arguments["means"], "--means"),
    )


def _pairs(given: object, option: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in given if isinstance(given, tuple) else ():
        name, sign, value = str(text).partition("=")
        if not sign:
            raise InvalidInput(Message("No “=” in the option"), found=str(text), where=option)
        pairs[name.strip()] = value.strip()
    return pairs


def _lines(report: PlaceReport, language: Language) -> Iterator[Localised]:
    fields = ", ".join(f"{name}=“{column}”" for name, column in report.columns.by_field.items())
    n = len(report.places)
    yield Message.plural("{file}: one place", "{file}: {n} places", n, file=report.file)
    yield Message("Columns recognised: {columns}", columns=fields)
    if report.columns.ignored:
        kept = ", ".join(report.columns.ignored)
        yield Message("Columns kept with each place: {columns}", columns=kept)
    if report.position_note:
        yield Message("Positions: {how}", how=report.position_note)
    for category in report.categories:
        yield from _category_lines(category)
    yield from report.notes
    for finding in report.findings:
        yield from _finding_lines(finding, language)


def _category_lines(found: WrittenCategory) -> Iterator[Localised]:
    name, n = found.category.id, found.rows
    yield Message("Category “{written}”: {id}, {n} rows", written=found.written, id=name, n=n)
    if found.alike:
        names = ", ".join(f"{each.id} ({each.name.vi})" for each in found.alike)
        yield Message(
            "Question: is it new, or one of {names}? Answer with --means “{written}”=ID",
            names=names,
            written=found.written,
        )


def _finding_lines(finding: Finding, language: Language) -> Iterator[Localised]:
    cells = ", ".join(place.address for place in finding.places)
    yield Message(
        "{severity} {code}: {what} ({n}): {cells}",
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        what=finding.what,
        n=finding.count,
        cells=cells,
    )
    if finding.value:
        yield Message("  found: {value}", value=finding.value)
    if finding.expected[language]:
        yield Message("  allowed: {expected}", expected=finding.expected)
    if finding.remedy[language]:
        yield Message("  what to do: {remedy}", remedy=finding.remedy)
