"""Lowest and highest values on other units: taken from whole predecessors, or not at all.

    max(t) = max over s of max(s)    when every s lies wholly in t and every max(s) is known

A divided predecessor may hold its extreme in the part that went elsewhere, and a predecessor
without a figure may hold the extreme of all, so either leaves the value not recoverable. Values
that are no extreme of their unit (relief, criteria met) stay only where the unit stayed the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from geodata.model import Extreme, Indicator, Observation
from geodata.recast import records
from geodata.recast.counts import contributions, nothing
from geodata.recast.records import STATUS, Outcome, Recast, Records
from geodata.recast.split import Split, coverage, fed, idle_sources, vector
from geodata.succession.crosswalk import Flags, Floats


def recast_extremes(
    indicator: Indicator,
    period: str,
    chosen: Split,
    values: Mapping[str, Observation],
    not_applicable: Collection[str] = (),
) -> Records:
    """Recast an extreme; parameters and result as in `geodata.recast.counts.recast_counts`."""
    table = chosen.crosswalk
    numbers, has = vector(table, values)
    idle = idle_sources(table, not_applicable)
    side = indicator.extreme
    outcome = _outcome(chosen, numbers, (has, idle), side)

    def make(k: int) -> Recast:
        target = fed(chosen, k)
        missing = target.without(values, not_applicable)
        base = outcome.record(k, target.unit_id, indicator.id, period, missing)
        if base.status == "exact_extreme":
            parts = contributions(target, values)
            return replace(base, value=float(outcome.value[k]), contributions=parts)
        if base.status == "no_data":
            return replace(base, reason=nothing(target, base.missing))
        if side is None:
            return replace(base, reason=records.neither_adds())
        divided = not chosen.exact[k]
        return replace(
            base, reason=records.divided_extreme() if divided else records.incomplete_extreme()
        )

    return Records(table.target_index, make, outcome)


def _outcome(
    chosen: Split, numbers: Floats, sources: tuple[Flags, Flags], side: Extreme | None
) -> Outcome:
    """Value and status by target; ``sources`` with a value, and those it does not apply to."""
    table, (has, idle) = chosen.crosswalk, sources
    seen = has[table.row]
    some, gaps = table.fed_by(seen), table.fed_by(~seen & ~idle[table.row])
    known = some & (table.same | (chosen.exact & ~gaps & (side is not None)))
    worst = np.inf if side == "lowest" else -np.inf
    found = np.full(len(table.targets), worst)
    gather = np.minimum if side == "lowest" else np.maximum
    gather.at(found, table.col[seen], numbers[table.row[seen]])
    status = np.select(
        [~some, known], [STATUS["no_data"], STATUS["exact_extreme"]], STATUS["not_recoverable"]
    ).astype(np.int8)
    covered = np.where(table.same & some, 1.0, coverage(table, has, idle))
    return Outcome(np.where(known, found, np.nan), status, covered)
