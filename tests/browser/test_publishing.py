"""The whole way of an office's table on the real server, by the keyboard and on a telephone."""

from __future__ import annotations

import io
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from portal.accounts.large_bodies import most_body_of
from portal.app import create_app
from portal.cli.wsgi_server import make_server
from tests.browser.visitor import (
    PHONE,
    RULES_OF_COLOUR,
    WIDE,
    Visitor,
    axe_violations,
    open_visitor,
    settled,
)
from tests.portal.office import WORDS, make_account

pytestmark = pytest.mark.browser

OLD = ("Ánh Đào", "Bản Lầu", "Cốc Pàng", "Đá Đỏ", "Khe Mo", "Lũng Pô", "Nà Hỳ", "Pa Ủ")
PEOPLE = (511, 623, 742, 388, 290, 455, 801, 367)
LAYER = "indicator=population&period=2018&level=commune&date=2013-01-01"
SMALL = """() => [...document.querySelectorAll(
    'main form :is(button.apply, select, textarea, input:not([type=hidden], [type=radio])),'
  + 'main :is(summary, label.pick)')]
  .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 43.5)
  .map((node) => node.outerHTML.slice(0, 120))"""
FOCUSED = "(selector) => document.activeElement?.matches(selector) ?? false"


def messy_workbook() -> bytes:
    """A table as an office keeps it: letterhead, title, two rows of headers, total, notes."""
    sheet = openpyxl.Workbook().active
    sheet.title = "Biểu 01"
    rows = [
        ["UBND TỈNH NÀ HỲ", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["SỞ TÀI CHÍNH"],
        [],
        ["BIỂU 01. NGƯỜI CƯ TRÚ NĂM 2018"],
        [],
        ["STT", "Tên xã", "Năm 2018"],
        [None, None, "Người đăng ký", "Ghi chú"],
        [1, 2, 3, 4],
        [None, "Tổng cộng", sum(PEOPLE)],
        *([n, name, people] for n, (name, people) in enumerate(zip(OLD, PEOPLE, strict=True), 1)),
        [],
        ["Ghi chú: số liệu đến 31/12/2018."],
        [None, None, "NGƯỜI LẬP BIỂU"],
    ]
    for row in rows:
        sheet.append(row)
    for cells in ("D1:F1", "A4:D4", "A6:A7", "B6:B7", "C6:D6"):
        sheet.merge_cells(cells)
    file = io.BytesIO()
    sheet.parent.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, toy_folder: Path) -> Iterator[str]:
    """Where the real server of an app with an account answers."""
    instance = tmp_path_factory.mktemp("publishing")
    app = create_app({"PORTAL_INSTANCE": instance, "PORTAL_DATASET": toy_folder})
    make_account(app, "office")
    listener = socket.create_server(("127.0.0.1", 0))
    server = make_server(
        app, listener, threads=4, connections=50, idle_seconds=30, request_seconds=30,
        most_body=most_body_of(app),
    )  # fmt: skip
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.close()
    thread.join(timeout=5)


@pytest.fixture
def visitor(browser, office: str) -> Iterator[Visitor]:
    """Somebody at a telephone; the refusal of an open table is the only fault there may be."""
    one = open_visitor(browser, office, "/account/sign-in", wait=False, viewport=PHONE)
    yield one
    one.page.context.close()
    assert one.foreign == []
    assert [fault for fault in one.faults if "400" not in fault] == []


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(300):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED, selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


def look(page: Page) -> None:
    """A page is right on a telephone and on a desk, by day and by night."""
    page.evaluate("pageIdle()")
    assert page.evaluate(SMALL) == []
    for size, scheme, rules in ((PHONE, "light", ()), (WIDE, "dark", RULES_OF_COLOUR)):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        page.evaluate("pageIdle()")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert axe_violations(page, *rules) == []
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="light")


def values(page: Page, address: str) -> list[float]:
    """The figures that readers are served."""
    units = page.request.get(f"{address}/api/v1/values?{LAYER}").json().get("units", {})
    return sorted((cell[0] for cell in units.values() if cell[0] is not None), reverse=True)


def sign_in(page: Page) -> None:
    tab_to(page, "#field-name")
    page.keyboard.type("office")
    page.keyboard.press("Tab")
    page.keyboard.type(WORDS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/office")


def hand_in(page: Page, name: str, content: bytes) -> None:
    """Hand a file in; the dialog of the system stands outside of any test."""
    press(page, "a[href='/office/tables/new']", "**/tables/new")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("#field-file", file)
    press(page, "main button.apply", re.compile(r"/office/tables/[0-9a-f]{8,}$"))


def press(page: Page, selector: str, leads_to: str | re.Pattern[str]) -> None:
    """Reach a button or a link by the keyboard, press it, and see where it leads."""
    tab_to(page, selector)
    with page.expect_navigation(url=leads_to):
        page.keyboard.press("Enter")


def answer(page: Page) -> None:
    """Say what the open column is; the page leads to it."""
    look(page)
    tab_to(page, "button[value=preview]")
    page.keyboard.press("Enter")
    page.locator("#blocked").wait_for()
    page.wait_for_function(FOCUSED, arg="#blocked")
    look(page)
    tab_to(page, "#blocked a")
    page.keyboard.press("Enter")
    tab_to(page, "input[name^=indicator-]")
    page.keyboard.type("Dân số (người)")
    tab_to(page, "button[value=preview]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/preview")


def graded_csv() -> bytes:
    """A table whose column is words: three classes and one that is spelt almost alike."""
    words = ("Tốt", "Khá", "Tốt", "<b>Yếu</b>", "Khá", "Tốt", "Khá", "<b>Yếu</b>")
    rows = [f"{name};{word}" for name, word in zip(OLD, words, strict=True)]
    return "\n".join(["Tên xã;Xếp loại chính quyền năm 2018", *rows]).encode()


def make_category(page: Page) -> None:
    """Make an indicator of the words of the only column, in the form that it leads to."""
    tab_to(page, "button[value=indicator-0]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/indicator/0")
    expect(page.locator("#field-measure_unit")).to_be_hidden()
    look(page)
    page.fill("#field-definition_vi", "Do huyện xếp")
    page.fill("#field-theme_name_vi", "Chính quyền")
    page.fill("#field-class_3_vi", "Yếu")
    page.select_option("#field-ordered", "1")
    tab_to(page, "main button.apply")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/office/tables/[0-9a-f]{8,}$"))


def test_a_messy_workbook_becomes_a_map_and_is_taken_back_by_keyboard(
    visitor: Visitor,
) -> None:
    page, address = visitor.page, visitor.address
    sign_in(page)
    hand_in(page, "Biểu 01.xlsx", messy_workbook())
    answer(page)
    expect(page.locator(".preview-map svg.preview")).to_have_count(1)
    assert values(page, address) == []
    look(page)
    tab_to(page, "main button.apply")
    page.keyboard.press("Enter")
    page.wait_for_url("**/revisions/1?fresh=1")
    look(page)
    assert values(page, address) == sorted(PEOPLE, reverse=True)

    page.goto(f"{address}/?{LAYER}")
    visitor.wait_until_drawn()
    figures = settled(page.locator("#figures tbody tr")).all_text_contents()
    assert sum(str(people) in "".join(figures) for people in PEOPLE) == len(OLD)
    sheet = page.request.get(f"{address}/export/sheet.png?{LAYER}&dpi=96")
    assert sheet.body().startswith(b"\x89PNG"), sheet.text()

    page.goto(f"{address}/office/revisions/1?lang=en")
    assert axe_violations(page) == []
    tab_to(page, "#field-reason")
    page.keyboard.type("Wrong year")
    page.keyboard.press("Enter")
    page.wait_for_url("**/revisions/2*")
    assert values(page, address) == []
    page.goto(f"{address}/office/revisions")
    look(page)


def test_a_column_of_words_becomes_a_map_of_classes(visitor: Visitor) -> None:
    page, address = visitor.page, visitor.address
    sign_in(page)
    page.goto(f"{address}/office/tables/new")
    file = {"name": "xep-loai.csv", "mimeType": "text/csv", "buffer": graded_csv()}
    page.set_input_files("#field-file", file)
    tab_to(page, "main button.apply")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/office/tables/[0-9a-f]{8,}$"))
    make_category(page)
    page.locator("#columns-title").wait_for()
    look(page)
    tab_to(page, "button[value=preview]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/preview")
    look(page)
    tab_to(page, "main button.apply")
    page.keyboard.press("Enter")
    page.wait_for_url("**/revisions/*?fresh=1")
    layer = "indicator=xep_loai_chinh_quyen&period=2018&level=commune&date=2013-01-01"
    page.goto(f"{address}/?{layer}")
    visitor.wait_until_drawn()
    expect(page.locator("#figures")).to_contain_text("Yếu")
    unit = "90001-20130101"
    series = layer.partition("&level")[0] + f"&unit={unit}&status=actual"
    for language in ("vi", "en"):
        page.goto(f"{address}/office/correct?{series}&lang={language}")
        expect(page.locator("select#field-value option")).to_have_count(4)
        assert axe_violations(page) == []
    page.goto(f"{address}/office/indicators")
    look(page)
    settled(page.locator("main table a")).first.click()
    page.fill("#field-name_vi", "Xếp hạng chính quyền")
    page.fill("#field-reason", "Theo tên trong nghị quyết")
    look(page)
    tab_to(page, "main button.apply")
    page.keyboard.press("Enter")
    page.wait_for_url("**/revisions/*?fresh=1")
    look(page)
    page.goto(f"{address}/?{layer}")
    expect(page.locator("#map-title")).to_contain_text("Xếp hạng chính quyền")


NAMES = (
    "Thác <script>alert(1)</script>",
    '=HYPERLINK("http://example.org")',
    "Trường " + "rất-dài-" * 22,
)


def places(*names: str, lon: float = 103.05) -> bytes:
    """A list of places of two kinds in one commune."""
    rows = [
        f'"{name.replace(chr(34), chr(34) * 2)}";{"Trạm y tế" if n else "Điểm du lịch"};Hòa Bình;'
        f"{lon};{22.31 + n / 100:.2f}"
        for n, name in enumerate(names)
    ]
    return "\n".join(["Tên điểm;Loại hình;Xã;Kinh độ;Vĩ độ", *rows]).encode()


def served_places(page: Page, address: str) -> set[str]:
    features = page.request.get(f"{address}/api/v1/places").json()["features"]
    return {each["properties"]["name"] for each in features}


def choose(page: Page, selector: str, place: int) -> None:
    """Choose the option at a place of a closed list by the keyboard."""
    tab_to(page, selector)
    for _ in range(place):
        page.keyboard.press("ArrowDown")


def state_source(page: Page, title: str) -> None:
    tab_to(page, "#source-title")
    page.keyboard.type(title)


def publish(page: Page) -> str:
    """Publish what a preview shows; the path of the receipt."""
    press(page, "form[action$='/publish'] button.apply", re.compile(r"/revisions/[0-9]+"))
    return page.url.split("?")[0]


def take_back(page: Page, reason: str) -> None:
    before = page.url
    tab_to(page, "#field-reason")
    page.keyboard.type(reason)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "fresh=1" in url and url != before)


def test_a_list_of_places_goes_on_the_map_and_back_by_keyboard(visitor: Visitor) -> None:
    page, address = visitor.page, visitor.address
    sign_in(page)
    hand_in(page, "Điểm.csv", places(*NAMES))
    look(page)
    state_source(page, "Danh mục điểm")
    choose(page, "#theme-all", 1)
    press(page, "button[value=all-new]", re.compile(r"/office/tables/[0-9a-f]{8,}$"))
    expect(page.locator(".new-category:visible")).to_have_count(2)
    look(page)
    press(page, "button[value=preview]", "**/preview")
    expect(page.locator(".preview-map .legend-rows li")).to_have_count(2)
    assert served_places(page, address) == set()
    look(page)
    receipt = publish(page)
    assert served_places(page, address) == set(NAMES)
    look(page)
    page.goto(f"{receipt}?lang=en")
    expect(page.locator("dl.facts")).to_contain_text("3 added")
    counted = settled(page.get_by_role("link", name="Number of tram y te, ")).get_attribute("href")

    page.goto(f"{address}/?places=diem_du_lich,tram_y_te")
    visitor.wait_until_drawn()
    expect(page.locator("#legend-places")).to_contain_text("Trạm y tế")
    values_of = page.request.get(f"{address}/api/v1/values{counted.removeprefix('/')}").json()
    assert [cell[0] for cell in values_of["units"].values() if cell[0] is not None] == [2]
    page.goto(f"{address}/units/90001-20250701")
    assert set(settled(page.locator(".place-rows b")).all_inner_texts()) == set(NAMES)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    page.goto(receipt)
    take_back(page, "Nhầm tệp")
    assert served_places(page, address) == set()


def villages(*rows: str) -> bytes:
    return "\n".join(["Mã xã;Tên bản;Kinh độ;Vĩ độ", *(f"90016;{row}" for row in rows)]).encode()


def served_villages(page: Page, address: str) -> dict[str, str]:
    """Names of villages, each with the quality of its outline."""
    items = page.request.get(f"{address}/api/v1/units?level=village").json()["items"]
    return {each["name"]: each["boundary_quality"] for each in items}


def test_villages_with_and_without_positions_go_the_same_way(visitor: Visitor) -> None:
    page, address = visitor.page, visitor.address
    sign_in(page)
    hand_in(page, "Bản.csv", villages("Bản Một;103.35;22.06", "Bản Hai;103.36;22.04"))
    state_source(page, "Danh sách bản")
    look(page)
    press(page, "button[value=preview]", "**/preview")
    expect(page.locator(".preview-map path")).to_have_count(3)
    assert served_villages(page, address) == {}
    look(page)
    first = publish(page)
    assert set(served_villages(page, address)) == {"Một", "Hai"}

    page.goto(f"{address}/office")
    hand_in(page, "Bản mới.csv", villages("Bản Mọt;;", "Bản Hai;;"))
    expect(page.locator("fieldset.is-open legend").first).to_have_text(re.compile("^“Bản Mọt”"))
    choose(page, "select[name=question-0]", 2)
    state_source(page, "Danh sách bản, không tọa độ")
    press(page, "button[value=preview]", "**/preview")
    second = publish(page)
    assert set(served_villages(page, address).values()) == {"indicative"}
    page.goto(f"{address}/units/90016-20250701?lang=en")
    assert axe_violations(page) == []
    for receipt in (second, first):
        page.goto(receipt)
        take_back(page, "Nhầm xã")
    assert served_villages(page, address) == {}


@pytest.mark.parametrize("name", ["Thác\x00Một", "\u202eđảo ngược", "X" * 10_000])
def test_a_list_that_cannot_be_taken_is_told_in_words_on_a_telephone(
    visitor: Visitor, name: str
) -> None:
    page = visitor.page
    sign_in(page)
    hand_in(page, "Điểm.csv", places(name))
    expect(page.locator(".finding.is-error, .refusal").first).to_be_attached()
    look(page)
