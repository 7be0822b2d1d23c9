"""A map that few units have figures for: what is known of each, and no table of gaps."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import PHONE, WIDE, axe_violations

FEW = "/?indicator=poverty_rate&period=2025-12&level=commune&date=2025-07-01&lang=en"
MANY = "/?indicator=population_density&lang=en"


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_cards_stand_in_the_place_of_a_table_of_gaps(visit, size) -> None:
    page = visit(FEW, viewport=size).page
    cards = page.locator("#figure-cards")
    expect(cards).to_contain_text("1 of 38 units have a figure for December 2025; 1 more")
    expect(cards.locator(".is-on-map")).to_contain_text("11.72%")
    expect(cards).to_contain_text("Lai Chau province")
    expect(page.locator("#figures")).to_be_hidden()
    assert axe_violations(page) == []


def test_the_table_is_one_key_away(visit) -> None:
    page = visit(FEW).page
    page.get_by_role("button", name="Table of all 38 units").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#figures tbody tr")).to_have_count(38)
    expect(page.locator("#figures tbody tr").first).to_be_in_viewport()
    expect(page.locator("#figure-cards")).to_be_hidden()
    page.get_by_role("button", name="Only units with figures").press("Enter")
    expect(page.locator("#figures")).to_be_hidden()
    expect(page.locator("#figure-cards")).to_be_visible()


def test_a_name_opens_the_unit_and_another_period_its_map(visit) -> None:
    here = visit(FEW)
    page = here.page
    page.locator("#figure-cards .is-on-map button").click()
    expect(page.locator("#card-title")).to_have_text("Ta Leng commune")
    page.keyboard.press("Escape")
    page.locator("#figure-cards").get_by_role("link", name="2024", exact=True).first.click()
    expect(page.locator("#map-title")).to_contain_text("2024")


def test_the_map_has_one_colour_and_leads_to_no_sparser_one(visit) -> None:
    page = visit(FEW).page
    expect(page.locator("#coverage-notice")).to_contain_text("Province")
    expect(page.locator("#coverage-notice")).not_to_contain_text("1/8")
    expect(page.locator("#legend-body .legend-row")).to_have_count(2)


def test_another_indicator_brings_the_table_back(visit) -> None:
    page = visit(FEW).page
    expect(page.locator("#figure-cards")).to_be_visible()
    page.goto(page.url.split("?")[0] + MANY.removeprefix("/"))
    expect(page.locator("#figures tbody tr").first).to_be_visible()
    expect(page.locator("#figure-cards")).to_be_hidden()
