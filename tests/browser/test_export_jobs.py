"""Reports and atlases from the panel: made by workers while the map is used, shown, cancelled."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, Route, expect
from pypdf import PdfReader

from tests.browser.test_export import file_query, opened
from tests.browser.visitor import Visitor
from tests.waiting import eventually

pytestmark = pytest.mark.browser

WORKER_MS = 600_000
"""How long a file made by a worker may take, which gives way to all other work."""


def report(visit: Callable[..., Visitor], indicators: tuple[str, ...]) -> Visitor:
    """The panel with a report chosen, of all indicators or of those named."""
    one = opened(visit)
    page = one.page
    page.get_by_label("Tệp cần lấy").select_option("report")
    page.locator("select[name=which_indicators]").select_option("list" if indicators else "")
    if indicators:
        for name in indicators:
            page.locator(f"input[name=indicators][value={name}]").check()
    return one


def is_gone(page: Page, job: str) -> bool:
    """Whether a job ends; not asked by the page, to which an answer 404 would be a fault."""
    return eventually(lambda: page.request.get(job).status == 404, WORKER_MS / 1000)


def test_a_report_is_of_the_theme_on_the_map_until_more_is_asked_for(visit) -> None:
    page = opened(visit).page
    page.get_by_label("Tệp cần lấy").select_option("report")
    which = page.locator("select[name=which_indicators]")
    expect(which.locator("option:checked")).to_have_text(re.compile(r"^Dân số \(\d+\)$"))
    link = page.get_by_role("link", name="Tải về")
    expect(link).to_have_attribute("href", re.compile("theme=population"))
    which.select_option("")
    expect(link).not_to_have_attribute("href", re.compile("theme="))


def test_a_report_is_made_while_the_map_is_used(visit) -> None:
    one = report(visit, ("population",))
    page = one.page
    page.get_by_label("Người ký").fill("Nguyễn Văn A")
    with page.expect_download(timeout=WORKER_MS) as found:
        page.get_by_role("link", name="Tải về").click()
        page.keyboard.press("Escape")
        one.row("Bình Lư").get_by_role("button").click()
        expect(page.locator("#card")).to_be_visible()
        expect(page.locator("#export-jobs")).to_be_visible()
    assert found.value.suggested_filename.endswith(".docx")
    assert found.value.path().read_bytes().startswith(b"PK")
    done = page.locator(".export-job-row")
    expect(done).to_contain_text("Đã tải về report")
    expect(done.get_by_role("link", name="Tải lại")).to_be_visible()
    done.get_by_role("button", name="Bỏ dòng này").click()
    expect(page.locator("#export-jobs")).to_be_hidden()


def test_a_long_work_shows_how_far_it_is_and_is_cancelled(visit, portal_app) -> None:
    one = report(visit, ())
    page = one.page
    with page.expect_response(lambda answer: answer.request.method == "POST") as started:
        page.get_by_role("link", name="Tải về").click()
    bar = page.locator(".export-job-row progress")
    expect(bar).to_be_visible()
    expect(page.locator(".export-job-row")).to_contain_text(re.compile(r"\d+/\d\d+"))
    # Not under a pointer: the line grows and shrinks.
    page.get_by_role("button", name="Huỷ: Báo cáo Word").dispatch_event("click")
    expect(page.locator(".export-job-row")).to_contain_text("Đã huỷ")
    expect(page.locator("#export-download")).to_be_focused()
    job = urljoin(one.address, started.value.json()["url"])
    assert is_gone(page, job)


def test_a_work_that_is_cancelled_while_it_is_asked_for_does_not_live_on(visit) -> None:
    one = report(visit, ())
    page = one.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/export/jobs?*", hold)
    page.get_by_role("link", name="Tải về").click()
    page.get_by_role("button", name="Huỷ: Báo cáo Word").dispatch_event("click")
    # Told at once, though the server has not answered.
    expect(page.locator(".export-job-row")).to_contain_text("Đã huỷ")
    with (
        page.expect_request(lambda request: request.method == "DELETE") as ended,
        page.expect_response(lambda answer: answer.request.method == "POST") as started,
    ):
        held[0].continue_()
    job = started.value.json()["url"]
    assert ended.value.url == urljoin(one.address, job)
    assert is_gone(page, ended.value.url)


def test_an_atlas_goes_by_a_former_district_or_by_a_list(visit) -> None:
    one = opened(visit, may_fail=True)
    page = one.page
    page.get_by_label("Tệp cần lấy").select_option("atlas")
    page.get_by_label("Các đơn vị").select_option(label="Huyện Mường Tè")
    assert file_query(page)["district"]
    page.get_by_label("Các đơn vị").select_option("list")
    page.get_by_role("link", name="Tải về").click()
    expect(page.locator("#export-error-units")).to_contain_text("Đánh dấu ít nhất một")
    page.get_by_role("checkbox", name="Xã Bình Lư").check()
    page.get_by_role("checkbox", name="Xã Bản Bo").check()
    assert len(file_query(page)["units"].split(",")) == 2
    with page.expect_download(timeout=WORKER_MS) as found:
        page.get_by_role("link", name="Tải về").click()
    document = PdfReader(found.value.path())
    text = "".join(each.extract_text() for each in document.pages)
    assert "Bình Lư" in text
    assert len(document.pages) >= 3


def test_the_address_of_a_long_file_opens_a_page_that_makes_it(visit) -> None:
    one = visit("/export/atlas.pdf?lang=en", wait=False, may_fail=True)
    page = one.page
    assert [fault for fault in one.faults if "413" not in fault] == []
    page.get_by_role("button", name="Make the file").click()
    expect(page.locator(".export-job-row")).to_contain_text(re.compile(r"\d+/\d{2}"))
    page.get_by_role("button", name="Cancel: atlas").click()
    expect(page.locator(".export-job-row")).to_contain_text("Cancelled")
    expect(page.get_by_role("button", name="Make the file")).to_be_focused()
