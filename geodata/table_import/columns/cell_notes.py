"""What is to be said about cells, so that one thing in many cells is one finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from geodata.i18n import Localised, Message, Text
from geodata.readers.sheet import CellValue, cell_text
from geodata.table_import.layout.cell_values import is_inexact
from geodata.table_import.layout.number_notation import possible_notations
from geodata.table_import.layout_records import CellPlace, TableColumn, TableLayout, TableRow
from geodata.table_import.report_records import Finding, Severity

_MOST_PLACES = 20
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "ERR:", "#SPILL!")


@dataclass(frozen=True, slots=True)
class _Words:
    """Severity and sentences of a finding."""

    severity: Severity
    what: Localised
    expected: Localised = field(default_factory=lambda: Text(""))
    remedy: Localised = field(default_factory=lambda: Text(""))


_WORDS = {
    "P01": _Words(
        "error",
        Message("A row names no period that can be read"),
        Message("A year, quarter, month or day, as 2026, Quý I/2026, 6/2026, 30/6/2026"),
        Message("Write one period in each row"),
    ),
    "V01": _Words(
        "error",
        Message("A cell of a value column holds no number"),
        Message(
            "A number, alone or before a unit of measure (12,5 ha), or a sign for a missing one: "
            "…, -, x"
        ),
        Message("Correct the cell, or leave the column aside"),
    ),
    "V02": _Words(
        "question",
        Message("The numbers of a column can be read in two ways"),
        Message("1.742,1 in Vietnamese notation, 1,742.1 in English notation"),
        Message("Say how the table writes numbers"),
    ),
    "V03": _Words(
        "error",
        Message("A formula has an error in place of a result"),
        Message("A number"),
        Message("Mend the formula, save the file and load it again"),
    ),
    "V07": _Words(
        "note",
        Message("Cells are empty"),
        remedy=Message("What is published of them stays as it is"),
    ),
    "V08": _Words(
        "note",
        Message("A sign stands in place of a number"),
        remedy=Message("No figure is stored for it; it is never zero"),
    ),
    "V12": _Words(
        "note",
        Message("A sign says that a figure cannot be, or is not made public"),
        remedy=Message("That is published in the place of a figure: not applicable, not published"),
    ),
    "V13": _Words(
        "error",
        Message("A cell states another unit of measure than its column or its indicator"),
        Message("One unit of measure in the whole column, that of its header and its indicator"),
        Message("Convert the cell, or correct the unit of measure behind its number"),
    ),
    "V14": _Words(
        "error",
        Message("A cell holds two numbers, a limit or a rough number in place of one figure"),
        Message("One number, as 30: not 10-12, 15/19, > 100 or “about 30”"),
        Message("Write the one figure that holds, or “…” where it is not known"),
    ),
    "V11": _Words(
        "confirm",
        Message("One cell holds the figure of several units together"),
        remedy=Message("It is left out: it is the figure of none of them alone"),
    ),
}


@dataclass(slots=True)
class _Note:
    places: list[CellPlace]
    value: str
    count: int = 0


class CellNotes:
    """Counts what is met in the cells of a table and keeps the first places of each."""

    def __init__(self, layout: TableLayout) -> None:
        self.layout = layout
        self._notes: dict[str, _Note] = {}

    def add(self, code: str, row: TableRow, column: TableColumn, cell: CellValue) -> None:
        """Note one cell under the code of a finding."""
        note = self._notes.get(code)
        if note is None:
            note = self._notes[code] = _Note([], cell_text(cell))
        note.count += 1
        if note.count <= _MOST_PLACES:
            note.places.append(self.layout.place(row.number, column.number))

    def add_unreadable(self, row: TableRow, column: TableColumn, cell: CellValue) -> None:
        """Note a cell that is no number: an error of a formula, two readings, or anything else."""
        text = cell_text(cell)
        code = "V14" if is_inexact(text) else "V01"
        if text.upper().startswith(_ERRORS):
            code = "V03"
        elif (
            isinstance(cell, str)
            and column.notation is None
            and (len(possible_notations([text])) > 1)
        ):
            code = "V02"
        self.add(code, row, column, cell)

    def findings(self) -> Iterator[Finding]:
        """One finding for each code that was noted, in the order of the codes."""
        for code in sorted(self._notes):
            note, words = self._notes[code], _WORDS[code]
            yield Finding(
                code,
                words.severity,
                words.what,
                words.expected,
                words.remedy,
                tuple(note.places),
                note.value,
                note.count,
            )
