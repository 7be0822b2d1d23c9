"""One map of a report: what it says, the picture, its caption and source, the table behind it."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from geodata.model import Source
from geodata.store import Store
from geodata.text import Language
from layers.drawn import DrawnLayer, draw
from layers.formatting import format_number
from layers.layer import Layer
from layers.redrawn import RECAST_NAMES
from layers.sheet import SheetOptions
from layers.sheet.files import write
from layers.sheet.metadata import metadata
from layers.sheet.notes import boundary_sources, doubt_of, source_line, used_sources
from layers.sheet.options import WHOLE
from layers.sheet.paper import Paper
from layers.sheet.render import draw_on
from layers.sheet.subject import alt_text, layer_subject
from layers.sheet.territory import territory
from layers.words import MISSING_NAMES, STATUS_NAMES
from portal.export.document_parameters import DEFAULT_DPI
from portal.export.report.letterhead import TEXT_WIDTH
from portal.export.report.word import describe_picture, field, table_of
from portal.texts import text

HEIGHT = 105.0
"""Of a picture, mm: with its caption it leaves room on the page for words."""
_WIDTHS = (12.0, 62.0, 36.0, 34.0, 16.0)
_MOST_SOURCES = 3


@dataclass(slots=True)
class Numbers:
    """How many maps there are so far."""

    maps: int = 0


def write_map(
    document: Document,
    layer: Layer,
    store: Store,
    ask: Mapping[str, Any],
    numbers: Numbers,
) -> list[Source]:
    """Write the section of a layer; the sources it draws on."""
    language = layer.language
    drawn = draw(layer, store)
    numbers.maps += 1
    name = drawn.indicator.name[language]
    document.add_heading(f"{numbers.maps}. {name}", 2)
    document.add_paragraph(drawn.summary, style="Body Text")
    marked = _picture(document, store, ask, drawn)
    _caption(document, "figure", numbers.maps, f"{drawn.title}. {drawn.subtitle}", language)
    sources = used_sources(drawn, store)
    shown = "; ".join(source_line(source, language) for source in sources[:_MOST_SOURCES])
    if sources:
        line = text("report.source", language, sources=shown)
        document.add_paragraph(line, style="Source Line")
    above = _caption(document, "table", numbers.maps, drawn.title, language)
    above.paragraph_format.keep_with_next = True
    _table(document, drawn, store, str(ask.get("extent", WHOLE)), marked)
    return [*sources, *boundary_sources(drawn, store)]


def _picture(
    document: Document, store: Store, ask: Mapping[str, Any], drawn: DrawnLayer
) -> Mapping[str, str]:
    """The map without title and footer, which are words here; the numbers of doubtful units."""
    options = SheetOptions(
        width=TEXT_WIDTH,
        height=HEIGHT,
        dpi=int(ask.get("dpi", DEFAULT_DPI)),
        bw=bool(ask.get("bw", False)),
        extent=str(ask.get("extent", WHOLE)),
        bare=True,
    )
    subject = layer_subject(drawn)
    paper = Paper(TEXT_WIDTH, HEIGHT)
    footing = draw_on(paper, subject, store, options)
    picture = io.BytesIO(write(paper, metadata(subject, store, options, paper.credits), options))
    run = document.add_paragraph(style="Picture").add_run()
    run.add_picture(picture, width=Mm(TEXT_WIDTH))
    describe_picture(run, drawn.title, alt_text(drawn))
    return footing.numbers[0]


def _caption(
    document: Document, kind: str, number: int, words: str, language: Language
) -> Paragraph:
    """``Hình 1. …`` with a number that Word counts on by itself."""
    label = text(f"report.{kind}", language)
    line = document.add_paragraph(style="Caption")
    line.add_run(f"{label} ")
    field(line, f"SEQ {label} \\* ARABIC", str(number))
    line.add_run(f". {words}")
    return line


def _table(
    document: Document, drawn: DrawnLayer, store: Store, extent: str, marked: Mapping[str, str]
) -> None:
    """The units of the map, the highest figure first, doubts below with the map's numbers."""
    language = drawn.layer.language
    ids = shown_units(drawn, store, extent)
    ids.sort(key=lambda u: (drawn.marks[u].value is None, -(drawn.marks[u].value or 0.0)))
    doubts: dict[str, str] = {}
    rows: list[tuple[str, ...]] = []
    for place, unit_id in enumerate(ids, 1):
        number = marked.get(unit_id, "")
        if number:
            doubts[number] = doubt_of(drawn.marks[unit_id], language)
        note = f"({number})" if number else ""
        rows.append((str(place), *_row(drawn, unit_id), note))
    unit = drawn.indicator.measure_unit
    measure = unit.symbol[language] or unit.name[language]
    value = text("figure.value", language) + (f" ({measure})" if measure else "")
    head = [text("report.row", language), text("figure.unit", language), value,
            text("figure.status", language), text("figure.note", language)]  # fmt: skip
    bold = [ids.index(extent)] if extent in ids else []
    widths = [*_WIDTHS]
    if not doubts:
        head, rows = head[:-1], [row[:-1] for row in rows]
        widths[1] += widths.pop()
    table_of(document, head, rows, widths, right=(0, 2), bold=bold)
    for number, doubt in sorted(doubts.items(), key=lambda pair: int(pair[0])):
        document.add_paragraph(f"({number}) {doubt}", style="Source Line")


def shown_units(drawn: DrawnLayer, store: Store, extent: str) -> list[str]:
    """The units a map is about: all, or one and its neighbours; in the order of the store."""
    if extent == WHOLE:
        return list(drawn.units)
    overview = territory(store, drawn.layer.level, drawn.layer.drawn_on, 1)
    if overview is None or extent not in overview.unit_ids:
        return [extent] if extent in drawn.units else list(drawn.units)
    near = {overview.unit_ids[i] for i in overview.neighbours(extent)}
    return [unit_id for unit_id in drawn.units if unit_id in near]


def _row(drawn: DrawnLayer, unit_id: str) -> tuple[str, str, str]:
    language = drawn.layer.language
    mark, name = drawn.marks[unit_id], drawn.units[unit_id].full_name[language]
    value = mark.value
    if value is None:
        return name, "–", MISSING_NAMES[mark.missing or "no_data"][language]
    status = {**STATUS_NAMES, **RECAST_NAMES}[mark.status][language]
    return name, format_number(value, drawn.indicator.decimals, language), status
