"""Rates against the two figures they are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geodata.doubts.compared_figures import QUALIFIED, ComparedFigures, half_printed_digit
from geodata.doubts.doubt_records import Doubt, DoubtRule
from geodata.doubts.wording import figure_name, figure_value, number, quantity
from geodata.i18n import Message, Text
from geodata.rounding import CUT_POINTS, half_digit, quotient_spread, rounding_explains


class RateOfItsParts(DoubtRule):
    """A stated rate is not the quotient of its numerator and denominator."""

    id = "rate_of_its_parts"
    name = Message("A rate does not follow from the figures it is made of")
    compares = Message(
        "Within one document a rate against the quotient of its numerator and denominator, as far "
        "as the printed digits tell."
    )
    at_the_door = ("X02",)

    def find(self, facts: ComparedFigures) -> Iterator[Doubt]:
        """One doubt for each rate."""
        for places in facts.documents.values():
            for series, place in places.items():
                parts = self._parts(facts, places, series)
                if parts and not facts.figures[place].method:
                    doubt = self._judged(facts, place, *parts)
                    if doubt is not None:
                        yield doubt

    @staticmethod
    def _parts(
        facts: ComparedFigures, places: Mapping[str, int], series: str
    ) -> tuple[int, int] | None:
        ratio = facts.catalogue.indicators[series]
        upper, lower = places.get(ratio.numerator or ""), places.get(ratio.denominator or "")
        if upper is None or lower is None or not ratio.ratio_factor or not facts.value(lower):
            return None
        return upper, lower

    def _judged(self, facts: ComparedFigures, place: int, upper: int, lower: int) -> Doubt | None:
        ratio, stated = facts.indicator(place), facts.figures[place]
        above, below = facts.figures[upper], facts.figures[lower]
        expected = (ratio.ratio_factor or 1.0) * above.value / below.value
        spread = quotient_spread(
            above.value, below.value, half_printed_digit(above), half_printed_digit(below)
        )
        if stated.qualifier or above.qualifier or below.qualifier:
            spread += QUALIFIED
        if rounding_explains(
            stated.value,
            expected,
            digit=2 * half_digit([stated.value]),
            spread=abs(expected) * spread,
            least=CUT_POINTS if ratio.ratio_factor == 100 else 0.0,
        ):
            return None
        sentence = Message(
            "{figure}: {stated} is stated, but {upper_name} {upper} of {lower_name} {lower} make "
            "{expected}.",
            figure=figure_name(facts, place),
            stated=figure_value(facts, place),
            upper_name=facts.indicator(upper).name,
            upper=number(above.value),
            lower_name=facts.indicator(lower).name,
            lower=number(below.value),
            expected=quantity(ratio, round(expected, 6)),
        )
        return Doubt(self.id, (place, upper, lower), Text.of(sentence))
