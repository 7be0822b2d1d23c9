"""A sheet of a table file: the rows that hold something, with the numbers they have in the file."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from geodata.errors import FileFault
from geodata.i18n import Message
from geodata.readers.limits import Limits, too_much
from geodata.vietnamese_names import normalise

CellValue = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
"""What a cell holds: text as written, or the value a spreadsheet typed; None for nothing."""

MOST_UNWORKED = 1_000
"""Formulas without a result that are listed; a sheet with more was never worked out at all."""

_POWER_OF_TEN = 1e21
"""From here on a number is written with a power of ten: nobody counts the zeros of 1e308."""
_MOST_MARKS = 30
"""Combining marks in a row; the Stream-Safe Text Format (Unicode UAX #15, 13) allows as many."""


@dataclass(frozen=True, slots=True)
class CellRange:
    """A rectangle of cells that were merged; rows and columns from 1, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell looks, as far as it says what the cell means.

    Parameters
    ----------
    number_format
        As spreadsheet programs write it: ``0.0%``, ``00000``, ``dd/mm/yyyy``.
    font
        Name of the font; ``.VnTime`` and ``VNI-Times`` tell encodings of before Unicode.
    bold, struck
        Whether the text is bold, and whether it is struck through.
    """

    number_format: str = "General"
    font: str = ""
    bold: bool = False
    struck: bool = False

    @property
    def percent(self) -> bool:
        """Whether a fraction is shown as a percentage."""
        return "%" in re.sub(r'"[^"]*"|\\.', "", self.number_format)


@dataclass(frozen=True, slots=True)
class UnworkedFormula:
    """A formula whose result the file does not hold; its cell reads as empty."""

    row: int
    column: int
    formula: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number in the file, from 1, and its cells from the first column on.

    Cells after the last that holds something are left out.

    Parameters
    ----------
    styles
        For each cell the place of its style among those of the sheet; empty where the format has
        no styles. See `Sheet.style`.
    """

    number: int
    values: tuple[CellValue, ...]
    styles: tuple[int, ...] = ()

    def texts(self) -> list[str]:
        """The cells as text; see `cell_text`."""
        return [cell_text(value) for value in self.values]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A bounded sheet.

    Parameters
    ----------
    name
        Name of the sheet; that of the file, without suffix, for CSV.
    rows
        Ascending; rows without content are left out.
    merged
        Merged cells; the value stands in the first.
    hidden_rows, hidden_columns
        Numbers of what the spreadsheet program does not show: hidden, filtered out or folded away.
    hidden
        Whether the sheet itself is not shown.
    styles
        The different styles of the cells; see `SheetRow.styles`.
    unworked
        Formulas without a result.
    encoding
        The encoding of before Unicode that texts were converted from: ``TCVN3``, ``VNI``,
        ``windows-1258``; empty without one.
    converted_cells
        How many cells were converted.
    """

    name: str
    rows: tuple[SheetRow, ...]
    merged: tuple[CellRange, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    styles: tuple[CellStyle, ...] = (CellStyle(),)
    unworked: tuple[UnworkedFormula, ...] = ()
    encoding: str = ""
    converted_cells: int = 0

    def style(self, row: SheetRow, column: int) -> CellStyle:
        """The style of a cell of a row, by the column's number from 1."""
        known = 0 < column <= len(row.styles)
        return self.styles[row.styles[column - 1]] if known else _PLAIN


_PLAIN = CellStyle()


@lru_cache(maxsize=2048)
def column_letters(number: int) -> str:
    """A column as spreadsheets name it: 1 is ``A``, 28 is ``AB``."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_text(value: CellValue) -> str:
    """A cell as text: NFC, white space made single, whole numbers without a decimal point."""
    kind = type(value)
    if kind is int:
        return str(value)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < _POWER_OF_TEN
        return str(int(value)) if whole else str(value)
    return normalise(str(value))


@dataclass
class RowCollector:
    """Takes rows one by one and refuses the first that goes beyond the limits.

    Parameters
    ----------
    file
        Name of the file, for messages.
    """

    file: str
    limits: Limits
    rows: list[SheetRow] = field(default_factory=list)
    _cells: int = 0
    _characters: int = 0

    def add(self, number: int, values: Sequence[CellValue], styles: Sequence[int] = ()) -> None:
        """Keep one row; blank ones are left out.

        Parameters
        ----------
        styles
            As in `SheetRow`; as many as there are values, or none.

        Raises
        ------
        FileFault
            The row is too far down or too wide, a text in it is too long, or the file holds too
            many cells or too much text.
        """
        width = last_filled(values)
        if not width:
            return
        where = f"{self.file}:{number}"
        if number > self.limits.rows:
            raise too_many_rows(where, f"> {self.limits.rows}", self.limits)
        if width > self.limits.columns:
            raise too_many_columns(where, width, self.limits)
        filled = values[:width]
        for column, value in enumerate(filled, 1):
            if type(value) is str and value:
                self._count_text(number, column, value)
        self._cells += width - filled.count(None) - filled.count("")
        if self._cells > self.limits.cells:
            raise too_many_cells(where, self.limits)
        self.rows.append(SheetRow(number, tuple(filled), tuple(styles[:width])))

    def _count_text(self, row: int, column: int, text: str) -> None:
        self._characters += len(text)
        if len(text) > min(_MOST_MARKS, self.limits.cell_characters):
            verify_text(f"{self.file}:{row} {column_letters(column)}", text, self.limits)
        if self._characters > self.limits.characters:
            where = f"{self.file}:{row}"
            what = Message("The file holds too much text")
            most = self.limits.characters
            raise too_much(what, f"> {most}", most, where)


def last_filled(values: Sequence[CellValue]) -> int:
    """Number of the last cell that holds something; 0 without any."""
    width = len(values)
    while width and (values[width - 1] is None or values[width - 1] == ""):
        width -= 1
    return width


def verify_text(where: str, text: str, limits: Limits) -> None:
    """Refuse a text that is too long, or whose marks would take minutes to put in order."""
    if len(text) > limits.cell_characters:
        what = Message("The text of a cell is too long")
        remedy = Message("Shorten the cell")
        raise too_much(what, len(text), limits.cell_characters, where, remedy)
    if not text.isascii() and len(text) > _MOST_MARKS and _mark_run().search(text):
        raise FileFault(
            Message("Too many marks on one letter"),
            found=text,
            remedy=Message("Write the cell anew"),
            where=where,
        )


@cache
def _mark_run() -> re.Pattern[str]:
    marks = "".join(c for c in map(chr, range(0x300, 0x1F000)) if unicodedata.combining(c))
    return re.compile(f"[{re.escape(marks)}]{{{_MOST_MARKS + 1}}}")


def too_many_rows(where: str, found: object, limits: Limits) -> FileFault:
    """The fault for a table that is too long, or has something far below."""
    what = Message("The table has too many rows")
    remedy = Message("Make one file for each commune, or delete the cells far below the table")
    return too_much(what, found, limits.rows, where, remedy)


def too_many_columns(where: str, found: object, limits: Limits) -> FileFault:
    """The fault for a table that is too wide, or has something far to the right."""
    what = Message("The table has too many columns")
    remedy = Message(
        "Keep the columns that are needed, delete the cells far to the right of the table"
    )
    return too_much(what, found, limits.columns, where, remedy)


def too_many_cells(where: str, limits: Limits) -> FileFault:
    """The fault for a table with too many cells."""
    what = Message("The table has too many cells")
    return too_much(what, f"> {limits.cells}", limits.cells, where)


def twice(names: Iterable[str]) -> list[str]:
    """The names, other than the empty one, that stand more than once; sorted."""
    seen: set[str] = set()
    again: set[str] = set()
    for name in names:
        if name:
            (again if name in seen else seen).add(name)
    return sorted(again)


def unworked_formula(where: str, formula: UnworkedFormula) -> FileFault:
    """The fault for a formula without a result, which must not pass for an empty cell.

    Parameters
    ----------
    where
        The file, and the sheet where there are several.
    """
    return FileFault(
        Message("A formula has no result yet"),
        found=formula.formula,
        remedy=Message("Open the file in Excel or LibreOffice, save it, and load it again"),
        where=f"{where}:{formula.row} {column_letters(formula.column)}",
    )
