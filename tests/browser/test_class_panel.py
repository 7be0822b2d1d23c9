"""The panel of classes: breaks to drag and to type, a class of its own, saved ways to draw."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.visitor import PHONE, Visitor, axe_violations, settled

DENSITY = "/?indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01"


def _opened(visit, address: str = DENSITY, **options) -> Visitor:
    here = visit(address, **options)
    here.page.locator(".drawing summary").click()
    expect(here.page.locator(".class-histogram .break").first).to_be_attached()
    return here


def _limits(here: Visitor) -> Locator:
    return here.page.locator(".class-rows input")


def test_a_break_is_dragged_and_the_counts_follow(visit) -> None:
    here = _opened(visit)
    page = here.page
    before = _limits(here).first.input_value()
    handle = page.locator("[data-break='0'] circle")
    handle.scroll_into_view_if_needed()
    box = settled(handle).bounding_box()
    count = page.locator("[data-count='0']")
    first = count.inner_text()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 12, box["y"] + 5, steps=4)
    # The counts follow the pointer before anything is asked of the server.
    expect(count).not_to_have_text(first)
    assert "thresholds" not in here.query()
    page.mouse.up()
    expect(_limits(here).first).not_to_have_value(before)
    here.wait_until_drawn()
    assert here.query()["scheme"] == "thresholds"
    shown = page.locator("#legend-body .legend-row .legend-count").first
    expect(shown).to_have_text(settled(count).inner_text())


def test_limits_are_typed_as_the_page_writes_numbers(visit) -> None:
    people = DENSITY.replace("population_density", "population")
    here = _opened(visit, f"{people}&style=choropleth")
    page = here.page
    _limits(here).first.fill("5.041")
    _limits(here).first.press("Enter")
    expect(_limits(here).first).to_have_value("5.041")
    expect(page.locator("#legend-body")).to_contain_text("5.041")
    assert here.query()["thresholds"].split(",")[0] == "5041"
    _limits(here).first.fill("năm nghìn")
    _limits(here).first.press("Enter")
    expect(_limits(here).first).to_have_attribute("aria-invalid", "true")
    assert here.query()["thresholds"].split(",")[0] == "5041"


def test_zero_or_a_range_becomes_a_class_of_its_own(visit) -> None:
    here = _opened(visit)
    page = here.page
    low, high = page.locator(".isolation input").all()
    low.fill("100")
    low.press("Tab")
    expect(page.locator("#legend-body")).to_contain_text("100")
    high.fill("150")
    high.press("Enter")
    row = page.locator("#legend-body .legend-row", has_text=re.compile(r"100\s*–\s*150"))
    expect(row.locator(".legend-count")).to_have_text("4")
    assert here.query()["isolate"] == "100,150"
    page.get_by_role("button", name="Bỏ", exact=True).click()
    expect(row).to_have_count(0)
    assert "isolate" not in here.query()


def test_a_way_to_draw_is_saved_with_its_indicator_and_comes_back(visit) -> None:
    here = _opened(visit, f"{DENSITY}&palette=blue_purples&scheme=pretty")
    page = here.page
    page.locator(".saved-name input").fill("Báo cáo <b>tháng</b>")
    page.locator(".saved-name button").click()
    expect(page.locator(".saved-styles button").first).to_have_text("Báo cáo <b>tháng</b>")
    page.locator("#reset-symbology").click()
    expect(page.locator("#scheme")).not_to_have_value("pretty")
    page.reload()
    here.wait_until_drawn()
    page.locator(".drawing summary").click()
    page.locator(".saved-styles button").first.click()
    expect(page.locator("#scheme")).to_have_value("pretty")
    assert (here.query()["palette"], here.query()["scheme"]) == ("blue_purples", "pretty")
    # Another indicator has its own.
    page.locator("#indicator-list input[value=natural_area]").check(force=True)
    here.wait_until_drawn()
    expect(page.locator(".saved-styles button")).to_have_count(0)


def test_the_panel_is_for_everyone_on_a_phone(visit) -> None:
    here = visit(f"{DENSITY}&isolate=100,150", viewport=PHONE)
    page = here.page
    page.get_by_text("Chọn chỉ tiêu, kỳ, ranh giới").first.click()
    page.locator(".drawing summary").click()
    expect(_limits(here).first).to_be_visible()
    assert axe_violations(page) == []
    # The arrows move a limit without a pointer.
    before = _limits(here).first.input_value()
    _limits(here).first.press("ArrowUp")
    expect(_limits(here).first).not_to_have_value(before)
    _limits(here).first.press("Enter")
    expect(page.locator("#scheme")).to_have_value("thresholds")
    here.wait_until_drawn()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
