"""Figures outside what is possible."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from geodata.i18n import Localised, Message
from geodata.measure_units import read_measure
from geodata.model import Indicator
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.violations import NOTHING, Violation
from geodata.table_import.checks.wordings import number
from geodata.table_import.report_records import ImportedValue

_MEASURED = {"%", "m²", "m³", "m", "đồng", "kg", "kWh", "kW"}
"""Bases of units of measure that are no counts of things: a figure may have any decimals."""

_FEW_ZEROS = 0.05
"""Share of zeros in a column up to which they look like slips."""

_SHARE = 100.0


class ValueRules:
    """What the figures of one indicator must be.

    Parameters
    ----------
    indicator
        The indicator.
    never_zero
        Whether others are shares of it, so that a unit with none has no share at all.
    """

    def __init__(self, indicator: Indicator, never_zero: bool) -> None:
        self.indicator = indicator
        self.never_zero = never_zero

    @cached_property
    def is_share(self) -> bool:
        """Whether the figures are percentages of a whole."""
        base = read_measure(self.indicator.measure_unit.symbol.vi).base
        return base == "%" and self.indicator.kind == "ratio" and bool(self.indicator.denominator)

    @cached_property
    def is_whole(self) -> bool:
        """Whether the figures count things that cannot be divided."""
        indicator = self.indicator
        base = read_measure(indicator.measure_unit.symbol.vi).base
        counted = base not in _MEASURED and "/" not in base
        return indicator.kind == "count" and not indicator.decimals and counted

    def suspects(self, values: Sequence[float]) -> list[int]:
        """Places of the figures that may break a rule: of a large table, next to none do."""
        figures = np.asarray(values)
        low, high = self.indicator.minimum, self.indicator.maximum
        least, most = self.indicator.usual_range or (-math.inf, math.inf)
        least = least if low is None else max(least, low)
        most = most if high is None else min(most, high)
        most = min(most, _SHARE) if high is None and self.is_share else most
        odd = (figures < least) | (figures > most)
        odd |= np.abs(figures) < 10.0**-self.indicator.decimals
        if self.is_whole:
            odd |= figures != np.floor(figures)
        return [int(place) for place in np.flatnonzero(odd)]

    def is_unusual(self, value: float) -> bool:
        """Whether a figure lies outside the range that its indicator calls usual."""
        usual = self.indicator.usual_range
        return bool(usual) and not usual[0] <= value <= usual[1]

    def violation(self, figure: ImportedValue, unit: str) -> Violation | None:
        """The first rule that a figure breaks; None where it breaks none."""
        value = figure.value
        if value is None:
            return None
        low, high = self.indicator.minimum, self.indicator.maximum
        given = number(value)
        if low is not None and value < low:
            what = Message("{unit}: {value} is below the lowest possible value",
                           unit=unit, value=given)  # fmt: skip
            return _broken("V04", figure, what, self._range())
        if high is not None and value > high:
            if self.is_share and high == _SHARE:
                return _broken("V05", figure, _over(unit, given), self._range())
            what = Message("{unit}: {value} is above the highest possible value",
                           unit=unit, value=given)  # fmt: skip
            return _broken("V04", figure, what, self._range())
        if high is None and self.is_share and value > _SHARE:
            return _broken("V05", figure, _over(unit, given), doubt=True)
        if self.is_unusual(value):
            return self._unusual(figure, unit)
        if self.is_whole and not value.is_integer():
            what = Message("{unit}: {value} is no whole number", unit=unit, value=given)
            expected = Message("a whole number of {things}",
                               things=self.indicator.measure_unit.name)  # fmt: skip
            return _broken("V06", figure, what, expected)
        if value == 0 and self.never_zero:
            what = Message("{unit}: 0, where other figures are a share of it", unit=unit)
            return _broken("V09", figure, what, doubt=True)
        if value and not round(value, self.indicator.decimals):
            what = Message("{unit}: {value} will be shown as 0", unit=unit, value=given)
            return Violation("V10", "note", what, place=figure.place, value=figure.raw,
                             group=figure.indicator)  # fmt: skip
        return None

    def _unusual(self, figure: ImportedValue, unit: str) -> Violation:
        """A figure that is possible, and seldom right (V04)."""
        assert figure.value is not None
        low, high = self.indicator.usual_range
        what = Message("{unit}: {value} is possible, but unusual for “{indicator}”",
                       unit=unit, value=number(figure.value),
                       indicator=self.indicator.name)  # fmt: skip
        expected = Message("{low} to {high}", context="range", low=number(low), high=number(high))
        found = _broken("V04", figure, what, expected, doubt=True)
        return replace(found, group=(figure.indicator, "usual"))

    def _range(self) -> Localised:
        low, high = self.indicator.minimum, self.indicator.maximum
        if low is not None and high is not None:
            return Message("{low} to {high}", context="range", low=number(low), high=number(high))
        if low is not None:
            return Message("{low} or more", low=number(low))
        return NOTHING if high is None else Message("{high} or less", high=number(high))


def _over(unit: str, value: Localised) -> Message:
    return Message("{unit}: a share of {value}% is more than the whole", unit=unit, value=value)


def _broken(
    code: str, figure: ImportedValue, what: Message, expected: Localised = NOTHING,
    doubt: bool = False,
) -> Violation:  # fmt: skip
    """A broken rule: a doubt to confirm, or else an error."""
    remedy = (
        Message("Correct it, or confirm it: it is then published as doubtful")
        if doubt
        else Message("Correct the cell, or the unit of measure of its column")
    )
    return Violation(
        code, "confirm" if doubt else "error", what, expected, remedy,
        place=figure.place, value=figure.raw, group=figure.indicator,
        doubt=doubt,
    )  # fmt: skip


def value_checks(table: CheckedTable) -> Iterator[Violation]:
    """Ranges, shares, whole numbers and zeros (V04 to V06, V09, V10)."""
    wholes = {each.denominator for each in table.indicators.values()} - {None}
    for (indicator_id, dimensions, *_), values in table.by_series.items():
        indicator = table.indicators.get(indicator_id)
        if indicator is None:
            continue
        whole = indicator_id in wholes and not dimensions
        rules = ValueRules(indicator, whole and _is_never_zero(table, indicator_id, values))
        figures = [each for each in values if each.value is not None]
        for place in rules.suspects([each.value for each in figures if each.value is not None]):
            found = rules.violation(figures[place], table.unit_name(figures[place].unit_id))
            if found is not None:
                yield found


def _is_never_zero(table: CheckedTable, indicator: str, values: Sequence[ImportedValue]) -> bool:
    """Whether a zero is odd: there is none among what is known, and next to none in the table.

    Every commune has people and an area, many have no tourists: figures tell which is which.
    """
    if any(not known.value and not known.doubtful for known in table.known(indicator).values()):
        return False
    zeros = sum(each.value == 0 for each in values)
    return zeros <= max(1, _FEW_ZEROS * len(values))
