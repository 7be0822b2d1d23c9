"""A sheet of an OpenDocument spreadsheet, read cell by cell within its limits."""

from __future__ import annotations

import datetime as dt
import re

from geodata.i18n import Message
from geodata.readers.limits import Limits, damaged, too_much
from geodata.readers.number_formats import shown_code
from geodata.readers.ods_styles import OdsStyles, plain_attributes
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
from geodata.readers.xml_parts import PartReader

_DURATION = re.compile(r"(-)?PT([0-9]{1,6})H([0-9]{1,2})M([0-9]{1,2})(?:[.,]([0-9]{1,9}))?S")
_NOT_OF_THE_CELL = frozenset({"annotation", "frame", "custom-shape", "shapes", "dde-links", "note"})
"""Elements within a table whose texts are not those of the cell they stand in."""

_MOST_REPEATED = 20_000_000
_MOST_MERGED = 100_000
_LONGEST_FORMULA = 200
_MOST_ROW_ELEMENTS = 10
"""Times the rows that a sheet may hold: as many row elements, most of them empty, are read."""
_UNSEEN = ("collapse", "filter")


class OdsSheetReader(PartReader):
    """Takes the elements of ``content.xml`` and keeps the cells of one table.

    Parameters
    ----------
    where
        File, and sheet where there are several, for messages.
    place
        The table's place among the tables, from 0.
    """

    def __init__(self, where: str, limits: Limits, place: int, styles: OdsStyles) -> None:
        super().__init__(where, limits)
        self.collector = RowCollector(where, limits)
        self.merged: list[CellRange] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.unworked: list[UnworkedFormula] = []
        self.styles, self._wanted = styles, place
        self._tables = -1
        self._row_elements = 0
        self._nested = self._passed = 0
        self._row = self._column = self._columns = 0
        self._repeated_rows = self._repeated_cells = 1
        self._values: list[CellValue] = []
        self._places: list[int] = []
        self._cell: dict[str, str] = {}
        self._paragraphs: list[list[str]] = []
        self._length = 0
        self._folded = 0
        self._groups: list[bool] = []

    def take_start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if name == "table":
            self._nested += 1
            self._tables += self._nested == 1
        if not self._wanted_here():
            return
        if self._passed or name in _NOT_OF_THE_CELL:
            self._passed += 1
            return
        if name == "p":
            self._paragraphs.append([])
        elif name in ("s", "tab", "line-break"):
            self._take_space(name, plain_attributes(attributes))
        elif name in ("table-cell", "covered-table-cell"):
            self._start_cell(plain_attributes(attributes))
        elif name == "table-row":
            self._start_row(plain_attributes(attributes))
        elif name == "table-column":
            self._take_columns(plain_attributes(attributes))
        elif name in ("table-row-group", "table-column-group"):
            folded = plain_attributes(attributes).get("display") == "false"
            self._groups.append(folded)
            self._folded += folded

    def _wanted_here(self) -> bool:
        return self._nested == 1 and self._tables == self._wanted

    def take_end(self, name: str) -> None:
        """Take the end of an element."""
        if self._wanted_here():
            if self._passed:
                self._passed -= 1
            elif name in ("table-cell", "covered-table-cell"):
                self._end_cell()
            elif name == "table-row":
                self._end_row()
            elif name in ("table-row-group", "table-column-group") and self._groups:
                self._folded -= self._groups.pop()
        if name == "table":
            self._nested -= 1

    def text(self, piece: str) -> None:
        """Take a piece of a paragraph."""
        if self._passed or not self._paragraphs or not self._wanted_here():
            return
        self._paragraphs[-1].append(piece)
        self._length += len(piece)
        if self._length > self.limits.cell_characters:
            what = Message("The text of a cell is too long")
            most = self.limits.cell_characters
            remedy = Message("Shorten the cell")
            raise too_much(what, f"> {most}", most, self._place(), remedy)

    def _take_space(self, name: str, plain: dict[str, str]) -> None:
        if self._paragraphs:
            count = self._number(plain, "c") if name == "s" else 1
            self.text(" " * min(count, self.limits.cell_characters) if name == "s" else "\n")

    def _number(self, plain: dict[str, str], name: str) -> int:
        """A count of repetitions; at least one."""
        written = plain.get(name, "1")
        if not (written.isascii() and written.isdigit()) or len(written) > 9:
            raise damaged(self.where, f"{name}={written}")
        return min(max(int(written), 1), _MOST_REPEATED)

    def _take_columns(self, plain: dict[str, str]) -> None:
        count = self._number(plain, "number-columns-repeated")
        if self._folded or plain.get("visibility") in _UNSEEN:
            last = min(self._columns + count, self.limits.columns)
            self.hidden_columns.update(range(self._columns + 1, last + 1))
        self._columns += count

    def _start_row(self, plain: dict[str, str]) -> None:
        self._row_elements += 1
        if self._row_elements > _MOST_ROW_ELEMENTS * self.limits.rows:
            raise too_many_rows(self._place(), f"> {self._row_elements - 1}", self.limits)
        self._repeated_rows = self._number(plain, "number-rows-repeated")
        if self._folded or plain.get("visibility") in _UNSEEN:
            last = min(self._row + self._repeated_rows, self.limits.rows)
            self.hidden_rows.update(range(self._row + 1, last + 1))
        self._row += 1
        self._column, self._values, self._places = 0, [], []

    def _start_cell(self, plain: dict[str, str]) -> None:
        self._column += 1
        self._repeated_cells = self._number(plain, "number-columns-repeated")
        self._cell, self._paragraphs, self._length = plain, [], 0

    def _end_cell(self) -> None:
        plain = self._cell
        value = self._value(plain)
        place = self.styles.place.get(plain.get("style-name", ""), 0)
        if "formula" in plain and "value-type" not in plain and value is None:
            self._keep_unworked(plain["formula"])
        if value is not None and value != "":
            last = self._column + self._repeated_cells - 1
            if last > self.limits.columns:
                raise too_many_columns(self._place(), last, self.limits)
            gap = self._column - 1 - len(self._values)
            self._values.extend([None] * gap)
            self._places.extend([0] * gap)
            value = shown_code(value, self.styles.digits.get(place, 0))
            self._values.extend([value] * self._repeated_cells)
            self._places.extend([place] * self._repeated_cells)
        self._merge(plain)
        self._column += self._repeated_cells - 1
        self._paragraphs = []

    def _value(self, plain: dict[str, str]) -> CellValue:
        kind = plain.get("value-type", "")
        text = "\n".join("".join(pieces) for pieces in self._paragraphs)
        try:
            if kind in ("float", "percentage", "currency"):
                number = float(plain["value"])
                return int(number) if number.is_integer() and abs(number) < 1e15 else number
            if kind == "boolean":
                return plain["boolean-value"] == "true"
            if kind == "date":
                return dt.datetime.fromisoformat(plain["date-value"])
            if kind == "time":
                return _duration(plain["time-value"])
        except (KeyError, ValueError, OverflowError) as error:
            raise damaged(self._place(), error) from None
        return plain.get("string-value", text)[: self.limits.cell_characters + 1] or None

    def _keep_unworked(self, formula: str) -> None:
        if len(self.unworked) >= MOST_UNWORKED:
            raise unworked_formula(self.where, self.unworked[0])
        shown = "=" + formula.partition("=")[2][:_LONGEST_FORMULA]
        self.unworked.append(UnworkedFormula(self._row, self._column, shown))

    def _merge(self, plain: dict[str, str]) -> None:
        down = self._number(plain, "number-rows-spanned")
        across = self._number(plain, "number-columns-spanned")
        if down == across == 1:
            return
        if len(self.merged) >= _MOST_MERGED:
            what = Message("Too many merged cells")
            raise too_much(what, f"> {_MOST_MERGED}", _MOST_MERGED, self.where)
        bottom, right = self._row + down - 1, self._column + across - 1
        self.merged.append(CellRange(self._row, self._column, bottom, right))

    def _end_row(self) -> None:
        count = self._repeated_rows
        if self._values:
            last = self._row + count - 1
            if last > self.limits.rows:
                raise too_many_rows(f"{self.where}:{self._row}", last, self.limits)
            for number in range(self._row, last + 1):
                self.collector.add(number, self._values, self._places)
        self._row += count - 1

    def _place(self) -> str:
        return f"{self.where}:{self._row} {column_letters(self._column)}"


def _duration(written: str) -> dt.timedelta:
    match = _DURATION.fullmatch(written)
    if match is None:
        raise ValueError(written)
    sign, hours, minutes, seconds, rest = match.groups()
    span = dt.timedelta(
        hours=int(hours),
        minutes=int(minutes),
        seconds=int(seconds),
        microseconds=int((rest or "0").ljust(6, "0")[:6]),
    )
    return -span if sign else span
