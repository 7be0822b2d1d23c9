"""What a page has the browser fetch ahead is what its scripts and styles then ask for."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, Route, TimeoutError

from tests.browser.visitor import PATIENCE_MS, PHONE, WIDE

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/?indicator=population&lang=en",
    "/?level=commune&date=2020-02-01&indicator=elevation_mean",
    "/compare",
    "/compare?mode=difference",
    "/mergers",
    "/units/03390-20250701",
    "/indicators",
    "/method",
)
PRELOAD = re.compile(r'<link rel="(?:module)?preload"[^>]*?href="([^"]+)"[^>]*>')


def comes(page: Page, url: str) -> bool:
    """Whether the page asks for the address sooner or later."""
    try:
        page.wait_for_event("request", lambda request: request.url == url)
    except TimeoutError:
        return False
    return True


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_all_that_is_preloaded_is_used(browser: Browser, address: str, path: str, size) -> None:
    # Without its preloads the page asks for the same files itself. Chromium's own warning would
    # depend on how many seconds that takes.
    context = browser.new_context(viewport=size, locale="vi-VN")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    preloaded: list[str] = []
    asked: set[str] = set()

    def without_preloads(route: Route) -> None:
        answer = route.fetch()
        text = answer.text()
        preloaded.extend(urljoin(page_url, unescape(href)) for href in PRELOAD.findall(text))
        route.fulfill(response=answer, body=PRELOAD.sub("", text))

    page_url = address + path
    page.route(lambda url: url == page_url, without_preloads)
    page.on("request", lambda request: asked.add(request.url))
    page.goto(page_url)
    assert preloaded
    assert [url for url in preloaded if url not in asked and not comes(page, url)] == []
    context.close()
