"""A table with all that was read of it and all that is known, as the checks take it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from geodata.closed_periods import NONE_CLOSED, ClosedPeriods
from geodata.errors import InvalidInput
from geodata.model import Dimension, Indicator, Status
from geodata.readers.sheet import cell_text
from geodata.table_import.checks.comparisons import ComparedCell
from geodata.table_import.column_records import ColumnMeaning
from geodata.table_import.columns.cell_figures import in_notation
from geodata.table_import.known_facts import FigureKey, Figures, KnownFacts, KnownFigure
from geodata.table_import.layout.cell_values import read_cell
from geodata.table_import.layout_records import (
    CellPlace,
    RowRole,
    TableColumn,
    TableLayout,
    TableRow,
)
from geodata.table_import.made_entries import dimensions_of, indicators_of
from geodata.table_import.match_records import UnitMatching
from geodata.table_import.report_records import Answers, ImportedValue, StatedTotal

SeriesKey = tuple[str, str, str, Status]
"""Indicator, dimensions, period and status."""

TrackKey = tuple[str, str]
"""Indicator and dimensions: what has a course through time."""

PeriodKey = tuple[str, Status]
"""Period and status."""

_OF_UNITS: tuple[RowRole, ...] = ("data",)


@dataclass(frozen=True, eq=False)
class CheckedTable:
    """What the checks look at.

    Parameters
    ----------
    layout, matching, meanings, values, totals
        What was read; see `geodata.table_import.report_records.ImportReport`.
    answers
        What was said about the table.
    facts
        What is known.
    area
        Ids of the units in or below which the table's units must lie; None for anywhere.
    closed
        Periods of which no figures are taken any more.
    """

    layout: TableLayout
    matching: UnitMatching
    meanings: tuple[ColumnMeaning, ...]
    values: tuple[ImportedValue, ...]
    totals: tuple[StatedTotal, ...]
    answers: Answers
    facts: KnownFacts
    area: Collection[str] | None = None
    closed: ClosedPeriods = NONE_CLOSED
    _by_period: dict[TrackKey, Mapping[PeriodKey, Mapping[str, float]]] = field(
        default_factory=dict, init=False
    )
    _values: dict[SeriesKey, Mapping[str, float]] = field(default_factory=dict, init=False)

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """The indicators of the catalogue, and those that are made with the table."""
        return indicators_of(self.facts.catalogue, self.answers)

    @cached_property
    def dimensions(self) -> Mapping[str, Dimension]:
        """The code lists by which indicators are broken down, as `indicators`."""
        return dimensions_of(self.facts.catalogue, self.answers)

    @cached_property
    def columns(self) -> Mapping[int, TableColumn]:
        """The columns by their numbers."""
        return {column.number: column for column in self.layout.columns}

    @cached_property
    def by_series(self) -> Mapping[SeriesKey, list[ImportedValue]]:
        """The figures of each series, markers and doubled cells included, in the table's order."""
        found: dict[SeriesKey, list[ImportedValue]] = defaultdict(list)
        for each in self.values:
            found[each.indicator, each.dimensions, each.period, each.status].append(each)
        return found

    @cached_property
    def numbers(self) -> Mapping[SeriesKey, Mapping[str, ImportedValue]]:
        """The numbers of each series by unit; a unit that stands twice is left out."""
        return self._once(categories=False)

    @cached_property
    def classes(self) -> Mapping[SeriesKey, Mapping[str, ImportedValue]]:
        """The classes of each series by unit, as `numbers` has the numbers."""
        return self._once(categories=True)

    def _once(self, *, categories: bool) -> dict[SeriesKey, dict[str, ImportedValue]]:
        """What is told of each unit of a series that is named once."""
        found = {}
        for series, values in self.by_series.items():
            if self._is_category(series[0]) != categories:
                continue
            by_unit: dict[str, ImportedValue] = {}
            twice: set[str] = set()
            for each in values:
                if each.told:
                    if each.unit_id in by_unit:
                        twice.add(each.unit_id)
                    by_unit[each.unit_id] = each
            for unit in twice:
                del by_unit[unit]
            found[series] = by_unit
        return found

    def _is_category(self, indicator: str) -> bool:
        known = self.indicators.get(indicator)
        return known is not None and known.kind == "category"

    def column_of(self, place: CellPlace) -> int:
        """Number of the table's column in which a cell of the file stands."""
        return self.layout.row_and_column(place)[1]

    def figures_of(self, column: int, roles: Collection[RowRole] = _OF_UNITS) -> dict[int, float]:
        """The numbers of a column as the table states them, by the numbers of their rows."""
        read_as = in_notation(self.columns[column], self.answers)
        found = {}
        for row in self.layout.rows:
            if row.role in roles:
                try:
                    value, _ = read_cell(row.value(column), read_as)
                except InvalidInput:
                    continue
                if value is not None:
                    found[row.number] = value
        return found

    def cell_of(self, row: int, column: int) -> ComparedCell:
        """A cell of the table, with its unit or the words of its row."""
        raw = self._rows[row].value(column)
        return ComparedCell(self._row_names[row], self.layout.place(row, column), cell_text(raw))

    @cached_property
    def _rows(self) -> Mapping[int, TableRow]:
        return {row.number: row for row in self.layout.rows}

    @cached_property
    def _row_names(self) -> Mapping[int, str]:
        """By row the id of its unit, else its words."""
        name = self.layout.column("name")
        words = {
            row.number: (cell_text(row.value(name.number)) if name else "")
            or next(filter(None, map(cell_text, row.values)), "")
            for row in self.layout.rows
        }
        named = {match.row: match.unit_id or match.written for match in self.matching.rows}
        return {**words, **named}

    @cached_property
    def resolved(self) -> bool:
        """Whether every data row has its unit, so that sums over rows can be believed."""
        return all(match.state in ("matched", "ignored") for match in self.matching.rows)

    def known_by_period(
        self, indicator: str, dimensions: str = ""
    ) -> Mapping[PeriodKey, Mapping[str, float]]:
        """The figures of a series that are there and not doubtful, by period, status and unit."""
        series = indicator, dimensions
        if series not in self._by_period:
            found: dict[PeriodKey, dict[str, float]] = defaultdict(dict)
            for (unit_id, period, status), figure in self.known(*series).items():
                if not figure.doubtful:
                    found[period, status][unit_id] = figure.value
            self._by_period[series] = found
        return self._by_period[series]

    def series_of(self, indicator: str, dimensions: str = "") -> Sequence[SeriesKey]:
        """The series of an indicator that the table has numbers of, in the table's order."""
        return self._by_indicator.get((indicator, dimensions), ())

    @cached_property
    def _by_indicator(self) -> Mapping[tuple[str, str], Sequence[SeriesKey]]:
        found: dict[tuple[str, str], list[SeriesKey]] = defaultdict(list)
        for series in self.numbers:
            found[series[:2]].append(series)
        return found

    def values_by_unit(self, series: SeriesKey) -> Mapping[str, float]:
        """The numbers of a series of the table by unit."""
        if series not in self._values:
            figures = self.numbers.get(series, {})
            self._values[series] = {u: f.value for u, f in figures.items() if f.value is not None}
        return self._values[series]

    def known(self, indicator: str, dimensions: str = "") -> Figures:
        """The figures of a series that are there already."""
        return self.facts.figures(indicator, dimensions)

    def figure(
        self, indicator: str, dimensions: str, key: FigureKey
    ) -> ImportedValue | KnownFigure | None:
        """A figure of the table, else one that is there already; None where there is none."""
        unit_id, period, status = key
        own = self.numbers.get((indicator, dimensions, period, status), {}).get(unit_id)
        return own or self.known(indicator, dimensions).get(key)

    def unit_name(self, unit_id: str) -> str:
        """The full name of a unit, else its id."""
        place = self.facts.index.kinship.position.get(unit_id)
        return unit_id if place is None else self.facts.index.units[place].full_name.vi
