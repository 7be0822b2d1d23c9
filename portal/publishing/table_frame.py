"""The picture of a table as it stands in its sheet, with what each row and column was taken for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from geodata.errors import truncate
from geodata.i18n import Language
from geodata.readers.sheet import Sheet, SheetRow, cell_text, column_letters
from geodata.table_import.layout_records import TableLayout
from geodata.table_import.report_records import Finding
from layers.formatting import format_number
from portal.publishing.file_names import shown_file_name
from portal.translations import translate

MOST_COLUMNS = 24
"""Columns that are shown; a wider table says how many are left out."""
FIRST_ROWS, LAST_ROWS = 16, 6
"""Rows that are shown of a long sheet: its head with the first units, and its end."""
MOST_LINKED = 6
"""Cells that a finding leads to."""
_LONGEST_TEXT = 80


def sheet_of(layout: TableLayout, sheets: Sequence[Sheet]) -> Sheet | None:
    """The sheet that a table was found in; the first one of a joined table."""
    name = layout.sheets[0] if layout.sheets else layout.sheet
    return next((sheet for sheet in sheets if sheet.name == name), None)


def table_frame(
    layout: TableLayout | None, sheet: Sheet, language: Language, findings: Iterable[Finding] = ()
) -> dict[str, Any]:
    """The first and last rows of a sheet and those of findings, each with its role in words.

    Parameters
    ----------
    layout
        What was found in the sheet; None where no table was.
    sheet
        The sheet itself, whose rows above and below the table are shown too.
    language
        Of the roles.
    findings
        Rows of which they speak are shown, too.

    Returns
    -------
    dict
        ``columns`` (letters, role), ``rows`` (number, role, cells; the row of an ellipsis has no
        cells) and how many columns are left out.
    """
    places = (place for each in findings for place in each.places[:MOST_LINKED])
    named = {place.row for place in places if place.sheet == sheet.name}
    width = max((len(row.values) for row in sheet.rows), default=0)
    shown = min(width, MOST_COLUMNS)
    upright = layout is not None and not layout.turned
    roles = _row_roles(layout) if layout and upright else {}
    column_roles = {each.number: each.role for each in layout.columns} if layout and upright else {}
    return {
        "sheet": shown_file_name(sheet.name, language),
        "columns": [
            {
                "letters": column_letters(number),
                "role": column_roles.get(number, ""),
                "label": _label("column", column_roles.get(number, ""), language),
            }
            for number in range(1, shown + 1)
        ],
        "rows": [_row(row, roles, shown, language) for row in _shown_rows(sheet.rows, named)],
        "left_out": max(0, width - shown),
    }


def _row_roles(layout: TableLayout) -> dict[int, str]:
    roles: dict[int, str] = {row.number: row.role for row in layout.rows}
    return roles | dict.fromkeys(layout.header_rows, "header")


def _shown_rows(rows: Sequence[SheetRow], named: Collection[int]) -> Iterator[SheetRow | None]:
    """The first rows, the last and those named, None where some between them are left out."""
    skipped = False
    for place, row in enumerate(rows):
        if FIRST_ROWS <= place < len(rows) - LAST_ROWS and row.number not in named:
            if not skipped:
                yield None
            skipped = True
        else:
            yield row
            skipped = False


def _row(
    row: SheetRow | None, roles: dict[int, str], width: int, language: Language
) -> dict[str, Any]:
    if row is None:
        return {"number": "…", "role": "", "label": "", "cells": []}
    role = roles.get(row.number, "")
    cells = [_cell(value, language) for value in row.values[:width]]
    return {
        "number": str(row.number),
        "role": role,
        "label": _label("row", role, language),
        "cells": cells + [""] * (width - len(cells)),
    }


def _cell(value: object, language: Language) -> str:
    if isinstance(value, float) and not value.is_integer():
        return format_number(value, 4, language)
    return truncate(cell_text(value), _LONGEST_TEXT)  # type: ignore[arg-type]


def _label(kind: str, role: str, language: Language) -> str:
    return translate(f"publishing.{kind}_{role}", language) if role else ""
