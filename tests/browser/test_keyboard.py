"""The map without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import settled

pytestmark = pytest.mark.browser


def focus_map(here):
    """Reach the map by tabbing from the last row of the table."""
    page = here.page
    here.wait_until_idle()
    page.locator("#figures tbody tr").last.get_by_role("button").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#portal_map_main")).to_be_focused()


def said(page):
    return settled(page.locator("#live")).inner_text()


def test_the_map_is_one_tab_stop(visit):
    here = visit("/")
    focus_map(here)
    here.page.keyboard.press("Tab")
    expect(here.page.locator(".legend-row:focus")).to_have_count(1)


def test_arrows_walk_to_neighbours_and_name_them(visit):
    here = visit("/")
    page = here.page
    focus_map(here)
    assert "Tân Phong" in said(page)
    names = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        names.append(said(page))
    assert all("người/km²" in name for name in names)
    assert len(set(names)) >= 4


# From where the mark is, a key not tried yet; else the way to the nearest unit that has one.
_WALK = """() => {
  const map = document.getElementById("portal_map_main");
  const keys = ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"];
  const here = () => document.querySelector("tr.is-pointed")?.dataset.id;
  const press = (key) => {
    map.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    return here();
  };
  const known = new Map();
  const way = (from) => {
    const queue = [[from, []]];
    for (const [id, path] of queue) {
      const led = known.get(id) ?? {};
      const untried = keys.find((key) => !(key in led));
      if (untried) return [...path, untried];
      for (const key of keys) {
        if (!queue.some(([seen]) => seen === led[key])) queue.push([led[key], [...path, key]]);
      }
    }
    return null;
  };
  press("ArrowRight");
  for (let path = way(here()); path; path = way(here())) {
    for (const key of path) {
      const from = here();
      known.set(from, { ...known.get(from), [key]: press(key) });
    }
  }
  return known.size;
}"""


@pytest.mark.parametrize(
    ("level", "date", "units"),
    [("commune", "2025-07-01", 38), ("commune", "2020-02-01", 106), ("district", "2020-02-01", 8)],
)
def test_every_unit_can_be_reached_by_arrows_from_every_other(visit, level, date, units):
    here = visit(f"/?indicator=elevation_mean&level={level}&date={date}")
    focus_map(here)
    here.wait_until_idle()
    assert here.page.evaluate(_WALK) == units


def test_a_unit_is_spoken_with_former_names_class_rank_and_status(visit):
    here = visit("/?indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01")
    page = here.page
    focus_map(here)
    live = page.locator("#live")
    expect(live).to_contain_text("Tân Phong")
    expect(live).to_contain_text("Hình thành từ: ")
    expect(live).to_contain_text("341,4 người/km², lớp > 94,2 – 341,4, hạng 1/34, số thực hiện")


def test_enter_opens_and_escape_returns(visit):
    here = visit("/")
    page = here.page
    focus_map(here)
    page.keyboard.press("Enter")
    expect(page.locator("#card-title")).to_have_text("Phường Tân Phong")
    expect(page.locator("#card-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#card")).to_be_hidden()
    expect(page.locator("#portal_map_main")).to_be_focused()


def test_from_the_table_and_back(visit):
    here = visit("/")
    page = here.page
    button = here.row("Mù Cả").get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card-title")).to_have_text("Xã Mù Cả")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_periods_and_indicators_by_arrow_keys(visit):
    here = visit("/")
    page = here.page
    page.locator("#indicator-list input:checked").focus()
    before = page.locator("h1").inner_text()
    page.keyboard.press("ArrowUp")
    expect(page.locator("h1")).not_to_have_text(before)
    here.wait_until_drawn()
    expect(page.locator("[name=indicator]:focus")).to_have_count(1)


def test_skip_link(visit):
    page = visit("/").page
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
