"""Changing the indicator on the open page: bytes over the wire, and the time to the repaint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.benchmarks.budgets import Budget, Row
from tests.benchmarks.chromium import Wire, fresh_page, open_map, told
from tests.benchmarks.layer import Shown, fetch

REST_MS = 500


@dataclass(frozen=True)
class Change:
    """What one choice cost: ms from the click to the last repainted polygon, and bytes.

    The bytes count the headers of the answers.
    """

    milliseconds: float
    sent: int


class Opened:
    """The portal's page with its first map on it."""

    def __init__(self, page: Page, session: CDPSession) -> None:
        self.page = page
        self.session = session
        self.wire = Wire(session)

    def choose(self, group: str, value: str) -> Change:
        """Click one of the page's choices, and wait until map and line are at rest."""
        before = self.wire.bytes
        told(self.session, f"drawnBench.watch({REST_MS})")
        self.page.locator(f'input[name="{group}"][value="{value}"]').locator("xpath=..").click()
        milliseconds = told(self.session, "drawnBench.change")
        return Change(milliseconds, self.wire.bytes - before)


@pytest.fixture
def opened(browser: Browser, portal: str, first_map: Shown) -> Iterator[Opened]:
    with fresh_page(browser, first_map.expected) as (page, session):
        opened = Opened(page, session)
        open_map(page, session, f"{portal}/")
        told(session, "drawnBench.interactive")
        page.wait_for_load_state("networkidle")
        yield opened


def full_choropleths(portal: str, first_map: Shown) -> tuple[str, list[str]]:
    """The theme with most indicators that colour all of the first map's units, and these."""
    layer = first_map.document["layer"]
    themes = {}
    for theme in fetch(f"{portal}/api/v1/catalogue").json()["themes"]:
        themes[theme["id"]] = [
            indicator["id"]
            for indicator in theme["indicators"]
            if indicator["style"] == "choropleth" and indicator["id"] != layer["indicator"]
            if any(_is_full(each, layer) for each in indicator["layers"])
        ]
    best = max(themes, key=lambda theme: len(themes[theme]))
    return best, themes[best]


def _is_full(available: dict[str, object], layer: dict[str, str]) -> bool:
    same = all(available[field] == layer[field] for field in ("level", "date", "status"))
    return same and available["with_value"] == available["total"]


def test_changing_the_indicator(
    hold: Callable, opened: Opened, portal: str, first_map: Shown
) -> None:
    theme, indicators = full_choropleths(portal, first_map)
    assert len(indicators) >= 3

    def measure() -> list[Row]:
        # Choosing the theme is a change of indicator too, and opens the list of the others.
        changes = [opened.choose("theme", theme)]
        chosen = opened.page.locator('input[name="indicator"]:checked').get_attribute("value")
        others = [each for each in indicators if each != chosen]
        changes += [opened.choose("indicator", each) for each in others]
        times = [change.milliseconds for change in changes]
        name, note = "3 changing the indicator", f"{len(changes)} changes"
        spread = f"median of {note}, {min(times):.0f}-{max(times):.0f} ms"
        most = max(change.sent for change in changes) / 1000
        return [
            Row(f"{name}, bytes", most, "kB", Budget(most=3), note=f"largest of {note}"),
            Row(f"{name}, repainted", median(times), "ms", Budget(most=100), note=spread),
        ]

    hold(measure)
