"""Classes hold every value once, show what they say, and survive few and odd values."""

import math
import re
import sys

import mapclassify
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geodata.errors import InvalidInput, NotFound
from geodata.locale_numbers import parse_number
from layers.classification import classify
from layers.classification_schemes import SCHEMES, pretty
from layers.formatting import format_number, round_half_up

values = st.lists(
    st.one_of(
        st.none(),
        st.floats(-1e9, 1e9),
        st.floats(allow_nan=True, allow_infinity=True),
        st.integers(-5, 5).map(float),
    ),
    max_size=60,
)
COMPUTED = sorted(name for name, scheme in SCHEMES.items() if scheme.breaks)
schemes = st.sampled_from(COMPUTED)


@pytest.mark.slow
@settings(max_examples=200)
@example([0.0, 1.0, 2.0, 3.0, -1.0, sys.float_info.max], "pretty", 5, 0)
@given(values, schemes, st.integers(3, 9), st.integers(0, 3))
def test_every_value_lies_in_one_class_and_none_is_empty(numbers, scheme, k, decimals):
    made = classify(numbers, scheme, k, decimals)
    shown = [round_half_up(v, decimals) for v in numbers if v is not None and math.isfinite(v)]
    assert sum(made.counts) == len(shown)
    assert all(made.counts), "no empty class"
    assert list(made.breaks) == sorted(set(made.breaks)), "no doubled break"
    assert len(made) <= min(9, len(set(shown)))
    assert all(b == round_half_up(b, decimals) for b in made.breaks)
    for value in shown:
        index = made.index(value)
        below = made.breaks[index - 1] if index else -math.inf
        assert below < value <= made.breaks[index]


@pytest.mark.slow
@settings(max_examples=100)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40), schemes, st.integers(0, 2))
def test_labels_tell_the_truth_about_the_number_a_reader_sees(numbers, scheme, decimals):
    made = classify(numbers, scheme, 5, decimals)
    for value in numbers:
        index = made.index(value)
        seen = parse_number(format_number(value, decimals, "vi"), "vietnamese")
        label = made.label(index, "vi")
        bounds = [parse_number(t, "vietnamese") for t in re.split("–|đến", label.lstrip(">≤"))]
        if made.single_valued:
            assert seen == bounds[0]
        elif label.startswith("≤"):
            assert seen <= bounds[0]
        else:
            assert seen > bounds[0]
            assert len(bounds) == 1 or seen <= bounds[1]


def test_a_value_on_a_break_belongs_to_the_class_below_it():
    made = classify([5, 10, 10.4, 15, 20, 30], "thresholds", thresholds=[10, 20])
    assert made.index(10) == 0
    assert made.index(10.4) == 0, "it is shown as 10"
    assert made.index(20) == 1
    assert made.counts == (3, 2, 1)
    assert [made.label(i, "vi") for i in range(3)] == ["≤ 10", "> 10 – 20", "> 20"]


def test_round_breaks_are_written_without_empty_decimals():
    made = classify([38.25, 57.69, 71.5], "thresholds", decimals=2, thresholds=[40, 60])
    assert [made.label(i, "vi") for i in range(3)] == ["≤ 40", "> 40 – 60", "> 60"]
    finer = classify([38.25, 57.69, 71.5], "thresholds", decimals=2, thresholds=[40, 62.5])
    assert finer.label(1, "vi") == "> 40,0 – 62,5"


def test_no_dash_stands_beside_a_minus():
    made = classify([-9, -3, 0, 4, 8], "thresholds", thresholds=[-5, 0, 5])
    assert [made.label(i, "vi") for i in (1, 2)] == ["> -5 đến 0", "> 0 – 5"]
    assert made.label(1, "en") == "> -5 to 0"


def test_the_outer_classes_name_the_lowest_and_highest_value_they_hold():
    made = classify([12.5, 30, 55, 341.4], "thresholds", 3, 1, (20, 60))
    ends = (12.5, 341.4)
    assert [made.label(i, "vi", ends) for i in range(3)] == [
        "12,5 – 20",
        "> 20 – 60",
        "> 60 – 341,4",
    ]
    assert [made.label(i, "en", (30, 55)) for i in range(3)] == ["≤ 20", "> 20 – 60", "> 60"]
    assert made.label(0, "en", (-3, 55)) == "-3 to 20"


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=30), st.sampled_from(sorted(SCHEMES)))
def test_every_value_drawn_lies_within_the_label_of_its_class(values, scheme):
    thresholds = (-10, 0, 10) if scheme == "thresholds" else ()
    made = classify(values, scheme, 5, 0, thresholds)
    ends = (min(values), max(values))
    for value in values:
        parts = made.label(made.index(value), "vi", ends).lstrip("≤> ")
        bounds = [float(part) for part in re.split(" – | đến ", parts)]
        assert value <= max(bounds) or len(bounds) == 1


def test_quantiles_hold_equal_numbers():
    made = classify(range(1, 21), "quantiles", 4)
    assert made.breaks == (5, 10, 15, 20)
    assert made.counts == (5, 5, 5, 5)


def test_equal_intervals_and_pretty_breaks_where_expected():
    assert classify(range(101), "equal_interval", 5).breaks == (20, 40, 60, 80, 100)
    assert classify([*range(0, 98)], "pretty", 5).breaks[:4] == (20, 40, 60, 80)


def test_natural_breaks_fall_between_clusters():
    made = classify([1, 2, 3, 101, 102, 103, 1001, 1002, 1003], "natural_breaks", 3)
    assert made.breaks == (3, 103, 1003)


def test_natural_breaks_are_exact_for_large_close_values():
    made = classify([1e9 + v for v in (1, 2, 3, 50, 51, 52, 90, 91, 92)], "natural_breaks", 3)
    assert made.counts == (3, 3, 3)


@pytest.mark.slow
def test_natural_breaks_of_many_values_are_deterministic_and_quick():
    numbers = [(i * 7919) % 3321 / 7 for i in range(3321)]
    first = classify(numbers, "natural_breaks", 5, 2)
    assert first == classify(numbers, "natural_breaks", 5, 2)
    assert sum(first.counts) == 3321


def test_standard_deviations_are_symmetrical_about_the_mean():
    made = classify([float(v) for v in range(1, 100)], "std_mean", 4)
    assert made.midpoint == pytest.approx(50)
    assert 50 in made.breaks


@pytest.mark.parametrize("scheme", COMPUTED)
def test_few_values(scheme):
    nothing = classify([None, math.nan], scheme)
    assert len(nothing) == 0
    assert nothing.notes
    one = classify([7.25], scheme, 5, 2)
    assert (one.breaks, one.counts, one.label(0, "vi")) == ((7.25,), (1,), "7,25")
    equal = classify([3.0] * 12, scheme)
    assert (equal.breaks, equal.counts, equal.label(0, "vi")) == ((3.0,), (12,), "3")
    three = classify([1, 1, 2, 5], scheme, 5)
    assert [three.label(i, "en") for i in range(3)] == ["1", "2", "5"]
    assert "3" in three.notes[0]["en"]


@pytest.mark.parametrize("scheme", COMPUTED)
def test_values_at_the_end_of_the_number_line(scheme):
    made = classify([-1e308, 0, 1, 2, 3, 1e308], scheme, 4)
    assert sum(made.counts) == 6


def test_thresholds_keep_empty_classes_and_their_colours():
    made = classify([1, 2], "thresholds", thresholds=[10, 20, 30])
    assert made.counts == (2, 0, 0, 0)
    assert len(classify([], "thresholds", thresholds=[10, 20])) == 3


def test_rounded_thresholds_are_announced():
    made = classify([1, 2, 3], "thresholds", decimals=0, thresholds=[1.4, 1.6])
    assert made.breaks[:2] == (1.0, 2.0)
    assert "1; 2" in made.notes[0]["en"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"scheme": "jenks"}, NotFound),
        ({"scheme": "quantiles", "classes": 2}, InvalidInput),
        ({"scheme": "quantiles", "classes": 10}, InvalidInput),
        ({"scheme": "thresholds"}, InvalidInput),
        ({"scheme": "thresholds", "thresholds": [3, 2]}, InvalidInput),
        ({"scheme": "thresholds", "thresholds": [1, math.nan]}, InvalidInput),
        ({"scheme": "thresholds", "thresholds": list(range(9))}, InvalidInput),
    ],
)
def test_what_cannot_be_drawn_is_refused(arguments, error):
    with pytest.raises(error):
        classify([1, 2, 3], **arguments)


def test_every_scheme_is_named_and_explained_in_both_languages():
    for scheme in SCHEMES.values():
        for text in (scheme.name, scheme.description):
            assert text["vi"] != text["en"]


@pytest.mark.parametrize(
    ("scheme", "values", "breaks"),
    [
        # One factor from the lowest value to the highest.
        ("geometric", [1, 3, 10, 20, 100, 500, 1000], (10, 100, 1000)),
        # A value that is not positive has no factor: widths of 10, 20 and 40.
        ("geometric", [-10, 0, 5, 20, 21, 60], (0, 20, 60)),
        # The gaps from 3 to 20 and from 22 to 90 are the widest.
        ("maximum_breaks", [1, 2, 3, 20, 22, 90, 91], (12, 56, 91)),
        # The mean of all is 21, of those above it 54, of those above that 80.
        ("head_tail", [1, 2, 3, 4, 5, 6, 7, 8, 30, 60, 100, 26], (21, 54, 80, 100)),
        # Quartiles 3, 5 and 7; 60 lies more than 1.5 times 4 beyond the upper one.
        ("box_plot", [1, 2, 3, 4, 5, 6, 7, 8, 60], (3, 5, 7, 13, 60)),
        ("percentiles", list(range(1, 201)), (2, 20, 100, 180, 198, 200)),
    ],
)
def test_each_scheme_makes_the_breaks_of_its_definition(scheme, values, breaks):
    assert classify(values, scheme, 3).breaks == breaks


def test_a_scheme_that_makes_its_own_number_of_classes_notes_no_other():
    made = classify(range(1, 201), "percentiles", 9)
    assert len(made) == 6
    assert not made.notes


@pytest.mark.parametrize("values", [range(41), range(61), range(81), range(91), range(97)])
def test_pretty_breaks_keep_nine_classes_and_give_up_a_tenth(values):
    for asked in range(3, 10):
        made = len(pretty(np.array(values, float), asked))
        plain = len(mapclassify.PrettyBreaks(np.array(values, float), k=asked).bins)
        assert made == plain if plain <= 9 else made < plain
