"""A worksheet of an XLSX workbook, read cell by cell within its limits (ECMA-376 part 1, 18.3).

Where the sheet ends is seen from the cells that hold something; what it declares is not believed,
and formatted cells without content cost nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from geodata.i18n import Message
from geodata.readers.limits import Limits, damaged, too_much
from geodata.readers.number_formats import shown_code
from geodata.readers.sheet import (
    MOST_UNWORKED,
    CellRange,
    CellValue,
    RowCollector,
    UnworkedFormula,
    column_letters,
    too_many_columns,
    too_many_rows,
    unworked_formula,
)
from geodata.readers.xlsx_parts import WorkbookParts
from geodata.readers.xml_parts import PartReader

_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_MOST_COLUMNS = 16_384
_MOST_REMEMBERED = 100_000
"""Merged ranges of a sheet."""

_MOST_DIGITS = 18
"""Digits up to which a whole number is read as one."""

_SHOWN_OF_A_FORMULA = 200
_YES = ("1", "true")


class SheetReader(PartReader):
    """Takes the elements of a worksheet.

    Parameters
    ----------
    where
        File, and sheet where there are several, for messages.
    parts
        The workbook the sheet is of.
    """

    def __init__(self, where: str, limits: Limits, parts: WorkbookParts) -> None:
        super().__init__(where, limits)
        self.collector = RowCollector(where, limits)
        self.merged: list[CellRange] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.unworked: list[UnworkedFormula] = []
        self._parts = parts
        self._epoch = MAC_EPOCH if parts.since_1904 else WINDOWS_EPOCH
        self._row = self._column = 0
        self._values: list[CellValue] = []
        self._styles: list[int] = []
        self._hide_rows = False
        self._kind = ""
        self._style = 0
        self._style_of: dict[str, int] = {}
        self._pieces: list[str] = []
        self._formula: list[str] | None = None
        self._length = 0
        self._taking = self._phonetic = self._in_formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        # Half a million cells come this way: what is counted for each is counted here.
        self.elements += 1
        self.depth += 1
        if self.elements > self.limits.elements or self.depth > self.limits.depth:
            self.verify_count()
        if name == "c":
            self._start_cell(attributes)
            return
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in ("v", "t"):
            self._taking = not self._phonetic
        elif name == "c":
            self._start_cell(attributes)
        elif name == "f":
            self._formula, self._taking, self._in_formula = [], True, True
        elif name == "row":
            self._start_row(attributes)
        elif name == "rPh":
            self._phonetic = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and _is_hidden(attributes, "width"):
            last = min(int(attributes["max"]), _MOST_COLUMNS)
            self.hidden_columns.update(range(int(attributes["min"]), last + 1))
        elif name == "sheetFormatPr":
            self._hide_rows = attributes.get("zeroHeight") in _YES

    def text(self, piece: str) -> None:
        """Take a piece of a value or formula."""
        if not self._taking:
            return
        if self._in_formula:
            if self._formula is not None and len(self._formula) < 2:
                self._formula.append(piece[:_SHOWN_OF_A_FORMULA])
            return
        self._pieces.append(piece)
        self._length += len(piece)
        if self._length > self.limits.cell_characters:
            what = Message("The text of a cell is too long")
            most = self.limits.cell_characters
            remedy = Message("Shorten the cell")
            raise too_much(what, f"> {most}", most, self._place(), remedy)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self.depth -= 1
        if name == "c":
            self._end_cell()
            return
        if ":" in name:
            name = name.rpartition(":")[2]
        if name in ("v", "t"):
            self._taking = False
        elif name == "c":
            self._end_cell()
        elif name == "f":
            self._taking = self._in_formula = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "row" and self._values:
            self.collector.add(self._row, self._values, self._styles)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        row = int(number) if number else self._row + 1
        if row <= self._row:
            raise damaged(self.where, f"row {row} after row {self._row}")
        self._row, self._column, self._values, self._styles = row, 0, [], []
        hidden = _is_hidden(attributes, "ht") or (self._hide_rows and "ht" not in attributes)
        if hidden and row <= self.limits.rows:
            self.hidden_rows.add(row)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        self._column = _number_of(place.rstrip("0123456789")) if place else self._column + 1
        self._kind = attributes.get("t", "n")
        written = attributes.get("s", "")
        style = self._style_of.get(written)
        if style is None:
            style = self._style_of[written] = self._parts.styles.of_format(int(written or 0))
        self._style = style
        self._formula, self._pieces, self._length = None, [], 0

    def _end_cell(self) -> None:
        pieces = self._pieces
        written = pieces[0] if len(pieces) == 1 else "".join(pieces)
        if not written:
            if self._formula is not None and self._kind != "str":
                self._keep_unworked()
            return
        if self._row > self.limits.rows:
            raise too_many_rows(self._place(), self._row, self.limits)
        if self._column > self.limits.columns:
            raise too_many_columns(self._place(), self._column, self.limits)
        try:
            value = self._value(written)
        except (ValueError, IndexError) as error:
            raise damaged(self._place(), error) from None
        gap = self._column - len(self._values)
        if gap == 1:
            self._values.append(value)
            self._styles.append(self._style)
        else:
            self._keep_apart(value, gap)

    def _keep_apart(self, value: CellValue, gap: int) -> None:
        """Keep a cell that stands ``gap`` columns after the last, or before its end."""
        if gap <= 0:
            self._values[self._column - 1] = value
            self._styles[self._column - 1] = self._style
            return
        self._values.extend([None] * (gap - 1))
        self._styles.extend([0] * (gap - 1))
        self._values.append(value)
        self._styles.append(self._style)

    def _value(self, written: str) -> CellValue:
        kind = self._kind
        if kind == "s":
            place = int(written)
            if place < 0:
                raise IndexError(written)
            return self._parts.strings[place]
        if kind == "n":
            return self._number(written)
        if kind == "b":
            return written == "1"
        if kind == "d":
            return dt.datetime.fromisoformat(written)
        return written

    def _number(self, written: str) -> CellValue:
        # Spreadsheets keep numbers as doubles; more digits are none, and may be no double at all.
        fraction = "." in written or "e" in written or "E" in written or len(written) > _MOST_DIGITS
        number = float(written) if fraction else int(written)
        styles = self._parts.styles
        if self._style not in styles.dates:
            digits = styles.digits.get(self._style)
            return shown_code(number, digits) if digits else number
        try:
            span = self._style in styles.spans
            day: CellValue = from_excel(number, self._epoch, timedelta=span)
        except (OverflowError, ValueError):
            return "#VALUE!"
        return day

    def _merge(self, reference: str) -> None:
        match = _RANGE.fullmatch(reference)
        if match is None:
            return
        if len(self.merged) >= _MOST_REMEMBERED:
            what = Message("Too many merged cells")
            raise too_much(what, f"> {_MOST_REMEMBERED}", _MOST_REMEMBERED, self.where)
        left, top, right, bottom = match.groups()
        self.merged.append(CellRange(int(top), _number_of(left), int(bottom), _number_of(right)))

    def _place(self) -> str:
        return f"{self.where}:{self._row} {column_letters(self._column)}"

    def _keep_unworked(self) -> None:
        """A formula whose result was never worked out must not pass for an empty cell."""
        formula = UnworkedFormula(self._row, self._column, "=" + "".join(self._formula or []))
        self.unworked.append(formula)
        if len(self.unworked) > MOST_UNWORKED:
            raise unworked_formula(self.where, formula)


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    """Whether a row or column is hidden, or of no size."""
    return attributes.get("hidden") in _YES or attributes.get(size) == "0"


@cache
def _number_of(letters: str) -> int:
    """The number of a column by its letters; ``A`` is 1."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = 26 * number + ord(letter) - 64
    if not 1 <= number <= _MOST_COLUMNS:
        raise ValueError(letters)
    return number
