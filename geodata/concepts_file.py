"""``concepts.toml``: by which concept and standard the figures of a dataset are counted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from geodata.faults import FaultCollector
from geodata.i18n import Message
from geodata.model import Concept, Indicator, Observation, Source
from geodata.period import parse_period
from geodata.toml_reader import TableReader, add_once, listed_tables, nearest_names

CONCEPTS_FILE = "concepts.toml"

CONCEPT_ID = re.compile(r"[a-z0-9][a-z0-9-]*")


def read_concepts(
    path: Path,
    indicators: Mapping[str, Indicator],
    sources: Mapping[str, Source],
    faults: FaultCollector,
) -> dict[str, Concept]:
    """Read the concepts of a dataset in their order; none where there is no such file.

    Parameters
    ----------
    indicators, sources
        Of the catalogue, by id.
    faults
        Takes what is wrong.
    """
    concepts: dict[str, Concept] = {}
    if not path.exists():
        return concepts
    for entry in listed_tables(path, "concept", faults):
        add_once(concepts, _concept(entry, indicators, sources), entry)
    return concepts


def read_concept(entry: TableReader) -> Concept:
    """What a concept is, without the figures that it takes in."""
    concept_id = entry.string("id")
    if concept_id and not CONCEPT_ID.fullmatch(concept_id):
        entry.report("id", Message("Malformed id"), concept_id, (CONCEPT_ID.pattern,))
    return Concept(
        id=concept_id,
        name=entry.text("name"),
        definition=entry.text("definition"),
        comparable=entry.take("comparable", (bool,), True),
        highest=entry.number("highest", None),
    )


def _concept(
    entry: TableReader, indicators: Mapping[str, Indicator], sources: Mapping[str, Source]
) -> Concept:
    return replace(
        read_concept(entry),
        indicators=_known(
            entry, "indicators", indicators, Message("There is no such indicator"), needed=True
        ),
        sources=_known(entry, "sources", sources, Message("There is no such source")),
        since=entry.date("since") if entry.has("since") else None,
        until=entry.date("until") if entry.has("until") else None,
    )


def _known(
    entry: TableReader, field: str, records: Collection[str], what: Message, *, needed: bool = False
) -> tuple[str, ...]:
    names = entry.items(field, (str,)) if needed else entry.items(field, (str,), [])
    for name in names:
        if name not in records:
            remedy = Message("Add it to the catalogue, or correct the id")
            entry.report(field, what, name, nearest_names(name, records), remedy)
    return tuple(names)


def with_concepts(
    concepts: Iterable[Concept], observations: Sequence[Observation]
) -> list[Observation]:
    """The figures in the same order, each with the first concept that takes it in.

    What a figure says itself stays.
    """
    by_indicator: dict[str, list[Concept]] = {}
    for concept in concepts:
        for indicator in concept.indicators:
            by_indicator.setdefault(indicator, []).append(concept)
    return [
        _stating(figure, by_indicator[figure.indicator])
        if figure.indicator in by_indicator and not figure.concept
        else figure
        for figure in observations
    ]


def _stating(figure: Observation, concepts: Sequence[Concept]) -> Observation:
    """A figure with the first concept that takes it in; itself where none does."""
    found = next((each.id for each in concepts if _takes_in(each, figure)), "")
    return replace(figure, concept=found) if found else figure


def _takes_in(concept: Concept, figure: Observation) -> bool:
    if figure.indicator not in concept.indicators:
        return False
    if concept.sources and figure.source_id not in concept.sources:
        return False
    period = parse_period(figure.period)
    late_enough = concept.since is None or period.start >= concept.since
    return late_enough and (concept.until is None or period.end <= concept.until)
