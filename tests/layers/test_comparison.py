"""Differences: classes about zero, and what a change is."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.store import Store
from layers.comparison import Change, compare, comparison_layer
from layers.difference import (
    COMPONENT_NAMES,
    component_changes,
    default_component,
    difference_view,
    diverging_classes,
)


@given(
    st.lists(st.floats(-1e6, 1e6), max_size=60),
    st.integers(0, 3),
)
def test_breaks_are_symmetrical_and_every_value_has_its_class(values, decimals):
    classes = diverging_classes(values, decimals)
    assert sum(classes.counts) == len(values)
    inner = classes.breaks[:-1]
    assert list(inner) == [-b for b in reversed(inner)]
    for value in values:
        index = classes.index(value)
        lower = (classes.lower, *classes.breaks)[index]
        assert lower - 10.0**-decimals <= value <= classes.breaks[index] + 10.0**-decimals
    if inner:
        assert len(classes) in (3, 5)
        zero = classes.index(0.0)
        assert zero == len(classes) // 2


def test_no_values_and_no_change():
    assert len(diverging_classes([], 0)) == 0
    unchanged = diverging_classes([0.0, 0.0, None, math.nan], 1)
    assert (unchanged.breaks, unchanged.counts) == ((0.0,), (2,))


@pytest.mark.parametrize(
    ("before", "after", "difference", "percent"),
    [(10, 15, 5, 50), (-10, 5, 15, 150), (0, 5, 5, None), (None, 5, None, None)],
)
def test_a_change_in_both_measures(before, after, difference, percent):
    change = Change(before, after)
    assert (change.difference, change.percent) == (difference, percent)
    assert change.shown("absolute") == difference
    assert change.shown("relative") == percent


def test_a_difference_drawn_has_the_changes_classes_and_figures_of_its_part(
    lai_chau_store: Store,
) -> None:
    query = {"indicator": "population", "period": "2019-04-01", "level": "commune"}
    layer, on = comparison_layer(
        {**query, "date": "2020-02-01", "on": "2025-07-01"}, lai_chau_store
    )
    found = compare(layer, lai_chau_store, on, "2025-07-01")
    assert default_component(found) == "real"
    for part in COMPONENT_NAMES:
        layer_view = difference_view(lai_chau_store, found, "absolute", part)
        changes = component_changes(found, part)
        assert {u: m.value for u, m in layer_view.unit_views.items() if m.value is not None} == {
            unit: change.difference
            for unit, change in changes.items()
            if change.difference is not None
        }
        middle = layer_view.legend.classes[2]
        assert middle.lower < 0 < middle.upper
        assert all(m.figures for m in layer_view.unit_views.values() if m.value is not None)
    successors = found.successors
    for unit, seen in found.whole.items():
        moved, real = (
            found.redrawing[unit].difference,
            found.real[successors[unit].unit_id].difference,
        )
        if seen.difference is not None and moved is not None and real is not None:
            assert seen.difference == pytest.approx(moved + real)
