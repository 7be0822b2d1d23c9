"""How sure it is that a table was found, 0 to 100."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geodata.table_import.layout.column_headings import names_villages, speaks_of_units
from geodata.table_import.layout.row_levels import Levels
from geodata.table_import.layout.sheet_grid import SheetGrid
from geodata.table_import.layout.table_columns import ColumnCells
from geodata.table_import.layout.unit_column import NameKinds, UnitColumn
from geodata.table_import.layout_records import TableColumn, UnitNames
from geodata.vietnamese_names import fold

_UNITS, _NUMBERS, _HEADER, _CLOSED, _SUMS, _TITLE, _SHOWN = 35, 20, 15, 10, 10, 5, 5
_WITHOUT_FIGURES = 40
"""The most for a table without a figure: there is nothing to take."""
_PERSONS = 40
"""The most for a list of persons: only figures of units are taken."""
_ALONE = 75
"""The most for a table of one row."""
_WITHOUT_HEADER = 70
"""The most for a table that does not say what its columns are."""
_UNKNOWN = 40
"""The most for a table none of whose names is known, below a heading that speaks of no unit."""
_NEW_VILLAGES = 0.8
_REPEATED, _MIXED = 30, 10
_TITLE_WORDS = re.compile(
    r"\b(?:biểu|bảng|phụ lục|danh sách|tổng hợp|thống kê|số liệu|báo cáo|đơn vị tính|đvt|kết quả"
    r"|tình hình|chỉ tiêu|kế hoạch|năm 20\d\d|table|statistics|indicators)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"(?:ho (?:va )?ten|ho ten)(?: .*)?|(?:ngay|ngay thang|nam|ngay thang nam) sinh(?: .*)?|tuoi"
    r"|(?:so )?(?:cccd|cmnd|cmt|can cuoc|can cuoc cong dan|dinh danh ca nhan)(?: .*)?|gioi tinh"
    r"|(?:so )?(?:dien thoai|sdt)(?: .*)?|dan toc|que quan|noi sinh|chu ho|ten chu ho"
    r"|(?:full |last |first )name|date of birth|phone(?: number)?|gender"
)
_TELEPHONE = re.compile(r"(?:số )?đt(?: .*)?", re.IGNORECASE)
"""Without its mark it is ``DT (ha)``, an area."""
_SERIES = ("period", "status", "indicator", "kind", "parent", "code", "text")


@dataclass(frozen=True, slots=True)
class ScoredTable:
    """What the score of a table looks at.

    Parameters
    ----------
    grid, units
        The sheet and the column of its units.
    header
        Places of the header's rows.
    levels
        Roles of the rows of the body.
    columns
        Its columns.
    cells
        The cells of its rows of units, by column.
    letterhead
        The texts above it.
    """

    grid: SheetGrid
    units: UnitColumn
    header: Sequence[int]
    levels: Levels
    columns: Sequence[TableColumn]
    cells: Mapping[int, ColumnCells]
    letterhead: Sequence[str]


def table_score(table: ScoredTable, kinds: NameKinds, names: UnitNames) -> int:
    """How sure the finding is.

    Rows that name a unit count 35, columns of figures 20, a header complete and without two alike
    15, rows that are understood 10, totals that add up 10, words of a title 5, a sheet that is
    shown 5. Units of two levels and units that stand twice take away; a table without figures,
    a list of persons and a single row have no high score.
    """
    roles = table.levels.roles
    data = [row for row, role in roles.items() if role == "data"]
    values = [c for c in table.columns if _tells(table, c) and not _personal(c)]
    if not data:
        return 0
    texts = [table.grid.text(row, table.units.number) for row in data]
    known = _known(texts, kinds, names)
    path = next((c.path for c in table.columns if c.number == table.units.number), ())
    if names_villages(path):
        known = max(known, _NEW_VILLAGES)
    points = (
        _UNITS * known
        + _NUMBERS * _coherent(table, values)
        + _HEADER * _headed(table.header, table.columns)
        + _CLOSED * sum(role != "other" for role in roles.values()) / len(roles)
        + _SUMS * _adding(table.levels.sums)
        + _TITLE * bool(_TITLE_WORDS.search(" ".join((*table.letterhead, table.grid.name))))
        + _SHOWN * (not table.grid.hidden)
        - _REPEATED * _repeated(table, data)
        - _MIXED * _mixed(texts, kinds)
    )
    if not known and not speaks_of_units(path):
        points = min(points, _UNKNOWN)
    return round(max(0.0, min((points, *_bounds(table, len(data), values)))))


def _bounds(table: ScoredTable, rows: int, values: Sequence[TableColumn]) -> Iterable[float]:
    persons = sum(map(_personal, table.columns))
    cells = [table.cells[column.number] for column in values]
    if not any(each.figures or (_words(table, each) and not persons) for each in cells):
        yield _WITHOUT_FIGURES
    if rows == 1:
        yield _ALONE
    if not table.header:
        yield _WITHOUT_HEADER
    if persons >= 2:
        yield _PERSONS


def _personal(column: TableColumn) -> bool:
    """Whether a heading speaks of persons: their names, birthdays, numbers."""
    heading = column.path[-1] if column.path else ""
    return bool(_PERSONAL.fullmatch(fold(heading)) or _TELEPHONE.fullmatch(heading))


def _known(texts: Sequence[str], kinds: NameKinds, names: UnitNames) -> float:
    """The share of rows that name a unit."""
    return sum(bool(kinds[text]) or names.is_code(text) for text in texts) / len(texts)


def _tells(table: ScoredTable, column: TableColumn) -> bool:
    """Whether a column holds figures, or words that may be classes."""
    if column.role == "text":
        return _words(table, table.cells[column.number])
    return column.role in ("value", "x", "y")


def _words(table: ScoredTable, cells: ColumnCells) -> bool:
    """Whether cells may name classes; those of a long table say beside them what they tell."""
    return cells.classes or any(column.role == "indicator" for column in table.columns)


def _coherent(table: ScoredTable, values: Sequence[TableColumn]) -> float:
    """The share of figures among the filled cells of columns of figures; all words of classes."""
    cells = [table.cells[column.number] for column in values if column.role != "text"]
    if not cells:
        return 1.0 if values else 0.0
    figures = sum(each.figures for each in cells)
    filled = figures + sum(each.others for each in cells)
    return figures / filled if filled else 0.0


def _headed(header: Sequence[int], columns: Sequence[TableColumn]) -> float:
    """The share of filled columns with a header of their own."""
    filled = [column for column in columns if column.role != "empty"]
    if not header or not filled:
        return 0.0
    paths = Counter(column.path for column in filled)
    return sum(bool(path) and count == 1 for path, count in paths.items()) / len(filled)


def _adding(sums: tuple[int, int]) -> float:
    """The share of sums that add up; a half where there are none."""
    stated, right = sums
    return right / stated if stated else 0.5


def _repeated(table: ScoredTable, data: Sequence[int]) -> float:
    """The share of rows that say nothing but what another row says too, but for their figures."""
    told = [
        table.units.number,
        *(column.number for column in table.columns if column.role in _SERIES),
    ]
    parents = [table.levels.parents.get(row, "") for row in data]
    keys = zip(parents, *(table.cells[column].values for column in told), strict=True)
    return 1 - len(set(keys)) / len(data)


def _mixed(texts: Sequence[str], kinds: NameKinds) -> float:
    """How far the rows name units of two levels: 1 where as many are upper units as others."""
    upper = sum(kinds[text] == "upper_unit" for text in texts)
    return 2 * min(upper, len(texts) - upper) / len(texts)
