"""Texts of a workbook of Excel 5 to 2003 ([MS-XLS] 2.4.265, 2.5.293, 2.5.296)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from geodata.i18n import Message
from geodata.readers.limits import Limits, too_much
from geodata.readers.sheet import too_many_cells

_CODECS = {1200: "utf-16-le", 1258: "cp1258"}
_WIDE, _PHONETIC, _RUNS = 0x01, 0x04, 0x08


def codec_of(page: int) -> str:
    """The codec of texts of one byte a letter, by the workbook's code page.

    TCVN3 and VNI stand in every page of the West as signs of Latin-1.
    """
    return _CODECS.get(page, "latin-1")


def byte_text(raw: bytes, codec: str) -> str:
    """A text of one byte a letter."""
    return normalize("NFC", raw.decode(codec, "replace"))


def wide_text(raw: bytes, at: int, length: int) -> str:
    """A text of BIFF8 that begins with its flags, in one record."""
    wide = raw[at] & _WIDE if at < len(raw) else 0
    start = at + 1
    if wide:
        return raw[start : start + 2 * length].decode("utf-16-le", "replace")
    return raw[start : start + length].decode("latin-1")


def sized_text(raw: bytes, at: int, codec: str, *, short: bool) -> str:
    """A text behind its length, of one byte where it is short, else of two.

    Parameters
    ----------
    codec
        Of texts of one byte a letter (BIFF5); empty for BIFF8.
    """
    length = raw[at] if short else struct.unpack_from("<H", raw, at)[0]
    start = at + (1 if short else 2)
    return byte_text(raw[start : start + length], codec) if codec else wide_text(raw, start, length)


@dataclass
class SharedStrings:
    """Takes the texts that the cells refer to from a record and those that continue it.

    A text may part anywhere between two letters; the letters behind the part may be of another
    width than those before it.

    Parameters
    ----------
    pieces
        Contents of the record and of its continuations.
    """

    pieces: Sequence[bytes]
    limits: Limits
    where: str
    _piece: int = 0
    _at: int = 8

    def read(self) -> list[str]:
        """All texts.

        Raises
        ------
        FileFault
            There is more text than allowed.
        """
        if not self.pieces or len(self.pieces[0]) < 8:
            return []
        (count,) = struct.unpack_from("<I", self.pieces[0], 4)
        found: list[str] = []
        characters = 0
        while len(found) < count and self._more():
            found.append(self._text())
            characters += len(found[-1])
            if characters > self.limits.characters:
                what = Message("The file holds too much text")
                raise too_much(what, f"> {characters}", self.limits.characters, self.where)
            if len(found) > self.limits.cells:
                raise too_many_cells(self.where, self.limits)
        return found

    def _more(self) -> bool:
        while self._piece < len(self.pieces) and self._at >= len(self.pieces[self._piece]):
            self._piece += 1
            self._at = 0
        return self._piece < len(self.pieces)

    def _take(self, length: int) -> bytes:
        """The next bytes, from as many pieces as they lie in."""
        taken = bytearray()
        while len(taken) < length and self._more():
            piece = self.pieces[self._piece]
            more = piece[self._at : self._at + length - len(taken)]
            taken += more
            self._at += len(more)
        return bytes(taken)

    def _skip(self, length: int) -> None:
        while length > 0 and self._more():
            step = min(length, len(self.pieces[self._piece]) - self._at)
            self._at += step
            length -= step

    def _text(self) -> str:
        head = self._take(3).ljust(3, b"\0")
        length, flags = struct.unpack("<HB", head)
        runs = struct.unpack("<H", self._take(2).ljust(2, b"\0"))[0] if flags & _RUNS else 0
        hint = struct.unpack("<I", self._take(4).ljust(4, b"\0"))[0] if flags & _PHONETIC else 0
        letters: list[str] = []
        left, home = length, self._piece
        while left > 0:
            piece = self.pieces[self._piece] if self._more() else b""
            if self._piece != home and piece:
                # A continuation begins with the width of the letters behind it.
                flags, home, self._at = piece[0], self._piece, 1
            size = 2 if flags & _WIDE else 1
            fit = min(left, (len(piece) - self._at) // size)
            if fit <= 0:
                break
            raw = piece[self._at : self._at + fit * size]
            letters.append(raw.decode("utf-16-le" if size == 2 else "latin-1", "replace"))
            self._at += fit * size
            left -= fit
        self._skip(4 * runs + hint)
        return "".join(letters)
