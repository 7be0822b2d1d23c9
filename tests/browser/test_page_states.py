"""Loading, nothing to show, errors, no network, no scripts, paper."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from playwright.sync_api import Route, expect
from pypdf import PdfReader

from tests.browser.visitor import PHONE, WIDE, open_visitor, settled

pytestmark = pytest.mark.browser

EMPTY = "/?indicator=forest_cover_rate&period=2019&level=commune&date=2025-07-01"


def test_empty_says_where_there_are_figures(visit):
    here = visit(EMPTY)
    page = here.page
    message = page.locator("#message")
    expect(message).to_contain_text("Chưa có số liệu")
    of_theme = message.get_by_role("link", name="Tỷ lệ rừng thường xanh rậm")
    expect(of_theme).to_have_attribute("href", re.compile("period=2019&level=commune"))
    message.get_by_role("link").first.click()
    expect(message).to_be_hidden()
    here.wait_until_drawn()
    assert here.query()["indicator"] == "forest_cover_rate"
    expect(page.locator("#legend-of")).to_have_text(re.compile("^[1-9]"))


def test_a_nearly_empty_map_says_where_more_units_have_figures(visit):
    here = visit("/?indicator=forest_cover_rate&level=commune&date=2025-07-01")
    page = here.page
    expect(page.locator("#legend-of")).to_have_text(re.compile("^1/38"))
    few = page.locator("#coverage-notice")
    expect(few).to_contain_text("Số liệu đầy đủ hơn ở")
    expect(page.locator("#message")).to_be_hidden()
    few.get_by_role("link", name="Tỉnh").click()
    expect(few).to_have_count(0)
    here.wait_until_drawn()
    assert here.query()["level"] == "province"
    expect(page.locator("#legend-of")).to_have_text(re.compile("^1/1(?!\\d)"))


def test_a_well_covered_map_needs_no_such_help(visit):
    expect(visit("/").page.locator("#coverage-notice")).to_have_count(0)


def test_the_old_layer_stays_while_loading(visit):
    here = visit("/")
    page = here.page
    held = []
    page.route("**/api/v1/values*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    before = here.fills()
    with page.expect_request("**/api/v1/values*"):
        page.locator("#indicator-list input").nth(0).check()
    expect(page.locator("#progress")).to_be_visible()
    fills = page.locator("path.unit").evaluate_all("p => p.map(x => x.getAttribute('fill'))")
    assert fills == before
    held[0].continue_()
    expect(page.locator("#progress")).to_be_hidden()


def test_offline_and_back(visit):
    here = visit("/", may_fail=True)
    page = here.page
    here.wait_until_idle()
    page.context.set_offline(True)
    page.locator("#indicator-list input").nth(0).check()
    expect(page.locator("#message")).to_contain_text("Không kết nối được")
    expect(page.locator("path.unit")).to_have_count(38)
    page.context.set_offline(False)
    # The page tries again by itself as soon as there is a network.
    expect(page.locator("#message")).to_be_hidden()
    expect(page.locator("h1")).to_contain_text("Dân số")


def test_the_export_panel_without_a_network_says_so_and_opens_afterwards(visit):
    page = visit("/", may_fail=True).page
    page.context.set_offline(True)
    page.locator("#export").click()
    expect(page.locator("#message")).to_contain_text("Không kết nối được")
    expect(page.locator("#message")).not_to_contain_text("http")
    page.context.set_offline(False)
    page.locator("#message").get_by_role("button", name="Thử lại").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_failing_server_and_trying_again(visit):
    here = visit("/", may_fail=True)
    page = here.page
    here.wait_until_idle()
    page.route("**/api/v1/values*", lambda route: route.fulfill(status=502, body="oops"))
    page.locator("#indicator-list input").nth(0).check()
    expect(page.locator("#message")).to_contain_text("502")
    page.unroute("**/api/v1/values*")
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator("#message")).to_be_hidden()
    expect(page.locator("h1")).to_contain_text("Dân số")


def test_what_could_not_be_drawn_is_neither_in_the_address_nor_among_the_choices(visit):
    here = visit("/", may_fail=True)
    page = here.page
    here.wait_until_idle()
    before, chosen = page.url, page.locator("#indicator-list input:checked").get_attribute("value")
    history = page.evaluate("history.length")
    page.route("**/api/v1/values*", lambda route: route.abort())
    page.locator("#indicator-list input").nth(0).check(force=True)
    expect(page.locator("#message")).to_contain_text("Lựa chọn mới chưa được áp dụng")
    expect(page.locator("#indicator-list input:checked")).to_have_value(chosen)
    here.wait_until_idle()
    expect(page).to_have_url(before)
    assert page.evaluate("history.length") == history
    page.unroute("**/api/v1/values*")
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator("h1")).to_contain_text("Dân số")
    assert here.query()["indicator"] == "population"
    page.go_back()
    expect(page.locator("#indicator-list input:checked")).to_have_value(chosen)


def test_two_quick_choices_both_count(visit):
    here = visit("/")
    page = here.page
    here.wait_until_idle()
    held = []

    def hold_first(route: Route) -> None:
        if held:
            route.fallback()
        else:
            held.append(route.request.url)

    page.route("**/api/v1/values*", hold_first)
    with page.expect_request("**/api/v1/values*"):
        page.get_by_label("Trước 01/7/2025").check()
    page.locator("#indicator-list input[value=population]").check()
    expect(page.locator("h1")).to_contain_text("Dân số, ")
    here.wait_until_drawn()
    assert (here.query()["indicator"], here.query()["date"]) == ("population", "2020-02-01")


def test_what_a_choice_moves_along_is_told_with_the_way_back(visit):
    here = visit("/?indicator=forest_cover_rate&level=commune&date=2025-07-01")
    page = here.page
    here.wait_until_idle()
    title, note = page.locator("h1").inner_text(), page.locator("#state-change")
    expect(note).to_be_hidden()
    page.get_by_label("Trước 01/02/2020").check()
    expect(note).to_contain_text("Đã chuyển sang cấp tỉnh, kỳ năm 2024")
    expect(note).to_contain_text("không có số liệu cấp xã, ranh giới trước 01/02/2020")
    expect(page.locator("#live")).to_contain_text("Đã chuyển sang")
    note.get_by_role("button", name="Quay lại").click()
    expect(page.locator("h1")).to_have_text(title)
    expect(note).to_be_hidden()
    assert (here.query()["level"], here.query()["date"]) == ("commune", "2025-07-01")
    page.locator("#scheme").select_option("quantiles", force=True)
    here.wait_until_drawn()
    expect(note).to_be_hidden()


def test_the_servers_refusal_is_shown_in_its_words(visit):
    here = visit("/", may_fail=True)
    page = here.page
    page.locator(".drawing summary").click()
    # What the panel would not send: limits of a saved way to draw that are not in order.
    page.evaluate(
        """localStorage.setItem("drawings", JSON.stringify(
             {population_density: {old: {scheme: "thresholds", thresholds: "5,1"}}}))"""
    )
    page.reload()
    here.wait_until_drawn()
    page.locator(".drawing summary").click()
    page.locator(".saved-styles button").first.click()
    expect(page.locator("#message")).to_be_visible()
    expect(page.locator("path.unit")).to_have_count(38)


def test_without_scripts_the_table_is_there(visit):
    here = visit("/", java_script_enabled=False, wait=False)
    page = here.page
    expect(page.locator("h1")).to_contain_text("Mật độ dân số")
    expect(page.locator("#figures tbody tr")).to_have_count(38)
    expect(page.locator(".legend-rows li").nth(4)).to_be_attached()


# Of paths, seen from the middle of the map: what stands above it differs without scripts.
FRAME = """paths => {
  const boxes = paths.map(path => path.getBoundingClientRect());
  const map = document.querySelector('.map').getBoundingClientRect();
  const [x, y] = [map.x + map.width / 2, map.y + map.height / 2];
  return [
    Math.min(...boxes.map(b => b.left)) - x, Math.min(...boxes.map(b => b.top)) - y,
    Math.max(...boxes.map(b => b.right)) - x, Math.max(...boxes.map(b => b.bottom)) - y,
  ];
}"""


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_servers_map_lies_where_the_browsers_will(visit, size):
    still = visit("/", java_script_enabled=False, wait=False, viewport=size).page
    preview = still.locator(".preview > path")
    classes = set(
        still.locator(".legend-rows rect").evaluate_all("r => r.map(x => x.getAttribute('fill'))")
    )
    fills = preview.evaluate_all("p => p.map(x => x.getAttribute('fill'))")
    assert (len(fills), set(fills)) == (38, classes | {"url(#preview-lattice)"})
    expect(preview.first).to_be_visible()

    drawn = visit("/", viewport=size).page
    expect(drawn.locator(".preview")).to_have_count(0)
    frame = settled(drawn.locator("path.unit")).evaluate_all(FRAME)
    # The preview's lines are coarser by up to two pixels, and have a width.
    assert preview.evaluate_all(FRAME) == pytest.approx(frame, abs=4)


def test_the_servers_map_stays_when_scripts_do_not_come(browser, address):
    page = browser.new_page()
    page.route("**/*.js", lambda route: route.abort())
    page.goto(address)
    expect(page.locator(".preview > path")).to_have_count(38)
    page.close()


def test_dark(visit):
    page = visit("/", color_scheme="dark").page
    background = page.evaluate("getComputedStyle(document.querySelector('.panel')).backgroundColor")
    assert sum(int(part) for part in background[4:-1].split(",")) < 150


def test_print_gives_map_legend_card_table_and_the_full_address(visit):
    here = visit("/?unit=03390-20250701")
    page = here.page
    expect(page.locator(".labels .name").nth(20)).to_be_attached()
    expect(page.locator(".unit-card")).to_be_visible()
    page.emulate_media(media="print")
    here.wait_until_idle()
    for shown in (".map", ".legend", ".unit-card", "#figures", "#figures-caption", "h1"):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in (".top", "#controls", ".unit-card .close", ".leaflet-control-zoom"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("#printed")).to_contain_text(page.url)
    box = page.locator(".map").bounding_box()
    # 175 mm by 130 mm at 96 dpi.
    assert abs(box["width"] - 661) < 4
    assert abs(box["height"] - 491) < 4
    frame = page.locator("path.line-outer").bounding_box()
    assert frame["x"] >= box["x"]
    assert frame["x"] + frame["width"] <= box["x"] + box["width"] + 1
    top = [page.locator(part).bounding_box()["y"] for part in (".map", ".unit-card", "#figures")]
    assert top == sorted(top)
    page.emulate_media(media="screen")
    expect(page.locator("#controls")).to_be_visible()


def test_a_map_printed_across_has_title_legend_and_sources_on_its_first_sheet(visit):
    here = visit("/?indicator=population_density&level=commune&date=2025-07-01")
    expect(here.page.locator(".labels .name").nth(20)).to_be_attached()
    sheets = PdfReader(BytesIO(here.page.pdf(format="A4", landscape=True))).pages
    width, height = sheets[0].mediabox[2:]
    assert width > height
    first = "".join(sheets[0].extract_text().split())
    for words in ("Mậtđộdânsố", "Chúgiải", "94,2–341,4", "Nguồn"):
        assert words in first
    wide = visit("/completeness", wait=False).page
    expect(wide.locator("table.completeness")).to_be_visible()
    matrix = PdfReader(BytesIO(wide.pdf(format="A4", prefer_css_page_size=True))).pages
    assert any(page.mediabox[2] > page.mediabox[3] for page in matrix)


def test_the_names_on_paper_stand_in_their_units(visit):
    page = visit("/").page
    expect(page.locator(".labels .name").nth(20)).to_be_attached()
    page.evaluate("pageIdle()")
    # What the browser does before it prints, in one go: nothing can wait.
    inside = page.evaluate(
        """() => {
          dispatchEvent(new Event('beforeprint'));
          const map = document.querySelector('.map').getBoundingClientRect();
          const frame = document.querySelector('path.line-outer').getBoundingClientRect();
          const names = [...document.querySelectorAll('.labels .name')];
          const boxes = names.map((each) => each.getBoundingClientRect());
          return [map.width, boxes.length, boxes.filter((b) => b.left >= frame.left
            && b.right <= frame.right && b.top >= frame.top && b.bottom <= frame.bottom).length];
        }"""
    )
    assert inside[0] == pytest.approx(661, abs=4)
    assert inside[1] > 20
    assert inside[1] == inside[2]


def test_every_sheet_of_the_printed_table_has_the_whole_header(visit):
    page = visit("/?level=commune&date=2020-02-01&indicator=elevation_mean").page
    sheets = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    tables = ["".join(each.extract_text().split()) for each in sheets[1:]]
    assert len(tables) >= 3
    assert all("Đơnvị" in text and "Giátrị" in text for text in tables)


def test_a_printed_unit_has_every_indicator_and_its_sources_on_six_sheets(visit):
    page = visit("/units/03390-20250701", wait=False, viewport={"width": 680, "height": 900}).page
    expect(page.locator("#print")).to_be_visible()
    sheets = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    assert len(sheets) <= 6
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    folded = page.locator(".by-theme details[data-printed]:not([open])")
    expect(folded).to_have_count(0)
    expect(
        page.locator(".summary:not(.is-part, .is-empty) > tr:first-child").nth(100)
    ).to_be_visible()
    expect(page.locator(".printed-sources li").first).to_be_visible()
    expect(page.locator(".evidence-row").first).to_be_hidden()


@pytest.mark.parametrize("path", ["/mergers", "/units/03390-20250701"])
def test_a_printed_page_says_where_it_is_from_and_runs_over_no_edge(visit, path):
    page = visit(path, wait=False, viewport={"width": 680, "height": 900}).page
    page.emulate_media(media="print")
    expect(page.locator(".printed-from")).to_contain_text(path)
    expect(page.locator(".top")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_reduced_motion(visit):
    page = visit("/", reduced_motion="reduce").page
    assert (
        page.evaluate("getComputedStyle(document.querySelector('path.unit')).transitionDuration")
        == "0s"
    )


@pytest.mark.parametrize("host", ["example.org", "192.0.2.1"])
def test_what_a_page_asks_of_another_host_is_noted_and_leads_nowhere(browser, address, host):
    here = open_visitor(browser, address, "/about", wait=False, bypass_csp=True)
    answer = f"fetch('http://{host}/x', {{mode: 'no-cors'}}).then(() => 'came', () => 'refused')"
    assert here.page.evaluate(answer) == "refused"
    assert here.foreign == [f"http://{host}/x"]
    here.page.context.close()
