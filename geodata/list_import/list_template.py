"""A workbook to be filled in with places or villages, under headings that are recognised."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from geodata.i18n import Language, Localised, Message
from geodata.model import PlaceCategory, Unit
from geodata.spreadsheet_cells import write_text
from geodata.vietnamese_names import vietnamese_sort_key

_ROWS = 2000
"""Rows whose cells offer the communes and categories there are."""

_PLACES = (
    Message("Place name"), Message("Category"), Message("Commune"),
    Message("Longitude"), Message("Latitude"), Message("Note"),
)  # fmt: skip
_VILLAGES = (
    Message("Commune"), Message("Village"), Message("Longitude"),
    Message("Latitude"), Message("Population"), Message("Households"),
    Message("Joined"),
)  # fmt: skip
_GUIDE = {
    "places": (
        Message("One row for each place. Further columns are kept and shown with it."),
        Message("Positions are degrees (103.45, 22.39) or metres of VN-2000."),
        Message("Without a position a place is listed and counted in the commune written."),
    ),
    "villages": (
        Message("One row for each village. Positions may be left out where villages are known."),
        Message("Positions are degrees (103.45, 22.39) or metres of VN-2000."),
        Message("“Joined” names the village that each became part of on the day of the change."),
    ),
}


def write_list_template(
    kind: str,
    communes: Sequence[Unit],
    categories: Sequence[PlaceCategory],
    language: Language,
) -> bytes:
    """The workbook: a sheet to fill in, one with what may be chosen, one that explains.

    Parameters
    ----------
    kind
        ``places`` or ``villages``.
    communes, categories
        Those that cells offer.
    language
        Of headings and guide.
    """
    book = Workbook()
    sheet: Worksheet = book.active
    sheet.title = Message("List")[language]
    headings = _PLACES if kind == "places" else _VILLAGES
    for column, heading in enumerate(headings, 1):
        sheet.cell(1, column, heading[language]).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 18
    sheet.freeze_panes = "A2"
    choices = book.create_sheet(Message("Choices")[language])
    names = sorted({unit.full_name.vi for unit in communes}, key=vietnamese_sort_key)
    _offer(sheet, choices, 1, names, 3 if kind == "places" else 1)
    if kind == "places" and categories:
        _offer(sheet, choices, 2, [each.name.vi for each in categories], 2)
    guide = book.create_sheet(Message("Guide")[language])
    lines: Sequence[Localised] = _GUIDE[kind]
    for row, line in enumerate(lines, 1):
        guide.cell(row, 1, line[language])
    # Only the first sheet is a list: the others are not shown, so that nobody is asked which is.
    choices.sheet_state = guide.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _offer(
    sheet: Worksheet, choices: Worksheet, at: int, texts: Sequence[str], column: int
) -> None:
    """Let the cells of a column offer texts; others may be written all the same."""
    for row, text in enumerate(texts, 1):
        write_text(choices.cell(row, at), text)
    letter = get_column_letter(at)
    listed = f"'{choices.title}'!${letter}$1:${letter}${max(1, len(texts))}"
    rule = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=False)
    sheet.add_data_validation(rule)
    own = get_column_letter(column)
    rule.add(f"{own}2:{own}{_ROWS}")
