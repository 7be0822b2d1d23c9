"""What a unit is filled with: the screen's colours, or greys and hatches for a photocopy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layers.colour import from_hex, to_oklab
from layers.palettes import MISSING_FILL, MISSING_HATCH
from layers.sheet.paper import INK, PAPER

PLAIN = "#eef0f1"
"""Fill of units below symbols."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A fill with, on top of it, a hatch in matplotlib's letters."""

    fill: str
    hatch: str = ""
    hatch_colour: str = INK


_MISSING_HATCHES = {
    "no_data": "////",
    "not_applicable": "xxxx",
    "not_published": "----",
    "not_recoverable": "\\\\\\\\",
}
_COPIED = ("", "...", "///", "xxx", "|||||", "+++++", "\\\\\\\\\\", "ooo", "")


def missing_ink(kind: str, bw: bool) -> Ink:
    """Hatch of a kind of missing, as on the screen; on a photocopy circles that no class has."""
    if bw:
        return Ink(PAPER, {"not_applicable": "OO", "not_published": "**"}.get(kind, "o"), "#777777")
    return Ink(MISSING_FILL, _MISSING_HATCHES.get(kind, "////"), MISSING_HATCH)


def class_inks(colours: Sequence[str], bw: bool) -> tuple[Ink, ...]:
    """The fill of every class: its own colour, or a grey with a hatch unlike its neighbours'."""
    if not bw:
        return tuple(Ink(colour) for colour in colours)
    last = max(1, len(colours) - 1)
    return tuple(_copied(i, i / last if len(colours) > 1 else 0.5) for i in range(len(colours)))


def _copied(index: int, place: float) -> Ink:
    """A light grey with dark lines or a dark one with light lines, never one in between.

    A copier makes every grey white or black; the lines are what then tells the classes apart.
    """
    if place <= 0.5:
        level, lines = round(255 - 140 * place), INK
    else:
        level, lines = round(100 - 140 * (place - 0.5)), PAPER
    hatch = _COPIED[index % len(_COPIED)] if 0 < place < 1 else ""
    return Ink(f"#{level:02x}{level:02x}{level:02x}", hatch, lines)


def dots_on(fill: str) -> Ink:
    """The dots that mark an estimate on a fill."""
    return Ink("none", "....", PAPER if is_dark(fill) else INK)


def is_dark(colour: str) -> bool:
    """Whether white stands out from a colour better than ink."""
    return bool(to_oklab(from_hex(colour))[0] < 0.6)
