"""The tables of a file, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from geodata.readers.sheet import Sheet, cell_text
from geodata.table_import.layout.cell_kinds import split_ordinal
from geodata.table_import.layout.header_rows import (
    header_above,
    header_path,
    is_header_row,
    is_numbering,
)
from geodata.table_import.layout.number_notation import table_notations
from geodata.table_import.layout.page_texts import dash_reading
from geodata.table_import.layout.row_roles import row_role
from geodata.table_import.layout.sheet_grid import SheetGrid, texts_of
from geodata.table_import.layout.unit_column import name_kind, unit_column
from geodata.table_import.layout_records import (
    ColumnRole,
    RowRole,
    TableColumn,
    TableLayout,
    TableRange,
    TableRow,
    UnitNames,
)
from geodata.vietnamese_names import fold

EVERYWHERE = TableRange()
TAKEN_FROM, AHEAD_BY = 75, 20

_HEADINGS: dict[str, ColumnRole] = {
    "stt": "ordinal", "tt": "ordinal", "so tt": "ordinal", "so thu tu": "ordinal",
    "ma": "code", "ma so": "code", "ma xa": "code", "ma don vi": "code", "ma dvhc": "code",
    "chi tieu": "indicator", "ky": "period", "nam": "period", "thoi ky": "period",
    "trang thai": "status", "kinh do": "x", "vi do": "y",
    "huyen": "parent", "huyen cu": "parent", "ten huyen": "parent",
}  # fmt: skip


def find_tables(
    sheets: Sequence[Sheet], file: str, names: UnitNames, table: TableRange = EVERYWHERE
) -> list[TableLayout]:
    """The tables of a file's sheets, the likeliest first.

    Parameters
    ----------
    file
        Name of the file.
    names
        Names and codes of units.
    table
        Where a person says that the table stands.
    """
    found = [_table(SheetGrid.of(sheet), file, names, table) for sheet in sheets if sheet.rows]
    return sorted((each for each in found if each), key=lambda each: -each.score)


def taken(layouts: Sequence[TableLayout]) -> TableLayout | None:
    """The table to take without asking: sure enough, and far ahead of the next; None to ask."""
    if not layouts or layouts[0].score < TAKEN_FROM:
        return None
    clear = len(layouts) == 1 or layouts[0].score - layouts[1].score >= AHEAD_BY
    return layouts[0] if clear else None


def _table(grid: SheetGrid, file: str, names: UnitNames, table: TableRange) -> TableLayout | None:
    column = unit_column(grid, names)
    start = _first_row(grid, column, names, table) if column else None
    if start is None:
        return None
    header = _header(grid, start, table)
    known = [tuple(grid.text(row, each) for each, _ in grid.own_cells(row)) for row in header]
    last = table.last_row or grid.numbers[-1]
    body = [row for row in range(start, len(grid.rows)) if grid.numbers[row] <= last]
    roles = {row: row_role(grid, row, column, names, known) for row in body}
    end = max((row for row in body if roles[row] in ("data", "total")), default=start)
    body = [row for row in body if row <= end]
    letterhead = texts_of(grid, range(header[0] if header else start))
    foot = texts_of(grid, range(end + 1, len(grid.rows)))
    dash, note = dash_reading((*letterhead, *foot))
    columns = _columns(grid, header, body, roles, column)
    return TableLayout(
        file=file,
        sheet=grid.name,
        columns=tuple(replace(each, dash=dash) for each in columns),
        header_rows=tuple(grid.numbers[row] for row in header),
        rows=_rows(grid, body, roles, column),
        letterhead=letterhead,
        foot=foot,
        score=_score(grid, header, {row: roles[row] for row in body}, column, names),
        dash_note=note,
    )


def _first_row(grid: SheetGrid, column: int, names: UnitNames, table: TableRange) -> int | None:
    """Place of the first row below the header."""
    if table.first_row is not None:
        wanted = table.first_row
        return next((row for row, number in enumerate(grid.numbers) if number >= wanted), None)
    first = next(
        (row for row in range(len(grid.rows)) if _speaks_of_a_unit(grid, row, column, names)), None
    )
    while first and not is_header_row(grid, first - 1) and _belongs(grid, first - 1, column, names):
        first -= 1
    return first


def _speaks_of_a_unit(grid: SheetGrid, row: int, column: int, names: UnitNames) -> bool:
    text = grid.text(row, column)
    others = [kind for each, kind in grid.own_cells(row) if each != column]
    return bool(others) and (bool(name_kind(text, names)) or names.is_code(text))


def _belongs(grid: SheetGrid, row: int, column: int, names: UnitNames) -> bool:
    """Whether a row above the first unit is part of the body: a sum, a group, column numbers."""
    if is_numbering(grid, row):
        return True
    return row_role(grid, row, column, names, ()) in ("total", "group")


def _header(grid: SheetGrid, start: int, table: TableRange) -> tuple[int, ...]:
    if table.header_rows is not None:
        return tuple(grid.index[number] for number in table.header_rows if number in grid.index)
    return header_above(grid, start)


def _columns(
    grid: SheetGrid,
    header: Sequence[int],
    body: Sequence[int],
    roles: dict[int, RowRole],
    name: int,
) -> list[TableColumn]:
    data = [row for row in body if roles[row] == "data"]
    filled = {each for row in (*header, *data) for each, _ in grid.own_cells(row)}
    numbers = range(min(filled, default=1), max(filled, default=0) + 1)
    cells = {each: [grid.value(row, each) for row in data] for each in numbers}
    kinds = {each: [grid.kind(row, each) for row in data] for each in numbers}
    written = {
        each: (
            [cell_text(v) for v, k in zip(cells[each], kinds[each], strict=True)
             if k == "number" and isinstance(v, str)],
            [float(v) for v in cells[each] if isinstance(v, int | float)],
        )
        for each in numbers
    }  # fmt: skip
    notations = table_notations(written)
    found = []
    for each in numbers:
        path = header_path(grid, header, each)
        texts = islice(filter(None, map(cell_text, cells[each])), 3)
        role = "name" if each == name else _role(path, kinds[each])
        hidden = each in grid.hidden_columns
        percent = _shown_as_percent(grid, data, each)
        samples = tuple(texts)
        found.append(TableColumn(each, path, role, notations[each], percent, hidden, samples))
    return found


def _shown_as_percent(grid: SheetGrid, data: Sequence[int], column: int) -> bool:
    """Whether most typed numbers of a column are fractions shown as percentages."""
    typed = [row for row in data if isinstance(grid.value(row, column), int | float)]
    shown = sum(grid.style(row, column).percent for row in typed)
    return bool(typed) and 2 * shown > len(typed)


def _role(path: Sequence[str], kinds: Sequence[str]) -> ColumnRole:
    by_heading = _HEADINGS.get(fold(path[-1])) if path else None
    if by_heading:
        return by_heading
    figures = sum(kind in ("number", "marker") for kind in kinds)
    others = sum(kind not in ("number", "marker", "empty") for kind in kinds)
    if not figures and not others:
        return "empty"
    return "value" if figures > others else "text"


def _rows(
    grid: SheetGrid, body: Sequence[int], roles: dict[int, RowRole], column: int
) -> tuple[TableRow, ...]:
    parent, found = "", []
    for row in body:
        role, number = roles[row], grid.numbers[row]
        if role == "group":
            parent = split_ordinal(grid.text(row, column))[1]
        above = parent if role == "data" else ""
        values = tuple(grid.rows[row])
        struck = grid.style(row, column).struck
        hidden = number in grid.hidden_rows
        found.append(TableRow(number, role, values, above, hidden, struck))
    return tuple(found)


def _score(
    grid: SheetGrid,
    header: Sequence[int],
    roles: dict[int, RowRole],
    column: int,
    names: UnitNames,
) -> int:
    """How sure the finding is, 0 to 100.

    The share of data rows that name a unit counts 60, a header 25, the share of rows that are
    understood 10, a sheet that is shown 5.
    """
    data = [row for row, role in roles.items() if role == "data"]
    if not data:
        return 0
    texts = [grid.text(row, column) for row in data]
    named = sum(bool(name_kind(t, names)) or names.is_code(t) for t in texts) / len(data)
    understood = sum(role != "other" for role in roles.values()) / len(roles)
    return round(60 * named + 25 * bool(header) + 10 * understood + 5 * (not grid.hidden))
