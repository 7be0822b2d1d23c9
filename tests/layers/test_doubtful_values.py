"""A doubtful figure is drawn and marked without moving the classes of the others; an impossible
one is neither drawn nor counted."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from geodata.store import Store
from layers.comparison import compare
from layers.layer import Layer
from layers.layer_view import resolve_layer
from layers.legend import ClassificationDomain

DENSITY = {
    "indicator": "population_density",
    "period": "2025-07-01",
    "level": "commune",
    "date": "2025-07-01",
    "lang": "en",
}


def test_breaks_are_those_of_the_sound_values(lai_chau_store: Store) -> None:
    layer_view = resolve_layer(Layer.from_query(DENSITY, lai_chau_store), lai_chau_store)
    views = layer_view.unit_views.values()
    sound = [m for m in views if m.value is not None and not m.doubtful]
    per_class = [
        sum(m.class_index == i for m in sound) for i in range(len(layer_view.legend.classes))
    ]
    assert max(per_class) - min(per_class) <= 1
    assert layer_view.legend.doubtful == 2
    assert any("leave out the figures marked doubtful" in note for note in layer_view.legend.notes)


def test_doubtful_values_are_still_drawn_and_counted(lai_chau_store: Store) -> None:
    layer_view = resolve_layer(Layer.from_query(DENSITY, lai_chau_store), lai_chau_store)
    mu_ca = next(i for i, u in layer_view.units.items() if u.name.vi == "Mù Cả")
    assert layer_view.unit_views[mu_ca].doubtful
    assert layer_view.unit_views[mu_ca].class_index == 0
    assert layer_view.legend.classes[0].lower == 8.6


def test_impossible_figures_are_told_and_neither_drawn_nor_counted(lai_chau_store: Store) -> None:
    layer_view = resolve_layer(Layer.from_query(DENSITY, lai_chau_store), lai_chau_store)
    found = {
        layer_view.units[unit].name.vi: unit_view
        for unit, unit_view in layer_view.unit_views.items()
        if unit_view.impossible is not None
    }
    assert {name: each.impossible.value for name, each in found.items()} == {
        "Nậm Sỏ": 0,
        "Lê Lợi": 3.15925,
    }
    for each in found.values():
        assert (each.value, each.class_index, each.status) == (None, None, "")
        assert (each.missing, each.doubtful) == ("impossible", False)
    legend = layer_view.legend
    assert sum(c.count for c in legend.classes) == legend.with_value == 36
    assert legend.missing[-1].label == "Impossible figure"
    assert legend.missing[-1].count == legend.impossible == 2
    assert "36 of 38 units have a figure" in layer_view.summary
    assert "2 impossible and not drawn" in layer_view.summary


def test_a_map_without_impossible_figures_says_nothing_of_them(lai_chau_store: Store) -> None:
    query = DENSITY | {"indicator": "natural_area"}
    layer_view = resolve_layer(Layer.from_query(query, lai_chau_store), lai_chau_store)
    assert "impossible" not in {row.kind for row in layer_view.legend.missing}
    assert "impossible" not in layer_view.summary


def test_no_class_ends_at_a_doubtful_value(lai_chau_store: Store) -> None:
    layer_view = resolve_layer(Layer.from_query(DENSITY, lai_chau_store), lai_chau_store)
    labels = [row.label for row in layer_view.legend.classes]
    assert labels[0] == "≤ 22.7", "the lowest is doubtful and is no figure to end a class with"
    assert labels[-1].endswith("– 341.4"), "the highest is sound and is named"


def test_compared_maps_leave_doubtful_values_out_of_their_breaks(lai_chau_store: Store) -> None:
    layer = Layer.from_query(DENSITY, lai_chau_store)
    found = compare(layer, lai_chau_store, dt.date(2025, 7, 1))
    assert found.left.legend.classes == found.right.legend.classes
    views = found.left.unit_views.values()
    sound = [m for m in views if m.value is not None and not m.doubtful]
    per_class = [sum(m.class_index == i for m in sound) for i in range(len(found.legend.classes))]
    assert max(per_class) - min(per_class) <= 1
    assert any("leave out the figures marked doubtful" in note for note in found.legend.notes)


@given(st.lists(st.tuples(st.integers(-9, 9), st.booleans()), min_size=1, max_size=20))
def test_an_end_is_named_only_where_a_sound_value_reaches_it(
    shown: list[tuple[int, bool]],
) -> None:
    displayed = tuple(float(value) for value, _ in shown)
    sound = tuple(float(value) for value, doubt in shown if not doubt) or displayed
    low, high = ClassificationDomain(displayed, sound).ends()
    assert low == (min(displayed) if min(displayed) in sound else None)
    assert high == (max(displayed) if max(displayed) in sound else None)
