"""The formats a sheet comes in: size, margins and size of type.

A4 and A3 keep the margins of Decree 30/2020/NĐ-CP, annex I: 20-25 mm above and below, 30-35 mm at
the left where the document is bound, 15-20 mm at the right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

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
    """

    name: Localised
    width: float
    height: float
    margins: Margins
    size: float
    notes: float = 0.27


_OFFICE = Margins(20, 15, 20, 30)
_CLOSE = Margins(2, 2, 2, 2)

PRESETS: dict[str, PagePreset] = {
    "a4-landscape": PagePreset(Message("A4 landscape"), 297, 210, _OFFICE, 8.5),
    "a4-portrait": PagePreset(Message("A4 portrait"), 210, 297, _OFFICE, 8.5),
    "a3-landscape": PagePreset(Message("A3 landscape"), 420, 297, _OFFICE, 11),
    "a3-portrait": PagePreset(Message("A3 portrait"), 297, 420, _OFFICE, 11),
    "half-page": PagePreset(Message("Half page (to put into a text)"), 165, 118, _CLOSE, 7),
    "slide": PagePreset(Message("Slide 16:9"), 338.7, 190.5, Margins(9, 11, 8, 11), 11, 0.25),
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
