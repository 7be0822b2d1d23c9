"""``portal vector add``: figures of units from lines, points and polygons."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import click

from geodata.errors import InvalidInput
from geodata.i18n import Formatted, Language, Localised, Message, Text
from geodata.ledger.derived_figures import DerivedFigures
from geodata.ledger.ledger_records import PublicationRequest
from geodata.ledger.publishing import plan_derived
from geodata.locale_numbers import format_number
from geodata.model import LEVELS, STATUSES, Level
from geodata.parsing import parse_decimal
from geodata.period import parse_period
from geodata.store import Store
from geodata.table_import.column_records import NewIndicator, TableSource
from geodata.table_import.columns.new_indicators import new_indicator
from geodata.table_import.known_facts import StoreFacts
from geodata.vectors.feature_filter import parse_filter
from geodata.vectors.publication import derived_of_features
from geodata.vectors.store_units import units_of_store
from geodata.vectors.unit_figures import vector_figures
from geodata.vectors.vector_file import read_vector_file
from geodata.vectors.vector_recipe import (
    MEASURES,
    VECTOR_OPERATIONS,
    WAY_STARTS,
    Destination,
    VectorFigure,
    VectorOutcome,
    VectorRecipe,
    verify_extent,
    verify_figure,
)
from portal.cli.data_commands import FILE, LANGUAGE
from portal.cli.ledger_commands import (
    ACCOUNT,
    JSON,
    WRITE,
    ledger_session,
    print_lines,
    print_outcome,
    tell_dry_run,
)
from portal.cli.ledger_lines import plan_lines
from portal.publications import rights_of

_MOST_REASONS = 10


@dataclass(frozen=True, slots=True)
class _Computed:
    """What the command computed, and what becomes of it."""

    outcome: VectorOutcome
    derived: DerivedFigures
    title: str
    note: str


@click.group()
def vector() -> None:
    """Roads, points and areas of a file turned into figures of every unit."""


@vector.command()
@click.argument("file", type=FILE)
@click.option("--indicator", default="", help="Id of the indicator that the figures are of.")
@click.option("--new", multiple=True, help="FIELD=VALUE of a new indicator; may be repeated.")
@click.option("--stat", required=True, type=click.Choice(VECTOR_OPERATIONS))
@click.option("--period", required=True, help="That the layer shows, as 2021-08.")
@click.option("--status", type=click.Choice(STATUSES), default="estimate", show_default=True)
@click.option("--layer", default="", help="Name of the layer, where the file has several.")
@click.option("--where", multiple=True, help="COLUMN=VALUE,VALUE; may be repeated.")
@click.option("--subject", default="", help="What these features are called, for the method.")
@click.option("--distance", type=float, help="Metres, for share_within.")
@click.option("--measure", type=click.Choice(MEASURES), default="ellipsoid", show_default=True)
@click.option("--complete", is_flag=True, help="Every point is listed: no point means none.")
@click.option("--along-network", is_flag=True, help="nearest: along the lines of --where.")
@click.option("--from", "start", type=click.Choice(WAY_STARTS), default="seat", show_default=True,
              help="nearest: from the seat, or the mean from all its lines.")  # fmt: skip
@click.option("--to", multiple=True, help="nearest: features that end the way, COLUMN=VALUE,VALUE.")
@click.option("--to-place", default="", help="nearest: a place that ends the way, LON,LAT.")
@click.option("--to-name", default="", help="What the end of the way is called.")
@click.option("--access", type=float, default=1000.0, show_default=True,
              help="Longest straight way from a seat to the network, metres.")  # fmt: skip
@click.option("--extent", default="", help="WEST,SOUTH,EAST,NORTH that the layer was made for.")
@click.option("--min-coverage", type=click.FloatRange(0, 1), default=0.95, show_default=True)
@click.option(
    "--exactness", default="", help="How complete and exact it is, said with each figure."
)
@click.option("--title", default="", help="Of the publication; else the name of the indicator.")
@click.option("--note", default="", help="A remark.")
@click.option("--source-title", required=True, help="Title of the data set.")
@click.option("--source-issuer", default="", help="Who made it, and is to be credited.")
@click.option("--source-date", default="", help="Its date, as 2021-08.")
@click.option("--source-url", default="", help="Where it was taken from.")
@click.option("--source-licence", default="", help="Its licence, as ODbL 1.0.")
@ACCOUNT
@WRITE
@JSON
@LANGUAGE
def add(
    file: Path, *, account: str, write: bool, as_json: bool, lang: Language, **options: object
) -> None:  # fmt: skip
    """Say what the features in FILE would give every unit; with --write, publish it.

    FILE is a GeoPackage, GeoJSON, KML, KMZ or zipped shapefile. --stat length, density (km per
    100 km²), count (points), share_within (per cent of the area within --distance) or nearest (km
    from the unit's seat, or the mean from its lines). Units of all eras get their figures in one
    pass. A field of --new is one of those of the form for a new indicator: name_vi, name_en, theme,
    measure_unit, kind …
    """
    said: dict[str, Any] = options
    with ledger_session() as session:
        computed = _computed(session.service.store, file, said)
        plan = plan_derived(session.ledger, session.service.store, computed.derived)
        request = PublicationRequest(
            session.writer(account), computed.title, based_on=plan.based_on, note=computed.note
        )
        may = rights_of(session.service.store, request.writer.account_id)
        if write:
            written = session.service.publish_derived(computed.derived, request, may)
            print_outcome(written, as_json, lang)
            return
        session.service.check_derived(computed.derived, request, may)
        if as_json:
            click.echo(json.dumps(_document(computed), ensure_ascii=False, indent=1))
        else:
            print_lines(_lines(computed.outcome), lang)
            print_lines(plan_lines(plan), lang)
        tell_dry_run(as_json, lang)


def _computed(store: Store, file: Path, said: dict[str, Any]) -> _Computed:
    made = _new_indicator(store, said["new"])
    if bool(made) == bool(said["indicator"]):
        raise InvalidInput(Message("Name an indicator with --indicator, or make one with --new"))
    indicator = made.indicator if made else store.indicator(said["indicator"])
    recipe = _recipe(file, indicator.id, said)
    outcome = vector_figures(
        recipe, read_vector_file(file, recipe.layer), units_of_store(store, indicator)
    )
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    derived = derived_of_features(recipe, outcome, sha256, _source(said), (made,) if made else ())
    return _Computed(outcome, derived, said["title"] or indicator.name.vi, said["note"])


def _new_indicator(store: Store, fields: Sequence[str]) -> NewIndicator | None:
    if not fields:
        return None
    form = {}
    for field in fields:
        name, sign, value = field.partition("=")
        if not sign:
            what, form_of_it = Message("Not a field of the new indicator"), Message("FIELD=VALUE")
            raise InvalidInput(what, found=field, allowed=form_of_it)
        form[name.strip()] = value.strip()
    return new_indicator(form, StoreFacts(store).catalogue, LEVELS[-2])


def _recipe(file: Path, indicator: str, said: dict[str, Any]) -> VectorRecipe:
    figure = VectorFigure(
        indicator=indicator,
        operation=said["stat"],
        where=tuple(parse_filter(each) for each in said["where"]),
        subject=Text(said["subject"]),
        distance_m=said["distance"],
        measure=said["measure"],
        complete=said["complete"],
        network=said["along_network"],
        start=said["start"],
        to=_destination(said),
        access_m=said["access"],
    )
    verify_figure(figure, file.name)
    extent = _degrees(said["extent"], Message("WEST,SOUTH,EAST,NORTH")) if said["extent"] else ()
    verify_extent(extent, file.name)
    return VectorRecipe(
        file=file.name,
        layer=said["layer"],
        source="",
        period=parse_period(said["period"]).code,
        exactness=Text(said["exactness"]),
        statistics=(figure,),
        where=file.name,
        status=said["status"],
        extent=extent,
        min_coverage=said["min_coverage"],
    )


def _destination(said: dict[str, Any]) -> Destination | None:
    if not said["to"] and not said["to_place"]:
        return None
    if said["to"] and said["to_place"]:
        what = Message("Name either the features or the place that the way leads to")
        raise InvalidInput(what, found=said["to_place"])
    filters = tuple(parse_filter(each) for each in said["to"])
    name = Text(said["to_name"])
    if filters:
        return Destination(filters, name=name)
    form = Message("LON,LAT in degrees")
    place = _degrees(said["to_place"], form)
    if len(place) != 2 or abs(place[0]) > 180 or abs(place[1]) > 90:
        raise InvalidInput(Message("Not a coordinate"), found=said["to_place"], allowed=form)
    return Destination(lonlat=(place[0], place[1]), name=name)


def _degrees(text: str, form: Message) -> tuple[float, ...]:
    try:
        return tuple(parse_decimal(part.strip()) for part in text.split(","))
    except ValueError:
        raise InvalidInput(Message("Not a coordinate"), found=text, allowed=form) from None


def _source(said: dict[str, Any]) -> TableSource:
    names = ("title", "issuer", "date", "url", "licence")
    return TableSource(**{name: said[f"source_{name}"] for name in names})


def _lines(outcome: VectorOutcome) -> Iterator[Localised]:
    """How many units of each level get a figure and of what size, and why others get none."""
    if outcome.figures:
        yield outcome.figures[0].method
    for level in LEVELS:
        values = [each.value for each in outcome.figures if each.unit.level == level]
        if values:
            yield Message(
                "{level}: {n} units of all eras, lowest {low}, middle {middle}, highest {high}",
                level=_level_name(level),
                n=len(values),
                low=_number(min(values)),
                middle=_number(median(values)),
                high=_number(max(values)),
            )
    reasons = Counter(Text.of(each.why) for each in outcome.left_out)
    for why, count in reasons.most_common(_MOST_REASONS):
        yield Message.plural(
            "{n} unit gets no figure: {why}", "{n} units get no figure: {why}", count, why=why
        )


def _number(value: float) -> Localised:
    return Formatted(format_number, value)


_LEVEL_NAMES: dict[Level, Message] = {
    "province": Message("Province"),
    "district": Message("Districts"),
    "commune": Message("Communes"),
    "village": Message("Villages"),
}


def _level_name(level: Level) -> Localised:
    return _LEVEL_NAMES[level]


def _document(computed: _Computed) -> dict[str, Any]:
    return {
        "recipe": dict(computed.derived.recipe),
        "figures": [
            {
                "unit": each.unit.unit_id,
                "value": each.value,
                "coverage": each.coverage,
                "doubt": each.doubt.vi,
                "method": each.method.vi,
            }
            for each in computed.outcome.figures
        ],
        "left_out": [
            {"unit": each.unit.unit_id, "why": Text.of(each.why).vi}
            for each in computed.outcome.left_out
        ],
    }
