"""XML parts of an office file, read as a stream of elements: no tree is built and no entity known.

A part is refused when it declares a document type (no office file does; entities can multiply a
text without end), nests elements too deep, or has a tag of excessive length.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.limits import Limits, damaged, too_large, too_much

_PIECE = 1 << 16
_MOST_OF_A_TAG = 1 << 19
"""Bytes of one tag or comment; the parser holds a whole one in memory."""


class PartReader:
    """Takes the elements of one part.

    Parameters
    ----------
    where
        File and part, for messages.
    """

    def __init__(self, where: str, limits: Limits) -> None:
        self.where, self.limits = where, limits
        self.elements = self.depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element; the name has the prefix it has in the part."""
        self.count()
        self.take_start(name.rpartition(":")[2], attributes)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self.depth -= 1
        self.take_end(name.rpartition(":")[2])

    def text(self, piece: str) -> None:
        """Take a piece of text."""

    def take_start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element by its name without prefix."""

    def take_end(self, name: str) -> None:
        """Take the end of an element by its name without prefix."""

    def count(self) -> None:
        """Count an element and how deep it lies.

        Raises
        ------
        FileFault
            There are too many, or too many in each other.
        """
        self.elements += 1
        self.depth += 1
        self.verify_count()

    def verify_count(self) -> None:
        """Refuse more elements than the limits allow; see `count`."""
        if self.elements > self.limits.elements:
            what = Message("The file holds too many elements")
            raise too_much(what, f"> {self.limits.elements}", self.limits.elements, self.where)
        if self.depth > self.limits.depth:
            what = Message("Elements are nested too deep")
            raise too_much(what, f"> {self.limits.depth}", self.limits.depth, self.where)


def read_part(
    stream: IO[bytes], reader: PartReader, tell: Callable[[int], None] = lambda fed: None
) -> None:
    """Give the elements of a part to its reader, from the first to the last.

    Parameters
    ----------
    tell
        Is told again and again how many bytes of the part are read.

    Raises
    ------
    FileFault
        The part is not well formed, declares a document type or goes beyond the limits.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_doctype(reader.where)
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    fed = 0
    try:
        while piece := stream.read(_PIECE):
            parser.Parse(piece, False)
            fed += len(piece)
            tell(fed)
            if fed - parser.CurrentByteIndex > _MOST_OF_A_TAG:
                what = Message("An XML tag is too long")
                raise too_large(what, fed - parser.CurrentByteIndex, _MOST_OF_A_TAG, reader.where)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged(reader.where, error) from None


def _refuse_doctype(where: str) -> None:
    raise FileFault(
        Message("The file declares XML entities"),
        found="<!DOCTYPE",
        remedy=Message("Open the file in Excel or LibreOffice, save it, and load it again"),
        where=where,
    )
