"""``/compare`` as the server draws it."""

from __future__ import annotations

import json
import re

import pytest


def embedded(html: str) -> dict:
    """The comparison that comes with the page."""
    found = re.search(r'id="comparison">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_page_carries_what_the_api_answers(client):
    page = embedded(client.get("/compare").text)
    answer = client.get(f"/api/v1/compare?{page['query']}").json
    assert page == answer
    assert page["left"]["layer"]["date"] < page["eras"]["right"]["date"]


def test_it_opens_on_the_last_merger(client):
    page = embedded(client.get("/compare").text)
    assert page["left"]["layer"]["date"] == "2020-02-01"
    assert page["left"]["layer"]["period"] == "2019-04-01"
    assert [page[side]["legend"]["total"] for side in ("left", "right")] == [106, 38]
    assert page["right"]["legend"]["with_value"] >= 36


def test_the_change_of_the_page_is_the_mode_of_the_api(client):
    page = embedded(client.get("/compare?mode=difference&measure=relative").text)
    assert page["measure"] == "relative"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("mode", ["side", "swipe", "difference", "outline"])
def test_every_layout_in_both_languages(client, mode, lang):
    answer = client.get(f"/compare?mode={mode}&lang={lang}")
    assert answer.status_code == 200
    assert f'data-mode="{mode}"' in answer.text
    assert answer.text.count("portal.createMap(") == 2
    assert answer.headers["Content-Security-Policy"].count("'sha256-") == 2
    assert "style=" not in answer.text.replace("&amp;style=", "")


@pytest.mark.parametrize("query", ["mode=else", "measure=else", "on=1999-01-01", "indicator=none"])
def test_what_it_does_not_know_is_refused_in_words(client, query):
    answer = client.get(f"/compare?{query}")
    assert answer.status_code in (400, 404)
    assert query.split("=")[1] in answer.text


@pytest.mark.parametrize(
    ("old", "present"),
    [
        ("/compare?mode=swipe&change=relative", "/compare?mode=swipe&measure=relative"),
        (
            "/api/v1/compare?level=commune&mode=relative",
            "/api/v1/compare?level=commune&measure=relative",
        ),
        ("/export/difference.svg?change=absolute", "/export/difference.svg?measure=absolute"),
    ],
)
def test_addresses_of_earlier_versions_lead_to_the_present_ones(client, old, present):
    answer = client.get(old)
    assert (answer.status_code, answer.headers["Location"]) == (308, present)


@pytest.mark.parametrize("path", ["/compare?mode=swipe", "/api/v1/compare?measure=relative"])
def test_present_addresses_are_answered_as_they_are(client, path):
    assert client.get(path).status_code == 200
