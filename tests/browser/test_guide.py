"""The guide as a clerk uses it: opened from a panel, by keys, on a phone, and printed."""

from __future__ import annotations

from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from portal.guide.chapters import CHAPTERS
from portal.guide.pictures import PICTURES
from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser

MOST_SHEETS = 10


@pytest.mark.parametrize("lang", ["", "?lang=en"], ids=["vi", "en"])
def test_the_guide_is_printed_with_all_its_pictures_on_ten_sheets_at_most(visit, lang):
    page = visit(f"/guide{lang}", wait=False, color_scheme="dark").page
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) <= MOST_SHEETS
    assert sum(len(sheet.images) for sheet in sheets) == len(PICTURES)
    text = " ".join(sheet.extract_text() for sheet in sheets)
    assert [f"{n}." in text for n in range(1, len(CHAPTERS) + 1)] == [True] * len(CHAPTERS)


def test_the_filter_opens_the_guide_at_the_filter_and_stays_open(visit):
    page = visit("/?lang=en").page
    page.locator("#filter summary").click()
    page.locator("#filter .filter-buttons button").first.wait_for()
    with page.context.expect_page() as opened:
        page.locator("#filter .guide-link").click()
    expect(opened.value.locator("#filter")).to_be_in_viewport()
    expect(opened.value.get_by_role("heading", name="Pick units by conditions")).to_be_visible()
    expect(page.locator("#filter .filter-buttons button").first).to_be_visible()


def test_the_contents_lead_to_a_section_by_keys_on_a_phone_without_scrolling_sideways(visit):
    page = visit("/guide", viewport=PHONE, wait=False).page
    link = page.locator('.guide-contents a[href="#correct"]')
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#correct")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator('#correct ~ ol a[href^="/office/correct"]').first).to_be_focused()
    page.wait_for_function("document.documentElement.scrollWidth === innerWidth")
