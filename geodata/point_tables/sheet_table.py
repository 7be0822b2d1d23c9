"""A sheet of a list as rows: the header found in it, and what is no row of the list set apart.

Forms of offices have a letterhead above, headers of several rows, a row that numbers the columns,
headings of groups, totals, and signatures below.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from geodata.errors import FileFault
from geodata.i18n import Localised, Message
from geodata.point_tables.headings import ORDINAL_HEADINGS, ListVocabulary
from geodata.readers.sheet import (
    CellRange,
    CellValue,
    Sheet,
    SheetRow,
    cell_text,
    column_letters,
    last_filled,
)
from geodata.vietnamese_names import fold

_ROWS_ABOVE = 60
"""Rows within which the header must begin."""

_ROWS_OF_A_HEADER = 4
_MOST_SHOWN = 12
_LONGEST_TOLD = 300
"""Characters of a cell from which a total or a note is told."""

_NUMBERING = re.compile(r"\(?(?:[A-Za-z]|[0-9]{1,2})\)?(?:\s*=[0-9=+/*:x()%\s-]{1,40})?")
_TOTAL = re.compile(
    r"(?:i+ |iv |v )?(?:tong(?: cong| so)?|cong|toan (?:xa|phuong|tinh|huyen|thi tran|dac khu)|"
    r"tong (?:cong |so )?toan .{1,40})"
)
_DECIMAL = re.compile("[0-9]{1,7}[.,][0-9]+")
_YEARS = range(1900, 2101)
_GROUP_ORDINAL = re.compile(r"[IVXLC]{1,6}\.?|[A-Z]\.?")
_COMMUNE = re.compile(r"(?:xa|phuong|thi tran|dac khu) .+")
_FOOT = re.compile(
    r"(?:nguoi lap|ky ghi ro|ky ten|ghi ro ho ten|chu tich|pho chu tich|thu truong|ke toan|tm |"
    r"kt |ghi chu|nguon|noi nhan|xac nhan|(?:.{1,30} )?ngay .{0,9}thang ).*"
)


@dataclass(frozen=True, slots=True)
class SheetTable:
    """The table of a sheet.

    Parameters
    ----------
    columns
        A name for each column with a heading, with its number in the sheet.
    paths
        The headings of each column from top to bottom, by its name.
    header_row
        Number of the first row of the header.
    rows
        The rows of the list, with the heading of the group each stands under.
    totals
        Rows that sum the others up.
    apart
        What was set apart, for the report.
    above
        The texts above the header: letterhead and title.
    """

    columns: dict[str, int]
    paths: dict[str, tuple[str, ...]]
    header_row: int
    rows: tuple[tuple[SheetRow, str], ...]
    totals: tuple[SheetRow, ...]
    apart: tuple[Localised, ...]
    above: tuple[str, ...] = ()


def find_table(
    sheet: Sheet, file: str, vocabulary: ListVocabulary, named: Collection[str] = ()
) -> SheetTable | None:
    """The table of a sheet; None where the sheet is blank.

    Parameters
    ----------
    named
        Headings a person has named; the header is then the first row that has them all, if any has.

    Raises
    ------
    FileFault
        A row of it has more cells than its header.
    """
    rows = [row for row in sheet.rows if any(row.texts())]
    if not rows:
        return None
    top = rows[:_ROWS_ABOVE][-1].number + _ROWS_OF_A_HEADER
    merged = tuple(each for each in sheet.merged if each.first_row <= top)
    start, depth = _header(replace(sheet, merged=merged), rows, vocabulary, named)
    header = rows[start : start + depth]
    paths = _paths(sheet, header)
    columns, by_name = _named_columns(paths)
    sorter = _Sorter(columns, by_name, file, vocabulary)
    for row in _filled_down(sheet, rows[start + depth :], header[-1].number):
        sorter.take(row)
    return SheetTable(
        columns,
        by_name,
        header[0].number,
        tuple(sorter.listed()),
        tuple(sorter.totals),
        tuple(sorter.notes()),
        tuple(text for row in rows[:start] for text in row.texts() if text),
    )


def _header(
    sheet: Sheet, rows: Sequence[SheetRow], words: ListVocabulary, named: Collection[str]
) -> tuple[int, int]:
    """Place and number of rows of the header; the first row where none is recognised."""
    wanted = set(named) - {""}
    for place, row in enumerate(rows[:_ROWS_ABOVE]):
        if wanted and wanted <= set(row.texts()):
            return place, 1
    for place, row in enumerate(rows[:_ROWS_ABOVE]):
        if _holds_numbers(row):
            continue
        depth = _depth(sheet, rows, place, words)
        paths = _paths(sheet, rows[place : place + depth])
        if any(words.field_of(path) == "name" for path in paths.values()):
            return place, depth
    return 0, 1


def _depth(sheet: Sheet, rows: Sequence[SheetRow], place: int, words: ListVocabulary) -> int:
    """How many rows a header has that begins with this one, as its merged cells tell."""
    number = rows[place].number
    merged = [each for each in sheet.merged if each.first_row == number]
    last = max((each.last_row for each in merged if each.last_column < 500), default=number)
    depth = sum(number <= row.number <= last for row in rows[place : place + _ROWS_OF_A_HEADER])
    if depth > 1 or place + 1 >= len(rows):
        return max(depth, 1)
    return 2 if _continues(rows[place], rows[place + 1], words) else 1


def _continues(upper: SheetRow, lower: SheetRow, words: ListVocabulary) -> bool:
    """Whether a row without merged cells goes on with the header above it."""
    above, below = upper.texts(), lower.texts()
    names = [n for n, text in enumerate(above) if words.field_of((text,)) == "name"]
    free = all(n >= len(below) or not below[n] for n in names)
    fields = any(words.field_of((text,)) for text in below)
    return bool(names) and free and fields and not _holds_numbers(lower)


def _holds_numbers(row: SheetRow) -> bool:
    """Whether a row has numbers other than years, which no row of a header has."""
    return any(
        bool(_DECIMAL.fullmatch(value))
        if isinstance(value, str)
        else isinstance(value, int | float) and value not in _YEARS
        for value in row.values
    )


def _paths(sheet: Sheet, header: Sequence[SheetRow]) -> dict[int, tuple[str, ...]]:
    """The headings of each column from top to bottom, merged ones written out."""
    width = max((last_filled(row.values) for row in header), default=0)
    numbers = [row.number for row in header]
    inside = [r for r in sheet.merged if r.first_row <= numbers[-1] and r.last_row >= numbers[0]]
    width = max([width, *(min(r.last_column, 500) for r in inside if r.first_row in numbers)])
    grid = [[*row.texts(), *[""] * (width - len(row.values))] for row in header]
    for upper, lower in pairwise(grid):
        _reach_right(upper, lower)
    for each in inside:
        for place, row in enumerate(header):
            if each.first_row == row.number:
                text = grid[place][each.first_column - 1] if each.first_column <= width else ""
                last = min(each.last_column, width)
                grid[place][each.first_column - 1 : last] = [text] * (last - each.first_column + 1)
    return {
        column: tuple(dict.fromkeys(line[column - 1] for line in grid if line[column - 1]))
        for column in range(1, width + 1)
    }


def _reach_right(upper: list[str], lower: list[str]) -> None:
    """Write a label over blanks to its right as far as the row below has labels."""
    for column in range(1, len(upper)):
        if not upper[column] and lower[column] and lower[column - 1]:
            upper[column] = upper[column - 1]


def _named_columns(
    paths: dict[int, tuple[str, ...]],
) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
    """A name for each column: its last heading, with those above where that is not enough."""
    last = Counter(path[-1] for path in paths.values() if path)
    whole = Counter(path for path in paths.values() if path)
    columns: dict[str, int] = {}
    by_name: dict[str, tuple[str, ...]] = {}
    for column, path in paths.items():
        if not path:
            continue
        name = path[-1] if last[path[-1]] == 1 else " / ".join(path)
        if whole[path] > 1 or name in columns:
            name = f"{name} ({column_letters(column)})"
        columns[name], by_name[name] = column, path
    return columns, by_name


def _filled_down(sheet: Sheet, rows: Sequence[SheetRow], header: int) -> Iterator[SheetRow]:
    """The rows below the header, with the values of cells that were merged downwards over them."""
    beginning: dict[int, list[CellRange]] = {}
    for each in sheet.merged:
        if each.first_row > header and each.last_row > each.first_row:
            beginning.setdefault(each.first_row, []).append(each)
    reaching: dict[int, tuple[int, CellValue]] = {}
    for row in rows:
        values = list(row.values)
        for column, (last, value) in reaching.items():
            if row.number <= last and (column > len(values) or values[column - 1] is None):
                values.extend([None] * (column - len(values)))
                values[column - 1] = value
        for each in beginning.get(row.number, ()):
            if each.first_column <= len(row.values):
                value = row.values[each.first_column - 1]
                reaching[each.first_column] = each.last_row, value
        yield SheetRow(row.number, tuple(values), row.styles)


@dataclass
class _Sorter:
    """Tells the rows of the list from the other rows of a sheet."""

    columns: dict[str, int]
    paths: dict[str, tuple[str, ...]]
    file: str
    vocabulary: ListVocabulary
    totals: list[SheetRow] = field(default_factory=list)
    _rows: list[tuple[SheetRow, str]] = field(default_factory=list)
    _apart: dict[str, list[SheetRow]] = field(default_factory=dict)
    _group: str = ""

    def __post_init__(self) -> None:
        fields = {name: self.vocabulary.field_of(path) for name, path in self.paths.items()}
        self._name = next((self.columns[n] for n, f in fields.items() if f == "name"), 0)
        ordinal = (self.columns[n] for n in self.columns if fold(n) in ORDINAL_HEADINGS)
        self._ordinal = next(ordinal, 0)
        self._values = [
            self.columns[name] for name, found in fields.items() if found in self.vocabulary.telling
        ]
        self._width = max(self.columns.values(), default=0)
        self._header = [" ".join(path) for path in self.paths.values()]

    def take(self, row: SheetRow) -> None:
        """Take one row below the header."""
        role = self._role(row)
        if role:
            self._apart.setdefault(role, []).append(row)
        if role == "total":
            self.totals.append(row)
        elif role == "group":
            self._group = self._first_text(row, after_ordinal=True)
        elif not role:
            width = last_filled(row.values)
            if width > self._width:
                what = Message("A row has more cells than the header")
                where = f"{self.file}:{row.number}"
                raise FileFault(what, str(width), (str(self._width),), where=where)
            self._rows.append((row, self._group))

    def _cell(self, row: SheetRow, column: int) -> str:
        return cell_text(row.values[column - 1]) if 0 < column <= len(row.values) else ""

    def _first_text(self, row: SheetRow, *, after_ordinal: bool = False) -> str:
        texts = [self._cell(row, n) for n in range(1, len(row.values) + 1)]
        if after_ordinal and self._ordinal and _GROUP_ORDINAL.fullmatch(texts[self._ordinal - 1]):
            texts[self._ordinal - 1] = ""
        return next((text for text in texts if text), "")

    def _role(self, row: SheetRow) -> str:
        """What a row is; empty for a row of the list."""
        if not self._name:
            return ""
        texts = [text for text in row.texts() if text]
        first = fold(self._first_text(row)[:_LONGEST_TOLD])
        name = fold(self._cell(row, self._name)[:_LONGEST_TOLD])
        if not self._rows and _numbers_columns(texts):
            return "numbering"
        if " ".join(texts) in (" ".join(self._header), " ".join(h for h in self._header if h)):
            return "header"
        if _TOTAL.fullmatch(first) or _TOTAL.fullmatch(name):
            return "total"
        if any(self._cell(row, column) for column in self._values):
            return ""
        ordinal = self._cell(row, self._ordinal)
        if self._values and (
            _GROUP_ORDINAL.fullmatch(ordinal) or self._names_commune(row, ordinal)
        ):
            return "group"
        if not name and not ordinal.isdigit():
            return "foot"
        return "foot" if _FOOT.fullmatch(name) else ""

    def _names_commune(self, row: SheetRow, ordinal: str) -> bool:
        alone = len([text for text in row.texts() if text]) == 1 + bool(ordinal)
        return alone and bool(_COMMUNE.fullmatch(fold(self._cell(row, self._name))))

    def listed(self) -> Iterator[tuple[SheetRow, str]]:
        """The rows of the list; those below the last with a value or an ordinal are none.

        A list without numbers and ordinals keeps all of its rows.
        """
        counted = [bool(self._cell(r, self._ordinal)) or self._counts(r) for r, _ in self._rows]
        last = max((n for n, each in enumerate(counted) if each), default=len(counted) - 1)
        for place, pair in enumerate(self._rows):
            if place <= last:
                yield pair
            else:
                self._apart.setdefault("foot", []).append(pair[0])

    def _counts(self, row: SheetRow) -> bool:
        return any(self._cell(row, column) for column in self._values)

    def notes(self) -> Iterator[Localised]:
        """What was set apart, by what it is."""
        for role, rows in self._apart.items():
            shown = [f"{r.number} ({_shown(r.values)})" for r in rows[:_MOST_SHOWN]]
            text = ", ".join([*shown, *["…"] * (len(rows) > _MOST_SHOWN)])
            yield _NOTES[role](text)


def _numbers_columns(texts: Sequence[str]) -> bool:
    """Whether a row holds nothing but letters and numbers of columns: ``A``, ``1``, ``4=3/2``."""
    if len(texts) < 2 or not all(map(_NUMBERING.fullmatch, texts)):
        return False
    numbers = [int(found[0]) for text in texts if (found := re.search("[0-9]+", text))]
    return bool(numbers) and numbers == sorted(set(numbers)) and numbers[0] <= 3


_NOTES: dict[str, Callable[[str], Message]] = {
    "numbering": lambda rows: Message("A row that numbers the columns: {rows}", rows=rows),
    "header": lambda rows: Message("The header again: {rows}", rows=rows),
    "total": lambda rows: Message("Totals, used to check the rows: {rows}", rows=rows),
    "group": lambda rows: Message("Headings of groups, set apart: {rows}", rows=rows),
    "foot": lambda rows: Message("Notes and signatures, set apart: {rows}", rows=rows),
}


def _shown(values: Sequence[CellValue]) -> str:
    texts = [text for text in map(cell_text, values) if text]
    return " | ".join(texts)[:60]
