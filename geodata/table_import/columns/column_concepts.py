"""By which concepts the figures of a table are counted, as a person states it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from geodata.catalogue import Catalogue
from geodata.i18n import LANGUAGES, Message
from geodata.model import Concept
from geodata.series_id import series_id
from geodata.table_import.column_records import EACH_ROW, ColumnMeaning
from geodata.table_import.columns.office_words import content_words
from geodata.table_import.report_records import Answers, Finding, ImportedValue
from geodata.toml_reader import nearest_names

NOT_AS_NAMED = "-"
"""An answer about a column: the concept that its header names is not meant."""
_OF_TIME = frozenset({"nam", "year", "the"})


def concepts_of(catalogue: Catalogue, answers: Answers) -> dict[str, Concept]:
    """The concepts that figures can state: those of the catalogue and those just made.

    One that has been published since it was made is what the catalogue says.
    """
    return {**{one.id: one for one in answers.new_concepts}, **catalogue.concepts}


def stating_concepts(
    meanings: Iterable[ColumnMeaning],
    answers: Answers,
    known: Mapping[str, Concept] = MappingProxyType({}),
    titles: Sequence[str] = (),
) -> tuple[ColumnMeaning, ...]:
    """The columns of figures with the concept said of each, or of all, or named by the header.

    Parameters
    ----------
    known
        The concepts that there are, by id.
    titles
        What the lines above the table name.
    """
    said = {path: meaning.concept for path, meaning in answers.columns.items()}

    def of(meaning: ColumnMeaning) -> str:
        own = said.get(meaning.path, "")
        stated = answers.concept if own in ("", NOT_AS_NAMED) else own
        return stated or ("" if own else concept_named(meaning, known, titles))

    return tuple(
        replace(each, concept=of(each)) if each.use == "value" else each for each in meanings
    )


def concept_named(
    meaning: ColumnMeaning, known: Mapping[str, Concept], titles: Sequence[str]
) -> str:
    """The one concept whose name a header has, or header and title together; empty without one.

    ``Dân số trung bình năm 2024`` is the average population of the year.
    """
    series = meaning.indicator or next((each.indicator for each in meaning.proposals), "")
    words = set(content_words(" ".join((*meaning.path, *titles))))
    found = [one.id for one in known.values() if series in one.indicators and _told_by(one, words)]
    return found[0] if len(found) == 1 else ""


def _told_by(concept: Concept, words: set[str]) -> bool:
    names = (set(content_words(concept.name[language])) - _OF_TIME for language in LANGUAGES)
    return any(name and name <= words for name in names)


def concept_findings(
    meanings: Sequence[ColumnMeaning], known: Mapping[str, Concept], answers: Answers
) -> Iterator[Finding]:
    """Finding ``K01`` for each concept that nobody knows, ``K02`` for each that a header names."""
    named = [each for each in meanings if each.concept and each.concept in known]
    for each in named:
        said = answers.columns.get(each.path)
        if not answers.concept and (said is None or not said.concept):
            yield Finding(
                "K02",
                "note",
                Message("The header says how the figures are counted"),
                known[each.concept].name,
                Message("Choose another concept for the column where this is not meant"),
                value=" / ".join(each.path),
            )
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
