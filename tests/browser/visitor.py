"""A visitor of the portal: a page in a fresh profile, what it asked for and what went wrong."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    Request,
    expect,
)

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PAGE_IDLE = (Path(__file__).parent / "page_idle.js").read_text(encoding="utf-8")
AXE = Path(__file__).parents[2] / "static" / "node_modules" / "axe-core" / "axe.min.js"
# All violations, and only they: to hand over every element that passed takes three times as long as
# the checks themselves.
_AXE_RUN = """async (rules) => (await axe.run({
  resultTypes: ['violations'], ...(rules.length && { runOnly: rules }) })).violations"""
# What a page by night may break that holds by day.
RULES_OF_COLOUR = ("color-contrast", "link-in-text-block")
# How long a page may take before a test fails: as a bound of a failure, not a promise of speed.
PATIENCE_MS = 120_000
expect.set_options(timeout=PATIENCE_MS)
# Chromium loads the pages of its address bar anew for every window: half of what a visit took. The
# list takes the place of Playwright's own, so those of it that could touch a page are named too.
_FEATURES_OFF = (
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "AimEnabled"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "PaintHolding"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "LensOverlay", "MediaRouter", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "PreconnectToSearch"),
)
# The one without windows first, at its place in Debian: the tests cost a fifth less in it.
_NAMES = (
    *("/usr/lib/chromium/chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable"),
)


def find_chromium() -> str:
    """Path of the browser named by CHROMIUM or of the first one installed."""
    for name in (os.environ.get("CHROMIUM", ""), *_NAMES):
        if name and (path := shutil.which(name)):
            return path
    raise RuntimeError("no Chromium found: install one or set CHROMIUM to its path")


# No name and no address but the machine's own leads anywhere. To ask Playwright about every request
# instead costs a tenth of a visit, and the cache of the browser.
ALONE = ("--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


def launch_chromium(playwright: Playwright) -> Browser:
    """A Chromium without a window that loads no pages of its own besides those that are opened."""
    return playwright.chromium.launch(
        executable_path=find_chromium(),
        args=[*ALONE, "--disable-gpu", f"--disable-features={','.join(_FEATURES_OFF)}"],
    )


def axe_violations(page: Page, *rules: str) -> list[str]:
    """What axe finds once the page is idle, as one line per rule with the first places.

    Of all rules, or of those named only.
    """
    page.evaluate("pageIdle()")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(_AXE_RUN, rules)
    return [f"{v['id']}: {[n['html'][:160] for n in v['nodes'][:3]]}" for v in found]


def axe_violations_day_and_night(page: Page) -> list[str]:
    """What axe finds on a page by day, and of its colours by night: nothing else differs."""
    page.emulate_media(color_scheme="light")
    by_day = axe_violations(page)
    page.emulate_media(color_scheme="dark")
    return by_day + axe_violations(page, *RULES_OF_COLOUR)


def settled(locator: Locator) -> Locator:
    """What a locator finds once its page is idle, for a value that no ``expect`` can name.

    A page answers most of what is done to it later: what is read at once may be what stood before.
    """
    locator.page.evaluate("pageIdle()")
    return locator


@dataclass
class Visitor:
    """A page and what happened on it.

    Parameters
    ----------
    foreign
        Addresses on other hosts that the page asked for (and did not get).
    faults
        Errors on the console and exceptions nobody caught.
    may_fail
        Whether the test expects faults.
    """

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    may_fail: bool = False

    def wait_until_idle(self) -> None:
        """Wait until the page has done all it does by itself; see ``page_idle.js``."""
        self.page.evaluate("pageIdle()")

    def query(self) -> dict[str, str]:
        """The parameters in the address bar once the page is idle."""
        self.wait_until_idle()
        return dict(parse_qsl(urlsplit(self.page.url).query))

    def requests_for(self, part: str) -> list[str]:
        """The requests made until the page is idle whose address contains ``part``."""
        self.wait_until_idle()
        return [url for url in self.requests if part in url]

    def wait_until_drawn(self) -> None:
        """Wait until the map is drawn and nothing loads."""
        self.page.wait_for_selector("path.unit", state="attached")
        expect(self.page.locator("#progress")).to_be_hidden()
        expect(self.page.locator("#map-area")).not_to_have_attribute("aria-busy", "true")

    def unit(self, unit_id: str) -> tuple[float, float]:
        """A point of the screen well inside a unit of the map, found by its place in the table."""
        self.wait_until_idle()
        return tuple(self.page.evaluate(_POINT_IN, unit_id))

    def row(self, name: str) -> Locator:
        """The row of the table for the unit of that name."""
        button = self.page.get_by_role("button", name=name, exact=True)
        return self.page.locator("#figures tbody tr").filter(has=button)

    def fills(self) -> list[str]:
        """The fills of the units on the map once the page is idle."""
        fills: list[str] = settled(self.page.locator("path.unit")).evaluate_all(
            "paths => paths.map((path) => path.getAttribute('fill'))"
        )
        return fills

    def names(self) -> list[str]:
        """The names in the table, from top to bottom, once the page is idle."""
        return settled(self.page.locator("#figures tbody th")).all_inner_texts()


# The highlight drawn for a row of the table lies on the unit: its middle may be outside of it, so
# points of a grid are tried until one lies inside.
_POINT_IN = """async (id) => {
  const row = document.querySelector(`tr[data-id="${id}"]`);
  row.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
  const outline = document.querySelector('.unit-outline-pointed');
  const box = outline.getBoundingClientRect();
  const matrix = outline.getScreenCTM().inverse();
  let found = null;
  for (let i = 1; i < 20 && !found; i += 1) for (let j = 1; j < 20 && !found; j += 1) {
    const k = ((i * 7) % 19) + 1;
    const [x, y] = [box.x + (box.width * k) / 20, box.y + (box.height * j) / 20];
    if (outline.isPointInFill(new DOMPoint(x, y).matrixTransform(matrix))) {
      const hit = document.elementFromPoint(x, y);
      if (hit && hit.matches('path.unit')) found = [x, y];
    }
  }
  document.querySelector('#figures tbody').dispatchEvent(new MouseEvent('mouseleave'));
  return found;
}"""


def open_visitor(browser: Browser, address: str, path: str, **options: Any) -> Visitor:
    """Open ``path``; ``options`` are those of a Playwright context.

    Further options: ``wait`` (False does not wait for the map), ``may_fail``, and ``before``, a
    script that runs ahead of those of the page.
    """
    wait, may_fail = options.pop("wait", True), options.pop("may_fail", False)
    before = options.pop("before", "")
    context = browser.new_context(**{"viewport": WIDE, "locale": "vi-VN", **options})
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(PAGE_IDLE + before)
    page = context.new_page()
    one = Visitor(page, address, may_fail=may_fail)

    def asked(request: Request) -> None:
        if request.url.startswith((address, "data:", "blob:")):
            one.requests.append(request.url.removeprefix(address))
        else:
            one.foreign.append(request.url)

    def note(message: ConsoleMessage) -> None:
        # Chromium warns of a preload that waits for seconds, which it does on a busy machine;
        # tests/browser/test_preloads.py says that each is used.
        if message.type in ("error", "warning") and "preloaded using link" not in message.text:
            one.faults.append(message.text)

    context.on("request", asked)
    page.on("console", note)
    page.on("pageerror", lambda error: one.faults.append(str(error)))
    page.goto(address + path)
    if wait:
        one.wait_until_drawn()
    return one
