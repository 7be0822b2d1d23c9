"""What leaves the app is compressed where it helps and kept where it cannot change."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geodata.store import Store
from portal.app import create_app
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


@pytest.mark.parametrize(
    "path",
    ["/", "/about", "/nothing", "/healthz", "/?q=binh", "/s/00000000", "/export/panel",
     "/api/v1/units", "/api/v1/units?limit=x", "/export/data.csv", "/export/atlas.pdf?x=1",
     "/static/nothing.js", "/api/v1/boundaries/commune.topojson"],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["br", "identity"])
def test_every_answer_says_once_how_it_may_be_kept(
    client: FlaskClient, path: str, encoding: str
) -> None:
    answer = client.get(path, headers={"Accept-Encoding": encoding})
    assert len(answer.headers.getlist("Cache-Control")) == 1
    assert len(answer.headers.getlist("Vary")) <= 1


@pytest.mark.parametrize(
    ("url", "sent"), [("https://a.example", True), ("http://a.example", False)]
)
def test_browsers_are_told_to_stay_with_https_where_it_is(
    tmp_path: Path, lai_chau_store: Store, url: str, sent: bool
) -> None:
    app = create_app({"PORTAL_INSTANCE": tmp_path, "PORTAL_PUBLIC_URL": url}, lai_chau_store)
    for path in ("/healthz", "/nothing", "/about"):
        answer = app.test_client().get(path)
        assert ("Strict-Transport-Security" in answer.headers) == sent


@pytest.mark.parametrize("path", ["/export//about/sheet?lang=en", "/api/v1//units?limit=1"])
def test_a_redirection_stays_on_the_host_the_reader_has(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "evil.example"})
    assert answer.status_code == 308
    assert answer.headers["Location"] == path.replace("//", "/")
