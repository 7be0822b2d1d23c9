"""The map of the page is folium's, with the portal's own scripts and the operator's base map."""

import re

import folium
import pytest

from portal.app import create_app
from portal.webmap.folium_map import PortalMap
from portal.webmap.map_context import MANY_UNITS, boundary_detail

TILES = "https://tiles.example/{z}/{x}/{y}.png"
EVIL = "</script><script>alert(1)</script>"


def layer_lines(body):
    return [line.strip() for line in body.splitlines() if "portal.addLayer(" in line]


def test_the_map_is_foliums():
    assert issubclass(PortalMap, folium.Map)


@pytest.mark.parametrize(("units", "detail"), [(MANY_UNITS, 3), (MANY_UNITS + 1, 1)])
def test_a_map_of_very_many_units_is_drawn_from_the_coarsest_lines(units, detail):
    assert boundary_detail(units) == detail


def test_every_layer_is_one_line_without_a_shape_in_it(client):
    lines = layer_lines(client.get("/").get_data(as_text=True))
    assert len(lines) >= 3
    for line in lines:
        assert re.fullmatch(r"portal\.addLayer\(portal_map_main, .*\);?", line), line
        assert "coordinates" not in line
        assert len(line) < 1000


@pytest.fixture
def with_base_map(tmp_path, lai_chau_store):
    settings = {
        "PORTAL_INSTANCE": tmp_path,
        "PORTAL_BASEMAP_URL": TILES,
        "PORTAL_BASEMAP_ATTRIBUTION": EVIL,
    }
    return create_app(settings, lai_chau_store).test_client()


def test_a_base_map_is_there_only_when_the_operator_names_one(client, with_base_map):
    assert "tiles.example" not in client.get("/").get_data(as_text=True)
    answer = with_base_map.get("/")
    body = answer.get_data(as_text=True)
    assert any(TILES in line for line in layer_lines(body))
    assert "img-src 'self' data: https://tiles.example" in answer.headers["Content-Security-Policy"]


def test_the_attribution_is_text(with_base_map):
    body = with_base_map.get("/").get_data(as_text=True)
    assert EVIL not in body
    assert "alert(1)" in body


def test_the_map_of_an_estimate_leads_to_the_official_figures_and_back(client) -> None:
    query = "indicator=evergreen_forest_share&level=commune&date=2025-07-01"
    there = client.get(f"/api/v1/values?{query}").json["counterpart"]
    assert there["name"] == "Tỷ lệ che phủ rừng"
    assert f'<a href="/?{there["query"].replace("&", "&amp;")}">' in client.get(f"/?{query}").text
    back = client.get(f"/api/v1/values?{there['query']}").json
    assert back["legend"]["with_value"] > 0
    assert "evergreen_forest_share" in back["counterpart"]["query"]
    assert client.get("/api/v1/values?indicator=population").json["counterpart"] is None


def test_official_figure_and_estimate_stand_on_one_screen(client) -> None:
    query = "indicator=evergreen_forest_share&level=commune&date=2025-07-01"
    beside = client.get(f"/api/v1/values?{query}").json["counterpart"]
    value, period, status, doubtful, difference = beside["units"]["03390-20250701"]
    assert (value, period, status, doubtful) == (57.69, "2026-H1", "actual", 0)
    assert beside["agreement"]["with_both"] == len(beside["units"]) == 2
    assert beside["agreement"]["farthest"][0]["difference"] == difference
    assert beside["agreement"]["sentence"] in client.get(f"/?{query}").text
    card = client.get(f"/api/v1/cards/03390-20250701?{query}").json
    assert card["counterpart"]["text"] == "57,69%"
    assert card["counterpart"]["difference"] == difference


def test_a_unit_without_an_official_figure_still_shows_the_estimate(client) -> None:
    query = "indicator=forest_cover_rate&period=2026-H1&level=commune&date=2025-07-01"
    card = client.get(f"/api/v1/cards/03439-20250701?{query}").json
    assert card["value"] is None
    assert card["counterpart"]["is_estimate"]
    assert card["counterpart"]["difference"] is None


def test_the_page_of_a_unit_shows_both_where_it_has_both(client) -> None:
    page = client.get("/units/03390-20250701?lang=en").text
    assert page.count('class="counterpart"') == 2
    assert "Estimate minus official figure: +20\u00a0points" in page
    assert 'class="counterpart"' not in client.get("/units/03385-20250701").text
