"""A value or a range that is a class of its own among the others."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geodata.errors import InvalidInput
from layers.classification import classify
from layers.classification_schemes import SCHEMES
from layers.formatting import round_half_up
from layers.isolated_class import classify_around, without_isolated
from layers.layer import Layer
from layers.layer_view import LayerView, resolve_layer
from layers.palettes import ISOLATED_FILL, MISSING_FILL, PALETTES, class_colours, ramp_colours
from layers.sheet.print_fills import legend_fills
from tests.layers.test_palettes import VISION, distance

numbers = st.lists(st.floats(-1e5, 1e5), max_size=40)
computed = st.sampled_from(sorted(name for name, scheme in SCHEMES.items() if scheme.breaks))


@given(numbers, st.floats(-1e5, 1e5), st.floats(0, 1e5), computed, st.integers(0, 2))
def test_the_class_holds_the_values_of_its_range_and_no_others(values, low, wide, scheme, decimals):
    assume(values)
    made = classify_around((low, low + wide), values, scheme, classes=4, decimals=decimals)
    low, high = made.isolated_from, made.breaks[made.isolated]
    for value in values:
        inside = low <= round_half_up(value, decimals) <= high
        assert (made.index(value) == made.isolated) == inside
        assert made.contains(value)
    assert list(made.breaks) == sorted(set(made.breaks))
    assert sum(made.counts) == len(values)
    assert all(n for i, n in enumerate(made.counts) if i != made.isolated)


@pytest.mark.parametrize(
    ("isolated", "values", "labels", "place"),
    [
        # Zero below the others, which keep their own equal counts.
        ((0,), [0, 0, 0, 1, 2, 3, 4, 5, 6, 7], ["0", "> 0 – 3", "> 3 – 5", "> 5 – 7"], 0),
        # A range above them.
        (
            (95, 100),
            [1, 2, 3, 4, 5, 6, 95, 99, 100],
            ["1 – 2", "> 2 – 4", "> 4 – 94", "95 – 100"],
            3,
        ),
        # Zero among them, between falls and rises.
        (
            (0,),
            [-9, -5, -2, 0, 0, 2, 5, 8, 9],
            ["-9 to -1", "0", "> 0 – 5", "> 5 – 9"],
            1,
        ),
        # It parts the class in which it lies, also where no unit has it.
        ((7,), [1, 2, 3, 4, 20, 21, 22, 23], ["1 – 3", "> 3 – 6", "7", "> 7 – 20", "> 20 – 23"], 2),
        # Nothing else.
        ((0,), [0, 0], ["0"], 0),
    ],
)
def test_the_others_say_what_they_hold(isolated, values, labels, place):
    made = classify_around(isolated, values, "quantiles", classes=3)
    ends = (min(values), max(values))
    assert [made.label(i, "en", ends).replace("−", "-") for i in range(len(made))] == labels
    assert made.isolated == place


def test_given_thresholds_stay_around_it():
    made = classify_around((15,), [1, 12, 15, 18, 30], "thresholds", thresholds=(10, 20))
    assert made.breaks == (10, 14, 15, 20, 30)
    assert made.counts == (1, 1, 1, 1, 1)


def test_nothing_isolated_changes_nothing():
    values = [1.5, 2, 3, 10, 11, 12]
    plain = classify(values, "natural_breaks", 3, 1)
    assert classify_around((), values, "natural_breaks", classes=3, decimals=1) == plain


@pytest.mark.parametrize("isolated", [(1, 2, 3), (2, 1), (math.nan,), (0, math.inf)])
def test_what_is_no_range_is_refused_by_name(isolated):
    with pytest.raises(InvalidInput) as refused:
        classify_around(isolated, [1, 2], "quantiles")
    assert refused.value.where == "isolate"


@pytest.mark.parametrize("vision", VISION)
def test_its_colour_is_far_from_every_ramp_for_every_eye(vision):
    ramps = [name for name, palette in PALETTES.items() if palette.type != "qualitative"]
    drawn = {colour for name in ramps for n in range(3, 10) for colour in ramp_colours(name, n)}
    for colour in {*drawn, MISSING_FILL}:
        assert distance(colour, ISOLATED_FILL, vision) > 10


def test_both_parts_of_a_parted_class_have_its_colour():
    values = [1, 2, 3, 4, 20, 21, 22, 23]
    hues = class_colours("teal_blues", classify_around((7,), values, "quantiles", classes=3))
    alone = class_colours("teal_blues", classify(values, "quantiles", 3))
    assert hues == (alone[0], alone[1], ISOLATED_FILL, alone[1], alone[2])


def test_zero_parts_falls_from_rises_in_colour_too():
    made = classify_around((0,), [-9, -5, -2, -1, 0, 1, 2, 30, 40], "equal_interval", classes=3)
    hues = class_colours("purple_green", made)
    assert made.breaks[made.isolated] == 0
    assert hues[made.isolated - 1] != hues[made.isolated + 1]


def test_the_others_share_out_the_palette_as_if_alone():
    made = classify_around((0,), [-4, -2, 0, 1, 2, 3, 4, 5, 6], "quantiles", classes=4)
    hues = class_colours("purple_green", made)
    assert hues[made.isolated] == ISOLATED_FILL
    rest = (*hues[: made.isolated], *hues[made.isolated + 1 :])
    assert rest == class_colours("purple_green", without_isolated(made))
    assert len(set(hues)) == len(made)


@pytest.fixture(scope="module")
def densities(lai_chau_store):
    query = {"indicator": "population_density", "period": "2025-07-01", "level": "commune"}

    def shown(**more: str) -> LayerView:
        return resolve_layer(Layer.from_query(query | more, lai_chau_store), lai_chau_store)

    return shown


def test_a_map_isolates_a_range_and_its_address_keeps_it(densities):
    shown = densities(isolate="100,150")
    (own,) = [row for row in shown.legend.classes if row.isolated]
    inside = [v.value for v in shown.unit_views.values() if v.value and 100 <= v.value <= 150]
    assert own.label == "100 – 150"
    assert own.colour == ISOLATED_FILL
    assert own.count == len(inside) > 0
    assert shown.layer.to_query()["isolate"] == "100,150"


def test_a_copied_sheet_tells_it_from_its_neighbours(densities):
    rows = densities(isolate="100,150").legend.classes
    fills = legend_fills(rows, True, two_sided=False)
    (own,) = [fill for fill, row in zip(fills, rows, strict=True) if row.isolated]
    assert fills.count(own) == 1
    assert own.hatch
