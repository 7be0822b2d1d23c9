"""A map with too few figures shows where they are and makes no classes of them."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.store import Store
from layers.layer import Layer
from layers.layer_view import resolve_layer
from layers.sparse_map import is_sparse
from layers.styles import STYLES, check_style, drawn_style, locator


@pytest.mark.parametrize(
    ("with_value", "total", "sparse"),
    [
        (0, 38, False),
        (1, 38, True),
        (4, 8, True),
        (5, 8, False),
        (7, 38, True),
        (8, 38, False),
        (20, 106, True),
        (22, 106, False),
        (1, 1, False),
        (3, 3, False),
        (5, 25, False),
    ],
)
def test_a_map_is_sparse_below_five_units_or_a_fifth_unless_it_is_whole(
    with_value: int, total: int, sparse: bool
) -> None:
    assert is_sparse(with_value, total) is sparse


@given(st.integers(0, 400), st.integers(1, 400))
def test_one_more_figure_never_makes_a_map_with_figures_sparse(some: int, total: int) -> None:
    if 0 < some < total and not is_sparse(some, total):
        assert not is_sparse(some + 1, total)


def test_only_styles_that_class_values_give_way_to_the_locator() -> None:
    drawn = {style: drawn_style(style, 2, 38).id for style in STYLES}
    changed = {style for style, shown in drawn.items() if shown != style}
    assert changed == {style.id for style in STYLES.values() if style.uses_classification}
    assert {drawn_style(style, 30, 38).id for style in STYLES} == set(STYLES)


def test_nobody_can_choose_the_locator(toy_store: Store) -> None:
    with pytest.raises(Exception, match="locator"):
        check_style("locator", toy_store.indicators()[0])


def sparse_layer(store: Store) -> Layer:
    """A layer with a figure for one of 38 communes."""
    query = {"indicator": "poverty_rate", "period": "2025-12", "level": "commune",
             "date": "2025-07-01"}  # fmt: skip
    return Layer.from_query(query, store)


def test_a_sparse_map_has_one_class_of_one_colour_and_says_why(lai_chau_store: Store) -> None:
    view = resolve_layer(sparse_layer(lai_chau_store), lai_chau_store)
    assert view.legend.style == "locator"
    assert [row.count for row in view.legend.classes] == [view.legend.with_value]
    assert any("Quá ít" in note for note in view.legend.notes)


def test_classes_the_reader_chose_do_not_bring_them_back(lai_chau_store: Store) -> None:
    layer = replace(sparse_layer(lai_chau_store), scheme="quantiles", classes=7)
    assert resolve_layer(layer, lai_chau_store).legend.style == "locator"


def test_maps_that_share_a_legend_keep_its_classes(lai_chau_store: Store) -> None:
    from layers.unit_views import shared_domain

    layer = sparse_layer(lai_chau_store)
    alone = resolve_layer(layer, lai_chau_store)
    shared = resolve_layer(layer, lai_chau_store, shared_domain([alone.unit_views]))
    assert shared.legend.style == layer.style


@pytest.mark.parametrize("spare", [-1, 0, 1])
def test_units_beyond_the_room_of_a_legend_are_counted_in_its_last_line(
    toy_store: Store, monkeypatch: pytest.MonkeyPatch, spare: int
) -> None:
    layer = Layer.from_query({"indicator": "population", "level": "commune"}, toy_store)
    legend = SimpleNamespace(layer_view=resolve_layer(layer, toy_store))
    every = locator._listed(legend)
    count = len(every)
    monkeypatch.setattr(locator, "MOST_LISTED", count + spare)
    told = locator._listed(legend)
    assert told == (every if spare >= 0 else [*every[:-1], ("và 1 đơn vị khác", "")])
