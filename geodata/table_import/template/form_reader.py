"""Knowing a form again when it comes back filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geodata.readers.sheet import Sheet, SheetRow, cell_text
from geodata.table_import.column_records import ColumnMeaning
from geodata.table_import.layout_records import TableRange
from geodata.table_import.report_records import Answers
from geodata.table_import.template.form_identity import (
    FormIdentity,
    heading_hash,
    identity_of_properties,
    parse_identity,
)


def read_template(
    sheets: Sequence[Sheet], properties: Mapping[str, str] | None = None
) -> Answers | None:
    """What a filled-in form says about itself.

    Parameters
    ----------
    sheets
        The sheets of the file, of whatever kind it was saved as.
    properties
        Properties of the workbook where they are known; they stand in where the cells that state
        the form were lost.

    Returns
    -------
    Answers or None
        Sheet, rows, day of the units, and indicator, period and status of each column that the
        form was made with and that still has its heading; None for a file that is no form.
    """
    stated = (parse_identity(text) for sheet in sheets for text in _texts(sheet))
    identity = next((each for each in stated if each is not None), None)
    if identity is None:
        identity = identity_of_properties(properties or {})
    if identity is None:
        return None
    found = [(sheet, *head) for sheet in sheets if (head := _header(sheet, identity))]
    if not found:
        return None
    # A guide lists headings one below the other; the table has them side by side.
    sheet, row, columns = max(found, key=lambda each: len(each[2]))
    return Answers(
        sheet=sheet.name,
        table=TableRange((row,), row + 1),
        vintage=identity.date,
        columns={(text,): _meaning(text, name, identity) for text, name in columns.items()},
    )


def _texts(sheet: Sheet) -> Iterator[str]:
    for row in sheet.rows:
        for value in row.values:
            if isinstance(value, str) and "portal-form" in value:
                yield value


def _header(sheet: Sheet, identity: FormIdentity) -> tuple[int, dict[str, str]] | None:
    """The row with the most headings of the form, and its indicators by their headings."""
    rows = ((row.number, _headings(row, identity)) for row in sheet.rows)
    number, columns = max(rows, key=lambda each: len(each[1]), default=(0, {}))
    return (number, columns) if columns else None


def _headings(row: SheetRow, identity: FormIdentity) -> dict[str, str]:
    texts = (cell_text(value) for value in row.values if isinstance(value, str))
    marks = ((text, heading_hash(text)) for text in texts if text)
    return {text: identity.columns[mark] for text, mark in marks if mark in identity.columns}


def _meaning(text: str, indicator: str, identity: FormIdentity) -> ColumnMeaning:
    return ColumnMeaning(
        0, (text,), "value", indicator, period=identity.period, status=identity.status
    )
