"""Which units stand above a unit, which it was formed from and which it became."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from geodata.model import Succession, Unit

_KEEP_THEIR_CODE = ("province", "district")
"""Levels whose codes are not given to another place: a district after a change of its borders bears
the code it had. Codes of communes are used again elsewhere."""


class Kinship:
    """Relations between units, which are known by their position in ``units``.

    Parameters
    ----------
    units
        All units.
    successions
        Who became whom; pairs that name no unit of ``units`` are left out.
    """

    def __init__(self, units: Sequence[Unit], successions: Iterable[Succession]) -> None:
        self.units, self.successions = units, tuple(successions)
        self.position = {unit.unit_id: i for i, unit in enumerate(units)}
        self.predecessors: dict[int, list[int]] = defaultdict(list)
        self.successors: dict[int, list[int]] = defaultdict(list)
        for row in self.successions:
            old, new = self.position.get(row.from_id), self.position.get(row.to_id)
            if old is not None and new is not None:
                self.predecessors[new].append(old)
                self.successors[old].append(new)
        self._same_code: dict[tuple[str, str], list[int]] = defaultdict(list)
        for i, unit in enumerate(units):
            if unit.level in _KEEP_THEIR_CODE:
                self._same_code[unit.level, unit.code].append(i)
        self._above: dict[int, frozenset[int]] = {}
        self._former: dict[int, frozenset[int]] = {}
        self._line: dict[int, frozenset[int]] = {}

    def parent(self, unit: int) -> int | None:
        """The unit directly above; None for the top."""
        parent_id = self.units[unit].parent_id
        return None if parent_id is None else self.position.get(parent_id)

    def above(self, unit: int) -> frozenset[int]:
        """All units above one, of all days on which these bore the same code."""
        if unit not in self._above:
            found: set[int] = set()
            upper = self.parent(unit)
            while upper is not None and upper not in found:
                one = self.units[upper]
                found |= {upper, *self._same_code.get((one.level, one.code), ())}
                upper = self.parent(upper)
            self._above[unit] = frozenset(found)
        return self._above[unit]

    def root(self, unit: int) -> int:
        """The topmost unit above one, or the unit itself."""
        seen: set[int] = set()
        upper: int | None = unit
        while upper is not None and upper not in seen:
            seen.add(upper)
            unit, upper = upper, self.parent(upper)
        return unit

    def former_above(self, unit: int) -> frozenset[int]:
        """Units above those from which a unit, or a unit above it, was formed; these with them."""
        if unit not in self._former:
            found: set[int] = set()
            open_ends = [unit]
            while open_ends:
                one = open_ends.pop()
                near = {*self.predecessors.get(one, ()), *self.above(one)} - found
                found |= near
                open_ends += near
            self._former[unit] = frozenset(found)
        return self._former[unit]

    def line(self, unit: int) -> frozenset[int]:
        """A unit with all it was formed from and all it became, over all events."""
        if unit not in self._line:
            self._line[unit] = frozenset(
                _reached(unit, self.predecessors) | _reached(unit, self.successors)
            )
        return self._line[unit]

    def inside(self, unit: int, area: Collection[int]) -> bool:
        """Whether a unit, what it was formed from or what it became lies in one of an area."""
        return any(one in area or not self.above(one).isdisjoint(area) for one in self.line(unit))

    def covered(self, unit: int, area: Collection[int]) -> bool:
        """Whether a unit lies in one of an area, as one of the past does if all it became does."""
        if unit in area or not self.above(unit).isdisjoint(area):
            return True
        later = self.successors.get(unit, ())
        return bool(later) and all(self.covered(one, area) for one in later)


def _reached(start: int, step: dict[int, list[int]]) -> set[int]:
    found, open_ends = {start}, [start]
    while open_ends:
        near = set(step.get(open_ends.pop(), ())) - found
        found |= near
        open_ends += near
    return found
