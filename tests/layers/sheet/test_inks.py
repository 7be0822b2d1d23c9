"""Classes in black and white stay apart when a copier makes every grey black or white."""

from __future__ import annotations

from itertools import pairwise

import pytest

from layers.legend import LegendClass
from layers.sheet.inks import Ink, class_inks, legend_inks

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


def classes(ends: list[float]) -> list[LegendClass]:
    return [LegendClass(low, high, "", "#808080", 1) for low, high in pairwise(ends)]


@pytest.mark.parametrize("sides", range(1, 9))
@pytest.mark.parametrize("straddling", [True, False])
def test_on_a_photocopy_zero_is_the_white_between_two_directions(
    sides: int, straddling: bool
) -> None:
    middle = [-0.5, 0.5] if straddling else [0]
    rows = classes([*range(-sides - 1, -1), *middle, *range(2, sides + 2)])
    inks = legend_inks(rows, bw=True, two_sided=True)
    assert len({look(ink) for ink in inks}) == len(rows)
    below, above = inks[:sides], inks[len(rows) - sides :]
    assert all(set(ink.hatch) == {"\\"} for ink in below)
    assert all(set(ink.hatch) == {"/"} for ink in above)
    assert [ink.fill for ink in below] == [ink.fill for ink in reversed(above)]
    assert inks[sides : len(rows) - sides] == (Ink("#ffffff"),) * straddling


def test_a_one_sided_scale_through_zero_stays_one_sided_on_a_photocopy() -> None:
    rows = classes([-2, -1, 1, 3])
    assert legend_inks(rows, bw=True, two_sided=False) == class_inks(["#808080"] * 3, bw=True)
