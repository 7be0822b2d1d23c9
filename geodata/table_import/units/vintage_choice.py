"""Of which day the units of a table are, by the rows that each day's list explains.

A day whose list explains every row that any list explains, and is alone in that, is taken. Where
several do, their units may be the same; or the table names all units of one of them and only some
of the others. Where none does, one may explain nearly all rows, with nearly all of its units named:
then the rest are rows of another day. Anything else is a mixture, which is never decided here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geodata.table_import.match_records import Vintage
from geodata.table_import.units.name_index import UnitIndex
from geodata.table_import.units.row_search import DayFinding

_NEARLY_ALL = 0.9
_FEW = 0.5

RowFinding = tuple[DayFinding, ...]
"""What a row may mean on each day of the timeline."""


@dataclass(frozen=True, slots=True)
class VintageChoice:
    """The day whose units a table lists.

    Parameters
    ----------
    day
        Position in the timeline; None for a mixture.
    open_days
        The days among which rows are told apart: the one, or those that are not ruled out.
    evidence
        What speaks for each day, the chosen one first, then the likeliest.
    """

    day: int | None
    open_days: tuple[int, ...]
    evidence: tuple[Vintage, ...]


@dataclass(frozen=True, slots=True)
class _Day:
    """One day's evidence; ``found`` are the units named, ``rows`` the numbers of rows explained."""

    day: int
    rows: frozenset[int]
    only_here: int
    found: frozenset[int]
    units: int

    @property
    def complete(self) -> bool:
        return len(self.rows) >= self.units > 0 and len(self.found) == self.units

    @property
    def named(self) -> float:
        return min(len(self.found), len(self.rows)) / self.units if self.units else 0.0


def choose_vintage(
    findings: Sequence[RowFinding],
    index: UnitIndex,
    units_on: Callable[[int], int],
    said: int | None = None,
    since: dt.date | None = None,
) -> VintageChoice:
    """The day whose units the rows name.

    Parameters
    ----------
    findings
        Of the rows that nobody has answered.
    units_on
        How many units of the level are in force on a day, in the table's area.
    said
        The day that a person or a recipe gives.
    since
        Day before which none of the table's figures is; lists that ended by then are no longer
        written, where another one explains the rows as well. None where that is not known.
    """
    explained = [n for n, row in enumerate(findings) if any(day.units for day in row)]
    days = [_evidence(day, findings, units_on(day)) for day in range(len(index.timeline))]
    full = [each for each in days if len(each.rows) == len(explained)]
    full = [each for each in full if not _ended(each.day, since, index)] or full
    if said is not None:
        chosen: int | None = said
    elif not explained:
        chosen = None
    elif full:
        chosen = _of_full(full, findings)
    else:
        chosen = _of_nearly_full(days, len(explained))
    open_days = [chosen] if chosen is not None else [e.day for e in full or days]
    return VintageChoice(chosen, tuple(open_days), _ordered(days, chosen, index))


def _ended(day: int, since: dt.date | None, index: UnitIndex) -> bool:
    """Whether the list of a day was replaced by another one before the figures begin."""
    return since is not None and day + 1 < len(index.timeline) and index.timeline[day + 1] <= since


def step_of(index: UnitIndex, day: object) -> int:
    """Position of the step of the timeline in which a day lies; of the first before it began."""
    return max((n for n, start in enumerate(index.timeline) if str(start) <= str(day)), default=0)


def _evidence(day: int, findings: Sequence[RowFinding], units: int) -> _Day:
    rows = [n for n, row in enumerate(findings) if row[day].units]
    only = [n for n in rows if not any(d.units for i, d in enumerate(findings[n]) if i != day)]
    found = frozenset(unit for n in rows for unit in findings[n][day].units)
    return _Day(day, frozenset(rows), len(only), found, units)


def _of_full(full: Sequence[_Day], findings: Sequence[RowFinding]) -> int | None:
    """The one of several days that each explain all rows; None where it cannot be told."""
    same: dict[tuple[tuple[int, ...], ...], _Day] = {}
    for each in full:
        same[tuple(tuple(sorted(row[each.day].units)) for row in findings)] = each
    different = list(same.values())
    if len(different) == 1:
        return different[0].day
    complete = [each for each in different if each.complete]
    if len(complete) == 1:
        return complete[0].day
    return _alone_nearly_named(different)


def _alone_nearly_named(days: Sequence[_Day]) -> int | None:
    nearly = [each for each in days if each.named >= _NEARLY_ALL]
    others = [each for each in days if each.named > _FEW]
    return nearly[0].day if nearly and others == nearly[:1] else None


def _of_nearly_full(days: Sequence[_Day], explained: int) -> int | None:
    best = max(days, key=lambda each: len(each.rows))
    alone = sum(len(each.rows) == len(best.rows) for each in days) == 1
    nearly = len(best.rows) >= _NEARLY_ALL * explained and best.named >= _NEARLY_ALL
    return best.day if alone and nearly else None


def _ordered(days: Sequence[_Day], chosen: int | None, index: UnitIndex) -> tuple[Vintage, ...]:
    ranked = sorted(days, key=lambda e: (e.day != chosen, -len(e.rows), -e.only_here, -e.day))
    return tuple(
        Vintage(
            date=index.timeline[each.day],
            explained=len(each.rows),
            only_here=each.only_here,
            named=min(len(each.found), len(each.rows)),
            units=each.units,
        )
        for each in ranked
    )
