"""The doubts of a dataset as lines of a command's answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from geodata.dataset import read_dataset
from geodata.doubts import ComparedFigures
from geodata.doubts.raised import DocumentDoubts, by_document, raised_doubts, rule_name
from geodata.i18n import Language, Message


def dataset_doubts(folder: Path) -> tuple[DocumentDoubts, ...]:
    """The doubts about the shipped figures of a dataset, by document.

    Raises
    ------
    FileFault
        The dataset cannot be read.
    """
    dataset = read_dataset(folder)
    facts = ComparedFigures(dataset.catalogue, dataset.observations, dataset.successions)
    return by_document(raised_doubts(facts), dataset.catalogue.sources)


def doubt_lines(found: Sequence[DocumentDoubts], language: Language) -> Iterator[str]:
    """A line for each document, rule and doubt, with the units that it is about."""
    for document in found:
        yield f"{document.source.id}: {document.source.title[language]}"
        for rule, doubts in document.rules.items():
            yield f"  {rule}: {rule_name(rule)[language]}"
            for doubt in doubts:
                units = ", ".join(dict.fromkeys(figure.unit_id for figure in doubt.figures))
                yield f"    {doubt.id} {units}: {doubt.sentence[language]}"
                for remark in doubt.remarks:
                    yield f"      {remark[language]}"
    total = sum(document.count for document in found)
    yield Message("{n} doubts in {documents} documents", n=total, documents=len(found))[language]
