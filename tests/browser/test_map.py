"""Looking at the map: choosing, hovering, opening a unit."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import settled
from tests.waiting import eventually

pytestmark = pytest.mark.browser

BINH_LU = "03390-20250701"
NAM_SO = "03613-20250701"
COVER = "/?indicator=forest_cover_rate&period=2026-H1&level=commune&date=2025-07-01"


def test_opens_on_a_map_that_says_something(visit):
    here = visit("/")
    page = here.page
    expect(page.locator("path.unit")).to_have_count(38)
    expect(page.locator("h1")).to_contain_text("Mật độ dân số")
    expect(page.locator("#legend-of")).to_contain_text("36/38")
    fills = here.fills()
    assert len(set(fills)) == 5 + 1
    assert fills.count("url(#hatch-impossible)") == 2
    assert here.query() == {}


def test_an_impossible_figure_is_shown_as_printed_and_has_no_class(visit):
    """0 people in Nậm Sỏ are no thinly peopled land."""
    here = visit("/")
    page = here.page
    legend = page.locator("#legend-body .legend-row[data-key='impossible']")
    expect(legend).to_contain_text("Số liệu không thể có")
    expect(legend.locator(".legend-count")).to_have_text("2")
    row = here.row("Nậm Sỏ")
    expect(row.locator(".impossible-sign")).to_have_attribute("aria-label", "Số liệu không thể có")
    expect(row.locator(".missing")).to_have_text("×0,0")
    page.mouse.move(*here.unit(NAM_SO))
    expect(page.locator(".tooltip")).to_contain_text("0,0\u00a0người/km² · Số liệu không thể có")
    row.get_by_role("button").click()
    card = page.locator(".unit-card")
    expect(card.locator(".card-value")).to_contain_text("0,0\u00a0người/km²")
    expect(card.locator(".doubt")).to_contain_text("Số liệu không thể có")
    expect(card.locator(".doubt")).to_contain_text("Dân số, ngày 01/7/2025: 0 người")
    expect(card.locator(".card-rank")).to_have_count(0)


def test_first_paint_asks_for_shapes_once_and_for_no_values(visit):
    here = visit("/")
    assert len(here.requests_for("/api/v1/boundaries/")) == 1
    assert here.requests_for("/api/v1/values") == []


def test_choosing_theme_indicator_and_period(visit):
    here = visit("/")
    page = here.page
    page.get_by_label("Giảm nghèo và mức sống").check()
    here.wait_until_drawn()
    expect(page.locator("#indicator-list input:checked")).to_have_count(1)
    before = page.locator("h1").inner_text()
    requests_for = len(here.requests)
    page.locator("#indicator-list input:not(:checked)").first.check()
    expect(page.locator("h1")).not_to_have_text(before)
    here.wait_until_drawn()
    news = [url for url in here.requests[requests_for:] if url.startswith("/api/v1/values?")]
    assert len(news) == 1, "another indicator costs one request for its values"
    expect(page.locator("#indicator-list input:checked")).to_have_value(here.query()["indicator"])


def test_coverage_is_said_and_sorted(visit):
    page = visit("/?indicator=forest_cover_rate").page
    group = page.locator("#indicator-list fieldset").first
    shares = settled(group.locator("small")).all_inner_texts()
    numbers = [int(s.split("/")[0]) for s in shares]
    assert numbers == sorted(numbers, reverse=True)
    assert any(s.endswith("/38") for s in shares)


def test_period_by_its_buttons(visit):
    here = visit("/?indicator=population&level=province")
    page = here.page
    before = here.page.locator(".period-label").inner_text()
    page.get_by_role("button", name=re.compile("^Kỳ trước")).click()
    expect(page.locator(".period-label")).not_to_have_text(before)
    here.wait_until_drawn()
    assert "period" in here.query()


def test_before_the_merger(visit):
    here = visit("/")
    page = here.page
    page.get_by_label("Trước 01/7/2025").check()
    expect(page.locator("path.unit")).to_have_count(106)
    here.wait_until_drawn()
    assert here.query()["date"] == "2020-02-01"
    expect(page.locator("#foot-boundary")).to_contain_text("tham khảo")
    page.get_by_label("Huyện", exact=True).check()
    expect(page.locator("path.unit")).to_have_count(8)


def test_hover_names_the_unit_and_lights_row_and_class(visit):
    here = visit("/")
    page = here.page
    x, y = here.unit(BINH_LU)
    page.mouse.move(x, y)
    tooltip = page.locator(".tooltip")
    expect(tooltip).to_be_visible()
    expect(tooltip).to_contain_text("Bình Lư")
    expect(tooltip).to_contain_text("người/km²")
    expect(page.locator(f'tr[data-id="{BINH_LU}"]')).to_have_class(re.compile("is-pointed"))
    expect(page.locator(".legend-row.is-highlighted").first).to_be_visible()


def test_hovering_a_class_lights_its_units(visit):
    page = visit("/").page
    row = page.locator("button.legend-row").first
    count = int(settled(row.locator(".legend-count")).inner_text())
    row.hover()
    lit = page.locator('path.unit[fill-opacity="1"]')
    expect(lit).to_have_count(count)
    page.mouse.move(5, 5)
    expect(lit).to_have_count(38)


def test_a_class_lights_by_keyboard_too(visit):
    page = visit("/").page
    row = page.locator("button.legend-row").first
    count = int(settled(row.locator(".legend-count")).inner_text())
    row.focus()
    expect(page.locator('path.unit[fill-opacity="1"]')).to_have_count(count)


def test_click_opens_the_card_with_the_quote(visit):
    here = visit(COVER)
    page = here.page
    assert here.requests_for("/api/v1/cards/") == [], "cards are made on click, never ahead"
    page.mouse.click(*here.unit(BINH_LU))
    card = page.locator(".unit-card")
    for part in (
        "Xã Bình Lư",
        "57,69%",
        "Thực hiện",
        "Sơn Bình",
        "che phủ rừng 57,69%",
        "Ranh giới",
    ):
        expect(card).to_contain_text(part)
    expect(card.locator(".source a")).to_have_attribute("href", re.compile("^/sources/"))
    expect(card.locator(".card-more")).to_have_attribute("href", f"/units/{BINH_LU}")
    expect(card.locator("svg.series rect").nth(1)).to_be_attached()
    assert here.query()["unit"] == BINH_LU


def test_a_doubtful_figure_says_why(visit):
    here = visit("/?indicator=population")
    page = here.page
    expect(page.locator(".doubt-mark").nth(1)).to_be_attached()
    row = page.locator("#figures tbody tr").filter(
        has=page.locator(".doubt-sign:not(.impossible-sign)")
    )
    row = row.last
    row.get_by_role("button").click()
    expect(page.locator(".unit-card .doubt")).to_contain_text("Số liệu cần xem lại")


def test_a_unit_without_a_figure_says_so(visit):
    here = visit(COVER)
    here.page.locator("#all-units").click()
    here.row("Mù Cả").get_by_role("button").click()
    expect(here.page.locator(".card-missing")).to_have_text("Chưa có số liệu")


def test_counts_are_circles_and_can_be_shaded(visit):
    here = visit("/?indicator=population")
    page = here.page
    expect(page.locator("path.symbol").nth(35)).to_be_attached()
    page.locator(".drawing summary").click()
    page.get_by_label("Nền màu").check()
    expect(page.locator("path.symbol")).to_have_count(0)
    assert here.query()["style"] == "choropleth"
    expect(page.locator(".legend-note").filter(has_text="ký hiệu")).to_be_visible()


def test_another_classification(visit):
    here = visit("/")
    page = here.page
    page.locator(".drawing summary").click()
    page.locator("#scheme").select_option("natural_breaks")
    page.locator("#classes").select_option("7")
    classes = page.locator("#legend-body .legend-row:not([data-key='impossible']) .swatch")
    expect(classes).to_have_count(7)
    assert (here.query()["scheme"], here.query()["classes"]) == ("natural_breaks", "7")
    page.locator("#scheme").select_option("thresholds")
    # The breaks on the screen are where own thresholds begin.
    limits = page.locator(".class-rows input")
    expect(limits).to_have_count(6)
    for _ in range(4):
        page.locator(".class-rows button").first.click()
        here.wait_until_drawn()
    expect(limits).to_have_count(2)
    limits.nth(1).fill("100")
    limits.nth(1).press("Enter")
    expect(classes).to_have_count(3)
    expect(page.locator("#legend-body")).to_contain_text("> 100")
    page.locator("#reset-symbology").click()
    expect(classes).to_have_count(5)


def test_the_table_sorts(visit):
    here = visit("/")
    page = here.page
    assert here.names()[0] == "Tân Phong"
    # Not by the whole name: older browser drivers count the arrow of the order as part of it.
    by_name = page.locator("th button", has_text="Đơn vị")
    by_name.click()
    assert here.names()[:2] == ["Bản Bo", "Bình Lư"]
    assert here.query()["sort"] == "name"
    by_name.click()
    assert here.names()[-1] == "Bản Bo"


def test_labels_do_not_collide(visit):
    page = visit("/").page
    names = page.locator(".labels .name")
    # They are written together, some frames after the map.
    names.first.wait_for(state="attached")
    boxes = settled(names).evaluate_all(
        "n => n.map(e => { const b = e.getBBox(); return [b.x, b.y, b.width, b.height]; })"
    )
    assert len(boxes) >= 25
    for i, (x, y, w, h) in enumerate(boxes):
        for ox, oy, ow, oh in boxes[i + 1 :]:
            # Boxes of text are taller than its letters: 3 px of shared line height is no collision.
            assert not (x < ox + ow and ox < x + w and y + 3 < oy + oh and oy + 3 < y + h)


def test_the_map_is_folium_without_its_links(visit):
    here = visit("/")
    source = here.page.content()
    assert "portal.addLayer(portal_map_main" in source
    assert re.findall(r'(?:src|href)="(?:https?:)?//', source) == []
    here.wait_until_idle()
    expect(here.page.locator(".leaflet-tile")).to_have_count(0)


COVERED = """() => {
  const box = document.querySelector(".legend").getBoundingClientRect();
  const inside = ({ x, y }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
  return [...document.querySelectorAll("path.unit")].filter((path) => {
    const [length, onScreen] = [path.getTotalLength(), path.getScreenCTM()];
    return Array.from({ length: 200 }, (_, i) =>
      path.getPointAtLength((length * i) / 200).matrixTransform(onScreen)).some(inside);
  }).length;
}"""


@pytest.mark.parametrize("size", [(1280, 800), (1440, 900)], ids=["1280", "1440"])
@pytest.mark.parametrize("theme_query", ["/", "/?theme=tourism", "/?theme=poverty"])
def test_the_legend_covers_no_unit(visit, theme_query, size):
    here = visit(theme_query, viewport=dict(zip(("width", "height"), size, strict=True)))
    here.wait_until_idle()
    if "tourism" in theme_query:
        expect(here.page.locator("#legend-places")).to_contain_text("Cơ sở lưu trú")
    # The legend is placed anew once it has grown.
    assert eventually(lambda: here.page.evaluate(COVERED) == 0)


def test_the_legend_covers_no_unit_once_the_window_is_smaller(visit):
    here = visit("/?theme=tourism", viewport={"width": 1440, "height": 900})
    expect(here.page.locator("#legend-places")).to_contain_text("Cơ sở lưu trú")
    here.page.set_viewport_size({"width": 1280, "height": 800})
    assert eventually(lambda: here.page.evaluate(COVERED) == 0)
