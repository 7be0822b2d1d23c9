"""The map in one HTML file: small, closed to the outside, and what names hold stays text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geodata.topojson import decode
from portal.app import create_app

pytestmark = pytest.mark.slow

LAYER = "indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01"
MAX_BYTES = 1_000_000


def data(page: str, name: str):
    found = re.search(
        f'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL
    )
    return json.loads(found[1])


def test_the_file_is_small_and_the_same_each_time(client: FlaskClient) -> None:
    sizes = []
    for query in (LAYER, "indicator=population&level=commune&date=2013-01-01&lang=en"):
        answer = client.get(f"/export/map.html?{query}")
        assert answer.status_code == 200
        assert answer.mimetype == "text/html"
        assert "attachment" in answer.headers["Content-Disposition"]
        sizes.append(len(answer.data))
    assert max(sizes) < MAX_BYTES
    other = create_app(
        {"PORTAL_INSTANCE": client.application.extensions["portal"].settings.instance},
        client.application.extensions["portal"].store,
    )
    again = other.test_client().get(f"/export/map.html?{LAYER}").data
    assert again == client.get(f"/export/map.html?{LAYER}").data


def test_figures_and_colours_are_those_of_the_api(client: FlaskClient) -> None:
    page = client.get(f"/export/map.html?{LAYER}").get_data(as_text=True)
    served = client.get(f"/api/v1/values?{LAYER}").get_json()
    carried = data(page, "values")
    assert carried["units"] == served["units"]
    assert carried["legend"] == served["legend"]
    assert len(data(page, "shapes")["objects"]["units"]["geometries"]) == 38
    cards = data(page, "cards")
    assert cards.keys() == served["units"].keys()
    card = client.get(f"/api/v1/cards/03390-20250701?{LAYER}").get_json()
    assert cards["03390-20250701"]["value"] == card["value"]["text"]
    assert cards["03390-20250701"]["doubt"] == card["value"]["doubt"]


def test_only_the_scripts_of_the_file_may_run(client: FlaskClient) -> None:
    page = client.get(f"/export/map.html?{LAYER}").get_data(as_text=True)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    policy = policy.replace("&#39;", "'")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy
    for tag, name in (('<script type="module">', "script"), ("<style>", "style")):
        contents = re.findall(f"{re.escape(tag)}(.*?)</{name}>", page, re.DOTALL)
        assert contents
        for content in contents:
            digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy


def test_nothing_in_the_file_is_fetched_from_elsewhere(client: FlaskClient) -> None:
    page = client.get(f"/export/map.html?{LAYER}").get_data(as_text=True)
    plain = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    links = re.findall(r'(?:src|href)="([^"]*)"', plain)
    links += re.findall(r"url\([\"']?([^)]{0,40})", plain)
    assert links
    assert [link for link in links if not link.startswith(("data:", "#"))] == []


def test_the_file_opens_on_the_very_shapes_that_it_carries(toy: FlaskClient) -> None:
    page = toy.get("/export/map.html?indicator=population").get_data(as_text=True)
    west, south, east, north = decode(data(page, "shapes"), "units").total_bounds
    written = json.loads(re.search(r'"bounds": (\[\[.*?\]\])', page)[1])
    assert written == [[pytest.approx(south), pytest.approx(west)], [north, east]]


def test_markup_in_names_and_titles_stays_text(toy_copy: Path, tmp_path: Path) -> None:
    name = "</script><img src=x onerror=alert(1)>"
    units = toy_copy / "shipped/units.csv"
    units.write_text(units.read_text("utf-8").replace("Hòa Bình", name), encoding="utf-8")
    app = create_app({"PORTAL_INSTANCE": tmp_path / "home", "PORTAL_DATASET": toy_copy})
    query = {"indicator": "population", "title": f"{name}@@{{{{7*7}}}}"}
    page = app.test_client().get("/export/map.html", query_string=query).get_data(as_text=True)
    assert "onerror=alert(1)" in page
    assert "<img" not in page.replace('"<img', "")
    assert "{{7*7}}" in page
    assert name in {card["name"].removeprefix("Xã ") for card in data(page, "cards").values()}
