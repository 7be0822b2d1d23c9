"""What a workbook of Excel 5 to 2003 says for all its sheets ([MS-XLS] 2.1.7.20.3)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from openpyxl.styles.numbers import BUILTIN_FORMATS

from geodata.i18n import Message
from geodata.readers import xls_records as biff
from geodata.readers.limits import Limits, damaged, too_much
from geodata.readers.macros_and_links import with_macros
from geodata.readers.sheet import CellStyle
from geodata.readers.xls_links import verify_record
from geodata.readers.xls_records import Record
from geodata.readers.xls_strings import SharedStrings, codec_of, sized_text
from geodata.readers.xlsx_styles import WorkbookStyles
from geodata.readers.zip_package import locked_package

_MOST_FORMATS = 100_000
_BOLD_WEIGHT = 600
_STRUCK = 0x08
_WORKSHEET = 0
_MACROS = (0x01, 0x06)
"""Kinds of sheets that hold macros of Excel 4 and modules of Excel 5 ([MS-XLS] 2.4.28)."""


@dataclass(frozen=True, slots=True)
class XlsSheetEntry:
    """A sheet as the workbook lists it, and where it starts in the stream."""

    name: str
    hidden: bool
    start: int


@dataclass(frozen=True, slots=True)
class XlsWorkbook:
    """What the sheets of a workbook are read with.

    Parameters
    ----------
    codec
        Of texts of one byte a letter; empty where all texts are Unicode (BIFF8).
    since_1904
        Whether days count from 1904 instead of 1900.
    """

    sheets: tuple[XlsSheetEntry, ...]
    codec: str
    since_1904: bool
    strings: list[str]
    styles: WorkbookStyles


def read_globals(stream: bytes, file: str, limits: Limits) -> XlsWorkbook:
    """Read the first substream of a workbook.

    Raises
    ------
    FileFault
        It is damaged, has a password, macros or links to other files, is of an unknown version or
        goes beyond the limits.
    """
    version = biff.version(stream, 0, file)
    taker = _Globals(version == biff.BIFF8, file, limits)
    for record in biff.records(stream, 0, limits, file):
        taker.take(record)
    return taker.workbook()


class _Globals:
    def __init__(self, unicode: bool, file: str, limits: Limits) -> None:
        self._unicode, self._file, self._limits = unicode, file, limits
        self._codec = "" if unicode else "latin-1"
        self._since_1904 = False
        self._sheets: list[XlsSheetEntry] = []
        self._fonts: list[CellStyle] = []
        self._codes: dict[int, str] = dict(BUILTIN_FORMATS)
        self._formats: list[tuple[int, int]] = []
        self._strings: list[bytes] = []
        self._continues_strings = False
        self._takers = {
            biff.BOUNDSHEET: self._take_sheet,
            biff.CODEPAGE: self._take_page,
            biff.DATEMODE: self._take_epoch,
            biff.FONT: self._take_font,
            biff.FORMAT: self._take_format,
            biff.XF: self._take_cell_format,
        }

    def take(self, record: Record) -> None:
        """Take one record."""
        if record.number == biff.FILEPASS:
            raise locked_package(self._file)
        if record.number == biff.CONTINUE:
            if self._continues_strings:
                self._strings.append(record.content)
            return
        self._continues_strings = record.number == biff.SST
        if self._continues_strings:
            self._strings = [record.content]
            return
        try:
            verify_record(record, self._codec, self._file)
            if taker := self._takers.get(record.number):
                taker(record.content)
        except (struct.error, IndexError) as error:
            raise damaged(self._file, error) from None

    def _take_sheet(self, content: bytes) -> None:
        start, state, kind = struct.unpack_from("<IBB", content)
        if kind not in (_WORKSHEET, *_MACROS):
            return
        name = sized_text(content, 6, self._codec, short=True)
        if kind in _MACROS:
            raise with_macros(self._file, name)
        self._sheets.append(XlsSheetEntry(name, bool(state & 3), start))
        if len(self._sheets) > self._limits.sheets:
            what = Message("The workbook has too many sheets")
            most = self._limits.sheets
            raise too_much(what, f"> {most}", most, self._file)

    def _take_page(self, content: bytes) -> None:
        if not self._unicode:
            self._codec = codec_of(struct.unpack_from("<H", content)[0])

    def _take_epoch(self, content: bytes) -> None:
        self._since_1904 = struct.unpack_from("<H", content)[0] == 1

    def _take_font(self, content: bytes) -> None:
        if len(self._fonts) == 4:
            # No font has the number 4: the format leaves it out.
            self._fonts.append(CellStyle())
        flags, _, weight = struct.unpack_from("<HHH", content, 2)
        name = sized_text(content, 14, self._codec, short=True)
        bold, struck = weight >= _BOLD_WEIGHT, bool(flags & _STRUCK)
        self._fonts.append(CellStyle(font=name, bold=bold, struck=struck))
        self._count(len(self._fonts))

    def _take_format(self, content: bytes) -> None:
        (number,) = struct.unpack_from("<H", content)
        self._codes[number] = sized_text(content, 2, self._codec, short=not self._unicode)
        self._count(len(self._codes))

    def _take_cell_format(self, content: bytes) -> None:
        font, code = struct.unpack_from("<HH", content)
        self._formats.append((font, code))
        self._count(len(self._formats))

    def _count(self, found: int) -> None:
        if found > _MOST_FORMATS:
            what = Message("Too many cell formats")
            raise too_much(what, f"> {_MOST_FORMATS}", _MOST_FORMATS, self._file)

    def workbook(self) -> XlsWorkbook:
        """All that was taken."""
        styles = []
        for font, code in self._formats:
            look = self._fonts[font] if font < len(self._fonts) else CellStyle()
            shown = self._codes.get(code, "General")
            styles.append(CellStyle(shown, look.font, look.bold, look.struck))
        strings = SharedStrings(self._strings, self._limits, self._file).read()
        made = WorkbookStyles.of(styles)
        return XlsWorkbook(tuple(self._sheets), self._codec, self._since_1904, strings, made)
