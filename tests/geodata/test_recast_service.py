"""What a recast asks of a store: sizes, denominators and what was published."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from geodata.recast.service import (
    ObservationQuery,
    _with_predecessor_sizes,
    ratio_denominators,
    recast_observations,
    unit_crosswalk,
    unit_sizes,
)
from geodata.store import create_store

OLD, NEW = dt.date(2013, 1, 1), dt.date(2025, 7, 1)


@pytest.fixture(scope="module")
def store(tmp_path_factory, toy_dataset):
    made = create_store(tmp_path_factory.mktemp("recast") / "toy.gpkg", toy_dataset)
    yield made
    made.close()


def test_sizes_are_those_of_the_fullest_period(store):
    people = unit_sizes(store)["population"]
    assert people["90006-20130101"] == 600
    assert people["90001-20250701"] == 401
    assert set(unit_sizes(store)["area"]) >= set(people)


def test_units_without_a_figure_inherit_from_their_predecessors(store, toy_dataset):
    found = _with_predecessor_sizes(
        {"90001-20130101": 5.0}, toy_dataset.successions[:1], "population"
    )
    assert found["90001-20250701"] == 5.0


def test_the_natural_area_falls_back_on_the_shape(store):
    area = store.indicator("natural_area")
    found = ratio_denominators(
        store, ObservationQuery("population_density", "2019", "commune", OLD), area
    )
    assert len(found) == 16
    unit = store.unit("90001-20130101")
    assert found[unit.unit_id].value == unit.shape_area_km2
    assert found[unit.unit_id].method


def test_a_published_figure_stands_beside_what_the_parts_give(store):
    result = recast_observations(store, ObservationQuery("population", "2025", "commune", NEW), OLD)
    shown, computed = (which["90006-20130101"] for which in (result.records, result.computed))
    assert (shown.status, shown.value) == ("published", 1700)
    assert computed.value == pytest.approx(401 * 600 / 1400)


def test_figures_climb_to_the_districts_of_old(store):
    result = recast_observations(
        store, ObservationQuery("population", "2019", "commune", OLD), OLD, "district"
    )
    assert {r.value for r in result.records.values()} == {
        100.0 * sum((1, 2, 5, 6, 9, 10, 13, 14)), 100.0 * sum((3, 4, 7, 8, 11, 12, 15, 16)),
    }  # fmt: skip
    assert len(unit_crosswalk(store, "commune", NEW, OLD, "district").targets) == 2


@pytest.mark.slow
def test_a_doubtful_figure_weighs_nothing(tmp_path, toy_dataset):
    # Without the good figure beside it, commune 6 has only one that is doubtful.
    good = [
        seen
        for seen in toy_dataset.observations
        if (seen.unit_id, seen.period) != ("90006-20130101", "2019") or seen.doubt
    ]
    doubtful = create_store(
        tmp_path / "doubtful.gpkg", replace(toy_dataset, observations=tuple(good))
    )
    query = ObservationQuery("population", "2019", "commune", OLD)
    assert doubtful.values("population", "2019", "commune", OLD)["90006-20130101"].value == 1600
    assert "90006-20130101" not in unit_sizes(doubtful)["population"]
    assert unit_sizes(doubtful)["population"]["90005-20130101"] == 500
    assert recast_observations(doubtful, query, NEW).records["90001-20250701"].value == 2400
    doubtful.close()


@pytest.mark.slow
def test_a_unit_without_people_weighs_nothing(tmp_path, toy_dataset):
    emptied = [
        replace(seen, value=0.0) if seen.unit_id == "90005-20130101" else seen
        for seen in toy_dataset.observations
    ]
    store = create_store(tmp_path / "empty.gpkg", replace(toy_dataset, observations=tuple(emptied)))
    assert "90005-20130101" not in unit_sizes(store)["population"]
    store.close()
