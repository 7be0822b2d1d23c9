"""Stated shares of plan, held against the plans that are known."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.doubts.compared_figures import QUALIFIED, ComparedFigures, half_printed_digit
from geodata.doubts.doubt_records import Doubt, DoubtRule
from geodata.doubts.wording import cited, figure_name, figure_value, number, period_name, quantity
from geodata.i18n import Localised, Message, Text
from geodata.locale_numbers import possible_values
from geodata.model import Observation
from geodata.rounding import CUT_POINTS, half_digit, quotient_spread, rounding_explains


class ShareOfPlan(DoubtRule):
    """A figure and its plan in one sentence make another share than the one stated."""

    id = "share_of_plan"
    name = Message("A stated share of plan does not follow from the figures")
    compares = Message(
        "A figure divided by the plan of the same sentence against the share stated there, as far "
        "as the printed digits tell, unless it is the share of another number of the sentence; of "
        "what is better when lower also the plan divided by it."
    )
    at_the_door = ("X03",)

    def find(self, facts: ComparedFigures) -> Iterator[Doubt]:
        """One doubt for each sentence with a share that does not follow."""
        for place, beside in _stated_shares(facts):
            if beside is None or _follows(facts, place, beside):
                continue
            if not _of_another_number(facts.figures[place]):
                yield self._doubt(facts, place, beside)

    def _doubt(self, facts: ComparedFigures, place: int, plan: int) -> Doubt:
        figure = facts.figures[place]
        sentence = Message(
            "{figure}: {stated}% of plan is stated, but {value} of {plan} is {share}%.",
            figure=figure_name(facts, place),
            stated=number(figure.stated_percent or 0.0),
            value=figure_value(facts, place),
            plan=figure_value(facts, plan),
            share=number(100 * figure.value / facts.value(plan)),
        )
        return Doubt(self.id, (place, plan), Text.of(sentence))


class ImpliedPlan(DoubtRule):
    """The plan that a stated share stands for is not the plan given elsewhere."""

    id = "implied_plan"
    name = Message("A stated share stands for another plan than the one given elsewhere")
    compares = Message(
        "A figure divided by its stated share of plan against the plans for the same year in other "
        "sentences and documents, where its own sentence gives none."
    )
    at_the_door = ("X03",)

    def find(self, facts: ComparedFigures) -> Iterator[Doubt]:
        """One doubt for each figure and each different plan."""
        for place, beside in _stated_shares(facts):
            if beside is not None:
                continue
            told: set[float] = set()
            for plan in facts.plans(facts.figures[place]):
                value = facts.value(plan)
                other = facts.figures[plan].status == "plan" and value not in told
                if other and value and not _follows(facts, place, plan):
                    told.add(value)
                    yield self._doubt(facts, place, plan)

    def _doubt(self, facts: ComparedFigures, place: int, plan: int) -> Doubt:
        figure, planned = facts.figures[place], facts.figures[plan]
        implied = 100 * figure.value / (figure.stated_percent or 100.0)
        given: dict[str, Localised] = {
            "figure": figure_name(facts, place),
            "value": figure_value(facts, place),
            "stated": number(figure.stated_percent or 0.0),
            "implied": quantity(facts.indicator(place), float(f"{implied:.4g}")),
            "plan": figure_value(facts, plan),
            "year": period_name(planned.period),
        }
        if planned.source_id == figure.source_id:
            sentence = Message(
                "{figure}: {value} is stated as {stated}% of plan, so of a plan of about "
                "{implied}; elsewhere the same document plans {plan} for {year}."
            ).filled(**given)
        else:
            sentence = Message(
                "{figure}: {own} states {value} as {stated}% of plan, so of a plan of about "
                "{implied}; {document} plans {plan} for {year}."
            ).filled(**given, own=cited(facts.source(place)), document=cited(facts.source(plan)))
        return Doubt(self.id, (place, plan), Text.of(sentence))


def _stated_shares(facts: ComparedFigures) -> Iterator[tuple[int, int | None]]:
    """Figures with a share of plan that their document states, and the plan beside it if any."""
    for place in facts.usable:
        figure = facts.figures[place]
        if figure.stated_percent is not None and figure.value:
            yield place, _plan_beside(facts, place)


def _plan_beside(facts: ComparedFigures, place: int) -> int | None:
    """The plan that stands in the sentence of a figure."""
    figure = facts.figures[place]
    if not figure.quote:
        return next((p for p in facts.plans(figure) if _of_one_table(facts, place, p)), None)
    for plan in facts.plans(figure):
        other = facts.figures[plan]
        if (other.source_id, other.quote) == (figure.source_id, figure.quote) and other.value:
            return plan
    return None


def _of_another_number(figure: Observation) -> bool:
    """Whether the sentence has another number that the share is of.

    "900 triệu đồng (trong đó đã giao chi tiết 300 triệu đồng) … 112 triệu đồng, đạt 37,3%".
    """
    stated = figure.stated_percent or 0.0
    value = figure.as_printed / (figure.scale or 1.0)
    for other in possible_values(figure.quote):
        if other and other not in (value, stated):
            spread = quotient_spread(value, other, half_digit([value]), half_digit([other]))
            share = 100 * value / other
            if rounding_explains(stated, share, digit=half_digit([stated]), spread=share * spread):
                return True
    return False


def _of_one_table(facts: ComparedFigures, place: int, plan: int) -> bool:
    """Whether figure and plan stand in one table, which has no sentences."""
    figure, other = facts.figures[place], facts.figures[plan]
    return figure.source_id == other.source_id and not other.quote and bool(other.value)


def _follows(facts: ComparedFigures, place: int, plan: int) -> bool:
    """Whether the stated share may be that of the figure in the plan."""
    figure, planned = facts.figures[place], facts.figures[plan]
    stated, value, whole = figure.stated_percent or 0.0, figure.value, planned.value
    spread = quotient_spread(value, whole, half_printed_digit(figure), half_printed_digit(planned))
    if figure.qualifier or planned.qualifier:
        spread += QUALIFIED
    shares = [100 * value / whole]
    if facts.indicator(place).direction == "down":
        # Offices count a rate below plan as more than 100 % of it.
        shares.append(100 * whole / value)
    digit = 2 * half_digit([stated])
    return any(
        rounding_explains(stated, share, digit=digit, spread=abs(share) * spread, least=CUT_POINTS)
        for share in shares
    )
