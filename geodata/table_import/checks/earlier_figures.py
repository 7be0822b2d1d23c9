"""The figures of the period before, from the table itself or from what is known."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from geodata.model import STATUS_GROUPS
from geodata.period import Period, parse_period
from geodata.table_import.checks.checked_table import CheckedTable, SeriesKey
from geodata.table_import.checks.recast_figures import RecastFigures
from geodata.table_import.report_records import ImportedValue

_DONE = STATUS_GROUPS["actual"]


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
    recast
        The units whose earlier value is that of the units they were formed from.
    same_kind
        Whether the periods are comparable; else only the magnitude of the figures is.
    """

    series: SeriesKey
    period: str
    pairs: Mapping[str, tuple[float, ImportedValue]]
    recast: frozenset[str] = frozenset()
    same_kind: bool = True


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


def earlier_figures(table: CheckedTable) -> Iterator[tuple[SeriesKey, EarlierFigures | None]]:
    """Each series of what happened, not of plans, with the latest comparable one before it.

    Where none is comparable, the nearest of any other period; None where no unit has figures of
    both.
    """
    pasts: dict[tuple[str, str], _Past] = {}
    recast = RecastFigures(table)
    for series in table.numbers:
        if series[3] not in _DONE:
            continue
        named = series[:2]
        if named not in pasts:
            pasts[named] = _Past.of(table, *named)
        yield series, pasts[named].before(series, table.numbers[series], recast)


@dataclass(frozen=True, slots=True)
class _Past:
    """All figures of an indicator that something can be held against, once for all its periods.

    Parameters
    ----------
    by_period
        Values by period and unit; those of the table go before those that are known.
    ranked
        The periods, the earliest first.
    """

    by_period: Mapping[str, Mapping[str, float]]
    ranked: Sequence[Period]

    @classmethod
    def of(cls, table: CheckedTable, indicator: str, dimensions: str) -> _Past:
        by_period: dict[str, dict[str, float]] = {}
        known = table.known_by_period(indicator, dimensions)
        for status in _DONE[::-1]:  # what happened goes before what was estimated
            for (when, kind), values in known.items():
                if kind == status:
                    by_period.setdefault(when, {}).update(values)
        for series in table.series_of(indicator, dimensions):
            if series[3] in _DONE:
                by_period.setdefault(series[2], {}).update(table.values_by_unit(series))
        ranked = sorted(map(parse_period, by_period), key=lambda period: period.sort_key)
        return cls(by_period, ranked)

    def before(
        self, series: SeriesKey, figures: Mapping[str, ImportedValue], recast: RecastFigures
    ) -> EarlierFigures | None:
        own = parse_period(series[2])
        place = bisect_left(self.ranked, own.sort_key, key=lambda period: period.sort_key)
        for earlier in reversed(self.ranked[:place]):
            if not comparable(earlier, own):
                continue
            values = self.by_period[earlier.code]
            merged = recast.before(series, earlier.code, figures.keys() - values.keys())
            pairs = {u: (v, f) for u, f in figures.items()
                     if (v := values.get(u, merged.get(u))) is not None}  # fmt: skip
            if pairs:
                return EarlierFigures(series, earlier.code, pairs, frozenset(merged))
        return self._nearest(series, figures, place)

    def _nearest(
        self, series: SeriesKey, figures: Mapping[str, ImportedValue], place: int
    ) -> EarlierFigures | None:
        """The figures of the nearest other period of any kind, the earlier ones first."""
        for other in (*reversed(self.ranked[:place]), *self.ranked[place:]):
            values = self.by_period[other.code]
            pairs = {unit: (values[unit], f) for unit, f in figures.items() if unit in values}
            if pairs and other.code != series[2]:
                return EarlierFigures(series, other.code, pairs, same_kind=False)
        return None
