"""Figures counted by different concepts: whether they may be compared, and what is said of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from geodata.i18n import Joined, Language, Localised, Message
from geodata.model import Concept, Indicator, Observation

if TYPE_CHECKING:
    from geodata.store.interface import Store


def concepts_by_id(store: Store) -> dict[str, Concept]:
    """The concepts of a dataset, in its order."""
    return {concept.id: concept for concept in store.concepts()}


def concept_name(store: Store, figure: Observation, language: Language) -> str:
    """What the concept of a figure is called; empty where none is stated."""
    found = (each for each in store.concepts() if each.id == figure.concept)
    return next((concept.name[language] for concept in found), "")


def concepts_of(
    figures: Iterable[Observation], indicator: Indicator, known: Mapping[str, Concept]
) -> tuple[Concept, ...]:
    """The concepts that figures of an indicator state, in the order of the dataset.

    Parameters
    ----------
    figures
        Of the indicator and of a ratio's numerator; those of others, as its denominator, are passed
        over.
    """
    own = (indicator.id, indicator.numerator)
    stated = {figure.concept for figure in figures if figure.indicator in own}
    return tuple(concept for concept in known.values() if concept.id in stated)


def may_be_compared(one: Collection[Concept], other: Collection[Concept]) -> bool:
    """Whether a difference between figures of these concepts says something of what they count."""
    return all(a == b or (a.comparable and b.comparable) for a in one for b in other)


def mixture_note(found: Collection[Concept]) -> Localised | None:
    """What is said where figures shown side by side follow several concepts."""
    if len(found) < 2:
        return None
    if not may_be_compared(found, found):
        return Message(
            "The figures follow concepts that cannot be compared: {names}", names=_names(found)
        )
    return Message("The figures follow different concepts: {names}", names=_names(found))


def comparison_note(before: Collection[Concept], after: Collection[Concept]) -> Localised | None:
    """What is said where the figures of two periods follow different concepts."""
    if not before or not after or set(before) == set(after):
        return None
    if may_be_compared(before, after):
        said = Message(
            "The earlier figures follow the concept {before}, the later ones {after}: part of the "
            "change may come from that"
        )
    else:
        said = Message(
            "The earlier figures follow the concept {before}, the later ones {after}: these cannot "
            "be compared, and no change is given"
        )
    return said.filled(before=_names(before), after=_names(after))


def _names(found: Collection[Concept]) -> Localised:
    return Joined("; ", (concept.name for concept in found))
