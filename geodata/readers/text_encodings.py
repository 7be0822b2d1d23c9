"""In which encoding a text file is: told from its bytes, since text files do not say it."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.legacy_encodings import REMEDY, TCVN3, VNI, WINDOWS_1258, Evidence

_PIECE = 1 << 16
_SAMPLE = 1 << 20
"""Bytes from which an encoding of before Unicode is told."""

_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_HALF_OF_ZEROS = 0.1
"""Share of zero bytes above which a text is taken for UTF-16; half of all bytes in plain text."""

_ONE_SIDE = 20
"""How many times more zeros one byte of each pair must have than the other."""


def text_encoding(path: Path) -> tuple[str, str]:
    """The codec to open a text file with, and the old encoding its text is then in.

    Looked for in this order: a byte order mark, the zero bytes of UTF-16, UTF-8, and windows-1258,
    TCVN3 and VNI by the words they spell. TCVN3 and VNI are opened as Latin-1.

    Returns
    -------
    tuple of str
        Codec; ``TCVN3``, ``VNI``, ``windows-1258`` or empty.

    Raises
    ------
    FileFault
        The file is in none of them.
    """
    with path.open("rb") as file:
        start = file.read(_PIECE)
    for mark, codec in _BYTE_ORDER_MARKS.items():
        if start.startswith(mark):
            return codec, ""
    if codec := utf16_without_mark(start):
        return codec, ""
    fault = _utf8_fault(path)
    if fault is None:
        return "utf-8", ""
    return _legacy(path, fault)


def utf16_without_mark(start: bytes) -> str:
    """The codec of UTF-16 without a byte order mark, by where its zero bytes stand; else empty."""
    first, second = start[0::2].count(0), start[1::2].count(0)
    if first + second <= _HALF_OF_ZEROS * len(start):
        return ""
    if second > _ONE_SIDE * first:
        return "utf-16-le"
    return "utf-16-be" if first > _ONE_SIDE * second else ""


def _utf8_fault(path: Path) -> UnicodeDecodeError | None:
    """The first fault of a file as UTF-8; None where it is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as fault:
        return fault
    return None


def _legacy(path: Path, fault: UnicodeDecodeError) -> tuple[str, str]:
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    as_latin = Evidence()
    as_latin.add(sample.decode("latin-1"))
    windows = Evidence()
    windows.add(unicodedata.normalize("NFC", sample.decode("cp1258", "replace")))
    best = max((TCVN3, VNI), key=lambda encoding: as_latin.spelt[encoding])
    if windows.clear_unicode(as_latin.spelt[best]):
        return "cp1258", WINDOWS_1258
    if as_latin.clear():
        return "latin-1", best
    raise FileFault(
        Message("The encoding of the text cannot be told"),
        found=fault.reason,
        allowed=("UTF-8", "UTF-16", "TCVN3", "VNI", "windows-1258"),
        remedy=REMEDY,
        where=path.name,
    )
