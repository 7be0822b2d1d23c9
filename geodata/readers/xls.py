"""Workbooks of Excel 5 to 2003 (.xls): only the records a table needs are looked at ([MS-XLS])."""

from __future__ import annotations

from pathlib import Path

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers import xls_records as biff
from geodata.readers.compound_file import ENCRYPTED_STREAMS, BrokenCompound, CompoundFile
from geodata.readers.content import HTML_START
from geodata.readers.html_tables import read_html
from geodata.readers.limits import Limits, damaged
from geodata.readers.macros_and_links import with_macros
from geodata.readers.sheet import Sheet
from geodata.readers.sheet_choice import Choose, SheetName, all_sheets
from geodata.readers.text_encodings import text_encoding
from geodata.readers.xls_globals import XlsSheetEntry, XlsWorkbook, read_globals
from geodata.readers.xls_sheet import XlsSheetReader
from geodata.readers.zip_package import locked_package

_STREAMS = ("Workbook", "Book")
_MACRO_STORAGES = frozenset({"_vba_project_cur", "_vba_project"})
"""Storages of macros in workbooks of Excel 97 to 2003, and of Excel 5 and 95."""


def read_xls(path: Path, limits: Limits, choose: Choose = all_sheets) -> list[Sheet]:
    """Read sheets of a workbook of the format before 2007.

    Formulas count by their last results. Pictures are not looked at.

    Parameters
    ----------
    choose
        Which sheets; what the others hold does not matter.

    Raises
    ------
    FileFault
        The workbook is damaged or protected, of a version before 1993, has macros, takes figures
        from other files, or goes beyond the limits.
    """
    with path.open("rb") as file:
        page = HTML_START.match(file.read(512))
    if page:
        return _page(path, limits, choose)
    stream = _workbook_stream(path)
    book = read_globals(stream, path.name, limits)
    entries = {entry.name: entry for entry in reversed(book.sheets)}
    names = choose([SheetName(entry.name, entry.hidden) for entry in book.sheets])
    several = len(book.sheets) > 1
    return [
        _sheet(stream, f"{path.name} [{name}]" if several else path.name, entries[name], book,
               limits)
        for name in names
    ]  # fmt: skip


def _page(path: Path, limits: Limits, choose: Choose) -> list[Sheet]:
    """The tables of a page of HTML that was saved as .xls."""
    codec, _ = text_encoding(path)
    try:
        text = path.read_text(encoding=codec)
    except UnicodeDecodeError as error:
        raise damaged(path.name, error) from None
    sheets = {sheet.name: sheet for sheet in read_html(text, path.stem, path.name, limits)}
    return [sheets[name] for name in choose([SheetName(name) for name in sheets])]


def _workbook_stream(path: Path) -> bytes:
    try:
        compound = CompoundFile(path.read_bytes())
        if compound.names & ENCRYPTED_STREAMS:
            raise locked_package(path.name)
        if macros := compound.names & _MACRO_STORAGES:
            raise with_macros(path.name, min(macros).upper())
        for name in _STREAMS:
            if stream := compound.stream(name):
                return stream
    except BrokenCompound as error:
        raise damaged(path.name, error) from None
    raise FileFault(
        Message("The content is not what the file's name says"),
        found=", ".join(sorted(compound.names)[:10]),
        allowed=("XLS",),
        remedy=Message("Open it in the program it comes from and save it as {kind}", kind="XLS"),
        where=path.name,
    )


def _sheet(
    stream: bytes, where: str, entry: XlsSheetEntry, book: XlsWorkbook, limits: Limits
) -> Sheet:
    biff.version(stream, entry.start, where)
    reader = XlsSheetReader(where, limits, book)
    for record in biff.records(stream, entry.start, limits, where):
        reader.take(record)
    return Sheet(
        entry.name,
        tuple(reader.collector().rows),
        tuple(reader.merged),
        frozenset(reader.hidden_rows),
        frozenset(reader.hidden_columns),
        entry.hidden,
        book.styles.cells,
    )
