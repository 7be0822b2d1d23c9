"""Official figures of few units and the estimate of all beside each other.

The two are indicators of their own and never joined in one map or one number; each leads to the
other, says which of them is counted and which is estimated, and where a unit has both, both are
shown with the period each is of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.i18n import Language, Localised, Message
from geodata.model import STATUS_GROUPS, Indicator, Observation
from geodata.period import parse_period
from geodata.store_cache import cached_per_store
from layers.difference import difference_text
from layers.layer import Layer

if TYPE_CHECKING:
    from geodata.store.interface import IndicatorCoverage, Store
    from layers.layer_view import LayerView

FARTHEST = 5
"""Units named as those where both figures lie farthest apart."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What stands beside the indicator of a layer.

    Parameters
    ----------
    shown
        The indicator of the layer.
    indicator
        The other one.
    coverage
        Its fullest figures at the layer's level and date, the latest of equals; plans and targets
        only where nothing else is there.
    is_estimate
        Whether the layer shows the estimate.
    figures
        By unit its figure of the period nearest to the layer's; of a map of plans or targets none.
    """

    shown: Indicator
    indicator: Indicator
    coverage: IndicatorCoverage
    is_estimate: bool
    figures: Mapping[str, Observation]

    @property
    def sentence(self) -> Localised:
        """Which of the two the layer shows, and how much the other covers."""
        n = max(self.coverage.with_value, len(self.figures))
        total = self.coverage.total
        if self.is_estimate:
            return Message("An estimate. Official figures of {n}/{total} units:", n=n, total=total)
        return Message("Official figures. Estimated for {n}/{total} units:", n=n, total=total)

    @property
    def indicators(self) -> tuple[Indicator, Indicator]:
        """The official one and that of the estimates."""
        both = (self.indicator, self.shown)
        return both if self.is_estimate else both[::-1]

    def pair(self, own: Observation, other: Observation) -> FigurePair:
        """A figure of the layer with the one beside it."""
        official, estimate = (other, own) if self.is_estimate else (own, other)
        return FigurePair(official, estimate, _measure(*self.indicators))


@dataclass(frozen=True, slots=True)
class FigurePair:
    """The official figure of a unit and the estimate of it.

    Parameters
    ----------
    measure
        What a difference is written in: the official indicator with the decimals of the coarser
        of both; None where they have no difference, being of different units of measure.
    """

    official: Observation
    estimate: Observation
    measure: Indicator | None

    @property
    def difference(self) -> float | None:
        """The estimate minus the official figure, in their unit of measure."""
        if self.measure is None:
            return None
        return self.estimate.value - self.official.value

    @property
    def doubtful(self) -> bool:
        """Whether something speaks against one of both."""
        return bool(self.official.doubt or self.estimate.doubt)

    def difference_text(self, language: Language) -> str:
        """The difference with its sign, of shares in percentage points; empty without one."""
        if self.measure is None or self.difference is None:
            return ""
        return difference_text(self.difference, self.measure, language)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the estimates of a map and the official figures agree.

    Parameters
    ----------
    pairs
        By unit, those that have both, where they lie farthest apart first, doubtful ones last.
    total
        All units of the map.
    measure
        What differences are written in; None where there are none.
    """

    pairs: Mapping[str, FigurePair]
    total: int
    measure: Indicator | None

    @property
    def differences(self) -> list[float]:
        """The estimate minus the official figure of every pair without a doubtful figure."""
        sound = (pair.difference for pair in self.pairs.values() if not pair.doubtful)
        return [difference for difference in sound if difference is not None]

    def sentence(self, language: Language) -> str:
        """How many units have both, and the mean, the lowest and the highest difference.

        Pairs with a doubtful figure are counted and kept out of the differences.
        """
        n, found = len(self.pairs), self.differences
        counted = Message("{n} of {total} units have both figures", n=n, total=self.total)
        if self.measure is None or not found:
            return f"{counted[language]}."
        numbers = (sum(found) / len(found), min(found), max(found))
        mean, low, high = (difference_text(each, self.measure, language) for each in numbers)
        if len(found) == 1:
            said = Message("estimate minus official figure: {difference}", difference=mean)
        else:
            said = Message(
                "estimate minus official figure: {mean} on average, from {low} to {high}",
                mean=mean,
                low=low,
                high=high,
            )
        return f"{counted[language]}; {said[language]}."


def counterpart_indicator(indicator: Indicator, store: Store) -> Indicator | None:
    """The official indicator of an estimate, or the estimate of an official one; None without."""
    if indicator.estimates:
        return store.indicator(indicator.estimates)
    return _estimates(store).get(indicator.id)


@cached_per_store(1)
def _estimates(store: Store) -> dict[str, Indicator]:
    """The indicators that are estimates, by the id of the official one."""
    # Of several for one the first of the catalogue counts.
    return {one.estimates: one for one in reversed(store.indicators()) if one.estimates}


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
    other = counterpart_indicator(shown, store)
    if other is None:
        return None
    rows = [
        row
        for row in store.coverage(other.id)
        if row.with_value and (row.level, row.step_date) == (layer.level, layer.date)
    ]
    if not rows:
        return None
    counted = [row for row in rows if row.status_group == "actual"]
    best = max(counted or rows, key=lambda row: (row.with_value, parse_period(row.period).sort_key))
    periods = sorted({row.period for row in counted})
    figures = _figures_beside(layer, other, periods, store) if layer.status == "actual" else {}
    return Counterpart(shown, other, best, bool(shown.estimates), figures)


def nearest_figure(figures: Iterable[Observation], period: str) -> Observation | None:
    """The figure whose period ends nearest to another, in whole months; the later of equals.

    Plans, targets and impossible figures are left out.
    """
    counted = STATUS_GROUPS["actual"]
    usable = [one for one in figures if one.status in counted and not one.impossible]

    def distance(figure: Observation) -> tuple[int, int, bool]:
        own = _last_month(figure.period)
        return abs(own - _last_month(period)), -own, figure.status != "actual"

    return min(usable, key=distance, default=None)


def _last_month(period: str) -> int:
    """The month in which a period ends, counted from the year 0."""
    end = parse_period(period).end
    return 12 * end.year + end.month


def pair_of_unit(store: Store, unit_id: str, figure: Observation) -> FigurePair | None:
    """A unit's figure with the official one, or the estimate, of the nearest period; None without.

    Parameters
    ----------
    figure
        An actual or estimated figure of the unit.
    """
    shown = store.indicator(figure.indicator)
    other = counterpart_indicator(shown, store)
    if other is None:
        return None
    beside = nearest_figure(store.series(unit_id, other.id), figure.period)
    if beside is None:
        return None
    if shown.estimates:
        return FigurePair(beside, figure, _measure(other, shown))
    return FigurePair(figure, beside, _measure(shown, other))


def agreement(layer_view: LayerView, found: Counterpart) -> Agreement:
    """The units of a map that have a figure of both indicators."""
    pairs = {}
    for unit_id, unit_view in layer_view.unit_views.items():
        own, other = unit_view.observation, found.figures.get(unit_id)
        if own is not None and other is not None and unit_view.value is not None:
            pairs[unit_id] = found.pair(own, other)

    def order(unit_id: str) -> tuple[bool, float]:
        return pairs[unit_id].doubtful, -abs(pairs[unit_id].difference or 0.0)

    farthest_first = {unit_id: pairs[unit_id] for unit_id in sorted(pairs, key=order)}
    return Agreement(farthest_first, len(layer_view.units), _measure(*found.indicators))


def agreement_note(layer_view: LayerView, store: Store) -> str:
    """What is said on paper and in files of a map beside which another indicator stands.

    Returns
    -------
    str
        Empty where no unit has both.
    """
    found = counterpart(layer_view.layer, store)
    both = agreement(layer_view, found) if found else None
    if found is None or both is None or not both.pairs:
        return ""
    language = layer_view.layer.language
    name = found.indicator.name[language]
    which = (
        Message("Estimated; official figures stand in “{name}”", name=name)
        if found.is_estimate
        else Message("Official figures; an estimate stands in “{name}”", name=name)
    )
    return f"{which[language]}: {both.sentence(language)}"


def _figures_beside(
    layer: Layer, other: Indicator, periods: Iterable[str], store: Store
) -> dict[str, Observation]:
    by_unit: dict[str, list[Observation]] = {}
    for period in periods:
        found = store.values(other.id, period, layer.level, layer.date)
        for unit_id, figure in found.items():
            by_unit.setdefault(unit_id, []).append(figure)
    nearest = {unit: nearest_figure(them, layer.period) for unit, them in by_unit.items()}
    return {unit: figure for unit, figure in nearest.items() if figure is not None}


def _measure(official: Indicator, estimate: Indicator) -> Indicator | None:
    """The official indicator as differences are written; None where there are none."""
    if "category" in (official.kind, estimate.kind):
        return None
    if official.measure_unit != estimate.measure_unit:
        return None
    return replace(official, decimals=min(official.decimals, estimate.decimals))
