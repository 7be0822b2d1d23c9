"""The licences of what comes with the portal go with every copy of it."""

from __future__ import annotations

import html
import re

import pytest
from flask.testing import FlaskClient

from portal.webmap.assets import asset_text, asset_url

LICENCES = {
    "leaflet": "BSD-2-Clause",
    "maplibre-gl": "BSD-3-Clause",
    "@fontsource/be-vietnam-pro": "OFL-1.1",
}
CARRIED = ("leaflet", "@fontsource/be-vietnam-pro")
TERMS = (
    "Volodymyr Agafonkin",
    "MapLibre contributors",
    "SIL OPEN FONT LICENSE Version 1.1",
    "Redistributions in binary form must reproduce the above copyright notice",
)


def licences_in(text: str) -> dict[str, str]:
    return dict(re.findall(r"^(\S+) \d\S*\nLicence: (.+)$", text, re.MULTILINE))


def test_the_notices_name_every_bundled_package_with_its_licence(client: FlaskClient) -> None:
    answer = client.get(asset_url("notices.txt"))
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    named = licences_in(answer.text)
    assert {name: named.get(name) for name in LICENCES} == LICENCES
    assert [each for each in TERMS if each not in answer.text] == []


def test_the_notices_name_what_a_package_was_bundled_of_before_and_no_tool() -> None:
    named = licences_in(asset_text("notices.txt"))
    assert named["earcut"] == "ISC"
    assert {"esbuild", "eslint", "happy-dom"}.isdisjoint(named)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_about_the_portal_leads_to_the_notices(client: FlaskClient, lang: str) -> None:
    assert f'href="{asset_url("notices.txt")}"' in client.get(f"/about?lang={lang}").text


@pytest.mark.slow
def test_a_map_in_one_file_brings_the_notices_of_what_it_holds(client: FlaskClient) -> None:
    page = client.get("/export/map.html?indicator=population_density&level=commune").text
    named = licences_in(html.unescape(page))
    assert named == {name: LICENCES[name] for name in CARRIED}
