"""What makes a workbook more than its sheets: macros, and figures taken from elsewhere.

Neither can be published: what a macro does to a figure is not seen, and a figure of another file
has a source that is not at hand. Hyperlinks are neither; they stand in cells and change none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from zipfile import ZipFile

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.limits import Limits
from geodata.readers.xml_parts import PartReader, read_part

MACRO_SUFFIXES = (".xlsm", ".xltm", ".xlam")
"""Suffixes of workbooks that are made to hold macros."""

_CONTENT_TYPES = "[Content_Types].xml"
_MACRO_TYPES = ("macroenabled", "vbaproject", "macrosheet")
_MACRO_PARTS = ("vbaproject.bin", "xl/macrosheets/")
_LINK_TYPES, _LINK_PARTS = ("externallink",), ("xl/externallinks/",)
_QUERY_TYPES = ("connections+xml", "querytable")
_QUERY_PARTS = ("xl/connections.xml", "xl/querytables/")

_ODS_MACROS = ("basic/", "scripts/")
_ODS_SOURCES = frozenset({
    "table-source", "cell-range-source", "dde-source",
    "database-source-sql", "database-source-table", "database-source-query",
})  # fmt: skip
"""Elements that name what a sheet, a range or a cell is filled from (ODF 1.3, part 3, 9.3, 9.8)."""

_ODS_TEXT = re.compile(r'"[^"]*"')
_ODS_OTHER_FILE = re.compile(r"'((?:[^']|'')+)'#")
"""Another file in a formula: its address in quotes before the sheet (ODF 1.3, part 4, 5.8)."""


def with_macros(where: str, found: str) -> FileFault:
    """The fault for a workbook with macros.

    Parameters
    ----------
    found
        What of the file holds them.
    """
    return FileFault(
        Message("The workbook has macros"),
        found=found,
        remedy=Message("Save it without macros as .xlsx and load that file"),
        where=where,
    )


def with_links(where: str, found: str) -> FileFault:
    """The fault for a workbook that takes figures from other files.

    Parameters
    ----------
    found
        The other file, or the part that names it.
    """
    remedy = Message(
        "Break the links (Excel: Data > Edit links > Break link; LibreOffice: Edit > Links to "
        "external files > Break link), save the file, and load it again"
    )
    what = Message("The workbook takes figures from other files")
    return FileFault(what, found=found, remedy=remedy, where=where)


def with_queries(where: str, found: str) -> FileFault:
    """The fault for a workbook that asks a database or another source for its figures."""
    remedy = Message(
        "Delete the queries and connections (Data > Queries & connections), save the file, and "
        "load it again"
    )
    what = Message("The workbook takes figures from a query or a connection")
    return FileFault(what, found=found, remedy=remedy, where=where)


def verify_package_of_sheets(archive: ZipFile, file: str, limits: Limits) -> None:
    """Refuse an XLSX workbook that holds macros, links to other files or queries.

    They are told by the names of the parts and by their content types, since a part may have any
    name (ECMA-376, part 2, 7.2.3).

    Raises
    ------
    FileFault
        It holds one of them.
    """
    parts = archive.namelist()
    types = _ContentTypes(f"{file} ({_CONTENT_TYPES})", limits)
    if _CONTENT_TYPES in parts:
        with archive.open(_CONTENT_TYPES) as stream:
            read_part(stream, types)
    for part in parts:
        name, kind = part.casefold(), types.of(part)
        if _any(kind, _MACRO_TYPES) or _any(name, _MACRO_PARTS):
            raise with_macros(file, part)
        if _any(kind, _LINK_TYPES) or name.startswith(_LINK_PARTS):
            raise with_links(file, part)
        if _any(kind, _QUERY_TYPES) or name.startswith(_QUERY_PARTS):
            raise with_queries(file, part)


def verify_ods_parts(parts: Iterable[str], file: str) -> None:
    """Refuse an OpenDocument spreadsheet that has parts of macros.

    Raises
    ------
    FileFault
        It has one.
    """
    for part in parts:
        if part.casefold().startswith(_ODS_MACROS) and not part.endswith("/"):
            raise with_macros(file, part)


def verify_ods_element(name: str, attributes: dict[str, str], file: str) -> None:
    """Refuse an element of ``content.xml`` that takes figures from elsewhere.

    Raises
    ------
    FileFault
        It is a source of a sheet or a range, or a formula names another file.
    """
    if name in _ODS_SOURCES:
        other = next((v for k, v in attributes.items() if k.endswith(":href")), name)
        raise with_links(file, other)
    for attribute, value in attributes.items():
        if not attribute.endswith(":formula") or "'#" not in value:
            continue
        if match := _ODS_OTHER_FILE.search(_ODS_TEXT.sub('""', value)):
            raise with_links(file, match[1])


def _any(text: str, pieces: Iterable[str]) -> bool:
    return any(piece in text for piece in pieces)


class _ContentTypes(PartReader):
    """The content types of the parts of a package, in small letters."""

    def __init__(self, where: str, limits: Limits) -> None:
        super().__init__(where, limits)
        self._of_part: dict[str, str] = {}
        self._of_suffix: dict[str, str] = {}

    def take_start(self, name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "").casefold()
        if name == "Override":
            self._of_part[attributes.get("PartName", "").casefold().lstrip("/")] = kind
        elif name == "Default":
            self._of_suffix[attributes.get("Extension", "").casefold()] = kind

    def of(self, part: str) -> str:
        """The type of a part; empty where the package tells none."""
        known = part.casefold()
        return self._of_part.get(known) or self._of_suffix.get(known.rpartition(".")[2], "")
