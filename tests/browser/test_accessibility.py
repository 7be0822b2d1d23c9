"""axe-core finds nothing on any page, in both languages and widths."""

from __future__ import annotations

import pytest

from tests.browser.visitor import PHONE, WIDE, axe_violations, axe_violations_day_and_night

pytestmark = pytest.mark.browser

LONGEST, SHORTER = "/units/03390-20250701", "/units/03637-20250701"
"""Units of many and of fewer figures: axe takes ten seconds for thousands of rows, so once only."""
PAGES = (
    "/indicators",
    "/indicators/forest_cover_rate",
    "/sources",
    LONGEST,
    "/units/12-20040101/themes/tourism",
    "/units/03390-20250701/report",
    "/units/03390-20250701/screen",
    "/doubts",
    "/about",
    "/guide",
)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?lang=en",
        "/?indicator=population&unit=03390-20250701",
        "/?indicator=forest_cover_rate",
    ],
)
def test_map_page(visit, path, size):
    here = visit(path, viewport=size)
    assert axe_violations_day_and_night(here.page) == []


def test_open_controls_on_a_phone(visit):
    here = visit("/", viewport=PHONE)
    here.page.locator("#open-controls").click()
    assert axe_violations(here.page) == []


def test_search_list(visit):
    here = visit("/")
    here.page.get_by_role("combobox").fill("muong")
    here.page.get_by_role("option").first.wait_for()
    assert axe_violations(here.page) == []


@pytest.mark.parametrize("path", PAGES + tuple(f"{path}?lang=en" for path in (*PAGES, SHORTER)
                                               if path != LONGEST))  # fmt: skip
def test_other_pages(visit, path):
    here = visit(path, wait=False)
    assert axe_violations(here.page) == []


def test_reading_order(visit):
    """Heading, what the map shows, choices, table, map."""
    page = visit("/").page
    order = page.evaluate(
        """() => ['map-title', 'map-summary', 'controls', 'figures', 'portal_map_main']
          .map(id => document.getElementById(id))
          .every((node, i, all) => !i || all[i - 1].compareDocumentPosition(node) & 4)"""
    )
    assert order


@pytest.mark.parametrize("path", ["/", "/compare", "/units/03390-20250701", "/method"])
def test_a_page_has_three_sizes_of_type_and_none_below_12_px(visit, path):
    page = visit(path, wait=path in ("/", "/compare")).page
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
          .filter((e) => e.checkVisibility() && !e.closest('svg, .leaflet-container'))
          .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
          .map((e) => parseFloat(getComputedStyle(e).fontSize))"""
    )
    assert set(sizes) <= {12, 14, 20}


def test_a_fault_on_a_page_is_found(visit) -> None:
    here = visit("/sources", wait=False)
    here.page.evaluate("document.documentElement.removeAttribute('lang')")
    assert [line.partition(":")[0] for line in axe_violations(here.page)] == ["html-has-lang"]


def test_a_fault_of_the_night_is_found(visit) -> None:
    page = visit("/sources", wait=False).page
    page.locator("h1").evaluate("title => title.style.color = 'black'")
    found = axe_violations_day_and_night(page)
    assert [line.partition(":")[0] for line in found] == ["color-contrast"]
