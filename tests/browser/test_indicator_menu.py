"""The list of indicators: groups, what is folded away, the filter."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import PHONE, settled

pytestmark = pytest.mark.browser

FOREST = "/?indicator=forest_cover_rate&level=commune&date=2025-07-01"
_LIST = r"""root => [...root.querySelectorAll('legend, summary, label')].map(
  (each) => [each.localName, each.textContent.replace(/\s+/g, ' ').trim()])"""


def covered(group):
    return [int(text.split("/")[0]) for text in settled(group.locator("small")).all_inner_texts()]


def test_the_server_writes_the_list_as_the_browser_does(visit):
    for path in (FOREST, "/?indicator=population&level=district&lang=en"):
        here = visit(path)
        drawn = settled(here.page.locator("#indicator-list")).evaluate(_LIST)
        plain = visit(path, java_script_enabled=False, wait=False, may_fail=True)
        assert plain.page.locator("#indicator-list").evaluate(_LIST) == drawn
        assert sorted({kind for kind, _ in drawn} - {"label"}) == ["legend", "summary"]
        expect(plain.page.locator("#indicator-filter")).to_be_hidden()


def test_well_covered_groups_and_indicators_come_first(visit):
    page = visit(FOREST).page
    groups = [covered(each) for each in settled(page.locator("#indicator-list fieldset")).all()]
    assert len(groups) >= 3
    assert groups == sorted(groups, key=lambda numbers: -numbers[0])
    assert all(numbers == sorted(numbers, reverse=True) for numbers in groups)


def test_what_is_folded_away_leads_to_its_figures(visit):
    here = visit(FOREST)
    page = here.page
    fold = page.locator("#indicator-list details")
    expect(fold.locator("summary")).to_have_text(
        re.compile(r"^Chưa có số liệu ở cấp và thời điểm này \(\d+\)$")
    )
    expect(fold.locator("label").first).to_be_hidden()
    fold.locator("summary").click()
    fold.get_by_label("Diện tích đất lâm nghiệp").check()
    expect(page.locator("h1")).to_contain_text("Diện tích đất lâm nghiệp")
    here.wait_until_drawn()
    expect(page.locator("#message")).to_be_hidden()
    expect(page.locator("#legend-of")).to_have_text(re.compile("^[1-9]"))
    assert (here.query()["level"], here.query()["date"]) != ("commune", "2025-07-01")


def test_what_has_no_figure_anywhere_is_not_listed(visit):
    page = visit("/").page
    expect(page.locator("#indicator-list details")).to_have_count(1)
    expect(page.locator("#indicator-list input[value=women_15_49]")).to_have_count(0)


def test_a_theme_opens_with_its_lead_or_with_what_makes_a_map(visit):
    here = visit("/")
    leads = {
        "Rừng": "evergreen_forest_share",
        "Giảm nghèo và mức sống": "specially_difficult_commune",
        "Du lịch": "tourist_visits",
        "Hạ tầng": "road_density_motorable",
    }
    for name, lead in leads.items():
        here.page.get_by_label(name, exact=True).check()
        expect(here.page.locator("#indicator-list input:checked")).to_have_value(lead)
        here.wait_until_drawn()


def test_filtering_without_accents(visit):
    here = visit("/?indicator=poverty_rate&level=commune&date=2025-07-01")
    here.wait_until_idle()
    page = here.page
    field = page.get_by_label("Lọc chỉ tiêu")
    shown = page.locator("#indicator-list label:visible")
    before = shown.count()
    field.fill("ho CAN ngheo")
    expect(shown).not_to_have_count(before)
    texts = settled(shown).all_inner_texts()
    assert texts
    assert all("hộ cận nghèo" in text.lower() for text in texts)
    assert len(texts) < before
    field.fill("khong co o dau")
    expect(page.get_by_text("Không có chỉ tiêu nào khớp").first).to_be_visible()
    field.press("Escape")
    expect(shown).to_have_count(before)


def test_a_short_list_has_no_filter(visit):
    page = visit("/?indicator=tourist_visits").page
    expect(page.locator("#indicator-filter")).to_be_hidden()


def test_level_day_and_period_stand_in_sight_above_a_list_that_scrolls_by_itself(visit):
    here = visit("/?indicator=poverty_rate", viewport={"width": 1280, "height": 800})
    page = here.page
    here.wait_until_idle()
    tops = [
        page.locator(part).bounding_box()["y"]
        for part in ("#level-list", "#date-list", "#period-list", "#indicator-list", "#status-list")
    ]
    assert tops == sorted(tops)
    assert tops[-1] < 800
    assert page.locator("#controls").evaluate("e => e.scrollTop") == 0
    hidden = page.locator("#indicator-list").evaluate("e => e.scrollHeight - e.clientHeight")
    assert hidden > 0
    level = page.locator("#level-list label").filter(has_text="Huyện")
    before = level.bounding_box()["y"]
    level.click()
    expect(page.locator("#level-list input:checked")).to_have_value("district")
    here.wait_until_drawn()
    here.wait_until_idle()
    assert abs(level.bounding_box()["y"] - before) < 2, "what was chosen stays where it was"


def test_an_indicator_chosen_far_down_the_list_stays_where_it_was(visit):
    here = visit("/?indicator=population_density", viewport={"width": 1280, "height": 800})
    page = here.page
    here.wait_until_idle()
    last = page.locator("#indicator-list fieldset label").last
    last.scroll_into_view_if_needed()
    before = last.bounding_box()["y"]
    chosen = last.locator("input").get_attribute("value")
    last.click()
    now = page.locator(f'#indicator-list label:has(input[value="{chosen}"]:checked)')
    expect(now).to_be_visible()
    here.wait_until_idle()
    assert abs(now.bounding_box()["y"] - before) < 2


def test_escape_empties_the_field_before_it_closes_the_sheet(visit):
    page = visit("/?indicator=poverty_rate", viewport=PHONE).page
    page.locator("#open-controls").click()
    field = page.get_by_label("Lọc chỉ tiêu")
    field.fill("nghèo")
    field.press("Escape")
    expect(field).to_have_value("")
    field.press("Escape")
    expect(page.locator("#controls")).to_be_hidden()


def test_the_chosen_one_of_many_themes_is_in_sight(visit):
    page = visit("/?theme=terrain", viewport={"width": 1280, "height": 800}).page
    expect(page.locator("input[name=theme]:checked")).to_have_value("terrain")
    box = page.locator(".themes .options").bounding_box()
    chosen = page.locator(".themes label:has(:checked)").bounding_box()
    assert box["y"] <= chosen["y"] + 1
    assert chosen["y"] + chosen["height"] <= box["y"] + box["height"] + 1
