"""The pages of accounts: the first administrator, the own account, the accounts of others."""

from __future__ import annotations

import re
import socket
import stat
import threading
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask import Flask, jsonify
from flask.testing import FlaskClient

from geodata.errors import FileFault, InvalidInput
from geodata.ledger.account_tables import rate_limits
from geodata.ledger.accounts import check_password
from geodata.ledger.database import writing
from portal.accounts.access import require_account, required_account
from portal.accounts.first_administrator import first_administrator_lines
from portal.accounts.secret_key import ENVIRONMENT, FILE_NAME, read_secret_key
from portal.app import create_app
from portal.cli.wsgi_server import make_server
from portal.ledger_engine import ledger_of
from tests.portal.office import WORDS, make_account, send, sign_in

NEW = WORDS + " tiếng chuông"
LOCAL = "http://127.0.0.1:8000"


def new_app(instance: Path, dataset: Path, store) -> Flask:
    return create_app({"PORTAL_INSTANCE": instance, "PORTAL_DATASET": dataset}, store)


@pytest.fixture(scope="module")
def office(tmp_path_factory, toy_folder, toy_store) -> Flask:
    app = new_app(tmp_path_factory.mktemp("office"), toy_folder, toy_store)
    make_account(app, "chief", role="administrator")

    @app.post("/api/v1/written")
    @require_account()
    def written():
        return jsonify(by=required_account().name)

    @app.post("/api/v1/managed")
    @require_account("administrator")
    def managed():
        return jsonify(by=required_account().name)

    return app


@pytest.fixture
def chief(office: Flask) -> FlaskClient:
    with writing(ledger_of(office).get()) as connection:
        connection.execute(rate_limits.delete())
    client = office.test_client()
    sign_in(client, "chief")
    return client


def secret_in(page: str) -> str:
    return re.search(r'class="secret"[^>]*>([^<]+)<', page)[1]


@pytest.mark.slow
def test_the_first_administrator_is_made_once_by_the_printed_address(
    tmp_path: Path, toy_folder, toy_store
) -> None:
    app = new_app(tmp_path, toy_folder, toy_store)
    client = app.test_client()
    assert "portal user add" in client.get("/account/sign-in").text
    make_account(app, "editor")
    *told, address = first_administrator_lines(app, LOCAL)
    assert ["administrator" in told[1], "quản trị viên" in told[0]] == [True, True], told
    path = address.removeprefix(LOCAL)
    fields = {"name": "chief", "full_name": "Phòng Thống kê", "password_again": WORDS}
    refused = send(client, path, password="short", **fields)
    assert refused.status_code == 400
    assert 'value="Phòng Thống kê"' in refused.text
    assert send(client, path, password=NEW, **fields).status_code == 400
    made = send(client, path, password=WORDS, **fields)
    assert (made.status_code, made.location) == (303, "/office")
    assert client.get("/office/accounts").status_code == 200
    again = app.test_client().get(path)
    assert again.status_code == 410
    assert "/account/sign-in" in again.text
    assert "không cần khởi động lại" in again.text
    assert first_administrator_lines(app, LOCAL) == []
    assert "portal user add" not in app.test_client().get("/account/sign-in").text


@pytest.mark.parametrize(
    ("client_address", "headers"),
    [("192.0.2.7", {}), ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
     ("127.0.0.1", {"Host": "maps.example"}), ("::1", {"Via": "1.1 proxy"})],
)  # fmt: skip
def test_the_first_address_works_on_the_own_machine_alone(
    tmp_path: Path, toy_folder, toy_store, client_address: str, headers: dict[str, str]
) -> None:
    app = new_app(tmp_path, toy_folder, toy_store)
    path = first_administrator_lines(app, LOCAL)[-1].removeprefix(LOCAL)
    own = {"REMOTE_ADDR": client_address}
    client = app.test_client()
    assert client.get(path, headers=headers, environ_overrides=own).status_code == 403
    own = {"REMOTE_ADDR": "::1"}
    assert (
        client.get(path, headers={"Host": "[::1]:8000"}, environ_overrides=own).status_code == 200
    )


def test_the_server_lets_the_portal_see_that_a_proxy_asks(
    tmp_path: Path, toy_folder, toy_store
) -> None:
    app = new_app(tmp_path, toy_folder, toy_store)
    path = first_administrator_lines(app, LOCAL)[-1].removeprefix(LOCAL)
    listener = socket.create_server(("127.0.0.1", 0))
    server = make_server(
        app, listener, threads=1, connections=20, idle_seconds=5, request_seconds=5
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    codes = []
    for headers in ({}, {"X-Forwarded-For": "192.0.2.1"}):
        with closing(HTTPConnection(*listener.getsockname())) as connection:
            connection.request("GET", path, headers=headers)
            codes.append(connection.getresponse().status)
    server.close()
    thread.join(timeout=60)
    assert codes == [200, 403]


def test_an_administrator_makes_an_account_whose_owner_chooses_the_password(
    office: Flask, chief: FlaskClient
) -> None:
    fields = {"name": "ung.hoe", "full_name": "UBND phường Ứng Hòe", "role": "editor"}
    some = {"area": "some", "commune": ["90016-20250701"]}
    page = "/office/accounts"
    assert send(chief, page, **fields, area="some").status_code == 400
    assert send(chief, page, **fields, area="some", commune="90016-20130101").status_code == 400
    made = send(chief, page, **fields, **some)
    assert made.status_code == 200
    taken = send(chief, page, **fields, **some)
    assert taken.status_code == 400
    assert 'value="90016-20250701" checked' in taken.text
    address = secret_in(made.text)
    assert address.startswith("http://localhost/account/invitation/")
    path = address.removeprefix("http://localhost")
    clerk = office.test_client()
    assert send(clerk, path, password="ung.hoe chon day", password_again="x").status_code == 400
    assert send(clerk, path, password=WORDS, password_again=WORDS).status_code == 303
    assert "Phường Ứng Hòe" in clerk.get("/office").text
    assert clerk.get("/office/accounts").status_code == 403
    assert office.test_client().get(path).status_code == 404


def test_rights_taken_away_hold_at_once_and_are_written_down(
    office: Flask, chief: FlaskClient
) -> None:
    account_id = make_account(office, "passing", role="administrator")
    clerk = office.test_client()
    sign_in(clerk, "passing")
    page = f"/office/accounts/{account_id}"
    send(chief, page, full_name="", role="editor", area="all")
    assert clerk.get("/office/accounts").status_code == 403
    assert send(chief, page, f"{page}/disable").status_code == 303
    assert clerk.get("/office").status_code == 303
    told = chief.get(f"{page}?lang=en").text
    assert "rights changed" in told
    assert ">chief<" in told
    assert send(chief, page, f"{page}/enable").status_code == 303
    assert sign_in(clerk, "passing").status_code == 303


def test_the_only_administrator_cannot_lock_everybody_out(office: Flask, chief) -> None:
    page = re.search(
        r'/office/accounts/[0-9a-f]{32}(?=">chief<)', chief.get("/office/accounts").text
    )[0]
    refused = send(chief, page, f"{page}/disable")
    assert refused.status_code == 400
    assert "Sẽ không còn ai quản lý" in refused.text
    assert chief.get("/office/accounts").status_code == 200


def test_a_new_password_needs_the_present_one_and_ends_other_sessions(office: Flask, chief) -> None:
    make_account(office, "careful")
    here, there = office.test_client(), office.test_client()
    sign_in(here, "careful")
    sign_in(there, "careful")
    path, twice = "/account/password", {"password": NEW, "password_again": NEW}
    assert send(here, "/account", path, current=NEW, **twice).status_code == 400
    assert send(here, "/account", path, current=WORDS, password=NEW).status_code == 400
    assert check_password(ledger_of(office).get(), "careful", WORDS)
    assert send(here, "/account", path, current=WORDS, **twice).status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303
    assert check_password(ledger_of(office).get(), "careful", NEW)


def test_a_token_is_shown_once_and_speaks_for_its_account_until_revoked(
    office: Flask, chief: FlaskClient
) -> None:
    make_account(office, "programs")
    client, program = office.test_client(), office.test_client()
    sign_in(client, "programs")
    made = send(client, "/account", "/account/tokens", label="<b>bảng tính</b>")
    secret = secret_in(made.text)
    page = client.get("/account").text
    assert secret not in page
    assert "&lt;b&gt;bảng tính&lt;/b&gt;" in page
    bearer = {"Authorization": f"Bearer {secret}"}
    answer = program.post("/api/v1/written", headers=bearer)
    assert answer.get_json() == {"by": "programs"}
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert program.post("/api/v1/managed", headers=bearer).status_code == 403
    assert program.get("/office", headers=bearer).status_code == 303, "pages take no token"
    token_id = re.search(r"/account/tokens/([0-9a-f]+)/revoke", page)[1]
    send(client, "/account", f"/account/tokens/{token_id}/revoke")
    refused = program.post("/api/v1/written", headers=bearer)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert refused.get_json()["error"]["code"] == "sign_in_needed"


def test_the_api_takes_no_cookie(chief: FlaskClient) -> None:
    assert chief.get("/office").status_code == 200
    assert chief.post("/api/v1/written").status_code == 401
    for wrong in ("Bearer x", "Bearer ", "Basic eDp5", "portal_x"):
        refused = chief.post("/api/v1/written", headers={"Authorization": wrong})
        assert refused.status_code == 401


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", ["/account/sign-in", "/office", "/account", "/office/accounts"])
def test_the_pages_are_well_formed_in_both_languages(
    chief: FlaskClient, office, path, lang
) -> None:
    client = office.test_client() if path == "/account/sign-in" else chief
    body = client.get(f"{path}?lang={lang}").text
    assert f'<html lang="{lang}">' in body
    assert body.count("<h1") == 1
    assert " style=" not in body
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", body, re.S):
        assert 'name="csrf_token"' in form
        assert ("lang=en" in form) == (lang == "en")
        labelled = set(re.findall(r'<label for="([^"]+)"', form))
        assert set(re.findall(r' id="(field-(?!area)[^"]+)"', form)) <= labelled


def test_the_secret_key_is_made_once_for_its_owner_alone(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    key = read_secret_key(tmp_path / "new")
    path = tmp_path / "new" / FILE_NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(key) >= 64
    assert read_secret_key(tmp_path / "new") == key
    assert [each.name for each in path.parent.iterdir()] == [FILE_NAME]
    path.chmod(0o644)
    with pytest.raises(FileFault, match="0o644"):
        read_secret_key(tmp_path / "new")
    monkeypatch.setenv(ENVIRONMENT, "k" * 32)
    assert read_secret_key(tmp_path / "new") == "k" * 32
    monkeypatch.setenv(ENVIRONMENT, "k" * 31)
    with pytest.raises(InvalidInput) as refused:
        read_secret_key(tmp_path / "new")
    assert "k" * 31 not in str(refused.value)


def test_without_a_key_readers_are_served_and_the_sign_in_says_why(
    tmp_path: Path, toy_folder, toy_store, monkeypatch
) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    (tmp_path / FILE_NAME).write_text("short")
    client = new_app(tmp_path, toy_folder, toy_store).test_client()
    assert client.get("/about").status_code == 200
    refused = client.get("/account/sign-in?lang=en")
    assert refused.status_code == 503
    assert "PORTAL_SECRET_KEY" in refused.text
