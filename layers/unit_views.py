"""What each unit of a layer shows, before the legend gives it a class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geodata.model import Observation, Unit
from geodata.recast.results import RecastValue
from layers.layer import Layer
from layers.legend import ClassificationDomain, MissingKind
from layers.recast_layer import has_doubtful_input, recast_layer_values

if TYPE_CHECKING:
    from geodata.store.interface import IndicatorCoverage, Store


@dataclass(frozen=True, slots=True)
class ValueDifference:
    """The difference of two figures, in the unit of measure of its map.

    Parameters
    ----------
    status
        The less sure of the statuses of both.
    figures
        What both rest on.
    """

    value: float
    status: str
    doubtful: bool
    figures: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class UnitView:
    """What one unit shows.

    Parameters
    ----------
    observation
        The figure drawn, or the impossible one that is not; None where it is missing or was recast.
    class_index
        Its class; None where the value is missing.
    missing
        Why there is no value; None where there is one.
    recast
        On a layer drawn on the units of another day: what its figures give on this one.
    difference
        On a map of differences: what lies between the two figures.
    """

    observation: Observation | None
    class_index: int | None
    missing: MissingKind | None
    recast: RecastValue | None = None
    difference: ValueDifference | None = None

    @property
    def value(self) -> float | None:
        """The value drawn, in the indicator's unit of measure; None of an impossible figure."""
        if self.missing is not None:
            return None
        shown = self.observation or self.recast or self.difference
        return shown.value if shown else None

    @property
    def status(self) -> str:
        """Status of what is shown; empty where there is no value."""
        shown = self.observation or self.recast or self.difference
        return shown.status if shown and self.missing is None else ""

    @property
    def doubtful(self) -> bool:
        """Whether something speaks against the figure drawn, or against one it came from."""
        if self.observation is not None:
            return self.missing is None and bool(self.observation.doubt)
        if self.difference is not None:
            return self.difference.doubtful
        return self.missing is None and self.recast is not None and has_doubtful_input(self.recast)

    @property
    def impossible(self) -> Observation | None:
        """The figure that is shown as printed and not drawn, since it cannot be right."""
        return self.observation if self.missing == "impossible" else None

    @property
    def figures(self) -> tuple[Observation, ...]:
        """The figures it rests on."""
        if self.observation is not None:
            return (self.observation,)
        if self.difference is not None:
            return self.difference.figures
        return tuple(part.observation for part in self.recast.contributions) if self.recast else ()


def figure_views(layer: Layer, store: Store, units: Mapping[str, Unit]) -> dict[str, UnitView]:
    """The units with a figure of the layer, as published or recast, or with a reason for none.

    Parameters
    ----------
    units
        The units drawn, by id; those without a figure or a reason are left out.
    """
    if layer.on:
        return _recast_views(layer, store, units)
    return _published_views(layer, store, units)


def _published_views(layer: Layer, store: Store, units: Mapping[str, Unit]) -> dict[str, UnitView]:
    found = store.values(layer.indicator, layer.period, layer.level, layer.date, layer.status)
    return {
        unit: UnitView(figure, None, "impossible" if figure.impossible else None)
        for unit, figure in found.items()
        if unit in units
    }


def _recast_views(layer: Layer, store: Store, units: Mapping[str, Unit]) -> dict[str, UnitView]:
    """Views of the units to which a figure, or a reason for none, belongs.

    A unit's own figure that is impossible does not win over a recast one, and is told where there
    is none.
    """
    views = {
        unit: UnitView(None, None, _why_missing(record), record)
        for unit, record in recast_layer_values(layer, store).items()
        if unit in units and record.status != "no_data"
    }
    own = _published_views(replace(layer, date=layer.drawn_on), store, units)
    told = {unit: view for unit, view in own.items() if view.impossible and unit not in views}
    return {**views, **told}


def _why_missing(record: RecastValue) -> MissingKind | None:
    if record.value is not None:
        return None
    return "mixed" if record.status == "mixed" else "not_recoverable"


def shared_domain(maps: Iterable[Mapping[str, UnitView]]) -> ClassificationDomain:
    """The values of maps that are to have one legend, by what their units show."""
    unit_views = [unit_view for found in maps for unit_view in found.values()]
    drawn = tuple(unit_view.value for unit_view in unit_views if unit_view.value is not None)
    sound = tuple(m.value for m in unit_views if m.value is not None and not m.doubtful)
    return ClassificationDomain(drawn, sound or drawn)


def covered_periods(layer: Layer, store: Store) -> list[IndicatorCoverage]:
    """The coverage of the layer's indicator in each period with figures at its level and date.

    Only those of the layer's status.
    """
    here = layer.level, layer.date, layer.status
    return [
        row
        for row in store.coverage(layer.indicator)
        if (row.level, row.step_date, row.status_group) == here and row.with_value
    ]


def domain_of_periods(
    layer: Layer, store: Store, units: Mapping[str, Unit]
) -> ClassificationDomain:
    """The values of all periods with figures of the layer's level, date and status.

    Their maps have the same classes then, so that a colour means the same in each.
    """
    periods = {row.period for row in covered_periods(layer, store)}
    layers = (replace(layer, period=period) for period in sorted(periods | {layer.period}))
    return shared_domain(figure_views(each, store, units) for each in layers)
