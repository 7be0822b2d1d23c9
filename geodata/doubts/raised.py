"""The doubts about a dataset as its documents are asked about them: with figures and remarks."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geodata.doubts.compared_figures import ComparedFigures
from geodata.doubts.doubt_records import Doubt
from geodata.doubts.registry import DOUBT_RULES, find_doubts
from geodata.i18n import Message, Text
from geodata.model import Observation, Source

NOTED = "noted"
"""Rule of what speaks against figures without being held against others: what a reader of the
document noted, and what a figure alone cannot be."""

_NOTED_NAME = Message("Noted of single figures")
_NOTED_COMPARES = Message(
    "What was noted when the document was read, and values that cannot be, without another figure "
    "that they are held against."
)
_ID_LENGTH = 8


@dataclass(frozen=True, slots=True)
class RaisedDoubt:
    """A doubt to be answered.

    Parameters
    ----------
    id
        Of its rule and figures; the same as long as these are.
    rule
        Id of the rule, or `NOTED`.
    sentence
        Why the figures are doubtful.
    figures
        The doubtful figures.
    against
        Figures that they are held against and that are not doubted.
    remarks
        What was noted of the figures when the document was read.
    """

    id: str
    rule: str
    sentence: Text
    figures: tuple[Observation, ...]
    against: tuple[Observation, ...] = ()
    remarks: tuple[Text, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the documents that are to answer it."""
        return tuple(dict.fromkeys(figure.source_id for figure in self.figures))


def rule_name(rule: str) -> Message:
    """The heading above the doubts of a rule."""
    return _NOTED_NAME if rule == NOTED else DOUBT_RULES[rule].name


def rule_compares(rule: str) -> Message:
    """What a rule holds against what."""
    return _NOTED_COMPARES if rule == NOTED else DOUBT_RULES[rule].compares


RULE_IDS: tuple[str, ...] = (*DOUBT_RULES, NOTED)
"""The rules in the order in which their doubts are listed."""


def raised_doubts(facts: ComparedFigures) -> tuple[RaisedDoubt, ...]:
    """All doubts about the figures, those of one rule together.

    What a reader noted of a figure stands with the doubts about it; where no rule finds any, it is
    a doubt of its own. Figures that were computed bear the doubts of what they come from and are
    nobody's to answer.
    """
    doubts = find_doubts(facts)
    said: dict[int, list[Doubt]] = defaultdict(list)
    for doubt in doubts:
        for place in doubt.figures:
            said[place].append(doubt)
    noted = {
        place: figure.doubt
        for place, figure in enumerate(facts.figures)
        if figure.doubt and not figure.method and not _is_told(figure, said.get(place, ()))
    }
    found = [
        _raised(facts, doubt, tuple(dict.fromkeys(noted[p] for p in doubt.figures if p in noted)))
        for doubt in doubts
        if any(not facts.figures[place].method for place in doubt.figures)
    ]
    found += _notes(facts, {p: text for p, text in noted.items() if p not in said})
    return tuple(found)


def _is_told(figure: Observation, doubts: Iterable[Doubt]) -> bool:
    """Whether the reason of a figure is made of the sentences of its doubts."""
    return any(doubt.sentence.vi in figure.doubt.vi for doubt in doubts)


def _raised(facts: ComparedFigures, doubt: Doubt, remarks: tuple[Text, ...]) -> RaisedDoubt:
    figures = tuple(facts.figures[place] for place in doubt.figures)
    against = tuple(facts.figures[place] for place in doubt.against)
    return RaisedDoubt(_identity(doubt.rule, figures), doubt.rule, doubt.sentence, figures,
                       against, remarks)  # fmt: skip


def _notes(facts: ComparedFigures, noted: Mapping[int, Text]) -> Iterator[RaisedDoubt]:
    """What was noted, once for all figures of a document that it is said of."""
    groups: dict[tuple[str, Text], list[Observation]] = defaultdict(list)
    for place, text in noted.items():
        groups[facts.figures[place].source_id, text].append(facts.figures[place])
    for (_, text), figures in groups.items():
        yield RaisedDoubt(_identity(NOTED, figures), NOTED, text, tuple(figures))


def _identity(rule: str, figures: Sequence[Observation]) -> str:
    keys = [
        f"{each.unit_id} {each.indicator} {each.period} {each.status} {each.source_id} {each.value}"
        for each in figures
    ]
    return hashlib.sha256("\n".join((rule, *keys)).encode()).hexdigest()[:_ID_LENGTH]


@dataclass(frozen=True, slots=True)
class DocumentDoubts:
    """What one document is asked.

    Parameters
    ----------
    source
        The document.
    rules
        From the id of a rule to its doubts, in the order of `RULE_IDS`.
    """

    source: Source
    rules: Mapping[str, Sequence[RaisedDoubt]]

    @property
    def count(self) -> int:
        """How many doubts the document has to answer."""
        return sum(len(doubts) for doubts in self.rules.values())


def by_document(
    doubts: Iterable[RaisedDoubt], sources: Mapping[str, Source]
) -> tuple[DocumentDoubts, ...]:
    """The doubts by the documents that are to answer them, the most official document first.

    A doubt between two documents stands under both.
    """
    found: dict[str, dict[str, list[RaisedDoubt]]] = defaultdict(lambda: defaultdict(list))
    for doubt in doubts:
        for source_id in doubt.sources:
            if source_id in sources:
                found[source_id][doubt.rule].append(doubt)
    listed = [
        DocumentDoubts(sources[source_id], {r: rules[r] for r in RULE_IDS if r in rules})
        for source_id, rules in found.items()
    ]
    return tuple(sorted(listed, key=_order))


def _order(each: DocumentDoubts) -> tuple[bool, int, int, str]:
    """Reports of offices first, which can answer; then by rank and number."""
    return each.source.kind != "report", each.source.rank, -each.count, each.source.id
