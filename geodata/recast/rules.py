"""The door: put the values of one indicator on the units of another date or level.

The rule follows ``Indicator.kind`` and nothing else. What a unit itself published for the period
stays and wins; what the recast would have given is kept beside it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from geodata.model import Indicator, Observation
from geodata.recast.apportionment import apportion
from geodata.recast.counts import recast_counts
from geodata.recast.extremes import recast_extremes
from geodata.recast.merged_zones import JointValue, find_joint_values
from geodata.recast.ratios import RatioInputs, recast_ratios
from geodata.recast.results import Contribution, RecastValue, RecastValues
from geodata.succession.crosswalk import WEIGHTS, Crosswalk

AREA_UNITS = frozenset({"km2", "ha", "m2"})
"""Measure units of land: such counts are split by area first, and such denominators are fixed."""

Values = Mapping[str, Observation]


@dataclass(frozen=True)
class RecastResult:
    """The result for one indicator and period.

    Parameters
    ----------
    records
        By target unit: what is shown. Every target is there.
    computed
        By target unit: what the predecessors give, also where a published value wins.
    values
        The observations on the source units.
    joint_value_finder
        Finds what is known of several units only together; asked once, and only where it is wanted.
    """

    indicator: Indicator
    period: str
    crosswalk: Crosswalk
    records: RecastValues
    computed: RecastValues
    values: Values = field(default_factory=dict)
    joint_value_finder: Callable[[], tuple[JointValue, ...]] = tuple

    @cached_property
    def joint_values(self) -> tuple[JointValue, ...]:
        """Values of several units of which none has one alone, not even of another route."""
        return tuple(
            found
            for found in self.joint_value_finder()
            if all(self.records[unit].value is None for unit in found.units)
        )


def weight_order(indicator: Indicator) -> tuple[str, ...]:
    """Weights from the best to the worst for splitting a divided unit.

    What is measured in land is split by area; all else by people, then households, then area.
    """
    if indicator.measure_unit.id in AREA_UNITS:
        return ("area", *(weight for weight in WEIGHTS if weight != "area"))
    return WEIGHTS


def recast(
    indicator: Indicator,
    period: str,
    crosswalk: Crosswalk,
    values: Values,
    *,
    published: Values | None = None,
    numerators: Values | None = None,
    denominators: Values | None = None,
    denominator: Indicator | None = None,
    numerator: Indicator | None = None,
    not_applicable: Collection[str] = (),
    without_numerator: Collection[str] = (),
    labels: Mapping[str, str] | None = None,
    order: Sequence[str] | None = None,
) -> RecastResult:
    """Recast one indicator.

    Parameters
    ----------
    crosswalk
        From the units of the values to those wanted
        (`geodata.succession.crosswalk_chain.compose_crosswalk`, or an overlay where no law speaks).
    values
        One observation per source unit, all of ``period``; others' units are passed over, values
        that are not finite count as missing.
    published
        Observations on the target units themselves.
    numerators, denominators
        Of a ratio: observations on the source units.
    denominator
        Of a ratio: the denominator's indicator; land as a denominator may be of any period.
    numerator
        Of a ratio: the numerator's indicator; divided by its own weight where it is given.
    not_applicable
        Source units to which the indicator does not apply; they do not lower the coverage.
    without_numerator
        Of a ratio: source units that can have nothing of the numerator, for it does not apply to
        them.
    labels
        Names of units for the reasons.
    order
        Weights from best to worst instead of `weight_order`.
    """
    seen = finite(values)
    over, under = finite(numerators or {}), finite(denominators or {})
    fixed = denominator is not None and denominator.measure_unit.id in AREA_UNITS
    default_order = order or weight_order(denominator or indicator)
    numerator_order = weight_order(numerator) if numerator and not order else None

    def rule(table: Crosswalk) -> RecastValues:
        apportionment = apportion(table, default_order)
        if indicator.kind == "ratio":
            above = apportion(table, numerator_order) if numerator_order else None
            inputs = RatioInputs(seen, over, under, fixed, labels or {}, above, without_numerator)
            return recast_ratios(indicator, period, apportionment, inputs, not_applicable)
        if indicator.kind == "count":
            return recast_counts(indicator, period, apportionment, seen, not_applicable)
        return recast_extremes(indicator, period, apportionment, seen, not_applicable)

    def joint_values() -> tuple[JointValue, ...]:
        # An extreme lies in one part, whatever the sizes: every division leaves it open.
        unsure = ~crosswalk.whole
        if indicator.kind != "extreme":
            known = apportion(crosswalk, default_order).known
            unsure = ~(
                known & apportion(crosswalk, numerator_order).known if numerator_order else known
            )
        return find_joint_values(crosswalk, unsure, computed, rule)

    computed = rule(crosswalk)
    own = {unit: found for unit, found in finite(published or {}).items() if unit in computed}
    shown = computed.replaced_with(
        {unit: _published_value(found, period) for unit, found in own.items()}
    )
    return RecastResult(indicator, period, crosswalk, shown, computed, seen, joint_values)


def finite(values: Values) -> dict[str, Observation]:
    """The observations whose value is a number; the rest are missing."""
    return {unit: seen for unit, seen in values.items() if math.isfinite(seen.value)}


def _published_value(found: Observation, period: str) -> RecastValue:
    covered = 1.0 if found.coverage is None else found.coverage
    parts = (Contribution(found, 1.0),)
    return RecastValue(
        found.unit_id, found.indicator, period, found.value, "published", covered, parts
    )
