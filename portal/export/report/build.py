"""The report: heading, one section a map by theme, sources, end; the same bytes each time."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from docx.document import Document

from geodata.i18n import Language
from geodata.model import Source
from geodata.store import Store
from layers.labels import date_text
from layers.layer import Layer
from layers.sheet.options import FULL_EXTENT
from portal.export.page_selection import DocumentIndicators
from portal.export.report.docx_elements import add_table, placeholder
from portal.export.report.letterhead import write_letterhead, write_signature_block
from portal.export.report.map_section import FigureCounter, write_map_section
from portal.export.report.official_document import describe_document, official_document
from portal.export.reproducible_zip import with_fixed_dates
from portal.export.sparse_indicators import sparse_indicators
from portal.serializers.entities import citation
from portal.tasks.progress import ProgressCallback
from portal.translations import translate

_REST_WIDTHS = (60.0, 66.0, 34.0)
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def report_docx(
    chosen: DocumentIndicators,
    store: Store,
    params: Mapping[str, Any],
    on_progress: ProgressCallback,
    rasters: Path | None = None,
) -> bytes:
    """The document.

    Parameters
    ----------
    chosen
        The maps, those of one theme together, and the indicators that stand in a table only.
    params
        Parameters of the address: ``extent``, ``dpi``, ``bw``, ``note`` and the heading's lines.
    on_progress
        Told before each map how many are done.
    rasters
        Folder of the registered rasters that the maps may name; None draws none.
    """
    layers = chosen.maps
    language = layers[0].language
    document = official_document(language)
    write_letterhead(document, params, language)
    title = report_title(layers, store, params, language)
    _write_title(document, title, str(params.get("title", "")), language)
    if params.get("note"):
        document.add_paragraph(str(params["note"]), style="Body Text")
    numbers, sources = FigureCounter(), dict[str, Source]()
    done = 0
    by_theme = groupby(layers, key=lambda layer: store.indicator(layer.indicator).theme)
    for place, (theme_id, group) in enumerate(by_theme, 1):
        theme = next(theme for theme in store.themes() if theme.id == theme_id)
        document.add_heading(f"{_roman(place)}. {theme.name[language]}", 1)
        for layer in group:
            on_progress(done, store.indicator(layer.indicator).name[language])
            for source in write_map_section(
                document, layer, store, params, numbers, rasters=rasters
            ):
                sources.setdefault(source.id, source)
            done += 1
    for source in _write_rest(document, chosen, store, params):
        sources.setdefault(source.id, source)
    _write_sources(document, sources, store, language)
    write_signature_block(document, params, language)
    describe_document(document, title, store, str(params.get("office", "")), language)
    target = io.BytesIO()
    document.save(target)
    return with_fixed_dates(target.getvalue(), store.info.reference_date)


def _write_rest(
    document: Document, chosen: DocumentIndicators, store: Store, params: Mapping[str, Any]
) -> list[Source]:
    """One table of the indicators with too few figures for a map; its sources."""
    if not chosen.rest:
        return []
    language = chosen.maps[0].language
    rows = sparse_indicators(chosen.rest, store, str(params.get("extent", FULL_EXTENT)))
    document.add_heading(translate("report.few", language), 1)
    document.add_paragraph(translate("report.few_text", language), style="Body Text")
    head = [translate(f"figure.{name}", language) for name in ("indicator", "value", "period")]
    add_table(document, head, [(r.name, r.figures, r.period) for r in rows], _REST_WIDTHS)
    return [source for row in rows for source in row.sources]


def _roman(number: int) -> str:
    words = ""
    for value, sign in _ROMAN:
        words += sign * (number // value)
        number %= value
    return words


def report_title(
    layers: Sequence[Layer], store: Store, params: Mapping[str, Any], language: Language
) -> str:
    """``Bản đồ chỉ tiêu Xã Bình Lư``: the unit the maps are about, else the dataset's place."""
    extent = str(params.get("extent", FULL_EXTENT))
    whole = extent == FULL_EXTENT
    place = store.info.title[language] if whole else store.unit(extent).full_name[language]
    return translate("report.subject", language, place=place, n=len(layers))


def _write_title(document: Document, title: str, own: str, language: Language) -> None:
    kind = document.add_paragraph(style="Title")
    placeholder(kind, "kind", "", translate("report.kind", language).upper())
    document.add_paragraph(own or title, style="Subtitle")


def _write_sources(
    document: Document, sources: Mapping[str, Source], store: Store, language: Language
) -> None:
    document.add_heading(translate("report.sources", language), 1)
    for number, source in enumerate(sources.values(), 1):
        line = document.add_paragraph(style="Body Text")
        line.add_run(f"{number}. {citation(source, language)}.")
        if source.licence:
            line.add_run(f" {translate('carried.licence', language)}: {source.licence}.")
    info = store.info
    day = date_text(info.reference_date, language)
    words = translate(
        "carried.dataset", language, title=info.title[language], day=day, version=info.version
    )
    document.add_paragraph(words, style="Body Text")
