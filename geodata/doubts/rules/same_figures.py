"""Two values for one thing: within a document, between documents, against a register."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from geodata.doubts.compared_figures import QUALIFIED, ComparedFigures, half_printed_digit
from geodata.doubts.doubt_records import Doubt, DoubtRule
from geodata.doubts.wording import cited, figure_name, figure_value, period_name
from geodata.i18n import Joined, Localised, Message, Text
from geodata.model import Observation, Status

DISAGREEMENT_TOLERANCE = 0.005
"""Share of the larger figure above which two figures count as disagreeing."""

OFFICIAL_RANK = 2
"""Sources up to this rank may cast doubt on official figures; others only on one another."""

_LAST_RANK = 9
_REGISTERS = ("register", "census")
_OnePeriod = tuple[str, str, dt.date, dt.date, Status]


def values_agree(one: float, other: float) -> bool:
    """Whether two figures differ by no more than `DISAGREEMENT_TOLERANCE` of the larger."""
    return abs(one - other) <= DISAGREEMENT_TOLERANCE * max(abs(one), abs(other))


def figures_agree(one: Observation, other: Observation) -> bool:
    """Whether two figures may be one: by their values, printed digits and qualifiers."""
    if values_agree(one.value, other.value):
        return True
    apart = abs(one.value - other.value)
    if apart <= half_printed_digit(one) + half_printed_digit(other) and not (
        one.value.is_integer() and other.value.is_integer()
    ):
        return True
    qualified = bool(one.qualifier or other.qualifier)
    return qualified and apart <= QUALIFIED * max(abs(one.value), abs(other.value))


class TwoValues(DoubtRule):
    """Documents, or sentences of one, give one thing two values."""

    id = "two_values"
    name = Message("One indicator and period has two values")
    compares = Message(
        "All figures for one unit, indicator, period and status: they may differ by 0.5%, and by "
        "what rounding and words such as “about” leave open. What is collected from the press does "
        "not cast doubt on an official document."
    )

    def find(self, facts: ComparedFigures) -> Iterator[Doubt]:
        """One doubt for each unit, indicator, period and status."""
        yield from _contradictions(facts, self.id, of_register=False)


class RegisterAgainstReport(DoubtRule):
    """A register or census and a report differ."""

    id = "register_against_report"
    name = Message("A register and a report differ")
    compares = Message(
        "The figure of a register or census against that of a report for the same unit, indicator "
        "and period, or for a period in which the day of the register lies: they may differ by "
        "0.5%."
    )

    def find(self, facts: ComparedFigures) -> Iterator[Doubt]:
        """One doubt for each unit, indicator and period."""
        yield from _contradictions(facts, self.id, of_register=True)
        for members in facts.series.values():
            yield from self._within(facts, members)

    def _within(self, facts: ComparedFigures, places: Sequence[int]) -> Iterator[Doubt]:
        """Reports of a longer period in which the day of a register lies."""
        for day in places:
            if not _is_register(facts, day):
                continue
            start, end = facts.period(day).start, facts.period(day).end
            for place in places:
                if _is_register(facts, place) or not _is_official(facts, place):
                    continue
                period, figure = facts.period(place), facts.figures[place]
                inside = period.start <= start and end <= period.end
                same = (period.start, period.end) == (start, end)
                done = facts.happened(place)
                if inside and not same and done and not figures_agree(figure, facts.figures[day]):
                    yield Doubt(self.id, (day, place), _sentence(facts, (day, place)))


def _contradictions(facts: ComparedFigures, rule: str, *, of_register: bool) -> Iterator[Doubt]:
    """The doubts of a rule on figures for one thing; a register against a report, or the rest."""
    for places in _of_one_period(facts).values():
        doubted, against = _contradicted(facts, places)
        together = (*doubted, *against)
        if doubted and _is_register_against_report(facts, together) is of_register:
            yield Doubt(rule, doubted, _sentence(facts, together), against)


def _of_one_period(facts: ComparedFigures) -> dict[_OnePeriod, list[int]]:
    groups: dict[_OnePeriod, list[int]] = defaultdict(list)
    for place in facts.usable:
        figure, period = facts.figures[place], facts.period(place)
        key = (figure.unit_id, figure.indicator, period.start, period.end, figure.status)
        groups[key].append(place)
    return groups


def _contradicted(
    facts: ComparedFigures, places: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The figures that others speak against, and those of the others that are not doubted."""
    doubted: list[int] = []
    rivals: set[int] = set()
    for place in places:
        against = [
            other
            for other in places
            if other != place
            and _speaks_against(facts, other, place)
            and not figures_agree(facts.figures[place], facts.figures[other])
        ]
        if against:
            doubted.append(place)
            rivals.update(against)
    return tuple(doubted), tuple(place for place in places if place in rivals - {*doubted})


def _speaks_against(facts: ComparedFigures, rival: int, place: int) -> bool:
    """Whether a figure may cast doubt on another: an official one, or one of the same standing."""
    computed = facts.figures[rival].method and facts.figures[place].method
    if computed or not facts.comparable(rival, place):
        return False
    return _rank(facts, rival) <= max(_rank(facts, place), OFFICIAL_RANK)


def _rank(facts: ComparedFigures, place: int) -> int:
    source = facts.source(place)
    return source.rank if source else _LAST_RANK


def _standing(facts: ComparedFigures, place: int) -> tuple[int, str, float]:
    """Orders figures alike however they are listed."""
    figure = facts.figures[place]
    return _rank(facts, place), figure.source_id, -figure.value


def _is_official(facts: ComparedFigures, place: int) -> bool:
    return _rank(facts, place) <= OFFICIAL_RANK


def _is_register(facts: ComparedFigures, place: int) -> bool:
    source = facts.source(place)
    return source is not None and source.kind in _REGISTERS


def _is_register_against_report(facts: ComparedFigures, places: Sequence[int]) -> bool:
    return len({_is_register(facts, place) for place in places}) > 1


def _sentence(facts: ComparedFigures, places: Sequence[int]) -> Text:
    """All different values with the documents that give them."""
    shown: dict[tuple[str, float], int] = {}
    for place in sorted(places, key=lambda each: _standing(facts, each)):
        figure = facts.figures[place]
        shown.setdefault((figure.source_id, figure.value), place)
    chosen = list(shown.values())
    name = figure_name(facts, chosen[0])
    if len({facts.figures[place].source_id for place in chosen}) == 1:
        values = Joined("; ", [figure_value(facts, place) for place in chosen])
        return Text.of(Message("{figure}: the same document has {values}.", figure=name,
                               values=values))  # fmt: skip
    periods = {facts.figures[place].period for place in chosen}
    said = [_said(facts, place, with_period=len(periods) > 1) for place in chosen]
    return Text.of(Message("{figure}: {said}.", figure=name, said=Joined("; ", said)))


def _said(facts: ComparedFigures, place: int, *, with_period: bool) -> Localised:
    document, value = cited(facts.source(place)), figure_value(facts, place)
    if not with_period:
        return Message("{document} has {value}", document=document, value=value)
    period = period_name(facts.figures[place].period)
    return Message("{document} has {value} ({period})", document=document, value=value,
                   period=period)  # fmt: skip
