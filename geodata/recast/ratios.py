"""Ratios on other units: rebuilt from numerator and denominator, never averaged by area.

With factor k, numerator N and denominator D (both counts, recast like any count)::

    R(t) = k · sum over s of f_v(s, t) N(s) / sum over s of f_w(s, t) D(s)

Each side is divided by the weight that fits it: people by people, land by area. With one weight for
both every part of a unit would have the unit's own density.

Where only the ratio was published, N(s) = R(s) D(s) / k, so R(t) is the mean of the predecessors'
ratios weighted by their own denominators. Averaging by area would be right only if the denominator
were spread evenly over land (Goodchild and Lam 1980 on intensive variables).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from geodata.model import Indicator, Observation
from geodata.recast import records
from geodata.recast.counts import incomplete, nothing
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


@dataclass(frozen=True)
class RatioInputs:
    """What a ratio is rebuilt from.

    Parameters
    ----------
    values, numerators, denominators
        Observations by source unit. Either the ratio or its numerator is needed, and always the
        denominator.
    fixed
        The denominator does not change while a unit lasts (its area), so its period may differ
        without making the value an estimate.
    labels
        What units are called in reasons; ids where absent.
    above
        How divided units share out the numerator, where not as they share out the denominator.
    nil
        Sources that can have nothing of the numerator, for it does not apply to their kind (urban
        people in a rural commune), while their denominator counts.
    """

    values: Mapping[str, Observation]
    numerators: Mapping[str, Observation] = field(default_factory=dict)
    denominators: Mapping[str, Observation] = field(default_factory=dict)
    fixed: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    above: Split | None = None
    nil: Collection[str] = ()

    @cached_property
    def observed(self) -> frozenset[str]:
        """Sources with a ratio or a numerator."""
        return frozenset((*self.values, *self.numerators))

    @cached_property
    def usable(self) -> frozenset[str]:
        """Sources whose numerator and denominator are known."""
        return self.counted & self.denominators.keys()

    @cached_property
    def counted(self) -> frozenset[str]:
        """Sources whose numerator is known, be it that there can be none."""
        return self.observed.union(self.nil)


def recast_ratios(
    indicator: Indicator,
    period: str,
    chosen: Split,
    inputs: RatioInputs,
    not_applicable: Collection[str] = (),
) -> Records:
    """Recast a ratio; parameters and result as in `geodata.recast.counts.recast_counts`.

    A unit that is one whole predecessor and nothing else keeps the ratio as published, with or
    without a denominator. Elsewhere one predecessor with a ratio and no denominator makes the value
    not recoverable: leaving it out would pass the others' ratio off as the whole's.
    """
    table, factor = chosen.crosswalk, indicator.ratio_factor or 1.0
    found = _gathered(chosen, inputs, period, factor)
    above = inputs.above or chosen
    quotients = _quotients(above, chosen, found.top, found.bottom, factor=factor)
    covered = coverage(table, found.usable, idle_sources(table, not_applicable))
    outcome = _outcome(chosen, above, found, quotients[0], covered)

    def make(k: int) -> Recast:
        target = fed(chosen, k)
        missing = target.without(inputs.counted, not_applicable)
        base = outcome.record(k, target.unit_id, indicator.id, period, missing)
        if target.same and target.sources[0] in inputs.values:
            return carried(base, inputs.values[target.sources[0]])
        if base.status == "no_data":
            return replace(base, reason=nothing(target, base.missing))
        if base.status == "not_recoverable":
            return replace(base, reason=_refusal(target, fed(above, k), inputs))
        return _rebuilt(base, (target, fed(above, k)), inputs, [q[k] for q in quotients])

    return Records(table.target_index, make, outcome)


@dataclass(frozen=True)
class _Gathered:
    """What the sources have, with flags of what there is; 0 is none.

    ``carried`` have a ratio of their own, ``observed`` that or a numerator, ``counted`` also know
    that there can be none, ``usable`` have a denominator as well; ``late`` have one of another
    period, where that matters.
    """

    ratio: Floats
    top: Floats
    bottom: Floats
    carried: Flags
    observed: Flags
    counted: Flags
    usable: Flags
    late: Flags


def _gathered(chosen: Split, inputs: RatioInputs, period: str, factor: float) -> _Gathered:
    table = chosen.crosswalk
    ratio, has_ratio = vector(table, inputs.values)
    numerator, has_numerator = vector(table, inputs.numerators)
    bottom, has_bottom = vector(table, inputs.denominators)
    observed = has_ratio | has_numerator
    counted = observed | idle_sources(table, inputs.nil)
    usable = counted & has_bottom
    top = np.where(has_numerator, numerator, ratio * bottom / factor)
    found = (inputs.denominators.get(source) for source in table.sources)
    late = np.array([seen is not None and seen.period != period for seen in found], dtype=bool)
    return _Gathered(
        ratio,
        np.where(usable, top, 0.0),
        np.where(usable, bottom, 0.0),
        has_ratio,
        observed,
        counted,
        usable,
        usable & late & (not inputs.fixed),
    )


def _outcome(
    chosen: Split, above: Split, found: _Gathered, quotient: Floats, covered: Floats
) -> Outcome:
    """Value and status by target, in the order in which the rules of a ratio are asked."""
    table = chosen.crosswalk
    row = table.row
    counted, usable = found.counted[row], found.usable[row]
    same = table.same & table.fed_by(found.carried[row])
    parted = usable & (chosen.parted | above.parted)
    status = np.select(
        [
            same,
            ~table.fed_by(found.observed[row]),
            table.fed_by(counted & ~usable)
            | table.fed_by(counted & ~(chosen.known & above.known))
            | np.isnan(quotient),
            table.fed_by(parted | found.late[row]),
        ],
        [STATUS[s] for s in ("summed", "no_data", "not_recoverable", "estimated")],
        STATUS["summed"],
    ).astype(np.int8)
    rebuilt = (status == STATUS["summed"]) | (status == STATUS["estimated"])
    stays = np.bincount(table.col, found.ratio[row], len(table.targets))
    value = np.where(same, stays, np.where(rebuilt, quotient, np.nan))
    return Outcome(value, status, np.where(same, 1.0, covered))


def _refusal(target: Fed, upper: Fed, inputs: RatioInputs) -> Text:
    """Why a target with observed sources has no ratio."""
    counted, usable = inputs.counted, inputs.usable
    lacking = tuple(
        inputs.labels.get(s, s) for s in target.sources if s in counted and s not in usable
    )
    if lacking:
        return records.no_denominator(lacking)
    if not (target.weighed(counted) and upper.weighed(counted)):
        return records.no_weight()
    return records.zero_denominator()


def _rebuilt(
    base: Recast, sides: tuple[Fed, Fed], inputs: RatioInputs, quotients: list[float]
) -> Recast:
    target, _ = sides
    usable = inputs.usable
    weight = "+".join(
        sorted({w for side in sides for w in side.weight_of(usable).split("+")} - {""})
    )
    others = _other_periods(base.period, target, inputs, usable)
    known = [float(quotient) for quotient in quotients if not math.isnan(quotient)]
    low, high = min(known), max(known)
    several = bool(weight) and low < high
    late = records.other_period(others) if others else Text("")
    return replace(
        base,
        value=float(quotients[0]),
        contributions=_contributions(sides, inputs, usable),
        weight=weight,
        low=low if several else None,
        high=high if several else None,
        reason=incomplete(target, base.missing) or late,
    )


def carried(base: Recast, observation: Observation) -> Recast:
    """The record of a target that is one whole source and nothing else: the value stays."""
    return replace(base, value=observation.value, contributions=(Contribution(observation, 1.0),))


def _quotients(
    above: Split, below: Split, top: Floats, bottom: Floats, *, factor: float
) -> list[Floats]:
    """Ratios by target: by the best weights first, then by each weight; NaN over zero."""
    trials = [(above.share, below.share)]
    if above is below:
        trials += [(share, share) for share in below.scenarios.values()]
    else:
        trials += [(share, below.share) for share in above.scenarios.values()]
    found = []
    for over, under in trials:
        upper, lower = above.totals(top, over), below.totals(bottom, under)
        safe = np.where(lower != 0, lower, 1.0)
        found.append(np.where(lower != 0, factor * upper / safe, np.nan))
    return found


def _contributions(
    sides: tuple[Fed, Fed], inputs: RatioInputs, usable: Collection[str]
) -> tuple[Contribution, ...]:
    target, upper = sides
    found = []
    for source, share, over in zip(target.sources, target.shares, upper.shares, strict=True):
        if source not in usable:
            continue
        if source in inputs.numerators:
            found.append(Contribution(inputs.numerators[source], over, "numerator"))
        elif source in inputs.values:
            found.append(Contribution(inputs.values[source], over, "value"))
        found.append(Contribution(inputs.denominators[source], share, "denominator"))
    return tuple(found)


def _other_periods(
    period: str, target: Fed, inputs: RatioInputs, usable: Collection[str]
) -> tuple[str, ...]:
    """Periods of denominators that are not the ratio's, when that matters."""
    if inputs.fixed:
        return ()
    used = {inputs.denominators[s].period for s in target.sources if s in usable}
    return tuple(sorted(used - {period}))
