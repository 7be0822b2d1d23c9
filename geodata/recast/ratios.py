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
from collections.abc import Collection
from dataclasses import dataclass, replace

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
from geodata.recast.counts import no_value_reason, partial_data_reason
from geodata.recast.inputs import RecastInputs
from geodata.recast.results import (
    STATUS_CODES,
    Contribution,
    RecastArrays,
    RecastValue,
    RecastValues,
)
from geodata.succession.crosswalk import Flags, Floats


def recast_ratios(
    indicator: Indicator,
    period: str,
    apportionment: Apportionment,
    inputs: RecastInputs,
    numerator_apportionment: Apportionment | None = None,
) -> RecastValues:
    """Recast a ratio; parameters and result as in `geodata.recast.counts.recast_counts`.

    ``numerator_apportionment`` says how divided units share out the numerator, where not as they
    share out the denominator.

    A unit that is one whole predecessor and nothing else keeps the ratio as published, with or
    without a denominator. Elsewhere one predecessor with a ratio and no denominator makes the value
    not recoverable: leaving it out would pass the others' ratio off as the whole's.
    """
    table, factor = apportionment.crosswalk, indicator.ratio_factor or 1.0
    found = _ratio_arrays(apportionment, inputs, period, factor)
    numerator_apportionment = numerator_apportionment or apportionment
    quotients = _quotients(
        numerator_apportionment, apportionment, found.top, found.bottom, factor=factor
    )
    covered = data_coverage(table, found.usable, inapplicable_sources(table, inputs.not_applicable))
    arrays = _arrays(apportionment, numerator_apportionment, found, quotients[0], covered)

    def build_value(k: int) -> RecastValue:
        target = target_inputs(apportionment, k)
        missing = target.sources_without(inputs.numerator_known, inputs.not_applicable)
        base = arrays.record(k, target.unit_id, indicator.id, period, missing)
        if target.unchanged and target.sources[0] in inputs.observations:
            return unchanged_value(base, inputs.observations[target.sources[0]])
        if base.status == "no_data":
            return replace(base, reason=no_value_reason(target, base.missing))
        if base.status == "not_recoverable":
            return replace(
                base,
                reason=_no_ratio_reason(target, target_inputs(numerator_apportionment, k), inputs),
            )
        return _with_ratio(
            base,
            (target, target_inputs(numerator_apportionment, k)),
            inputs,
            [q[k] for q in quotients],
        )

    return RecastValues(table.target_index, build_value, arrays)


@dataclass(frozen=True)
class _RatioArrays:
    """What the sources have, with flags of what there is; 0 is none.

    ``has_ratio`` have a ratio of their own, ``observed`` that or a numerator, ``numerator_known``
    also know that there can be none, ``usable`` have a denominator as well; ``late`` have one of
    another period, where that matters.
    """

    ratio: Floats
    top: Floats
    bottom: Floats
    has_ratio: Flags
    observed: Flags
    numerator_known: Flags
    usable: Flags
    late: Flags


def _ratio_arrays(
    apportionment: Apportionment, inputs: RecastInputs, period: str, factor: float
) -> _RatioArrays:
    table = apportionment.crosswalk
    ratio, has_ratio = source_values(table, inputs.observations)
    numerator, has_numerator = source_values(table, inputs.numerators)
    bottom, has_bottom = source_values(table, inputs.denominators)
    observed = has_ratio | has_numerator
    numerator_known = observed | inapplicable_sources(table, inputs.without_numerator)
    usable = numerator_known & has_bottom
    top = np.where(has_numerator, numerator, ratio * bottom / factor)
    found = (inputs.denominators.get(source) for source in table.sources)
    late = np.array([seen is not None and seen.period != period for seen in found], dtype=bool)
    return _RatioArrays(
        ratio,
        np.where(usable, top, 0.0),
        np.where(usable, bottom, 0.0),
        has_ratio,
        observed,
        numerator_known,
        usable,
        usable & late & (not inputs.denominator_fixed),
    )


def _arrays(
    apportionment: Apportionment,
    numerator_apportionment: Apportionment,
    found: _RatioArrays,
    quotient: Floats,
    covered: Floats,
) -> RecastArrays:
    """Value and status by target, in the order in which the rules of a ratio are asked."""
    table = apportionment.crosswalk
    row = table.row
    numerator_known, usable = found.numerator_known[row], found.usable[row]
    unchanged = table.unchanged & table.targets_of(found.has_ratio[row])
    divided = usable & (apportionment.divided | numerator_apportionment.divided)
    status = np.select(
        [
            unchanged,
            ~table.targets_of(found.observed[row]),
            table.targets_of(numerator_known & ~usable)
            | table.targets_of(
                numerator_known & ~(apportionment.known & numerator_apportionment.known)
            )
            | np.isnan(quotient),
            table.targets_of(divided | found.late[row]),
        ],
        [STATUS_CODES[s] for s in ("summed", "no_data", "not_recoverable", "estimated")],
        STATUS_CODES["summed"],
    ).astype(np.int8)
    rebuilt = (status == STATUS_CODES["summed"]) | (status == STATUS_CODES["estimated"])
    stays = np.bincount(table.col, found.ratio[row], len(table.targets))
    value = np.where(unchanged, stays, np.where(rebuilt, quotient, np.nan))
    return RecastArrays(value, status, np.where(unchanged, 1.0, covered))


def _no_ratio_reason(target: TargetInputs, upper: TargetInputs, inputs: RecastInputs) -> Localised:
    """Why a target with observed sources has no ratio."""
    numerator_known, usable = inputs.numerator_known, inputs.usable
    lacking = tuple(
        inputs.labels.get(s, s) for s in target.sources if s in numerator_known and s not in usable
    )
    if lacking:
        return results.no_denominator(lacking)
    if not (target.all_shares_known(numerator_known) and upper.all_shares_known(numerator_known)):
        return results.no_weight()
    return results.zero_denominator()


def _with_ratio(
    base: RecastValue,
    sides: tuple[TargetInputs, TargetInputs],
    inputs: RecastInputs,
    quotients: list[float],
) -> RecastValue:
    target, _ = sides
    usable = inputs.usable
    weight = "+".join(
        sorted({w for side in sides for w in side.weights_used(usable).split("+")} - {""})
    )
    others = _other_periods(base.period, target, inputs, usable)
    known = [float(quotient) for quotient in quotients if not math.isnan(quotient)]
    low, high = min(known), max(known)
    several = bool(weight) and low < high
    late = results.other_period(others) if others else Text("")
    return replace(
        base,
        value=float(quotients[0]),
        contributions=_contributions(sides, inputs, usable),
        weight=weight,
        low=low if several else None,
        high=high if several else None,
        reason=partial_data_reason(target, base.missing) or late,
    )


def unchanged_value(base: RecastValue, observation: Observation) -> RecastValue:
    """The record of a target that is one whole source and nothing else: the value stays."""
    return replace(base, value=observation.value, contributions=(Contribution(observation, 1.0),))


def _quotients(
    numerator_apportionment: Apportionment,
    denominator_apportionment: Apportionment,
    top: Floats,
    bottom: Floats,
    *,
    factor: float,
) -> list[Floats]:
    """Ratios by target: by the best weights first, then by each weight; NaN over zero."""
    trials = [(numerator_apportionment.share, denominator_apportionment.share)]
    if numerator_apportionment is denominator_apportionment:
        trials += [(share, share) for share in denominator_apportionment.scenarios.values()]
    else:
        trials += [
            (share, denominator_apportionment.share)
            for share in numerator_apportionment.scenarios.values()
        ]
    found = []
    for over, under in trials:
        upper, lower = (
            numerator_apportionment.totals(top, over),
            denominator_apportionment.totals(bottom, under),
        )
        safe = np.where(lower != 0, lower, 1.0)
        found.append(np.where(lower != 0, factor * upper / safe, np.nan))
    return found


def _contributions(
    sides: tuple[TargetInputs, TargetInputs], inputs: RecastInputs, usable: Collection[str]
) -> tuple[Contribution, ...]:
    target, upper = sides
    found = []
    for source, share, over in zip(target.sources, target.shares, upper.shares, strict=True):
        if source not in usable:
            continue
        if source in inputs.numerators:
            found.append(Contribution(inputs.numerators[source], over, "numerator"))
        elif source in inputs.observations:
            found.append(Contribution(inputs.observations[source], over, "value"))
        found.append(Contribution(inputs.denominators[source], share, "denominator"))
    return tuple(found)


def _other_periods(
    period: str, target: TargetInputs, inputs: RecastInputs, usable: Collection[str]
) -> tuple[str, ...]:
    """Periods of denominators that are not the ratio's, when that matters."""
    if inputs.denominator_fixed:
        return ()
    used = {inputs.denominators[s].period for s in target.sources if s in usable}
    return tuple(sorted(used - {period}))
