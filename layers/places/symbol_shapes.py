"""The shapes of which symbols of places are made: an outline, and a sign within it.

Paths are in the grammar of SVG with absolute ``M``, ``L``, ``C`` and ``Z`` alone, y downwards, so
that the browser and the sheet draw the very same shape.
"""

from __future__ import annotations

from dataclasses import dataclass

SIDE = 24.0
"""Side of the square in which an outline is drawn."""


@dataclass(frozen=True, slots=True)
class SymbolOutline:
    """The outline of a symbol, which alone tells categories apart in grey.

    Parameters
    ----------
    path
        In a square of `SIDE`.
    centre
        Where the sign within stands.
    scale
        By what the sign is multiplied to fit.
    """

    path: str
    centre: tuple[float, float] = (12.0, 12.0)
    scale: float = 1.0


OUTLINES: dict[str, SymbolOutline] = {
    "square": SymbolOutline("M3 3 L21 3 L21 21 L3 21 Z", scale=1.15),
    "circle": SymbolOutline(
        "M12 1.5 C17.8 1.5 22.5 6.2 22.5 12 C22.5 17.8 17.8 22.5 12 22.5"
        " C6.2 22.5 1.5 17.8 1.5 12 C1.5 6.2 6.2 1.5 12 1.5 Z",
        scale=1.15,
    ),
    "triangle": SymbolOutline("M12 1 L23.5 21.5 L0.5 21.5 Z", (12.0, 15.2), 0.85),
    "diamond": SymbolOutline("M12 0.5 L23.5 12 L12 23.5 L0.5 12 Z", scale=0.95),
    "hexagon": SymbolOutline("M6.2 2 L17.8 2 L23.5 12 L17.8 22 L6.2 22 L0.5 12 Z", scale=1.15),
    "drop": SymbolOutline(
        "M12 0.5 C15 5.5 20.5 9.5 20.5 15 C20.5 19.7 16.7 23.5 12 23.5"
        " C7.3 23.5 3.5 19.7 3.5 15 C3.5 9.5 9 5.5 12 0.5 Z",
        (12.0, 14.8),
    ),
    "house": SymbolOutline(
        "M12 0.5 L23.5 10 L20.5 10 L20.5 22.5 L3.5 22.5 L3.5 10 L0.5 10 Z", (12.0, 14.5)
    ),
    "shield": SymbolOutline(
        "M3 1.5 L21 1.5 L21 12 C21 17.5 17 21 12 23.5 C7 21 3 17.5 3 12 Z", (12.0, 11.0), 1.1
    ),
    "pentagon": SymbolOutline("M12 0.8 L23.3 9.2 L19 22.5 L5 22.5 L0.7 9.2 Z", (12.0, 13.0), 1.1),
    "star": SymbolOutline(
        "M12 0.5 L15.2 7.6 L23.3 8.5 L17.3 13.8 L19 21.8 L12 17.8 L5 21.8 L6.7 13.8 L0.7 8.5"
        " L8.8 7.6 Z",
        (12.0, 12.2),
        0.7,
    ),
}
"""Outlines by id."""

SIGNS: dict[str, str] = {
    "school": "M0 -4.2 L6.2 -1.3 L0 1.6 L-6.2 -1.3 Z"
    " M-3.5 1.1 L0 2.8 L3.5 1.1 L3.5 3.5 C2.4 4.9 -2.4 4.9 -3.5 3.5 Z",
    "health": "M-1.7 -5 L1.7 -5 L1.7 -1.7 L5 -1.7 L5 1.7 L1.7 1.7 L1.7 5 L-1.7 5 L-1.7 1.7"
    " L-5 1.7 L-5 -1.7 L-1.7 -1.7 Z",
    "tourism": "M-6 4.2 L-1.8 -4.2 L0.8 0.6 L2.4 -1.8 L6 4.2 Z",
    "camera": "M-5.6 -3 L2.2 -3 L2.2 3 L-5.6 3 Z M3 -0.9 L5.8 -2.8 L5.8 2.8 L3 0.9 Z",
    "water": "M-5 -2 C-3.4 -4 -1.6 -4 0 -2 C1.6 0 3.4 0 5 -2 L5 0.2 C3.4 2.2 1.6 2.2 0 0.2"
    " C-1.6 -1.8 -3.4 -1.8 -5 0.2 Z M-5 2 C-3.4 0 -1.6 0 0 2 C1.6 4 3.4 4 5 2 L5 4.2"
    " C3.4 6.2 1.6 6.2 0 4.2 C-1.6 2.2 -3.4 2.2 -5 4.2 Z",
    "works": "M-5.5 4.8 L-5.5 -1.2 L-2 1 L-2 -1.2 L1.5 1 L1.5 -5 L4.3 -5 L5.2 4.8 Z",
    "culture": "M0 -5 L6 -1.8 L-6 -1.8 Z M-4.6 -0.8 L-2.8 -0.8 L-2.8 3 L-4.6 3 Z"
    " M-0.9 -0.8 L0.9 -0.8 L0.9 3 L-0.9 3 Z M2.8 -0.8 L4.6 -0.8 L4.6 3 L2.8 3 Z"
    " M-5.6 3.8 L5.6 3.8 L5.6 5.2 L-5.6 5.2 Z",
    "market": "M-5.8 -1.6 L5.8 -1.6 L4.2 4.8 L-4.2 4.8 Z M-3.6 -2.4 L-1 -5.4 L0.2 -4.4 L-1.5 -2.4 Z"
    " M3.6 -2.4 L1 -5.4 L-0.2 -4.4 L1.5 -2.4 Z",
    "office": "M-3.6 -5 L-2.3 -5 L-2.3 5.4 L-3.6 5.4 Z M-2.3 -4.8 L5 -2.4 L-2.3 0.2 Z",
    "place": "M0 -2.6 C1.4 -2.6 2.6 -1.4 2.6 0 C2.6 1.4 1.4 2.6 0 2.6 C-1.4 2.6 -2.6 1.4 -2.6 0"
    " C-2.6 -1.4 -1.4 -2.6 0 -2.6 Z",
}
"""Signs by id, around the origin and at most 6 from it."""

COLOURS = (
    "#1d5c9e", "#b3361b", "#0b7355", "#5b3a8c", "#8a5200", "#0f7596", "#8f2a69", "#4a5560",
    "#5f6b00", "#303030",
)  # fmt: skip
"""Fills of symbols: dark enough for a white sign (5 to 1), told apart with any colour vision only
together with their outlines."""
