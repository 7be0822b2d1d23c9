"""Tables of HTML, as Excel and Word put them on the clipboard and as some programs save ``.xls``.

The text is taken apart at its tags from the first to the last; nothing in it is run, followed or
shown. What is not closed ends with the row or table it stands in.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from geodata.i18n import Message
from geodata.readers.limits import Limits, too_much
from geodata.readers.sheet import (
    CellRange,
    CellStyle,
    CellValue,
    RowCollector,
    Sheet,
    column_letters,
    too_many_columns,
)

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:]*)([^<>]*)>")
_ATTRIBUTE = re.compile(
    r"""([A-Za-z][A-Za-z:-]{0,30})\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"'<>]+)"""
)
_FONT = re.compile(r"""font-family:\s{0,9}["']?([^;"',]{1,100})""", re.IGNORECASE)
_NUMBER_FORMAT = re.compile(r"""mso-number-format:\s{0,9}["']?([^;"']{1,100})""", re.IGNORECASE)
_HIDDEN = re.compile(r"display:\s{0,9}none", re.IGNORECASE)
_UNSEEN = ("style", "script", "title", "head", "xml")
_BREAKS = ("br", "p", "div", "li")
_MOST_MERGED = 100_000
_MOST_STYLES = 10_000


def is_html(text: str) -> bool:
    """Whether a text holds a table of HTML."""
    return "<table" in text.casefold()


def read_html(text: str, name: str, where: str, limits: Limits) -> list[Sheet]:
    """Read the tables of a text of HTML; those within the cell of another are text of that cell.

    Parameters
    ----------
    name, where
        Of the sheets where there is one, and for messages.

    Raises
    ------
    FileFault
        A table goes beyond the limits.
    """
    reader = _HtmlTables(name, where, limits)
    for number, (closes, tag, attributes, content) in enumerate(_tags(text), 1):
        if number > limits.elements:
            what = Message("The file holds too many elements")
            raise too_much(what, f"> {limits.elements}", limits.elements, where)
        reader.take(closes, tag, attributes)
        reader.text(content)
    reader.finish()
    return reader.sheets


def _tags(text: str) -> Iterator[tuple[bool, str, str, str]]:
    """Each tag with the text behind it: whether it closes, its name and attributes."""
    at, unseen = 0, ""
    pending: tuple[bool, str, str] | None = None
    start = 0
    while match := _TAG.search(text, at):
        if (comment := text.find("<!--", at, match.start())) >= 0:
            end = text.find("-->", comment)
            at = end + 3 if end >= 0 else len(text)
            if pending is not None:
                yield *pending, html.unescape(text[start:comment])
                pending = False, "comment", ""
            start = at
            continue
        closes, tag = bool(match[1]), match[2].lower()
        if pending is not None:
            yield *pending, "" if unseen else html.unescape(text[start : match.start()])
        if unseen:
            unseen = "" if closes and tag == unseen else unseen
        elif tag in _UNSEEN and not closes and not match[3].endswith("/"):
            unseen = tag
        pending, start, at = (closes, tag, match[3]), match.end(), match.end()
    if pending is not None:
        yield *pending, "" if unseen else html.unescape(text[start:])


@dataclass(slots=True)
class _HtmlCell:
    """A cell while it is read."""

    column: int
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    font: str = ""
    number_format: str = "General"
    bold: bool = False
    struck: bool = False


class _HtmlTables:
    """Takes tags and the text between them."""

    def __init__(self, name: str, where: str, limits: Limits) -> None:
        self.sheets: list[Sheet] = []
        self._name, self._where, self._limits = name, where, limits
        self._depth = 0
        self._cell: _HtmlCell | None = None
        self._begin_table()

    def _begin_table(self) -> None:
        self._collector = RowCollector(self._where, self._limits)
        self._merged: list[CellRange] = []
        self._hidden_rows: set[int] = set()
        self._row = 0
        self._values: list[CellValue] = []
        self._places: list[int] = []
        self._styles: dict[CellStyle, int] = {CellStyle(): 0}
        self._covered: dict[int, int] = {}

    def take(self, closes: bool, tag: str, attributes: str) -> None:
        """Take a tag."""
        if tag == "table":
            self._take_table(closes)
        elif self._depth == 1 and tag == "tr":
            self._end_row()
            if not closes:
                self._start_row(attributes)
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            if not closes:
                self._start_cell(tag, attributes)
        elif self._cell is not None:
            self._take_within(self._cell, closes, tag, attributes)

    def _take_table(self, closes: bool) -> None:
        if not closes:
            self._depth += 1
            if self._depth == 1:
                self._begin_table()
            return
        if self._depth == 1:
            self.finish()
        self._depth = max(self._depth - 1, 0)

    def finish(self) -> None:
        """Keep the table that was read, if it holds something."""
        self._end_row()
        if not self._collector.rows:
            return
        if len(self.sheets) >= self._limits.sheets:
            what = Message("The workbook has too many sheets")
            most = self._limits.sheets
            raise too_much(what, f"> {most}", most, self._where)
        number = len(self.sheets) + 1
        name = self._name if number == 1 else f"{self._name} {number}"
        rows, hidden = tuple(self._collector.rows), frozenset(self._hidden_rows)
        styles = tuple(self._styles)
        self.sheets.append(Sheet(name, rows, tuple(self._merged), hidden, styles=styles))
        self._begin_table()

    def _start_row(self, attributes: str) -> None:
        self._row += 1
        self._covered = {c: left - 1 for c, left in self._covered.items() if left > 1}
        if _HIDDEN.search(attributes) and self._row <= self._limits.rows:
            self._hidden_rows.add(self._row)

    def _end_row(self) -> None:
        self._end_cell()
        if self._values:
            self._collector.add(self._row, self._values, self._places)
        self._values, self._places = [], []

    def _start_cell(self, tag: str, attributes: str) -> None:
        self._row = max(self._row, 1)
        column = len(self._values) + 1
        while self._covered.get(column):
            column += 1
        found = {k.lower(): v.strip("\"'") for k, v in _ATTRIBUTE.findall(attributes)}
        across, down = _span(found.get("colspan", "")), _span(found.get("rowspan", ""))
        last = column + across - 1
        if last > self._limits.columns:
            raise too_many_columns(f"{self._where}:{self._row}", last, self._limits)
        if across > 1 or down > 1:
            self._merge(column, across, down)
        if down > 1:
            self._covered |= dict.fromkeys(range(column, last + 1), down)
        gap = last - len(self._values)
        self._values.extend([None] * gap)
        self._places.extend([0] * gap)
        self._cell = _HtmlCell(column, bold=tag == "th")
        self._look(self._cell, html.unescape(attributes))

    def _merge(self, column: int, across: int, down: int) -> None:
        if len(self._merged) >= _MOST_MERGED:
            what = Message("Too many merged cells")
            raise too_much(what, f"> {_MOST_MERGED}", _MOST_MERGED, self._where)
        bottom, right = self._row + down - 1, column + across - 1
        self._merged.append(CellRange(self._row, column, bottom, right))

    def _take_within(self, cell: _HtmlCell, closes: bool, tag: str, attributes: str) -> None:
        if tag in _BREAKS and cell.length and (tag == "br" or not closes):
            self.text("\n")
        if closes:
            return
        cell.bold |= tag in ("b", "strong")
        cell.struck |= tag in ("s", "strike", "del")
        if tag == "font" and (
            face := re.search(r"""face\s{0,9}=\s{0,9}["']?([^"'<>]+)""", attributes)
        ):
            cell.font = face[1]
        self._look(cell, html.unescape(attributes))

    @staticmethod
    def _look(cell: _HtmlCell, attributes: str) -> None:
        if font := _FONT.search(attributes):
            cell.font = font[1].strip()
        if shown := _NUMBER_FORMAT.search(attributes):
            cell.number_format = shown[1].replace("\\", "")
        small = attributes.lower()
        cell.bold |= "font-weight:bold" in small or "font-weight:700" in small
        cell.struck |= "line-through" in small

    def text(self, piece: str) -> None:
        """Take a piece of text; outside cells it is passed over."""
        cell = self._cell
        if cell is None or not piece:
            return
        cell.pieces.append(piece)
        cell.length += len(piece.strip()) if piece != "\n" else 1
        if cell.length > self._limits.cell_characters:
            what = Message("The text of a cell is too long")
            most = self._limits.cell_characters
            where = f"{self._where}:{self._row} {column_letters(cell.column)}"
            raise too_much(what, f"> {most}", most, where, Message("Shorten the cell"))

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None:
            return
        lines = "".join(cell.pieces).replace("\xa0", " ").split("\n")
        text = "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)
        if not text:
            return
        style = CellStyle(cell.number_format, cell.font, cell.bold, cell.struck)
        place = self._styles.setdefault(style, len(self._styles))
        if len(self._styles) > _MOST_STYLES:
            what = Message("Too many cell formats")
            raise too_much(what, f"> {_MOST_STYLES}", _MOST_STYLES, self._where)
        self._values[cell.column - 1] = text
        self._places[cell.column - 1] = place


def _span(written: str) -> int:
    """How many columns or rows a cell covers."""
    return min(max(int(written), 1), 100_000) if re.fullmatch("[0-9]{1,6}", written) else 1
