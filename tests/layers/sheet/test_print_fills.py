"""Classes in black and white stay apart when a copier makes every grey black or white."""

from __future__ import annotations

from itertools import pairwise

import pytest

from layers.legend import LegendClass
from layers.sheet.print_fills import PrintFill, class_fills, legend_fills

COPIER = 150
"""The grey from which a copier leaves the paper white."""


def copied(colour: str) -> str:
    return "white" if int(colour[1:3], 16) >= COPIER else "black"


def look(fill: PrintFill) -> tuple[str, str]:
    """What is left of a class: its ground, and the lines that stand out from it."""
    ground = copied(fill.colour)
    seen = fill.hatch and copied(fill.hatch_colour) != ground
    return ground, fill.hatch if seen else ""


@pytest.mark.parametrize("count", range(2, 10))
def test_no_two_classes_look_the_same_on_a_photocopy(count: int) -> None:
    fills = class_fills(["#808080"] * count, bw=True)
    assert len({look(fill) for fill in fills}) == count
    levels = [int(fill.colour[1:3], 16) for fill in fills]
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
    fills = legend_fills(rows, bw=True, two_sided=True)
    assert len({look(fill) for fill in fills}) == len(rows)
    below, above = fills[:sides], fills[len(rows) - sides :]
    assert all(set(fill.hatch) == {"\\"} for fill in below)
    assert all(set(fill.hatch) == {"/"} for fill in above)
    assert [fill.colour for fill in below] == [fill.colour for fill in reversed(above)]
    assert fills[sides : len(rows) - sides] == (PrintFill("#ffffff"),) * straddling


def test_a_one_sided_scale_through_zero_stays_one_sided_on_a_photocopy() -> None:
    rows = classes([-2, -1, 1, 3])
    assert legend_fills(rows, bw=True, two_sided=False) == class_fills(["#808080"] * 3, bw=True)
