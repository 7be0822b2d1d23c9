"""Counts on other units: whole predecessors add up, divided ones are split by the best weight.

    C(t) = sum over s of f_w(s, t) C(s)

Exact where every f is 1. Where some are not, the value is what areal weighting gives (Goodchild and
Lam 1980) with w = population, households or area; the range is taken over all weights known.

Where no f of a divided *s* is known, C(t) cannot be had, but what cannot be negative has bounds::

    sum of C(s) over the whole s  <=  C(t)  <=  that + sum of C(s) over the divided s
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from geodata.i18n import Localised, Text
from geodata.model import Indicator, Observation
from geodata.recast import results
from geodata.recast.apportionment import (
    Apportionment,
    TargetInputs,
    data_coverage,
    inapplicable_sources,
    source_values,
    target_inputs,
)
from geodata.recast.inputs import RecastInputs
from geodata.recast.results import (
    STATUS_CODES,
    Contribution,
    RecastArrays,
    RecastValue,
    RecastValues,
)
from geodata.succession.crosswalk import Flags, Floats


def recast_counts(
    indicator: Indicator,
    period: str,
    apportionment: Apportionment,
    inputs: RecastInputs,
) -> RecastValues:
    """Recast a count.

    Parameters
    ----------
    apportionment
        The crosswalk with its weights (`geodata.recast.apportionment.apportion`).
    inputs
        Observations by source unit; a source without one is missing, not zero.

    Returns
    -------
    RecastValues
        By target unit, every target of the crosswalk.
    """
    table, values = apportionment.crosswalk, inputs.observations
    amounts, has = source_values(table, values)
    seen = has[table.row]
    arrays = _arrays(
        apportionment,
        amounts,
        seen,
        data_coverage(table, has, inapplicable_sources(table, inputs.not_applicable)),
    )
    low, high = _value_range(apportionment, amounts)
    positive = indicator.minimum is not None and indicator.minimum >= 0

    def build_value(k: int) -> RecastValue:
        target = target_inputs(apportionment, k)
        missing = target.sources_without(values, inputs.not_applicable)
        base = arrays.record(k, target.unit_id, indicator.id, period, missing)
        if base.status == "no_data":
            return replace(base, reason=no_value_reason(target, base.missing))
        if base.status == "not_recoverable":
            return _with_bounds(base, target, values, positive)
        return _with_value(base, target, values, (low[k], arrays.value[k], high[k]))

    return RecastValues(table.target_index, build_value, arrays)


def _arrays(
    apportionment: Apportionment, amounts: Floats, seen: Flags, covered: Floats
) -> RecastArrays:
    """Value and status by target; ``seen`` says of each link whether its source has a value."""
    table = apportionment.crosswalk
    status = np.select(
        [
            ~table.targets_of(seen),
            table.targets_of(seen & ~apportionment.known),
            table.targets_of(seen & apportionment.divided),
        ],
        [STATUS_CODES["no_data"], STATUS_CODES["not_recoverable"], STATUS_CODES["estimated"]],
        STATUS_CODES["summed"],
    ).astype(np.int8)
    exact = (status == STATUS_CODES["estimated"]) | (status == STATUS_CODES["summed"])
    return RecastArrays(np.where(exact, apportionment.totals(amounts), np.nan), status, covered)


def _with_value(
    base: RecastValue,
    target: TargetInputs,
    values: Mapping[str, Observation],
    ends: tuple[float, float, float],
) -> RecastValue:
    low, value, high = map(float, ends)
    weight = target.weights_used(values)
    several = bool(weight) and low < high
    return replace(
        base,
        value=value,
        contributions=contributions(target, values),
        weight=weight,
        low=low if several else None,
        high=high if several else None,
        reason=partial_data_reason(target, base.missing),
    )


def _with_bounds(
    base: RecastValue, target: TargetInputs, values: Mapping[str, Observation], positive: bool
) -> RecastValue:
    """The record of a target that took in a part of unknown size, with what is certain of it.

    Whole sources are certain; what was divided may lie there or not.
    """
    refusal = replace(base, reason=results.no_weight())
    parts = contributions(target, values)
    if not positive or base.missing:
        return replace(refusal, contributions=parts)
    low = math.fsum(part.observation.value for part in parts if part.share == 1)
    rest = math.fsum(part.observation.value for part in parts if part.share != 1)
    return replace(refusal, low=low, high=low + rest, contributions=parts)


def contributions(
    target: TargetInputs, values: Mapping[str, Observation]
) -> tuple[Contribution, ...]:
    """The observations that reach a target, each with its share; None where that is not known."""
    rows = zip(target.sources, target.shares, target.known, strict=True)
    return tuple(
        Contribution(values[s], share if known else None) for s, share, known in rows if s in values
    )


def no_value_reason(target: TargetInputs, missing: tuple[str, ...]) -> Localised:
    """Why a target without any contribution has none."""
    inapplicable = bool(target.sources) and not missing
    return results.not_applicable() if inapplicable else results.no_data()


def partial_data_reason(target: TargetInputs, missing: tuple[str, ...]) -> Localised:
    """What to say of predecessors without a figure; empty when all have one."""
    return results.partly_missing(len(missing), len(target.sources)) if missing else Text("")


def _value_range(apportionment: Apportionment, amounts: Floats) -> tuple[Floats, Floats]:
    """Smallest and largest total by target over the weights known."""
    totals = [apportionment.totals(amounts, share) for share in apportionment.scenarios.values()]
    totals = totals or [apportionment.totals(amounts)]
    return np.min(totals, axis=0), np.max(totals, axis=0)
