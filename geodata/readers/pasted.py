"""A table pasted from Excel or Word: the text of a clipboard, with or without HTML."""

from __future__ import annotations

import io

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.delimited import read_records
from geodata.readers.html_tables import is_html, read_html
from geodata.readers.legacy_sheets import convert_legacy
from geodata.readers.limits import DEFAULT_LIMITS, Limits, too_much
from geodata.readers.sheet import Sheet

PASTED = "pasted table"
"""What stands for the file's name in messages about a pasted table."""


def read_pasted(text: str, limits: Limits = DEFAULT_LIMITS, where: str = PASTED) -> list[Sheet]:
    """Read the tables of a pasted text.

    Parameters
    ----------
    text
        The HTML of a clipboard, or lines of cells parted by tabs, or as in a CSV file.
    where
        What it is called in messages, and its sheets.

    Raises
    ------
    FileFault
        There is no table in it, or it goes beyond the limits.
    """
    if len(text) > limits.characters:
        what = Message("The file holds too much text")
        raise too_much(what, len(text), limits.characters, where)
    if is_html(text):
        sheets = read_html(text, where, where, limits)
    else:
        lines = io.StringIO(text, newline="")
        delimiters = {"delimiters": "\t"} if "\t" in text else {}
        sheets = [read_records(lines, where, where, limits, **delimiters)]
    found = [convert_legacy(sheet) for sheet in sheets if sheet.rows]
    if not found:
        raise FileFault(
            Message("There is no table in what was pasted"),
            remedy=Message("Copy the cells of the table in Excel or Word and paste them again"),
            where=where,
        )
    return found
