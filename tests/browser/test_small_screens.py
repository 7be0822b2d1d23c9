"""A phone: 390 px, touch."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser


def phone(visit, path="/", **options):
    return visit(path, viewport=PHONE, has_touch=True, is_mobile=True, **options)


def test_nothing_is_wider_than_the_screen(visit):
    for path in ("/", "/?lang=en", "/?indicator=population", "/?unit=03390-20250701"):
        page = phone(visit, path).page
        page.evaluate("pageIdle()")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


def test_map_and_legend_come_before_the_table(visit):
    page = phone(visit).page
    page.evaluate("pageIdle()")
    parts = ("#open-controls", ".map", ".legend", "#figures")
    tops = [page.locator(part).bounding_box()["y"] for part in parts]
    assert tops == sorted(tops)
    box = page.locator(".map").bounding_box()
    assert box["width"] == PHONE["width"]


def test_choosing_in_the_sheet(visit):
    here = phone(visit)
    page = here.page
    page.locator("#open-controls").tap()
    page.get_by_label("Rừng", exact=True).check()
    expect(page.locator("h1")).not_to_contain_text("Mật độ")
    page.locator("#close-controls").tap()
    expect(page.locator("#controls")).to_be_hidden()
    expect(page.locator("#open-controls")).to_be_focused()


def test_tap_opens_a_sheet_and_the_map_stays_in_sight(visit):
    here = phone(visit)
    page = here.page
    page.touchscreen.tap(*here.unit("03390-20250701"))
    card = page.locator("#card-title")
    expect(card).to_have_text("Xã Bình Lư")
    here.wait_until_idle()
    sheet = page.locator("#card").bounding_box()
    map_box = page.locator(".map").bounding_box()
    assert sheet["y"] >= PHONE["height"] * 0.4
    assert map_box["y"] < sheet["y"] - 150
    page.get_by_role("button", name="Đóng").last.tap()
    expect(page.locator("#card")).to_be_hidden()


def test_search_is_at_hand(visit):
    here = phone(visit)
    here.page.get_by_role("combobox").fill("binh lu")
    here.page.get_by_role("option").first.tap()
    expect(here.page.locator("#card-title")).to_have_text("Xã Bình Lư")


def test_what_the_sheet_of_choices_covers_takes_no_focus(visit):
    page = visit("/", viewport=PHONE).page
    page.locator("#open-controls").click()
    expect(page.locator("#close-controls")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        outside = page.evaluate("!document.activeElement.matches('body, #controls, #controls *')")
        assert not outside
    page.locator("#close-controls").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#open-controls")).to_be_focused()


@pytest.mark.parametrize("path", ["/", "/mergers", "/method", "/units/03390-20250701", "/compare"])
def test_nothing_runs_over_the_edge_of_a_narrow_screen(visit, path):
    here = visit(path, wait=False, viewport={"width": 320, "height": 640})
    here.wait_until_idle()
    page = here.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
