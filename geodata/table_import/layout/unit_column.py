"""The column that names the unit of each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from geodata.table_import.layout.cell_kinds import split_ordinal
from geodata.table_import.layout.cell_values import split_mark
from geodata.table_import.layout.column_headings import names_units, names_villages
from geodata.table_import.layout.header_rows import header_path
from geodata.table_import.layout.sheet_grid import SheetGrid
from geodata.table_import.layout_records import NameKind, UnitNames

_LONGEST_NAME = 80
_MOST_LOOKED_AT = 400
_ROWS_ABOVE = 60
"""Rows within which a header is looked for where no name is known."""


@dataclass(frozen=True, slots=True)
class UnitColumn:
    """The column that names the unit of each row.

    Parameters
    ----------
    number
        Its number in the sheet.
    role
        ``code`` where units are told by codes alone.
    known
        How many different names or codes of units it holds, among the rows looked at; names of
        upper units count half.
    heading_row
        Place of the row whose heading told the column; None where names or codes did.
    parents
        Numbers of columns that name the units above.
    """

    number: int
    role: Literal["name", "code"] = "name"
    known: float = 0.0
    heading_row: int | None = None
    parents: tuple[int, ...] = ()


def name_kind(text: str, names: UnitNames) -> NameKind:
    """What a cell's text names, without the ordinal before it and the footnote mark behind it."""
    if not text or len(text) > _LONGEST_NAME:
        return ""
    bare = split_mark(text)[0]
    kind = names.kind_of(bare)
    if kind:
        return kind
    rest = split_ordinal(bare)[1]
    return names.kind_of(rest) if rest != bare else ""


class NameKinds(dict[str, NameKind]):
    """What texts name, looked up once for each different text."""

    def __init__(self, names: UnitNames) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, text: str) -> NameKind:
        kind = self[text] = name_kind(text, self._names)
        return kind


def unit_column(
    grid: SheetGrid, rows: range, columns: range, kinds: NameKinds, names: UnitNames
) -> UnitColumn | None:
    """The column with the most different names, else codes, of units.

    Where none is known, it is the one whose heading says that names of units stand below it. At
    most 400 rows, spread evenly, are looked at.
    """
    if not rows:
        return None
    some = list(grid.sampled(rows[0], rows[-1], _MOST_LOOKED_AT))
    named = columns_of_names(grid, rows, columns, kinds)
    if named:
        return max(named, key=lambda found: found.known)
    return _code_column(grid, columns, names, some) or _headed_column(grid, rows, columns)


def columns_of_names(
    grid: SheetGrid, rows: range, columns: range, kinds: NameKinds
) -> list[UnitColumn]:
    """The columns that hold names of units."""
    some = list(grid.sampled(rows[0], rows[-1], _MOST_LOOKED_AT)) if rows else []
    found = (_known_names(grid, some, column, kinds) for column in columns)
    return [each for each in found if each.known]


def _known_names(grid: SheetGrid, rows: Sequence[int], column: int, kinds: NameKinds) -> UnitColumn:
    texts = {grid.text(row, column) for row in rows if grid.kind(row, column) == "label"}
    units = sum(kinds[text] == "unit" for text in texts)
    uppers = sum(kinds[text] == "upper_unit" for text in texts)
    return UnitColumn(column, "name", units + uppers / 2)


def _code_column(
    grid: SheetGrid, columns: range, names: UnitNames, rows: Sequence[int]
) -> UnitColumn | None:
    """The first column nearly all of whose cells are codes."""
    for column in columns:
        texts = {grid.text(row, column) for row in rows if grid.kind(row, column) == "number"}
        codes = {text for text in texts if names.is_code(text)}
        if len(codes) > 1 and len(codes) >= 0.9 * len(texts):
            return UnitColumn(column, "code", len(codes))
    return None


def _headed_column(grid: SheetGrid, rows: range, columns: range) -> UnitColumn | None:
    for row in rows[:_ROWS_ABOVE]:
        labels = [each for each, kind in grid.own_cells(row) if kind in ("label", "total")]
        if len(labels) < 2:
            continue
        for column in labels:
            if column in columns and names_units((grid.text(row, column),)):
                return UnitColumn(column, heading_row=row)
    return None


def first_text_column(grid: SheetGrid, rows: range, columns: range) -> UnitColumn | None:
    """The first column most of whose filled cells are different labels.

    Where a person says where a table stands, it needs no known names.
    """
    for column in columns:
        filled = {row: grid.text(row, column) for row in rows if grid.text(row, column)}
        labels = {
            text for row, text in filled.items() if grid.kind(row, column) in ("label", "total")
        }
        if 2 * len(labels) > len(filled):
            return UnitColumn(column)
    return None


def village_column(
    grid: SheetGrid, header: Sequence[int], rows: range, columns: range, units: UnitColumn
) -> UnitColumn:
    """The column of villages, where each row is one and the column of known names their communes.

    Villages of a dataset are often not known by name before their table comes in.
    """
    if units.role == "code" or names_villages(header_path(grid, header, units.number)):
        return units
    some = list(grid.sampled(rows[0], rows[-1], _MOST_LOOKED_AT))
    communes = {grid.text(row, units.number) for row in some}
    for column in columns:
        if column == units.number or not names_villages(header_path(grid, header, column)):
            continue
        labels = [grid.text(row, column) for row in some if grid.kind(row, column) == "label"]
        if len(labels) >= len(communes):
            return UnitColumn(column, known=units.known, parents=(units.number,))
    return units
