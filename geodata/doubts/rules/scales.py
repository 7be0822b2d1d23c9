"""Figures beyond what the standard they are counted by allows."""

from __future__ import annotations

from collections.abc import Iterator

from geodata.doubts.compared_figures import ComparedFigures
from geodata.doubts.doubt_records import Doubt, DoubtRule
from geodata.doubts.wording import figure_name, figure_value, quantity
from geodata.i18n import Message, Text


class BeyondScale(DoubtRule):
    """More criteria are met, or aimed at, than the set of that time has."""

    id = "beyond_scale"
    name = Message("A value lies beyond the scale it is counted by")
    compares = Message(
        "Values and targets against the highest that the standard in force in their period allows, "
        "such as the number of criteria in a set."
    )

    def find(self, facts: ComparedFigures) -> Iterator[Doubt]:
        """One doubt for each figure."""
        for place in facts.usable:
            concept = facts.catalogue.concepts.get(facts.concept_of(place))
            if concept is None or concept.highest is None:
                continue
            if facts.value(place) > concept.highest:
                sentence = Message(
                    "{figure}: {value}, but “{standard}”, in force then, has only {highest}.",
                    figure=figure_name(facts, place),
                    value=figure_value(facts, place),
                    standard=concept.name,
                    highest=quantity(facts.indicator(place), concept.highest),
                )
                yield Doubt(self.id, (place,), Text.of(sentence))
