"""Lowest and highest values on other units: taken from whole predecessors, or not at all.

    max(t) = max over s of max(s)    when every s lies wholly in t and every max(s) is known

A divided predecessor may hold its extreme in the part that went elsewhere, and a predecessor
without a figure may hold the extreme of all, so either leaves the value not recoverable. Values
that are no extreme of their unit (relief, criteria met) stay only where the unit stayed the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from geodata.model import Extreme, Indicator, Observation
from geodata.recast import records
from geodata.recast.counts import contributions, nothing, refused
from geodata.recast.ratios import carried
from geodata.recast.records import Recast
from geodata.recast.split import Fed, Split, coverage, fed, idle_sources, vector


def recast_extremes(
    indicator: Indicator,
    period: str,
    chosen: Split,
    values: Mapping[str, Observation],
    not_applicable: Collection[str] = (),
) -> dict[str, Recast]:
    """Recast an extreme; parameters and result as in `geodata.recast.counts.recast_counts`."""
    table = chosen.crosswalk
    _, has = vector(table, values)
    covered = coverage(table, has, idle_sources(table, not_applicable))
    exact, side = chosen.exact, indicator.extreme
    found = {}
    for k, target in enumerate(fed(chosen)):
        absent = target.without(values, not_applicable)
        base = Recast(
            target.unit_id, indicator.id, period, None, "no_data", covered[k], missing=absent
        )
        found[target.unit_id] = _extreme(base, target, values, side, bool(exact[k]))
    return found


def _extreme(
    base: Recast, target: Fed, values: Mapping[str, Observation], side: Extreme | None, exact: bool
) -> Recast:
    parts = contributions(target, values)
    if not parts:
        return refused(base, "no_data", nothing(target, base.missing))
    if target.same:
        return carried(base, parts[0].observation, "exact_extreme")
    if side is None:
        return refused(base, "not_recoverable", records.neither_adds())
    if not exact:
        return refused(base, "not_recoverable", records.divided_extreme())
    if base.missing:
        return refused(base, "not_recoverable", records.incomplete_extreme())
    numbers = [part.observation.value for part in parts]
    value = min(numbers) if side == "lowest" else max(numbers)
    return replace(base, value=value, status="exact_extreme", contributions=parts)
