"""Who may change something: the portal's own pages and programs, whatever a proxy does to Host."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.app import create_app

FILE = "/export/sheet.svg?indicator=population"
OTHER = {"Origin": "https://other.example"}


@pytest.fixture
def behind_proxy(tmp_path, toy_folder, toy_store) -> FlaskClient:
    settings = {
        "PORTAL_INSTANCE": tmp_path,
        "PORTAL_DATASET": toy_folder,
        "PORTAL_PUBLIC_URL": "https://maps.example/portal",
    }
    return create_app(settings, toy_store).test_client()


def changing_routes(app: Flask) -> list[tuple[str, str]]:
    safe = {"GET", "HEAD", "OPTIONS"}
    return [(rule.rule, method) for rule in app.url_map.iter_rules()
            for method in (rule.methods or set()) - safe]  # fmt: skip


@pytest.mark.parametrize(
    "headers",
    [OTHER, {"Origin": "null"}, {"Origin": "http://["}, {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}],
)  # fmt: skip
def test_no_route_that_changes_something_hears_another_site(toy: FlaskClient, headers) -> None:
    routes = changing_routes(toy.application)
    assert len(routes) >= 4
    for rule, method in routes:
        path = rule.replace("<kind>.<extension>", "sheet.svg").replace("<job_id>", "any")
        answer = toy.open(f"{path}?lang=en", method=method, headers=headers)
        assert answer.status_code == 403, (rule, method)
        if rule.startswith(("/api/", "/export/")):
            assert answer.get_json()["error"]["code"] == "forbidden"


def test_reading_is_open_to_all(toy: FlaskClient) -> None:
    for headers in (OTHER, {"Sec-Fetch-Site": "cross-site"}):
        assert toy.get("/", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"},
     {"Sec-Fetch-Site": "none"}],
)  # fmt: skip
def test_own_pages_and_programs_are_heard(toy: FlaskClient, headers) -> None:
    assert toy.post(FILE, headers=headers).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("host", ["127.0.0.1:8000", "maps.example", "backend"])
def test_behind_a_proxy_the_public_address_decides_and_host_does_not(
    behind_proxy: FlaskClient, host: str
) -> None:
    own = {"Host": host, "Origin": "https://maps.example"}
    assert behind_proxy.post(FILE, headers=own).status_code == 200
    for origin in (f"http://{host}", "http://maps.example", "https://maps.example:444"):
        foreign = {"Host": host, "Origin": origin}
        assert behind_proxy.post(FILE, headers=foreign).status_code == 403
