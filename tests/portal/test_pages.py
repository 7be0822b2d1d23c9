"""Pages show what they should, as text, safely, in both languages."""

import dataclasses
import html
import re

import pytest

from geodata.i18n import Text
from geodata.store import create_store
from portal.app import create_app
from portal.pages.locator_map import svg_path_data

PAGES = (
    "/units/03390-20250701",
    "/units/03390-20130101",
    "/units/12-20040101",
    "/indicators",
    "/indicators/forest_cover_rate",
    "/indicators/population_density?unit=03390-20250701",
    "/indicators/specially_difficult_commune",
    "/sources",
    "/sources/binh-lu-456-bc-du-2026-06-23",
    "/about",
    "/mergers",
    "/mergers?district=106-20200201",
    "/method",
    "/completeness",
    "/units/03390-20250701?figures=recast",
    "/units/106-20200201?figures=recast",
    "/units/12-20040101/themes/tourism",
    "/units/03390-20250701/themes/tourism",
    "/units/109-20130101/themes/forest",
    "/nothing-here",
)
EVIL = "<script>alert(1)</script>\u202e`{{7*7}}'\""


def page(client, path):
    return client.get(path).get_data(as_text=True)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_well_formed_and_local(client, path, lang):
    response = client.get(path + ("&" if "?" in path else "?") + f"lang={lang}")
    body = response.get_data(as_text=True)
    assert response.status_code == (404 if path == "/nothing-here" else 200)
    assert f'<html lang="{lang}">' in body
    assert body.count("<h1") == 1
    assert body.count('id="main"') == 1
    # Links to the documents themselves are the only addresses elsewhere, and none is loaded.
    assert not re.search(r'<(?:script|img|link|iframe)[^>]+(?:src|href)="(?:https?:)?//', body)
    assert not re.search(r"\son\w+=", body), "no inline handlers"
    assert " style=" not in body, "the content policy forbids inline styles"
    for table in re.findall(r"<table.*?</table>", body, re.S):
        assert "<caption" in table
        assert 'scope="col"' in table
    for script in re.findall(r"<script[^>]*>", body):
        assert ("nonce=" in script) == (response.status_code == 404), "only in what is not kept"


def test_the_policy_of_a_refusal_allows_only_the_nonce_of_the_answer(client):
    first, second = client.get("/nothing-here"), client.get("/nothing-here")
    nonces = []
    for response in (first, second):
        policy = response.headers["Content-Security-Policy"]
        nonces.append(re.search(r"script-src 'nonce-([\w-]+)'", policy)[1])
        assert f'nonce="{nonces[-1]}"' in response.get_data(as_text=True)
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
    assert nonces[0] != nonces[1]


@pytest.mark.parametrize("path", ["/about", "/healthz", "/api/v1/units", "/nothing-here"])
def test_every_answer_has_the_safe_headers(client, path):
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]
    assert headers["Permissions-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_the_health_check_names_the_dataset(client, lai_chau_store):
    answer = client.get("/healthz").get_json()
    assert answer == {
        "status": "ok", "dataset": "lai_chau", "version": lai_chau_store.info.version,
    }  # fmt: skip


def test_a_unit_says_what_it_was_formed_from_and_how_true_its_shape_is(client):
    body = page(client, "/units/03390-20250701")
    assert "Xã Bình Lư" in body
    assert "Hình thành từ" in body
    assert "Sơn Bình" in body
    assert "Ranh giới khái quát" in body
    assert body.count('class="locator-own"') == 1
    former = page(client, "/units/03390-20130101")
    assert "Nay thuộc" in former
    assert "Ranh giới tham khảo" in former


def test_about_tells_the_data_the_limits_and_how_true_every_boundary_is(client, lai_chau_store):
    body = html.unescape(page(client, "/about?lang=en"))
    assert lai_chau_store.info.version in body
    assert "Limits" in body
    for accuracy in lai_chau_store.accuracies():
        assert lai_chau_store.unit(accuracy.unit_id).full_name.en in body
        if accuracy.note:
            assert accuracy.note.en in body, accuracy.unit_id


@pytest.mark.parametrize("path", ["/about", "/method", "/mergers", "/compare"])
def test_english_pages_are_english_but_for_names(client, path):
    body = page(client, f"{path}?lang=en")
    body = re.sub(r"<(script|style)\b.*?</\1>", "", body, flags=re.DOTALL)
    body = re.sub(r'<(\w+)[^>]* lang="vi".*?</\1>', "", body, flags=re.DOTALL)
    words = re.sub(r"<[^>]+>", " ", body).split()
    for word in ("của", "các", "được", "không", "số", "liệu", "chưa"):
        assert word not in words


def test_figures_show_their_quote_and_their_doubt(client):
    body = page(client, "/sources/binh-lu-456-bc-du-2026-06-23")
    assert '<blockquote class="quote" lang="vi">' in body
    assert "456-BC/ĐU" in body
    unit = page(client, "/units/12-20040101")
    assert "Số liệu cần xem lại" in unit


def test_doubtful_register_values_are_shown_as_found(client):
    observations = client.get(
        "/api/v1/observations?source=register-2025&indicator=population&limit=500"
    ).get_json()["items"]
    zero = next(o for o in observations if o["value"] == 0)
    assert zero["doubt"]
    assert zero["doubt"] in page(client, f"/units/{zero['unit_id']}").replace("&#39;", "'")


def test_indicators_are_listed_well_covered_first(client):
    body = page(client, "/indicators?lang=en")
    listed = body.split("<h2>Population")[1].split("<tr")
    wholes = " ".join(row for row in listed if not row.startswith(" class=is-part"))
    counts = [int(n) for n in re.findall(r"(\d+) of \d+ units", wholes)]
    # Two impossible figures do not move population behind land area.
    assert counts[:3] == [36, 38, 36]


def test_links_keep_the_language(client):
    body = page(client, "/indicators/forest_cover_rate?lang=en")
    main = body[body.index("<main") :]
    links = re.findall(r'href="(/[^"]*)"', main)
    assert links
    assert all("lang=en" in link for link in links)


def test_what_the_browser_prefers_is_not_asked(client):
    body = client.get("/about", headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert '<html lang="vi">' in body


def test_a_long_source_is_paged(client, lai_chau_store):
    longest = max(
        lai_chau_store.sources(),
        key=lambda s: lai_chau_store.observations(source=s.id, limit=1).total,
    )
    body = page(client, f"/sources/{longest.id}")
    following = re.search(r'rel="next" href="([^"]+)"', body)
    assert following
    assert 'rel="prev"' in page(client, following[1])


@pytest.mark.parametrize(
    "path",
    [
        "/units/nope",
        "/units/12-20040101/themes/nope",
        "/units/nope/themes/tourism",
        "/indicators/nope",
        "/sources/nope",
        "/about?x=1",
        "/units/..%2f..",
    ],
)
def test_what_is_not_there_is_said_on_a_page(client, path):
    response = client.get(path)
    assert response.status_code in (400, 404)
    assert response.mimetype == "text/html"
    assert "Traceback" not in response.get_data(as_text=True)


@pytest.fixture(scope="module")
def evil_client(tmp_path_factory, toy_folder, toy_dataset):
    """The toy dataset with hostile names, quotes and addresses."""
    catalogue = toy_dataset.catalogue
    text = Text(EVIL, EVIL)
    hostile = dataclasses.replace(
        toy_dataset,
        units=tuple(dataclasses.replace(u, name=text, full_name=text) for u in toy_dataset.units),
        observations=tuple(
            dataclasses.replace(o, quote=EVIL, note=text, doubt=text)
            for o in toy_dataset.observations
        ),
        catalogue=dataclasses.replace(
            catalogue,
            sources={
                k: dataclasses.replace(s, title=text, url="javascript:alert(1)")
                for k, s in catalogue.sources.items()
            },
        ),
    )
    folder = tmp_path_factory.mktemp("evil")
    store = create_store(folder / "evil.gpkg", hostile)
    app = create_app({"PORTAL_INSTANCE": folder, "PORTAL_DATASET": toy_folder}, store)
    yield app.test_client()
    store.close()


@pytest.mark.parametrize(
    "path", ["/units/90006-20130101", "/units/99-20000101", "/sources", "/sources/report", "/about"]
)
def test_markup_in_names_and_quotes_is_text(evil_client, path):
    body = page(evil_client, path)
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert" in body
    assert "javascript:" not in body
    assert "{{7*7}}" in body or "49" not in body


def test_an_error_shows_the_address_as_text(client):
    body = page(client, "/units/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert "<script>alert" not in body


def test_islands_are_part_of_the_small_map():
    import shapely

    two = shapely.MultiPolygon([shapely.box(0, 0, 5, 5), shapely.box(10, 10, 15, 15)])
    assert svg_path_data(two).count("M") == 2
