"""Lowest and highest values on other units: taken from whole predecessors, or not at all.

    max(t) = max over s of max(s)    when every s lies wholly in t and every max(s) is known

A divided predecessor may hold its extreme in the part that went elsewhere, and a predecessor
without a figure may hold the extreme of all, so either leaves the value not recoverable. Values
that are no extreme of their unit (relief, criteria met) stay only where the unit stayed the same.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from geodata.model import Extreme, Indicator
from geodata.recast import results
from geodata.recast.apportionment import (
    Apportionment,
    data_coverage,
    inapplicable_sources,
    source_values,
    target_inputs,
)
from geodata.recast.counts import contributions, no_value_reason
from geodata.recast.inputs import RecastInputs
from geodata.recast.results import STATUS_CODES, RecastArrays, RecastValue, RecastValues
from geodata.succession.crosswalk import Flags, Floats


def recast_extremes(
    indicator: Indicator,
    period: str,
    apportionment: Apportionment,
    inputs: RecastInputs,
) -> RecastValues:
    """Recast an extreme; parameters and result as in `geodata.recast.counts.recast_counts`."""
    table, values = apportionment.crosswalk, inputs.observations
    numbers, has = source_values(table, values)
    inapplicable = inapplicable_sources(table, inputs.not_applicable)
    side = indicator.extreme
    arrays = _arrays(apportionment, numbers, (has, inapplicable), side)

    def build_value(k: int) -> RecastValue:
        target = target_inputs(apportionment, k)
        missing = target.sources_without(values, inputs.not_applicable)
        base = arrays.record(k, target.unit_id, indicator.id, period, missing)
        if base.status == "exact_extreme":
            parts = contributions(target, values)
            return replace(base, value=float(arrays.value[k]), contributions=parts)
        if base.status == "no_data":
            return replace(base, reason=no_value_reason(target, base.missing))
        if side is None:
            return replace(base, reason=results.neither_adds())
        divided = not apportionment.exact[k]
        return replace(
            base, reason=results.divided_extreme() if divided else results.incomplete_extreme()
        )

    return RecastValues(table.target_index, build_value, arrays)


def _arrays(
    apportionment: Apportionment,
    numbers: Floats,
    sources: tuple[Flags, Flags],
    side: Extreme | None,
) -> RecastArrays:
    """Value and status by target; ``sources`` with a value, and those it does not apply to."""
    table, (has, inapplicable) = apportionment.crosswalk, sources
    seen = has[table.row]
    some, gaps = table.targets_of(seen), table.targets_of(~seen & ~inapplicable[table.row])
    known = some & (table.unchanged | (apportionment.exact & ~gaps & (side is not None)))
    worst = np.inf if side == "lowest" else -np.inf
    found = np.full(len(table.targets), worst)
    gather = np.minimum if side == "lowest" else np.maximum
    gather.at(found, table.col[seen], numbers[table.row[seen]])
    status = np.select(
        [~some, known],
        [STATUS_CODES["no_data"], STATUS_CODES["exact_extreme"]],
        STATUS_CODES["not_recoverable"],
    ).astype(np.int8)
    covered = np.where(table.unchanged & some, 1.0, data_coverage(table, has, inapplicable))
    return RecastArrays(np.where(known, found, np.nan), status, covered)
