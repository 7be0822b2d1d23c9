"""The rows of a table's header, and the path of texts above each column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from geodata.table_import.layout.cell_kinds import is_column_number, is_year, whole_number
from geodata.table_import.layout.sheet_grid import FIGURE_KINDS, SheetGrid

MOST_HEADER_ROWS = 6
_MONTHS = frozenset(map(str, range(1, 13)))
_OF_MONTHS = re.compile(r"(?:các |theo )?(?:tháng|quý|tuần|months?|quarters?)(?!\w)")
_TITLE = re.compile(r"[^:]{1,40}:\s*\S.*|(?:biểu|bảng|phụ lục|mẫu)\s.*")
# "ĐVT: ha" stands above a table, "ĐVT" alone heads a column of units of measure.
_LETTERHEAD = re.compile(r"(?:đơn vị tính|đvt)\s*:|cộng hòa xã hội|độc lập|ủy ban nhân dân|biểu ")


def is_numbering(grid: SheetGrid, row: int) -> bool:
    """Whether a row numbers the columns: ``A | B | 1 | 2 | 4=3/2``."""
    texts = grid.own_texts(row)
    if len(texts) < 2 or not all(map(is_column_number, texts)) or _numbers_months(grid, row):
        return False
    firsts = [text.split("=")[0].strip(" ()[]") for text in texts]
    numbers = [n for n in map(whole_number, firsts) if n is not None]
    return bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def is_header_row(grid: SheetGrid, row: int) -> bool:
    """Whether a row may be part of a header: labels, years and months, no other numbers.

    A line of a letterhead is none.
    """
    cells = [(column, kind) for column, kind in grid.own_cells(row)]
    texts = [grid.text(row, column).lower() for column, _ in cells]
    if not cells or (not grid.turned and any(map(_LETTERHEAD.match, texts))):
        return False
    figures = [column for column, kind in cells if kind in FIGURE_KINDS]
    if any(kind == "long" for _, kind in cells):
        return False
    years = all(is_year(grid.value(row, column)) for column in figures)
    if not years and not _numbers_months(grid, row):
        return False
    columns = {column for column, _ in cells}
    covered = {area.first_column for area in grid.merged_in(row)
               if area.last_row > area.first_row}  # fmt: skip
    return len(columns | covered) >= 2


def _numbers_months(grid: SheetGrid, row: int) -> bool:
    """Whether the figures of a row number the months or quarters that a label above speaks of."""
    if not row:
        return False
    figures = [column for column, kind in grid.own_cells(row) if kind == "number"]
    if not figures or not all(grid.text(row, n) in _MONTHS for n in figures):
        return False
    return all(_OF_MONTHS.match(_label_above(grid, row - 1, n).lower()) for n in figures)


def _label_above(grid: SheetGrid, row: int, column: int) -> str:
    """The label of a row that a column lies under: its own, that of a merged cell, or one left."""
    area = grid.merged_at(row, column)
    if area is not None:
        return grid.text(row, area.first_column)
    labels = (grid.text(row, each) for each in range(column, 0, -1))
    return next(filter(None, labels), "")


def header_above(
    grid: SheetGrid, rows: range, first_body_row: int, name: int, kinds: Mapping[str, str]
) -> tuple[int, ...]:
    """Places of the header's rows above the first row of the body; empty without a header.

    Parameters
    ----------
    rows
        Places of the rows in which it may lie.
    name
        Number of the column that names the units.
    kinds
        What texts name.
    """
    found: list[int] = []
    row = first_body_row - 1
    while (
        row in rows
        and len(found) < MOST_HEADER_ROWS
        and (is_header_row(grid, row) or _ends_header(grid, rows, row, name))
    ):
        if _is_title(grid, row, name, kinds):
            break
        found.append(row)
        if grid.gap_before(row):
            break
        row -= 1
    return tuple(reversed(found))


def _is_title(grid: SheetGrid, row: int, name: int, kinds: Mapping[str, str]) -> bool:
    """Whether a row says what a table is about: ``Huyện Sìn Hồ``, ``Kỳ báo cáo: 2025``."""
    if any(area.first_column < area.last_column for area in grid.merged_in(row)):
        return False
    texts = (grid.text(row, column) for column, _ in grid.own_cells(row) if column <= name)
    return any(_TITLE.fullmatch(text.lower()) or kinds[text] for text in texts)


def _ends_header(grid: SheetGrid, rows: range, row: int, name: int) -> bool:
    """Whether a row of one label, a unit of measure say, belongs to the header above it."""
    cells = grid.own_cells(row)
    if len(cells) != 1 or grid.gap_before(row) or row - 1 not in rows:
        return False
    column, kind = cells[0]
    return kind == "label" and column > name and is_header_row(grid, row - 1)


def header_path(grid: SheetGrid, rows: Sequence[int], column: int) -> tuple[str, ...]:
    """The texts above a column from top to bottom, merged groups included, repeats left out."""
    path = [grid.above[column]] if column in grid.above else []
    for place, row in enumerate(rows):
        text = _header_text(grid, row, column) or _group_text(grid, rows, place, column)
        if text and (not path or path[-1] != text):
            path.append(text)
    return tuple(path)


def _header_text(grid: SheetGrid, row: int, column: int) -> str:
    """A cell of a header as text; a date as its number format shows it."""
    value = grid.value(row, column)
    if not isinstance(value, dt.date):
        return grid.text(row, column)
    shown = grid.style(row, column).number_format.lower()
    if "d" in shown or "y" not in shown:
        return value.strftime("%d/%m/%Y")
    return value.strftime("%m/%Y" if "m" in shown else "%Y")


def _group_text(grid: SheetGrid, rows: Sequence[int], place: int, column: int) -> str:
    """The text of the group that a cell without text lies under."""
    row = rows[place]
    area = grid.merged_at(row, column)
    if area is not None:
        first = grid.index.get(area.first_row)
        return grid.text(first, area.first_column) if first is not None else ""
    if any(each.first_column != each.last_column for each in grid.merged_in(row)):
        return ""  # a sheet that merges its groups merges all of them
    lower = rows[place + 1 :]
    if not any(grid.text(below, column) for below in lower):
        return ""
    for left in range(column - 1, 0, -1):
        if text := grid.text(row, left):
            return text if any(grid.text(below, left) for below in lower) else ""
    return ""
