"""The export panel: opened on demand, a live picture, the file's address, words for failures."""

from __future__ import annotations

import io
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.browsing import PHONE, Visitor

pytestmark = pytest.mark.browser

LAYER = "/?indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01"
BINH_LU = "03390-20250701"


def opened(visit: Callable[..., Visitor], path: str = LAYER, **options: object) -> Visitor:
    one = visit(path, **options)
    one.page.locator("#export").click()
    expect(one.page.locator("#export-preview")).to_be_visible()
    return one


def file_query(page: Page) -> dict[str, str]:
    address = page.locator("#export-download").get_attribute("href") or ""
    return dict(parse_qsl(urlsplit(address).query))


def test_nothing_of_the_panel_is_loaded_before_it_is_asked_for(visit) -> None:
    one = visit(LAYER)
    assert one.asked("export") == []
    one.page.locator("#export").click()
    expect(one.page.locator("#export-preview")).to_be_visible()
    assert one.asked("/export/panel")
    assert one.asked("/export/sheet.png")


def test_the_picture_is_the_layer_of_the_screen(visit) -> None:
    one = opened(visit)
    page = one.page
    width = page.locator("#export-preview").evaluate("image => image.naturalWidth")
    assert width == round(297 / 25.4 * 96)
    shown = file_query(page)
    assert (shown["indicator"], shown["level"]) == ("population_density", "commune")
    assert "preset" not in shown
    assert "Mật độ dân số" in page.locator("#export-alt").inner_text()
    assert page.locator("#export-preview").get_attribute("alt")


def test_choices_stand_in_the_address_of_the_file(visit) -> None:
    one = opened(visit, f"{LAYER}&unit={BINH_LU}")
    page = one.page
    page.locator("select[name=preset]").select_option("half-page")
    page.locator("select[name=extent]").select_option(BINH_LU)
    page.locator("input[name=title]").fill("Mật độ <b>dân số</b> & $x$")
    page.locator("input[name=office]").fill("UBND xã Bình Lư")
    page.locator("textarea[name=note]").fill("Ghi chú")
    page.locator("input[name=bw]").check()
    query = file_query(page)
    assert query["preset"] == "half-page"
    assert query["extent"] == BINH_LU
    assert query["title"] == "Mật độ <b>dân số</b> & $x$"
    assert query["office"] == "UBND xã Bình Lư"
    assert query["bw"] == "1"
    expect(page.locator("#export-panel")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#export-preview")).to_have_js_property("naturalWidth", 624)
    page.locator("input[name=format][value=pdf]").check()
    assert "/export/sheet.pdf?" in (page.locator("#export-download").get_attribute("href") or "")
    expect(page.locator("select[name=dpi]")).to_be_disabled()


def test_the_file_is_downloaded_as_it_was_shown(visit) -> None:
    one = opened(visit)
    one.page.locator("select[name=dpi]").select_option("96")
    with one.page.expect_download() as found:
        one.page.locator("#export-download").click()
    content = found.value.path().read_bytes()
    assert found.value.suggested_filename.endswith(".png")
    assert Image.open(io.BytesIO(content)).size == (1123, 794)


def test_the_panel_is_a_dialog_that_gives_the_focus_back(visit) -> None:
    one = opened(visit)
    page = one.page
    expect(page.get_by_role("dialog", name="Xuất bản đồ")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#export-panel")).to_have_count(0)
    expect(page.locator("#export")).to_be_focused()


def test_a_busy_server_is_told_in_words(visit, portal_app, monkeypatch) -> None:
    one = opened(visit, may_fail=True)
    pool = portal_app.extensions["portal.export"].pool
    monkeypatch.setattr(pool, "_callers", 0)
    one.page.locator("input[name=title]").fill("Một tiêu đề chưa ai vẽ")
    expect(one.page.locator("#export-failure")).to_contain_text("Đang xuất quá nhiều")


def test_the_panel_fits_a_telephone(visit) -> None:
    one = opened(visit, viewport=PHONE)
    overflow = one.page.evaluate(
        "document.querySelector('#export-panel').scrollWidth"
        " - document.querySelector('#export-panel').clientWidth"
    )
    assert overflow <= 0


def test_english_has_an_english_panel_and_sheet(visit) -> None:
    one = opened(visit, f"{LAYER}&lang=en")
    expect(one.page.get_by_role("dialog", name="Export map")).to_be_visible()
    assert file_query(one.page)["lang"] == "en"
