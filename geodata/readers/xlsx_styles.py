"""The cell formats of an XLSX workbook: number format and font (ECMA-376 part 1, 18.8)."""

from __future__ import annotations

from dataclasses import dataclass, field

from openpyxl.styles.numbers import BUILTIN_FORMATS

from geodata.i18n import Message
from geodata.readers.limits import Limits, too_much
from geodata.readers.number_formats import date_formats, digits_of
from geodata.readers.sheet import CellStyle
from geodata.readers.xml_parts import PartReader

_MOST_FORMATS = 100_000
"""Cell formats; spreadsheet programs keep 64,000."""

_LONGEST_NAME = 255
_OFF = ("0", "false", "none")


@dataclass(frozen=True, slots=True)
class WorkbookStyles:
    """The cell formats of a workbook.

    Parameters
    ----------
    cells
        Each format once, the plain one first.
    place
        For each cell format of the workbook the place among ``cells``.
    dates, spans
        Places of the formats that show a number as a date, and as a span of time.
    digits
        Digits of the formats that show a number as a code, by their places.
    """

    cells: tuple[CellStyle, ...] = (CellStyle(),)
    place: tuple[int, ...] = ()
    dates: frozenset[int] = frozenset()
    spans: frozenset[int] = frozenset()
    digits: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, formats: list[CellStyle]) -> WorkbookStyles:
        """The styles of a workbook's cell formats in their order."""
        places = {CellStyle(): 0}
        place = tuple(places.setdefault(each, len(places)) for each in formats)
        cells = tuple(places)
        dates, spans = date_formats(cells)
        return cls(cells, place, dates, spans, digits_of(cells))

    def of_format(self, number: int) -> int:
        """The place of the style of a cell format; the plain one where there is none."""
        return self.place[number] if 0 <= number < len(self.place) else 0


class StylesReader(PartReader):
    """Takes number formats, fonts and the cell formats made of them; all else is passed over."""

    def __init__(self, where: str, limits: Limits) -> None:
        super().__init__(where, limits)
        self._codes: dict[int, str] = dict(BUILTIN_FORMATS)
        self._fonts: list[CellStyle] = []
        self._font: dict[str, str] = {}
        self._formats: list[tuple[int, int]] = []
        self._within = ""

    def take_start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if name in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            self._within = name
        elif name == "numFmt" and self._within != "dxfs" and "numFmtId" in attributes:
            code = attributes.get("formatCode", "")[:_LONGEST_NAME]
            self._codes[int(attributes["numFmtId"])] = code
        elif self._within == "cellXfs" and name == "xf":
            number = int(attributes.get("numFmtId", 0))
            self._formats.append((number, int(attributes.get("fontId", 0))))
        elif self._within == "fonts":
            self._take_font(name, attributes)
        if max(len(self._formats), len(self._codes), len(self._fonts)) > _MOST_FORMATS:
            what = Message("Too many cell formats")
            raise too_much(what, f"> {_MOST_FORMATS}", _MOST_FORMATS, self.where)

    def _take_font(self, name: str, attributes: dict[str, str]) -> None:
        if name == "font":
            self._font = {}
        elif name in ("name", "b", "strike"):
            self._font[name] = attributes.get("val", "1")

    def take_end(self, name: str) -> None:
        """Take the end of an element."""
        if name == self._within:
            self._within = ""
        elif name == "font" and self._within == "fonts":
            font = self._font
            self._fonts.append(
                CellStyle(
                    font=font.get("name", "")[:_LONGEST_NAME],
                    bold=font.get("b", "0") not in _OFF,
                    struck=font.get("strike", "0") not in _OFF,
                )
            )

    def styles(self) -> WorkbookStyles:
        """The cell formats; of a font that is not listed nothing is known."""
        formats = []
        for number, font in self._formats:
            look = self._fonts[font] if 0 <= font < len(self._fonts) else CellStyle()
            code = self._codes.get(number, "General")
            formats.append(CellStyle(code, look.font, look.bold, look.struck))
        return WorkbookStyles.of(formats)
