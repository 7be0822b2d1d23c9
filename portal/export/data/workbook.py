"""The figures of a map as an Excel workbook: figures, sources, notes."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from geodata.i18n import Message
from geodata.spreadsheet_cells import write_text
from geodata.store import Store
from layers.counterpart import agreement_note
from layers.labels import date_text
from layers.layer_view import LayerView
from layers.places.place_view import resolve_places
from layers.sheet.footer import boundary_sources, map_sources
from portal.export.data.csv_form import Cell
from portal.export.data.places import place_table
from portal.export.data.tables import COLUMNS, HEADERS, joint_value_rows, rows
from portal.export.reproducible_zip import with_fixed_dates
from portal.serializers.entities import citation, safe_url

_FIGURES = Message("Figures")
_PLACES = Message("Places")
_SOURCES = Message("Sources")
_NOTES = Message("Notes")
_SOURCE_HEADERS = (
    Message("id"),
    Message("title"),
    Message("number"),
    Message("date"),
    Message("licence"),
    Message("url"),
)


def workbook(layer_view: LayerView, store: Store) -> bytes:
    """The workbook; the same bytes for the same figures."""
    language = layer_view.layer.language
    book = Workbook(write_only=True)
    figures = book.create_sheet(_FIGURES[language])
    figures.freeze_panes = "D2"
    append_row(figures, [header[language] for header in HEADERS.values()], bold=True)
    for row in (*rows(layer_view, store), *joint_value_rows(layer_view, store)):
        append_row(figures, [row[c] for c in COLUMNS])
    places = resolve_places(store, layer_view.layer.places)
    if places.places:
        listed = book.create_sheet(_PLACES[language])
        header, place_rows = place_table(places, store, language)
        append_row(listed, header, bold=True)
        for cells in place_rows:
            append_row(listed, cells)
    sources = book.create_sheet(_SOURCES[language])
    append_row(sources, [header[language] for header in _SOURCE_HEADERS], bold=True)
    for each in dict.fromkeys(
        (
            *map_sources(layer_view, store),
            *boundary_sources(layer_view, store),
        )
    ):
        append_row(sources, [each.id, citation(each, language), each.number, each.date,
                          each.licence, safe_url(each.url)])  # fmt: skip
    notes = book.create_sheet(_NOTES[language])
    for line in _notes(layer_view, store):
        append_row(notes, [line])
    target = io.BytesIO()
    book.save(target)
    return with_fixed_dates(target.getvalue(), store.info.reference_date)


def _notes(layer_view: LayerView, store: Store) -> list[str]:
    info, language = store.info, layer_view.layer.language
    day = date_text(info.reference_date, language)
    made = f"{info.title[language]} · {day} · {info.version}"
    definition = layer_view.indicator.definition[language]
    return [
        layer_view.title,
        layer_view.subtitle,
        layer_view.summary,
        definition,
        *filter(None, (*layer_view.legend.notes, agreement_note(layer_view, store))),
        made,
    ]


def append_row(sheet: WriteOnlyWorksheet, values: Sequence[Cell], bold: bool = False) -> None:
    """A row in which texts are texts, whatever they begin with, and numbers are numbers."""
    cells = []
    for value in values:
        if isinstance(value, str):
            cell = WriteOnlyCell(sheet)
            write_text(cell, value)
        else:
            cell = WriteOnlyCell(sheet, value=value)
        if bold:
            cell.font = Font(bold=True)
        cells.append(cell)
    sheet.append(cells)
