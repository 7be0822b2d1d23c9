"""The tables of a file, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geodata.readers.sheet import Sheet
from geodata.table_import.layout.joined_tables import joined
from geodata.table_import.layout.sheet_grid import SheetGrid
from geodata.table_import.layout.sheet_tables import EVERYWHERE, tables_of_sheet
from geodata.table_import.layout.unit_column import NameKinds
from geodata.table_import.layout_records import TableLayout, TableRange, UnitNames

TAKEN_FROM, AHEAD_BY, OFFERED_FROM, MOST_OFFERED = 75, 20, 45, 3


def find_tables(
    sheets: Sequence[Sheet], file: str, names: UnitNames, table: TableRange = EVERYWHERE
) -> list[TableLayout]:
    """The tables of a file's sheets, the likeliest first.

    Those that stand below each other under the same header are one. Those on several sheets, or
    side by side, are joined to one where their units differ; it is then for a person to confirm
    this (`TableLayout.sheets`).

    Parameters
    ----------
    file
        Name of the file.
    names
        Names and codes of units.
    table
        Where a person says that the table stands.
    """
    kinds = NameKinds(names)
    parts = [
        part
        for sheet in sheets
        if sheet.rows
        for part in tables_of_sheet(SheetGrid.of(sheet), kinds, names, table)
    ]
    found = [replace(layout, file=file) for layout in joined(parts, kinds)]
    return sorted(found, key=lambda each: -each.score)


def taken(layouts: Sequence[TableLayout]) -> TableLayout | None:
    """The table to take without asking: sure enough, and far ahead of the next; None to ask."""
    if not layouts or layouts[0].score < TAKEN_FROM:
        return None
    clear = len(layouts) == 1 or layouts[0].score - layouts[1].score >= AHEAD_BY
    return layouts[0] if clear else None


def offered(layouts: Sequence[TableLayout]) -> tuple[TableLayout, ...]:
    """The tables to choose from where none is taken: up to three that may well be meant."""
    return tuple(each for each in layouts if each.score >= OFFERED_FROM)[:MOST_OFFERED]
