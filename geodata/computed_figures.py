"""Figures of units that are computed from a map: what rasters and features both give."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from geodata.errors import InvalidInput
from geodata.i18n import Localised, Message, Text
from geodata.model import Indicator, Observation, Status, Unit

_DECIMALS = 3
"""Least decimals that a computed value keeps."""


class FigureOfRecipe(Protocol):
    """One figure that a recipe asks for."""

    @property
    def indicator(self) -> str:
        """Id of its indicator."""
        ...


Asked = TypeVar("Asked", bound=FigureOfRecipe)


@dataclass(frozen=True, slots=True)
class ComputedFigure(Generic[Asked]):
    """One figure of one unit.

    Parameters
    ----------
    figure
        What the recipe asks for.
    period
        For which it holds.
    value
        In the indicator's unit of measure.
    method
        How it was computed.
    coverage
        Share of the unit that has data, or that lies in the area of the layer, 0 to 1.
    doubt
        Why it should not be trusted as it stands; empty when nothing speaks against it.
    cells
        Cells of a raster that it rests on; None of features.
    """

    unit: Unit
    figure: Asked
    period: str
    value: float
    method: Text
    coverage: float
    doubt: Text
    cells: float | None = None


@dataclass(frozen=True, slots=True)
class UnitLeftOut(Generic[Asked]):
    """A unit without a figure, and why."""

    unit: Unit
    figure: Asked
    why: Localised


@dataclass(frozen=True, slots=True)
class ComputedFigures(Generic[Asked]):
    """What a raster or a layer of features gives.

    Parameters
    ----------
    figures
        By figure of the recipe and unit.
    left_out
        Units that the recipe wants and the file does not give.
    """

    figures: tuple[ComputedFigure[Asked], ...]
    left_out: tuple[UnitLeftOut[Asked], ...]

    @classmethod
    def sorted_out(
        cls, found: Iterable[ComputedFigure[Asked] | UnitLeftOut[Asked]]
    ) -> ComputedFigures[Asked]:
        """Figures and units without one, each in the order given."""
        listed = list(found)
        return cls(
            tuple(each for each in listed if isinstance(each, ComputedFigure)),
            tuple(each for each in listed if isinstance(each, UnitLeftOut)),
        )


def wanted_units(
    units: Iterable[Unit],
    asked: Sequence[Asked],
    indicators: Mapping[str, Indicator],
    wants: Callable[[Asked, Unit, Indicator], bool],
) -> list[Unit]:
    """The units that are to get a figure.

    Parameters
    ----------
    wants
        Whether a unit is to get a figure of an indicator.
    """
    return [
        unit
        for unit in units
        if any(wants(each, unit, indicators[each.indicator]) for each in asked)
    ]


def no_unit_wanted(where: str) -> InvalidInput:
    """The refusal of a recipe by which no unit with a shape gets a figure."""
    return InvalidInput(
        Message("No unit with a shape is to get a figure"),
        remedy=Message("Look at the levels of the indicator and at the units asked for"),
        where=where,
    )


def rounded_value(value: float, indicator: Indicator) -> float:
    """A computed value with two decimals more than its indicator is shown with."""
    return round(value, max(_DECIMALS, indicator.decimals + 2))


def computed_observation(
    each: ComputedFigure[Asked], status: Status, source_id: str
) -> Observation:
    """A computed figure as an observation of a dataset."""
    return Observation(
        unit_id=each.unit.unit_id,
        indicator=each.figure.indicator,
        period=each.period,
        status=status,
        value=each.value,
        source_id=source_id,
        method=each.method,
        coverage=each.coverage,
        doubt=each.doubt,
        # Flags are taken off and put on anew where the file is not at hand; a note stays.
        note=each.doubt,
    )
