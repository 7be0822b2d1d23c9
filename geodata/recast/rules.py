"""Areal interpolation by rules: one indicator put on the units of another date or level.

The rule follows ``Indicator.kind`` and nothing else. What a unit itself published for the period
stays and wins; what the recast would have given is kept beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from geodata.model import Indicator, Observation
from geodata.recast.apportionment import apportion
from geodata.recast.categories import recast_categories
from geodata.recast.counts import recast_counts
from geodata.recast.extremes import recast_extremes
from geodata.recast.impossible_inputs import tell_left_out
from geodata.recast.inputs import AREA_UNITS, Observations, RecastInputs
from geodata.recast.merged_zones import JointValue, find_joint_values
from geodata.recast.ratios import recast_ratios
from geodata.recast.results import Contribution, RecastValue, RecastValues
from geodata.succession.crosswalk import WEIGHTS, Crosswalk


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
    values: Observations = field(default_factory=dict)
    joint_value_finder: Callable[[], tuple[JointValue, ...]] = tuple

    @cached_property
    def joint_values(self) -> tuple[JointValue, ...]:
        """Values of several units of which none has one alone, not even of another route."""
        return tuple(
            found
            for found in self.joint_value_finder()
            if all(self.records[unit].value is None for unit in found.units)
        )


_RULES = {"count": recast_counts, "extreme": recast_extremes, "category": recast_categories}
"""The rules that ask for nothing but the observations, by kind of indicator."""


def default_weight_order(indicator: Indicator) -> tuple[str, ...]:
    """Weights from the best to the worst for splitting a divided unit.

    What is measured in land is split by area; all else by people, then households, then area.
    """
    if indicator.measure_unit.id in AREA_UNITS:
        return ("area", *(weight for weight in WEIGHTS if weight != "area"))
    return WEIGHTS


def recast(
    indicator: Indicator, period: str, crosswalk: Crosswalk, inputs: RecastInputs
) -> RecastResult:
    """Recast one indicator.

    Parameters
    ----------
    crosswalk
        From the units of the observations to those wanted
        (`geodata.succession.crosswalk_chain.compose_crosswalk`, or an overlay where no law speaks).
    inputs
        The observations; values that are impossible or not finite count as missing, and of the
        impossible ones the reason tells.
    """
    impossible, inputs = inputs.impossible, inputs.without_unusable()
    order = inputs.weight_order or default_weight_order(inputs.denominator or indicator)
    numerator_order = None
    if inputs.numerator and not inputs.weight_order:
        numerator_order = default_weight_order(inputs.numerator)

    def rule(table: Crosswalk) -> RecastValues:
        apportionment = apportion(table, order)
        if indicator.kind == "ratio":
            above = apportion(table, numerator_order) if numerator_order else None
            return recast_ratios(indicator, period, apportionment, inputs, above)
        return _RULES[indicator.kind](indicator, period, apportionment, inputs)

    def joint_values() -> tuple[JointValue, ...]:
        if indicator.kind == "category":
            return ()  # What several units have together is no class of theirs.
        # An extreme lies in one part, whatever the sizes: every division leaves it open.
        unsure = ~crosswalk.whole
        if indicator.kind != "extreme":
            known = apportion(crosswalk, order).known
            unsure = ~(
                known & apportion(crosswalk, numerator_order).known if numerator_order else known
            )
        return find_joint_values(crosswalk, unsure, computed, rule)

    computed = rule(crosswalk)
    told = tell_left_out(computed, crosswalk, impossible, inputs.labels)
    own = {unit: found for unit, found in inputs.published.items() if unit in computed}
    shown = told.replaced_with(
        {unit: _published_value(found, period) for unit, found in own.items()}
    )
    return RecastResult(
        indicator, period, crosswalk, shown, told, inputs.observations, joint_values
    )


def _published_value(found: Observation, period: str) -> RecastValue:
    covered = 1.0 if found.coverage is None else found.coverage
    parts = (Contribution(found, 1.0),)
    return RecastValue(
        found.unit_id, found.indicator, period, found.value, "published", covered, parts
    )
