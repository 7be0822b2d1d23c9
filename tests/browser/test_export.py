"""The export panel: opened on demand, a live picture, the file's address, words for failures."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.visitor import PHONE, WIDE, Visitor, axe_violations, settled

pytestmark = pytest.mark.browser

LAYER = "/?indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01"
BINH_LU = "03390-20250701"


def opened(visit: Callable[..., Visitor], path: str = LAYER, **options: object) -> Visitor:
    one = visit(path, **options)
    one.page.locator("#export").click()
    expect(one.page.locator("#export-preview")).to_be_visible()
    return one


def file_address(page: Page) -> str:
    """The address of the file once the page is idle."""
    return settled(page.locator("#export-download")).get_attribute("href") or ""


def file_query(page: Page) -> dict[str, str]:
    address = file_address(page)
    return dict(parse_qsl(urlsplit(address).query))


def test_nothing_of_the_panel_is_loaded_before_it_is_asked_for(visit) -> None:
    one = visit(LAYER)
    assert one.requests_for("export") == []
    one.page.locator("#export").click()
    expect(one.page.locator("#export-preview")).to_be_visible()
    assert one.requests_for("/export/panel")
    assert one.requests_for("/export/sheet.png")


def test_the_picture_is_the_layer_of_the_screen(visit) -> None:
    one = opened(visit)
    page = one.page
    width = round(297 / 25.4 * 96)
    expect(page.locator("#export-preview")).to_have_js_property("naturalWidth", width)
    shown = file_query(page)
    assert (shown["indicator"], shown["level"]) == ("population_density", "commune")
    assert "preset" not in shown
    expect(page.locator("#export-alt")).to_contain_text("Mật độ dân số")
    expect(page.locator("#export-preview")).to_have_attribute("alt", re.compile("."))


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
    expect(page.locator("#export-download")).to_have_attribute(
        "href", re.compile(r"/export/sheet\.pdf\?")
    )
    expect(page.locator("input[name=dpi]")).to_be_disabled()


def test_the_file_is_downloaded_as_it_was_shown(visit) -> None:
    one = opened(visit)
    one.page.locator("input[name=dpi]").fill("96")
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
    threads = portal_app.extensions["portal.export"].threads
    monkeypatch.setattr(threads, "limits", replace(threads.limits, callers=0))
    one.page.locator("input[name=title]").fill("Một tiêu đề chưa ai vẽ")
    expect(one.page.locator("#export-failure")).to_contain_text("Đang tạo quá nhiều")


def test_a_value_that_is_refused_is_told_at_its_field(visit) -> None:
    one = opened(visit, may_fail=True)
    page = one.page
    page.locator("select[name=preset]").select_option("own")
    width = page.get_by_label("Rộng (mm)")
    width.fill("20")
    told = page.locator("#export-error-width")
    expect(told).to_have_text("Giá trị không được phép. Được phép: số từ 60 đến 600.")
    expect(width).to_have_attribute("aria-invalid", "true")
    page.locator("select[name=lang]").select_option("en")
    expect(page.locator("#export-panel")).not_to_have_attribute("aria-busy", "true")
    expect(told).to_contain_text("Được phép")
    page.locator("#export-download").click()
    expect(width).to_be_focused()
    width.fill("180")
    expect(page.locator("#export-preview")).to_have_js_property("naturalWidth", 680)
    expect(told).to_be_hidden()
    query = file_query(page)
    assert (query["width"], query["height"], query["lang"]) == ("180", "120", "en")
    assert "preset" not in query


def test_a_title_is_edited_and_an_a3_page_is_taken_as_pdf(visit) -> None:
    one = opened(visit)
    page = one.page
    page.get_by_label("Tiêu đề").fill("Dân cư thưa ở vùng cao")
    page.get_by_label("Khổ giấy").select_option("a3-landscape")
    page.get_by_label("PDF").check()
    with page.expect_download() as found:
        page.get_by_role("link", name="Tải về").click()
    expect(page.locator(".export-job-row")).to_contain_text("Đã tải về population_density")
    document = PdfReader(found.value.path())
    width, height = (float(side) / 72 * 25.4 for side in document.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (420, 297)
    assert "Dân cư thưa ở vùng cao" in document.pages[0].extract_text()


def test_a_download_that_takes_long_is_cancelled(visit) -> None:
    one = opened(visit, may_fail=True)
    page = one.page
    page.route("**/export/sheet.svg**", lambda route: None)
    page.get_by_label("SVG").check()
    page.get_by_role("link", name="Tải về").click()
    expect(page.locator(".export-job-row progress")).to_be_visible()
    page.keyboard.press("Escape")
    cancel = page.get_by_role("button", name="Huỷ: Một bản đồ")
    cancel.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".export-job-row")).to_contain_text("Đã huỷ")
    expect(page.locator("#live")).to_have_text("Đã huỷ")
    expect(page.locator("#export")).to_be_focused()


def test_a_refused_download_is_told_in_words(visit, portal_app, monkeypatch) -> None:
    one = opened(visit, may_fail=True)
    page = one.page
    page.get_by_label("Điểm/inch").fill("600")
    page.get_by_label("Khổ giấy").select_option("own")
    page.get_by_label("Rộng (mm)").fill("600")
    page.get_by_label("Cao (mm)").fill("600")
    page.get_by_role("link", name="Tải về").click()
    expect(page.locator("#export-error-dpi")).to_contain_text("tối đa 70 triệu điểm ảnh")
    threads = portal_app.extensions["portal.export"].threads
    monkeypatch.setattr(threads, "limits", replace(threads.limits, callers=0))
    page.get_by_label("SVG").check()
    page.get_by_role("link", name="Tải về").click()
    expect(page.locator("#export-refusal")).to_contain_text("Đang tạo quá nhiều")


def test_the_sheet_may_speak_another_language_than_the_page(visit) -> None:
    one = opened(visit)
    page = one.page
    page.get_by_label("Ngôn ngữ của tệp").select_option("en")
    expect(page.locator("#export-alt")).to_contain_text("Population density")
    expect(page.get_by_label("Tiêu đề")).to_have_attribute("placeholder", re.compile("Population"))
    expect(page.get_by_role("dialog", name="Xuất bản đồ")).to_be_visible()


def test_a_report_is_seen_before_it_is_made(visit) -> None:
    page = opened(visit).page
    page.get_by_label("Tệp cần lấy").select_option("report")
    expect(page.locator("#export-preview")).to_have_js_property("naturalWidth", 794)
    expect(page.locator("#export-preview")).to_have_attribute("alt", "Trang đầu của tài liệu")


def test_a_map_is_carried_away_in_one_file(visit) -> None:
    one = opened(visit)
    page = one.page
    page.get_by_label("Tệp cần lấy").select_option("map")
    expect(page.locator(".export-preview-frame")).to_be_hidden()
    with page.expect_download() as found:
        page.get_by_role("link", name="Tải về").click()
    assert b"<!doctype html>" in found.value.path().read_bytes()[:100].lower()


def test_figures_are_taken_from_the_panel(visit) -> None:
    one = opened(visit)
    with one.page.expect_download() as found:
        one.page.get_by_role("link", name="CSV", exact=True).click()
    assert found.value.suggested_filename.endswith(".csv")
    assert found.value.path().read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_short_address_leads_back_to_the_map(visit) -> None:
    one = opened(visit)
    page = one.page
    page.get_by_role("button", name="Lấy địa chỉ ngắn và mã QR").click()
    short = page.locator("#export-short")
    expect(short).to_be_visible()
    expect(page.locator("#export-qr")).to_have_js_property("complete", True)
    page.goto(settled(short).inner_text())
    one.wait_until_drawn()
    assert one.query()["indicator"] == "population_density"


def test_the_panel_has_no_fault_that_axe_finds(visit) -> None:
    own = f"{LAYER}&unit={BINH_LU}"
    for path, size in ((own, WIDE), (own, PHONE), ("/compare?lang=en", PHONE)):
        one = opened(visit, path, viewport=size)
        one.page.locator("#export-share").click()
        expect(one.page.locator("#export-shared")).to_be_visible()
        assert axe_violations(one.page) == []


def test_the_panel_fits_a_telephone(visit) -> None:
    one = opened(visit, viewport=PHONE)
    one.wait_until_idle()
    overflow = one.page.evaluate(
        "document.querySelector('#export-panel').scrollWidth"
        " - document.querySelector('#export-panel').clientWidth"
    )
    assert overflow <= 0


def test_english_has_an_english_panel_and_sheet(visit) -> None:
    one = opened(visit, f"{LAYER}&lang=en")
    expect(one.page.get_by_role("dialog", name="Export map")).to_be_visible()
    assert file_query(one.page)["lang"] == "en"


def test_a_pair_is_made_from_the_comparison(visit) -> None:
    one = opened(visit, "/compare?indicator=population_density")
    page = one.page
    expect(page.get_by_label("Tệp cần lấy")).to_have_value("pair")
    expect(page.locator("#export-alt")).to_contain_text("Trước")
    page.get_by_label("PDF").check()
    with page.expect_download() as found:
        page.get_by_role("link", name="Tải về").click()
    assert found.value.suggested_filename.startswith("pair_population_density")
    assert "Mật độ dân số" in PdfReader(found.value.path()).pages[0].extract_text()


def test_a_difference_is_exported_as_it_is_shown(visit) -> None:
    one = opened(visit, "/compare?indicator=population_density&mode=difference&measure=relative")
    page = one.page
    expect(page.get_by_label("Tệp cần lấy")).to_have_value("difference")
    address = urlsplit(file_address(page))
    assert address.path == "/export/difference.png"
    query = dict(parse_qsl(address.query))
    assert query["measure"] == "relative"
    assert query["on"]
    assert "mode" not in query
    page.keyboard.press("Escape")
    expect(page.locator("#export")).to_be_focused()


def test_the_part_on_the_screen_is_an_extent(visit) -> None:
    one = opened(visit, f"{LAYER}&view=22.3,103.3,11")
    page = one.page
    page.get_by_label("Phạm vi").select_option("view")
    query = file_query(page)
    west, south, east, north = (float(each) for each in query["bbox"].split(","))
    assert query["extent"] == "view"
    assert west < 103.3 < east
    assert south < 22.3 < north
    expect(page.locator("#export-panel")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#export-preview")).to_be_visible()


def test_small_multiples_are_of_the_indicators_ticked(visit) -> None:
    one = opened(visit, may_fail=True)
    page = one.page
    page.get_by_label("Tệp cần lấy").select_option("multiples")
    page.get_by_label("Các bản đồ").select_option("indicators")
    told = page.locator("#export-error-indicators")
    expect(told).to_contain_text("2 đến 12 giá trị")
    page.get_by_role("checkbox", name="Mật độ dân số", exact=True).uncheck()
    expect(told).to_have_text("Đánh dấu ít nhất một mục trong danh sách.")
    page.get_by_role("checkbox", name="Mật độ dân số", exact=True).check()
    page.get_by_role("checkbox", name="Dân số", exact=True).check()
    expect(page.locator("#export-preview")).to_be_visible()
    assert set(file_query(page)["indicators"].split(",")) == {"population", "population_density"}


def test_a_logo_is_sent_along_and_never_stands_in_the_address(visit, tmp_path) -> None:
    one = opened(visit, may_fail=True)
    page = one.page
    before = page.locator("#export-preview").get_attribute("src")
    picture = tmp_path / "logo.png"
    Image.new("RGB", (120, 120), (20, 84, 140)).save(picture)
    page.get_by_label("Biểu trưng của cơ quan").set_input_files(picture)
    expect(page.locator("#export-preview")).not_to_have_attribute("src", before or "")
    assert "logo" not in file_address(page)
    page.get_by_label("PDF").check()
    with page.expect_download() as found:
        page.get_by_role("link", name="Tải về").click()
    assert list(PdfReader(found.value.path()).pages[0].images)
    text = tmp_path / "logo.txt"
    text.write_text("<svg onload=alert(1)>")
    page.get_by_label("Biểu trưng của cơ quan").set_input_files(text)
    expect(page.locator("#export-error-logo")).to_contain_text("PNG")


def test_the_panel_is_used_with_the_keyboard_alone(visit) -> None:
    one = visit(LAYER)
    page = one.page
    page.locator("#export").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#export-preview")).to_be_visible()
    for _ in range(30):
        if page.evaluate("document.activeElement.id") == "export-download":
            break
        page.keyboard.press("Tab")
    with page.expect_download() as found:
        page.keyboard.press("Enter")
    assert found.value.suggested_filename.endswith(".png")
