"""Options of a sheet besides its layer: the page preset and the details.

A4 and A3 keep the margins of Decree 30/2020/NĐ-CP, annex I: 20-25 mm above and below, 30-35 mm at
the left where the document is bound, 15-20 mm at the right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from geodata.i18n import Localised, Message, Verbatim


@dataclass(frozen=True, slots=True)
class Margins:
    """Margins of a page, mm."""

    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True, slots=True)
class PagePreset:
    """A format.

    Parameters
    ----------
    width, height
        Of the page, mm.
    size
        Of the legend's type, points; everything else is in proportion.
    notes
        Greatest share of the height for what stands below the map.
    brief
        Whether the small print stands in the notes of the file and not below the map.
    """

    name: Localised
    width: float
    height: float
    margins: Margins
    size: float
    notes: float = 0.27
    brief: bool = False


_OFFICE = Margins(20, 15, 20, 30)
_CLOSE = Margins(2, 2, 2, 2)

PRESETS: dict[str, PagePreset] = {
    "a4-landscape": PagePreset(Message("A4 landscape"), 297, 210, _OFFICE, 8.5),
    "a4-portrait": PagePreset(Message("A4 portrait"), 210, 297, _OFFICE, 8.5),
    "a3-landscape": PagePreset(Message("A3 landscape"), 420, 297, _OFFICE, 11),
    "a3-portrait": PagePreset(Message("A3 portrait"), 297, 420, _OFFICE, 11),
    "half-page": PagePreset(Message("Half page (to put into a text)"), 165, 118, _CLOSE, 7),
    "slide": PagePreset(Message("Slide 16:9"), 338.7, 190.5, Margins(6, 9, 5, 9), 11, 0.25, True),
    "square": PagePreset(Message("Square"), 180, 180, Margins(6, 6, 6, 6), 8),
}
DEFAULT_PRESET = "a4-landscape"
MIN_SIDE, MAX_SIDE = 60.0, 600.0
"""Shortest and longest side of a page of one's own, mm."""


def custom_preset(width: float, height: float) -> PagePreset:
    """A page of a reader's own size (mm), its type in proportion to its area."""
    side = math.sqrt(width * height)
    margin = max(2.0, side * 0.03)
    size = min(14.0, max(5.5, 2.2 + side / 34))
    name = f"{width:g} × {height:g} mm"
    return PagePreset(Verbatim(name), width, height, Margins(margin, margin, margin, margin), size)


Format = Literal["png", "pdf", "svg"]
FORMATS: tuple[Format, ...] = ("png", "pdf", "svg")
MIN_DPI, MAX_DPI, DEFAULT_DPI = 96, 600, 300
FULL_EXTENT = "province"
"""The extent that shows all units of the layer."""
VIEW_EXTENT = "view"
"""The extent that a bounding box gives."""


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """How a layer is put on paper.

    Parameters
    ----------
    format
        ``png``, ``pdf`` or ``svg``.
    preset
        A name of `layers.sheet.options.PRESETS`; set aside when ``width`` and ``height`` are given.
    width, height
        Of the page, mm; both or neither.
    dpi
        Pixels per inch of a PNG.
    bw
        Black and white, the classes told apart by hatching.
    extent
        `FULL_EXTENT`, `VIEW_EXTENT`, or the id of a unit that is shown with its neighbours.
    bbox
        West, south, east, north of the view, degrees.
    graticule
        Whether lines of longitude and latitude are drawn.
    relief
        A grid of elevations drawn as light and shadow on the colours; None for none.
    rasters
        Folder of the registered rasters that the layer may name; None draws none.
    note, office
        The reader's own words: below the map, and the office above the title.
    public_url
        Where the portal is reached, without a slash at the end; empty gives no QR code.
    address
        A short address of the live page to be printed; empty for the page's own.
    logo
        A PNG that stands beside the title; empty for none.
    bare
        Without title, subtitle and footer: for a document whose own words say the rest.
    """

    format: Format = "png"
    preset: str = DEFAULT_PRESET
    width: float | None = None
    height: float | None = None
    dpi: int = DEFAULT_DPI
    bw: bool = False
    extent: str = FULL_EXTENT
    bbox: tuple[float, float, float, float] | None = None
    graticule: bool = False
    relief: Path | None = None
    rasters: Path | None = None
    note: str = ""
    office: str = ""
    public_url: str = ""
    address: str = ""
    logo: bytes = b""
    bare: bool = False

    def page(self) -> PagePreset:
        """The page the sheet is laid out on."""
        if self.width is not None and self.height is not None:
            return custom_preset(self.width, self.height)
        return PRESETS[self.preset]

    def pixels(self) -> tuple[int, int]:
        """Width and height of the PNG."""
        page = self.page()
        return round(page.width / 25.4 * self.dpi), round(page.height / 25.4 * self.dpi)
