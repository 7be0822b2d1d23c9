"""Names, figures and documents in the sentences of doubts."""

from __future__ import annotations

import math

from geodata.doubts.compared_figures import ComparedFigures
from geodata.i18n import Formatted, Localised, Message, Verbatim
from geodata.locale_numbers import format_number, format_quantity
from geodata.model import Indicator, Source
from geodata.period import parse_period

_MOST_DECIMALS = 6
_SIGNIFICANT = 3
_FEWEST_DECIMALS = 2
"""Figures are told exactly rather than with the decimals of the map, which hide what differs."""


def quantity(indicator: Indicator, value: float) -> Localised:
    """A value with its unit of measure."""
    decimals = max(indicator.decimals, _FEWEST_DECIMALS, _significant(value))
    return Formatted(format_quantity, value, indicator.measure_unit, decimals=decimals)


def _significant(value: float) -> int:
    """Digits behind the mark that tell a figure below 1: 0.0457 is not 0.05."""
    if not 0 < abs(value) < 1:
        return 0
    return min(_MOST_DECIMALS, _SIGNIFICANT - math.floor(math.log10(abs(value))))


def number(value: float, decimals: int = _FEWEST_DECIMALS) -> Localised:
    """A number without a unit of measure."""
    return Formatted(format_number, value, decimals=decimals)


def period_name(code: str) -> Localised:
    """A period as an office writes it."""
    return Formatted(parse_period(code).label)


def figure_name(facts: ComparedFigures, place: int) -> Localised:
    """What a figure is of and when: ``Tourist visits, first half of 2025``."""
    return Message(
        "{name}, {period}",
        context="figure",
        name=facts.indicator(place).name,
        period=period_name(facts.figures[place].period),
    )


def figure_value(facts: ComparedFigures, place: int) -> Localised:
    """The value of a figure with its unit of measure."""
    return quantity(facts.indicator(place), facts.value(place))


def cited(source: Source | None) -> Localised:
    """A document as a letter refers to it: by number, else by issuer and day, else by title."""
    if source is None:
        return Message("another document")
    if any(sign.isdigit() for sign in source.number):
        return Message("document no. {number}", number=Verbatim(source.number))
    if source.kind == "report" and source.issuer and source.date:
        day = Formatted(parse_period(source.date).label)
        return Message("the document of {issuer}, {day}", issuer=source.issuer, day=day)
    return Message("“{title}”", title=source.title)
