"""By which concepts the figures of a table are counted, as a person states it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from geodata.catalogue import Catalogue
from geodata.i18n import Message
from geodata.model import Concept
from geodata.series_id import series_id
from geodata.table_import.column_records import EACH_ROW, ColumnMeaning
from geodata.table_import.report_records import Answers, Finding, ImportedValue
from geodata.toml_reader import nearest_names


def concepts_of(catalogue: Catalogue, answers: Answers) -> dict[str, Concept]:
    """The concepts that figures can state: those of the catalogue and those just made.

    One that has been published since it was made is what the catalogue says.
    """
    return {**{one.id: one for one in answers.new_concepts}, **catalogue.concepts}


def stating_concepts(
    meanings: Iterable[ColumnMeaning], answers: Answers
) -> tuple[ColumnMeaning, ...]:
    """The columns of figures with the concept said of each, or else of all."""
    said = {path: meaning.concept for path, meaning in answers.columns.items()}
    return tuple(
        replace(each, concept=said.get(each.path) or answers.concept)
        if each.use == "value"
        else each
        for each in meanings
    )


def concept_findings(
    meanings: Sequence[ColumnMeaning], known: Mapping[str, Concept], answers: Answers
) -> Iterator[Finding]:
    """Finding ``K01`` for each concept that is stated and that nobody knows."""
    stated = {each.concept for each in meanings if each.concept} | {answers.concept}
    for name in sorted(stated - known.keys() - {""}):
        yield Finding(
            "K01",
            "error",
            Message("There is no such concept"),
            Message("One of {names}", names="; ".join(nearest_names(name, known) or known)),
            Message("Choose one of the list, or make a new one"),
            value=name,
        )


class ConceptOfValue:
    """The concept of each figure of a table, by its column and, in a long table, its row's text."""

    def __init__(self, meanings: Sequence[ColumnMeaning]) -> None:
        self._by_column = {(each.column, each.indicator): each.concept for each in meanings}
        self._by_series = {each.indicator: each.concept for each in meanings if each.indicator}

    def of(self, value: ImportedValue) -> str:
        """Id of the concept; empty where none is stated."""
        name, column = value.indicator, value.place.column
        series = series_id(name, value.dimensions)
        if (column, series) in self._by_column:
            return self._by_column[column, series]
        if (column, EACH_ROW) in self._by_column:
            of_rows = self._by_series.get(series, self._by_series.get(name, ""))
            return of_rows or self._by_column[column, EACH_ROW]
        return self._by_column.get((column, name), "")
