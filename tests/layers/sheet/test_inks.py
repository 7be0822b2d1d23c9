"""Classes in black and white stay apart when a copier makes every grey black or white."""

from __future__ import annotations

import pytest

from layers.sheet.inks import Ink, class_inks

COPIER = 150
"""The grey from which a copier leaves the paper white."""


def copied(colour: str) -> str:
    return "white" if int(colour[1:3], 16) >= COPIER else "black"


def look(ink: Ink) -> tuple[str, str]:
    """What is left of a class: its ground, and the lines that stand out from it."""
    ground = copied(ink.fill)
    seen = ink.hatch and copied(ink.hatch_colour) != ground
    return ground, ink.hatch if seen else ""


@pytest.mark.parametrize("count", range(2, 10))
def test_no_two_classes_look_the_same_on_a_photocopy(count: int) -> None:
    inks = class_inks(["#808080"] * count, bw=True)
    assert len({look(ink) for ink in inks}) == count
    levels = [int(ink.fill[1:3], 16) for ink in inks]
    assert levels == sorted(levels, reverse=True)
    assert all(abs(level - COPIER) > 30 for level in levels)
