"""What ends the way of a table before its figures are read, as findings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geodata.errors import (
    LockedFile,
    OversizedFile,
    PortalError,
    UnansweredFile,
    UnknownFileKind,
    truncate,
)
from geodata.i18n import Formatted, Joined, Localised, Message, Verbatim
from geodata.locale_numbers import format_share
from geodata.readers.sheet import Sheet, UnworkedFormula
from geodata.table_import.layout import offered
from geodata.table_import.layout_records import CellPlace, TableChoice, TableLayout, TableRange
from geodata.table_import.report_records import Finding

MOST_PLACES = 20
_CELL = re.compile(r":(?P<row>\d{1,7})(?: (?P<letters>[A-Z]{1,3}))?$")


_CODES: dict[type[PortalError], str] = {
    UnknownFileKind: "F01",
    OversizedFile: "F02",
    LockedFile: "F03",
    UnansweredFile: "F09",
}


def refusal(fault: PortalError) -> Finding:
    """The finding for a file that a reader refuses.

    Of another kind (F01), too large (F02), with a password (F03), or not to be read (F04); what
    can be read once a person has said something about it is a question (F09).
    """
    expected: Localised = Verbatim("")
    if isinstance(fault.allowed, Localised):
        expected = fault.allowed
    elif fault.allowed:
        expected = Verbatim(", ".join(fault.allowed))
    return Finding(
        next((code for kind, code in _CODES.items() if isinstance(fault, kind)), "F04"),
        "question" if isinstance(fault, UnansweredFile) else "error",
        fault.what,
        expected,
        fault.remedy or Message("Save the table as .xlsx and try again"),
        _place_of(fault.where),
        truncate(fault.found),
    )


def _place_of(where: str) -> tuple[CellPlace, ...]:
    """The cell that a reader names, as ``table.xlsx:12 C``."""
    found = _CELL.search(where)
    if not found:
        return ()
    column = 0
    for letter in found["letters"] or "":
        column = 26 * column + ord(letter) - 64
    return (CellPlace("", int(found["row"]), column),)


def no_table(sheets: Sequence[Sheet]) -> Finding:
    """No sheet has a column of units, or any row at all (B01)."""
    if not any(sheet.rows for sheet in sheets):
        return Finding(
            "B01",
            "error",
            Message("The file is empty"),
            Message(
                "a column with the names or codes of provinces, districts, communes or villages"
            ),
            Message("Check whether this is the right file"),
        )
    return Finding(
        "B01",
        "error",
        Message("No table was found: no column names units that are known"),
        Message("a column with the names or codes of provinces, districts, communes or villages"),
        Message("Name the sheet and the rows of the header, or look at the names"),
        value=", ".join(sheet.name for sheet in sheets[:MOST_PLACES]),
    )


def no_sheet(wanted: str, sheets: Sequence[Sheet]) -> Finding:
    """The sheet that is asked for is not there (B01)."""
    return Finding(
        "B01",
        "error",
        Message("The file has no sheet of this name"),
        Joined(", ", [Verbatim(sheet.name) for sheet in sheets[:MOST_PLACES]]),
        Message("Name one of the sheets"),
        value=truncate(wanted),
    )


def several_tables(layouts: Sequence[TableLayout]) -> Finding:
    """More than one table may be meant (B02)."""
    apart = len({each.sheet for each in layouts}) == len(layouts)
    what = Message("Several sheets may hold the table") if apart else (
        Message("Several tables may be meant")
    )  # fmt: skip
    remedy = Message("Name the sheet") if apart else (
        Message("Name the sheet and, where it holds several tables, the rows of the header")
    )  # fmt: skip
    return Finding(
        "B02",
        "question",
        what,
        Joined("; ", [_choice(each, apart) for each in layouts[:MOST_PLACES]]),
        remedy,
        tuple(each.place(_first_row(each)) for each in layouts[:MOST_PLACES]),
        count=len(layouts),
    )


def table_choices(
    layouts: Sequence[TableLayout], finding: Finding | None
) -> tuple[TableChoice, ...]:
    """The tables among which a person is asked to choose, where a sheet holds several of them."""
    offers = offered(layouts) if finding is not None and finding.code == "B02" else []
    if len({each.sheet for each in offers}) == len(offers):
        return ()
    return tuple(
        TableChoice(
            each.sheet,
            TableRange(each.header_rows or None, each.rows[0].number, each.rows[-1].number),
        )
        for each in offers[:MOST_PLACES]
        if each.rows
    )


def _choice(layout: TableLayout, apart: bool) -> Message:
    if apart or not layout.header_rows:
        return Message("{sheet} ({score} of 100)", sheet=layout.sheet, score=layout.score)
    return Message(
        "{sheet}, header in row {row} ({score} of 100)",
        sheet=layout.sheet,
        row=layout.header_rows[-1],
        score=layout.score,
    )


def unsure_table(layout: TableLayout) -> Finding:
    """The table was found without much to go by (B02)."""
    return Finding(
        "B02",
        "question",
        Message("It is not certain where the table stands ({score} of 100)", score=layout.score),
        Message("header in row {header}, first row {row}",
                header=layout.header_rows[-1] if layout.header_rows else "–",
                row=_first_row(layout)),
        Message("Name the rows of the header and the first and last row of the table"),
        (layout.place(_first_row(layout)),),
    )  # fmt: skip


def other_shape(recipe: str, share: float) -> Finding:
    """The saved way of reading is of another table (H07)."""
    return Finding(
        "H07",
        "error",
        Message("The saved way of reading “{name}” is of another table", name=recipe),
        Message("The same columns; here are {share} of them",
                share=Formatted(format_share, share, decimals=0)),
        Message("Choose another one, or read the table without it"),
        value=recipe,
    )  # fmt: skip


def _first_row(layout: TableLayout) -> int:
    return layout.rows[0].number if layout.rows else 0


def not_worked_out(formulas: Sequence[tuple[CellPlace, UnworkedFormula]]) -> Finding:
    """Formulas of the table have no result (V03); each with its cell."""
    return Finding(
        "V03",
        "error",
        Message("A formula has no result yet"),
        Message("the result of each formula in the file"),
        Message("Open the file in Excel or LibreOffice, save it, and load it again"),
        tuple(place for place, _ in formulas[:MOST_PLACES]),
        truncate(formulas[0][1].formula),
        len(formulas),
    )
