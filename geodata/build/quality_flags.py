"""Data quality flags: figures that cannot be taken as they stand, each with the reason in words.

Nothing is corrected: a wrong figure stays as its source has it and says why it is doubtful, or that
it is impossible. Reasons given by the people who read the document are kept and come first; the
rules here only add to figures about which nobody has said anything yet, so marking twice changes
nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from geodata.catalogue import Catalogue
from geodata.doubts import ComparedFigures, find_doubts
from geodata.i18n import Message, Text
from geodata.model import Observation, Succession
from geodata.quality_rules import QualityFlag, QualityFlags, flagged, impossible_alone, out_of_range
from geodata.succession.shares import units_with_unknown_border


def add_quality_flags(
    catalogue: Catalogue,
    observations: Sequence[Observation],
    successions: Sequence[Succession] = (),
) -> list[Observation]:
    """The observations in the same order, doubtful and impossible ones with their reason.

    Impossible are what `geodata.quality_rules.impossible_alone` finds, and what a rule of
    `geodata.doubts` says cannot be right. Doubtful are figures that contradict others by these
    rules and, with ``successions``, figures computed on a shape whose border is not known.

    Parameters
    ----------
    catalogue
        Ranges, directions, and the ranks of the sources.
    observations
        Figures as read and derived.
    successions
        Who became whom.
    """
    alone = impossible_alone(catalogue.indicators, observations)
    # No figure is judged by one that cannot be right.
    judged = [flagged(figure, alone.get(place)) for place, figure in enumerate(observations)]
    reasons: dict[int, list[QualityFlag]] = defaultdict(list)
    for flags in (
        out_of_range(catalogue.indicators, observations).items(),
        _contradictions(ComparedFigures(catalogue, judged, successions)),
        alone.items(),
        _unknown_border(judged, successions).items(),
    ):
        for place, flag in flags:
            reasons[place].append(flag)
    found = {place: _joined(flags) for place, flags in reasons.items()}
    return [flagged(figure, found.get(place)) for place, figure in enumerate(observations)]


def _contradictions(facts: ComparedFigures) -> Iterator[tuple[int, QualityFlag]]:
    for doubt in find_doubts(facts):
        for place in doubt.figures:
            yield place, QualityFlag(doubt.sentence, doubt.impossible)


def _joined(flags: Sequence[QualityFlag]) -> QualityFlag:
    """The first reason why a figure cannot be right; else all reasons why it is doubtful."""
    for flag in flags:
        if flag.impossible:
            return flag
    said = list(dict.fromkeys(flag.reason for flag in flags))
    vi, en = (" ".join(reason[language] for reason in said) for language in ("vi", "en"))
    return QualityFlag(Text(vi, en))


def _unknown_border(
    observations: Sequence[Observation], successions: Sequence[Succession]
) -> QualityFlags:
    """Figures computed on the shape of a unit whose border is not known."""
    drawn_at_will = units_with_unknown_border(successions)
    reason = Text.of(
        Message("Computed on the shape of the unit, part of whose border is not known.")
    )
    return {
        place: QualityFlag(reason)
        for place, observation in enumerate(observations)
        if observation.unit_id in drawn_at_will and observation.method
    }
