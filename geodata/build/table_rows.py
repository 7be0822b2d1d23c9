"""Rows of a statistical table, whether it is kept as CSV or as a sheet of a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from geodata.build.csv_rows import SourceRow, read_csv_rows, verify_header
from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.locale_numbers import NOTATIONS, Notation
from geodata.readers.sheet import CellValue, Sheet, cell_text, last_filled
from geodata.readers.tables import read_sheets, the_sheet
from geodata.text_io import display_path


def read_table_rows(
    path: Path, columns: Sequence[str], sheet: str = "", notation: Notation = "plain"
) -> list[SourceRow]:
    """Read a table whose first row that holds something is its header.

    Parameters
    ----------
    path
        A workbook (XLSX), else comma-separated UTF-8; see `read_csv_rows`.
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
    if path.suffix.lower() != ".xlsx":
        return read_csv_rows(path, columns)
    if not path.is_file():
        what = Message("The file is missing")
        raise FileFault(what, where=display_path(path))
    return _rows(path, columns, the_sheet(path, sheet), notation)


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
        rows.append(SourceRow(where, cells, "; ".join(padded)))
    if not header:
        raise FileFault(Message("The file is empty"), where=display_path(path))
    return rows


def workbook_text(path: Path) -> str:
    """Every row of a workbook as `read_table_rows` quotes it, in each notation, one a line.

    Raises
    ------
    FileFault
        The workbook is damaged or too large.
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
