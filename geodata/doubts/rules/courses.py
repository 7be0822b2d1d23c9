"""The course of one series through time: jumps, other magnitudes, sums over a year that fall."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from geodata.doubts.compared_figures import ComparedFigures
from geodata.doubts.doubt_records import Doubt, DoubtRule
from geodata.doubts.wording import figure_name, figure_value, period_name
from geodata.i18n import Message, Text
from geodata.model import Indicator
from geodata.outliers import (
    FAR,
    JUMP,
    PEERS,
    POINTS,
    SMALL,
    is_power_of_ten,
    robust_deviation,
)
from geodata.period import Period
from geodata.precedence import precedence_order

_STEADY = math.log10(1.25)
"""A change of a quarter is never far, however even the other changes of a series are."""
_EVEN = 1.5
"""Steps up to so many times the usual length of a step are held against each other."""
_LONGEST_PAIR = 400
"""Days between two figures that are held against each other where the series has no course."""
_HALF = 0.5
_AS_PLANNED = math.log10(1.5)
"""How far a jump may differ from that of the plans for both years and still be a planned one."""


@dataclass(frozen=True, slots=True)
class SeriesStep:
    """From one figure of a series to the next.

    Parameters
    ----------
    before, after
        Places of the figures.
    days
        Between the ends of their periods.
    change
        Of a percentage in points, else the logarithm to base 10 of the growth.
    """

    before: int
    after: int
    days: int
    change: float


class FarFromSeries(DoubtRule):
    """A figure jumps as no other of its series does."""

    id = "far_from_series"
    name = Message("A value lies far outside its series")
    compares = Message(
        "Each change of a series against its other changes: more than six robust standard "
        "deviations off, by a quarter or by 15 percentage points, and unlike the changes beside "
        "it. Where a series has fewer than five changes, a figure against that of the same period "
        "a year before: 2.5 times as much or less, or 15 percentage points, unless the plans for "
        "both years changed alike."
    )
    at_the_door = ("T01",)

    def find(self, facts: ComparedFigures) -> Iterator[Doubt]:
        """One doubt for each jump."""
        for series, steps in _courses(facts):
            for step in _jumps(facts, series, steps):
                if not _is_slip(facts, step):
                    yield self._doubt(facts, step, alone=len(steps) < PEERS)

    def _doubt(self, facts: ComparedFigures, step: SeriesStep, *, alone: bool) -> Doubt:
        what = (
            Message("{figure}: {value}, after {before} the year before ({earlier}).")
            if alone
            else Message("{figure}: {value}, after {before} in {earlier}; no other change of the "
                         "series is like it.")
        )  # fmt: skip
        sentence = what.filled(
            figure=figure_name(facts, step.after),
            value=figure_value(facts, step.after),
            before=figure_value(facts, step.before),
            earlier=period_name(facts.figures[step.before].period),
        )
        return Doubt(self.id, (step.after, step.before), Text.of(sentence))


def magnitude_slips(facts: ComparedFigures) -> Iterator[SeriesStep]:
    """Jumps of a series by 10, 100 or 1,000 times."""
    for series, steps in _courses(facts):
        for step in _jumps(facts, series, steps):
            if _is_slip(facts, step):
                yield step


class FallingSum(DoubtRule):
    """What adds up over a year is less at its end than before."""

    id = "falling_sum"
    name = Message("A sum over the year falls")
    compares = Message(
        "Of indicators that add up over a period, the figure since January against that of a "
        "shorter stretch of the same year: it is not less."
    )
    at_the_door = ("T04",)

    def find(self, facts: ComparedFigures) -> Iterator[Doubt]:
        """One doubt for each shorter stretch that has more."""
        for (_, series), places in facts.series.items():
            if not facts.catalogue.indicators[series].flow:
                continue
            since = [p for p in places if _since_january(facts.period(p))
                     and facts.happened(p)]  # fmt: skip
            for part in since:
                for whole in since:
                    longer = facts.period(part).end < facts.period(whole).end
                    of_one_year = facts.period(part).start == facts.period(whole).start
                    if longer and of_one_year and facts.value(whole) < facts.value(part):
                        yield self._doubt(facts, part, whole)

    def _doubt(self, facts: ComparedFigures, part: int, whole: int) -> Doubt:
        sentence = Message(
            "{figure}: {value}, but {before} already in {part}.",
            figure=figure_name(facts, whole),
            value=figure_value(facts, whole),
            before=figure_value(facts, part),
            part=period_name(facts.figures[part].period),
        )
        return Doubt(self.id, (whole, part), Text.of(sentence))


class PlanTurnsBack(DoubtRule):
    """A document plans less for a later year than for an earlier one, where more is better."""

    id = "plan_turns_back"
    name = Message("The plan for a later year is behind that for an earlier one")
    compares = Message(
        "Within one document the plans and targets for several years, of rates and averages that "
        "are better when higher or lower: they do not turn back."
    )

    def find(self, facts: ComparedFigures) -> Iterator[Doubt]:
        """One doubt for each step back."""
        for (_, series), places in facts.series.items():
            indicator = facts.catalogue.indicators[series]
            if indicator.kind != "ratio" or indicator.direction == "neutral":
                continue
            by_source: dict[str, list[int]] = defaultdict(list)
            for place in places:
                if facts.figures[place].status in ("plan", "target"):
                    by_source[facts.figures[place].source_id].append(place)
            for aims in by_source.values():
                ordered = sorted(aims, key=lambda place: facts.period(place).sort_key)
                for one, later in pairwise(ordered):
                    if _turns_back(facts, indicator, one, later):
                        yield self._doubt(facts, one, later)

    def _doubt(self, facts: ComparedFigures, one: int, later: int) -> Doubt:
        sentence = Message(
            "{figure}: {value} is planned, but {before} already for {earlier} in the same "
            "document.",
            figure=figure_name(facts, later),
            value=figure_value(facts, later),
            before=figure_value(facts, one),
            earlier=period_name(facts.figures[one].period),
        )
        return Doubt(self.id, (later, one), Text.of(sentence))


def _turns_back(facts: ComparedFigures, indicator: Indicator, one: int, later: int) -> bool:
    if facts.period(later).end <= facts.period(one).end:
        return False
    change = facts.value(later) - facts.value(one)
    return change < 0 if indicator.direction == "up" else change > 0


def _since_january(period: Period) -> bool:
    """Whether a period begins with a year and ends within it."""
    return (
        (period.start.month, period.start.day) == (1, 1)
        and period.start.year == period.end.year
        and period.start < period.end
    )


def _courses(facts: ComparedFigures) -> Iterator[tuple[str, list[SeriesStep]]]:
    """The steps of every series of figures of periods equally long, counted by one concept."""
    for (_, series), places in facts.series.items():
        groups: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place in places:
            if facts.happened(place):
                groups[facts.concept_of(place), _length(facts.period(place))].append(place)
        for members in groups.values():
            steps = _steps(facts, series, members)
            if steps:
                yield series, steps


def _length(period: Period) -> str:
    """Figures of a day, a month, a quarter, a half and a year are series of their own."""
    days = (period.end - period.start).days + 1
    months = 12 * (period.end.year - period.start.year) + period.end.month - period.start.month
    part_of_year = period.start.month if days < 360 else 0
    return "day" if days == 1 else f"{months}-{part_of_year}"


def _steps(facts: ComparedFigures, series: str, members: Sequence[int]) -> list[SeriesStep]:
    by_end: dict[object, list[int]] = defaultdict(list)
    for place in members:
        by_end[facts.period(place).end].append(place)
    used = []
    for _, rivals in sorted(by_end.items(), key=lambda each: str(each[0])):
        order = precedence_order([facts.figures[p] for p in rivals], facts.catalogue.sources)
        used.append(rivals[order[0]])
    found = []
    for before, after in pairwise(used):
        change = _change(facts, series, before, after)
        if change is not None:
            days = (facts.period(after).end - facts.period(before).end).days
            found.append(SeriesStep(before, after, days, change))
    return found


def _in_points(indicator: Indicator) -> bool:
    return indicator.kind == "ratio" and indicator.ratio_factor in (100, None)


def _change(facts: ComparedFigures, series: str, before: int, after: int) -> float | None:
    one, other = facts.value(before), facts.value(after)
    if _in_points(facts.catalogue.indicators[series]):
        return other - one
    return math.log10(other / one) if one > 0 and other > 0 else None


def _jumps(
    facts: ComparedFigures, series: str, steps: Sequence[SeriesStep]
) -> Iterator[SeriesStep]:
    points = _in_points(facts.catalogue.indicators[series])
    usual_days = median(step.days for step in steps)
    even = [s for s in steps if usual_days / _EVEN <= s.days <= usual_days * _EVEN]
    if len(even) >= PEERS:
        usual = median(step.change for step in even)
        far = FAR * robust_deviation([step.change for step in even], usual)
        allowed = max(POINTS if points else _STEADY, far)
        for number, step in enumerate(even):
            beside = (*even[max(0, number - 1) : number], *even[number + 1 : number + 2])
            if abs(step.change - usual) > allowed and _unlike(step, beside):
                yield step
        return
    for step in steps:
        if step.days > _LONGEST_PAIR:
            continue
        large = max(facts.value(step.before), facts.value(step.after)) > SMALL
        if points and abs(step.change) > POINTS:
            yield step
        elif points or not large or abs(step.change) <= math.log10(JUMP):
            continue
        elif not _as_planned(facts, step):
            yield step


def _unlike(step: SeriesStep, beside: Sequence[SeriesStep]) -> bool:
    """Whether no change beside it goes the same way and half as far: growth slows by steps."""
    same_way = [each.change for each in beside if each.change * step.change > 0]
    return all(abs(change) < _HALF * abs(step.change) for change in same_way)


def _as_planned(facts: ComparedFigures, step: SeriesStep) -> bool:
    """Whether the plans for both periods changed as the figures did."""
    before = [facts.value(p) for p in facts.plans(facts.figures[step.before])]
    after = [facts.value(p) for p in facts.plans(facts.figures[step.after])]
    return any(
        abs(math.log10(new / old) - step.change) < _AS_PLANNED
        for old in before
        for new in after
        if old > 0 and new > 0
    )


def _is_slip(facts: ComparedFigures, step: SeriesStep) -> bool:
    return not _in_points(facts.indicator(step.after)) and is_power_of_ten(step.change)
