"""What a publication holds, whatever its figures were made from: a table, or a computation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from geodata.errors import InvalidInput
from geodata.i18n import Message, Text
from geodata.ledger.derived_figures import DerivedFigures
from geodata.ledger.ledger_records import Cell, Derivation, SeriesKey
from geodata.ledger.new_entries import new_concepts, new_entries
from geodata.ledger.revision_writer import NewEntries
from geodata.ledger.series_keys import series_key
from geodata.ledger.value_bounds import verify_class, verify_value
from geodata.model import STATUSES, Indicator
from geodata.model.absent_figures import AbsenceKind
from geodata.period import parse_period
from geodata.series_id import series_id
from geodata.store import Store
from geodata.table_import.answers_json import answers_document
from geodata.table_import.column_records import NewIndicator, TableSource
from geodata.table_import.columns.column_concepts import ConceptOfValue
from geodata.table_import.known_facts import StoreFacts
from geodata.table_import.report_records import ImportedValue, ImportReport, Marker

_ABSENCES: dict[Marker, AbsenceKind] = {
    "not_applicable": "not_applicable",
    "withheld": "not_published",
}
"""What becomes of the signs that say why there is no figure; the others say nothing."""


class NewFigure(NamedTuple):
    """A value, a class, or why there is none, with what is kept beside it as in `Change`.

    ``concept`` is the id of the concept that is stated of it, empty without one.
    """

    value: float | None
    doubt: Text
    sheet: str = ""
    address: str = ""
    raw: str = ""
    derivation: Derivation | None = None
    absence: AbsenceKind | Literal[""] = ""
    category: str = ""
    concept: str = ""

    def cell(self, origin: int) -> Cell:
        """What the cell says since the revision of this number."""
        return Cell(origin, True, self.value, self.absence, self.category)


@dataclass(frozen=True, slots=True)
class PublicationContent:
    """The figures of a publication, verified as far as can be done without the ledger.

    Parameters
    ----------
    file, sha256, recipe, answers, confirmed, source
        As in `ledger_records.Revision`.
    figures
        By series.
    blank
        Cells without a value, or units without a figure.
    brought
        What they bring along for the catalogue.
    """

    file: str
    sha256: str
    figures: dict[SeriesKey, NewFigure]
    blank: int
    brought: NewEntries
    recipe: str
    answers: object
    confirmed: dict[str, str]
    source: TableSource


def content_of_report(report: ImportReport, store: Store) -> PublicationContent:
    """What the reading of a table came to, to be published.

    Raises
    ------
    InvalidInput
        The report may not be published, or a figure names what the store does not know.
    """
    values = _values(report, store)
    brought, known = _entries(report.answers.new_indicators, values, store)
    concepts = ConceptOfValue(report.columns)
    figures = {key: _of_cell(value, concepts.of(value)) for key, value in values.items()}
    stated = {figure.concept for figure in figures.values()}
    new = new_concepts(report.answers.new_concepts, stated, brought.indicators, store)
    for key, value in values.items():
        _verify_kind(known[key.series], value, report)
    return PublicationContent(
        file=report.file,
        sha256=report.sha256,
        figures=figures,
        blank=sum(not value.told and value.marker not in _ABSENCES for value in report.values),
        brought=replace(brought, concepts=new),
        recipe=report.recipe,
        answers=answers_document(report.answers),
        confirmed={each.code: each.reason for each in report.findings if each.reason},
        source=report.answers.source,
    )


def content_of_derived(derived: DerivedFigures, store: Store) -> PublicationContent:
    """Computed figures, to be published.

    Raises
    ------
    InvalidInput
        There is none, one of them is impossible or does not say how it was computed, or one names
        what the store does not know.
    """
    figures: dict[SeriesKey, NewFigure] = {}
    for one in derived.figures:
        key = one.key._replace(period=parse_period(one.key.period).code)
        if key in figures:
            what = Message("Two values were computed for the same figure")
            raise InvalidInput(what, found=" ".join(filter(None, key)), where=derived.file)
        if not one.derivation.method:
            what = Message("A computed figure must say how it was computed")
            raise InvalidInput(what, found=" ".join(filter(None, key)), where=derived.file)
        figures[key] = NewFigure(one.value, one.doubt, derivation=one.derivation)
    if not figures:
        what = Message("No unit gets a figure")
        raise InvalidInput(what, where=derived.file)
    _verify_keys(figures, store)
    brought, known = _entries(derived.new_indicators, figures, store)
    for key, figure in figures.items():
        where = f"{derived.file} {key.unit_id} {key.series} {key.period}"
        if figure.value is not None:
            verify_value(known[key.series], figure.value, where)
    return PublicationContent(
        file=derived.file,
        sha256=derived.sha256,
        figures=figures,
        blank=derived.left_out,
        brought=brought,
        recipe=derived.recipe_name,
        answers={"derived": dict(derived.recipe) | {"sha256": derived.sha256}},
        confirmed={},
        source=derived.source,
    )


def _of_cell(value: ImportedValue, concept: str) -> NewFigure:
    place = value.place
    absence: AbsenceKind | Literal[""] = _ABSENCES.get(value.marker, "")
    return NewFigure(
        value.value,
        Text.of(value.doubt),
        place.sheet,
        place.address,
        value.raw,
        absence=absence,
        category=value.category,
        concept=concept,
    )


def _verify_kind(indicator: Indicator, value: ImportedValue, report: ImportReport) -> None:
    """Numbers belong to indicators of numbers, classes to those whose list has them."""
    where = f"{report.file} {value.place.sheet} {value.place.address}"
    if value.category:
        verify_class(indicator, value.category, where)
    elif value.value is not None and indicator.kind == "category":
        verify_value(indicator, value.value, where)


def _entries(
    new: tuple[NewIndicator, ...], keys: Iterable[SeriesKey], store: Store
) -> tuple[NewEntries, Mapping[str, Indicator]]:
    """What comes along for the catalogue, and all indicators that are known with it.

    Raises
    ------
    InvalidInput
        A figure is of an indicator that nobody knows.
    """
    catalogue = StoreFacts(store).catalogue
    used = {key.series for key in keys}
    brought = new_entries(new, used, catalogue)
    known = catalogue.indicators | {one.id: one for one in brought.indicators}
    for name in used:
        if name not in known:
            what = Message("No such indicator")
            remedy = Message("Choose an indicator for the column, or make a new one")
            raise InvalidInput(what, found=name, remedy=remedy)
    return brought, known


def _values(report: ImportReport, store: Store) -> dict[SeriesKey, ImportedValue]:
    """The figures of a table by series, and what it says cannot be; blanks are none of them."""
    if not report.publishable:
        raise InvalidInput(
            Message("The table cannot be published yet"),
            found=", ".join(sorted({f.code for f in report.findings if f.severity != "note"})),
            remedy=Message("Correct what the report calls an error and confirm the doubts"),
            where=report.file,
        )
    found: dict[SeriesKey, ImportedValue] = {}
    layers: dict[tuple[str, str, str], SeriesKey] = {}
    for value in report.values:
        if not value.told and value.marker not in _ABSENCES:
            continue
        named = value.indicator, value.dimensions, value.period
        if named not in layers:
            period = parse_period(value.period).code
            series = series_id(value.indicator, value.dimensions)
            layers[named] = series_key(store, series, period, "", "")
        key = SeriesKey(*layers[named][:3], value.status, value.unit_id)
        if key in found and _told(found[key]) != _told(value):
            raise _contradiction(report, found[key], value)
        found[key] = value
    _verify_keys(found, store)
    return found


def _told(value: ImportedValue) -> tuple[float | None, str, str]:
    return value.value, value.category, value.marker


def _verify_keys(keys: Iterable[SeriesKey], store: Store) -> None:
    listed = list(keys)
    for unit_id in dict.fromkeys(key.unit_id for key in listed):
        store.unit(unit_id)
    for status in dict.fromkeys(key.status for key in listed):
        if status not in STATUSES:
            raise InvalidInput(Message("No such status"), found=status, allowed=STATUSES)


def _contradiction(report: ImportReport, one: ImportedValue, other: ImportedValue) -> InvalidInput:
    return InvalidInput(
        Message("Two cells give different values of the same figure"),
        found=f"{one.place.address}: {one.raw}; {other.place.address}: {other.raw}",
        remedy=Message("Leave one of them out"),
        where=f"{report.file} {one.place.sheet}",
    )
