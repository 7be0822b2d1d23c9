"""CSV files as rows that remember where they stood and how they were written."""

from __future__ import annotations

import csv
import io
import unicodedata
from _csv import Reader
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from geodata.errors import FileFault
from geodata.faults import FaultCollector
from geodata.i18n import Localised, Message, Text
from geodata.readers.damaged_text import verify_letters
from geodata.readers.limits import Limits, too_large
from geodata.readers.sheet import too_many_columns, too_many_rows, twice
from geodata.text_io import display_path

Record = TypeVar("Record")

LIMITS = Limits(rows=500_000)
"""The most that is read of a table of a dataset; the largest known has ten thousand rows."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a table.

    Parameters
    ----------
    where
        File and row, the header being row 1: ``inputs/register.csv:12``.
    cells
        Text of each cell by column, NFC.
    verbatim
        The row as it stands in the file, without its line end, NFC.
    """

    where: str
    cells: dict[str, str]
    verbatim: str

    def fault(
        self,
        column: str,
        what: Localised,
        allowed: Localised | tuple[str, ...] = (),
        remedy: Localised | None = None,
    ) -> FileFault:
        """The error for one cell of this row."""
        return FileFault(
            what,
            found=self.cells.get(column, ""),
            allowed=allowed,
            remedy=remedy or Text(""),
            where=f"{self.where} {column}",
        )


def read_each_row(
    path: Path,
    columns: Sequence[str],
    read: Callable[[SourceRow], Record],
    faults: FaultCollector,
) -> list[Record]:
    """What ``read`` makes of each row of a file; a row that it refuses is told and left out.

    Parameters
    ----------
    columns
        As of `read_csv_rows`.
    read
        Raises a `FileFault` for a row that is wrong.
    faults
        Takes what is wrong with the file or a row.
    """
    found = []
    with faults.catching():
        for row in read_csv_rows(path, columns):
            with faults.catching():
                found.append(read(row))
    return found


def read_csv_rows(path: Path, columns: Sequence[str]) -> list[SourceRow]:
    """Read a comma-separated UTF-8 file whose header has at least ``columns``.

    Raises
    ------
    FileFault
        The file is missing, empty, too large or not UTF-8, a column is missing or stands twice, a
        row has more or fewer cells than the header, or letters of a cell were lost.
    """
    text = _text(path)
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[SourceRow] = []
    header: list[str] = []
    for number, (first, last, cells) in enumerate(_records(reader, path), start=1):
        where = f"{display_path(path)}:{number}"
        if number == 1:
            header = verify_header(cells, columns, where)
            continue
        if number > LIMITS.rows or len(cells) > LIMITS.columns:
            too_many = too_many_rows if number > LIMITS.rows else too_many_columns
            raise too_many(where, max(number, len(cells)), LIMITS)
        if len(cells) != len(header):
            what = Message("The number of cells differs from the header")
            raise FileFault(what, str(len(cells)), (str(len(header)),), where=where)
        for name, cell in zip(header, cells, strict=True):
            verify_letters(f"{where} {name}", cell)
        verbatim = "".join(lines[first:last]).rstrip("\r\n")
        rows.append(SourceRow(where, dict(zip(header, cells, strict=True)), verbatim))
    if not header:
        raise FileFault(Message("The file is empty"), where=display_path(path))
    return rows


def _text(path: Path) -> str:
    try:
        if (size := path.stat().st_size) > LIMITS.file_bytes:
            what = Message("The file is too large")
            raise too_large(what, size, LIMITS.file_bytes, display_path(path))
        return unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise FileFault(Message("The file is missing"), where=display_path(path)) from None
    except UnicodeDecodeError as error:
        raise FileFault(
            Message("The file is not UTF-8"),
            found=str(error),
            where=display_path(path),
            remedy=Message("Save the file as CSV UTF-8"),
        ) from None


def _records(reader: Reader, path: Path) -> Iterator[tuple[int, int, list[str]]]:
    """First line, line after the last and cells of each record that is not blank."""
    first = 0
    try:
        for cells in reader:
            if cells:
                yield first, reader.line_num, cells
            first = reader.line_num
    except csv.Error as error:
        raise FileFault(
            Message("The file is not valid CSV"),
            found=str(error),
            where=f"{display_path(path)}:{reader.line_num}",
        ) from None


def verify_header(cells: list[str], columns: Sequence[str], where: str) -> list[str]:
    """The names of the columns, which must stand once each and include ``columns``.

    Raises
    ------
    FileFault
        A column stands twice or is missing.
    """
    if again := twice(cells):
        raise FileFault(Message("A column stands twice"), ", ".join(again), where=where)
    missing = [column for column in columns if column not in cells]
    if missing:
        raise FileFault(
            Message("A column is missing"),
            found=", ".join(cells),
            allowed=tuple(missing),
            where=where,
        )
    return cells
