"""Opening pages in headless Chromium as on a first visit, and what that cost."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.browser.visitor import find_chromium

SCREEN = {"width": 1440, "height": 900}
WAIT_MS = 60_000
_DRAWN = (Path(__file__).parent / "drawn.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Expected:
    """Polygons that make a map complete: how many, in which fills (``#rrggbb``)."""

    colours: Sequence[str]
    count: int


@dataclass(frozen=True)
class Load:
    """One cold load.

    Parameters
    ----------
    drawn_ms
        From asking for the page to the last coloured polygon on the screen, whoever drew it.
    interactive_ms
        The same for the polygons that answer to the pointer.
    kilobytes
        Everything that came over the wire, headers included.
    heap_mb, retained_mb
        JavaScript heap in use when these are drawn, and after a garbage collection.
    """

    drawn_ms: float
    interactive_ms: float
    kilobytes: float
    heap_mb: float
    retained_mb: float


class Wire:
    """Counts the bytes that a page receives."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes = 0
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _finished(self, event: dict[str, float]) -> None:
        self.bytes += int(event["encodedDataLength"])


@contextmanager
def open_browser() -> Iterator[Browser]:
    """The Chromium that the browser tests use."""
    flags = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def fresh_page(browser: Browser, expected: Expected) -> Iterator[tuple[Page, CDPSession]]:
    """A page of its own context: nothing cached, no cookies, its own process."""
    context = browser.new_context(viewport=SCREEN, locale="vi-VN")
    context.set_default_timeout(WAIT_MS)
    expectation = json.dumps([list(expected.colours), expected.count])
    context.add_init_script(f"{_DRAWN}\ndrawnBench.expect(...{expectation});")
    try:
        page = context.new_page()
        yield page, context.new_cdp_session(page)
    finally:
        context.close()


def told(session: CDPSession, expression: str) -> float:
    """The number that ``expression``, or the promise it is, has in the page.

    Asked over the protocol, since the page's content policy refuses evaluated strings.
    """
    late = f"new Promise((_, no) => setTimeout(no, {WAIT_MS}, 'nothing after {WAIT_MS} ms'))"
    ask = {"expression": f"Promise.race([{expression}, {late}])", "returnByValue": True}
    answer = session.send("Runtime.evaluate", {**ask, "awaitPromise": True})
    assert "exceptionDetails" not in answer, f"{expression}: {answer['exceptionDetails']}"
    return float(answer["result"].get("value") or 0)


def open_map(page: Page, session: CDPSession, url: str) -> float:
    """Open ``url`` and return the ms to its last coloured polygon."""
    page.goto(url, wait_until="commit")
    return told(session, "drawnBench.complete")


def cold_load(browser: Browser, url: str, expected: Expected) -> Load:
    """Open ``url`` as on a first visit."""
    with fresh_page(browser, expected) as (page, session):
        wire = Wire(session)
        drawn = open_map(page, session, url)
        interactive = told(session, "drawnBench.interactive")
        heap = heap_mb(session)
        page.wait_for_load_state("networkidle")
        session.send("HeapProfiler.collectGarbage")
        return Load(drawn, interactive, wire.bytes / 1000, heap, heap_mb(session))


def heap_mb(session: CDPSession) -> float:
    """Megabytes of the page's JavaScript heap in use."""
    session.send("Performance.enable")
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(m["value"] for m in metrics if m["name"] == "JSHeapUsedSize") / 1e6
