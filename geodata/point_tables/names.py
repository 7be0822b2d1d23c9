"""Names in the cells of a list, and what is no name although it stands there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from geodata.errors import FileFault
from geodata.i18n import Message, Verbatim
from geodata.point_tables.positions import cell_fault
from geodata.point_tables.table_file import PointRow
from geodata.readers.damaged_text import verify_name

_MONTH_NAME = re.compile(
    r"[0-9]{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|thg [0-9]{1,2})"
    r"(?:-[0-9]{2,4})?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-[0-9]{2}",
    re.IGNORECASE,
)
"""How spreadsheet programs show a text that they took for a day."""


def refuse_days(row: PointRow, columns: Iterable[str]) -> None:
    """Refuse a name that a spreadsheet program took for a day.

    Raises
    ------
    FileFault
        A cell of one of the columns holds a day.
    """
    for column in columns:
        typed = isinstance(row.values.get(column), dt.date | dt.time | dt.timedelta)
        if typed or _MONTH_NAME.fullmatch(row.cells.get(column, "")):
            raise FileFault(
                Message("The name was turned into a date"),
                found=row.cells[column],
                remedy=Message("Format the column as text and write the name again"),
                where=f"{row.where} {column}",
            )


def verify_row_name(row: PointRow, column: str, name: str, longest: int) -> None:
    """Refuse a name that is missing, too long or damaged.

    Parameters
    ----------
    name
        What was read from the cell of ``column``.
    longest
        Most characters.

    Raises
    ------
    FileFault
    """
    if not name:
        raise cell_fault(row, column, Message("The name is missing"))
    if len(name) > longest:
        what = Message("The name is too long")
        raise cell_fault(row, column, what, Verbatim(f"≤ {longest}"))
    if not name.isprintable():
        raise cell_fault(row, column, Message("The name has a character nobody sees"))
    verify_name(f"{row.where} {column}", name, beside_damage=column in row.damaged)
