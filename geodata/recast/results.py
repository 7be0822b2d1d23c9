"""What a recast value is: the figure, how sure it is, and the figures it came from."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from geodata.i18n import Localised, Message, Text
from geodata.model import Observation

Floats = NDArray[np.float64]

RecastStatus = Literal[
    "published",
    "summed",
    "exact_extreme",
    "unanimous",
    "estimated",
    "mixed",
    "not_recoverable",
    "no_data",
]
"""How a value came to stand on its unit.

``published``
    The unit's own figure; it wins over any computed one.
``summed``
    Exact: made of whole predecessors only. A count is their sum, a ratio the quotient of two sums.
``exact_extreme``
    Exact: the lowest or highest of the values of whole predecessors, all of them known.
``unanimous``
    Exact: the class that all predecessors have, all of them whole and known.
``mixed``
    Its predecessors are of different classes; it has none, but a share of each.
``estimated``
    At least one predecessor was divided, by the weight named.
``not_recoverable``
    Figures exist but no rule allows a value; the reason says why.
``no_data``
    No predecessor has a figure.
"""

RECAST_STATUSES: tuple[RecastStatus, ...] = get_args(RecastStatus)

Role = Literal["value", "numerator", "denominator"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """One observation that went into a recast value.

    ``share`` is how much of the observed unit went to the target, 0 to 1, None where that is not
    known: a count brings ``share × observation.value``.
    """

    observation: Observation
    share: float | None
    role: Role = "value"


@dataclass(frozen=True, slots=True)
class CategoryShare:
    """What of a unit was of one class.

    Parameters
    ----------
    category
        Code of the class; empty for what has none.
    units
        How many predecessors are of it, those divided among several units included.
    area, people
        Share of the unit's land and of its people that these make up, 0 to 1; None where unknown.
    """

    category: str
    units: int
    area: float | None
    people: float | None


@dataclass(frozen=True, slots=True)
class RecastValue:
    """The value of one indicator on a unit of another date or level.

    Parameters
    ----------
    value
        In the indicator's unit of measure; None where there is none, never NaN.
    coverage
        Share of the unit's people, else of its area, that has data, 0 to 1; None where neither
        people nor area of the predecessors are known and only some have data. A count whose
        coverage is below 1 is the sum of what is known, nothing is added for the rest.
    contributions
        The observations it was made of.
    weight
        Weight by which parts were split (``population``, ``households``, ``area``; several joined
        by ``+`` where predecessors were split by different ones); empty when nothing was split.
    low, high
        Smallest and largest value that the known weights give, where there are several; of a count
        that took in a part of unknown size, what is certain and what it is at most.
    reason
        Why there is no value, or why the value is not whole.
    missing
        Predecessors without a figure that can be used.
    left_out
        Whether some of these have an impossible figure, as the reason says.
    composition
        Of named classes: what share of the unit each makes up.
    """

    unit_id: str
    indicator: str
    period: str
    value: float | None
    status: RecastStatus
    coverage: float | None
    contributions: tuple[Contribution, ...] = ()
    weight: str = ""
    low: float | None = None
    high: float | None = None
    reason: Localised = field(default_factory=lambda: Text(""))
    missing: tuple[str, ...] = ()
    left_out: bool = False
    composition: tuple[CategoryShare, ...] = ()


@dataclass(frozen=True)
class RecastArrays:
    """What came of a recast, one entry per target unit in the order of the crosswalk.

    Parameters
    ----------
    value
        NaN where there is none.
    status
        Place of the status in `RECAST_STATUSES`.
    coverage
        0 to 1, NaN where it is not known.
    """

    value: Floats
    status: NDArray[np.int8]
    coverage: Floats

    def record(
        self, k: int, unit_id: str, indicator: str, period: str, missing: tuple[str, ...]
    ) -> RecastValue:
        """Target ``k``'s record with status and coverage; value and reason are the rule's."""
        share = float(self.coverage[k])
        return RecastValue(
            unit_id,
            indicator,
            period,
            None,
            RECAST_STATUSES[self.status[k]],
            None if math.isnan(share) else share,
            missing=missing,
        )


STATUS_CODES: dict[str, int] = {status: k for k, status in enumerate(RECAST_STATUSES)}
"""Place of each status in `RecastArrays.status`."""


class RecastValues(Mapping[str, RecastValue]):
    """The recast values of all target units by id; each record is made when it is asked for.

    A map of a country needs the outcome of thousands of units and the origins of few, and the
    origins are what takes the time.

    Parameters
    ----------
    index
        Place of each target unit in ``arrays``, in that order.
    build_value
        Makes the record at a place.
    """

    def __init__(
        self,
        index: Mapping[str, int],
        build_value: Callable[[int], RecastValue],
        arrays: RecastArrays,
    ) -> None:
        self._index, self._build_value, self.arrays = index, build_value, arrays
        self._made: dict[str, RecastValue] = {}

    def __getitem__(self, unit_id: str) -> RecastValue:
        if unit_id not in self._made:
            self._made[unit_id] = self._build_value(self._index[unit_id])
        return self._made[unit_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)

    def __contains__(self, unit_id: object) -> bool:
        return unit_id in self._index

    def replaced_with(self, others: Mapping[str, RecastValue]) -> RecastValues:
        """The same records, but ``others`` where these have one."""
        if not others:
            return self
        value, status = self.arrays.value.copy(), self.arrays.status.copy()
        coverage = self.arrays.coverage.copy()
        for unit_id, record in others.items():
            k = self._index[unit_id]
            value[k] = np.nan if record.value is None else record.value
            status[k] = STATUS_CODES[record.status]
            coverage[k] = np.nan if record.coverage is None else record.coverage
        changed = RecastValues(
            self._index, self._build_value, RecastArrays(value, status, coverage)
        )
        changed._made.update({**self._made, **others})
        return changed


def no_data() -> Localised:
    """Said where no predecessor has a figure."""
    return Message("None of the source units has a figure")


def not_applicable() -> Localised:
    """Said where the indicator has no meaning in any predecessor."""
    return Message("The indicator does not apply to the source units")


def partly_missing(count: int, total: int) -> Localised:
    """Said where some predecessors have no figure."""
    return Message("{count} of {total} source units have no figure", count=count, total=total)


def no_weight() -> Localised:
    """Said where a unit was divided and nothing says how."""
    return Message("A source unit was divided and the shares of its parts are not known")


def no_denominator(names: tuple[str, ...]) -> Localised:
    """Said where a ratio cannot be rebuilt."""
    listed = ", ".join(names)
    return Message("The ratio's denominator is missing for: {listed}", listed=listed)


def zero_denominator() -> Localised:
    """Said where the recast denominator is zero."""
    return Message("The denominator is zero")


def other_period(periods: tuple[str, ...]) -> Localised:
    """Said where the denominator is of another period than the ratio."""
    listed = ", ".join(periods)
    return Message("The denominator is of {listed}", listed=listed)


def divided_extreme() -> Localised:
    """Said where an extreme would have to be split."""
    return Message("The lowest or highest value of a divided unit may lie in another part")


def incomplete_extreme() -> Localised:
    """Said where a missing predecessor might hold the extreme."""
    return Message("A source unit without a figure may hold the lowest or highest value")


def neither_adds() -> Localised:
    """Said where an indicator of kind extreme is neither a lowest nor a highest value."""
    return Message("The indicator can be neither added nor averaged")


def mixed_classes() -> Localised:
    """Said where the predecessors are of different classes."""
    return Message("The source units are of different classes")
