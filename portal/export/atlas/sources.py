"""The numbers by which the pages of an atlas refer to its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geodata.store import Store
from geodata.text import Language
from layers.labels import date_text
from portal.documents.records import title_line
from portal.export.atlas.flow import Flow
from portal.texts import text


@dataclass(frozen=True)
class Making:
    """What all pages of an atlas are made from: ``ask`` holds the address's own parameters."""

    store: Store
    ask: Mapping[str, Any]
    references: References
    language: Language


class References:
    """Sources in the order in which they are first referred to."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._numbers: dict[str, int] = {}

    def of(self, source_id: str) -> str:
        """``[3]``; empty without a source."""
        if not source_id:
            return ""
        return f"[{self._numbers.setdefault(source_id, len(self._numbers) + 1)}]"

    def write(self, flow: Flow, language: Language) -> None:
        """The page of sources, and what the atlas was made from."""
        heading = text("report.sources", language)
        flow.start(heading, heading)
        flow.y += 3
        licence = text("carried.licence", language)
        for source_id, number in self._numbers.items():
            source = self._store.source(source_id)
            words = f"[{number}] {title_line(source, language)}."
            flow.words(words + (f" {licence}: {source.licence}." if source.licence else ""), 8.5)
            flow.y += 1.2
        info = self._store.info
        flow.y += 3
        day = date_text(info.reference_date, language)
        title, version = info.title[language], info.version
        words = text("carried.dataset", language, title=title, day=day, version=version)
        flow.words(words, 8.5)
