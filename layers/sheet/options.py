"""What a person chooses about a sheet besides the layer it shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from layers.sheet.presets import DEFAULT_PRESET, PRESETS, PagePreset, custom_preset

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
        A name of `layers.sheet.presets.PRESETS`; set aside when ``width`` and ``height`` are given.
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
