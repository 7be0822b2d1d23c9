"""What leaves the app is compressed where it helps and kept where it cannot change."""

from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient

from portal.webmap.assets import asset_url, manifest

FONT = "be-vietnam-pro-vietnamese-400-normal.woff2"


@pytest.mark.parametrize("name", ["map.js", "app.css", FONT])
def test_an_asset_is_kept_for_good(client: FlaskClient, name: str) -> None:
    answer = client.get(asset_url(name))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_script_is_compressed_and_a_font_is_not(client: FlaskClient) -> None:
    wanted = {"Accept-Encoding": "gzip"}
    script = client.get(asset_url("map.js"), headers=wanted)
    assert gzip.decompress(script.data) == client.get(asset_url("map.js")).data
    font = client.get(asset_url(FONT), headers=wanted)
    assert "Content-Encoding" not in font.headers
    assert font.mimetype == "font/woff2"


@pytest.mark.parametrize("name", ["manifest.json", "../app.py", "map.js", "nothing.js"])
def test_only_files_the_build_names_are_sent(client: FlaskClient, name: str) -> None:
    assert name not in manifest().values()
    assert client.get(f"/static/{name}").status_code == 404
