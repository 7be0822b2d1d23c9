"""What kind of file it is, by its first bytes: they must agree with its suffix."""

from __future__ import annotations

import re
from pathlib import Path

from geodata.errors import FileFault, LockedFile, UnknownFileKind
from geodata.i18n import Message
from geodata.readers.compound_file import ENCRYPTED_STREAMS, BrokenCompound, CompoundFile
from geodata.readers.limits import Limits, too_large
from geodata.readers.macros_and_links import MACRO_SUFFIXES, with_macros
from geodata.readers.text_encodings import utf16_without_mark
from geodata.readers.zip_package import locked_package

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SQLITE = b"SQLite format 3\0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")

HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,99}<(?:!doctype|html|head|meta|table)", re.IGNORECASE
)
"""How a page of HTML begins."""

_BINARY = (_ZIP, _OLE, _SQLITE, b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b",
           b"7z\xbc\xaf", b"Rar!", b"{\\rtf", b"PAR1", b"MZ", b"\x7fELF")  # fmt: skip
"""Beginnings of files that are no text, by which a renamed one is told."""

KINDS = {
    ".csv": "CSV",
    ".tsv": "TSV",
    ".xlsx": "XLSX",
    ".xls": "XLS",
    ".ods": "OpenDocument",
    ".gpkg": "GeoPackage",
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".kml": "KML",
    ".kmz": "KML",
    ".zip": "Shapefile",
}
"""The kinds of file that are read, by suffix."""


def verify_file(path: Path, limits: Limits) -> str:
    """The suffix of a file that is there, no larger than allowed and what its name says.

    Returns
    -------
    str
        A key of `KINDS`.

    Raises
    ------
    FileFault
        The file is missing, too large, made for macros, of no known kind, or of another kind than
        it says.
    """
    suffix = path.suffix.lower()
    if suffix in MACRO_SUFFIXES:
        raise with_macros(path.name, suffix)
    if suffix not in KINDS:
        what = Message("This kind of file is not read")
        raise UnknownFileKind(what, found=path.name, allowed=tuple(KINDS), where=path.name)
    if not path.is_file():
        raise FileFault(Message("There is no such file"), where=str(path))
    size = path.stat().st_size
    if size > limits.file_bytes:
        what = Message("The file is too large")
        raise too_large(what, size, limits.file_bytes, path.name)
    try:
        with path.open("rb") as file:
            start = file.read(512)
    except OSError as error:
        what = Message("The file cannot be opened")
        raise FileFault(what, found=str(error), where=path.name) from None
    _verify_start(path, suffix, start)
    return suffix


def _verify_start(path: Path, suffix: str, start: bytes) -> None:
    if suffix in (".kmz", ".zip"):
        sound = start.startswith(_ZIP)
    elif suffix == ".kml":
        sound = start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    elif suffix in (".xlsx", ".ods"):
        if start.startswith(_OLE):
            raise _compound_in_place_of_a_package(path)
        # A text with this suffix is no workbook either, but a damaged one is told as such.
        sound = start.startswith(_ZIP)
    elif suffix == ".xls":
        # Programs of offices save pages of HTML with this suffix, and Excel opens them.
        sound = start.startswith(_OLE) or bool(HTML_START.match(start))
    elif suffix == ".gpkg":
        sound = start.startswith(_SQLITE)
    elif suffix in (".geojson", ".json"):
        sound = start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    else:
        binary = start.startswith(_BINARY) or start.count(0) > len(start) // 10
        sound = start.startswith(_UTF16) or bool(utf16_without_mark(start)) or not binary
    if not sound:
        raise UnknownFileKind(
            Message("The content is not what the file's name says"),
            allowed=(KINDS[suffix],),
            remedy=Message(
                "Open it in the program it comes from and save it as {kind}", kind=KINDS[suffix]
            ),
            where=path.name,
        )


def _compound_in_place_of_a_package(path: Path) -> FileFault:
    """A compound file in place of a workbook: with a password, or of the format before 2007."""
    try:
        locked = bool(CompoundFile(path.read_bytes()).names & ENCRYPTED_STREAMS)
    except BrokenCompound:
        locked = False
    if locked:
        return locked_package(path.name)
    return LockedFile(
        Message("The workbook has a password, or is an .xls file with another suffix"),
        allowed=("XLSX",),
        remedy=Message("Open it, take the password away and save it as .xlsx"),
        where=path.name,
    )
