"""An answer that is kept ready is the same as the one the web framework gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.store import Store
from portal.app import create_app
from portal.app_state import served_state

ADDRESSES = (
    "/api/v1/values",
    "/api/v1/units",
    "/api/v1/catalogue?v={version}",
    "/api/v1/succession.csv",
    "/api/v1/indicators?lang=en",
)


@pytest.fixture
def app(tmp_path: Path, toy_store: Store) -> Flask:
    return create_app({"PORTAL_INSTANCE": tmp_path}, toy_store)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def _told(answer: Any) -> dict[str, str]:
    """The headers, without the time, which the server sets where it is missing."""
    return {name: value for name, value in answer.headers.items() if name != "Date"}


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity", ""])
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_ready_answer_has_the_bytes_and_headers_of_the_first(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, address: str, encoding: str
) -> None:
    address = address.format(version=served_state(app).version)
    headers = {"Accept-Encoding": encoding}
    first = client.get(address, headers=headers)
    assert first.status_code == 200
    monkeypatch.setattr(app, "full_dispatch_request", _not_asked)
    second = client.get(address, headers=headers)
    assert (second.status_code, second.data) == (200, first.data)
    assert _told(second) == _told(first)


def _not_asked() -> None:
    raise AssertionError("the web framework was asked")


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("If-None-Match", "*", 304),
        ("If-Match", '"another"', 412),
        ("Authorization", "Bearer nobody", 200),
    ],
)
def test_who_asks_with_a_condition_or_a_token_goes_through_the_framework(
    client: FlaskClient, header: str, value: str, status: int
) -> None:
    client.get("/api/v1/units")
    answer = client.get("/api/v1/units", headers={header: value})
    assert answer.status_code == status
    if header == "Authorization":
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
def test_only_a_get_is_answered_from_what_is_ready(client: FlaskClient, method: str) -> None:
    full = client.get("/api/v1/units")
    answer = client.open("/api/v1/units", method=method)
    assert answer.data != full.data


def test_an_answer_that_changes_with_the_ledger_is_asked_for_each_time(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get("/api/v1/publications").status_code == 200
    monkeypatch.setattr(app, "full_dispatch_request", _not_asked)
    assert client.get("/api/v1/publications").status_code == 500
