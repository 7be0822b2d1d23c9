"""Official figures of few units and the estimate of all beside each other.

The two are indicators of their own and never joined in one map; each leads to the other, and says
which of them is counted and which is estimated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.i18n import Localised, Message
from geodata.model import Indicator
from geodata.period import parse_period
from layers.layer import Layer

if TYPE_CHECKING:
    from geodata.store.interface import IndicatorCoverage, Store


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What stands beside the indicator of a layer.

    Parameters
    ----------
    indicator
        The other one.
    coverage
        Its fullest figures at the layer's level and date, the latest of equals.
    is_estimate
        Whether the layer shows the estimate.
    """

    indicator: Indicator
    coverage: IndicatorCoverage
    is_estimate: bool

    @property
    def sentence(self) -> Localised:
        """Which of the two the layer shows, and how much the other covers."""
        n, total = self.coverage.with_value, self.coverage.total
        if self.is_estimate:
            return Message("An estimate. Official figures of {n}/{total} units:", n=n, total=total)
        return Message("Official figures. Estimated for {n}/{total} units:", n=n, total=total)


def counterpart(layer: Layer, store: Store) -> Counterpart | None:
    """The indicator beside that of a layer, where it has figures of the same units.

    Returns
    -------
    Counterpart or None
        None also for a layer on the units of another day, on which both would be recast.
    """
    if layer.on is not None:
        return None
    shown = store.indicator(layer.indicator)
    estimates = {one.estimates: one for one in store.indicators() if one.estimates}
    if shown.estimates:
        other = store.indicator(shown.estimates)
    elif shown.id in estimates:
        other = estimates[shown.id]
    else:
        return None
    rows = [
        row
        for row in store.coverage(other.id)
        if row.with_value and (row.level, row.step_date) == (layer.level, layer.date)
    ]
    if not rows:
        return None
    best = max(rows, key=lambda row: (row.with_value, parse_period(row.period).sort_key))
    return Counterpart(other, best, bool(shown.estimates))
