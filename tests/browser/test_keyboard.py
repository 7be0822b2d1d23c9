"""The map without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def focus_map(here):
    """Reach the map by tabbing from the last row of the table."""
    page = here.page
    page.locator("#figures tbody tr").last.get_by_role("button").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "portal_map_main"


def said(page):
    page.evaluate("pageIdle()")
    return page.locator("#live").inner_text()


def test_the_map_is_one_tab_stop(visit):
    here = visit("/")
    focus_map(here)
    here.page.keyboard.press("Tab")
    assert "legend-row" in here.page.evaluate("document.activeElement.className")


def test_arrows_walk_to_neighbours_and_name_them(visit):
    here = visit("/")
    page = here.page
    focus_map(here)
    assert "Tân Phong" in said(page)
    names = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        names.append(said(page))
    assert all("người/km²" in name for name in names)
    assert len(set(names)) >= 4


def test_every_unit_can_be_reached(visit):
    here = visit("/")
    page = here.page
    focus_map(here)
    seen = set()
    for key in ["ArrowLeft"] * 12 + (["ArrowDown", "ArrowRight"] * 12) + ["ArrowUp"] * 12:
        page.keyboard.press(key)
        seen.add(page.locator("tr.is-pointed").get_attribute("data-id"))
    assert len(seen) >= 12
    # The rest is reached from the table, whose every row is a button.
    assert page.locator("#figures tbody button").count() == 38


def test_enter_opens_and_escape_returns(visit):
    here = visit("/")
    page = here.page
    focus_map(here)
    page.keyboard.press("Enter")
    expect(page.locator("#card-title")).to_have_text("Phường Tân Phong")
    expect(page.locator("#card-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    expect(page.locator("#portal_map_main")).to_be_focused()


def test_from_the_table_and_back(visit):
    here = visit("/")
    page = here.page
    button = here.row("Mù Cả").get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card-title")).to_have_text("Xã Mù Cả")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_periods_and_indicators_by_arrow_keys(visit):
    here = visit("/")
    page = here.page
    page.locator("#indicator-list input:checked").focus()
    before = page.locator("h1").inner_text()
    page.keyboard.press("ArrowUp")
    expect(page.locator("h1")).not_to_have_text(before)
    here.wait_until_drawn()
    assert page.evaluate("document.activeElement.name") == "indicator"


def test_skip_link(visit):
    page = visit("/").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
