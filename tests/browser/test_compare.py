"""Before and after: linked maps, swipe, differences, old outlines, and the merger explorer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import PHONE, WIDE, axe_violations, axe_violations_day_and_night, settled

pytestmark = pytest.mark.browser

BINH_LU = "03390-20250701"
SON_BINH = "03413-20130101"
CENSUS = "/compare?indicator=population_density&period=2019-04-01&level=commune&date=2013-01-01"
REAL = f"{CENSUS}&period2=2025-07-01"
MODES = ("side", "swipe", "difference", "outline")
LEFT, RIGHT = "#side-left", "#side-right"

# Where the same place of the world lies on each map: the ends of the province's frame.
_BOXES = """() => ['left', 'right'].map((side) => {
  const frame = document.querySelector(`#side-${side} .line-outer`);
  const map = document.querySelector(`#side-${side} .map`).getBoundingClientRect();
  const box = frame.getBoundingClientRect();
  return [box.x - map.x, box.y - map.y, box.width, box.height];
})"""
# A point within the unit outlined on a map, where that map takes the pointer.
_INSIDE = """(side) => {
  const outline = document.querySelector(`#side-${side} .unit-outline-pointed`);
  const box = outline.getBoundingClientRect();
  const matrix = outline.getScreenCTM().inverse();
  const within = (x, y) => outline.isPointInFill(new DOMPoint(x, y).matrixTransform(matrix));
  for (let i = 1; i < 24; i += 1) for (let j = 1; j < 24; j += 1) {
    const [x, y] = [box.x + (box.width * i) / 24, box.y + (box.height * j) / 24];
    // Well inside: at the edge the lines of the neighbour, less simplified, may lie over it.
    if (![-4, 0, 4].every((d) => within(x + d, y) && within(x, y + d))) continue;
    const hit = document.elementFromPoint(x, y);
    if (hit?.matches('path.unit') && hit.closest(`#side-${side}`)) return [x, y];
  }
  return null;
}"""


def close(one: list[float], other: list[float], by: float = 4) -> bool:
    """Whether two boxes agree; old lines stray from new ones by some hundred metres."""
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def point_in(page, unit_id: str, side: str) -> tuple[float, float]:
    """A point of the screen within a unit of the right side, on the map of ``side``."""
    page.evaluate("pageIdle()")
    page.locator(f'#figures tr[data-id="{unit_id}"]').dispatch_event("mouseover")
    found = page.evaluate(_INSIDE, side)
    assert found, f"{unit_id} is not in sight on the {side}"
    return tuple(found)


def test_opens_on_the_communes_before_and_after_the_last_merger(visit):
    here = visit("/compare")
    page = here.page
    expect(page.locator(f"{LEFT} path.unit")).to_have_count(106)
    expect(page.locator(f"{RIGHT} path.unit")).to_have_count(38)
    expect(page.locator("h1")).to_contain_text("Mật độ dân số")
    expect(page.locator("#head-left")).to_contain_text("Trước 01/7/2025")
    expect(page.locator("#head-left")).to_contain_text("Ranh giới tham khảo")
    expect(page.locator("#head-right")).to_contain_text("Từ 01/7/2025")
    expect(page.locator("#head-right")).to_contain_text("Cộng từ các đơn vị cũ")
    assert here.query() == {}, "the bare address stays bare"
    assert here.requests_for("/api/v1/compare") == []


def test_one_legend_with_the_counts_of_both_sides(visit):
    page = visit(CENSUS).page
    expect(page.locator(".legend")).to_have_count(1)
    rows = page.locator("#legend-body button.legend-row")
    texts = settled(rows.locator(".legend-count")).all_inner_texts()
    counts = [row.split(" | ") for row in texts]
    assert sum(int(before) for before, _ in counts) == 108
    assert sum(int(after) for _, after in counts) == 38
    rows.first.hover()
    for side, count in zip((LEFT, RIGHT), counts[0], strict=True):
        expect(page.locator(f'{side} path.unit[fill-opacity="1"]')).to_have_count(int(count))


def test_the_figures_before_and_after_redrawing_are_read_in_full(visit):
    page = visit(REAL).page
    cells = page.locator("#changes table").locator("th, td:not(:empty)")
    expect(cells).to_have_count(2 + 3 * 4)
    panel = settled(page.locator("#changes")).bounding_box()
    for number, cell in enumerate(cells.all()):
        box = cell.bounding_box()
        assert panel["x"] <= box["x"], number
        assert box["x"] + box["width"] <= panel["x"] + panel["width"], number
        assert box["y"] + box["height"] <= panel["y"] + panel["height"], number


def test_names_of_another_zoom_do_not_stay_on_the_map(visit):
    page = visit(CENSUS).page
    expect(page.locator(f"{LEFT} .labels .name").first).to_be_attached()
    # Names come in idle time, which a busy machine has little of: here, none.
    page.evaluate("window.requestIdleCallback = () => 0; window.setTimeout = () => 0")
    page.evaluate(
        """() => new Promise((done) => {
          document.querySelector('.leaflet-control-zoom-in').click();
          const look = (n) => (n ? requestAnimationFrame(() => look(n - 1)) : done());
          look(40);
        })"""
    )
    zoomed = "() => document.querySelectorAll('#side-left .labels .name').length"
    assert page.evaluate(zoomed) == 0


def test_an_indicator_without_figures_there_says_what_moved_along(visit):
    here = visit(CENSUS)
    page = here.page
    page.locator("#indicator").select_option("forest_fires")
    told = page.locator("#state-change")
    expect(told).to_contain_text("Số vụ cháy rừng không có số liệu")
    assert here.query()["level"] == "district"
    told.get_by_role("button", name="Quay lại").click()
    expect(told).to_be_hidden()
    expect(page.locator("h1")).to_contain_text("Mật độ dân số")
    page.locator("#indicator").select_option("population")
    expect(page.locator("h1")).to_contain_text("Dân số:")
    expect(told).to_be_hidden()


def test_linked_maps_move_together(visit):
    here = visit(CENSUS)
    page = here.page
    here.wait_until_idle()
    before, other = page.evaluate(_BOXES)
    assert close(before, other)
    box = page.locator(LEFT).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 30, steps=5)
    here.wait_until_idle()
    assert close(*page.evaluate(_BOXES)), "also while the map is dragged"
    page.mouse.up()
    page.mouse.wheel(0, -240)
    here.wait_until_idle()
    left, right = page.evaluate(_BOXES)
    assert close(left, right, 8)
    assert left[2] > before[2]
    expect(page).to_have_url(re.compile(r"view="))
    here.wait_until_idle()
    shown = page.evaluate(_BOXES)
    page.reload()
    here.wait_until_drawn()
    here.wait_until_idle()
    again = page.evaluate(_BOXES)
    assert close(again[1], shown[1], 3), "the address keeps the view"


def test_hover_lights_the_units_of_both_sides(visit):
    page = visit(CENSUS).page
    page.mouse.move(*point_in(page, BINH_LU, "right"))
    tooltip = page.locator(".tooltip")
    expect(tooltip).to_contain_text("Bình Lư")
    expect(tooltip).to_contain_text("Cộng từ các đơn vị cũ")
    expect(tooltip).to_contain_text("Sơn Bình")
    expect(page.locator(f"{LEFT} .unit-outline-pointed").first).to_be_attached()
    expect(page.locator(f"{RIGHT} .unit-outline-pointed").first).to_be_attached()


def test_explorer_from_new_to_old_and_back(visit):
    here = visit(CENSUS)
    page = here.page
    page.mouse.click(*point_in(page, BINH_LU, "right"))
    card = page.locator("#card")
    expect(card.locator("#card-title")).to_have_text("Xã Bình Lư")
    expect(card.locator(".counterparts tbody tr")).to_have_count(3)
    for part in ("Thị trấn Tam Đường", "Xã Sơn Bình", "1670/NQ-UBTVQH15", "45,0%", "73,4%"):
        expect(card).to_contain_text(part)
    expect(page.locator(f'{LEFT} path.unit[fill-opacity="1"]')).to_have_count(3)
    expect(page.locator(f'{RIGHT} path.unit[fill-opacity="1"]')).to_have_count(1)
    assert here.query()["unit"] == BINH_LU
    card.get_by_role("button", name="Xã Sơn Bình").click()
    expect(card.locator("#card-title")).to_have_text("Xã Sơn Bình")
    expect(card).to_contain_text("Nay thuộc")
    expect(card).to_contain_text("xếp hạng")
    expect(page.locator(f'{LEFT} path.unit[fill-opacity="1"]')).to_have_count(1)
    page.go_back()
    expect(card.locator("#card-title")).to_have_text("Xã Bình Lư")
    page.keyboard.press("Escape")
    page.go_back()
    expect(card).to_be_hidden()


def test_a_unit_in_the_address(visit):
    page = visit(f"{CENSUS}&unit={BINH_LU}&lang=en").page
    expect(page.locator("#card-title")).to_have_text(re.compile("Binh Lu"))
    expect(page.locator("#card")).to_contain_text("Formed from (3)")


def test_swipe_clips_the_polygons(visit):
    here = visit(f"{CENSUS}&mode=swipe")
    page = here.page
    slider = page.get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuenow", "50")
    here.wait_until_idle()
    assert close(*page.evaluate(_BOXES)), "both maps lie over one another"
    box = page.locator(RIGHT).bounding_box()
    side_at = """([x, y]) => document.elementFromPoint(x, y)?.closest('.side-map')?.id"""
    y = box["y"] + box["height"] / 2
    left, right = box["x"] + box["width"] * 0.3, box["x"] + box["width"] * 0.7
    assert page.evaluate(side_at, [left, y]) == "side-left"
    assert page.evaluate(side_at, [right, y]) == "side-right"
    clips = page.locator(".leaflet-map-pane").evaluate_all("p => p.map((e) => e.style.clipPath)")
    assert all(clip.startswith("polygon(") for clip in clips)
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, y, steps=4)
    page.mouse.up()
    expect(slider).to_have_attribute("aria-valuenow", "80")
    here.wait_until_idle()
    assert page.evaluate(side_at, [right, y]) == "side-left"
    assert here.query()["split"] == "80"


def test_swipe_by_keyboard(visit):
    here = visit(f"{CENSUS}&mode=swipe&split=40")
    page = here.page
    slider = page.get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuenow", "40")
    slider.focus()
    for key, value in (("ArrowRight", 42), ("PageUp", 52), ("Home", 0), ("End", 100)):
        page.keyboard.press(key)
        expect(slider).to_have_attribute("aria-valuenow", str(value))
    assert here.query()["split"] == "100"
    expect(slider).to_have_attribute("aria-valuetext", re.compile("Trước 01/02/2020"))


def test_difference_of_redrawn_lines(visit):
    here = visit(f"{CENSUS}&mode=difference")
    page = here.page
    expect(page.locator(f"{RIGHT} path.unit")).to_have_count(108)
    expect(page.locator(LEFT)).to_be_hidden()
    expect(page.locator("h1")).to_contain_text("chênh lệch do đổi ranh giới")
    expect(page.locator("#changes")).to_contain_text("trung vị 58,5")
    expect(page.locator("#changes")).to_contain_text("Chỉ biết được phần do đổi ranh giới")
    expect(page.locator("#figures tbody .num").first).to_have_text(re.compile(r"^\+"))


def test_difference_absolute_and_relative(visit):
    here = visit(f"{REAL}&mode=difference")
    page = here.page
    expect(page.locator(f"{RIGHT} path.unit")).to_have_count(38)
    expect(page.locator("#changes")).to_contain_text("Tách được cả phần do đổi ranh giới")
    labels = page.locator("#legend-body .swatch + .legend-label")
    expect(labels.first).to_have_text(re.compile("^≤ -"))
    page.get_by_label("Phần trăm").check()
    expect(page.locator("h1")).to_contain_text("(%)")
    expect(page.locator("#figures-unit")).to_have_text("(%)")
    assert here.query()["measure"] == "relative"
    page.go_back()
    expect(page.locator("#figures-unit")).to_have_text("(người/km²)")


def test_both_parts_of_one_place(visit):
    page = visit(f"{REAL}&unit=03424-20130101").page
    card = page.locator("#card")
    expect(card).to_contain_text("Do đổi ranh giới")
    expect(card).to_contain_text("Thay đổi thật")
    expect(card).to_contain_text("Tổng cộng +28,2")


def test_old_outlines_over_the_new_map(visit):
    page = visit(f"{CENSUS}&mode=outline").page
    expect(page.locator(f"{RIGHT} path.unit")).to_have_count(38)
    expect(page.locator(f"{RIGHT} path.former-boundary").first).to_be_attached()
    expect(page.locator("#legend-body")).to_contain_text("Ranh giới: Trước 01/02/2020")
    expect(page.locator(LEFT)).to_be_hidden()


def test_choices_are_in_the_address_and_come_back(visit):
    here = visit(CENSUS)
    page = here.page
    page.get_by_label("Thanh trượt").check()
    expect(page.get_by_role("slider")).to_be_visible()
    page.locator("#indicator").select_option("households")
    expect(page.locator("h1")).to_contain_text("Số hộ")
    page.locator("#on-list").get_by_label("Trước 01/7/2025").check()
    expect(page.locator(f"{RIGHT} path.unit")).to_have_count(106)
    query = here.query()
    assert (query["mode"], query["indicator"], query["on"]) == ("swipe", "households", "2020-02-01")
    page.go_back()
    expect(page.locator(f"{RIGHT} path.unit")).to_have_count(38)
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Mật độ dân số")
    page.go_back()
    expect(page.get_by_role("slider")).to_be_hidden()


def test_as_published_then(visit):
    here = visit(f"{CENSUS}&period2=2025-07-01")
    page = here.page
    page.get_by_label("Như công bố khi đó").check()
    expect(page.locator(f"{RIGHT} path.unit")).to_have_count(108)
    expect(page.locator("#head-right")).to_contain_text("như công bố")
    assert here.query()["on"] == "2013-01-01"


def test_keyboard_goes_from_unit_to_unit(visit):
    page = visit(CENSUS).page
    page.locator(f"{RIGHT} .map").focus()
    page.keyboard.press("ArrowRight")
    live = page.locator("#live")
    expect(live).to_contain_text("người/km²")
    page.keyboard.press("Enter")
    expect(page.locator("#card-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    expect(page.locator(f"{RIGHT} .map")).to_be_focused()


def test_the_table_lists_either_side(visit):
    here = visit(CENSUS)
    page = here.page
    expect(page.locator("#figures tbody tr")).to_have_count(38)
    page.locator("#table-side").get_by_label("Trước").check()
    expect(page.locator("#figures tbody tr")).to_have_count(108)
    here.row("Sơn Bình").get_by_role("button").click()
    expect(page.locator("#card-title")).to_have_text("Xã Sơn Bình")
    assert here.query()["unit"] == SON_BINH
    assert here.query()["table"] == "left"


def test_phone_has_one_map_above_the_other(visit):
    for mode in MODES:
        page = visit(f"{CENSUS}&mode={mode}", viewport=PHONE).page
        page.evaluate("pageIdle()")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], mode
    page = visit(CENSUS, viewport=PHONE, has_touch=True, is_mobile=True).page
    page.evaluate("pageIdle()")
    left, right = (page.locator(side).bounding_box() for side in (LEFT, RIGHT))
    assert left["width"] == right["width"] == PHONE["width"]
    assert left["y"] + left["height"] <= right["y"]
    assert close(*page.evaluate(_BOXES), 6)
    page.locator("#open-controls").tap()
    page.locator("#indicator").select_option("population")
    page.locator("#close-controls").tap()
    expect(page.locator("h1")).to_contain_text("Dân số")
    expect(page.locator("#open-controls")).to_be_focused()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("mode", MODES)
def test_access(visit, mode, size):
    here = visit(f"{CENSUS}&mode={mode}&lang=en", viewport=size)
    assert axe_violations_day_and_night(here.page) == []


def test_access_of_the_explorer(visit):
    here = visit(f"{REAL}&unit={BINH_LU}")
    here.page.locator("#card-title").wait_for()
    assert axe_violations(here.page) == []


def test_readable_without_scripts(visit):
    here = visit(f"{CENSUS}&mode=difference", wait=False, java_script_enabled=False)
    page = here.page
    expect(page.locator("#figures tbody tr")).to_have_count(38)
    expect(page.locator("#map-summary")).to_contain_text("trung vị 58,5")
