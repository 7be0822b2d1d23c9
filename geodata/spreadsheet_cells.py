"""Texts in the cells of a workbook that is written: texts they stay, whatever they begin with."""

from __future__ import annotations

import re

from openpyxl.cell import Cell, WriteOnlyCell

from geodata.text_io import FORMULA_PREFIXES

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def write_text(cell: Cell | WriteOnlyCell, text: str) -> None:
    """Write a text into a cell; control characters, which no workbook may hold, become blanks."""
    cell.value = _ILLEGAL.sub(" ", text)
    cell.data_type = "s"
    if text.startswith(FORMULA_PREFIXES):
        # Without it a spreadsheet makes a formula of the text once someone edits the cell.
        cell.quotePrefix = True
