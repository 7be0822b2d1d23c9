"""Figures of a unit against those of other units: of its neighbours, of what it was formed from."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from geodata.doubts.compared_figures import ComparedFigures
from geodata.doubts.doubt_records import Doubt, DoubtRule
from geodata.doubts.wording import figure_name, figure_value, number, period_name, quantity
from geodata.i18n import Message, Text
from geodata.outliers import FEWEST, far_from_others
from geodata.precedence import preferred_observations
from geodata.succession.predecessor_values import PredecessorFigures, whole_predecessors

GROWTH_FACTOR = 1.25
"""How far growth over a merger may lie from the median of all merged units, either way."""

GROWTH_FACTOR_FEW_PEERS = 2.0
"""The same where fewer than `FEWEST` units can be compared: the growth itself."""

IMPOSSIBLE_GROWTH = 0.25
"""A count below this share of what the merged units had is impossible, where at least `FEWEST`
other units show what is usual."""


class FarFromOthers(DoubtRule):
    """A value lies far outside those of the other units."""

    id = "far_from_others"
    name = Message("A value lies far outside those of the other units")
    compares = Message(
        "The figures of at least eight units in one source, indicator and period against their "
        "median: more than six robust standard deviations off, counts by their order of magnitude. "
        "Figures computed on maps are left out."
    )
    at_the_door = ("T02", "I03")

    def find(self, facts: ComparedFigures) -> Iterator[Doubt]:
        """One doubt for each figure."""
        groups: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
        for place in facts.usable:
            figure = facts.figures[place]
            if not figure.method:
                key = (figure.indicator, figure.period, figure.status, figure.source_id)
                # Units of one level have codes of one length.
                length = str(len(figure.unit_id.partition("-")[0]))
                groups[(*key, length)].setdefault(figure.unit_id, place)
        for places in groups.values():
            yield from self._far(facts, places)

    def _far(self, facts: ComparedFigures, places: dict[str, int]) -> Iterator[Doubt]:
        values = {unit: facts.value(place) for unit, place in places.items()}
        indicator = facts.indicator(next(iter(places.values())))
        logarithmic = indicator.kind == "count" or (indicator.maximum or math.inf) > 100
        centre = median(values.values())
        for unit in far_from_others(values, logarithmic=logarithmic):
            sentence = Message(
                "{figure}: {value}; half of the {n} units in the same source have less than "
                "{centre}, half have more.",
                figure=figure_name(facts, places[unit]),
                value=figure_value(facts, places[unit]),
                n=number(len(values)),
                centre=quantity(indicator, centre),
            )
            yield Doubt(self.id, (places[unit],), Text.of(sentence))


class UnlikePredecessors(DoubtRule):
    """A merged unit has far more or less than the units it was formed from."""

    id = "unlike_predecessors"
    name = Message("A merged unit does not fit the units it was formed from")
    compares = Message(
        "Of counts that rates are based on, the figure of a merged unit against the sum of the "
        "units it was formed from: its growth may lie 25% off that of most merged units. Less than "
        "a quarter of the sum is impossible where eight units show what is usual."
    )
    at_the_door = ("T01",)

    def find(self, facts: ComparedFigures) -> Iterator[Doubt]:
        """One doubt for each figure."""
        bases = {each.denominator for each in facts.catalogue.indicators.values()}
        parts_of = whole_predecessors(facts.successions)
        known = preferred_observations(facts.figures, facts.catalogue.sources)
        earlier = PredecessorFigures(known, parts_of)
        before: dict[int, tuple[str, float]] = {}
        peers: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
        for place, figure in enumerate(facts.figures):
            indicator = facts.catalogue.indicators.get(figure.indicator)
            if indicator is None or indicator.kind != "count" or indicator.id not in bases:
                continue
            if figure.unit_id not in parts_of:
                continue
            found = earlier.sum_of_parts(figure)
            if found is not None and found[1] > 0:
                before[place] = found
                group = figure.indicator, figure.period
                peers[group].append((place, figure.value / found[1]))
        for members in peers.values():
            yield from self._odd(facts, members, before)

    def _odd(
        self,
        facts: ComparedFigures,
        members: Sequence[tuple[int, float]],
        before: dict[int, tuple[str, float]],
    ) -> Iterator[Doubt]:
        odd = _outliers(members)
        enough = len(members) - len(odd) >= FEWEST
        for place, growth in odd:
            period, total = before[place]
            indicator = facts.catalogue.indicators[facts.figures[place].indicator]
            sentence = Message(
                "{figure}: {value}; the units it was formed from had {before} ({when}).",
                figure=figure_name(facts, place),
                value=figure_value(facts, place),
                before=quantity(indicator, total),
                when=period_name(period),
            )
            low = enough and growth < IMPOSSIBLE_GROWTH
            impossible = low or facts.figures[place].impossible
            yield Doubt(self.id, (place,), Text.of(sentence), impossible=impossible)


def _outliers(group: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Places and growths of those whose growth lies too far from that of their peers."""
    growths = [growth for _, growth in group]
    few = len(growths) < FEWEST
    centre, factor = (1.0, GROWTH_FACTOR_FEW_PEERS) if few else (median(growths), GROWTH_FACTOR)
    low, high = centre / factor, centre * factor
    return [(place, growth) for place, growth in group if not low <= growth <= high]
