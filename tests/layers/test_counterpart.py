"""An estimate of all units and the official figures of a few lead to each other."""

from __future__ import annotations

import pytest

from geodata.store import Store
from layers.counterpart import counterpart
from layers.layer import Layer

OFFICIAL, ESTIMATE = "forest_cover_rate", "evergreen_forest_share"
TODAY = {"level": "commune", "date": "2025-07-01"}


def layer(store: Store, indicator: str, **more: str) -> Layer:
    return Layer.from_query({"indicator": indicator, **TODAY, **more}, store)


def test_an_estimate_says_so_and_leads_to_the_official_figures(lai_chau_store: Store) -> None:
    found = counterpart(layer(lai_chau_store, ESTIMATE), lai_chau_store)
    assert found is not None
    assert found.indicator.id == OFFICIAL
    assert 0 < found.coverage.with_value < found.coverage.total == 38
    said = f"Số chính thức của {found.coverage.with_value}/38 đơn vị:"
    assert found.sentence["vi"] == f"Số ước tính. {said}"


def test_official_figures_say_so_and_lead_to_the_estimate(lai_chau_store: Store) -> None:
    found = counterpart(layer(lai_chau_store, OFFICIAL), lai_chau_store)
    assert found is not None
    assert found.indicator.id == ESTIMATE
    assert found.sentence["en"] == "Official figures. Estimated for 38/38 units:"


@pytest.mark.parametrize(
    ("indicator", "more"),
    [
        pytest.param("population", {}, id="nobody estimates it"),
        pytest.param(OFFICIAL, {"date": "2020-02-01"}, id="no estimate of these units"),
        pytest.param(
            OFFICIAL,
            {"level": "district", "date": "2020-02-01", "on": "2013-01-01"},
            id="recast",
        ),
    ],
)
def test_a_map_without_a_counterpart_offers_none(lai_chau_store, indicator, more) -> None:
    assert counterpart(layer(lai_chau_store, indicator, **more), lai_chau_store) is None
