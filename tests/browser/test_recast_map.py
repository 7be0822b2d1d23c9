"""Figures of one time put onto the units of another, on the map and on the way to a comparison."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_compare import RIGHT

pytestmark = pytest.mark.browser


def test_the_map_puts_figures_onto_the_communes_of_today(visit):
    here = visit("/?indicator=population_density&period=2019-04-01&level=commune&date=2013-01-01")
    page = here.page
    expect(page.locator("path.unit")).to_have_count(108)
    page.get_by_label("Theo xã hiện nay").check()
    expect(page.locator("path.unit")).to_have_count(38)
    here.wait_until_drawn()
    assert here.query()["on"] == "2025-07-01"
    here.row("Bình Lư").get_by_role("button").click()
    card = page.locator("#card")
    expect(card).to_contain_text("Cộng từ các đơn vị cũ")
    expect(card).to_contain_text("Thị trấn Tam Đường")
    page.locator("#on-field").get_by_label("Như công bố").check()
    expect(page.locator("path.unit")).to_have_count(108)
    here.wait_until_drawn()
    assert "on" not in here.query()


def test_the_map_puts_figures_onto_the_communes_of_2024(visit):
    here = visit("/?indicator=population&period=2019-04-01&level=commune&date=2013-01-01")
    page = here.page
    choices = page.locator("#on-field label")
    expect(choices).to_have_count(3)
    page.get_by_label("Theo ranh giới: Trước 01/7/2025").check()
    expect(page.locator("path.unit")).to_have_count(106)
    expect(page).to_have_url(re.compile("on=2020-02-01"))
    here.row("Quyết Thắng").get_by_role("button").click()
    card = page.locator("#card")
    expect(card).to_contain_text("Không tính lại được")
    expect(card).to_contain_text("2.847 người – 5.228 người")
    expect(card).to_contain_text("chưa rõ tỷ trọng")
    page.get_by_label("Theo xã hiện nay").check()
    expect(page.locator("path.unit")).to_have_count(38)
    page.go_back()
    expect(page.locator("path.unit")).to_have_count(106)
    expect(page.get_by_label("Theo ranh giới: Trước 01/7/2025")).to_be_checked()


def test_the_map_leads_to_the_comparison(visit):
    here = visit("/")
    page = here.page
    link = page.locator("#to-compare")
    expect(link).to_have_attribute("href", re.compile("indicator=population_density"))
    expect(page.locator("#on-field")).to_be_hidden()
    link.click()
    page.wait_for_selector(f"{RIGHT} path.unit", state="attached")
    expect(page.locator("#changes")).to_contain_text("Tách được cả phần")


# What the browser does before it prints, in one go: nothing can wait. For each map in sight: its
# size, how far the province's frame keeps from its edges, its names and those within the frame.
