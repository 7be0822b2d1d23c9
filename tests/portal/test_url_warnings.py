"""An address that is partly wrong: the map says what it left out, a refusal offers the way out."""

from __future__ import annotations

import re

import pytest

NOTICES = re.compile(r'<ul id="notices".*?</ul>', re.DOTALL)


def said(client, query: str) -> str:
    answer = client.get(f"/?{query}")
    assert answer.status_code == 200
    found = NOTICES.search(answer.text)
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("colour=red", ["colour", "bỏ qua"]),
        ("level=commune&level=province", ["level", "lặp lại", "commune"]),
        ("unit=nope", ["nope", "hiện mọi đơn vị"]),
        ("view=here", ["view=here"]),
        ("sort=colour", ["sort=colour"]),
        ("colour=%3Cb%3E&lang=en", ["does not use"]),
    ],
)
def test_the_map_tells_what_of_its_address_it_did_not_understand(client, query, words):
    notice = said(client, query)
    assert all(word in notice for word in words)
    assert "<b>" not in notice


def test_a_unit_of_other_boundaries_leads_to_its_page(client):
    notice = said(client, "unit=03413-20130101&level=commune&date=2025-07-01")
    assert 'href="/units/03413-20130101"' in notice


@pytest.mark.parametrize("query", ["", "indicator=population", "unit=03390-20250701&sort=name"])
def test_a_sound_address_gets_no_notice(client, query):
    assert not said(client, query)


def test_a_theme_chosen_without_scripts_opens_with_its_fullest_map(client):
    page = client.get("/?theme=forest&indicator=population_density&level=commune").text
    assert "Tỷ lệ rừng thường xanh rậm" in re.search(r"<h1[^>]*>(.*?)</h1>", page)[1]


@pytest.mark.parametrize(
    ("path", "link", "name"),
    [
        ("/indicators/nope", 'href="/indicators/forest_cover_rate"', "Tỷ lệ che phủ rừng"),
        (
            "/?indicator=nope&level=commune",
            'href="/?indicator=forest_cover_rate&amp;level=commune"',
            "Tỷ lệ",
        ),
        ("/?level=nope", 'href="/?level=commune"', "Xã"),
    ],
)
def test_a_refusal_lists_names_with_links_to_what_there_is(client, path, link, name):
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert re.search(f"<a {re.escape(link)}>{name}", answer.text)
