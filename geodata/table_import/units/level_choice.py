"""The level of a table's units, and whether its names are written without any marks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from geodata.model import LEVELS, Level
from geodata.table_import.layout_records import TableLayout
from geodata.table_import.units.name_index import UnitIndex
from geodata.table_import.units.row_search import RowQuery, RowSearch
from geodata.table_import.units.spelling import tokens_of
from geodata.table_import.units.unit_columns import UnitColumns
from geodata.unit_words import heading_level

_SAMPLE = 300
"""Rows that are looked up at every level; the others only at the level they tell."""
_NAMES_WITHOUT_MARKS = 3
"""Names that lost their marks from which a table is believed to be written without any: fewer may
as well be slips."""


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """The search at the level of a table's units.

    Parameters
    ----------
    search
        The search at that level.
    rival
        The search at another level whose units all rows name as well, with nothing in the table
        that tells which are meant; None almost always.
    """

    search: RowSearch
    rival: RowSearch | None = None

    def is_ambiguous(self, query: RowQuery, days: Collection[int]) -> bool:
        """Whether a row names units of two levels and the table does not tell which it means."""
        return self.rival is not None and _explained(self.rival, query, days)


def choose_level(
    layout: TableLayout,
    columns: UnitColumns,
    queries: Sequence[RowQuery],
    index: UnitIndex,
    *,
    area: frozenset[int] | None,
    days: Collection[int],
) -> LevelChoice:
    """The level at which most rows name a unit.

    Where several explain as many rows, the header of the names decides.

    Parameters
    ----------
    days
        Positions in the timeline of the days that come into question.
    """
    bare = _is_without_marks(queries, index)
    step = max(1, -(-len(queries) // _SAMPLE))
    sample = queries[::step]
    searches = {level: RowSearch(index, level, bare, area) for level in LEVELS}
    scores = {
        level: sum(_explained(search, query, days) for query in sample)
        for level, search in searches.items()
    }
    most = max(scores.values())
    said = _heading(layout, columns.name)
    if not most:
        return LevelChoice(searches[said or "commune"])
    best: list[Level] = [level for level in LEVELS if scores[level] == most]
    if len(best) > 1 and "village" in best:
        # A village is told by its commune; without one, its name is a commune's.
        best = ["village"] if _name_communes(sample, searches["village"]) else best[:-1]
    if len(best) == 1 or said in best:
        return LevelChoice(searches[said if said in best and said else best[0]])
    first, second = sorted(best, key=lambda level: -_covered(searches[level], sample))[:2]
    return LevelChoice(searches[first], searches[second])


def _heading(layout: TableLayout, column: int | None) -> Level | None:
    found = next((each for each in layout.columns if each.number == column), None)
    return heading_level(tokens_of(" ".join(found.path))) if found else None


def _explained(search: RowSearch, query: RowQuery, days: Collection[int]) -> bool:
    finding = search.find(query)
    return any(finding[day].units for day in days)


def _name_communes(sample: Sequence[RowQuery], search: RowSearch) -> bool:
    """Whether the units above that rows state are communes, and cannot be districts."""
    units = search.index.units
    named = ({units[unit].level for unit in search.upper_units(q.parent)} for q in sample)
    return any("commune" in levels and "district" not in levels for levels in named)


def _covered(search: RowSearch, sample: Sequence[RowQuery]) -> float:
    """Share of the level's units, of all days, that the rows name."""
    found = {unit for query in sample for day in search.find(query) for unit in day.units}
    units = sum(unit.level == search.level for unit in search.index.units)
    return len(found) / units


def _is_without_marks(queries: Sequence[RowQuery], index: UnitIndex) -> bool:
    names = dict.fromkeys(query.name for query in queries if query.name)
    if not all(name.isascii() for name in names):
        return False
    lost = 0
    for name in names:
        lost += any(index.lost_its_marks(level, name) for level in LEVELS)
        if lost >= _NAMES_WITHOUT_MARKS:
            return True
    return False
