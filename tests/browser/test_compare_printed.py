"""A comparison on paper: whole maps with their names, and the screen as it was afterwards."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.test_compare import CENSUS, LEFT, RIGHT, close
from tests.browser.visitor import PHONE, settled

pytestmark = pytest.mark.browser

_ON_PAPER = """() => {
  dispatchEvent(new Event('beforeprint'));
  const maps = [...document.querySelectorAll('.side-map')];
  return maps.filter((each) => getComputedStyle(each).visibility === 'visible').map((side) => {
    const box = (one) => one.getBoundingClientRect();
    const map = box(side.querySelector('.map'));
    const frame = box(side.querySelector('.line-outer'));
    const within = (a, b) => a.left >= b.left && a.right <= b.right
      && a.top >= b.top && a.bottom <= b.bottom;
    const names = [...side.querySelectorAll('.labels .name')].map(box);
    const clip = getComputedStyle(side.querySelector('.leaflet-map-pane')).clipPath;
    return [map.width, within(frame, map) && clip === 'none', names.length,
      names.filter((name) => within(name, frame)).length];
  });
}"""


@pytest.mark.parametrize(("mode", "maps"), [("side", 2), ("swipe", 2), ("outline", 1)])
def test_paper_shows_whole_maps_with_their_names_and_the_screen_comes_back(visit, mode, maps):
    here = visit(f"{CENSUS}&mode={mode}&view=22.3,103.2,10")
    page = here.page
    expect(page.locator(f"{RIGHT} .labels .name").first).to_be_attached()
    query = here.query()
    frame = page.locator(f"{RIGHT} .line-outer")
    before = frame.bounding_box()
    found = page.evaluate(_ON_PAPER)
    assert len(found) == maps
    for width, whole, names, inside in found:
        # 175 mm at 96 dpi.
        assert width == pytest.approx(661, abs=4)
        assert whole
        assert inside == names > 4
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    here.wait_until_idle()
    after = frame.bounding_box()
    assert close([*after.values()], [*before.values()], by=1)
    assert here.query() == query


def test_a_printed_comparison_has_both_maps_legend_sources_and_address_on_one_sheet(visit):
    page = visit(f"{CENSUS}&lang=en", viewport=PHONE).page
    expect(page.locator(f"{RIGHT} .labels .name").first).to_be_attached()
    page.evaluate("pageIdle()")
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    first = "".join(sheets[0].extract_text().split())
    for words in (
        "Before 1 February 2020",
        "Since 1 July 2025",
        "Legend",
        "Source",
        "Printed from",
    ):
        assert "".join(words.split()) in first
    assert settled(page.locator("#printed")).get_attribute("data-version") in first
    page.emulate_media(media="print")
    page.evaluate("pageIdle()")
    boxes = [page.locator(each).bounding_box() for each in (LEFT, RIGHT, ".legend", "#printed")]
    for upper, lower in pairwise(boxes):
        assert upper["y"] + upper["height"] <= lower["y"]
