"""Gazetteer: the units of a dataset in memory, found by name, alias or code, with their lineage."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from geodata.errors import unknown_name
from geodata.i18n import Message
from geodata.model import LEVELS, Level, Succession, Unit
from geodata.store.interface import SearchHit
from geodata.store.unit_search import SearchName, UnitSearch, search_name
from geodata.vietnamese_names import fold, vietnamese_sort_key

_FIND_UNIT = Message("Look it up by name in the search box")


class Gazetteer:
    """Units by id, code, parent and name.

    Parameters
    ----------
    units, successions
        All units of all eras and every step from one to the next.
    """

    def __init__(self, units: Iterable[Unit], successions: Iterable[Succession]) -> None:
        self.ordered = tuple(sorted(units, key=_menu_order))
        self._by_id = {unit.unit_id: unit for unit in self.ordered}
        self._by_code: dict[str, list[Unit]] = defaultdict(list)
        self._by_parent: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        for unit in self.ordered:
            self._by_code[unit.code].append(unit)
            if unit.parent_id is not None:
                above = self._by_id[unit.parent_id]
                self._by_parent[above.level, above.code].append(unit)
        self._from: dict[str, list[Succession]] = defaultdict(list)
        self._to: dict[str, list[Succession]] = defaultdict(list)
        for step in successions:
            self._from[step.from_id].append(step)
            self._to[step.to_id].append(step)
        self._names = tuple((unit, _names(unit)) for unit in self.ordered)
        self._search = UnitSearch(self._names, self._units_above)

    def unit(self, unit_id: str) -> Unit:
        """The unit of an id; `NotFound` otherwise."""
        if unit_id not in self._by_id:
            what = Message("No unit has this id")
            raise unknown_name(what, unit_id, self._near(unit_id), _FIND_UNIT)
        return self._by_id[unit_id]

    def _near(self, unit_id: str) -> list[str]:
        """Ids of the units that bear the same code, to be offered in the error."""
        code = unit_id.split("-", maxsplit=1)[0]
        return [unit.unit_id for unit in self._by_code.get(code, [])]

    def versions(self, code: str) -> tuple[Unit, ...]:
        """The units that have borne a code, oldest first; `NotFound` when none has."""
        if code not in self._by_code:
            what = Message("No unit has this code")
            raise unknown_name(what, code, (), _FIND_UNIT)
        return tuple(sorted(self._by_code[code], key=lambda unit: unit.valid_from))

    def children(self, unit_id: str) -> tuple[Unit, ...]:
        """The units directly below one, at any time of its validity.

        A commune keeps its id when only the borders of its district change, and names the last
        version of that district; so it stands below every version that it lived under.
        """
        unit = self.unit(unit_id)
        below = self._by_parent.get((unit.level, unit.code), ())
        return tuple(child for child in below if _overlap(child, unit))

    def predecessors(self, unit_id: str) -> tuple[Succession, ...]:
        """The steps that lead to a unit, by the name of what it was formed from."""
        self.unit(unit_id)
        return tuple(sorted(self._to.get(unit_id, ()), key=lambda s: self._name_key(s.from_id)))

    def successors(self, unit_id: str) -> tuple[Succession, ...]:
        """The steps that lead away from a unit."""
        self.unit(unit_id)
        return tuple(sorted(self._from.get(unit_id, ()), key=lambda s: self._name_key(s.to_id)))

    def _name_key(self, unit_id: str) -> tuple[object, ...]:
        return vietnamese_sort_key(self._by_id[unit_id].name.vi)

    def matching(
        self,
        level: Level | None,
        date: dt.date | None,
        parent: str | None,
        q: str | None,
    ) -> tuple[Unit, ...]:
        """The units that meet all conditions given; see `Store.units`."""
        below = None if parent is None else {unit.unit_id for unit in self.children(parent)}
        folded = fold(q) if q else ""
        return tuple(
            unit
            for unit, names in self._names
            if (level is None or unit.level == level)
            and (date is None or unit.valid_on(date))
            and (below is None or unit.unit_id in below)
            and (not q or (folded and any(folded in name.folded for name in names)))
        )

    def search(self, q: str, limit: int) -> tuple[SearchHit, ...]:
        """Units by name; see `Store.search`."""
        found = self._search.find(q)
        return tuple(
            SearchHit(unit, name, begins, self.current_units(unit))
            for unit, name, begins in found[:limit]
        )

    def _units_above(self, unit: Unit) -> tuple[Unit, ...]:
        """The units in which one lies, and in which what it was formed from lay."""
        formed_from = (self._by_id[step.from_id] for step in self._to.get(unit.unit_id, ()))
        reached: dict[str, Unit] = {}
        for each in (unit, *formed_from):
            above = each.parent_id
            while above is not None and above not in reached:
                reached[above] = self._by_id[above]
                above = reached[above].parent_id
        return tuple(reached.values())

    def current_units(self, unit: Unit) -> tuple[Unit, ...]:
        """The units of today that a former one became; none for a unit that is still valid."""
        reached: dict[str, Unit] = {}
        seen: set[str] = set()
        waiting = [step.to_id for step in self._from.get(unit.unit_id, ())]
        while waiting:
            unit_id = waiting.pop()
            if unit_id in seen:
                continue
            seen.add(unit_id)
            if self._by_id[unit_id].valid_to is None:
                reached[unit_id] = self._by_id[unit_id]
            waiting += [step.to_id for step in self._from.get(unit_id, ())]
        return tuple(sorted(reached.values(), key=_menu_order)) if unit.valid_to else ()


def _overlap(one: Unit, other: Unit) -> bool:
    """Whether two units exist together on some day."""
    start = max(one.valid_from, other.valid_from)
    return all(unit.valid_to is None or start < unit.valid_to for unit in (one, other))


def _menu_order(unit: Unit) -> tuple[object, ...]:
    return LEVELS.index(unit.level), vietnamese_sort_key(unit.name.vi), unit.code, unit.valid_from


def _names(unit: Unit) -> tuple[SearchName, ...]:
    shown = dict.fromkeys((unit.name.vi, unit.full_name.vi, *unit.aliases, unit.code, unit.unit_id))
    return tuple(map(search_name, shown))
