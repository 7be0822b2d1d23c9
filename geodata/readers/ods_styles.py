"""The styles of an OpenDocument spreadsheet: fonts, number formats and hidden sheets."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.i18n import Message
from geodata.readers.limits import Limits, too_much
from geodata.readers.number_formats import digits_of
from geodata.readers.sheet import CellStyle
from geodata.readers.xml_parts import PartReader

_MOST_STYLES = 100_000
_MOST_PARENTS = 20
_MOST_DIGITS = 20
_LONGEST_NAME = 255
_EXTENSIONS = ("calcext:", "loext:")
"""Attributes of programs that repeat standard ones."""


def plain_attributes(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes by their names without prefix; those of extensions are left out."""
    return {
        name.rpartition(":")[2]: value
        for name, value in attributes.items()
        if not name.startswith(_EXTENSIONS)
    }


@dataclass(slots=True)
class _Style:
    """What a style says itself; None where it leaves it to its parent."""

    parent: str = ""
    number_format: str | None = None
    font: str | None = None
    bold: bool | None = None
    struck: bool | None = None


@dataclass(frozen=True, slots=True)
class OdsStyles:
    """The cell styles of a spreadsheet.

    Parameters
    ----------
    cells
        Each look once, the plain one first.
    place
        For each style by name the place among ``cells``.
    digits
        Digits of the styles that show a number as a code, by their places.
    """

    cells: tuple[CellStyle, ...]
    place: dict[str, int]
    digits: dict[int, int]


class OdsStylesReader(PartReader):
    """Takes font declarations, number formats, and styles of cells and tables."""

    def __init__(self, where: str, limits: Limits) -> None:
        super().__init__(where, limits)
        self.hidden_tables: set[str] = set()
        self._fonts: dict[str, str] = {}
        self._formats: dict[str, str] = {}
        self._styles: dict[str, _Style] = {}
        self._style: _Style | None = None
        self._table = self._format = ""

    def take_start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        plain = plain_attributes(attributes)
        if name == "font-face":
            family = plain.get("font-family", "").strip("'\"")
            self._fonts[plain.get("name", "")] = family[:_LONGEST_NAME]
        elif name in ("number-style", "percentage-style"):
            self._format = plain.get("name", "")
            self._formats[self._format] = "0%" if name == "percentage-style" else "General"
        elif name == "number" and self._format:
            self._formats[self._format] = _number_format(plain, self._formats[self._format])
        elif name == "style":
            self._start_style(plain)
        elif name == "text-properties" and self._style is not None:
            self._take_text(self._style, plain)
        elif name == "table-properties" and self._table and plain.get("display") == "false":
            self.hidden_tables.add(self._table)
        if len(self._styles) + len(self._formats) + len(self._fonts) > _MOST_STYLES:
            what = Message("Too many cell formats")
            raise too_much(what, f"> {_MOST_STYLES}", _MOST_STYLES, self.where)

    def take_end(self, name: str) -> None:
        """Take the end of an element."""
        if name == "style":
            self._style, self._table = None, ""
        elif name in ("number-style", "percentage-style"):
            self._format = ""

    def _start_style(self, plain: dict[str, str]) -> None:
        name = plain.get("name", "")
        self._table = name if plain.get("family") == "table" else ""
        if plain.get("family") == "table-cell":
            style = _Style(plain.get("parent-style-name", ""))
            if "data-style-name" in plain:
                style.number_format = self._formats.get(plain["data-style-name"], "General")
            self._styles[name] = self._style = style

    def _take_text(self, style: _Style, plain: dict[str, str]) -> None:
        if "font-name" in plain:
            style.font = self._fonts.get(plain["font-name"], plain["font-name"])
        elif "font-family" in plain:
            style.font = plain["font-family"].strip("'\"")[:_LONGEST_NAME]
        if "font-weight" in plain:
            weight = plain["font-weight"]
            style.bold = weight == "bold" or (weight.isdecimal() and int(weight[:4]) >= 600)
        line = plain.get("text-line-through-style") or plain.get("text-line-through-type")
        if line is not None:
            style.struck = line != "none"

    def styles(self) -> OdsStyles:
        """All cell styles, with what they have from their parents."""
        places = {CellStyle(): 0}
        found = {
            name: places.setdefault(self._resolved(style), len(places))
            for name, style in self._styles.items()
        }
        return OdsStyles(tuple(places), found, digits_of(tuple(places)))

    def _resolved(self, style: _Style) -> CellStyle:
        line, each = [style], style
        while len(line) < _MOST_PARENTS and each.parent in self._styles:
            each = self._styles[each.parent]
            line.append(each)
        formats = (each.number_format for each in line if each.number_format is not None)
        fonts = (each.font for each in line if each.font is not None)
        bold = (each.bold for each in line if each.bold is not None)
        struck = (each.struck for each in line if each.struck is not None)
        return CellStyle(
            next(formats, "General"), next(fonts, ""), next(bold, False), next(struck, False)
        )


def _number_format(plain: dict[str, str], kind: str) -> str:
    """The number format as spreadsheets write it, from the digits before and behind the mark."""
    try:
        whole = min(int(plain.get("min-integer-digits", "1")), _MOST_DIGITS)
        behind = min(int(plain.get("decimal-places", "0")), _MOST_DIGITS)
    except ValueError:
        return kind
    digits = "0" * max(whole, 1) + ("." + "0" * behind if behind > 0 else "")
    if plain.get("grouping") == "true":
        return "#,##" + digits
    return f"{digits}%" if kind.endswith("%") else digits
