"""What the units that were merged into a unit had before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geodata.model import Observation, Succession
from geodata.period import parse_period
from geodata.precedence import ObservationKey


def whole_predecessors(successions: Sequence[Succession]) -> dict[str, list[str]]:
    """Units that make up each unit without a rest, by unit id.

    Its predecessors where all went over whole. Where the parts of a divided unit meet again, what
    was there before the division stands for the units formed of them.
    """
    parts: dict[str, list[str]] = {}
    successors: dict[str, set[str]] = {}
    for succession in successions:
        parts.setdefault(succession.to_id, []).append(succession.from_id)
        successors.setdefault(succession.from_id, set()).add(succession.to_id)
    partial = {succession.to_id for succession in successions if not succession.whole}
    found = {}
    for unit_id, ids in parts.items():
        formed = partial & set(ids)
        older = sorted({old for unit in formed for old in parts[unit]})
        if unit_id not in partial and all(successors[old] <= formed for old in older):
            found[unit_id] = [*(unit for unit in ids if unit not in formed), *older]
    return found


class PredecessorFigures:
    """Looks up what the predecessors of a unit had; impossible figures are none.

    Parameters
    ----------
    known
        The figure to work with for each unit, indicator, period and status.
    parts_of
        See `whole_predecessors`.
    """

    def __init__(
        self, known: Mapping[ObservationKey, Observation], parts_of: Mapping[str, Sequence[str]]
    ) -> None:
        self._known = known
        self._parts_of = parts_of
        self._periods: dict[str, set[str]] = {}
        for (_, indicator, period, status), observation in known.items():
            if status == "actual" and not observation.method:
                self._periods.setdefault(indicator, set()).add(period)

    def sum_of_parts(self, observation: Observation) -> tuple[str, float] | None:
        """Latest earlier period for which all parts are known, and their sum."""
        day = parse_period(observation.period).start
        periods = (parse_period(code) for code in self._periods.get(observation.indicator, ()))
        earlier = sorted((p for p in periods if p.end < day), key=lambda p: p.sort_key)
        for period in reversed(earlier):
            parts = self._parts_of[observation.unit_id]
            values = [self._value(part, observation.indicator, period.code) for part in parts]
            if all(value is not None for value in values):
                return period.code, sum(value for value in values if value is not None)
        return None

    def _value(self, unit_id: str, indicator: str, period: str) -> float | None:
        """Value of a unit, or the sum of what was merged into it."""
        own = self._known.get((unit_id, indicator, period, "actual"))
        if own is not None and not own.impossible:
            return own.value
        parts = self._parts_of.get(unit_id, ())
        values = [self._value(part, indicator, period) for part in parts]
        known = [value for value in values if value is not None]
        return sum(known) if values and len(known) == len(values) else None
