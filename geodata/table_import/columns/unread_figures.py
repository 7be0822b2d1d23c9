"""Columns that ought to hold figures and hold texts that no number can be made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geodata.i18n import Message
from geodata.readers.sheet import cell_text
from geodata.table_import.columns.cell_notes import CellNotes
from geodata.table_import.layout.cell_values import is_inexact
from geodata.table_import.layout_records import TableColumn, TableLayout, TableRow
from geodata.table_import.report_records import Finding

_FEWEST = 3
_NEARLY_ALL = 0.8
_FIGURE = re.compile(r"(?:(?:ước\s+)?đạt\s+|tăng\s+|giảm\s+)?[0-9]", re.IGNORECASE)


def unread_figures(layout: TableLayout) -> tuple[Finding, ...]:
    """The cells that keep a table without a single column of figures from being read.

    Empty where a column of figures was found, or none holds texts that begin with digits.
    """
    if any(column.role == "value" for column in layout.columns):
        return ()
    notes = CellNotes(layout)
    for column, cells in _text_columns(layout):
        figures = [(row, text) for row, text in cells if is_inexact(text) or _FIGURE.match(text)]
        if 2 * len(figures) >= len(cells):
            for row, text in figures:
                notes.add_unreadable(row, column, text)
    return tuple(notes.findings())


def inexact_columns(layout: TableLayout) -> Iterator[Finding]:
    """Columns of two numbers in a cell, limits and rough numbers, which give no figures (V15)."""
    for column, cells in _text_columns(layout):
        texts = [text for _, text in cells]
        # Ranges that come back row after row are classes of age or size.
        different = 2 * len(set(texts)) > len(texts) or all("/" in text for text in texts)
        if different and sum(map(is_inexact, texts)) >= _NEARLY_ALL * len(texts):
            yield Finding(
                "V15",
                "note",
                Message(
                    "The column “{header}” holds two numbers in a cell, limits or rough numbers",
                    header=column.heading,
                ),
                Message("One number, as 30: not 10-12, 15/19, > 100 or “about 30”"),
                Message("It is left aside; write one figure in each cell to publish it"),
                tuple(layout.place(row.number, column.number) for row, _ in cells[:_FEWEST]),
                texts[0],
                len(texts),
            )  # fmt: skip


def _text_columns(
    layout: TableLayout,
) -> Iterator[tuple[TableColumn, list[tuple[TableRow, str]]]]:
    """The columns of texts with their filled cells in the rows of units, where these are some."""
    rows = layout.data_rows()
    for column in layout.columns:
        if column.role != "text":
            continue
        cells = [(row, text) for row in rows if (text := cell_text(row.value(column.number)))]
        if len(cells) >= _FEWEST:
            yield column, cells
