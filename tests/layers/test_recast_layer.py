"""When a recast value is drawn, and when the map says that it stands for too little."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from geodata.recast.results import RecastValue
from geodata.store import create_store
from layers.layer import Layer
from layers.layer_view import is_not_yet_published, resolve_layer
from layers.recast_layer import MIN_COVERAGE, _drawable, recast_layer_values

NEW = "90001-20250701"
DENSITY = {
    "indicator": "population_density", "period": "2019", "level": "commune",
    "date": "2013-01-01", "on": "2025-07-01", "lang": "en",
}  # fmt: skip


@pytest.fixture(scope="module")
def half(tmp_path_factory, toy_dataset):
    """The toy where communes 2 and 5, half of the people of new commune 1, lack figures of 2019."""
    lacking = {"90002-20130101", "90005-20130101"}
    seen = [o for o in toy_dataset.observations if o.unit_id not in lacking or o.period != "2019"]
    everyone = [
        replace(o, period="2018")
        for o in toy_dataset.observations
        if (o.indicator, o.period) == ("population", "2019") and not o.doubt
    ]
    sizes = {"90002-20130101": 200, "90005-20130101": 500, "90001-20130101": 100}
    assert sum(o.value for o in everyone if o.unit_id in sizes) == 800
    path = tmp_path_factory.mktemp("half") / "toy.gpkg"
    store = create_store(path, replace(toy_dataset, observations=(*seen, *everyone)))
    yield store
    store.close()


def test_a_ratio_of_exactly_the_least_coverage_is_drawn(half):
    layer = Layer.from_query(DENSITY, half)
    record = recast_layer_values(layer, half)[NEW]
    assert record.coverage == MIN_COVERAGE["ratio"] == 0.5
    assert record.value is not None
    assert resolve_layer(layer, half).unit_views[NEW].value == record.value


def test_a_count_of_that_coverage_is_not_drawn_and_says_why(half):
    layer = Layer.from_query(DENSITY | {"indicator": "population"}, half)
    record = recast_layer_values(layer, half)[NEW]
    assert (record.value, record.status) == (None, "not_recoverable")
    assert record.reason["en"] == "The figures stand for 50% of the unit, less than 100%"


@pytest.mark.parametrize("kind", sorted(MIN_COVERAGE))
def test_the_least_coverage_itself_is_enough_and_anything_below_is_not(kind):
    least = MIN_COVERAGE[kind]
    at, below, unknown = (
        _drawable(RecastValue(NEW, "x", "2019", 7.0, "summed", covered, low=6.0, high=8.0), least)
        for covered in (least, least - 1e-9, None)
    )
    assert (at.value, at.low, at.status) == (7.0, 6.0, "summed")
    for record in (below, unknown):
        assert (record.value, record.low, record.high) == (None, None, None)
        assert record.status == "not_recoverable"
    assert "not known how much" in unknown.reason["en"]


def test_a_published_figure_is_drawn_whatever_it_covers():
    record = RecastValue(NEW, "x", "2019", 7.0, "published", 0.1)
    assert _drawable(record, 0.999) is record


@pytest.mark.parametrize(
    ("period", "status", "awaited"),
    [
        ("2026-H1", "actual", False),  # ends on the reference date, 30 June 2026
        ("2026-06-30", "actual", False),
        ("2026-07-01", "actual", True),
        ("2026", "actual", True),
        ("2026", "plan", False),
    ],
)
def test_figures_are_awaited_only_for_periods_that_end_after_the_reference_date(
    half, period, status, awaited
):
    assert half.info.reference_date == dt.date(2026, 6, 30)
    query = {"indicator": "population", "level": "commune", "date": "2025-07-01", "lang": "en"}
    layer = Layer.from_query({**query, "period": period, "status": status}, half)
    assert is_not_yet_published(layer, half) == awaited
    kinds = {view.missing for view in resolve_layer(layer, half).unit_views.values()}
    assert kinds == {"not_published" if awaited else "no_data"}
