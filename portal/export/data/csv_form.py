"""Tables as CSV: plain for programs, or in the form of the reader's own spreadsheet.

A spreadsheet reads a CSV file by the rules of its country: in Vietnam ``;`` parts the cells and the
decimal mark is a comma, and a plain file opens as one column. It also makes numbers and dates of
whatever looks like one: ``03390`` loses its zero, ``2026-06`` becomes June. In the local form such
texts are written as formulas that give a text, which every spreadsheet shows as it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Literal

from geodata.i18n import Language, locale_of
from geodata.text_io import spreadsheet_text

Cell = str | float | int | None
CsvForm = Literal["plain", "local"]
_LOOKS_LIKE_A_NUMBER = re.compile(r"[0-9][0-9.,/:\- ]*(?:[eE][+-]?[0-9]+)?%?", re.ASCII)


def escape_formula(cell: Cell) -> Cell:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP)."""
    return spreadsheet_text(cell) if isinstance(cell, str) else cell


def csv_bytes(rows: Iterable[Iterable[Cell]], language: Language, form: CsvForm = "plain") -> bytes:
    """The rows, the header among them, in UTF-8 with a byte order mark, as Excel wants it.

    Parameters
    ----------
    form
        ``plain``: commas between cells and a decimal point. ``local``: as the spreadsheets of the
        language write numbers, with codes and periods that stay text.
    """
    target = io.StringIO(newline="")
    mark = locale_of(language).decimal
    separator = ";" if form == "local" and mark == "," else ","
    writer = csv.writer(target, delimiter=separator, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_local(c, mark) if form == "local" else _plain(c) for c in row])
    return target.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> Cell:
    return "" if cell is None else escape_formula(cell)


def _local(cell: Cell, mark: str) -> Cell:
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < 1e15
        return str(int(cell)) if whole else repr(cell).replace(".", mark)
    if isinstance(cell, str) and _LOOKS_LIKE_A_NUMBER.fullmatch(cell):
        return f'="{cell}"'
    return _plain(cell)
