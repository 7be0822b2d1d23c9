"""Pages are drawn once and revalidated; what they may run is said by hashes alone."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.app import create_app
from portal.caching.hashed_page import hash_inline_elements
from portal.caching.page_cache import canonical_address
from portal.caching.response_cache import ResponseBody, ResponseCache

PAGES = (
    "/", "/?lang=en", "/compare", "/mergers", "/units/03390-20250701", "/indicators",
    "/indicators/forest_cover_rate", "/sources", "/sources/binh-lu-456-bc-du-2026-06-23", "/about",
    "/method", "/balance",
)  # fmt: skip


class Scripts(HTMLParser):
    """The inline scripts and styles of a page that a browser would look at, as it reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self._open: tuple[str, dict[str, str | None]] | None = None

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "style"):
            self._open = (tag, dict(attrs))

    def handle_data(self, data):
        if self._open:
            self.found.append((*self._open, data))

    def handle_endtag(self, tag):
        self._open = None


def source(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def directive(policy: str, name: str) -> list[str]:
    return re.search(rf"{name} ([^;]*)", policy)[1].split()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_comes_again_only_when_it_has_changed(client: FlaskClient, path: str) -> None:
    first = client.get(path, headers={"Accept-Encoding": "br"})
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "no-cache"
    assert first.headers.getlist("Vary") == ["Accept-Encoding"]
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    policy = "Content-Security-Policy"
    assert again.headers.getlist(policy) == first.headers.getlist(policy)
    assert len(first.headers.getlist(policy)) == 1
    plain = client.get(path).data
    assert brotli.decompress(first.data) == plain
    assert gzip.decompress(client.get(path, headers={"Accept-Encoding": "gzip"}).data) == plain


@pytest.mark.parametrize("path", PAGES)
def test_the_policy_of_a_kept_page_names_its_own_scripts_and_no_others(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    reader = Scripts()
    reader.feed(answer.text)
    inline = [
        (tag, source(content))
        for tag, attributes, content in reader.found
        if attributes.get("type") != "application/json" and "src" not in attributes
    ]
    scripts = {hashed for tag, hashed in inline if tag == "script"}
    styles = {hashed for tag, hashed in inline if tag == "style"}
    assert set(directive(policy, "script-src")) == {"'self'", *scripts}
    assert set(directive(policy, "style-src")) == {"'self'", *styles}
    assert "unsafe" not in policy
    assert "nonce" not in answer.text + policy


def test_what_was_put_into_a_page_gets_no_hash() -> None:
    evil = "<script>alert(1)</script><script nonce=''>alert(2)</script>"
    almost = '<script nonce="secre">alert(3)</script><style nonce="xsecret">b{}</style>'
    own = '<script type="module" nonce="secret">start()</script><style nonce="secret">a{}</style>'
    linked = '<link rel="modulepreload" href="/a.js" nonce="secret">'
    outside = '<script src="/b.js" nonce="secret"></script>'
    page = hash_inline_elements(evil + almost + own + linked + outside, "secret")
    assert page.scripts == (source("start()"),)
    assert page.styles == (source("a{}"),)
    assert 'nonce="secret"' not in page.html
    assert evil + almost in page.html


def test_a_hash_is_of_what_the_browser_reads() -> None:
    page = hash_inline_elements('<script nonce="p">a\r\nb\rc</script>', "p")
    assert page.scripts == (source("a\nb\nc"),)
    assert page.html == "<script>a\nb\nc</script>"


def test_an_address_is_one_page_in_whatever_order_and_under_whatever_host(app: Flask) -> None:
    client = app.test_client()
    one = client.get("/?indicator=population&lang=en", headers={"Host": "a.example"})
    two = client.get("/?lang=en&indicator=population", headers={"Host": "evil.example"})
    assert one.data == two.data
    assert "evil.example" not in two.text


def test_only_declared_parameters_make_a_page(client: FlaskClient, app: Flask) -> None:
    assert client.get("/compare?utm=1").data == client.get("/compare").data
    kept = app.extensions["portal"].page_cache.recent_keys()
    for number in range(3):
        assert client.get(f"/?nothing={number}").status_code == 200
        assert client.get(f"/about?nothing={number}").status_code == 400
    assert app.extensions["portal"].page_cache.recent_keys() == kept


def test_an_address_is_put_into_one_form() -> None:
    with Flask("t").test_request_context("/a b?z=1&y=%C4%91&x=&y=2") as context:
        args = context.request.args
        assert canonical_address("/a b", args, ("x", "y", "z")) == "/a%20b?y=%C4%91&z=1"


def test_a_page_that_several_ask_for_at_once_is_drawn_once() -> None:
    cache, drawn, gate = ResponseCache(), [], threading.Event()

    def make() -> ResponseBody:
        drawn.append(1)
        gate.wait(5)
        return ResponseBody(b"page", "text/html")

    with ThreadPoolExecutor(8) as pool:
        waits = [pool.submit(cache.get_or_make, "key", make) for _ in range(8)]
        time.sleep(0.1)
        gate.set()
        assert {wait.result().content for wait in waits} == {b"page"}
    assert drawn == [1]


def test_a_page_that_could_not_be_drawn_is_tried_again() -> None:
    cache = ResponseCache()

    def fail() -> ResponseBody:
        raise LookupError

    with pytest.raises(LookupError):
        cache.get_or_make("key", fail)
    assert cache.get_or_make("key", lambda: ResponseBody(b"x", "text/html")).content == b"x"


def test_what_is_kept_stays_under_its_limit_with_the_compressed_forms() -> None:
    cache, bodies = ResponseCache(max_bytes=400_000), []
    for number in range(50):
        body = ResponseBody(bytes([number]) * 20_000, "text/html")
        for encoding in ("br", "gzip"):
            body.encoded(encoding)
        bodies.append(body)
        cache.put(str(number), body)
    kept = [bodies[int(key)] for key in cache.recent_keys()]
    assert kept[0] is bodies[-1]
    assert 5 <= len(kept) < 20
    assert sum(len(b.content) + sum(map(len, b.encodings.values())) for b in kept) <= 400_000


def test_the_address_on_paper_is_the_public_one(tmp_path, lai_chau_store) -> None:
    settings = {"PORTAL_INSTANCE": tmp_path, "PORTAL_PUBLIC_URL": "https://map.example"}
    client = create_app(settings, lai_chau_store).test_client()
    page = client.get("/about?lang=en", headers={"Host": "evil.example"}).text
    assert "Printed from https://map.example/about?lang=en" in page
    assert "evil" not in page


def test_an_answer_has_the_tag_it_is_given_or_one_of_its_content() -> None:
    assert ResponseBody(b"page", "text/html", etag="given").etag == "given"
    one, same, other = (ResponseBody(content, "text/html").etag for content in (b"1", b"1", b"2"))
    assert one == same != other
