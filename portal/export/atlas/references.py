"""The numbers by which the pages of an atlas refer to its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.i18n import Language
from geodata.store import Store
from layers.labels import date_text
from portal.export.atlas.page_flow import PageFlow
from portal.serializers.entities import citation
from portal.translations import translate


@dataclass(frozen=True)
class AtlasContext:
    """What all pages of an atlas are made from.

    Parameters
    ----------
    params
        The address's own parameters.
    rasters
        Folder of the registered rasters that its maps may name; None draws none.
    """

    store: Store
    params: Mapping[str, Any]
    references: SourceReferences
    language: Language
    rasters: Path | None = None


class SourceReferences:
    """Sources in the order in which they are first referred to."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._numbers: dict[str, int] = {}

    def number(self, source_id: str) -> str:
        """``[3]``; empty without a source."""
        if not source_id:
            return ""
        return f"[{self._numbers.setdefault(source_id, len(self._numbers) + 1)}]"

    def write(self, flow: PageFlow, language: Language) -> None:
        """The page of sources, and what the atlas was made from."""
        heading = translate("report.sources", language)
        flow.start_page(heading, heading)
        flow.y += 3
        licence = translate("carried.licence", language)
        for source_id, number in self._numbers.items():
            source = self._store.source(source_id)
            words = f"[{number}] {citation(source, language)}."
            flow.paragraph(
                words + (f" {licence}: {source.licence}." if source.licence else ""), 8.5
            )
            flow.y += 1.2
        info = self._store.info
        flow.y += 3
        day = date_text(info.reference_date, language)
        title, version = info.title[language], info.version
        words = translate("carried.dataset", language, title=title, day=day, version=version)
        flow.paragraph(words, 8.5)
