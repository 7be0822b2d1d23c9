"""The columns of a table whose cells are words that may name the classes of an indicator.

Few different words that come back row after row (``Đạt``, ``Không đạt``), or marks in the rows of
the units that belong to a list, speak for classes; a header that names a category does so whatever
stands below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from geodata.i18n import Message
from geodata.model import Indicator, Level, MeasureUnit
from geodata.readers.sheet import cell_text
from geodata.table_import.column_records import ColumnMeaning, IndicatorProposal
from geodata.table_import.columns.class_words import ClassWords, is_member_mark
from geodata.table_import.columns.column_words import ColumnWords, column_words, read_words
from geodata.table_import.columns.header_words import header_words
from geodata.table_import.columns.indicator_search import (
    MOST_PROPOSALS,
    ColumnQuery,
    IndicatorSearch,
    clear_choice,
)
from geodata.table_import.columns.table_title import titles_of
from geodata.table_import.layout_records import TableColumn, TableLayout, TableRow

_ASKED_FROM = 60.0
"""Score of a header from which a column of words is asked about rather than left aside."""

_BY_CELLS, _BY_BOTH = 70.0, 84.0


class ClassColumns:
    """The columns of one table that may hold classes, with their words.

    Parameters
    ----------
    indicators
        All that a column can hold.
    level
        Level of the table's units.
    measure_units
        By which headers are taken apart.
    """

    def __init__(
        self,
        layout: TableLayout,
        indicators: Mapping[str, Indicator],
        level: Level,
        measure_units: Iterable[MeasureUnit],
    ) -> None:
        self.layout, self.indicators = layout, indicators
        self.measure_units = tuple(measure_units)
        self.titles = titles_of(layout.letterhead)
        self.search = IndicatorSearch(indicators.values(), level, categories=True)
        figures = any(column.role == "value" for column in layout.columns)
        self.long = layout.column("indicator") is not None and not figures
        self.words = dict(self._found())

    def _found(self) -> Iterator[tuple[int, ColumnWords]]:
        rows = self.layout.data_rows()
        for column in self.layout.columns:
            if not column.path or column.role not in ("text", "value"):
                continue
            named = self._named(column)
            marked = all(is_member_mark(cell_text(each)) for each in column.samples)
            if column.role == "value" and not (named or marked):
                continue  # Most columns hold numbers: their cells are not looked through.
            words = column_words(self.layout, column, rows)
            if words.words and self._hold_classes(column, words, named):
                yield column.number, words

    def _hold_classes(
        self, column: TableColumn, words: ColumnWords, named: Indicator | None
    ) -> bool:
        """Whether a column with these words, whose header may name a category, holds classes."""
        if words.marks:
            return True
        if column.role == "value":
            known = ClassWords(named) if named else None
            return known is not None and any(known.code(each.written) for each in words.words)
        return named is not None or words.few or self.long or self.names_classes(words)

    def names_classes(self, words: ColumnWords) -> bool:
        """Whether words are the classes of a category."""
        return bool(_by_cells(words, (), self.search.indicators))

    def _named(self, column: TableColumn) -> Indicator | None:
        """The category that a header names for certain; data files name one by its id."""
        name = column.path[-1]
        if name not in self.indicators:
            names = header_words(column.path, self.measure_units).names
            name = clear_choice(self.search.proposals(ColumnQuery(names, None, self.titles)))
        found = self.indicators.get(name)
        return found if found is not None and found.kind == "category" else None

    def proposals(
        self,
        column: TableColumn,
        query: ColumnQuery,
        numbers: tuple[IndicatorProposal, ...],
    ) -> tuple[IndicatorProposal, ...]:
        """The indicators that a column may hold, the likeliest first.

        Parameters
        ----------
        query
            What is known of the column.
        numbers
            Indicators of numbers by its header. They stand for a column of words only where it has
            nothing but ``x``, which may say of a number that it cannot be.
        """
        words = self.words.get(column.number)
        if words is None:
            return numbers
        classes = self.proposals_of(words, query)
        found = (*classes, *numbers) if column.role == "value" else classes
        return tuple(sorted(found, key=lambda each: -each.score))[:MOST_PROPOSALS]

    def proposals_of(self, words: ColumnWords, query: ColumnQuery) -> tuple[IndicatorProposal, ...]:
        """The categories whose classes some words may name, the likeliest first."""
        by_header = self.search.proposals(replace(query, measure=None, figures=()))
        return _by_cells(words, by_header, self.search.indicators)[:MOST_PROPOSALS]

    def settled(
        self, found: ColumnMeaning, column: TableColumn, answer: ColumnMeaning | None
    ) -> ColumnMeaning:
        """A column of which no indicator is known: asked about, or left aside with its words.

        Words beside figures may be remarks; in a table without figures they are what it tells.
        """
        words = self.words.get(column.number)
        if found.indicator or words is None:
            return found
        asked = answer is not None and (answer.use or answer.indicator)
        alone = all(each.role != "value" for each in self.layout.columns)
        likely = words.marks or any(each.score >= _ASKED_FROM for each in found.proposals)
        use = found.use if asked or likely or alone else "skip"
        return replace(found, use=use, words=words.words)

    def with_classes(
        self,
        found: ColumnMeaning,
        indicator: Indicator,
        answer: ColumnMeaning | None,
        columns: Sequence[TableColumn],
        rows: Sequence[TableRow] = (),
    ) -> ColumnMeaning:
        """A column of a category, with the class that each of its words names.

        Parameters
        ----------
        answer
            What a person says of the column.
        columns
            The column; of a long table those that hold what its rows name.
        rows
            Of one text of the indicator column of a long table; empty for all.
        """
        known = ClassWords(indicator, answer.classes if answer else {})
        told = rows or self.layout.data_rows()
        words = read_words(self.layout, columns[0], told, known) if columns else ()
        return replace(found, measure_unit="", words=words, categories=indicator.categories)


def _by_cells(
    words: ColumnWords,
    by_header: Iterable[IndicatorProposal],
    categories: Iterable[Indicator],
) -> tuple[IndicatorProposal, ...]:
    """The categories that a column may hold, by its header and by its cells.

    Cells alone never decide: ``Có`` and ``Không`` are classes of many lists.
    """
    found = {each.indicator: each for each in by_header}
    written = [each.written for each in words.words if each.key]
    for category in categories:
        if not ClassWords(category).all_named(written):
            continue
        reason = Message("Its cells name the classes of this indicator")
        there = found.get(category.id)
        score = _BY_CELLS if there is None else max(there.score, _BY_BOTH)
        if there is None or there.score < score:
            found[category.id] = IndicatorProposal(category.id, score, reason)
    return tuple(sorted(found.values(), key=lambda each: -each.score))
