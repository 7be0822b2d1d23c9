"""What each column of a table means, found from its header and from what a person says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geodata.broken_down import present_ids
from geodata.catalogue import Catalogue
from geodata.errors import InvalidInput
from geodata.measure_units import MeasureReading, read_measure, stated_measures
from geodata.model import Status
from geodata.period import parse_period
from geodata.readers.sheet import cell_text
from geodata.table_import.column_records import (
    EACH_ROW,
    ColumnMeaning,
    ColumnUse,
)
from geodata.table_import.columns.class_columns import ClassColumns
from geodata.table_import.columns.class_findings import class_findings
from geodata.table_import.columns.column_concepts import (
    concept_findings,
    concepts_of,
    stating_concepts,
)
from geodata.table_import.columns.column_findings import column_findings
from geodata.table_import.columns.column_scale import column_measure, scaled
from geodata.table_import.columns.column_words import ColumnWords, column_words
from geodata.table_import.columns.dimension_columns import dimension_findings
from geodata.table_import.columns.footnote_marks import bears_mark, estimate_marks
from geodata.table_import.columns.header_words import HeaderWords, header_words
from geodata.table_import.columns.indicator_search import (
    ColumnQuery,
    IndicatorSearch,
    clear_choice,
    fits,
)
from geodata.table_import.columns.part_columns import (
    part_taken,
    parts_first,
    parts_of_column_before,
    whole_of_parts,
)
from geodata.table_import.columns.period_choice import (
    ColumnPeriod,
    column_periods,
    table_periods,
)
from geodata.table_import.columns.row_series import (
    indicator_path,
    measure_column,
    measure_of_all_rows,
    multiplier_column,
)
from geodata.table_import.columns.table_title import titles_of
from geodata.table_import.layout.cell_values import read_cell
from geodata.table_import.layout_records import TableColumn, TableLayout, TableRow
from geodata.table_import.made_entries import (
    dimensions_of,
    implied_parts,
    indicators_of,
    series_said,
)
from geodata.table_import.match_records import UnitMatching
from geodata.table_import.report_records import Answers, Finding
from geodata.table_import.units.unit_columns import clean_code

_SAMPLE = 200
"""Figures of a column that are looked at to tell its size."""


def read_columns(
    layout: TableLayout, matching: UnitMatching, catalogue: Catalogue, answers: Answers
) -> tuple[tuple[ColumnMeaning, ...], tuple[Finding, ...]]:
    """What each value column of a table means.

    An indicator is taken by itself only where it is clearly the best and the unit of measure fits;
    otherwise the column stays open with its proposals. What a person says of a header path goes
    before everything; what he leaves empty (period, indicator, unit of measure) is found.

    Parameters
    ----------
    matching
        Gives the level: indicators that have no meaning at it are not proposed.
    answers
        What a person or a recipe says.

    Returns
    -------
    tuple
        Meanings of the columns of values and positions, in the order of the table; behind them, for
        a long table, one for each text of its indicator column, whose path ends in that text and
        whose figures stand in the columns of `EACH_ROW`. And findings of
        codes ``I01`` (indicator not certain), ``I02`` (unit of measure does not fit), ``I03``
        (fractions read as per cent), ``I04`` (two columns of one series), ``P01`` (no period) and
        ``P02`` (periods disagree), ``D01`` (no code of a dimension), ``C01`` to ``C04`` (words
        of classes), ``K01`` (no such concept) and ``K02`` (a concept that the header names).
    """
    reading = _Reading(layout, matching, catalogue, answers)
    by_column = _with_compared(reading.by_column())
    concepts = concepts_of(catalogue, answers)
    rows = reading.row_meanings(by_column)
    meanings = stating_concepts((*by_column, *rows), answers, concepts, reading.titles)
    proposed = (proposal.indicator for each in meanings for proposal in each.proposals)
    dimensions = dimensions_of(catalogue, answers)
    named = {**reading.indicators, **implied_parts(proposed, reading.indicators, dimensions)}
    return meanings, (
        *column_findings(layout, meanings, named, reading.around, answers),
        *dimension_findings(layout, dimensions),
        *class_findings(meanings, reading.indicators, answers),
        *concept_findings(meanings, concepts, answers),
    )


class _Reading:
    """All that the columns of one table are read by."""

    def __init__(
        self, layout: TableLayout, matching: UnitMatching, catalogue: Catalogue, answers: Answers
    ) -> None:
        self.layout, self.answers = layout, answers
        self.indicators = indicators_of(catalogue, answers)
        indicators = self.indicators.values()
        self.former = present_ids(self.indicators)
        dimensions = dimensions_of(catalogue, answers)
        self.search = IndicatorSearch(indicators, matching.level, dimensions)
        units = [*catalogue.measure_units.values(), *(i.measure_unit for i in indicators)]
        self.known = tuple({each.id: each for each in units}.values())
        self.titles = titles_of(layout.letterhead)
        self.classes = ClassColumns(layout, self.indicators, matching.level, self.known)
        multiplier = multiplier_column(layout)
        self.columns = [
            each
            for each in layout.columns
            if each.path in answers.columns
            or each.number in self.classes.words
            or (
                each.role in ("value", "x", "y")
                and each != multiplier
                and not _holds_codes(each, layout, matching)
            )
        ]
        self.row_columns = self._row_columns()
        self.words = {each.number: header_words(each.path, self.known) for each in self.columns}
        self.around = table_periods(layout)
        self.periods = column_periods(
            {each.number: (each.path, self.words[each.number]) for each in self.columns},
            self.around,
            layout,
        )
        of_all = measure_of_all_rows(layout)
        self.measures = (read_measure(of_all),) if of_all else stated_measures(layout.letterhead)
        self.marks = estimate_marks((*layout.letterhead, *layout.foot))

    def _row_columns(self) -> list[TableColumn]:
        """The columns that hold what the rows of a long table name; none of another table.

        Those of figures, else one of words: that which names classes, or the fullest.
        """
        if self.layout.column("indicator") is None:
            return []
        figures = [each for each in self.columns if each.role == "value"]
        if figures:
            return figures
        told = self.classes.words
        rank = {n: (self.classes.names_classes(each), each.filled) for n, each in told.items()}
        words = [each for each in self.columns if each.number in told]
        return words and [max(words, key=lambda each: rank[each.number])]

    def by_column(self) -> list[ColumnMeaning]:
        """What each column means, before comparisons know what they are of."""
        self.read: list[ColumnMeaning] = []
        for column in self.columns:
            self.read.append(self._meaning(column))
        for place, each in enumerate(self.read):
            if whole := whole_of_parts(each, self.read, self.indicators):
                self.read[place] = self._meaning(self.columns[place], whole)
        return self.read

    def _meaning(self, column: TableColumn, whole: str = "") -> ColumnMeaning:
        """What one column means; ``whole`` is the indicator that those beside it tell."""
        answer = self.answers.columns.get(column.path)
        words, period = self.words[column.number], self.periods[column.number]
        use = self._use(column, words, answer)
        if use in ("position", "skip"):
            found = ColumnMeaning(column.number, column.path, use)
            return self.classes.settled(found, column, answer) if use == "skip" else found
        found = ColumnMeaning(
            column.number,
            column.path,
            use,
            indicator=self._said(answer) or whole,
            period=(answer.period if answer else "") or self._period(words, period.code),
            status=(answer.status if answer else "") or self._status(column, words, period),
        )
        if use != "value":
            return found
        return self._with_indicator(found, column, words, answer)

    def _said(self, answer: ColumnMeaning | None) -> str:
        """The series that a person or a recipe names; one of before has become another since."""
        if answer is None or answer.indicator == EACH_ROW:
            return answer.indicator if answer else ""
        series = series_said(answer)
        return self.former.get(series, series)

    def row_meanings(self, by_column: Sequence[ColumnMeaning]) -> Iterator[ColumnMeaning]:
        """What each text of a long table's indicator column means."""
        column = self.layout.column("indicator")
        value = next((each for each in by_column if each.indicator == EACH_ROW), None)
        if column is None or value is None:
            return
        texts: dict[str, list[TableRow]] = {}
        for row in self.layout.data_rows():
            if text := cell_text(row.value(column.number)):
                texts.setdefault(text, []).append(row)
        measures = measure_column(self.layout)
        for text, rows in texts.items():
            path = indicator_path(column, text)
            answer = self.answers.columns.get(path)
            use: ColumnUse = answer.use if answer and answer.use else "value"
            found = ColumnMeaning(
                column.number,
                path,
                use,
                indicator=self._said(answer),
                period=value.period,
                status=value.status,
            )
            if use != "value":
                yield found
                continue
            words = header_words([text], self.known)
            written = cell_text(rows[0].value(measures.number)) if measures else ""
            if written:
                words = replace(words, measure=read_measure(written))
            yield self._named(found, column, words, answer, (), rows=rows)

    def _with_indicator(
        self,
        found: ColumnMeaning,
        column: TableColumn,
        words: HeaderWords,
        answer: ColumnMeaning | None,
    ) -> ColumnMeaning:
        figures = self._figures(column)
        if self.layout.column("indicator") is not None and found.indicator in ("", EACH_ROW):
            told = column in self.row_columns or (answer is not None and answer.use == "value")
            return replace(found, indicator=EACH_ROW) if told else replace(found, use="skip")
        named = self._named(found, column, words, answer, figures)
        return self.classes.settled(named, column, answer)

    def _named(
        self,
        found: ColumnMeaning,
        column: TableColumn,
        words: HeaderWords,
        answer: ColumnMeaning | None,
        figures: tuple[float, ...],
        *,
        rows: Sequence[TableRow] = (),
    ) -> ColumnMeaning:
        """With its indicator, where that is clear, and the scale that goes with it.

        Parameters
        ----------
        rows
            Of one text of the indicator column of a long table; empty for a column.
        """
        measure = column_measure(column, words, self.measures, answer)
        query = ColumnQuery(words.names, measure, self.titles, figures)
        numbers = self.search.proposals(query)
        proposals = self.classes.proposals(column, query, numbers)
        if told := self._words_of(rows):
            proposals = self.classes.proposals_of(told, query)
            found = replace(found, words=told.words)
        parts = parts_of_column_before(
            found, () if rows else self.read, self.search, self.indicators
        )
        proposals = parts_first(parts, proposals)
        found = replace(found, proposals=proposals, measure_unit=measure.written if measure else "")
        # Data files name indicators by their ids.
        by_id = found.path[-1] if found.path and found.path[-1] in self.indicators else ""
        taken = part_taken(parts, self.indicators)
        name = found.indicator or by_id or self._fitting(taken, measure)
        name = name or self._fitting(clear_choice(proposals), measure)
        indicator = self.indicators.get(name)
        if indicator is None:
            return replace(found, indicator="")
        if indicator.kind == "category":
            of_classes = replace(found, indicator=name)
            columns = self.row_columns if rows else [column]
            return self.classes.with_classes(of_classes, indicator, answer, columns, rows)
        figures = () if column.measure == "%" else figures  # "0,5%" is no fraction of 1.
        return scaled(replace(found, indicator=name), indicator, self.measures, figures, answer)

    def _words_of(self, rows: Sequence[TableRow]) -> ColumnWords | None:
        """The words in some rows of a long table; None where figures stand there."""
        for column in self.row_columns if rows else ():
            words = column_words(self.layout, column, rows)
            if words.words and not self._figures(column, rows):
                return words
        return None

    def _fitting(self, name: str, measure: MeasureReading | None) -> str:
        """An indicator whose figures can be in a unit of measure; empty where it is none."""
        return name if name and fits(self.indicators[name], measure) else ""

    def _use(
        self, column: TableColumn, words: HeaderWords, answer: ColumnMeaning | None
    ) -> ColumnUse:
        if answer is not None and answer.use:
            return answer.use
        if column.hidden and self.answers.hidden == "skip":
            return "skip"
        return "position" if column.role in ("x", "y") else words.use

    def _period(self, words: HeaderWords, code: str) -> str:
        by_row = self.layout.column("period") is not None and not words.periods
        return EACH_ROW if by_row else code

    def _status(self, column: TableColumn, words: HeaderWords, found: ColumnPeriod) -> Status:
        """The status of a column; a mark at its header may say that it is estimated."""
        marked = words.status is None and any(bears_mark(each, self.marks) for each in column.path)
        return "estimate" if marked else found.status

    def _figures(
        self, column: TableColumn, rows: Sequence[TableRow] | None = None
    ) -> tuple[float, ...]:
        rows = self.layout.data_rows() if rows is None else rows
        step = max(1, -(-len(rows) // _SAMPLE))
        found = []
        for row in rows[::step]:
            try:
                value, _ = read_cell(row.value(column.number), column)
            except InvalidInput:
                continue
            if value is not None:
                found.append(value)
        return tuple(found)


def _holds_codes(column: TableColumn, layout: TableLayout, matching: UnitMatching) -> bool:
    """Whether a column of numbers holds the codes by which the rows found their units."""
    codes = {each.row: each.code for each in matching.rows if each.code}
    rows = [row for row in layout.data_rows() if row.number in codes][:_SAMPLE]
    return bool(rows) and all(
        clean_code(cell_text(row.value(column.number))) == codes[row.number] for row in rows
    )


def _with_compared(meanings: Sequence[ColumnMeaning]) -> tuple[ColumnMeaning, ...]:
    """The meanings, those of comparisons with the column that they are of."""
    return tuple(
        _of_column(each, _compared(each, meanings))
        if each.use in ("stated_percent", "stated_change")
        else each
        for each in meanings
    )


def _of_column(meaning: ColumnMeaning, of: ColumnMeaning | None) -> ColumnMeaning:
    if of is None:
        return meaning
    return replace(
        meaning,
        of_column=of.column,
        indicator=of.indicator,
        dimensions=of.dimensions,
        period=of.period,
        status=of.status,
    )


def _compared(meaning: ColumnMeaning, meanings: Sequence[ColumnMeaning]) -> ColumnMeaning | None:
    """The actual figures that a share of plan or a change is of: the latest of its group."""
    done = [e for e in meanings if e.use == "value" and e.status in ("actual", "estimate")]
    # Below a heading of their own ("So sánh") comparisons belong to the group above it.
    for depth in range(len(meaning.path) - 1, 0, -1):
        if beside := [each for each in done if each.path[:-1] == meaning.path[:depth]]:
            return max(beside, key=_recency)
    # Without a group the figures stand before what is said of them, the last of an indicator.
    before = [each for each in done if each.column < meaning.column]
    same = [each for each in before if each.indicator == before[-1].indicator]
    return max(same, key=_recency, default=None)


def _recency(meaning: ColumnMeaning) -> tuple[str, int]:
    """Orders columns by the end of their period, then by their place."""
    code = meaning.period
    if not code or code == EACH_ROW:
        return "", meaning.column
    return parse_period(code).end.isoformat(), meaning.column
