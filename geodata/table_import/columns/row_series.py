"""The series of each row of a long table: indicator, period and status that stand in its cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from geodata.model import STATUSES, Indicator, Status
from geodata.readers.sheet import CellValue, cell_text
from geodata.table_import.column_records import EACH_ROW, ColumnMeaning
from geodata.table_import.columns.header_words import find_status
from geodata.table_import.columns.measure_units import conversion, read_measure
from geodata.table_import.columns.period_words import period_of_cell
from geodata.table_import.layout_records import TableColumn, TableLayout, TableRow
from geodata.vietnamese_names import fold, normalise

_MEASURE_HEADINGS = {"don vi tinh", "dvt", "don vi do", "unit", "unit of measure", "unit measure"}


@dataclass(frozen=True, slots=True)
class CellSeries:
    """What the figure of one cell is of; ``indicator`` and ``period`` are empty while open.

    Parameters
    ----------
    indicator, dimensions, period, status, scale
        As in `geodata.table_import.column_records.ColumnMeaning`.
    """

    indicator: str
    dimensions: str
    period: str
    status: Status
    scale: float


class RowSeries:
    """Reads the series of a figure, from its column and, in a long table, from its row.

    Parameters
    ----------
    meanings
        What the columns mean; those of a long table's indicators, one for each text of their
        column, among them.
    indicators
        All that a column can hold.
    """

    def __init__(
        self,
        layout: TableLayout,
        meanings: Sequence[ColumnMeaning],
        indicators: Mapping[str, Indicator],
    ) -> None:
        self.indicators = indicators
        self.indicator = layout.column("indicator")
        self.period = layout.column("period")
        self.status = layout.column("status")
        self.measure = measure_column(layout)
        self.by_path = {each.path: each for each in meanings}
        self._kept: dict[tuple[str, str, str, str, int], CellSeries] = {}

    def by_row(self, meaning: ColumnMeaning) -> bool:
        """Whether the series of a column's figures depend on their rows."""
        return EACH_ROW in (meaning.indicator, meaning.period) or self.status is not None

    def of(self, meaning: ColumnMeaning, row: TableRow) -> CellSeries:
        """The series of the figure of a column in a row."""
        key = (
            _text(row, self.indicator),
            _text(row, self.measure),
            _period_text(row, self.period),
            _text(row, self.status),
            meaning.column,
        )
        if key not in self._kept:
            self._kept[key] = self._series(meaning, *key[:4])
        return self._kept[key]

    def _series(
        self, meaning: ColumnMeaning, name: str, measure: str, period: str, status: str
    ) -> CellSeries:
        said = meaning
        if meaning.indicator == EACH_ROW and self.indicator is not None:
            open_column = ColumnMeaning(meaning.column, (), "value")
            said = self.by_path.get(indicator_path(self.indicator, name), open_column)
        code = meaning.period
        if code == EACH_ROW:
            code = period_of_cell(period)
        return CellSeries(
            said.indicator if said.use == "value" else "",
            said.dimensions,
            code,
            read_status(status) or meaning.status or "actual",
            self._scale(said, measure),
        )

    def _scale(self, said: ColumnMeaning, measure: str) -> float:
        """A unit of measure that stands in the row goes before that of the header."""
        indicator = self.indicators.get(said.indicator)
        if not measure or indicator is None:
            return said.scale
        factor = conversion(read_measure(measure), indicator.measure_unit)
        return said.scale if factor is None else factor


def indicator_path(column: TableColumn, name: str) -> tuple[str, ...]:
    """The header path that stands for one text of the indicator column of a long table."""
    return (*column.path, name)


def measure_column(layout: TableLayout) -> TableColumn | None:
    """The column of a long table that writes units of measure; None without one."""
    for column in layout.columns:
        if column.path and fold(column.path[-1]) in _MEASURE_HEADINGS:
            return column
    return None


@lru_cache(maxsize=1024)
def read_status(text: str) -> Status | None:
    """The status that a cell names, as a word of an office or as a code of a data file."""
    words = normalise(text).lower()
    for status in STATUSES:
        if words == status:
            return status
    return find_status(words)[0]


def _text(row: TableRow, column: TableColumn | None) -> str:
    return "" if column is None else cell_text(row.value(column.number))


def _period_text(row: TableRow, column: TableColumn | None) -> str:
    value: CellValue = None if column is None else row.value(column.number)
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return cell_text(value)
