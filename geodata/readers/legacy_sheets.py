"""Sheets whose texts are in an encoding of before Unicode, with all texts made Unicode."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from geodata.readers.legacy_encodings import (
    DECODERS,
    TCVN3,
    Evidence,
    capital_font,
    font_encoding,
    is_high,
    is_unicode,
)
from geodata.readers.sheet import Sheet, SheetRow


def convert_legacy(sheet: Sheet, encoding: str = "") -> Sheet:
    """The sheet with every text that is in TCVN3 or VNI made Unicode (NFC).

    A cell is converted when its font is made for the encoding; else when the words of its column,
    or those of the sheet where the column alone tells too little, are clearly spelt in it. In a
    column that has letters of Unicode too, and in a sheet that uses such fonts, each cell must tell
    for itself.

    Parameters
    ----------
    encoding
        The encoding all texts are in, where the bytes of the file have told it.
    """
    known = _Columns(sheet, encoding)
    if not known.may_be_old:
        return sheet
    rows, counts = [], Counter[str]()
    for row in sheet.rows:
        values = row.values
        for column, value in enumerate(row.values, 1):
            if type(value) is not str or not is_high(value):
                continue
            font = sheet.style(row, column).font
            of_cell = known.encoding_of(value, column, font)
            converted = _decoded(value, of_cell, font)
            if converted != value:
                counts[of_cell] += 1
                values = (*values[: column - 1], converted, *values[column:])
        rows.append(row if values is row.values else SheetRow(row.number, values, row.styles))
    if not counts:
        return sheet
    most = counts.most_common(1)[0][0]
    return replace(sheet, rows=tuple(rows), encoding=most, converted_cells=counts.total())


class _Columns:
    """What the columns of a sheet tell about their encoding."""

    def __init__(self, sheet: Sheet, encoding: str) -> None:
        self._given = encoding
        self._unicode: set[int] = set()
        self._columns: defaultdict[int, Evidence] = defaultdict(Evidence)
        self._fonts = False
        named = any(font_encoding(style.font) for style in sheet.styles)
        for row in sheet.rows:
            for column, value in enumerate(row.values, 1):
                if type(value) is not str or value.isascii():
                    continue
                if is_unicode(value):
                    self._unicode.add(column)
                    continue
                self._columns[column].add(value)
                if named and font_encoding(sheet.style(row, column).font):
                    self._fonts = True
        whole = Evidence()
        for each in self._columns.values():
            whole.add_all(each)
        self._clear = {column: each.clear() for column, each in self._columns.items()}
        self._whole = "" if self._unicode else whole.clear()

    @property
    def may_be_old(self) -> bool:
        """Whether any cell may have to be converted."""
        mixed = any(self._columns[each].spelt_old for each in self._unicode & self._columns.keys())
        told = any((self._given, self._whole, self._fonts, mixed, *self._clear.values()))
        return bool(self._columns) and told

    def encoding_of(self, text: str, column: int, font: str) -> str:
        """The encoding a text is to be decoded from; empty for Unicode."""
        if self._given:
            return self._given
        if not self._fonts and column not in self._unicode and not self._whole:
            return self._clear.get(column, "")
        return self._of_cell(text, column, font)

    def _of_cell(self, text: str, column: int, font: str) -> str:
        alone = Evidence()
        alone.add(text)
        named = font_encoding(font)
        if named and (not alone.words or alone.possible(named)):
            return named
        if column in self._unicode or self._fonts:
            return alone.clear()
        clear = self._clear.get(column, "")
        if not clear and self._whole and self._columns[column].possible(self._whole):
            return self._whole
        return clear


def _decoded(text: str, encoding: str, font: str) -> str:
    """The text in Unicode; as it is where it cannot be of the encoding."""
    decode = DECODERS.get(encoding)
    if decode is None:
        return text
    try:
        converted = decode(text)
    except ValueError:
        return text
    return converted.upper() if encoding == TCVN3 and capital_font(font) else converted
