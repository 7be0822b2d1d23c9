"""A table with all that was read of it and all that is known, as the checks take it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from geodata.model import Indicator, Status
from geodata.table_import.column_records import ColumnMeaning
from geodata.table_import.known_facts import FigureKey, Figures, KnownFacts, KnownFigure
from geodata.table_import.layout_records import TableColumn, TableLayout
from geodata.table_import.match_records import UnitMatching
from geodata.table_import.report_records import Answers, ImportedValue, StatedTotal

SeriesKey = tuple[str, str, str, Status]
"""Indicator, dimensions, period and status."""

TrackKey = tuple[str, str]
"""Indicator and dimensions: what has a course through time."""


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
    """

    layout: TableLayout
    matching: UnitMatching
    meanings: tuple[ColumnMeaning, ...]
    values: tuple[ImportedValue, ...]
    totals: tuple[StatedTotal, ...]
    answers: Answers
    facts: KnownFacts

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """The indicators of the catalogue, and those that are made with the table."""
        made = {new.indicator.id: new.indicator for new in self.answers.new_indicators}
        return {**made, **self.facts.catalogue.indicators}

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
        found = {}
        for series, values in self.by_series.items():
            by_unit: dict[str, ImportedValue] = {}
            twice: set[str] = set()
            for each in values:
                if each.value is not None:
                    if each.unit_id in by_unit:
                        twice.add(each.unit_id)
                    by_unit[each.unit_id] = each
            found[series] = {unit: each for unit, each in by_unit.items() if unit not in twice}
        return found

    def row_of(self, figure: ImportedValue) -> int:
        """Number of the table's row in which a figure stands."""
        return self.layout.row_and_column(figure.place)[0]

    def column_of(self, figure: ImportedValue) -> int:
        """Number of the table's column in which a figure stands."""
        return self.layout.row_and_column(figure.place)[1]

    @cached_property
    def cells(self) -> Mapping[tuple[int, int], ImportedValue]:
        """The figures by the numbers of their row and column."""
        return {(self.row_of(each), self.column_of(each)): each for each in self.values}

    @cached_property
    def resolved(self) -> bool:
        """Whether every data row has its unit, so that sums over rows can be believed."""
        return all(match.state in ("matched", "ignored") for match in self.matching.rows)

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
