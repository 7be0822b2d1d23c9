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

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from geodata.model import Indicator, Observation
from geodata.recast import records
from geodata.recast.counts import incomplete, nothing, refused
from geodata.recast.records import Contribution, Recast
from geodata.recast.split import Fed, Split, coverage, fed, idle_sources
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
    """

    values: Mapping[str, Observation]
    numerators: Mapping[str, Observation] = field(default_factory=dict)
    denominators: Mapping[str, Observation] = field(default_factory=dict)
    fixed: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    above: Split | None = None

    def observed(self) -> set[str]:
        """Sources with a ratio or a numerator."""
        return {*self.values, *self.numerators}

    def usable(self) -> set[str]:
        """Sources whose numerator and denominator are known."""
        return self.observed() & set(self.denominators)

    def numerator(self, source: str, factor: float) -> float:
        """The published numerator, else the ratio times its denominator."""
        if source in self.numerators:
            return self.numerators[source].value
        return self.values[source].value * self.denominators[source].value / factor


def recast_ratios(
    indicator: Indicator,
    period: str,
    chosen: Split,
    inputs: RatioInputs,
    not_applicable: Collection[str] = (),
) -> dict[str, Recast]:
    """Recast a ratio; parameters and result as in `geodata.recast.counts.recast_counts`.

    A unit that is one whole predecessor and nothing else keeps the ratio as published, with or
    without a denominator. Elsewhere one predecessor with a ratio and no denominator makes the value
    not recoverable: leaving it out would pass the others' ratio off as the whole's.
    """
    table, factor = chosen.crosswalk, indicator.ratio_factor or 1.0
    usable, observed = inputs.usable(), inputs.observed()
    top, bottom, has = _vectors(chosen, inputs, usable, factor)
    covered = coverage(table, has, idle_sources(table, not_applicable))
    value = _quotients(inputs.above or chosen, chosen, top, bottom, factor=factor)
    found = {}
    uppers = fed(inputs.above or chosen)
    for k, (target, upper) in enumerate(zip(fed(chosen), uppers, strict=True)):
        absent = target.without(observed, not_applicable)
        base = Recast(
            target.unit_id, indicator.id, period, None, "no_data", covered[k], missing=absent
        )
        quotients = [scenario[k] for scenario in value]
        found[target.unit_id] = _ratio(base, (target, upper), inputs, usable, quotients)
    return found


def _ratio(
    base: Recast,
    sides: tuple[Fed, Fed],
    inputs: RatioInputs,
    usable: Collection[str],
    quotients: list[float | None],
) -> Recast:
    target, upper = sides
    if target.same and target.sources[0] in inputs.values:
        return carried(base, inputs.values[target.sources[0]], "summed")
    observed = [s for s in target.sources if s in inputs.values or s in inputs.numerators]
    lacking = tuple(inputs.labels.get(s, s) for s in observed if s not in usable)
    if not observed:
        return refused(base, "no_data", nothing(target, base.missing))
    if lacking:
        return refused(base, "not_recoverable", records.no_denominator(lacking))
    if not (target.weighed(observed) and upper.weighed(observed)):
        return refused(base, "not_recoverable", records.no_weight())
    if quotients[0] is None:
        return refused(base, "not_recoverable", records.zero_denominator())
    return _rebuilt(base, sides, inputs, usable, quotients)


def _rebuilt(
    base: Recast,
    sides: tuple[Fed, Fed],
    inputs: RatioInputs,
    usable: Collection[str],
    quotients: list[float | None],
) -> Recast:
    target, _ = sides
    weight = "+".join(
        sorted({w for side in sides for w in side.weight_of(usable).split("+")} - {""})
    )
    others = _other_periods(base.period, target, inputs, usable)
    known = [quotient for quotient in quotients if quotient is not None]
    low, high = min(known), max(known)
    several = bool(weight) and low < high
    late = records.other_period(others) if others else Text("")
    return replace(
        base,
        value=quotients[0],
        status="estimated" if weight or others else "summed",
        contributions=_contributions(sides, inputs, usable),
        weight=weight,
        low=low if several else None,
        high=high if several else None,
        reason=incomplete(target, base.missing) or late,
    )


def carried(base: Recast, observation: Observation, status: records.RecastStatus) -> Recast:
    """The record of a target that is one whole source and nothing else: the value stays."""
    parts = (Contribution(observation, 1.0),)
    return replace(base, value=observation.value, status=status, coverage=1.0, contributions=parts)


def _vectors(
    chosen: Split, inputs: RatioInputs, usable: Collection[str], factor: float
) -> tuple[Floats, Floats, Flags]:
    sources = chosen.crosswalk.sources
    top, bottom = np.zeros(len(sources)), np.zeros(len(sources))
    has = np.zeros(len(sources), bool)
    for k, source in enumerate(sources):
        if source in usable:
            top[k], bottom[k] = (
                inputs.numerator(source, factor),
                inputs.denominators[source].value,
            )
            has[k] = True
    return top, bottom, has


def _quotients(
    above: Split, below: Split, top: Floats, bottom: Floats, *, factor: float
) -> list[list[float | None]]:
    """Ratios by target: by the best weights first, then by each weight; None over zero."""
    trials = [(above.share, below.share)]
    if above is below:
        trials += [(share, share) for share in below.scenarios.values()]
    else:
        trials += [(share, below.share) for share in above.scenarios.values()]
    found = []
    for over, under in trials:
        upper, lower = above.totals(top, over), below.totals(bottom, under)
        safe = np.where(lower != 0, lower, 1.0)
        pairs = zip((factor * upper / safe).tolist(), (lower != 0).tolist(), strict=True)
        found.append([value if there else None for value, there in pairs])
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
        else:
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
