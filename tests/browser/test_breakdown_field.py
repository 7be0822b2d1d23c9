"""The parts of an indicator are chosen beside the title, by keyboard and on a telephone too."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import PHONE, settled

pytestmark = pytest.mark.browser

CANALS = "/?indicator=canal_length&level=commune&date=2025-07-01"
OPTIONS = """select => [...select.querySelectorAll('optgroup, option')].map(
  (each) => each.label.replace(/\\s+/g, ' ').trim())"""


def test_a_part_is_chosen_by_keyboard_and_the_address_says_which(visit):
    here = visit(CANALS)
    page, field = here.page, here.page.get_by_label("Phân tổ")
    expect(field).to_have_value("")
    field.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#map-title")).to_contain_text("Chiều dài kênh kiên cố")
    here.wait_until_drawn()
    assert here.query()["breakdown"] == "lining:lined"
    expect(field).to_be_focused()
    page.go_back()
    expect(page.locator("#map-title")).to_contain_text("Chiều dài kênh mương thủy lợi")
    expect(field).to_have_value("")
    assert "breakdown" not in here.query()


def test_the_server_offers_the_parts_as_the_browser_does(visit):
    address = f"{CANALS}&breakdown=lining:earth,manager:company"
    here = visit(address)
    drawn = settled(here.page.locator("#breakdown")).evaluate(OPTIONS)
    plain = visit(address, java_script_enabled=False, wait=False, may_fail=True)
    assert plain.page.locator("#breakdown").evaluate(OPTIONS) == drawn
    assert drawn[0] == "Tất cả (1/38)"
    assert "Loại kênh, Đơn vị quản lý" in drawn
    for page in (here.page, plain.page):
        expect(page.locator("#breakdown")).to_have_value("lining:earth,manager:company")


def test_an_indicator_without_parts_shows_no_field(visit):
    page = visit("/?indicator=households_grid_rate").page
    expect(page.locator("#breakdown-field")).to_be_hidden()


def test_on_a_telephone_the_field_fits_under_the_title(visit):
    address = f"{CANALS}&breakdown=lining:lined,manager:company"
    here = visit(address, viewport=PHONE, has_touch=True, is_mobile=True)
    box = settled(here.page.locator("#breakdown")).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    here.page.locator("#breakdown").select_option("manager:commune")
    expect(here.page.locator("#map-title")).to_contain_text("Kênh mương do xã quản lý")


def test_a_former_link_shows_the_part_that_bears_its_figures(visit):
    here = visit("/?indicator=canal_length_earth")
    expect(here.page.locator("#map-title")).to_contain_text("Chiều dài kênh đất")
    assert here.query()["indicator"] == "canal_length"
    assert here.query()["breakdown"] == "lining:earth"


def test_the_parts_in_the_card_open_and_lead_to_their_maps_by_keyboard(visit):
    here = visit(f"{CANALS}&unit=03390-20250701")
    page, parts = here.page, here.page.locator(".card-parts")
    expect(parts.locator("dl").first).to_be_hidden()
    parts.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(parts.locator("dt").first).to_have_text("Tất cả")
    page.keyboard.press("Tab")
    expect(parts.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#map-title")).to_contain_text("Chiều dài kênh kiên cố")
    here.wait_until_drawn()
    assert here.query()["breakdown"] == "lining:lined"
    expect(parts.locator("[aria-current]")).to_have_text("Kênh kiên cố")
