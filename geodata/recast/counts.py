"""Counts on other units: whole predecessors add up, divided ones are split by the best weight.

    C(t) = sum over s of f_w(s, t) C(s)

Exact where every f is 1. Where some are not, the value is what areal weighting gives (Goodchild and
Lam 1980) with w = population, households or area; the range is taken over all weights known.

Where no f of a divided *s* is known, C(t) cannot be had, but what cannot be negative has bounds::

    sum of C(s) over the whole s  <=  C(t)  <=  that + sum of C(s) over the divided s
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from geodata.model import Indicator, Observation
from geodata.recast import records
from geodata.recast.records import (
    STATUS,
    Contribution,
    Outcome,
    Recast,
    Records,
)
from geodata.recast.split import (
    Fed,
    Split,
    coverage,
    fed,
    idle_sources,
    vector,
)
from geodata.succession.crosswalk import Flags, Floats
from geodata.text import Text


def recast_counts(
    indicator: Indicator,
    period: str,
    chosen: Split,
    values: Mapping[str, Observation],
    not_applicable: Collection[str] = (),
) -> Records:
    """Recast a count.

    Parameters
    ----------
    chosen
        The crosswalk with its weights (`geodata.recast.split.split`).
    values
        Observations by source unit; a source without one is missing, not zero.
    not_applicable
        Sources to which the indicator does not apply; they do not lower the coverage.

    Returns
    -------
    Records
        By target unit, every target of the crosswalk.
    """
    table = chosen.crosswalk
    amounts, has = vector(table, values)
    seen = has[table.row]
    outcome = _outcome(
        chosen, amounts, seen, coverage(table, has, idle_sources(table, not_applicable))
    )
    low, high = _range(chosen, amounts)
    positive = indicator.minimum is not None and indicator.minimum >= 0

    def make(k: int) -> Recast:
        target = fed(chosen, k)
        missing = target.without(values, not_applicable)
        base = outcome.record(k, target.unit_id, indicator.id, period, missing)
        if base.status == "no_data":
            return replace(base, reason=nothing(target, base.missing))
        if base.status == "not_recoverable":
            return _bounded(base, target, values, positive)
        return _count(base, target, values, (low[k], outcome.value[k], high[k]))

    return Records(table.target_index, make, outcome)


def _outcome(chosen: Split, amounts: Floats, seen: Flags, covered: Floats) -> Outcome:
    """Value and status by target; ``seen`` says of each link whether its source has a value."""
    table = chosen.crosswalk
    status = np.select(
        [
            ~table.fed_by(seen),
            table.fed_by(seen & ~chosen.known),
            table.fed_by(seen & chosen.parted),
        ],
        [STATUS["no_data"], STATUS["not_recoverable"], STATUS["estimated"]],
        STATUS["summed"],
    ).astype(np.int8)
    exact = (status == STATUS["estimated"]) | (status == STATUS["summed"])
    return Outcome(np.where(exact, chosen.totals(amounts), np.nan), status, covered)


def _count(
    base: Recast,
    target: Fed,
    values: Mapping[str, Observation],
    ends: tuple[float, float, float],
) -> Recast:
    low, value, high = map(float, ends)
    weight = target.weight_of(values)
    several = bool(weight) and low < high
    return replace(
        base,
        value=value,
        contributions=contributions(target, values),
        weight=weight,
        low=low if several else None,
        high=high if several else None,
        reason=incomplete(target, base.missing),
    )


def _bounded(
    base: Recast, target: Fed, values: Mapping[str, Observation], positive: bool
) -> Recast:
    """The record of a target that took in a part of unknown size, with what is certain of it.

    Whole sources are certain; what was divided may lie there or not.
    """
    refusal = replace(base, reason=records.no_weight())
    parts = contributions(target, values)
    if not positive or base.missing:
        return replace(refusal, contributions=parts)
    low = math.fsum(part.observation.value for part in parts if part.share == 1)
    rest = math.fsum(part.observation.value for part in parts if part.share != 1)
    return replace(refusal, low=low, high=low + rest, contributions=parts)


def contributions(target: Fed, values: Mapping[str, Observation]) -> tuple[Contribution, ...]:
    """The observations that reach a target, each with its share; None where that is not known."""
    rows = zip(target.sources, target.shares, target.known, strict=True)
    return tuple(
        Contribution(values[s], share if known else None) for s, share, known in rows if s in values
    )


def nothing(target: Fed, missing: tuple[str, ...]) -> Text:
    """Why a target without any contribution has none."""
    idle = bool(target.sources) and not missing
    return records.not_applicable() if idle else records.no_data()


def incomplete(target: Fed, missing: tuple[str, ...]) -> Text:
    """What to say of predecessors without a figure; empty when all have one."""
    return records.partly_missing(len(missing), len(target.sources)) if missing else Text("")


def _range(chosen: Split, amounts: Floats) -> tuple[Floats, Floats]:
    """Smallest and largest total by target over the weights known."""
    totals = [chosen.totals(amounts, share) for share in chosen.scenarios.values()]
    totals = totals or [chosen.totals(amounts)]
    return np.min(totals, axis=0), np.max(totals, axis=0)
