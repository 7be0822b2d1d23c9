"""The figures of a table: each cell of a value column with the series that it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from geodata.catalogue import Catalogue
from geodata.errors import InvalidInput
from geodata.i18n import Text
from geodata.measure_units import conversion
from geodata.model import Indicator
from geodata.readers.sheet import CellValue, cell_text
from geodata.table_import.column_records import EACH_ROW, ColumnMeaning
from geodata.table_import.columns.cell_notes import CellNotes
from geodata.table_import.columns.class_words import IGNORED, ClassWords, is_member_mark
from geodata.table_import.columns.footnote_marks import bears_mark, estimate_marks
from geodata.table_import.columns.row_series import CellSeries, RowSeries
from geodata.table_import.layout.cell_values import (
    LARGEST,
    Reading,
    measure_of,
    read_cell,
    read_marker,
)
from geodata.table_import.layout_records import TableColumn, TableLayout, TableRow
from geodata.table_import.made_entries import dimensions_of, indicators_of
from geodata.table_import.match_records import UnitMatching
from geodata.table_import.report_records import Answers, Finding, ImportedValue, Marker

_NO_DOUBT = Text("")
_TOLD_ROWS = 500
"""Rows after which it is told how far the reading is."""
_MOST_KEPT = 100_000
"""Texts of which the reading is kept: columns of text repeat theirs."""


def to_values(
    layout: TableLayout,
    matching: UnitMatching,
    meanings: tuple[ColumnMeaning, ...],
    catalogue: Catalogue,
    answers: Answers,
    *,
    tell: Callable[[float], None] = lambda share: None,
) -> tuple[tuple[ImportedValue, ...], tuple[Finding, ...]]:
    """The figures of a table, in the order of its cells.

    An empty cell gives no figure: it says nothing, and leaves what is published as it stands. A
    sign in place of a number gives a figure without value, told apart by its marker. Rows whose
    unit is not known and columns whose indicator or period is open give none. A figure whose mark a
    note explains as an estimate is one.

    Parameters
    ----------
    meanings
        What the columns mean, by `read_columns`.
    answers
        How texts write numbers where a column can be read in two ways, and what becomes of hidden
        rows.
    tell
        Is told which share of the rows is read.

    Returns
    -------
    tuple
        The figures; and findings of codes ``V01`` (no number), ``V02`` (notation undecided),
        ``V03`` (formula error), ``V07`` (empty cells), ``V08`` (signs read as missing), ``V12``
        (signs that say not applicable or withheld), ``V11``
        (one figure for several units) and, in long tables, ``P01`` of rows without a period.
    """
    reading = _TableReading(layout, matching, meanings, catalogue, answers)
    return tuple(reading.values(tell)), tuple(reading.notes.findings())


def figure_columns(
    layout: TableLayout, meanings: tuple[ColumnMeaning, ...], answers: Answers
) -> list[tuple[TableColumn, ColumnMeaning]]:
    """The columns that hold figures, in the notation in which they are read, with their meaning."""
    columns = {each.number: each for each in layout.columns}
    return [
        (in_notation(columns[each.column], answers), each)
        for each in meanings
        if each.use == "value" and columns[each.column].path == each.path
    ]


def in_notation(column: TableColumn, answers: Answers) -> TableColumn:
    """A column whose texts can be read in two ways, in the notation that a person named."""
    if column.notation is None and answers.notation:
        return replace(column, notation=answers.notation)
    return column


class _TableReading:
    """One table while its cells are read."""

    def __init__(
        self,
        layout: TableLayout,
        matching: UnitMatching,
        meanings: tuple[ColumnMeaning, ...],
        catalogue: Catalogue,
        answers: Answers,
    ) -> None:
        self.layout = layout
        self.columns = figure_columns(layout, meanings, answers)
        self.series = RowSeries(
            layout,
            meanings,
            indicators_of(catalogue, answers),
            dimensions_of(catalogue, answers),
        )
        self.units = {
            each.row: each.unit_id for each in matching.rows if each.state in ("matched", "doubled")
        }
        self.skip_hidden = answers.hidden == "skip"
        self.joint = frozenset(layout.joint_cells)
        self.marks = estimate_marks((*layout.letterhead, *layout.foot))
        self.notes = CellNotes(layout)
        self.kept: dict[tuple[int, str], Reading] = {}
        self.classes = _class_columns(meanings, self.columns, self.series.indicators, answers)

    def values(self, tell: Callable[[float], None]) -> Iterator[ImportedValue]:
        fixed = [
            (column, meaning, None if self.series.by_row(meaning) else _series(meaning))
            for column, meaning in self.columns
        ]
        rows = self.layout.data_rows()
        for number, row in enumerate(rows):
            if number % _TOLD_ROWS == 0:
                tell(number / len(rows))
            unit = self.units.get(row.number)
            if not unit or (row.hidden and self.skip_hidden):
                continue
            for column, meaning, constant in fixed:
                series = constant or self.series.of(meaning, row)
                if series.indicator and series.period:
                    value = self._value(row, column, unit, series)
                    if value is not None:
                        yield value
                elif series.indicator and meaning.period == EACH_ROW:
                    self.notes.add("P01", row, column, row.value(column.number))

    def _value(
        self, row: TableRow, column: TableColumn, unit: str, series: CellSeries
    ) -> ImportedValue | None:
        cell = row.value(column.number)
        if self.joint and (row.number, column.number) in self.joint:
            self.notes.add("V11", row, column, cell)
            return None
        category = ""
        if self.classes and (column.number, series.indicator) in self.classes:
            found = self._class_reading(row, column, self.classes[column.number, series.indicator])
            if found is None:
                return None
            number, (category, marker) = None, found
        else:
            reading = self._reading(row, column, cell)
            if reading is None:
                return None
            number, marker = reading
        if number is not None and type(cell) is str and self._contradicts(cell, series):
            self.notes.add("V13", row, column, cell)
            return None
        status = series.status
        if self.marks and type(cell) is str and bears_mark(cell, self.marks):
            status = "estimate" if status == "actual" else status
        if number is not None and series.scale != 1:
            number = float(f"{number * series.scale:.12g}")
        return ImportedValue(
            unit,
            series.indicator,
            series.dimensions,
            series.period,
            status,
            number,
            marker,
            self.layout.place(row.number, column.number),
            cell if type(cell) is str else cell_text(cell),
            _NO_DOUBT,
            category,
        )

    def _contradicts(self, cell: str, series: CellSeries) -> bool:
        """Whether a cell states a unit of measure other than that in which it would be read."""
        measure = measure_of(cell)
        indicator = self.series.indicators.get(series.indicator)
        if measure is None or indicator is None:
            return False
        return conversion(measure, indicator.measure_unit) != series.scale

    def _class_reading(
        self, row: TableRow, column: TableColumn, classes: _ClassColumn
    ) -> tuple[str, Marker] | None:
        """The class of a cell, or the sign in its place; None where it says nothing."""
        cell = row.value(column.number)
        text = cell_text(cell)
        code = classes.words.code(text, marks=classes.marks)
        if code is not None:
            return None if code == IGNORED else (code, "")
        marker = read_marker(text)
        if marker is None or (classes.marks and is_member_mark(text)):
            return None  # It is asked what the word means.
        self._note_marker(row, column, cell, marker)
        return ("", marker) if text else None

    def _reading(self, row: TableRow, column: TableColumn, cell: CellValue) -> Reading | None:
        """What a cell says; None where it says nothing or cannot be read, which is noted."""
        if cell is None or cell == "":
            self.notes.add("V07", row, column, cell)
            return None
        # Most cells are typed numbers: they need no more than this.
        if type(cell) is int and not column.percent and abs(cell) <= LARGEST:
            return float(cell), ""
        if type(cell) is float and not column.percent and abs(cell) <= LARGEST:
            return cell, ""
        reading = self.kept.get((column.number, cell)) if isinstance(cell, str) else None
        if reading is None:
            try:
                reading = read_cell(cell, column)
            except InvalidInput:
                self.notes.add_unreadable(row, column, cell)
                return None
            if isinstance(cell, str) and len(self.kept) < _MOST_KEPT:
                self.kept[column.number, cell] = reading
        number, marker = reading
        if number is None:
            self._note_marker(row, column, cell, marker)
            if not cell_text(cell):
                return None
        return number, marker

    def _note_marker(
        self, row: TableRow, column: TableColumn, cell: CellValue, marker: Marker
    ) -> None:
        """Note a cell that says why there is no value, or nothing at all."""
        kept = marker in ("not_applicable", "withheld")
        code = "V12" if kept else "V08" if cell_text(cell) else "V07"
        self.notes.add(code, row, column, cell)


@dataclass(frozen=True, slots=True)
class _ClassColumn:
    """How the words of a column are read: by which classes, and whether marks are words."""

    words: ClassWords
    marks: bool


def _class_columns(
    meanings: Iterable[ColumnMeaning],
    columns: Iterable[tuple[TableColumn, ColumnMeaning]],
    indicators: Mapping[str, Indicator],
    answers: Answers,
) -> dict[tuple[int, str], _ClassColumn]:
    """The classes that cells name, by the number of their column and their indicator.

    In a long table the figures of all indicators stand in the columns of `EACH_ROW`.
    """
    found: dict[tuple[int, str], _ClassColumn] = {}
    by_row = [column.number for column, meaning in columns if meaning.indicator == EACH_ROW]
    own = {meaning.path: column.number for column, meaning in columns}
    for each in meanings:
        indicator = indicators.get(each.indicator)
        if each.use != "value" or indicator is None or indicator.kind != "category":
            continue
        said = answers.columns.get(each.path)
        read = _ClassColumn(
            ClassWords(indicator, said.classes if said else {}),
            any(is_member_mark(word.written) for word in each.words),
        )
        numbers = [own[each.path]] if each.path in own else by_row
        found |= {(number, indicator.id): read for number in numbers}
    return found


def _series(meaning: ColumnMeaning) -> CellSeries:
    status = meaning.status or "actual"
    return CellSeries(meaning.indicator, meaning.dimensions, meaning.period, status, meaning.scale)
