"""Short addresses: the same code everywhere, only for what the dataset shows, and bounded."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from geodata.errors import InvalidInput
from geodata.store import Store
from portal.app import create_app
from portal.cli.export_command import FileExporter
from portal.config import read_settings
from portal.short_urls.client_quota import ClientQuota, client_network
from portal.short_urls.codes import LENGTH, canonical_page, code_of, read_code
from portal.short_urls.short_url_store import (
    FILE_NAME,
    KEPT_DAYS,
    MAX_PAGES,
    MAX_PER_HOUR,
    ShortUrlStore,
)

MAP = "/?indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01"
SHARE = "/export/short"
ORIGIN = "http://localhost"


def share(client: FlaskClient, address: str, origin: str = ORIGIN) -> dict[str, str]:
    answer = client.post(SHARE, json={"address": address}, headers={"Origin": origin})
    assert answer.status_code == 200
    body: dict[str, str] = answer.get_json()
    return body


@pytest.mark.parametrize(
    "address", ["/", MAP, f"{MAP}&classes=4&lang=en", "/compare", "/compare?mode=difference"]
)
def test_a_shared_address_leads_to_its_map(client: FlaskClient, address: str) -> None:
    body = share(client, address)
    answer = client.get(body["short"].removeprefix("http://localhost"))
    assert answer.status_code == 302
    assert body["long"] == "http://localhost" + answer.headers["Location"]
    assert client.get(answer.headers["Location"]).status_code == 200
    assert body["qr"].startswith("data:image/svg+xml")


def test_the_same_map_has_the_same_code_whatever_order_it_was_asked_in(
    lai_chau_store: Store,
) -> None:
    turned = "/?date=2025-07-01&level=commune&period=2025-07-01&indicator=population_density"
    extra = f"{MAP}&unit=03390-20250701&view=22,103,9&sort=name&status=actual"
    pages = {canonical_page(each, lai_chau_store) for each in (MAP, turned, extra)}
    assert len(pages) == 1
    assert code_of(pages.pop()) == code_of(MAP)


def test_a_code_is_a_function_of_the_address_alone() -> None:
    assert code_of(MAP) == "00cy0tk1"


def test_words_of_a_reader_do_not_travel_in_a_short_address(client: FlaskClient) -> None:
    body = share(client, f"{MAP}&title=B%C3%A1n+%C4%91%E1%BA%A5t")
    assert body == share(client, MAP)
    assert "title" not in body["long"]


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("https://evil.example/?indicator=x", "address"),
        ("//evil.example/", "address"),
        ("http://[", "address"),
        ("/units/03390", "address"),
        ("/?indicator=none", "indicator"),
        ("/compare?mode=sideways", "mode"),
        ("/compare?period2=then", "period2"),
    ],
)
def test_only_the_portals_own_maps_get_one(
    client: FlaskClient, address: str, parameter: str
) -> None:
    answer = client.post(SHARE, json={"address": address})
    assert answer.status_code in (400, 404)
    assert answer.get_json()["error"]["parameter"] == parameter


def test_another_site_cannot_fill_the_table(client: FlaskClient) -> None:
    answer = client.post(SHARE, json={"address": MAP}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403


@pytest.mark.parametrize("code", ["00000000", "x", "%27%20OR%201=1", "a" * 300, "đ" * 8])
def test_an_unknown_code_is_answered_with_the_way_on(client: FlaskClient, code: str) -> None:
    answer = client.get(f"/s/{code}?lang=en")
    assert answer.status_code == 404
    page = answer.get_data(as_text=True)
    assert "Scan the QR code" in page
    assert 'href="/?lang=en"' in page


def test_a_code_is_read_as_people_type_it() -> None:
    assert read_code(" 00CY-0TK1 ") == "00cy0tk1"
    assert read_code("OIL00000") == "01100000"
    assert read_code("3ytakdq") == read_code("3ytakdq!") == ""


@given(st.text())
def test_a_code_can_be_read_by_people(page: str) -> None:
    code = code_of(page)
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{8}", code)
    assert len(code) == LENGTH
    assert read_code(code.upper()) == code


def test_two_maps_of_one_code_are_both_offered(app: Flask, client: FlaskClient) -> None:
    addresses = app.extensions["portal.short_urls"]
    other = MAP.replace("population_density", "area")
    for page in (MAP, other):
        addresses.save("zzzzzzzz", page)
    answer = client.get("/s/zzzzzzzz")
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert page.count('href="/?indicator=') == 2
    assert "Mật độ dân số" in page


def test_a_full_table_pushes_nobody_out_before_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = ShortUrlStore(tmp_path / "short.sqlite", most=50)
    kept = [addresses.save(f"{number:08}", f"/?indicator=i{number}") for number in range(60)]
    assert kept == [True] * 50 + [False] * 10
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + (KEPT_DAYS - 1) * 86_400)
    assert addresses.follow("00000007")
    assert not addresses.save("zzzzzzzz", MAP)
    monkeypatch.setattr(time, "time", lambda: now + (KEPT_DAYS + 1) * 86_400)
    assert addresses.save("zzzzzzzz", MAP)
    known = {number for number in range(60) if addresses.lookup(f"{number:08}")}
    assert known == {7}, "what was followed stays, what nobody asked for goes"
    addresses.close()


def test_one_client_cannot_take_the_places_of_the_others(tmp_path: Path) -> None:
    hour = 3600.0
    assert MAX_PER_HOUR * 24 * KEPT_DAYS < MAX_PAGES
    now = [0.0]
    quota = ClientQuota(3, hour, lambda: now[0])
    addresses = ShortUrlStore(tmp_path / "short.sqlite", clients=quota)
    assert [addresses.save(f"{n:08}", f"/{n}", "attacker") for n in range(5)] == [True] * 3 + [
        False
    ] * 2
    assert addresses.save("00000000", "/0", "attacker"), "what is kept already costs nothing"
    assert addresses.save("bbbbbbbb", "/b", "reader")
    now[0] = hour + 1
    assert addresses.save("cccccccc", "/c", "attacker")
    addresses.close()


def test_all_addresses_of_a_client_count_as_one() -> None:
    assert client_network("2001:db8::1") == client_network("2001:db8::ffff:2")
    assert client_network("2001:db8::1") != client_network("2001:db8:0:1::1")
    assert client_network("192.0.2.1") != client_network("192.0.2.2")


def test_a_map_of_the_dataset_is_found_on_an_installation_that_never_gave_its_code(
    tmp_path: Path, lai_chau_store: Store
) -> None:
    client = create_app({"PORTAL_INSTANCE": tmp_path}, lai_chau_store).test_client()
    answer = client.get("/s/00cy0tk1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == MAP
    asked = ("/?lang=en", "/compare?mode=outline", f"{MAP}&on=2025-07-01")
    for page in asked:
        canonical = canonical_page(page, lai_chau_store)
        assert client.get(f"/s/{code_of(canonical)}").headers["Location"] == canonical


def test_where_none_is_kept_none_is_given(tmp_path: Path, lai_chau_store: Store) -> None:
    settings = {"PORTAL_INSTANCE": tmp_path, "PORTAL_PUBLIC_URL": "https://portal.example"}
    app = create_app(settings, lai_chau_store)
    store = ShortUrlStore(tmp_path / "none.sqlite", most=0)
    app.extensions["portal.short_urls"] = store
    client = app.test_client()
    own = f"{MAP}&classes=4"
    body = client.post(SHARE, json={"address": own}).get_json()
    assert body["short"] == ""
    assert body["long"].startswith("https://portal.example/?indicator=")
    assert body["qr"]
    sheet = client.get(f"/export/sheet.pdf?{own[2:]}")
    text = PdfReader(io.BytesIO(sheet.data)).pages[0].extract_text()
    assert "/s/" not in text
    # What every installation finds needs no place in the table.
    assert client.post(SHARE, json={"address": MAP}).get_json()["short"].endswith("/s/00cy0tk1")
    store.close()


@pytest.mark.parametrize(("asked", "printed"), [(f"{MAP}&classes=4", False), (MAP, True)])
def test_the_terminal_prints_none_that_leads_nowhere(
    tmp_path: Path, lai_chau_store: Store, asked: str, printed: bool
) -> None:
    # A folder where the table would be: nothing can be kept.
    (tmp_path / FILE_NAME).mkdir()
    settings = read_settings(
        {"PORTAL_INSTANCE": tmp_path, "PORTAL_PUBLIC_URL": "https://portal.example"}
    )
    file = tmp_path / "sheet.pdf"
    FileExporter(lai_chau_store, settings, None).write(asked, file)
    assert ("/s/" in PdfReader(file).pages[0].extract_text()) is printed


def test_the_host_header_gives_no_address(client: FlaskClient) -> None:
    body = client.post(SHARE, json={"address": MAP}, headers={"Host": "evil.example"}).get_json()
    assert body == {"short": "/s/00cy0tk1", "long": MAP, "qr": ""}


def test_it_outlives_the_server_and_is_seen_by_another(tmp_path: Path) -> None:
    first, second = (ShortUrlStore(tmp_path / "short.sqlite") for _ in range(2))
    assert second.lookup("aaaaaaaa") == ()
    first.save("aaaaaaaa", MAP)
    assert second.lookup("aaaaaaaa") == (MAP,)
    first.close()
    second.close()


def test_a_folder_that_cannot_be_written_to_stops_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    addresses = ShortUrlStore(blocked / "short.sqlite")
    assert not addresses.save("aaaaaaaa", MAP)
    assert addresses.lookup("aaaaaaaa") == ()


def test_the_code_leads_to_the_public_address(tmp_path: Path, lai_chau_store: Store) -> None:
    settings = {"PORTAL_INSTANCE": tmp_path, "PORTAL_PUBLIC_URL": "https://portal.example/lc"}
    client = create_app(settings, lai_chau_store).test_client()
    body = share(client, MAP, "https://portal.example")
    assert body["short"] == f"https://portal.example/lc/s/{code_of(MAP)}"


def test_an_address_of_another_page_names_what_is_allowed(lai_chau_store: Store) -> None:
    with pytest.raises(InvalidInput) as refused:
        canonical_page("/about", lai_chau_store)
    assert refused.value.where == "address"


@pytest.mark.parametrize(
    ("file", "page"),
    [
        (f"/export/sheet.pdf?{MAP[2:]}&title=A&note=B&bw=1", MAP),
        ("/export/pair.pdf?indicator=population_density", "/compare?indicator=population_density"),
        (
            "/export/difference.pdf?indicator=population_density&lang=en",
            "/compare?indicator=population_density&lang=en&mode=difference",
        ),
    ],
)
def test_the_short_address_is_printed_on_the_sheet_and_known_from_then_on(
    tmp_path: Path, lai_chau_store: Store, file: str, page: str
) -> None:
    settings = {"PORTAL_INSTANCE": tmp_path, "PORTAL_PUBLIC_URL": "https://portal.example"}
    client = create_app(settings, lai_chau_store).test_client()
    canonical = canonical_page(page, lai_chau_store)
    answer = client.get(file)
    text = "".join(each.extract_text() for each in PdfReader(io.BytesIO(answer.data)).pages)
    code = code_of(canonical)
    assert f"https://portal.example/s/{code}" in text
    assert client.get(f"/s/{code}").headers["Location"] == canonical
    again = create_app({**settings, "PORTAL_INSTANCE": tmp_path / "b"}, lai_chau_store)
    assert again.test_client().get(file).data == answer.data


def test_without_a_public_address_a_sheet_has_no_short_one(client: FlaskClient) -> None:
    answer = client.get(f"/export/sheet.pdf?{MAP[2:]}")
    text = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    assert "/s/" not in text
