"""A sheet of a workbook of Excel 5 to 2003, read record by record within its limits."""

from __future__ import annotations

import struct
from collections.abc import Callable

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from geodata.i18n import Message
from geodata.readers import xls_records as biff
from geodata.readers.limits import Limits, damaged, too_much
from geodata.readers.number_formats import shown_code
from geodata.readers.sheet import (
    CellRange,
    CellValue,
    RowCollector,
    column_letters,
    too_many_cells,
    too_many_columns,
    too_many_rows,
)
from geodata.readers.xls_globals import XlsWorkbook
from geodata.readers.xls_links import verify_record
from geodata.readers.xls_records import Record
from geodata.readers.xls_strings import byte_text, sized_text, wide_text

_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_MOST_MERGED = 100_000
_OF_LINKS = (biff.EXTERNSHEET, biff.QUERY_TABLE)
_ROW_HIDDEN, _COLUMN_HIDDEN, _ALL_HIDDEN = 0x20, 0x01, 0x02
_NO_HEIGHT = 0x8000


class XlsSheetReader:
    """Takes the records of a sheet.

    Parameters
    ----------
    where
        File, and sheet where there are several, for messages.
    """

    def __init__(self, where: str, limits: Limits, book: XlsWorkbook) -> None:
        self.merged: list[CellRange] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._where, self._limits, self._book = where, limits, book
        self._epoch = MAC_EPOCH if book.since_1904 else WINDOWS_EPOCH
        self._rows: dict[int, tuple[list[CellValue], list[int]]] = {}
        self._cells = 0
        self._awaited: tuple[int, int, int] | None = None
        self._listed_rows: set[int] = set()
        self._hide_rest = False
        self._takers: dict[int, Callable[[bytes], None]] = {
            biff.NUMBER: self._take_number,
            biff.RK: self._take_rk,
            biff.MULRK: self._take_many,
            biff.LABELSST: self._take_shared,
            biff.LABEL: self._take_label,
            biff.RSTRING: self._take_label,
            biff.BOOLERR: self._take_flag,
            biff.FORMULA: self._take_formula,
            biff.STRING: self._take_result,
            biff.ROW: self._take_row,
            biff.COLINFO: self._take_columns,
            biff.DEFAULT_ROW: self._take_default,
            biff.MERGED: self._take_merged,
        }

    def take(self, record: Record) -> None:
        """Take one record; those that say nothing of cells are passed over.

        Raises
        ------
        FileFault
            It is damaged, names another file or a query, or goes beyond the limits.
        """
        try:
            if taker := self._takers.get(record.number):
                taker(record.content)
            elif record.number in _OF_LINKS:
                verify_record(record, self._book.codec, self._where)
        except (struct.error, IndexError) as error:
            raise damaged(self._where, error) from None

    def collector(self) -> RowCollector:
        """The rows in their order."""
        collector = RowCollector(self._where, self._limits)
        if self._hide_rest:
            self.hidden_rows |= self._rows.keys() - self._listed_rows
        for number in sorted(self._rows):
            collector.add(number, *self._rows.pop(number))
        return collector

    def _keep(self, row: int, column: int, cell_format: int, value: CellValue) -> None:
        """Keep a cell; row and column from 0, as the format counts."""
        where = f"{self._where}:{row + 1} {column_letters(column + 1)}"
        if row >= self._limits.rows:
            raise too_many_rows(where, row + 1, self._limits)
        if column >= self._limits.columns:
            raise too_many_columns(where, column + 1, self._limits)
        self._cells += 1
        if self._cells > self._limits.cells:
            raise too_many_cells(where, self._limits)
        values, places = self._rows.setdefault(row + 1, ([], []))
        gap = column + 1 - len(values)
        values.extend([None] * gap)
        places.extend([0] * gap)
        values[column] = value
        places[column] = self._book.styles.of_format(cell_format)

    def _keep_number(self, row: int, column: int, cell_format: int, number: float) -> None:
        styles = self._book.styles
        place = styles.of_format(cell_format)
        whole = number.is_integer() and abs(number) < 1e15
        value: CellValue = int(number) if whole else number
        if place in styles.dates:
            try:
                value = from_excel(value, self._epoch, timedelta=place in styles.spans)
            except (OverflowError, ValueError):
                value = "#VALUE!"
        else:
            value = shown_code(value, styles.digits.get(place, 0))
        self._keep(row, column, cell_format, value)

    def _take_number(self, content: bytes) -> None:
        self._keep_number(*struct.unpack_from("<HHHd", content))

    def _take_rk(self, content: bytes) -> None:
        row, column, cell_format, packed = struct.unpack_from("<HHHI", content)
        self._keep_number(row, column, cell_format, rk_number(packed))

    def _take_many(self, content: bytes) -> None:
        row, first = struct.unpack_from("<HH", content)
        for n in range((len(content) - 6) // 6):
            cell_format, packed = struct.unpack_from("<HI", content, 4 + 6 * n)
            self._keep_number(row, first + n, cell_format, rk_number(packed))

    def _take_shared(self, content: bytes) -> None:
        row, column, cell_format, place = struct.unpack_from("<HHHI", content)
        if text := self._book.strings[place]:
            self._keep(row, column, cell_format, text)

    def _take_label(self, content: bytes) -> None:
        row, column, cell_format = struct.unpack_from("<HHH", content)
        if text := sized_text(content, 6, self._book.codec, short=False):
            self._keep(row, column, cell_format, text)

    def _take_flag(self, content: bytes) -> None:
        row, column, cell_format, value, is_error = struct.unpack_from("<HHHBB", content)
        found = _ERRORS.get(value, "#VALUE!") if is_error else bool(value)
        self._keep(row, column, cell_format, found)

    def _take_formula(self, content: bytes) -> None:
        row, column, cell_format = struct.unpack_from("<HHH", content)
        result = content[6:14]
        self._awaited = None
        if len(result) < 8:
            raise struct.error("FORMULA")
        if result[6:] != b"\xff\xff":
            self._keep_number(row, column, cell_format, struct.unpack("<d", result)[0])
        elif result[0] == 0:
            self._awaited = row, column, cell_format
        elif result[0] in (1, 2):
            code = result[2]
            found = bool(code) if result[0] == 1 else _ERRORS.get(code, "#VALUE!")
            self._keep(row, column, cell_format, found)

    def _take_result(self, content: bytes) -> None:
        """The text that the formula before gives."""
        if self._awaited is None:
            return
        length = struct.unpack_from("<H", content)[0]
        codec = self._book.codec
        text = byte_text(content[2 : 2 + length], codec) if codec else wide_text(content, 2, length)
        if text:
            self._keep(*self._awaited, text)
        self._awaited = None

    def _take_row(self, content: bytes) -> None:
        row, _, _, height = struct.unpack_from("<4H", content)
        (flags,) = struct.unpack_from("<H", content, 12)
        self._listed_rows.add(row + 1)
        if (flags & _ROW_HIDDEN or height & ~_NO_HEIGHT == 0) and row < self._limits.rows:
            self.hidden_rows.add(row + 1)

    def _take_columns(self, content: bytes) -> None:
        first, last, width, _, flags = struct.unpack_from("<5H", content)
        if flags & _COLUMN_HIDDEN or not width:
            last = min(last, self._limits.columns - 1)
            self.hidden_columns.update(range(first + 1, last + 2))

    def _take_default(self, content: bytes) -> None:
        self._hide_rest = bool(struct.unpack_from("<H", content)[0] & _ALL_HIDDEN)

    def _take_merged(self, content: bytes) -> None:
        (count,) = struct.unpack_from("<H", content)
        if len(self.merged) + count > _MOST_MERGED:
            what = Message("Too many merged cells")
            raise too_much(what, f"> {_MOST_MERGED}", _MOST_MERGED, self._where)
        for n in range(count):
            top, bottom, left, right = struct.unpack_from("<4H", content, 2 + 8 * n)
            self.merged.append(CellRange(top + 1, left + 1, bottom + 1, right + 1))


def rk_number(packed: int) -> float:
    """The number packed in 30 bits, whole or the upper part of a double, a hundredth or not."""
    if packed & 2:
        whole = packed >> 2
        number = float(whole - (1 << 30) if whole & (1 << 29) else whole)
    else:
        (number,) = struct.unpack("<d", struct.pack("<Q", (packed & ~3) << 32))
    return number / 100 if packed & 1 else number
