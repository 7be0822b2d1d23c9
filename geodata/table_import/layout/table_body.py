"""The rows of a table: where its body begins and ends below the header."""

from __future__ import annotations

from geodata.table_import.layout.cell_kinds import is_letter, is_roman
from geodata.table_import.layout.header_rows import header_above, is_header_row, is_numbering
from geodata.table_import.layout.row_roles import RowReader
from geodata.table_import.layout_records import RowRole, TableRange, UnitNames


def first_body_row(
    reader: RowReader, rows: range, names: UnitNames, table: TableRange
) -> int | None:
    """Place of the first row below the header; None where no row speaks of a unit.

    Parameters
    ----------
    rows
        Places of the rows in which the table may lie.
    table
        Where a person says that it stands.
    """
    grid = reader.grid
    if table.first_row is not None or table.header_rows:
        header = [number for number in table.header_rows or () if number in grid.index]
        wanted = max(table.first_row or 0, max(header, default=0) + 1)
        return next((row for row in rows if grid.numbers[row] >= wanted), None)
    heading = reader.units.heading_row
    if heading is not None:
        below = (row for row in rows if row > heading)
        first = next((row for row in below if _looks_like_a_unit(reader, row)), None)
    else:
        first = next((row for row in rows if _tells_figures(reader, row, names)), None)
    if first is None and reader.units.known:
        first = next((row for row in rows if _looks_like_a_unit(reader, row)), None)
    if first is None:
        first = next((row for row in rows if _speaks_of_a_unit(reader, row, names)), None)
    while first is not None and first - 1 in rows and _belongs(reader, first - 1):
        first -= 1
    return first


def _speaks_of_a_unit(reader: RowReader, row: int, names: UnitNames) -> bool:
    text = reader.grid.text(row, reader.column)
    others = any(column != reader.column for column, _ in reader.grid.own_cells(row))
    return others and bool(text) and (bool(reader.kinds[text]) or names.is_code(text))


def _tells_figures(reader: RowReader, row: int, names: UnitNames) -> bool:
    """Whether a row names a unit and has figures, as no line of a letterhead does."""
    return reader.has_figures(row) and _speaks_of_a_unit(reader, row, names)


def _looks_like_a_unit(reader: RowReader, row: int) -> bool:
    """Whether a row has a name, known or not, and figures beside it."""
    if not reader.has_figures(row) or is_header_row(reader.grid, row):
        return False
    return reader.role(row) == "data"


def _belongs(reader: RowReader, row: int) -> bool:
    """Whether a row above the first unit is part of the body: a sum, a group, column numbers."""
    if is_numbering(reader.grid, row):
        return True
    role = reader.role(row)
    if role == "group":
        ordinal = reader.ordinal(row)
        lone = len(reader.grid.own_cells(row)) == 1 and reader.grid.gap_before(row + 1) == 0
        return reader.has_figures(row) or is_roman(ordinal) or is_letter(ordinal) or lone
    if role == "data" and reader.kinds[reader.grid.text(row, reader.column)] == "unit":
        return True  # A table of classes may have a sign in place of a value in one row alone.
    unnamed = role == "other" and not reader.name(row)[0]
    if not (role in ("total", "data") or unnamed) or not reader.has_figures(row):
        return False
    return not is_header_row(reader.grid, row)


def header_of(reader: RowReader, rows: range, start: int, table: TableRange) -> tuple[int, ...]:
    """Places of the header's rows; those a person named, or those above the body."""
    grid = reader.grid
    if table.header_rows is not None:
        return tuple(grid.index[number] for number in table.header_rows if number in grid.index)
    while table.first_row is not None and start - 1 in rows and _belongs(reader, start - 1):
        start -= 1
    return header_above(grid, rows, start, reader.column, reader.kinds)


def last_body_row(reader: RowReader, roles: dict[int, RowRole]) -> int:
    """Place of the last row that is of a unit, a sum, or has figures without a name."""
    ends = [
        row
        for row, role in roles.items()
        if role in ("data", "total") or (role != "numbering" and reader.has_figures(row))
    ]
    return max(ends, default=min(roles, default=0))
