"""The words of panels, which come with the panel and not with the page."""

from __future__ import annotations

import re

import pytest

from portal.webmap.panel_texts import PANELS, panel_texts_url


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("panel", PANELS)
def test_a_panel_finds_its_own_words_in_the_language_of_the_page(client, panel, lang) -> None:
    page = client.get(f"/?lang={lang}").get_data(as_text=True)
    address = re.search(rf'"(/panel-texts/{panel}\.{lang}\.[0-9a-f]+\.json)"', page)[1]
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"].endswith("immutable")
    words = answer.get_json()
    assert words
    assert {key.split(".")[0] for key in words} == {panel}
    # What is long stands in no page.
    assert not [key for key, text in words.items() if len(text) > 30 and text in page]


@pytest.mark.parametrize(
    "changed", ["map.vi", "filter.xx", "filter.vi.00000000", "filter.vi.."], ids=str
)
def test_words_of_no_panel_no_language_or_another_state_are_not_found(client, changed) -> None:
    good = panel_texts_url("filter", "vi").removeprefix("/panel-texts/").split(".")
    wrong = changed.split(".") + good[len(changed.split(".")) :]
    answer = client.get("/panel-texts/" + ".".join(wrong))
    assert answer.status_code == 404
