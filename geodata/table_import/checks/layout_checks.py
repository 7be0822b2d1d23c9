"""What the form of the sheet leaves in doubt: joined, hidden, struck, unused, converted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from geodata.i18n import Message
from geodata.readers.sheet import cell_text
from geodata.table_import.checks.checked_table import CheckedTable
from geodata.table_import.checks.violations import Violation
from geodata.table_import.checks.wordings import listed
from geodata.table_import.columns.row_series import measure_column, measure_of_all_rows
from geodata.table_import.layout.cell_kinds import cell_kind
from geodata.table_import.layout_records import CellPlace, TableColumn, TableRow


def layout_checks(table: CheckedTable) -> Iterator[Violation]:
    """Hidden, struck and joined parts (B04-B06), headers (H01, H02, H04), encodings (F06)."""
    yield from _joined(table)
    yield from _hidden_rows(table)
    yield from _hidden_columns(table)
    yield from _struck(table)
    yield from _headers(table)
    yield from _unused(table)
    yield from _converted(table)


def _value_columns(table: CheckedTable) -> list[TableColumn]:
    return [column for column in table.layout.columns if column.role == "value"]


def _holds_figures(table: CheckedTable, row: TableRow) -> bool:
    return any(cell_kind(row.value(c.number)) == "number" for c in _value_columns(table))


def _joined(table: CheckedTable) -> Iterator[Violation]:
    """Tables of several sheets, or side by side, that are read as one (B06)."""
    sheets = list(dict.fromkeys(table.layout.sheets))
    if len(sheets) > 1:
        yield Violation(
            "B06",
            "confirm",
            Message("The tables of several sheets are read as one: {names}", names=listed(sheets)),
            remedy=Message("Confirm that they are parts of one table, or choose one sheet"),
            place=CellPlace(sheets[0]),
            count=len(sheets),
        )
    elif table.layout.sheets:
        yield Violation(
            "B06",
            "note",
            Message("Tables that stand side by side are read as one"),
            place=CellPlace(sheets[0]),
        )


def _hidden_rows(table: CheckedTable) -> Iterator[Violation]:
    if table.answers.hidden:
        return
    for row in table.layout.data_rows():
        if row.hidden and _holds_figures(table, row):
            yield Violation(
                "B04",
                "question",
                Message("Hidden rows hold figures"),
                remedy=Message("Say whether what is hidden is to be used or left aside"),
                place=table.layout.place(row.number),
                group="rows",
            )


def _hidden_columns(table: CheckedTable) -> Iterator[Violation]:
    if table.answers.hidden:
        return
    for column in _value_columns(table):
        if column.hidden:
            yield Violation(
                "B04",
                "question",
                Message("Hidden columns hold figures: {names}", names=column.heading),
                remedy=Message("Say whether what is hidden is to be used or left aside"),
                place=table.layout.place(0, column.number),
                group="columns",
            )


def _struck(table: CheckedTable) -> Iterator[Violation]:
    for row in table.layout.data_rows():
        if row.struck:
            yield Violation(
                "B05",
                "confirm",
                Message("Rows are struck through"),
                remedy=Message("Take the rows out, or confirm that their figures hold"),
                place=table.layout.place(row.number),
            )


def _headers(table: CheckedTable) -> Iterator[Violation]:
    """Columns of figures without a header (H01), and several with the same one (H02)."""
    skipped = {each.column for each in table.meanings if each.use == "skip"}
    columns = [each for each in _value_columns(table) if each.number not in skipped]
    counts = Counter(column.path for column in columns if column.path)
    for column in columns:
        place = table.layout.place(
            table.layout.header_rows[-1] if table.layout.header_rows else 0, column.number
        )
        if not column.path:
            yield Violation(
                "H01",
                "note",
                Message("A column of figures has no header"),
                remedy=Message("Say what the column holds, or leave it aside"),
                place=place,
                value=", ".join(map(cell_text, column.samples)),
            )
        elif counts[column.path] > 1:
            yield Violation(
                "H02",
                "error",
                Message("Several columns have the header “{header}”", header=column.heading),
                expected=Message("a header of its own for each column"),
                remedy=Message("Name in the header what tells the columns apart"),
                place=place,
                value=column.heading,
                group=column.path,
            )


def _unused(table: CheckedTable) -> Iterator[Violation]:
    """Columns that hold something and are not used (H04)."""
    used = {each.column for each in table.meanings if each.use not in ("skip", "")}
    asked = {each.column for each in table.meanings if each.use == ""}
    if (measure := measure_column(table.layout)) and measure_of_all_rows(table.layout):
        used.add(measure.number)
    unused = [
        column
        for column in table.layout.columns
        if column.role in ("value", "text") and column.number not in used | asked
        and column.path
    ]  # fmt: skip
    if unused:
        yield Violation(
            "H04",
            "note",
            Message("Columns that are not used: {names}",
                    names=listed([column.heading for column in unused])),
            place=table.layout.place(0, unused[0].number),
            count=len(unused),
        )  # fmt: skip


def _converted(table: CheckedTable) -> Iterator[Violation]:
    layout = table.layout
    if layout.converted_cells:
        yield Violation(
            "F06",
            "note",
            Message.plural(
                "A cell was converted from {encoding} to Unicode",
                "{n} cells were converted from {encoding} to Unicode",
                layout.converted_cells,
                encoding=layout.encoding,
            ),
            remedy=Message("Look at a few names; save the file in Unicode if they are wrong"),
            count=layout.converted_cells,
        )
