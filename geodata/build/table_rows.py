"""Rows of a statistical table, whether it is kept as CSV or as a sheet of a workbook."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

from geodata.build.csv_rows import SourceRow, read_csv_rows, verify_header
from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.locale_numbers import NOTATIONS, Notation
from geodata.readers.damaged_text import verify_letters
from geodata.readers.macros_and_links import MACRO_SUFFIXES
from geodata.readers.sheet import CellValue, Sheet, cell_text, last_filled
from geodata.readers.tables import TABLE_SUFFIXES, read_sheets, the_sheet
from geodata.readers.text_encodings import text_encoding
from geodata.text_io import display_path

_START = 100_000
"""Characters from which the delimiter of a text table is told."""


def read_table_rows(
    path: Path, columns: Sequence[str], sheet: str = "", notation: Notation = "plain"
) -> list[SourceRow]:
    """Read a table whose first row that holds something is its header.

    Parameters
    ----------
    path
        A workbook or text table. Comma-separated UTF-8 is quoted as it stands, see
        `read_csv_rows`; of all others a row is quoted by its cells.
    columns
        Columns the header must have.
    sheet
        Sheet of a workbook; needed where there are several.
    notation
        How the table's texts write numbers. A number that a workbook typed is given in it, so that
        it is read back as the number it is.

    Raises
    ------
    FileFault
        The file is missing, damaged or too large, a column is missing or stands twice, or a row has
        more cells than the header.
    """
    if not path.is_file():
        what = Message("The file is missing")
        raise FileFault(what, where=display_path(path))
    suffix = path.suffix.lower()
    if suffix not in (*TABLE_SUFFIXES, *MACRO_SUFFIXES) or _is_plain(path, columns):
        return read_csv_rows(path, columns)
    return _rows(path, columns, the_sheet(path, sheet), notation)


def _is_plain(path: Path, columns: Sequence[str]) -> bool:
    """Whether a file is comma-separated UTF-8, as its first record tells."""
    if path.suffix.lower() != ".csv" or text_encoding(path)[0] not in ("utf-8", "utf-8-sig"):
        return False
    with path.open(encoding="utf-8-sig", newline="") as file:
        start = file.read(_START)
    if ";" not in start and "\t" not in start and "|" not in start:
        return not start.casefold().startswith("sep=")
    try:
        first = next((cells for cells in csv.reader(io.StringIO(start, newline="")) if cells), [])
    except csv.Error:
        return True
    return {normalize("NFC", cell) for cell in first} >= set(columns)


def _rows(path: Path, columns: Sequence[str], sheet: Sheet, notation: Notation) -> list[SourceRow]:
    header: list[str] = []
    rows = []
    for row in sheet.rows:
        where = f"{display_path(path)}:{row.number}"
        if not header:
            header = verify_header(row.texts(), columns, where)
            continue
        if last_filled(row.values) > len(header):
            what = Message("A row has more cells than the header")
            raise FileFault(what, str(len(row.values)), (str(len(header)),), where=where)
        texts = [_written(value, notation) for value in row.values]
        padded = texts + [""] * (len(header) - len(texts))
        cells = {name: text for name, text in zip(header, padded, strict=True) if name}
        for name, text in cells.items():
            verify_letters(f"{where} {name}", text)
        rows.append(SourceRow(where, cells, "; ".join(padded)))
    if not header:
        raise FileFault(Message("The file is empty"), where=display_path(path))
    return rows


def workbook_text(path: Path) -> str:
    """Every row of a table file as `read_table_rows` quotes it, in each notation, one a line.

    Raises
    ------
    FileFault
        The file is damaged or too large.
    """
    lines = []
    for sheet in read_sheets(path):
        width = max((last_filled(row.values) for row in sheet.rows), default=0)
        for row in sheet.rows:
            values = [*row.values, *[None] * (width - len(row.values))]
            for notation in NOTATIONS:
                lines.append("; ".join(_written(value, notation) for value in values))
    return "\n".join(dict.fromkeys(lines))


def _written(value: CellValue, notation: Notation) -> str:
    """A cell as the table would write it: plain digits with the decimal mark of the notation."""
    if isinstance(value, float) and not value.is_integer():
        digits = format(Decimal(repr(value)), "f")
        return digits.replace(".", ",") if notation == "vietnamese" else digits
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return cell_text(value)
