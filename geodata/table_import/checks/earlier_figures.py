"""The figures of the period before, from the table itself or from what is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from geodata.period import Period, parse_period
from geodata.table_import.checks.checked_table import CheckedTable, SeriesKey
from geodata.table_import.report_records import ImportedValue

_DONE = ("actual", "estimate")


@dataclass(frozen=True, slots=True)
class EarlierFigures:
    """A series beside that of the period before.

    Parameters
    ----------
    series
        The series.
    period
        The period before.
    pairs
        For each unit that has a figure of both, the earlier value and the figure.
    in_table
        Whether the earlier figures stand in the same table.
    """

    series: SeriesKey
    period: str
    pairs: Mapping[str, tuple[float, ImportedValue]]
    in_table: bool


def comparable(earlier: Period, later: Period) -> bool:
    """Whether a figure of one period may be held against one of a later period.

    Both are of one kind (a year, the same half, quarter or month of a year, a day), since what
    grows within a year cannot be compared with the whole of another.
    """
    if earlier.end >= later.start and earlier.end >= later.end:
        return False
    single = earlier.start == earlier.end, later.start == later.end
    if any(single):
        return all(single)
    same_part = (earlier.start.month, earlier.end.month) == (later.start.month, later.end.month)
    years = earlier.end.year - earlier.start.year, later.end.year - later.start.year
    return same_part and years[0] == years[1]


def earlier_figures(table: CheckedTable) -> Iterator[EarlierFigures]:
    """Each series of actual figures with the latest comparable one before it.

    Where none is comparable, or no unit has figures of both, nothing is given.
    """
    for series in table.numbers:
        if series[3] in _DONE and (found := _before(table, series)) is not None:
            yield found


def _before(table: CheckedTable, series: SeriesKey) -> EarlierFigures | None:
    indicator, dimensions, period, _ = series
    own = parse_period(period)
    by_period: dict[str, dict[str, float]] = {}
    inside: set[str] = set()
    known = table.known_by_period(indicator, dimensions)
    for status in _DONE[::-1]:  # what happened goes before what was estimated
        for (when, kind), values in known.items():
            if kind == status:
                by_period.setdefault(when, {}).update(values)
    for other in table.numbers:
        same = other[:2] == series[:2] and other[3] in _DONE
        if same and other[2] != period:
            inside.add(other[2])
            by_period.setdefault(other[2], {}).update(table.values_by_unit(other))
    ranked = sorted((parse_period(code) for code in by_period), key=lambda p: p.sort_key)
    figures = table.numbers[series]
    for earlier in reversed(ranked):
        if comparable(earlier, own):
            before = by_period[earlier.code]
            pairs = {u: (before[u], f) for u, f in figures.items() if u in before}
            if pairs:
                return EarlierFigures(series, earlier.code, pairs, earlier.code in inside)
    return None
