"""Parts against their whole, within one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geodata.doubts.compared_figures import QUALIFIED, ComparedFigures, half_printed_digit
from geodata.doubts.doubt_records import Doubt, DoubtRule
from geodata.doubts.wording import figure_name, figure_value, number, quantity
from geodata.i18n import Joined, Message, Text
from geodata.model import Qualifier
from geodata.part_sums import Excess, Shortfall, Tolerance, find_excesses, find_shortfalls
from geodata.rounding import SLACK, common_step

_ROUND = 100.0
"""From figures that all end in two zeros on, the zeros are taken to come from rounding."""


class PartBeyondWhole(DoubtRule):
    """A part is larger than what it is a part of."""

    id = "part_beyond_whole"
    name = Message("A part is larger than its whole")
    compares = Message(
        "Within one document each part of a count against the whole, and the numerator of a "
        "percentage against its denominator."
    )
    at_the_door = ("X01",)

    def find(self, facts: ComparedFigures) -> Iterator[Doubt]:
        """One doubt for each part."""
        for places in facts.documents.values():
            for excess in _excesses(facts, places):
                if excess.alone:
                    whole = places[excess.whole]
                    yield from (self._doubt(facts, places[each], whole) for each in excess.parts)
            for part, whole in _percentages(facts, places):
                yield self._doubt(facts, part, whole)

    def _doubt(self, facts: ComparedFigures, part: int, whole: int) -> Doubt:
        sentence = Message(
            "{figure}: {value}, more than the whole, {whole}: {total}.",
            figure=figure_name(facts, part),
            value=figure_value(facts, part),
            whole=facts.indicator(whole).name,
            total=figure_value(facts, whole),
        )
        return Doubt(self.id, (part, whole), Text.of(sentence))


class PartsDoNotAddUp(DoubtRule):
    """The parts of a whole make another number."""

    id = "parts_do_not_add_up"
    name = Message("The parts do not add up to the whole")
    compares = Message(
        "Within one document the sum of the parts by a list against the whole: never more, and not "
        "less where they are all the codes of the list with at least 90% of the whole, or three or "
        "more of them with at least 99%."
    )
    at_the_door = ("X01",)

    def find(self, facts: ComparedFigures) -> Iterator[Doubt]:
        """One doubt for each whole and list."""
        for places in facts.documents.values():
            for excess in _excesses(facts, places):
                if not excess.alone:
                    yield self._doubt(facts, places, excess)
            for shortfall in _shortfalls(facts, places):
                yield self._doubt(facts, places, shortfall)

    def _doubt(
        self, facts: ComparedFigures, places: Mapping[str, int], found: Excess | Shortfall
    ) -> Doubt:
        whole = places[found.whole]
        indicator = facts.indicator(whole)
        parts = [places[part] for part in found.parts]
        sentence = Message(
            "{figure}: {whole}, but the parts by “{dimension}” ({parts}) make {total}.",
            figure=figure_name(facts, whole),
            whole=figure_value(facts, whole),
            dimension=found.dimension.name,
            parts=Joined(" + ", [number(facts.value(part)) for part in parts]),
            total=quantity(indicator, round(found.total, 6)),
        )
        return Doubt(self.id, (whole, *parts), Text.of(sentence))


def _excesses(facts: ComparedFigures, places: Mapping[str, int]) -> Iterator[Excess]:
    values = {series: facts.value(place) for series, place in places.items()}
    yield from find_excesses(
        values,
        facts.catalogue.indicators,
        facts.catalogue.dimensions,
        _tolerance(facts, places, ("more_than", "at_least", "about")),
    )


def _shortfalls(facts: ComparedFigures, places: Mapping[str, int]) -> Iterator[Shortfall]:
    values = {series: facts.value(place) for series, place in places.items()}
    yield from find_shortfalls(
        values,
        facts.catalogue.indicators,
        facts.catalogue.dimensions,
        _tolerance(facts, places, ("nearly", "about")),
    )


def _tolerance(
    facts: ComparedFigures, places: Mapping[str, int], loose: Sequence[Qualifier]
) -> Tolerance:
    """What the printed digits explain, and what a qualifier leaves open."""

    def allowed(whole: str, parts: Sequence[str]) -> float:
        figures = [facts.figures[places[each]] for each in (whole, *parts)]
        if any(figure.qualifier in loose for figure in figures if figure.qualifier):
            return QUALIFIED * abs(figures[0].value)
        if all(figure.value.is_integer() and figure.scale == 1 for figure in figures):
            return 0.5
        return SLACK * sum(half_printed_digit(figure) for figure in figures)

    def rounded(whole: str, parts: Sequence[str]) -> float:
        """Round figures alone are in hundreds or thousands: 389,400 of 333,300 and 56,200."""
        values = [facts.value(places[each]) for each in (whole, *parts)]
        step = common_step(values)
        return max(allowed(whole, parts), SLACK * len(values) * step / 2 if step >= _ROUND else 0)

    return rounded


def _percentages(facts: ComparedFigures, places: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Numerators of percentages that are more than their denominators."""
    for ratio in facts.catalogue.indicators.values():
        if ratio.ratio_factor != 100 or ratio.whole:
            continue
        part, whole = places.get(ratio.numerator or ""), places.get(ratio.denominator or "")
        if part is not None and whole is not None and facts.value(part) > facts.value(whole):
            yield part, whole
