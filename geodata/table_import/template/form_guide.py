"""The sheet of a form that explains how to fill it in."""

from __future__ import annotations

from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from geodata.i18n import Language, Message
from geodata.model import Indicator
from geodata.table_import.template.form_cells import bounds_wording

_RULES = (
    Message("Fill in the white cells of the first sheet; the grey ones are locked, because the "
            "portal knows the form by them."),
    Message("Each figure is in the unit of measure that stands in brackets behind its heading; a "
            "share of 19.5% is written as 19.5."),
    Message("A class is chosen from the list of its cell, by the names of the third sheet."),
    Message("Leave a cell empty where there is no figure: what is published of it stays as it is. "
            "Write 0 only where there is none."),
    Message("Rows and columns for which there are no figures may stay empty."),
    Message("Save the workbook as .xlsx and give it to the portal: it is read without questions, "
            "checked, and shown before anything is published."),
)  # fmt: skip
_HEADS = (
    Message("Column"),
    Message("What it holds"),
    Message("What a cell takes"),
)


def write_guide(
    sheet: Worksheet,
    book: xlsxwriter.Workbook,
    line: Message,
    columns: Sequence[tuple[str, Indicator]],
    language: Language,
) -> None:
    """Write the rules for filling in, and what each column holds.

    Parameters
    ----------
    line
        By which the form is known again, in words.
    columns
        Headings of the columns, each with its indicator.
    """
    bold = book.add_format({"bold": True})
    title = book.add_format({"bold": True, "font_size": 13})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    small = book.add_format({"font_size": 8, "font_color": "#666666"})
    for column, width in enumerate((44, 70, 34)):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, Message("How to fill in the form")[language], title)
    for row, rule in enumerate(_RULES, 2):
        sheet.merge_range(row, 0, row, 2, "", wrapped)
        sheet.write_string(row, 0, rule[language], wrapped)
        sheet.set_row(row, 30)
    head_row = len(_RULES) + 3
    for column, head in enumerate(_HEADS):
        sheet.write_string(head_row, column, head[language], bold)
    for place, (heading, indicator) in enumerate(columns, head_row + 1):
        sheet.write_string(place, 0, heading, wrapped)
        sheet.write_string(place, 1, indicator.definition[language], wrapped)
        sheet.write_string(place, 2, bounds_wording(indicator)[language], wrapped)
    sheet.write_string(head_row + len(columns) + 2, 0, line[language], small)
    sheet.protect()
