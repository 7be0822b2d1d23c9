"""Text tables: CSV and TSV, whatever of comma, semicolon, tab and bar parts their cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import TextIO
from unicodedata import normalize

from geodata.i18n import Message
from geodata.readers.legacy_encodings import WINDOWS_1258
from geodata.readers.legacy_sheets import convert_legacy
from geodata.readers.limits import Limits, damaged, misquoted, too_much
from geodata.readers.sheet import RowCollector, Sheet, too_many_columns, too_many_rows
from geodata.readers.text_encodings import text_encoding

_MOST_OF_A_RECORD = 1_000_000
"""Characters of one record before it is cut into cells."""

_LINES_OF_A_ROW = 50
"""Lines for each row there may be; the others are blank, or within quotes."""

_DELIMITERS = ";\t|,"
"""In order of trust: a comma may also be the decimal mark."""

_NAMED_DELIMITER = re.compile(r"\"?sep=(.)\"?\s*", re.IGNORECASE)
_PARTING_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9])")
_QUOTED = re.compile(r'"[^"]*"?')
_RECORDS_OF_A_SAMPLE = 60
_PROTECTED = re.compile(r'="([^"]*)"|\'([0-9]+)')
"""How Excel is told to leave the zeros of a code alone: ``="03390"``, or an apostrophe."""


def read_delimited(path: Path, limits: Limits) -> Sheet:
    """Read CSV or TSV in UTF-8, UTF-16, windows-1258, TCVN3 or VNI.

    The delimiter is the one that a line ``sep=;`` names, or the one that parts most records into
    the same number of cells. A row has the number of its last line in the file.

    Raises
    ------
    FileFault
        The encoding cannot be told, the file is no CSV or goes beyond the limits.
    """
    codec, legacy = text_encoding(path)
    with path.open(encoding=codec, newline="") as file:
        try:
            sheet = read_records(file, path.stem, path.name, limits)
        except UnicodeDecodeError as error:
            raise damaged(path.name, error) from None
    if legacy == WINDOWS_1258:
        return _composed(sheet)
    return convert_legacy(sheet, legacy)


def read_records(
    file: TextIO, name: str, where: str, limits: Limits, delimiters: str = _DELIMITERS
) -> Sheet:
    """Read the records of an open text as a sheet.

    Parameters
    ----------
    name, where
        Name of the sheet, and the file's for messages.
    delimiters
        Those that may part its cells.

    Raises
    ------
    FileFault
        It is no CSV or goes beyond the limits.
    """
    collector = RowCollector(where, limits)
    for number, cells in _records(where, file, limits, delimiters):
        collector.add(number, [_unprotected(cell) for cell in cells])
    return Sheet(name, tuple(collector.rows))


def _unprotected(cell: str) -> str:
    match = _PROTECTED.fullmatch(cell) if cell[:1] in ("=", "'") else None
    return (match[1] or match[2] or "") if match else cell


def _composed(sheet: Sheet) -> Sheet:
    """The sheet of a windows-1258 file, in which tones stand behind their letters."""
    converted, rows = 0, []
    for row in sheet.rows:
        converted += sum(isinstance(v, str) and not v.isascii() for v in row.values)
        values = (normalize("NFC", v) if isinstance(v, str) else v for v in row.values)
        rows.append(replace(row, values=tuple(values)))
    return replace(sheet, rows=tuple(rows), encoding=WINDOWS_1258, converted_cells=converted)


def _records(
    where: str, file: TextIO, limits: Limits, delimiters: str
) -> Iterator[tuple[int, list[str]]]:
    lines = _Lines(where, file, limits)
    first = list(islice(lines, 1))
    skipped = 0
    named = _NAMED_DELIMITER.fullmatch(first[0]) if first else None
    if named:
        skipped, first, delimiter = 1, [], named[1]
    else:
        first += _sample(lines, sum(map(len, first)))
        delimiter = _delimiter(first, delimiters)
    lines.start_record()
    reader = csv.reader(chain(first, lines), delimiter=delimiter, strict=True)
    number = skipped
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise misquoted(f"{where}:{number + 1}") from None
        number = reader.line_num + skipped
        if len(cells) > limits.columns and any(cells[limits.columns :]):
            raise too_many_columns(f"{where}:{number}", len(cells), limits)
        yield number, cells
        lines.start_record()


def _sample(lines: _Lines, length: int) -> Iterator[str]:
    """Lines from which the delimiter is told, not more than one record may be long."""
    for line in islice(lines, _RECORDS_OF_A_SAMPLE):
        yield line
        length += len(line)
        if length > _MOST_OF_A_RECORD // 2:
            return


def _delimiter(lines: list[str], delimiters: str) -> str:
    """The delimiter that parts most records into the same number of cells, more than one."""
    scores = {each: _agreement(lines, each) for each in delimiters}
    best = max(delimiters, key=lambda each: scores[each])
    if best == ",":
        bare = _QUOTED.sub("", "".join(lines))
        if not _PARTING_COMMA.search(bare) and '"' not in "".join(lines):
            # Commas between figures alone are decimal marks of a single column.
            return ";" if ";" in delimiters else best
    return best


def _agreement(lines: list[str], delimiter: str) -> tuple[float, int]:
    """Share of the records with the commonest number of cells above one, and that number."""
    try:
        found = [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if any(cells)]
    except csv.Error:
        return 0.0, 0
    widths = Counter(width for width in found if width > 1)
    if not widths:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return count / len(found), width


class _Lines:
    """The lines of a text, counted so that no record grows without end."""

    def __init__(self, where: str, file: TextIO, limits: Limits) -> None:
        self._where, self._file, self._limits = where, file, limits
        self._line = self._length = 0

    def start_record(self) -> None:
        """Count the next record from here."""
        self._length = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline(_MOST_OF_A_RECORD + 1)
        if not line:
            raise StopIteration
        self._line += 1
        if self._line > _LINES_OF_A_ROW * self._limits.rows:
            raise too_many_rows(f"{self._where}:{self._line}", f"> {self._line}", self._limits)
        self._length += len(line)
        if self._length > _MOST_OF_A_RECORD:
            raise too_much(
                Message("A row is too long"),
                f"> {_MOST_OF_A_RECORD}",
                _MOST_OF_A_RECORD,
                f"{self._where}:{self._line}",
                Message("Look at the quotes and separators"),
            )
        return line
