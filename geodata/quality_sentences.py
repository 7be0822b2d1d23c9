"""Why a figure cannot be taken as it stands, in sentences with its name, values and units."""

from __future__ import annotations

from geodata.i18n import Formatted, Localised, Message, Text
from geodata.locale_numbers import format_quantity
from geodata.model import Indicator

_FEWEST_DECIMALS = 2
"""Figures are told exactly rather than with the decimals of the map, which hide what differs."""


def below_range(indicator: Indicator, value: float, bound: float) -> Text:
    """Of a value below the indicator's range."""
    return _sentence(
        Message("{name}: {value} is below the lowest possible value, {bound}."),
        indicator,
        value=value,
        bound=bound,
    )


def above_range(indicator: Indicator, value: float, bound: float) -> Text:
    """Of a value above the indicator's range."""
    return _sentence(
        Message("{name}: {value} is above the highest possible value, {bound}."),
        indicator,
        value=value,
        bound=bound,
    )


def without_people(indicator: Indicator, value: float) -> Text:
    """Of a population of zero."""
    return _sentence(
        Message("{name}: this source {value}, but a unit in force has people."),
        indicator,
        value=value,
    )


def _sentence(what: Message, indicator: Indicator, **figures: float) -> Text:
    """A text in both languages, its figures with their unit of measure."""
    decimals = max(indicator.decimals, _FEWEST_DECIMALS)
    written: dict[str, Localised] = {
        name: category.name
        if (category := indicator.category_at(float(value)))
        else Formatted(format_quantity, value, indicator.measure_unit, decimals=decimals)
        for name, value in figures.items()
    }
    return Text.of(what.filled(name=indicator.name, **written))
