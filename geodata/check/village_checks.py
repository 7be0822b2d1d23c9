"""Verify that villages lie in communes, are named once there, and stand in what names them."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.check.check_faults import check_fault, missing_translations, table_cell
from geodata.dataset import Dataset
from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Message
from geodata.locale_numbers import value_occurs_in
from geodata.model import Unit, VillageMention
from geodata.period import parse_period
from geodata.vietnamese_names import match_key, normalise
from geodata.villages.village_units import KINDS

_MENTIONS, _CHANGES = "village_mentions", "village_changes"


def check_villages(dataset: Dataset) -> Iterator[FileFault]:
    """Parents, kinds, names doubled within a commune, mentions and changes with their quotes."""
    units = {unit.unit_id: unit for unit in dataset.units}
    yield from _units(dataset, units)
    for index, mention in enumerate(dataset.mentions):
        yield from _mention(index, mention, units, dataset)
    yield from _changes(dataset, units)


def _units(dataset: Dataset, units: dict[str, Unit]) -> Iterator[FileFault]:
    seen: dict[tuple[str, str, str], str] = {}
    mentioned = {mention.unit_id for mention in dataset.mentions}
    for index, unit in enumerate(dataset.units):
        if unit.level != "village":
            continue
        parent = units.get(unit.parent_id or "")
        if parent is not None and parent.level != "commune":
            said = Message("A village must lie in a commune")
            yield check_fault(
                table_cell("units", index, "parent_id"), said, f"{unit.unit_id}: {parent.level}"
            )
        elif parent is not None and not unit.code.startswith(parent.code):
            said = Message("The code is not of the commune")
            yield check_fault(
                table_cell("units", index, "code"), said, unit.code, f"{parent.code}…"
            )
        if unit.kind not in KINDS:
            said = Message("There is no such kind of village")
            yield check_fault(table_cell("units", index, "kind"), said, unit.kind, ", ".join(KINDS))
        key = unit.parent_id or "", unit.kind, match_key(unit.name.vi)
        if key in seen:
            said = Message("The name stands twice in one commune")
            yield check_fault(
                table_cell("units", index, "name_vi"), said, unit.full_name.vi, seen[key]
            )
        seen.setdefault(key, unit.unit_id)
        if unit.boundary_quality == "none" and unit.unit_id not in mentioned:
            said = Message("No document names the village")
            yield check_fault(table_cell("units", index, "unit_id"), said, unit.unit_id)


def _mention(
    index: int, mention: VillageMention, units: dict[str, Unit], dataset: Dataset
) -> Iterator[FileFault]:
    unit = units.get(mention.unit_id)
    if unit is None or unit.level != "village":
        said = Message("There is no such village")
        yield check_fault(table_cell(_MENTIONS, index, "unit_id"), said, mention.unit_id)
    else:
        names = {match_key(name) for name in (unit.name.vi, *unit.aliases)}
        if match_key(mention.name) not in names:
            said = Message("The name is not one of the village's")
            allowed = ", ".join((unit.name.vi, *unit.aliases))
            yield check_fault(table_cell(_MENTIONS, index, "name"), said, mention.name, allowed)
    yield from _record(_MENTIONS, index, mention.source_id, mention.period, dataset)
    for field in ("doubt", "note"):
        yield from missing_translations(
            table_cell(_MENTIONS, index, field), getattr(mention, field)
        )
    if mention.quote and normalise(mention.name) not in normalise(mention.quote):
        said = Message("The name does not stand in the quote")
        yield check_fault(table_cell(_MENTIONS, index, "quote"), said, mention.name, mention.quote)
    source = dataset.catalogue.sources.get(mention.source_id)
    if source is not None and source.kind == "report" and not mention.quote:
        said = Message("A name of a document without a quote")
        yield check_fault(table_cell(_MENTIONS, index, "quote"), said, mention.unit_id)


def _changes(dataset: Dataset, units: dict[str, Unit]) -> Iterator[FileFault]:
    for index, change in enumerate(dataset.changes):
        commune = units.get(change.commune_id)
        if commune is None or commune.level != "commune":
            said = Message("There is no such commune")
            yield check_fault(table_cell(_CHANGES, index, "commune_id"), said, change.commune_id)
        yield from _record(_CHANGES, index, change.source_id, change.period, dataset)
        for field in ("doubt", "note"):
            yield from missing_translations(
                table_cell(_CHANGES, index, field), getattr(change, field)
            )
        for count in (*change.before, *change.after):
            kind, _, number = count.partition(":")
            if kind not in KINDS or not number.isdigit():
                said = Message("Malformed number of villages")
                yield check_fault(table_cell(_CHANGES, index, "before"), said, count, "hamlet:35")
            elif change.quote and not value_occurs_in(float(number), change.quote):
                said = Message("The number does not stand in the quote")
                yield check_fault(table_cell(_CHANGES, index, "quote"), said, count, change.quote)


def _record(
    table: str, index: int, source_id: str, period: str, dataset: Dataset
) -> Iterator[FileFault]:
    if source_id not in dataset.catalogue.sources:
        said = Message("There is no such source")
        yield check_fault(table_cell(table, index, "source_id"), said, source_id)
    try:
        parse_period(period)
    except InvalidInput as error:
        yield check_fault(table_cell(table, index, "period"), error.what, period)
