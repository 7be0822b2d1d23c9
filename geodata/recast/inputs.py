"""What one recast reads: observations on the source units, and what is known about them."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from geodata.model import Indicator, Observation
from geodata.precedence import without_impossible

AREA_UNITS = frozenset({"km2", "ha", "m2"})
"""Measure units of land: such counts are split by area first, and such denominators are fixed."""

Observations = Mapping[str, Observation]
"""One observation per unit, by unit id."""


@dataclass(frozen=True)
class RecastInputs:
    """The observations of one indicator and period, with those that a ratio is rebuilt from.

    Parameters
    ----------
    observations
        One observation per source unit, all of the period asked for. Those of other units are
        passed over; a unit without one is missing, not zero.
    published
        Observations on the target units themselves; they win over what is computed.
    numerators, denominators
        Of a ratio: observations on the source units. Either the ratio or its numerator is needed,
        and always the denominator.
    numerator
        Of a ratio: the numerator's indicator; divided by its own weight where it is given.
    denominator
        Of a ratio: the denominator's indicator; land as a denominator may be of any period.
    not_applicable
        Source units to which the indicator does not apply; they do not lower the coverage.
    without_numerator
        Of a ratio: source units that can have nothing of the numerator, for it does not apply to
        their kind (urban people in a rural commune), while their denominator counts.
    labels
        What units are called in the reasons; ids where absent.
    weight_order
        Weights from the best to the worst for splitting divided units, instead of those that fit
        the indicator (`geodata.recast.rules.default_weight_order`).
    """

    observations: Observations
    published: Observations = field(default_factory=dict)
    numerators: Observations = field(default_factory=dict)
    denominators: Observations = field(default_factory=dict)
    numerator: Indicator | None = None
    denominator: Indicator | None = None
    not_applicable: Collection[str] = ()
    without_numerator: Collection[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    weight_order: Sequence[str] | None = None

    def without_unusable(self) -> RecastInputs:
        """The same inputs without values that are impossible or not finite: those are missing."""
        return replace(
            self,
            observations=_usable(self.observations),
            published=_usable(self.published),
            numerators=_usable(self.numerators),
            denominators=_usable(self.denominators),
        )

    @property
    def impossible(self) -> frozenset[str]:
        """Source units with an impossible ratio, count or numerator."""
        figures = (*self.observations.items(), *self.numerators.items())
        return frozenset(unit for unit, seen in figures if seen.impossible)

    @property
    def denominator_fixed(self) -> bool:
        """Whether the denominator stays the same while a unit lasts, as its area does.

        Its period may then differ without making the value an estimate.
        """
        return self.denominator is not None and self.denominator.measure_unit.id in AREA_UNITS

    @cached_property
    def observed(self) -> frozenset[str]:
        """Source units with a ratio or a numerator."""
        return frozenset((*self.observations, *self.numerators))

    @cached_property
    def numerator_known(self) -> frozenset[str]:
        """Source units whose numerator is known, be it that there can be none."""
        return self.observed.union(self.without_numerator)

    @cached_property
    def usable(self) -> frozenset[str]:
        """Source units whose numerator and denominator are known."""
        return self.numerator_known & self.denominators.keys()


def _usable(observations: Observations) -> dict[str, Observation]:
    return {
        unit: seen
        for unit, seen in without_impossible(observations).items()
        if math.isfinite(seen.value)
    }
