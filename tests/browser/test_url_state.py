"""Everything on the screen stands in the address."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import settled

pytestmark = pytest.mark.browser


def test_back_and_forward(visit):
    here = visit("/")
    page = here.page
    first = settled(page.locator("h1")).inner_text()
    page.locator("#indicator-list input").nth(0).check()
    expect(page.locator("h1")).not_to_have_text(first)
    here.wait_until_drawn()
    second = settled(page.locator("h1")).inner_text()
    page.get_by_label("Rừng", exact=True).check()
    expect(page.locator("h1")).not_to_have_text(second)
    here.wait_until_drawn()
    page.go_back()
    expect(page.locator("h1")).to_have_text(second)
    page.go_back()
    expect(page.locator("h1")).to_have_text(first)
    page.go_forward()
    expect(page.locator("h1")).to_have_text(second)


def test_reload_and_another_browser_show_the_same(visit):
    here = visit("/")
    page = here.page
    page.get_by_label("Trước 01/7/2025").check()
    expect(page.locator("path.unit")).to_have_count(106)
    page.get_by_role("button", name="Đơn vị", exact=True).click()
    page.locator("#figures tbody tr").nth(3).get_by_role("button").click()
    expect(page.locator(".unit-card")).to_be_visible()
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_url("**view=**")
    here.wait_until_idle()
    url = page.url.removeprefix(here.address)
    seen = _seen(here)
    page.reload()
    here.wait_until_drawn()
    expect(page.locator(".unit-card")).to_be_visible()
    assert _seen(here) == seen
    other = visit(url)
    expect(other.page.locator(".unit-card")).to_be_visible()
    assert _seen(other) == seen


def _seen(here):
    page = here.page
    return (
        settled(page.locator("h1")).inner_text(),
        here.query(),
        here.names(),
        page.locator("#card-title").inner_text(),
        page.locator(".leaflet-control-scale-line").inner_text(),
        here.fills(),
    )


def test_moving_the_map_makes_no_new_place_in_the_history(visit):
    here = visit("/?indicator=population_density")
    page = here.page
    before = page.evaluate("history.length")
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_url("**view=**")
    here.wait_until_idle()
    assert page.evaluate("history.length") == before


def test_copy_link(visit):
    here = visit(
        "/?indicator=population_density", permissions=["clipboard-read", "clipboard-write"]
    )
    here.page.locator("#copy-link").click()
    expect(here.page.locator("#copy-link")).to_contain_text("Đã chép")
    expect(here.page).to_have_url(here.page.evaluate("navigator.clipboard.readText()"))


def test_english(visit):
    here = visit("/?lang=en", locale="en-GB")
    page = here.page
    expect(page.locator("h1")).to_contain_text("Population density")
    expect(here.row("Tan Phong")).to_have_count(1)
    expect(page.locator("#figures .num").nth(1)).to_have_text("341.4")
    page.locator("#indicator-list input").nth(0).check()
    expect(page.locator("h1")).not_to_contain_text("density")
    here.wait_until_drawn()
    assert here.query()["lang"] == "en"
    for vietnamese in ("Chú giải", "Bảng", "Chỉ tiêu", "Ranh giới", "Kỳ"):
        expect(page.locator("main")).not_to_contain_text(vietnamese, use_inner_text=True)
    page.locator("[data-lang=vi]").click()
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    here.wait_until_drawn()
    assert "lang" not in here.query()


def test_a_wrong_address_is_answered_with_words(visit):
    here = visit("/?indicator=nonsense", wait=False, may_fail=True)
    expect(here.page.locator("main")).to_contain_text("nonsense")
