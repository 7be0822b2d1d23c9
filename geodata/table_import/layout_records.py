"""The table that was found in a sheet: its columns, its rows and what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, Protocol

from geodata.locale_numbers import Notation
from geodata.readers.sheet import CellValue, column_letters

RowRole = Literal["data", "group", "total", "part", "note", "numbering", "header", "other"]
"""What a row is: ``data`` speaks of one unit, ``group`` names the unit above the rows below,
``total`` is a sum, ``part`` breaks down the row above it (``Trong đó: nữ``), ``numbering`` numbers
the columns, ``header`` repeats the header on a later page, ``other`` is none of these and is
reported."""

ColumnRole = Literal[
    "ordinal", "code", "name", "kind", "parent", "indicator", "period", "status", "dimension",
    "x", "y", "value", "text", "empty",
]  # fmt: skip
"""What the cells of a column are: ``code``, ``name``, ``kind`` and ``parent`` tell the unit;
``indicator``, ``period``, ``status`` and ``dimension`` (a code list: sex, crop) tell, in a long
table, what the values beside them are;
``x`` and ``y`` are positions; ``text`` is anything else that is no number."""

NameKind = Literal["unit", "upper_unit", ""]
"""What a text can name: a unit that tables have rows for (commune, village of a dataset), only a
unit above such (district, province), or nothing known."""

DashReading = Literal["missing", "zero"]
"""What a dash in place of a number says: that nothing is known, or that there is none."""

ROWS_APART = 1_000_000
"""Between the row numbers of the sheets of a joined table; more than a sheet has rows."""


_TABLE_NAME = re.compile(
    r"(?P<sheet>[^:]+):(?:(?P<top>[0-9]{1,7})-(?P<end>[0-9]{1,7}))?"
    r":(?P<first>[0-9]{1,7})-(?P<last>[0-9]{1,7})"
)
_MOST_HEADER_ROWS = 30


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell of a table: sheet, row and column, the last two from 1; 0 where none is meant."""

    sheet: str
    row: int = 0
    column: int = 0

    @property
    def address(self) -> str:
        """The cell as spreadsheets name it: ``D17``, ``17`` for a row, ``D`` for a column."""
        letters = column_letters(self.column) if self.column else ""
        return f"{letters}{self.row or ''}"


class UnitNames(Protocol):
    """The names and codes of units of all days, as far as finding a table needs them."""

    def kind_of(self, text: str) -> NameKind:
        """What a cell's text names, by spelling alone, with or without its kind (``Xã``, ``TT``).

        ``unit`` wins where a commune and a district bear the same bare name: which of the two a
        row means is found by adding.
        """
        ...

    def is_code(self, text: str) -> bool:
        """Whether a cell's text is the code of a unit, also one that lost its leading zeros."""
        ...


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table.

    Parameters
    ----------
    number
        Its number in the sheet, from 1.
    path
        The texts of its header from top to bottom, those of merged groups included and repeats left
        out: ``("Hộ nghèo", "Tỷ lệ (%)")``. Line breaks are spaces.
    role
        What its cells are.
    notation
        How its texts write numbers; None where it holds no number as text, or its texts can be read
        in more than one way.
    percent
        Whether its numbers are fractions shown as percentages by the cells' number format.
    hidden
        Whether the spreadsheet program does not show it.
    samples
        Up to three of its filled cells as the file holds them, so that a typed number can be
        told in the reader's language.
    dash
        What a dash in it says; ``zero`` only where the table states it (`TableLayout.dash_note`).
    measure
        The unit of measure that its cells state behind their numbers; that of most where they
        differ, empty where none does.
    """

    number: int
    path: tuple[str, ...]
    role: ColumnRole
    notation: Notation | None = None
    percent: bool = False
    hidden: bool = False
    samples: tuple[CellValue, ...] = ()
    dash: DashReading = "missing"
    measure: str = ""

    @property
    def heading(self) -> str:
        """The header in one line; the column's letters where it has none."""
        return " / ".join(self.path) or column_letters(self.number)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table.

    Parameters
    ----------
    number
        Its number in the sheet, from 1; see `TableLayout.place` for turned and joined tables.
    role
        What it is.
    values
        Its cells from the first column of the sheet on, those merged downwards filled in.
    parent
        The words of the group row it stands under; empty without one.
    hidden
        Whether the spreadsheet program does not show it.
    struck
        Whether its name or all its figures are struck through.
    """

    number: int
    role: RowRole
    values: tuple[CellValue, ...]
    parent: str = ""
    hidden: bool = False
    struck: bool = False

    def value(self, column: int) -> CellValue:
        """The cell of a column, by its number; None beyond the last."""
        return self.values[column - 1] if 0 < column <= len(self.values) else None


@dataclass(frozen=True, slots=True)
class TableLayout:
    """A table found in a sheet.

    Parameters
    ----------
    file, sheet
        Where it stands; a text file's sheet bears the file's name.
    columns
        All columns within the table's width, in order.
    header_rows
        Numbers of the rows that make up the header.
    rows
        All rows from below the header to the last one of the table, in order.
    letterhead
        Texts above the table, line by line.
    foot
        Texts below it, line by line.
    encoding
        The legacy encoding its texts were converted from: ``TCVN3``, ``VNI`` or empty.
    converted_cells
        How many cells were converted.
    score
        How sure the finding is, 0 to 100.
    turned
        Whether units stood across: rows and columns are exchanged, so that a row of the table is a
        column of the sheet.
    sheets
        The sheets of the tables that were joined to this one, a sheet once for each of its tables
        that stand side by side; empty where none were joined. A row of the n-th of them (from 0)
        has the number n times `ROWS_APART` plus that in its sheet.
    shifts
        For each of ``sheets`` how many columns its table stands right of where the first one's
        stands in its sheet.
    dash_note
        The words of the table that say what a dash means; empty where none do.
    joint_cells
        Row and column numbers of all cells that a figure merged over several data rows covers. The
        first of them holds it: one figure for all these rows together, not that of one unit.
    """

    file: str
    sheet: str
    columns: tuple[TableColumn, ...]
    header_rows: tuple[int, ...]
    rows: tuple[TableRow, ...]
    letterhead: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    encoding: str = ""
    converted_cells: int = 0
    score: int = 0
    turned: bool = False
    sheets: tuple[str, ...] = ()
    shifts: tuple[int, ...] = ()
    dash_note: str = ""
    joint_cells: tuple[tuple[int, int], ...] = ()

    def place(self, row: int, column: int = 0) -> CellPlace:
        """The cell of the file that a row and a column of the table mean, by their numbers."""
        if not self.sheets and not self.turned:
            return CellPlace(self.sheet, row, column)
        part, row = divmod(row, ROWS_APART)
        sheet = self.sheets[part] if self.sheets else self.sheet
        if column:
            column += self._shift(part)
        return CellPlace(sheet, column, row) if self.turned else CellPlace(sheet, row, column)

    def row_and_column(self, place: CellPlace) -> tuple[int, int]:
        """Numbers of the row and column of the table that a cell of the file is in; see `place`."""
        row, column = (place.column, place.row) if self.turned else (place.row, place.column)
        if not self.sheets:
            return row, column
        first = self.columns[0].number
        parts = [n for n, sheet in enumerate(self.sheets) if sheet == place.sheet]
        beside = [n for n in parts if column and column - self._shift(n) >= first]
        part = max(beside or parts[:1], key=self._shift, default=0)
        return row + part * ROWS_APART, column - self._shift(part) if column else 0

    def _shift(self, part: int) -> int:
        return self.shifts[part] if self.shifts else 0

    def column(self, role: ColumnRole) -> TableColumn | None:
        """The first column of a role; None without one."""
        return next((each for each in self.columns if each.role == role), None)

    def data_rows(self) -> tuple[TableRow, ...]:
        """The rows that each speak of one unit."""
        return tuple(row for row in self.rows if row.role == "data")


@dataclass(frozen=True, slots=True)
class TableRange:
    """Where a person says that the table stands; rows and columns from 1, both ends included.

    Parameters
    ----------
    header_rows
        The rows of the header; None lets them be found.
    first_row, last_row
        The first and last row below the header; None lets them be found.
    """

    header_rows: tuple[int, ...] | None = None
    first_row: int | None = None
    last_row: int | None = None


@dataclass(frozen=True, slots=True)
class TableChoice:
    """One of several tables of a file that may be meant.

    Parameters
    ----------
    sheet
        Its sheet.
    table
        Where it stands there, so that nothing of it has to be found again.
    """

    sheet: str
    table: TableRange

    @property
    def name(self) -> str:
        """What an answer calls it: ``Biểu 01:5-6:8-45``, its header and its body.

        No sheet has a colon in its name.
        """
        header = self.table.header_rows or ()
        above = f"{header[0]}-{header[-1]}" if header else ""
        return f"{self.sheet}:{above}:{self.table.first_row}-{self.table.last_row}"

    @classmethod
    def called(cls, name: str) -> TableChoice | None:
        """The table of a name; None where it is none."""
        found = _TABLE_NAME.fullmatch(name)
        if found is None:
            return None
        top, end = found["top"], found["end"]
        header = tuple(range(int(top), int(end) + 1)) if top else ()
        table = TableRange(header or None, int(found["first"]), int(found["last"]))
        return cls(found["sheet"], table) if len(header) <= _MOST_HEADER_ROWS else None
