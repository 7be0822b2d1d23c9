"""A list of places handed in: what it would give, as one report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from geodata.dataset import Dataset
from geodata.errors import InvalidInput
from geodata.i18n import Message, Text
from geodata.ledger.list_content import (
    COMPLETE,
    ListContent,
    ListedRecord,
    PlaceScope,
    place_content,
)
from geodata.ledger.listed_records import RecordKey
from geodata.ledger.revision_writer import NewEntries
from geodata.list_import.list_findings import source_finding
from geodata.list_import.list_report import Candidate, ListColumn, ListQuestion, ListReport
from geodata.list_import.list_totals import list_totals, total_findings
from geodata.list_import.listed_file import ListedFile
from geodata.list_import.table_kind import FoundKind
from geodata.model import (
    Classification,
    Indicator,
    MeasureUnit,
    Place,
    PlaceCategory,
)
from geodata.places.list_check import check_places
from geodata.places.place_findings import WHICH_THEME
from geodata.places.place_report import PlaceOptions, PlaceReport
from geodata.places.place_vocabulary import PLACE_VOCABULARY
from geodata.point_tables.coordinate_detection import validate_crs
from geodata.point_tables.table_file import TableFile
from geodata.table_import.answers_json import answers_document
from geodata.table_import.checks.violations import in_order
from geodata.table_import.list_answers import NEW_INDICATOR
from geodata.table_import.report_records import Answers, Finding
from geodata.vietnamese_names import match_key

_COUNTED = Text.of(Message("places"))
_PLACES = MeasureUnit("place", _COUNTED, _COUNTED, True)
"""What counts of places are measured in."""


def prepare_places(
    file: ListedFile, kind: FoundKind, answers: Answers, dataset: Dataset
) -> ListReport:
    """Read a list of places and say what publishing it would give; nothing is written.

    Parameters
    ----------
    kind
        What speaks for a list of places, with the sheet it stands in.
    dataset
        As it is served: with the categories that were published.

    Raises
    ------
    FileFault, InvalidInput
        The file as a whole cannot be understood, or an answer is none.
    """
    said = answers.lists
    options = PlaceOptions(
        layer=answers.sheet or kind.sheet,
        crs=validate_crs(said.crs) if said.crs else "",
        columns=said.columns,
        category=said.category,
        categories=said.categories,
        new_categories=said.new_categories,
        communes=said.communes,
    )
    table = file.read(PLACE_VOCABULARY, options.layer, tuple(said.columns.values()))
    found = check_places(table, file.name, file.sha256, options, dataset)
    used = _used_categories(found)
    brought = _brought(found, used, dataset)
    indicators = {one.id: one.indicator for one in brought.place_categories}
    totals = list_totals(table, found.columns.by_field.values())
    findings = (
        *found.findings,
        *_without_theme(_made_categories(found, used)),
        *total_findings(totals),
        *source_finding(answers.source),
    )
    report = ListReport(
        file=file.name,
        sha256=file.sha256,
        kind=kind,
        answers=answers,
        columns=tuple(list_columns(table, found.columns.by_field)),
        rows=len(table.rows),
        entries=len(found.places),
        position_note=found.position_note,
        units=_units(found),
        findings=in_order(findings, answers.confirmed),
        totals=totals,
        notes=found.notes,
        questions=tuple(_questions(found, answers, dataset)),
        meant_categories={match_key(e.written): e.category.id for e in found.categories},
        places=found.places,
        categories=tuple(
            replace(one, indicator=indicators.get(one.id, one.indicator)) for one in used
        ),
    )
    return replace(report, content=_content(report, found, table, brought))


def list_columns(table: TableFile, by_field: Mapping[str, str]) -> Iterator[ListColumn]:
    """The columns of a list with what each holds."""
    fields = {column: name for name, column in by_field.items()}
    for column in table.columns:
        given = sum(bool(row.cells[column]) for row in table.rows)
        yield ListColumn(column, fields.get(column, ""), given, table.numbers[column])


def _used_categories(found: PlaceReport) -> list[PlaceCategory]:
    used = {place.category for place in found.places}
    listed = {one.category.id: one.category for one in found.categories}
    return [category for name, category in listed.items() if name in used]


def _units(found: PlaceReport) -> dict[str, int]:
    return {
        "matched": len({place.unit_id for place in found.places}),
        "unmatched": len(found.communes),
        "doubled": sum(each.count for each in found.findings if each.code == "D05"),
        "asked": sum(each.unplaced > 0 for each in found.communes)
        + sum(each.asked for each in found.categories),
        "ignored": sum(each.count for each in found.findings if each.code == "D12"),
        "absent": 0,
    }


def _questions(found: PlaceReport, answers: Answers, dataset: Dataset) -> Iterator[ListQuestion]:
    known = dataset.catalogue.place_categories
    said = {match_key(text): answer for text, answer in answers.lists.categories.items()}
    for each in found.categories:
        key = match_key(each.written)
        if each.new or key in said:
            alike = [one.id for one in each.alike]
            rest = [name for name in known if name not in alike]
            candidates = tuple(Candidate(name, known[name].name) for name in [*alike, *rest])
            answer = None if each.asked else said.get(key, "")
            yield ListQuestion("category", key, each.written, "", each.rows, 0, candidates, answer)
    for commune in found.communes:
        candidates = tuple(Candidate(unit.unit_id, unit.full_name) for unit in commune.alike)
        key = match_key(commune.written)
        yield ListQuestion("commune", key, commune.written, "", commune.rows, 0, candidates)
    for text, unit_id in answers.lists.communes.items():
        yield ListQuestion("commune", match_key(text), text, "", 0, 0, (), unit_id)


def _brought(found: PlaceReport, used: Iterable[PlaceCategory], dataset: Dataset) -> NewEntries:
    """The new categories that places have, each with the indicator that counts them.

    Raises
    ------
    InvalidInput
        A category names a theme or an indicator that there is not.
    """
    made = _made_categories(found, used)
    for category in made:
        _verify_category(category, dataset)
    counting = {
        one.id: count_indicator(one, dataset)
        for one in made
        if one.indicator == NEW_INDICATOR and one.theme
    }
    categories = [
        replace(one, indicator=counting[one.id].id) if one.id in counting else one for one in made
    ]
    return NewEntries(indicators=[*counting.values()], place_categories=categories)


def _made_categories(found: PlaceReport, used: Iterable[PlaceCategory]) -> list[PlaceCategory]:
    new = {each.category.id for each in found.categories if each.new}
    return [one for one in used if one.id in new]


def _without_theme(made: Iterable[PlaceCategory]) -> Iterator[Finding]:
    """New categories whose indicator has nowhere to stand."""
    for one in made:
        if one.indicator == NEW_INDICATOR and not one.theme:
            yield Finding(
                WHICH_THEME.code,
                WHICH_THEME.severity,
                Message("Which theme has the number of “{name}”?", name=one.name),
                remedy=Message("Choose the theme of the category, or do not count its places"),
                value=one.name.vi,
            )


def _verify_category(category: PlaceCategory, dataset: Dataset) -> None:
    catalogue, where = dataset.catalogue, category.name.vi
    if category.theme and category.theme not in catalogue.themes:
        what = Message("There is no such theme")
        raise InvalidInput(what, category.theme, tuple(catalogue.themes), where=where)
    if category.indicator in ("", NEW_INDICATOR):
        return
    counted = {one.indicator: one for one in catalogue.place_categories.values()}
    indicator = catalogue.indicators.get(category.indicator)
    if indicator is None or indicator.kind != "count":
        what = Message("There is no such indicator of kind count")
        raise InvalidInput(what, category.indicator, where=where)
    if category.indicator in counted:
        what = Message("The indicator counts the places of another category already")
        other = counted[category.indicator].name.vi
        raise InvalidInput(what, f"{category.indicator}: {other}", where=where)


def count_indicator(category: PlaceCategory, dataset: Dataset) -> Indicator:
    """The indicator that counts the places of a new category in each commune and above."""
    taken = dataset.catalogue.indicators
    number, found = 1, f"number_of_{category.id}"
    while found in taken:
        number += 1
        found = f"number_of_{category.id}_{number}"
    name = category.name
    inside = Text(name.vi[:1].lower() + name.vi[1:], name.en[:1].lower() + name.en[1:])
    levels = {unit.level for unit in dataset.units if unit.valid_to is None}
    return Indicator(
        id=found,
        theme=category.theme,
        group=Text(""),
        name=Text.of(Message("Number of {name}", name=inside)),
        definition=Text.of(
            Message("Places of the category “{name}”, counted in the lists published", name=name)
        ),
        measure_unit=dataset.catalogue.measure_units.get(_PLACES.id, _PLACES),
        kind="count",
        numerator=None,
        denominator=None,
        ratio_factor=None,
        direction="neutral",
        decimals=0,
        minimum=0.0,
        maximum=None,
        levels=tuple(level for level in ("province", "district", "commune") if level in levels),
        not_applicable_kinds=(),
        classification=Classification(),
        palette="",
        style="",
    )


def _content(
    report: ListReport, found: PlaceReport, table: TableFile, brought: NewEntries
) -> ListContent:
    rows = {place.id: row for place, row in zip(found.places, found.rows, strict=True)}
    records = {
        RecordKey("place", place.id): _record(place, table.sheet, rows[place.id])
        for place in found.places
    }
    said = report.answers.lists
    categories = frozenset(place.category for place in found.places)
    scope = PlaceScope()
    if said.scope == "communes":
        scope = PlaceScope(categories, frozenset(place.unit_id for place in found.places))
    if said.scope == "all":
        scope = PlaceScope(categories, None)
        for category in sorted(categories):
            records[RecordKey("complete", category)] = ListedRecord(COMPLETE)
    return ListContent(
        file=report.file,
        sha256=report.sha256,
        records=records,
        scope=scope,
        brought=brought,
        answers=answers_document(report.answers),
    )


def _record(place: Place, sheet: str, row: int) -> ListedRecord:
    return ListedRecord(place_content(place), sheet, str(row))
