"""Counts on other units: whole predecessors add up, divided ones are split by the best weight.

    C(t) = sum over s of f_w(s, t) C(s)

Exact where every f is 1. Where some are not, the value is what areal weighting gives (Goodchild and
Lam 1980) with w = population, households or area; the range is taken over all weights known.

Where no f of a divided *s* is known, C(t) cannot be had, but what cannot be negative has bounds::

    sum of f C(s) over s with f known  <=  C(t)  <=  that + sum of C(s) over the others
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from geodata.model import Indicator, Observation
from geodata.recast import records
from geodata.recast.records import Contribution, Recast
from geodata.recast.split import Fed, Split, coverage, fed, idle_sources, vector
from geodata.succession.crosswalk import Floats
from geodata.text import Text


def recast_counts(
    indicator: Indicator,
    period: str,
    chosen: Split,
    values: Mapping[str, Observation],
    not_applicable: Collection[str] = (),
) -> dict[str, Recast]:
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
    dict
        By target unit, every target of the crosswalk.
    """
    table = chosen.crosswalk
    amounts, has = vector(table, values)
    covered = coverage(table, has, idle_sources(table, not_applicable))
    totals = chosen.totals(amounts).tolist()
    lows, highs = (side.tolist() for side in _range(chosen, amounts))
    positive = indicator.minimum is not None and indicator.minimum >= 0
    found = {}
    for k, target in enumerate(fed(chosen)):
        absent = target.without(values, not_applicable)
        base = Recast(
            target.unit_id, indicator.id, period, None, "no_data", covered[k], missing=absent
        )
        ends = (lows[k], highs[k])
        found[target.unit_id] = (
            _count(base, target, values, totals[k], ends)
            if target.weighed(values)
            else _bounded(base, target, values, positive)
        )
    return found


def _count(
    base: Recast,
    target: Fed,
    values: Mapping[str, Observation],
    total: float,
    ends: tuple[float, float],
) -> Recast:
    parts = contributions(target, values)
    if not parts:
        return refused(base, "no_data", nothing(target, base.missing))
    weight = target.weight_of(values)
    low, high = ends if weight and ends[0] < ends[1] else (None, None)
    return replace(
        base,
        value=total,
        status="estimated" if weight else "summed",
        contributions=parts,
        weight=weight,
        low=low,
        high=high,
        reason=incomplete(target, base.missing),
    )


def _bounded(
    base: Recast, target: Fed, values: Mapping[str, Observation], positive: bool
) -> Recast:
    """The record of a target that took in a part of unknown size, with what is certain of it."""
    refusal = refused(base, "not_recoverable", records.no_weight())
    parts = contributions(target, values)
    if not positive or base.missing:
        return replace(refusal, contributions=parts)
    low = math.fsum(p.share * p.observation.value for p in parts if p.share is not None)
    rest = math.fsum(p.observation.value for p in parts if p.share is None)
    return replace(refusal, low=low, high=low + rest, contributions=parts)


def contributions(target: Fed, values: Mapping[str, Observation]) -> tuple[Contribution, ...]:
    """The observations that reach a target, each with its share; None where that is not known."""
    rows = zip(target.sources, target.shares, target.known, strict=True)
    return tuple(
        Contribution(values[s], share if known else None) for s, share, known in rows if s in values
    )


def refused(base: Recast, status: records.RecastStatus, reason: Text) -> Recast:
    """The record of a target without a value."""
    return replace(base, value=None, status=status, reason=reason)


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
