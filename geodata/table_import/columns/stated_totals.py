"""The totals that a table states, held against the sums of its rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from geodata.catalogue import Catalogue
from geodata.errors import InvalidInput
from geodata.measure_units import read_measure
from geodata.model import Indicator
from geodata.readers.sheet import CellValue, cell_text
from geodata.table_import.column_records import EACH_ROW, ColumnMeaning
from geodata.table_import.columns.cell_figures import figure_columns
from geodata.table_import.layout.cell_values import read_cell
from geodata.table_import.layout_records import TableColumn, TableLayout, TableRow
from geodata.table_import.made_entries import indicators_of
from geodata.table_import.match_records import UnitMatching
from geodata.table_import.report_records import Answers, StatedTotal

_AGREE = 1e-6
_ROUNDING = 0.5
"""Share of the last stated digit within which a sum of rounded figures agrees."""


def stated_totals(
    layout: TableLayout,
    matching: UnitMatching,
    meanings: tuple[ColumnMeaning, ...],
    catalogue: Catalogue,
    answers: Answers,
) -> tuple[StatedTotal, ...]:
    """The totals that a table states beside what its rows add up to, in the order of its cells.

    A group row states the total of the rows below it. Whether any other total is of the whole table
    or of the rows above or below it is seen from the figures: of the ranges that its place allows
    the one with which most of its columns agree, the whole table first.

    Returns
    -------
    tuple of StatedTotal
        In the indicators' units of measure where these are known, else in those of the table. The
        ``total`` is None for ratios whose parts the table does not hold, and for extremes.
    """
    reading = _Totals(layout, matching, meanings, catalogue, answers)
    return tuple(reading.totals())


def _of_classes(indicator: Indicator | None) -> bool:
    return indicator is not None and indicator.kind == "category"


@dataclass(frozen=True, slots=True)
class _ColumnTotal:
    """How the figures of one column are put together."""

    column: TableColumn
    scale: float
    add: Callable[[Sequence[TableRow]], float | None]


class _Totals:
    def __init__(
        self,
        layout: TableLayout,
        matching: UnitMatching,
        meanings: tuple[ColumnMeaning, ...],
        catalogue: Catalogue,
        answers: Answers,
    ) -> None:
        self.layout = layout
        self.indicators = indicators_of(catalogue, answers)
        self.columns = [
            (column, meaning)
            for column, meaning in figure_columns(layout, meanings, answers)
            if EACH_ROW not in (meaning.indicator, meaning.period)
            # Rows of several codes of a dimension are no parts of one sum.
            and layout.column("dimension") is None
            and not _of_classes(self.indicators.get(meaning.indicator))
        ]
        self.name = layout.column("name")
        ignored = {each.row for each in matching.rows if each.state == "ignored"}
        self.rows = [
            row
            for row in layout.rows
            if row.role in ("data", "group", "total")
            and row.number not in ignored
            and not (row.hidden and answers.hidden == "skip")
        ]
        self.sums = [self._sum(column, meaning) for column, meaning in self.columns]

    def totals(self) -> Iterator[StatedTotal]:
        for place, row in enumerate(self.rows):
            if row.role == "data":
                continue
            stated = [
                (each, figure)
                for each in self.sums
                if (figure := self._figure(row, each)) is not None
            ]
            if not stated:
                continue
            below = self._best(self._ranges(place), stated)
            for each, figure in stated:
                yield StatedTotal(
                    self._label(row),
                    self.layout.place(row.number, each.column.number),
                    figure,
                    each.add(below),
                )

    def _label(self, row: TableRow) -> str:
        first = next((text for value in row.values if (text := _words(value))), "")
        name = _words(row.value(self.name.number)) if self.name else ""
        return name or first

    def _ranges(self, place: int) -> list[list[TableRow]]:
        """The rows that a total may be of, the likeliest first."""
        data = [row for row in self.rows if row.role == "data"]
        below = _run(self.rows[place + 1 :])
        if self.rows[place].role == "group":
            return [below]
        above = _run(self.rows[:place][::-1])
        return [data, above, below]

    def _best(
        self, ranges: Sequence[list[TableRow]], stated: Sequence[tuple[_ColumnTotal, float]]
    ) -> list[TableRow]:
        def agreeing(rows: list[TableRow]) -> int:
            return sum(
                total is not None and agrees(figure, total)
                for each, figure in stated
                for total in (each.add(rows),)
            )

        filled = [rows for rows in ranges if rows]
        return max(filled, key=agreeing) if filled else []

    def _figure(self, row: TableRow, each: _ColumnTotal) -> float | None:
        value = self._number(row, each.column)
        return None if value is None else _tidy(value * each.scale)

    @staticmethod
    def _number(row: TableRow, column: TableColumn) -> float | None:
        try:
            return read_cell(row.value(column.number), column)[0]
        except InvalidInput:
            return None

    def _sum(self, column: TableColumn, meaning: ColumnMeaning) -> _ColumnTotal:
        indicator = self.indicators.get(meaning.indicator)
        add = self._adder(column, meaning, indicator)
        return _ColumnTotal(column, meaning.scale, add)

    def _adder(
        self, column: TableColumn, meaning: ColumnMeaning, indicator: Indicator | None
    ) -> Callable[[Sequence[TableRow]], float | None]:
        def added(rows: Sequence[TableRow]) -> float | None:
            figures = [each for row in rows if (each := self._number(row, column)) is not None]
            return _tidy(math.fsum(figures) * meaning.scale) if figures else None

        if indicator is None:
            # What is measured for each of something (tạ/ha, đồng/người) is no sum either.
            base = read_measure(meaning.measure_unit).base
            adds_up = not column.percent and base != "%" and "/" not in base
            return added if adds_up else _unknown
        if indicator.kind == "count":
            return added
        if indicator.kind == "ratio":
            return self._ratio(meaning, indicator) or _unknown
        return _unknown

    def _ratio(
        self, meaning: ColumnMeaning, indicator: Indicator
    ) -> Callable[[Sequence[TableRow]], float | None] | None:
        """A ratio of sums, where the table holds numerator and denominator of the same series."""
        parts = [
            self._column_of(name, meaning) for name in (indicator.numerator, indicator.denominator)
        ]
        if None in parts:
            return None
        above, below = (part for part in parts if part is not None)
        factor = indicator.ratio_factor or 1.0

        def ratio(rows: Sequence[TableRow]) -> float | None:
            pairs = [
                (upper, lower)
                for row in rows
                if (upper := self._number(row, above[0])) is not None
                and (lower := self._number(row, below[0])) is not None
            ]
            whole = math.fsum(lower for _, lower in pairs) * below[1].scale
            if not whole:
                return None
            part = math.fsum(upper for upper, _ in pairs) * above[1].scale
            return _tidy(factor * part / whole)

        return ratio

    def _column_of(
        self, name: str | None, meaning: ColumnMeaning
    ) -> tuple[TableColumn, ColumnMeaning] | None:
        for column, other in self.columns:
            same = (other.period, other.status) == (meaning.period, meaning.status)
            if name and other.indicator == name and not other.dimensions and same:
                return column, other
        return None


def agrees(stated: float, total: float) -> bool:
    """Whether a stated total is the sum, as far as its own digits tell.

    A total written with two decimals agrees with a sum that rounds to it.
    """
    text = f"{stated:.12g}"
    decimals = len(text.partition(".")[2]) if "e" not in text else 0
    slack = _ROUNDING * 10.0**-decimals if decimals else 0.0
    return abs(stated - total) <= slack + _AGREE * max(1.0, abs(total))


def _run(rows: Sequence[TableRow]) -> list[TableRow]:
    """The data rows up to the next group or total."""
    found: list[TableRow] = []
    for row in rows:
        if row.role != "data":
            break
        found.append(row)
    return found


def _unknown(rows: Sequence[TableRow]) -> float | None:
    return None


def _tidy(value: float) -> float:
    return float(f"{value:.12g}")


def _words(value: CellValue) -> str:
    return cell_text(value) if isinstance(value, str) else ""
