"""The series of each row of a long table: indicator, period and status that stand in its cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from geodata.measure_units import conversion, read_measure
from geodata.model import STATUSES, Dimension, Indicator, Status
from geodata.readers.sheet import CellValue, cell_text
from geodata.table_import.column_records import EACH_ROW, ColumnMeaning
from geodata.table_import.columns.dimension_columns import dimension_columns, series_of_row
from geodata.table_import.columns.header_words import find_status
from geodata.table_import.columns.period_words import period_of_cell
from geodata.table_import.layout_records import TableColumn, TableLayout, TableRow
from geodata.vietnamese_names import fold, normalise

_MEASURE_HEADINGS = {"don vi tinh", "dvt", "don vi do", "unit", "unit of measure", "unit measure"}
_MULTIPLIER_HEADINGS = {"unit mult", "unit multiplier"}
_STATUS_CODES: dict[str, Status] = {"a": "actual", "e": "estimate", "p": "estimate"}
"""Of the SDMX code list for observation status: normal, estimated and provisional figures."""

_MOST_TENS = 12


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
    dimensions
        The code lists of the catalogue.
    """

    def __init__(
        self,
        layout: TableLayout,
        meanings: Sequence[ColumnMeaning],
        indicators: Mapping[str, Indicator],
        dimensions: Mapping[str, Dimension] = MappingProxyType({}),
    ) -> None:
        self.indicators = indicators
        self.dimensions = dimension_columns(layout, dimensions)
        self.indicator = layout.column("indicator")
        self.period = layout.column("period")
        self.status = layout.column("status")
        self.measure = measure_column(layout)
        self.multiplier = multiplier_column(layout)
        self.by_path = {each.path: each for each in meanings}
        self._kept: dict[tuple[str, ...], CellSeries] = {}

    def by_row(self, meaning: ColumnMeaning) -> bool:
        """Whether the series of a column's figures depend on their rows."""
        by_series = EACH_ROW in (meaning.indicator, meaning.period)
        told = self.status is not None or self.multiplier is not None or bool(self.dimensions)
        return by_series or told

    def of(self, meaning: ColumnMeaning, row: TableRow) -> CellSeries:
        """The series of the figure of a column in a row."""
        key = (
            _text(row, self.indicator),
            _text(row, self.measure),
            _period_text(row, self.period),
            _text(row, self.status),
            _text(row, self.multiplier),
            str(meaning.column),
            *(_text(row, column) for column, _ in self.dimensions),
        )
        if key not in self._kept:
            found = self._series(meaning, key)
            series = series_of_row(found.indicator, row, self.dimensions, self.indicators)
            self._kept[key] = replace(found, indicator=series)
        return self._kept[key]

    def _series(self, meaning: ColumnMeaning, key: tuple[str, ...]) -> CellSeries:
        name, measure, period, status, tens = key[:5]
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
            self._scale(said, measure) * _power_of_ten(tens),
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
    """The column that writes units of measure; None without one."""
    for column in layout.columns:
        if column.path and fold(column.path[-1]) in _MEASURE_HEADINGS:
            return column
    return None


def measure_of_all_rows(layout: TableLayout) -> str:
    """The unit of measure that a column of such writes in every row; empty where rows differ."""
    column = measure_column(layout)
    if column is None:
        return ""
    texts = {cell_text(row.value(column.number)) for row in layout.data_rows()}
    return texts.pop() if len(texts) == 1 else ""


def multiplier_column(layout: TableLayout) -> TableColumn | None:
    """The column of a data file that says which power of ten each figure is in (SDMX UNIT_MULT)."""
    for column in layout.columns:
        if column.path and fold(column.path[-1]) in _MULTIPLIER_HEADINGS:
            return column
    return None


def _power_of_ten(text: str) -> float:
    whole = text.removeprefix("-")
    known = whole.isascii() and whole.isdigit() and int(whole) <= _MOST_TENS
    return float(f"1e{int(text)}") if known else 1.0


@lru_cache(maxsize=1024)
def read_status(text: str) -> Status | None:
    """The status that a cell names, as a word of an office or as a code of a data file."""
    words = normalise(text).lower()
    for status in STATUSES:
        if words == status:
            return status
    return _STATUS_CODES.get(words) or find_status(words)[0]


def _text(row: TableRow, column: TableColumn | None) -> str:
    return "" if column is None else cell_text(row.value(column.number))


def _period_text(row: TableRow, column: TableColumn | None) -> str:
    value: CellValue = None if column is None else row.value(column.number)
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return cell_text(value)
