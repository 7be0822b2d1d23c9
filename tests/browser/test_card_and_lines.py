"""What the card of a unit says beside its figure, and the lines over the units."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import PHONE, settled

pytestmark = pytest.mark.browser

VISITS = "/?indicator=tourist_visits&period=2025-H1&level=commune&date=2025-07-01"
DENSITY = "/?indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01"
CENSUS = "/?indicator=population&period=2019-04-01&level=commune&date=2013-01-01"


def card(visit, path: str, unit: str):
    here = visit(f"{path}&unit={unit}")
    found = here.page.locator(".unit-card")
    expect(found.locator(".facts").first).to_be_visible()
    return found


def test_the_card_shows_the_plan_and_both_shares_of_it(visit):
    shown = card(visit, VISITS, "03390-20250701")
    expect(shown).to_contain_text("395.900")
    expect(shown).to_contain_text("Đạt 80,6% kế hoạch")
    expect(shown).to_contain_text("55")
    expect(shown).to_contain_text("Ước thực hiện")


def test_the_card_says_the_rank_among_siblings_and_how_a_figure_was_derived(visit):
    shown = card(visit, DENSITY, "03408-20250701")
    expect(shown).to_contain_text("1/3")
    expect(shown).to_contain_text("Cách tính")
    expect(shown).to_contain_text("Ranh giới khái quát")


def test_the_card_of_a_former_unit_says_what_it_became(visit):
    shown = card(visit, CENSUS, "03413-20130101")
    expect(shown).to_contain_text("Nay thuộc")
    expect(shown.get_by_role("link", name="Xã Bình Lư")).to_have_attribute(
        "href", "/units/03390-20250701"
    )
    expect(shown).to_contain_text("Ranh giới tham khảo")


def test_a_collected_figure_says_that_it_has_no_quote(visit):
    path = "/?indicator=poverty_rate&level=province&date=2025-07-01&period=2016"
    expect(card(visit, path, "12-20040101")).to_contain_text("không kèm trích dẫn")


def test_former_communes_lie_under_their_districts_lines_and_a_scale_bar(visit):
    page = visit(CENSUS).page
    expect(page.locator("path.line-parent").first).to_be_attached()
    expect(page.locator("path.line-outer").first).to_be_attached()
    expect(page.locator(".leaflet-control-scale-line").first).to_contain_text("km")


# Points of the province's frame every few pixels that lie within the box of some name.
_CROSSED = """() => {
  const frame = document.querySelector('path.line-outer');
  const names = [...document.querySelectorAll('.labels .name')];
  const boxes = names.map((each) => [each.textContent, each.getBoundingClientRect()]);
  const matrix = frame.getScreenCTM();
  const crossed = new Set();
  for (let at = 0; at < frame.getTotalLength(); at += 3) {
    const { x, y } = frame.getPointAtLength(at).matrixTransform(matrix);
    for (const [name, b] of boxes) {
      if (x > b.left + 4 && x < b.right - 4 && y > b.top + 4 && y < b.bottom - 4) crossed.add(name);
    }
  }
  return [boxes.length, [...crossed]];
}"""


@pytest.mark.parametrize(
    "query", ["", "indicator=population&level=commune&date=2020-02-01"], ids=["shaded", "circles"]
)
def test_names_keep_off_the_frame_around_the_province(visit, query):
    page = visit(f"/?{query}").page
    expect(page.locator(".labels .name").nth(20)).to_be_attached()
    page.evaluate("pageIdle()")
    names, crossed = page.evaluate(_CROSSED)
    assert names > 20
    assert crossed == []


def test_the_bars_of_doubtful_figures_keep_the_common_measure(visit):
    page = visit("/?indicator=tourist_visits&level=commune&date=2025-07-01").page
    rows = settled(page.locator("#figures tbody tr:has(.bar)")).evaluate_all(
        """rows => rows.map((row) => [
          Number(row.querySelector('.num').textContent.replace(/[^0-9]/g, '')),
          row.querySelector('.bar rect').getBoundingClientRect().width])"""
    )
    longest = max(width for _, width in rows)
    largest = max(value for value, _ in rows)
    for value, width in rows:
        assert width == pytest.approx(longest * value / largest, abs=1.5)


def test_a_tap_leaves_no_tooltip_behind(visit):
    here = visit("/", viewport=PHONE, has_touch=True, is_mobile=True)
    page = here.page
    page.touchscreen.tap(*here.unit("03390-20250701"))
    expect(page.locator(".unit-card")).to_be_visible()
    here.wait_until_idle()
    expect(page.locator(".tooltip")).to_be_hidden()


def test_the_small_picture_of_the_periods_has_years_and_a_key(visit):
    page = visit("/?indicator=population&level=province&unit=12-20040101").page
    expect(page.locator(".series-year").first).to_be_attached()
    years = settled(page.locator(".series-year")).all_text_contents()
    assert years
    assert years == sorted(years)
    assert years[-1].isdigit()
    expect(page.locator(".series-legend")).to_contain_text("Thực hiện")
    expect(page.locator(".series-legend")).to_contain_text("kỳ trên bản đồ")


def test_an_estimate_among_circles_has_its_circle_in_the_legend(visit):
    page = visit("/?indicator=tourist_visits&level=commune&period=2026-H1").page
    expect(page.locator('.legend-row[data-key="estimate"] circle.symbol-estimate')).to_have_count(1)


def test_official_figure_and_estimate_stand_side_by_side(visit) -> None:
    page = visit("/?indicator=evergreen_forest_share&lang=en").page
    panel = page.locator("#agreement")
    panel.locator("summary").click()
    expect(panel.locator("li")).to_have_count(2)
    panel.get_by_label("Show the other figure in the table").check()
    expect(page).to_have_url(re.compile("beside=1"))
    cell = page.locator("#figures tr[data-id='03390-20250701'] td.beside")
    assert settled(cell).evaluate("cell => getComputedStyle(cell).display") == "table-cell"
    expect(cell).to_contain_text("57.69")
    expect(cell).to_contain_text("difference +20")
    page.locator("#figures tr[data-id='03390-20250701'] button").click()
    expect(page.locator(".card-beside")).to_contain_text("Official figure: Forest cover rate")
    expect(page.locator(".card-beside")).to_contain_text("+20 points")
    page.reload()
    expect(cell).to_contain_text("57.69")
