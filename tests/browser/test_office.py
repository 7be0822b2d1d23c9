"""An editor signs in on a telephone by the keyboard alone, and answers what a reader reported."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import PHONE, axe_violations
from tests.portal.office import WORDS, make_account

pytestmark = pytest.mark.browser


def test_a_reader_reports_and_an_editor_signs_in_and_answers_by_keyboard(visit, portal_app) -> None:
    make_account(portal_app, "binh.lu", communes=["03390-20250701"])
    here = visit("/units/03390-20250701", wait=False, viewport=PHONE)
    page, keys = here.page, here.page.keyboard
    page.locator(".report-link").first.focus()
    keys.press("Enter")
    page.locator("#field-text").wait_for()
    assert axe_violations(page) == []
    page.locator("#field-text").focus()
    keys.type("Diện tích khác với quyết định 1670.")
    keys.press("Tab")
    keys.press("Enter")
    page.wait_for_url("**/report/sent*")

    page.goto(page.url.partition("/report")[0] + "/office")
    page.locator("#field-name").focus()
    keys.type("binh.lu")
    keys.press("Tab")
    keys.type("not the password")
    here.may_fail = True
    keys.press("Enter")
    page.get_by_role("alert").wait_for()
    assert axe_violations(page) == []
    page.locator("#field-password").focus()
    keys.type(WORDS)
    keys.press("Enter")
    page.wait_for_url("**/office")
    assert axe_violations(page) == []

    page.get_by_role("link", name="Đang chờ trả lời: 1").focus()
    keys.press("Enter")
    page.get_by_role("article").get_by_role("link").first.focus()
    keys.press("Enter")
    page.locator("#field-text").focus()
    keys.type("Đã đối chiếu: số trong quyết định là số làm tròn.")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    keys.press("Tab")
    keys.press("Enter")
    page.wait_for_url("**/office/reports")
    page.goto(page.url.partition("/office")[0] + "/units/03390-20250701")
    expect(page.locator(".answer", has_text="số làm tròn")).to_have_count(1)
    assert axe_violations(page) == []
