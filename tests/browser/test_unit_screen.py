"""The wall screen of a unit keeps itself up to date."""

from __future__ import annotations

from playwright.sync_api import expect

SCREEN = "/units/03390-20250701/screen"


def test_new_figures_come_without_a_reload_and_a_lost_connection_is_said(visit):
    here = visit(SCREEN, viewport={"width": 1920, "height": 1080}, wait=False)
    here.may_fail = True
    page = here.page
    first = page.locator(".screen-plans li b").first
    state = page.locator("#screen-state")
    expect(first).to_have_text("18,6%")
    # All stands on one screen that nobody can scroll.
    assert page.evaluate("document.documentElement.scrollHeight") <= 1080
    page.evaluate(
        """() => { window.loadedOnce = true;
          document.querySelector('.screen-plans li b').textContent = '17,0%'; }"""
    )
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(first).to_have_text("18,6%")
    assert page.evaluate("window.loadedOnce")
    page.route(f"**{SCREEN}", lambda route: route.abort())
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(state).to_contain_text("Mất kết nối")
    expect(first).to_have_text("18,6%")
    page.unroute(f"**{SCREEN}")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(state).to_contain_text("Cập nhật lúc")
