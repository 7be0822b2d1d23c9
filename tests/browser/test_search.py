"""Finding units and indicators by typing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def typed(here, text):
    box = here.page.get_by_role("combobox")
    box.fill(text)
    options = here.page.get_by_role("option")
    expect(options.first).to_be_visible()
    return box, options


def test_without_diacritics(visit):
    here = visit("/")
    box, options = typed(here, "binh lu")
    expect(options.first).to_contain_text("Xã Bình Lư")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "found-0")
    box.press("Enter")
    expect(here.page.locator("#card-title")).to_have_text("Xã Bình Lư")


def test_enter_before_the_answer_is_there(visit):
    page = visit("/").page
    box = page.get_by_role("combobox")
    box.fill("than uyen")
    expect(page.get_by_role("option").first).to_contain_text("Than Uyên")
    box.fill("binh lu")
    box.press("Enter")
    expect(page.locator("#card-title")).to_have_text("Xã Bình Lư")


def test_an_old_name_says_what_it_is_now(visit):
    here = visit("/")
    _, options = typed(here, "son binh")
    expect(options.first).to_contain_text("Sơn Bình")
    expect(options.first).to_contain_text("Xã Bình Lư")
    options.first.click()
    expect(here.page.locator("#card-title")).to_have_text("Xã Bình Lư")
    expect(here.page.locator("#live")).to_contain_text("Sơn Bình")


def test_by_code(visit):
    here = visit("/")
    _, options = typed(here, "03390")
    expect(options.filter(has_text="Bình Lư").first).to_be_visible()


def test_an_indicator(visit):
    here = visit("/")
    _, options = typed(here, "che phu rung")
    options.first.click()
    expect(here.page.locator("h1")).to_contain_text("che phủ rừng")


def test_a_district_goes_to_its_own_time(visit):
    here = visit("/")
    _, options = typed(here, "muong te")
    district = options.filter(has_text="huyện").first
    district.click()
    expect(here.page.locator("path.unit")).to_have_count(8)
    expect(here.page.locator("#card-title")).to_have_text("Huyện Mường Tè")


def test_nothing_found_and_escape(visit):
    here = visit("/")
    box, options = typed(here, "qqqq")
    expect(options.first).to_contain_text("qqqq")
    box.press("Escape")
    expect(here.page.get_by_role("listbox")).to_be_hidden()


def test_markup_stays_text(visit):
    here = visit("/")
    _, options = typed(here, "<img src=x onerror=alert(1)>")
    expect(options.first).to_contain_text("<img src=x onerror=alert(1)>")
    expect(here.page.locator(".search-list img")).to_have_count(0)
