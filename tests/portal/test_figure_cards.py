"""Where few units have a figure, each is told with what is known of it."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from portal.app import create_app
from portal.serializers.unit_card import _as_stated


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, lai_chau_store: Any) -> FlaskClient:
    folder = tmp_path_factory.mktemp("instance")
    return create_app({"PORTAL_INSTANCE": folder}, lai_chau_store).test_client()


def cards(client: FlaskClient, **query: str) -> Any:
    return client.get("/api/v1/figure-cards", query_string=query).json


def test_every_unit_with_a_figure_of_any_period_is_told(client: FlaskClient) -> None:
    found = cards(client, indicator="poverty_rate", period="2025-12", level="commune",
                  date="2025-07-01", lang="en")  # fmt: skip
    listed = [(c["unit"]["name"], c["figure"]["text"], c["on_map"]) for c in found["cards"]]
    assert ("Ta Leng", "11.72%", True) in listed
    assert ("Tan Uyen", "4.90%", False) in listed
    assert [on_map for _, _, on_map in listed] == sorted((m for *_, m in listed), reverse=True)
    assert found["without"] == 38 - len(listed)
    assert found["sentence"].startswith("1 of 38 units have a figure for December 2025; 1 more")


def test_the_province_stands_beside_them(client: FlaskClient) -> None:
    found = cards(client, indicator="poverty_rate", level="commune", date="2025-07-01", lang="en")
    above = found["reference"]
    assert [card["unit"]["full_name"] for card in above] == ["Lai Chau province"]
    assert above[0]["figure"]["value"] == pytest.approx(19.46)
    assert not above[0]["on_map"]


def test_units_of_former_districts_are_held_by_the_province_alone(client: FlaskClient) -> None:
    found = cards(client, indicator="poverty_rate", level="district", date="2020-02-01", lang="en")
    assert {card["unit"]["full_name"] for card in found["reference"]} == {"Lai Chau province"}


def test_the_link_of_another_period_opens_its_map(client: FlaskClient) -> None:
    found = cards(client, indicator="poverty_rate", period="2025-12", level="commune",
                  date="2025-07-01")  # fmt: skip
    other = next(card for card in found["cards"] if not card["on_map"])
    values = client.get(f"/api/v1/values?{other['query']}").json
    assert values["units"][other["unit"]["id"]][0] == other["figure"]["value"]


def test_a_plan_stands_beside_an_actual_figure_only(client: FlaskClient) -> None:
    catalogue = client.get("/api/v1/catalogue").json
    sparse = [
        (indicator["id"], layer)
        for theme in catalogue["themes"]
        for indicator in theme["indicators"]
        for layer in indicator["layers"]
        if layer["sparse"]
    ]
    assert len(sparse) > 20
    planned = 0
    for indicator, layer in sparse[:60]:
        query = {name: layer[name] for name in ("level", "date", "status", "period")}
        found = cards(client, indicator=indicator, **query)
        shown = [card for card in found["cards"] if card["on_map"]]
        assert len(shown) == layer["with_value"]
        plans = [card for card in shown if card["plan"]]
        assert layer["status"] == "actual" or not plans
        planned += len(plans)
    assert planned


def test_a_recast_map_has_its_figures_elsewhere(client: FlaskClient) -> None:
    found = cards(client, indicator="population", level="commune", date="2020-02-01",
                  on="2025-07-01")  # fmt: skip
    assert found["cards"] == []


@pytest.mark.parametrize(
    ("stated", "told"), [(51.0, "51%"), (47.47, "47,47%"), (98.5, "98,5%"), (33.333333, "33,33%")]
)
def test_a_share_that_a_document_states_has_the_decimals_it_has_there(stated, told) -> None:
    assert _as_stated(stated, "vi") == told
    assert _as_stated(None, "vi") == ""
