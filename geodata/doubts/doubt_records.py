"""What a doubt is, and what every rule that raises doubts has."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from geodata.i18n import Message, Text

if TYPE_CHECKING:
    from geodata.doubts.compared_figures import ComparedFigures


@dataclass(frozen=True, slots=True)
class Doubt:
    """Figures that cannot all be right as they stand.

    Parameters
    ----------
    rule
        Id of the `DoubtRule` that found it.
    figures
        The doubtful figures, by their places in the list that was looked at.
    sentence
        Why, with the figures, their values and units of measure.
    against
        Figures that the doubtful ones are held against and that are not doubted themselves.
    impossible
        Whether the doubtful figures cannot be right at all.
    """

    rule: str
    figures: tuple[int, ...]
    sentence: Text
    against: tuple[int, ...] = ()
    impossible: bool = False


class DoubtRule(ABC):
    """One way in which figures may contradict each other.

    Attributes
    ----------
    id
        Its name in addresses, files and answers.
    name
        What is wrong, in a few words: the heading above its doubts.
    compares
        What is held against what, and how much may differ.
    at_the_door
        Codes of the findings with which a table handed in is met for the same reason; empty where
        no table can show it.
    """

    id: ClassVar[str]
    name: ClassVar[Message]
    compares: ClassVar[Message]
    at_the_door: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def find(self, facts: ComparedFigures) -> Iterator[Doubt]:
        """The doubts about the figures; impossible figures speak neither for nor against."""
