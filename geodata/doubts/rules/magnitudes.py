"""Figures in a unit of measure an order of magnitude off."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from geodata.doubts.compared_figures import ComparedFigures
from geodata.doubts.doubt_records import Doubt, DoubtRule
from geodata.doubts.rules.courses import magnitude_slips
from geodata.doubts.wording import cited, figure_name, figure_value, number, period_name, quantity
from geodata.i18n import Localised, Message, Text
from geodata.outliers import NEAR_POWER
from geodata.period import Period

_THOUSAND = 3
"""Slips between other units are told from differences of size only by whole thousands, which part
the units of money and of length: million and billion đồng, square metres and square kilometres."""
_ALIKE = 2.0
"""Days are near where the end of one period is within so many years of that of the other."""


class UnitOfMeasure(DoubtRule):
    """A figure is a thousand times what others of the same kind are."""

    id = "unit_of_measure"
    name = Message("The unit of measure seems an order of magnitude off")
    compares = Message(
        "A figure against that of the year before: near to 10, 100 or 1,000 times as much; against "
        "the same figure elsewhere and against all other units' of about the same time: 1,000 "
        "times. Figures that are read as another than the printed one are told here."
    )
    at_the_door = ("I03",)

    def find(self, facts: ComparedFigures) -> Iterator[Doubt]:
        """One doubt for each figure."""
        told = set()
        for place in facts.usable:
            if facts.figures[place].printed is not None:
                told.add(place)
                yield self._read_as(facts, place)
        for step in magnitude_slips(facts):
            if not told & {step.before, step.after}:
                told |= {step.before, step.after}
                yield self._beside(facts, step.after, step.before)
        for place, other in _slips_beside(facts):
            if not told & {place, other}:
                told.add(place)
                yield self._beside(facts, place, other)

    def _read_as(self, facts: ComparedFigures, place: int) -> Doubt:
        """Of a printed slip, with the figure that shows it where there is one."""
        figure, indicator = facts.figures[place], facts.indicator(place)
        sentence = Message(
            "{figure}: {printed} is printed, read as {value}.",
            figure=figure_name(facts, place),
            printed=quantity(indicator, figure.as_printed),
            value=figure_value(facts, place),
        )
        return Doubt(self.id, (place,), Text.of(sentence))

    def _beside(self, facts: ComparedFigures, place: int, other: int) -> Doubt:
        sentence = Message(
            "{figure}: {value}, but {other}, about {factor} times as much: another unit of "
            "measure?",
            figure=figure_name(facts, place),
            value=figure_value(facts, place),
            other=_described(facts, other),
            factor=_factor(facts.value(other) / facts.value(place)),
        )
        return Doubt(self.id, (place, other), Text.of(sentence))


def _factor(times: float) -> Localised:
    """``1,000`` or ``1/1,000``."""
    power = round(math.log10(times))
    if power >= 0:
        return number(10.0**power)
    return Message("1/{n}", n=number(10.0**-power))


def _described(facts: ComparedFigures, other: int) -> Localised:
    """Another figure, with its period and document."""
    value, figure = figure_value(facts, other), facts.figures[other]
    period = period_name(figure.period)
    return Message("{value} in {period} ({document})", value=value, period=period,
                   document=cited(facts.source(other)))  # fmt: skip


def _slips_beside(facts: ComparedFigures) -> Iterator[tuple[int, int]]:
    """Figures a thousand times off one for the same thing, or off every other unit's."""
    by_indicator: dict[str, list[int]] = defaultdict(list)
    for (_, series), places in facts.series.items():
        done = [p for p in places if facts.happened(p)]
        by_indicator[series] += done
    for series, places in by_indicator.items():
        if facts.catalogue.indicators[series].kind != "count":
            continue
        by_unit: Mapping[str, Sequence[int]] = _grouped(facts, places)
        for unit, own in by_unit.items():
            for place in own:
                other = _off_a_thousand(facts, place, own, by_unit, unit)
                if other is not None:
                    yield place, other


def _grouped(facts: ComparedFigures, places: Sequence[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place in places:
        found[facts.figures[place].unit_id].append(place)
    return found


def _off_a_thousand(
    facts: ComparedFigures,
    place: int,
    own: Sequence[int],
    by_unit: Mapping[str, Sequence[int]],
    unit: str,
) -> int | None:
    period = facts.figures[place].period
    for other in own:
        same = other != place and facts.figures[other].period == period
        if same and _thousandfold(facts, place, other):
            return other
    others = [p for each, listed in by_unit.items() if each != unit for p in listed]
    near = [p for p in others if _near_in_time(facts.period(place), facts.period(p))]
    if near and all(_thousandfold(facts, place, other) for other in near):
        return near[0]
    return None


def _near_in_time(one: Period, other: Period) -> bool:
    return abs((one.end - other.end).days) <= _ALIKE * 366


def _thousandfold(facts: ComparedFigures, place: int, other: int) -> bool:
    """Whether another figure is near to 1,000 or a million times a figure."""
    small, large = facts.value(place), facts.value(other)
    if small <= 0 or large <= 0:
        return False
    growth = math.log10(large / small)
    power = _THOUSAND * round(growth / _THOUSAND)
    return power >= _THOUSAND and abs(growth - power) < NEAR_POWER
