"""Figures with what is needed to hold them against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from geodata.concepts_file import with_concepts
from geodata.model import (
    STATUS_GROUPS,
    Concept,
    Dimension,
    Indicator,
    Observation,
    Source,
    Succession,
)
from geodata.period import Period, parse_period
from geodata.rounding import half_digit

DocumentKey = tuple[str, str, str, str]
"""Unit, period, status and source: what one document says of one thing at one time."""

SeriesKey = tuple[str, str]
"""Unit and indicator."""


QUALIFIED = 0.05
"""Share by which a figure given as "trên", "gần" or "khoảng" may be off."""


class Catalogued(Protocol):
    """Where the meaning of figures is looked up: the catalogue of a dataset, or a store's."""

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """By id, the parts of broken down ones among them."""
        ...

    @property
    def dimensions(self) -> Mapping[str, Dimension]:
        """By id."""
        ...

    @property
    def sources(self) -> Mapping[str, Source]:
        """By id."""
        ...

    @property
    def concepts(self) -> Mapping[str, Concept]:
        """By id, in their order."""
        ...


@dataclass(frozen=True, eq=False)
class ComparedFigures:
    """What the rules look at.

    Parameters
    ----------
    catalogue
        What the figures are about.
    figures
        All of them; a doubt names them by their places here.
    successions
        Who became whom.
    """

    catalogue: Catalogued
    figures: Sequence[Observation]
    successions: Sequence[Succession] = field(default=())

    @cached_property
    def usable(self) -> tuple[int, ...]:
        """Places of the figures that may be right and are about a known number."""
        return tuple(
            place
            for place, figure in enumerate(self.figures)
            if not figure.impossible
            and (indicator := self.catalogue.indicators.get(figure.indicator)) is not None
            and indicator.kind != "category"
        )

    @cached_property
    def documents(self) -> Mapping[DocumentKey, Mapping[str, int]]:
        """By what one document says at one time, from each indicator to the figure given first."""
        found: dict[DocumentKey, dict[str, int]] = defaultdict(dict)
        for place in self.usable:
            each = self.figures[place]
            key = (each.unit_id, each.period, each.status, each.source_id)
            found[key].setdefault(each.indicator, place)
        return found

    @cached_property
    def series(self) -> Mapping[SeriesKey, Sequence[int]]:
        """By unit and indicator, the figures that were read rather than computed."""
        found: dict[SeriesKey, list[int]] = defaultdict(list)
        for place in self.usable:
            each = self.figures[place]
            if not each.method:
                found[each.unit_id, each.indicator].append(place)
        return found

    def plans(self, figure: Observation) -> Iterator[int]:
        """Plans and targets for a period of at most a year that takes in that of a figure."""
        period = parse_period(figure.period)
        for place in self._aims.get((figure.unit_id, figure.indicator), ()):
            whole = parse_period(self.figures[place].period)
            of_a_year = (whole.end - whole.start).days <= _YEAR
            if of_a_year and whole.start <= period.start and whole.end >= period.end:
                yield place

    @cached_property
    def _aims(self) -> Mapping[SeriesKey, Sequence[int]]:
        found: dict[SeriesKey, list[int]] = defaultdict(list)
        for place in self.usable:
            each = self.figures[place]
            if each.status in ("plan", "target"):
                found[each.unit_id, each.indicator].append(place)
        return found

    def indicator(self, place: int) -> Indicator:
        """The indicator of a figure."""
        return self.catalogue.indicators[self.figures[place].indicator]

    def source(self, place: int) -> Source | None:
        """The source of a figure; None where the catalogue has none."""
        return self.catalogue.sources.get(self.figures[place].source_id)

    def period(self, place: int) -> Period:
        """The period of a figure."""
        return parse_period(self.figures[place].period)

    def happened(self, place: int) -> bool:
        """Whether a figure is of what happened, measured or estimated, and of no plan."""
        return self.figures[place].status in STATUS_GROUPS["actual"]

    def value(self, place: int) -> float:
        """The value of a figure, in its indicator's unit of measure."""
        return self.figures[place].value

    def concept_of(self, place: int) -> str:
        """Id of the concept by which a figure is counted; empty where none is stated."""
        return self._concepts[place]

    @cached_property
    def _concepts(self) -> Sequence[str]:
        """Concepts are stated when all figures are there, which the build's come to be in steps."""
        stated = with_concepts(self.catalogue.concepts.values(), self.figures)
        return [figure.concept for figure in stated]

    def comparable(self, one: int, other: int) -> bool:
        """Whether two figures are counted by concepts that may be set against each other."""
        ids = {self.concept_of(place) for place in (one, other)}
        if len(ids) == 1:
            return True
        found = [self.catalogue.concepts.get(each) for each in ids]
        return all(concept is None or concept.comparable for concept in found)


_YEAR = 366


def half_printed_digit(figure: Observation) -> float:
    """Half of the last digit that the document writes, in the indicator's unit of measure.

    ``389,4`` thousand people are 389,400 with 50 more or less.
    """
    scale = figure.scale or 1.0
    return half_digit([round(figure.as_printed / scale, 6)]) * abs(scale)
