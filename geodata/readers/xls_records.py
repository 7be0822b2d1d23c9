"""Records of a workbook of Excel 5 to 2003, told apart by number and length ([MS-XLS] 2.1.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.limits import Limits, too_much

BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
FILEPASS, BOUNDSHEET, CODEPAGE, DATEMODE = 0x2F, 0x85, 0x42, 0x22
FONT, FORMAT, XF, SST = 0x31, 0x41E, 0xE0, 0xFC
ROW, COLINFO, DEFAULT_ROW, MERGED = 0x208, 0x7D, 0x225, 0xE5
NUMBER, RK, MULRK, BOOLERR = 0x203, 0x27E, 0xBD, 0x205
LABEL, RSTRING, LABELSST = 0x204, 0xD6, 0xFD
FORMULA, STRING = 0x06, 0x207
SUPBOOK, EXTERNSHEET, QUERY_TABLE = 0x1AE, 0x17, 0x1AD

BIFF8, BIFF5 = 0x600, 0x500
"""Versions of the format: of Excel 97 to 2003, and of Excel 5 and 95."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its number, where it starts in the stream, and its content."""

    number: int
    start: int
    content: bytes


def records(stream: bytes, start: int, limits: Limits, where: str) -> Iterator[Record]:
    """The records from a place on to the end of their substream, those within it included.

    A substream that stands within (a chart on a sheet) is passed over.

    Raises
    ------
    FileFault
        There are too many.
    """
    depth, at, counted = 0, start, 0
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        counted += 1
        if counted > limits.elements:
            what = Message("The file holds too many elements")
            raise too_much(what, f"> {limits.elements}", limits.elements, where)
        depth += number == BOF
        if depth <= 1:
            yield Record(number, at, stream[at + 4 : at + 4 + length])
        depth -= number == EOF
        if depth <= 0 and at > start:
            return
        at += 4 + length


def version(stream: bytes, start: int, where: str) -> int:
    """The version of the format that a substream begins with.

    Raises
    ------
    FileFault
        It is of another program, or of Excel before 1993.
    """
    if start + 8 <= len(stream):
        number, length, found = struct.unpack_from("<HHH", stream, start)
        if number == BOF and length >= 4 and found in (BIFF8, BIFF5):
            return int(found)
    raise FileFault(
        Message("The workbook is of a version that is not read"),
        allowed=("Excel 5–2003 (.xls)",),
        remedy=Message("Open it in Excel or LibreOffice and save it as .xlsx"),
        where=where,
    )
