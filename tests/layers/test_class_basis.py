"""One set of classes for the maps of all periods."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from geodata.dataset import Dataset
from geodata.store import create_store
from geodata.store.interface import Store
from layers.layer import Layer
from layers.layer_view import LayerView, resolve_layer


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory, toy_dataset: Dataset) -> Iterator[Store]:
    """The toy dataset with every density of 2019 ten times as high in 2020."""
    later = [
        dataclasses.replace(figure, period="2020", value=figure.value * 10)
        for figure in toy_dataset.observations
        if (figure.indicator, figure.period) == ("population_density", "2019")
    ]
    dataset = dataclasses.replace(toy_dataset, observations=(*toy_dataset.observations, *later))
    store = create_store(tmp_path_factory.mktemp("two_years") / "toy.gpkg", dataset)
    yield store
    store.close()


def _map(store: Store, period: str, **more: str) -> LayerView:
    query = {"indicator": "population_density", "level": "commune", "date": "2025-06-30"}
    return resolve_layer(Layer.from_query({**query, "period": period, **more}, store), store)


def _limits(shown: LayerView) -> list[tuple[float, float, str, str]]:
    return [(row.lower, row.upper, row.label, row.colour) for row in shown.legend.classes]


def test_maps_of_two_periods_have_the_same_classes_and_colours(two_years):
    first, second = (_map(two_years, year, class_basis="all_periods") for year in ("2019", "2020"))
    assert _limits(first) == _limits(second)
    assert _limits(first) != _limits(_map(two_years, "2019"))
    assert first.layer.to_query()["class_basis"] == "all_periods"


def test_each_map_counts_its_own_units_in_them(two_years):
    shown = _map(two_years, "2019", class_basis="all_periods")
    values = [view.value for view in shown.unit_views.values() if view.value is not None]
    first, *others = shown.legend.classes
    assert first.count == sum(value <= first.upper for value in values)
    for row in others:
        assert row.count == sum(row.lower < value <= row.upper for value in values)
    assert sum(row.count for row in shown.legend.classes) == len(values)


def test_the_classes_are_kept_over_recast_maps_too(two_years):
    maps = (
        _map(two_years, year, class_basis="all_periods", on="2025-07-01")
        for year in ("2019", "2020")
    )
    first, second = maps
    assert _limits(first) == _limits(second)
