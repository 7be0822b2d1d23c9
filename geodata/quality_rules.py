"""What a single figure cannot be, whoever states it: shipped, published or corrected.

These rules need nothing but the figure and its indicator: figures of an office are judged as
those of a dataset are; rules that hold figures against each other are in
`geodata.build.quality_flags`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from geodata import quality_sentences as sentences
from geodata.i18n import Text
from geodata.model import AREA_INDICATOR, POPULATION_INDICATOR, Indicator, Observation

MOST_DENSE = 200_000.0
"""People per square kilometre beyond which no unit can be: twice the densest quarters that censuses
of large cities have counted."""


@dataclass(frozen=True, slots=True)
class QualityFlag:
    """Why a figure is no sound one, and whether it cannot be right at all."""

    reason: Text
    impossible: bool = False


QualityFlags = dict[int, QualityFlag]
"""From the place of an observation in the list to its flag."""


def impossible_alone(
    indicators: Mapping[str, Indicator], observations: Iterable[Observation]
) -> QualityFlags:
    """Figures outside the range of their indicator, populations of zero, densities beyond reason.

    Parameters
    ----------
    indicators
        By id; a figure of another one is not judged.
    observations
        The figures.
    """
    listed = list(observations)
    return {**without_people(indicators, listed), **out_of_range(indicators, listed)}


def out_of_range(
    indicators: Mapping[str, Indicator], observations: Iterable[Observation]
) -> QualityFlags:
    """Figures outside the range of their indicator, and densities beyond reason."""
    found: QualityFlags = {}
    for place, observation in enumerate(observations):
        indicator = indicators.get(observation.indicator)
        if indicator is None:
            continue
        value, (low, high) = observation.value, _bounds(indicator)
        if low is not None and value < low:
            found[place] = QualityFlag(sentences.below_range(indicator, value, low), True)
        elif high is not None and value > high:
            found[place] = QualityFlag(sentences.above_range(indicator, value, high), True)
    return found


def _bounds(indicator: Indicator) -> tuple[float | None, float | None]:
    parts = indicator.numerator, indicator.denominator
    dense = parts == (POPULATION_INDICATOR, AREA_INDICATOR)
    return (
        indicator.minimum,
        MOST_DENSE if indicator.maximum is None and dense else indicator.maximum,
    )


def without_people(
    indicators: Mapping[str, Indicator], observations: Iterable[Observation]
) -> QualityFlags:
    """Populations of zero: a unit in force has people."""
    indicator = indicators.get(POPULATION_INDICATOR)
    return {
        place: QualityFlag(sentences.without_people(indicator, observation.value), impossible=True)
        for place, observation in enumerate(observations)
        if indicator and observation.indicator == indicator.id and observation.value == 0
    }


def flagged(observation: Observation, flag: QualityFlag | None) -> Observation:
    """The observation with a flag; a reason it has already stays."""
    if flag is None or (observation.doubt and observation.impossible >= flag.impossible):
        return observation
    return replace(
        observation,
        doubt=observation.doubt or flag.reason,
        impossible=observation.impossible or flag.impossible,
    )


def judged(
    indicators: Mapping[str, Indicator], observations: Iterable[Observation]
) -> list[Observation]:
    """The figures in the same order, those that cannot be right with the reason."""
    listed = list(observations)
    flags = impossible_alone(indicators, listed)
    if not flags:
        return listed
    return [flagged(figure, flags.get(place)) for place, figure in enumerate(listed)]
