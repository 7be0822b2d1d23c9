"""An estimate of all units and the official figures of a few stand beside each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geodata.model import Observation
from geodata.store import Store
from layers.counterpart import (
    Agreement,
    FigurePair,
    agreement,
    agreement_note,
    counterpart,
    nearest_figure,
    pair_of_unit,
)
from layers.layer import Layer
from layers.layer_view import resolve_layer

OFFICIAL, ESTIMATE = "forest_cover_rate", "evergreen_forest_share"
TODAY = {"level": "commune", "date": "2025-07-01"}
BINH_LU, THU_LUM = "03390-20250701", "03439-20250701"


def layer(store: Store, indicator: str, **more: str) -> Layer:
    return Layer.from_query({"indicator": indicator, **TODAY, **more}, store)


def figure(period: str, value: float = 50.0, **more: object) -> Observation:
    made = Observation(BINH_LU, OFFICIAL, period, "actual", value, "source")
    return replace(made, **more)


def test_an_estimate_says_so_and_leads_to_the_official_figures(lai_chau_store: Store) -> None:
    found = counterpart(layer(lai_chau_store, ESTIMATE), lai_chau_store)
    assert found is not None
    assert found.indicator.id == OFFICIAL
    assert found.sentence["vi"] == "Số ước tính. Số chính thức của 2/38 đơn vị:"
    assert found.coverage.status_group == "actual"


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


@pytest.mark.parametrize(
    ("periods", "nearest"),
    [
        pytest.param(("2016", "2020", "2024"), "2020", id="by the ends of periods"),
        pytest.param(("2018", "2020"), "2020", id="the later of equals"),
        pytest.param((), None, id="none"),
    ],
)
def test_the_figure_of_the_nearest_period_stands_beside(periods, nearest) -> None:
    found = nearest_figure([figure(period) for period in periods], "2019")
    assert (found.period if found else None) == nearest


def test_neither_plans_nor_impossible_figures_stand_beside() -> None:
    planned = figure("2019", status="plan")
    impossible = figure("2019", 400.0, impossible=True, doubt="above 100")
    assert nearest_figure([planned, impossible, figure("2010")], "2019") == figure("2010")


def test_a_map_and_its_counterpart_give_the_same_pairs(lai_chau_store: Store) -> None:
    store = lai_chau_store
    pairs = {}
    for indicator, period in ((ESTIMATE, "2019"), (OFFICIAL, "2026-H1")):
        view = resolve_layer(layer(store, indicator, period=period), store)
        found = counterpart(view.layer, store)
        assert found is not None
        pairs[indicator] = agreement(view, found).pairs
    assert list(pairs[ESTIMATE]) == [BINH_LU, THU_LUM]
    assert pairs[OFFICIAL] == {BINH_LU: pairs[ESTIMATE][BINH_LU]}
    pair = pairs[OFFICIAL][BINH_LU]
    assert pair.difference == pytest.approx(pair.estimate.value - 57.69)
    assert pair_of_unit(store, BINH_LU, pair.official) == pair
    assert pair_of_unit(store, BINH_LU, pair.estimate) == pair


def test_doubtful_figures_are_counted_and_kept_out_of_the_mean(lai_chau_store: Store) -> None:
    measure = lai_chau_store.indicator(OFFICIAL)
    values = ((50.0, 53.0, ""), (60.0, 65.0, ""), (70.0, 0.0, "misread"))
    pairs = {
        str(n): FigurePair(figure("2019", one), figure("2019", other, doubt=doubt), measure)
        for n, (one, other, doubt) in enumerate(values)
    }
    said = Agreement(pairs, 38, measure).sentence("en").replace("\u00a0", " ")
    assert said.startswith("3 of 38 units have both figures; estimate minus official figure: +4.00")
    assert said.endswith("from +3.00 points to +5.00 points.")


def test_figures_of_different_units_of_measure_have_no_difference() -> None:
    pair = FigurePair(figure("2019"), figure("2019", 3.0), None)
    assert pair.difference is None
    assert Agreement({BINH_LU: pair}, 38, None).sentence("en") == "1 of 38 units have both figures."


def test_what_is_said_on_paper_names_the_other_indicator(lai_chau_store: Store) -> None:
    said = agreement_note(
        resolve_layer(layer(lai_chau_store, ESTIMATE), lai_chau_store), lai_chau_store
    )
    assert said.startswith("Số ước tính; số chính thức ở chỉ tiêu “Tỷ lệ che phủ rừng”: 2/38")
    alone = resolve_layer(layer(lai_chau_store, "population"), lai_chau_store)
    assert agreement_note(alone, lai_chau_store) == ""
