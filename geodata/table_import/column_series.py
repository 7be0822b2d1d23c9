"""Which series each column of a table gives, and how many figures of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from geodata.table_import.column_records import EACH_ROW, ColumnMeaning
from geodata.table_import.report_records import ImportReport

Series = tuple[str, str, str, str]
"""Indicator, dimensions, period and status."""


@dataclass(frozen=True, slots=True)
class ColumnSeries:
    """A series that a column gives.

    Parameters
    ----------
    meaning
        What the column is taken for.
    indicator, dimensions, period, status
        The series; as in ``meaning`` where the column gives no figure.
    figures
        How many figures it has.
    """

    meaning: ColumnMeaning
    indicator: str
    dimensions: str
    period: str
    status: str
    figures: int


def column_series(report: ImportReport) -> Iterator[ColumnSeries]:
    """The series of each column, in the order of the columns; one of each that gives none.

    In a long table the texts of the column of indicators stand for the column of the values.
    """
    paths = {each.number: each.path for each in report.layout.columns} if report.layout else {}
    by_row = {n for n, e in enumerate(report.columns) if e.path != paths.get(e.column)}
    counts = _counts(report)
    everywhere = sum(counts.values(), Counter[Series]())
    for place, meaning in enumerate(report.columns):
        if by_row and meaning.indicator == EACH_ROW:
            continue
        own = counts.get(meaning.column, Counter())
        if place in by_row:
            named = meaning.indicator, meaning.dimensions
            own = Counter({key: n for key, n in everywhere.items() if key[:2] == named})
        none = (meaning.indicator, meaning.dimensions, meaning.period, meaning.status)
        for series, figures in sorted(own.items()) or [(none, 0)]:
            yield ColumnSeries(meaning, *series, figures)


def _counts(report: ImportReport) -> dict[int, Counter[Series]]:
    counts: dict[int, Counter[Series]] = {}
    if report.layout is None:
        return counts
    for each in report.values:
        if each.told:
            column = report.layout.row_and_column(each.place)[1]
            series = (each.indicator, each.dimensions, each.period, each.status)
            counts.setdefault(column, Counter())[series] += 1
    return counts
