"""Palettes are told apart in grey and by colour-blind readers, and never look like no data.

The simulation is the one of Machado, Oliveira & Fernandes, *A Physiologically-based Model for
Simulation of Color Vision Deficiency* (IEEE TVCG 2009), severity 1.0; distances are CIE76, where
about 2.3 is just noticeable.
"""

import math
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest

from geodata.errors import NotFound
from layers.classification import Classes, classify
from layers.colour import contrast, encoded, from_hex, lightness, linear, to_cielab, to_hex
from layers.palettes import (
    MISSING_FILL,
    PALETTES,
    QUALITATIVE_COLOURS,
    class_colours,
    ramp_colours,
)

VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
SEQUENTIAL = sorted(n for n, p in PALETTES.items() if p.type == "sequential")
DIVERGING = sorted(n for n, p in PALETTES.items() if p.type == "diverging")


def seen(colour: str, vision: str) -> np.ndarray:
    return to_cielab(encoded(VISION[vision] @ linear(from_hex(colour))))


def distance(one: str, other: str, vision: str) -> float:
    return float(np.linalg.norm(seen(one, vision) - seen(other, vision)))


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("n", range(1, 10))
@pytest.mark.parametrize("name", sorted(PALETTES))
def test_neighbours_and_no_data_are_told_apart(name, n, vision):
    ramp = ramp_colours(name, n)
    assert len(set(ramp)) == n
    least = 14 if n <= 5 else 8
    for one, other in pairwise(ramp):
        assert distance(one, other, vision) >= least, (name, one, other)
    for colour in ramp:
        assert distance(colour, MISSING_FILL, vision) >= 7, (name, colour)


@pytest.mark.parametrize("vision", VISION)
def test_any_two_named_classes_are_told_apart(vision):
    for one, other in combinations(QUALITATIVE_COLOURS.values(), 2):
        assert distance(one, other, vision) >= 25, (one, other)


def test_any_two_named_classes_differ_on_a_grey_print():
    light = sorted(seen(colour, "normal")[0] for colour in QUALITATIVE_COLOURS.values())
    assert min(b - a for a, b in pairwise(light)) >= 7


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("name", SEQUENTIAL)
def test_sequential_palettes_darken_step_by_step(name, vision):
    light = [seen(c, vision)[0] for c in ramp_colours(name, 9)]
    assert all(a - b >= 4 for a, b in pairwise(light))


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("name", DIVERGING)
def test_diverging_palettes_darken_away_from_the_middle_on_sides_that_differ(name, vision):
    ramp = ramp_colours(name, 9)
    light = [seen(c, vision)[0] for c in ramp]
    assert light.index(max(light)) == 4
    assert all(a < b for a, b in pairwise(light[:5]))
    assert all(a > b for a, b in pairwise(light[4:]))
    for low, high in zip(ramp[:4], ramp[:4:-1], strict=True):
        assert distance(low, high, vision) >= 15


def test_a_diverging_palette_turns_at_the_midpoint_however_the_classes_lie():
    lopsided = classify([-5, 1, 12, 25, 40, 60], "thresholds", thresholds=[0, 10, 20, 30])
    ramp = class_colours("brown_teal", lopsided)
    balanced = ramp_colours("brown_teal", 8)
    assert ramp == balanced[3:8]


@pytest.mark.parametrize("scheme", ["quantiles", "natural_breaks", "pretty", "equal_interval"])
@pytest.mark.parametrize("numbers", [[3, 12], [3, 5, 12, 20, 41, 60, 77], [4]])
def test_values_on_one_side_of_the_midpoint_never_take_the_colours_of_the_other(scheme, numbers):
    risen = replace(classify(numbers, scheme), midpoint=0.0)
    fallen = replace(classify([-n for n in numbers], scheme), midpoint=0.0)
    assert max(redness(c) for c in class_colours("purple_green", risen)) < 0
    assert min(redness(c) for c in class_colours("purple_green", fallen)) > 0


def redness(colour: str) -> float:
    """The axis of CIELAB from green, below zero, to red."""
    return float(to_cielab(from_hex(colour))[1])


def test_nothing_but_the_midpoint_has_the_middle_colour():
    still = replace(classify([0, 0], "quantiles"), midpoint=0.0)
    assert class_colours("purple_green", still) == ramp_colours("purple_green", 3)[1:2]


def test_reversing_turns_the_ramp_round():
    assert ramp_colours("greens", 5, reverse=True) == ramp_colours("greens", 5)[::-1]


def test_an_unknown_palette_is_refused_with_the_names_there_are():
    with pytest.raises(NotFound, match="greens"):
        ramp_colours("rainbow", 5)


def test_colour_arithmetic_agrees_with_published_values():
    # CIELAB of sRGB primaries and white under D65, as tabulated by Lindbloom.
    assert to_cielab(from_hex("#ff0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
    assert lightness("#ffffff") == pytest.approx(100, abs=0.01)
    assert contrast("#000000", "#ffffff") == pytest.approx(21, abs=0.01)
    assert to_hex(from_hex("#1a2b3c")) == "#1a2b3c"
    assert not math.isnan(lightness("#000000"))


@pytest.mark.parametrize(
    ("lower", "breaks", "midpoint", "first", "steps"),
    [
        (0.0, (1.0, 2.0, 3.0, 4.0), 2.0, 0, 4),  # two on either side
        (5.0, (6.0, 7.0), 2.0, 2, 4),  # all above: the upper half of four
        (2.0, (6.0, 7.0), 2.0, 1, 3),  # the lowest value is the midpoint itself: it straddles
        (-9.0, (-8.0, -7.0), 2.0, 0, 4),  # all below
    ],
)
def test_each_side_of_the_midpoint_has_its_own_colours(lower, breaks, midpoint, first, steps):
    name = DIVERGING[0]
    classes = Classes(lower, breaks, (1,) * len(breaks), 0, midpoint=midpoint)
    expected = ramp_colours(name, steps)[first : first + len(breaks)]
    assert class_colours(name, classes) == expected


def test_outer_classes_without_a_limit_reach_past_the_midpoint():
    # Thresholds all above the midpoint: the first class goes down without end and holds it.
    name = DIVERGING[0]
    classes = Classes(5.0, (6.0, 7.0), (1, 1), 0, open_ended=True, midpoint=2.0)
    assert class_colours(name, classes) == ramp_colours(name, 3)[1:]
