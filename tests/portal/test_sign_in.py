"""Signing in and out: what the cookie holds, when a session ends, and which forms are heard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.ledger.account_tables import rate_limits
from geodata.ledger.accounts import disable_account
from geodata.ledger.database import writing
from portal.accounts.paths import has_session, safe_next
from portal.accounts.throttle import client_key
from portal.app import create_app
from portal.ledger_engine import ledger_of
from tests.portal.office import WORDS, csrf_of, make_account, send, sign_in

OTHER = "cành trúc la đà gió đưa"


@pytest.fixture(scope="module")
def office(tmp_path_factory, toy_folder, toy_store) -> Flask:
    instance = tmp_path_factory.mktemp("office")
    app = create_app({"PORTAL_INSTANCE": instance, "PORTAL_DATASET": toy_folder}, toy_store)
    make_account(app, "chief", role="administrator")
    make_account(app, "clerk")
    return app


@pytest.fixture
def browser(office: Flask) -> Callable[[], FlaskClient]:
    with writing(ledger_of(office).get()) as connection:
        connection.execute(rate_limits.delete())
    return office.test_client


def cookie_of(client: FlaskClient) -> str:
    found = client.get_cookie("portal_session")
    return found.value if found else ""


def test_who_signs_in_lands_on_the_page_asked_for_and_out_again(browser) -> None:
    client = browser()
    asked = client.get("/office?lang=en")
    assert asked.status_code == 303
    assert asked.location == "/account/sign-in?next=/office%3Flang%3Den&lang=en"
    signed = sign_in(client, " Clerk ", next="/office?lang=en")
    assert (signed.status_code, signed.location) == (303, "/office?lang=en")
    page = client.get("/office?lang=en")
    assert page.status_code == 200
    assert "clerk" in page.text
    out = send(client, "/office", "/account/sign-out")
    assert (out.status_code, out.location) == (303, "/account/sign-in")
    assert client.get("/office").status_code == 303


@pytest.mark.parametrize(
    ("name", "password"), [("clerk", OTHER), ("nobody", WORDS), ("", ""), ("clerk", "x" * 9999)]
)
def test_wrong_names_and_passwords_are_refused_in_the_same_words(browser, name, password) -> None:
    refused = sign_in(browser(), name, password)
    assert refused.status_code == 400
    assert "Tên tài khoản hoặc mật khẩu không đúng" in refused.text
    assert 'aria-invalid="true"' in refused.text
    assert password not in refused.text or not password


def test_a_session_cannot_be_fixed_before_signing_in(browser) -> None:
    attacker, victim = browser(), browser()
    token = csrf_of(attacker, "/account/sign-in")
    planted = cookie_of(attacker)
    victim.set_cookie("portal_session", planted)
    fields = {"csrf_token": token, "name": "clerk", "password": WORDS}
    assert victim.post("/account/sign-in", data=fields).status_code == 303
    assert victim.get("/office").status_code == 200
    assert cookie_of(victim) != planted
    assert attacker.get("/office").status_code == 303
    own = csrf_of(victim, "/account")
    assert own != token
    stolen = {"csrf_token": token}
    assert victim.post("/account/sign-out", data=stolen).status_code == 400


def test_signing_in_again_ends_the_session_before(browser) -> None:
    client, old = browser(), browser()
    sign_in(client, "clerk")
    old.set_cookie("portal_session", cookie_of(client))
    token = csrf_of(client, "/account")
    fields = {"csrf_token": token, "name": "chief", "password": WORDS}
    assert client.post("/account/sign-in", data=fields).status_code == 303
    assert old.get("/office").status_code == 303
    assert client.get("/office/accounts").status_code == 200


def test_a_signed_out_cookie_is_worth_nothing(browser) -> None:
    client, copy = browser(), browser()
    sign_in(client, "clerk")
    copy.set_cookie("portal_session", cookie_of(client))
    assert copy.get("/office").status_code == 200
    send(client, "/account", "/account/sign-out")
    assert copy.get("/office").status_code == 303


def test_sign_out_everywhere_reaches_every_browser_of_the_account_alone(browser) -> None:
    here, there, chief = browser(), browser(), browser()
    sign_in(here, "clerk")
    sign_in(there, "clerk")
    sign_in(chief, "chief")
    send(here, "/account", "/account/sign-out-everywhere")
    assert [each.get("/office").status_code for each in (here, there, chief)] == [303, 303, 200]


def test_a_disabled_account_loses_its_sessions_at_once(office: Flask, browser) -> None:
    account_id = make_account(office, "leaving")
    client = browser()
    sign_in(client, "leaving")
    token = csrf_of(client, "/account")
    with writing(ledger_of(office).get()) as connection:
        disable_account(connection, account_id)
    assert client.get("/office").status_code == 303
    made = client.post("/account/tokens", data={"csrf_token": token, "label": "x"})
    assert made.status_code == 303
    assert "Location" in made.headers
    assert sign_in(browser(), "leaving").status_code == 400


FORMS = ("/account/sign-in", "/account/sign-out", "/account/password", "/account/tokens",
         "/account/sign-out-everywhere", "/office/accounts")  # fmt: skip


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("kind", ["missing", "foreign", "nonsense"])
def test_a_form_without_the_token_of_this_browser_is_refused_in_words(browser, path, kind) -> None:
    client, stranger = browser(), browser()
    sign_in(client, "chief")
    token = {"missing": "", "foreign": csrf_of(stranger, "/account/sign-in"), "nonsense": "x.y.z"}
    fields = {"csrf_token": token[kind], "name": "clerk", "password": WORDS, "label": "x"}
    refused = client.post(f"{path}?lang=en", data=fields)
    assert refused.status_code == 400
    assert "The form is no longer valid and nothing was changed" in refused.text
    assert client.get("/office").status_code == 200


def test_every_form_below_these_paths_is_checked(office: Flask, browser) -> None:
    rules = [rule for rule in office.url_map.iter_rules()
             if has_session(rule.rule) and "POST" in (rule.methods or ())]  # fmt: skip
    assert len(rules) >= len(FORMS)
    client = browser()
    sign_in(client, "chief")
    for rule in rules:
        path = re.sub(r"<any\(([^,)]*).*?>", lambda found: found[1].strip("'"), rule.rule)
        path = re.sub(r"<[^>]*>", "any", path)
        assert client.post(path).status_code == 400, path


@pytest.mark.parametrize(
    "address",
    ["https://other.example/", "//other.example/office", "/\\other.example", "\\\\other.example",
     "javascript:alert(1)", "/office\n//other.example", "http:/office", "/officeother",
     "/about", "", "///other.example/account", "/account//..//" + "x" * 3000],
)  # fmt: skip
def test_no_address_leads_from_the_sign_in_elsewhere(browser, address: str) -> None:
    assert safe_next(address, "vi") == "/office"
    signed = sign_in(browser(), "clerk", next=address)
    assert (signed.status_code, signed.location) == (303, "/office")


def test_trying_passwords_is_slowed_by_name_and_by_client_in_all_processes_together(
    office: Flask, browser, toy_store
) -> None:
    settings = office.extensions["portal"].settings
    second = create_app(
        {"PORTAL_INSTANCE": settings.instance, "PORTAL_DATASET": settings.dataset}, toy_store
    )
    clients = [browser(), second.test_client()]
    answers = [sign_in(clients[n % 2], "clerk", OTHER) for n in range(11)]
    assert {each.status_code for each in answers[:10]} == {400}
    last = answers[-1]
    assert last.status_code == 429
    assert 0 < int(last.headers["Retry-After"]) <= 15 * 60
    assert "Đã thử quá nhiều lần" in last.text
    assert sign_in(browser(), "CLERK ").status_code == 429, "from another browser too"
    assert sign_in(clients[0], "chief").status_code == 303, "others sign in"
    # A session begun in one process is known to the other.
    clients[1].set_cookie("portal_session", cookie_of(clients[0]))
    assert clients[1].get("/office").status_code == 200
    client = browser()
    codes = [sign_in(client, f"nobody{number}").status_code for number in range(20)]
    assert codes == [400] * 19 + [429]


def test_what_is_typed_into_the_form_is_kept_nowhere(office: Flask, browser) -> None:
    sign_in(browser(), "a password typed as the name", "and another one")
    file = office.extensions["portal"].settings.instance / "ledger.sqlite"
    assert b"typed as the name" not in file.read_bytes()


@pytest.mark.parametrize("path", ["/", "/about", "/units/90011-20250701", "/indicators", "/healthz",
                                  "/api/v1/units", "/compare", "/nothing-here"])  # fmt: skip
def test_readers_pages_are_the_same_for_all_and_set_no_cookie(browser, path: str) -> None:
    client = browser()
    before = client.get(path)
    sign_in(client, "chief")
    after = client.get(path)
    for answer in (before, after):
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
    if path != "/nothing-here":  # A refusal bears a nonce.
        assert before.data == after.data
        assert before.headers.get("ETag") == after.headers.get("ETag")


@pytest.mark.parametrize("path", ["/account/sign-in", "/account", "/office", "/office/accounts",
                                  "/account/first/x", "/office/nothing"])  # fmt: skip
def test_nobody_keeps_a_page_of_somebodys(browser, path: str) -> None:
    client = browser()
    sign_in(client, "chief")
    answer = client.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_scripts_cannot_read_the_cookie_and_other_sites_cannot_send_it(browser) -> None:
    answer = browser().get("/account/sign-in")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("portal_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Expires" not in cookie


def test_behind_https_the_cookie_belongs_to_the_host_and_travels_encrypted(
    tmp_path: Path, toy_folder, toy_store
) -> None:
    settings = {"PORTAL_INSTANCE": tmp_path, "PORTAL_DATASET": toy_folder}
    app = create_app({**settings, "PORTAL_PUBLIC_URL": "https://maps.example"}, toy_store)
    (cookie,) = app.test_client().get("/account/sign-in").headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-portal_session=")
    assert "Secure" in cookie


def test_behind_proxies_the_client_is_who_the_last_of_them_names(
    tmp_path: Path, toy_folder, toy_store
) -> None:
    settings = {"PORTAL_INSTANCE": tmp_path, "PORTAL_DATASET": toy_folder, "PORTAL_PROXIES": "1"}
    app = create_app(settings, toy_store)
    app.add_url_rule("/who", view_func=client_key)
    told = {"X-Forwarded-For": "10.0.0.1, 192.0.2.1"}
    assert app.test_client().get("/who", headers=told).text == "client 192.0.2.1"


def test_without_a_proxy_nobody_is_believed_who_claims_to_be_one(office: Flask, browser) -> None:
    with office.test_request_context(headers={"X-Forwarded-For": "192.0.2.1"}):
        assert client_key() == "client unknown"
