"""One map of a report: what it says, the picture, its caption and source, the table behind it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from geodata.i18n import Language
from geodata.model import Source
from geodata.store import Store
from layers.formatting import format_bare_value, table_place
from layers.labels import MISSING_KIND_NAMES, STATUS_NAMES
from layers.layer import Layer
from layers.layer_view import LayerView, resolve_layer
from layers.recast_layer import RECAST_STATUS_NAMES
from layers.sheet import SheetOptions
from layers.sheet.canvas import Canvas
from layers.sheet.footer import (
    Footer,
    boundary_sources,
    doubt_text,
    map_sources,
    rasters_citation,
    source_citation,
)
from layers.sheet.map_geometry import map_geometry
from layers.sheet.options import FULL_EXTENT
from layers.sheet.render import draw_sheet
from layers.sheet.sheet_content import alt_text, layer_content
from layers.sheet.writers import sheet_metadata, write_sheet
from portal.export.report.docx_elements import add_table, describe_picture, field
from portal.export.report.letterhead import TEXT_WIDTH
from portal.parameters.declared_files import DOCUMENT_DPI
from portal.translations import translate

HEIGHT = 105.0
"""Of a picture, mm: with its caption it leaves room on the page for words."""
_WIDTHS = (12.0, 62.0, 36.0, 34.0, 16.0)
_MAX_SOURCES = 3


@dataclass(slots=True)
class FigureCounter:
    """How many maps there are so far."""

    maps: int = 0


def write_map_section(
    document: Document,
    layer: Layer,
    store: Store,
    params: Mapping[str, Any],
    numbers: FigureCounter,
    *,
    rasters: Path | None = None,
) -> list[Source]:
    """Write the section of a layer; the sources it draws on.

    Parameters
    ----------
    params
        Parameters of the address, as `portal.export.report.build.report_docx` takes them.
    numbers
        Counts this map on.
    rasters
        Folder of the registered rasters that the layer may name; None draws none.
    """
    language = layer.language
    layer_view = resolve_layer(layer, store)
    numbers.maps += 1
    name = layer_view.indicator.name[language]
    document.add_heading(f"{numbers.maps}. {name}", 2)
    document.add_paragraph(layer_view.summary, style="Body Text")
    footer = _picture(document, store, params, layer_view, rasters)
    _caption(
        document, "figure", numbers.maps, f"{layer_view.title}. {layer_view.subtitle}", language
    )
    sources = map_sources(layer_view, store)
    shown = "; ".join(source_citation(source, language) for source in sources[:_MAX_SOURCES])
    if sources:
        line = translate("report.source", language, sources=shown)
        document.add_paragraph(line, style="Source Line")
    if footer.names:
        document.add_paragraph(footer.names, style="Source Line")
    cited = rasters_citation(layer, rasters)
    if cited:
        document.add_paragraph(cited, style="Source Line")
    above = _caption(document, "table", numbers.maps, layer_view.title, language)
    above.paragraph_format.keep_with_next = True
    _table(document, layer_view, store, str(params.get("extent", FULL_EXTENT)), footer.numbers[0])
    return [*sources, *boundary_sources(layer_view, store)]


def _picture(
    document: Document,
    store: Store,
    params: Mapping[str, Any],
    layer_view: LayerView,
    rasters: Path | None,
) -> Footer:
    """The map without title and footer, which are words here; what the footer would say."""
    options = SheetOptions(
        width=TEXT_WIDTH,
        height=HEIGHT,
        dpi=int(params.get("dpi", DOCUMENT_DPI)),
        bw=bool(params.get("bw", False)),
        extent=str(params.get("extent", FULL_EXTENT)),
        rasters=rasters,
        bare=True,
    )
    content = layer_content(layer_view)
    canvas = Canvas(TEXT_WIDTH, HEIGHT)
    footer = draw_sheet(canvas, content, store, options)
    picture = io.BytesIO(
        write_sheet(canvas, sheet_metadata(content, store, options, canvas), options)
    )
    run = document.add_paragraph(style="Picture").add_run()
    run.add_picture(picture, width=Mm(TEXT_WIDTH))
    describe_picture(run, layer_view.title, alt_text(layer_view))
    return footer


def _caption(
    document: Document, kind: str, number: int, words: str, language: Language
) -> Paragraph:
    """``Hình 1. …`` with a number that Word counts on by itself."""
    label = translate(f"report.{kind}", language)
    line = document.add_paragraph(style="Caption")
    line.add_run(f"{label} ")
    field(line, f"SEQ {label} \\* ARABIC", str(number))
    line.add_run(f". {words}")
    return line


def _table(
    document: Document, layer_view: LayerView, store: Store, extent: str, marked: Mapping[str, str]
) -> None:
    """The units of the map, the highest figure first, doubts below with the map's numbers."""
    language = layer_view.layer.language
    ids = shown_units(layer_view, store, extent)
    ids.sort(
        key=lambda u: (
            layer_view.unit_views[u].value is None,
            table_place(layer_view.unit_views[u].value or 0.0, layer_view.indicator),
        )
    )
    doubts: dict[str, str] = {}
    rows: list[tuple[str, ...]] = []
    silent = [unit for unit in _without_figure(ids, layer_view) if unit != extent]
    listed = [unit_id for unit_id in ids if unit_id not in silent]
    for place, unit_id in enumerate(listed, 1):
        number = marked.get(unit_id, "")
        if number:
            doubts[number] = doubt_text(
                layer_view.unit_views[unit_id], layer_view.indicator, language
            )
        note = f"({number})" if number else ""
        rows.append((str(place), *_row(layer_view, unit_id), note))
    unit = layer_view.indicator.measure_unit
    measure = unit.symbol[language] or unit.name[language]
    value = translate("figure.value", language) + (f" ({measure})" if measure else "")
    head = [translate("report.row", language), translate("figure.unit", language), value,
            translate("figure.status", language), translate("figure.note", language)]  # fmt: skip
    bold = [listed.index(extent)] if extent in listed else []
    widths = [*_WIDTHS]
    if not doubts:
        head, rows = head[:-1], [row[:-1] for row in rows]
        widths[1] += widths.pop()
    add_table(document, head, rows, widths, right=(0, 2), bold=bold)
    for number, doubt in sorted(doubts.items(), key=lambda pair: int(pair[0])):
        document.add_paragraph(f"({number}) {doubt}", style="Source Line")
    if silent:
        document.add_paragraph(_silent_text(silent, layer_view), style="Source Line")


def _without_figure(ids: Sequence[str], layer_view: LayerView) -> list[str]:
    """The units that a map has nothing to say of."""
    views = layer_view.unit_views
    return [unit for unit in ids if views[unit].value is None and views[unit].impossible is None]


def _silent_text(silent: Sequence[str], layer_view: LayerView) -> str:
    """``Chưa có số liệu (25): Bum Nưa, …``: one line in place of a row for each."""
    language = layer_view.layer.language
    reasons: dict[str, list[str]] = {}
    for unit in silent:
        kind = MISSING_KIND_NAMES[layer_view.unit_views[unit].missing or "no_data"][language]
        reasons.setdefault(kind, []).append(layer_view.units[unit].name[language])
    return "; ".join(f"{kind} ({len(names)}): {', '.join(names)}"
                     for kind, names in reasons.items()) + "."  # fmt: skip


def shown_units(layer_view: LayerView, store: Store, extent: str) -> list[str]:
    """The units a map is about: all, or one and its neighbours; in the order of the store."""
    if extent == FULL_EXTENT:
        return list(layer_view.units)
    overview = map_geometry(store, layer_view.layer.level, layer_view.layer.drawn_on, 1)
    if overview is None or extent not in overview.unit_ids:
        return [extent] if extent in layer_view.units else list(layer_view.units)
    near = {overview.unit_ids[i] for i in overview.neighbours(extent)}
    return [unit_id for unit_id in layer_view.units if unit_id in near]


def _row(layer_view: LayerView, unit_id: str) -> tuple[str, str, str]:
    language = layer_view.layer.language
    unit_view, name = layer_view.unit_views[unit_id], layer_view.units[unit_id].full_name[language]
    value = unit_view.value
    if value is None:
        kind = MISSING_KIND_NAMES[unit_view.missing or "no_data"][language]
        if unit_view.impossible is None:
            return name, "–", kind
        value = unit_view.impossible.value
        return name, format_bare_value(value, layer_view.indicator, language), kind
    status = {**STATUS_NAMES, **RECAST_STATUS_NAMES}[unit_view.status][language]
    return name, format_bare_value(value, layer_view.indicator, language), status
