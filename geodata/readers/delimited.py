"""Text tables: CSV and TSV, whatever of comma, semicolon, tab and bar parts their cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.legacy_encodings import REMEDY, detect_legacy_encoding
from geodata.readers.limits import Limits, damaged, too_much
from geodata.readers.sheet import RowCollector, Sheet, too_many_columns, too_many_rows

_MOST_OF_A_RECORD = 1_000_000
"""Characters of one record before it is cut into cells."""

_LINES_OF_A_ROW = 50
"""Lines for each row there may be; the others are blank, or within quotes."""

_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"?')
_NAMED_DELIMITER = re.compile(r"\"?sep=(.)\"?\s*", re.IGNORECASE)
_LINES_OF_A_HEADER = 10


def read_delimited(path: Path, limits: Limits) -> Sheet:
    """Read CSV or TSV in UTF-8, or in UTF-16 with a byte order mark.

    The delimiter is the one that stands most often outside quotes in the first record, or the one
    that a line ``sep=;`` before it names. A row has the number of its last line in the file.

    Raises
    ------
    FileFault
        The file is in another encoding, is no CSV or goes beyond the limits.
    """
    collector = RowCollector(path.name, limits)
    with path.open(encoding=_encoding(path), newline="") as file:
        try:
            for number, cells in _records(path, file, limits):
                collector.add(number, cells)
        except UnicodeDecodeError as error:
            raise _not_unicode(path, error) from None
        except csv.Error as error:
            raise damaged(path.name, error) from None
    return Sheet(path.stem, tuple(collector.rows))


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        return "utf-16" if file.read(2) in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _records(path: Path, file: TextIO, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    lines = _Lines(path, file, limits)
    first = list(islice(lines, 1))
    skipped = 0
    named = _NAMED_DELIMITER.fullmatch(first[0]) if first else None
    if named:
        skipped, first = 1, []
        delimiter = named[1]
    else:
        while first and _open_quote(first) and len(first) < _LINES_OF_A_HEADER:
            more = list(islice(lines, 1))
            if not more:
                break
            first += more
        delimiter = _delimiter(_QUOTED.sub("", "".join(first)))
    lines.start_record()
    reader = csv.reader(chain(first, lines), delimiter=delimiter, strict=True)
    for cells in reader:
        number = reader.line_num + skipped
        if len(cells) > limits.columns and any(cells[limits.columns :]):
            raise too_many_columns(f"{path.name}:{number}", len(cells), limits)
        yield number, cells
        lines.start_record()


def _open_quote(lines: list[str]) -> bool:
    return sum(line.count('"') for line in lines) % 2 == 1


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


class _Lines:
    """The lines of a text, counted so that no record grows without end."""

    def __init__(self, path: Path, file: TextIO, limits: Limits) -> None:
        self._path, self._file, self._limits = path, file, limits
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
            raise too_many_rows(f"{self._path.name}:{self._line}", f"> {self._line}", self._limits)
        self._length += len(line)
        if self._length > _MOST_OF_A_RECORD:
            raise too_much(
                Message("A row is too long"),
                f"> {_MOST_OF_A_RECORD}",
                _MOST_OF_A_RECORD,
                f"{self._path.name}:{self._line}",
                Message("Look at the quotes and separators"),
            )
        return line


def _not_unicode(path: Path, error: UnicodeDecodeError) -> FileFault:
    with path.open("rb") as file:
        raw = file.read(_MOST_OF_A_RECORD).decode("latin-1")
    return FileFault(
        Message("The file is not UTF-8"),
        found=detect_legacy_encoding(raw) or error.reason,
        remedy=REMEDY,
        where=path.name,
    )
