"""Other files that a workbook of Excel 5 to 2003 takes figures from ([MS-XLS] 2.4.271)."""

from __future__ import annotations

import re
import struct

from geodata.readers import xls_records as biff
from geodata.readers.macros_and_links import with_links, with_queries
from geodata.readers.xls_records import Record
from geodata.readers.xls_strings import byte_text, wide_text

_OWN, _ADD_IN = 0x0401, 0x3A01
"""In place of a length: the workbook itself, and functions of add-ins."""

_UNUSED = ("", " ", "\0")
_ENCODED = "\1"
"""How the address of another file begins in Excel 5 and 95 ([XLS] 5.41)."""

_MARKS = re.compile(r"[\0-\x1f]+")
"""Signs that stand for the drive, a folder or the end of a name in an encoded address."""


def verify_record(record: Record, codec: str, where: str) -> None:
    """Refuse a record that names another file or a query.

    Parameters
    ----------
    codec
        Of texts of one byte a letter (BIFF5); empty for BIFF8.

    Raises
    ------
    FileFault
        The record names one.
    struct.error
        The record is too short.
    """
    if record.number == biff.SUPBOOK and not codec:
        (length,) = struct.unpack_from("<H", record.content, 2)
        if length in (_OWN, _ADD_IN):
            return
        address = wide_text(record.content, 4, length)
        if address not in _UNUSED:
            raise with_links(where, _plain(address))
    elif record.number == biff.EXTERNSHEET and codec:
        address = byte_text(record.content[1:], codec)
        if address.startswith(_ENCODED):
            raise with_links(where, _plain(address))
    elif record.number == biff.QUERY_TABLE:
        raise with_queries(where, "QueryTable")


def _plain(address: str) -> str:
    """An encoded address as it reads: its folders parted by slashes."""
    return "/".join(piece for piece in _MARKS.split(address) if piece) or "?"
