"""The villages of an office's own file on the map; they and their commune are synthetic."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect
from waitress import create_server

from portal.app import create_app
from tests.browser.visitor import PHONE, axe_violations_day_and_night, settled
from tests.toy import build_toy
from tests.village_lists import publish_villages

pytestmark = pytest.mark.browser

TABLE = Path(__file__).parent.parent / "synthetic" / "villages_ung_hoe.csv"
VILLAGES = "/?indicator=population&period=2026&level=village&date=2025-07-01"
AFTER = {"Thử Nghiệm", "Thử Ba", "Thử Năm", "Thử Sáu", "Thử Bảy", "Thử Tám"}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A portal over the toy dataset, its villages loaded by the command an office runs."""
    folder = tmp_path_factory.mktemp("villages")
    places = {
        "PORTAL_DATASET": str(build_toy(folder / "dataset")),
        "PORTAL_INSTANCE": str(folder / "instance"),
    }
    told = ("--period", "2026", "--merged-on", "2026-06-01", "--source-title", "Danh sách thử")
    loading = publish_villages(folder / "instance", TABLE, *told, env=places)
    assert loading.exit_code == 0, loading.output
    server = create_server(create_app(places), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


def test_every_village_has_its_area_and_name_on_the_map_of_its_commune(visit):
    here = visit(VILLAGES)
    assert len(here.fills()) == 6
    assert set(here.names()) == AFTER
    expect(here.page.locator("h1")).to_have_text("Dân số, năm 2026 (người)")
    expect(here.page.locator("#map-subtitle")).to_contain_text("sắp xếp ngày 01/6/2026")


def test_edges_drawn_from_points_are_hatched_and_the_legend_says_so(visit):
    page = visit(VILLAGES).page
    edges = page.locator("path.line-derived")
    box = settled(edges).bounding_box()
    assert box["width"] > 300
    assert box["height"] > 300
    assert edges.evaluate("path => getComputedStyle(path).strokeDasharray") != "none"
    assert not page.locator("path.line-indicative").evaluate("path => path.getTotalLength()")
    legend = page.locator(".legend")
    expect(legend.locator("svg .line-derived")).to_have_count(1)
    expect(legend).to_contain_text("Cạnh vùng vẽ từ vị trí, không đo đạc")
    expect(legend.locator("svg .line-indicative")).to_have_count(0)


def test_a_sentence_says_what_the_areas_are(visit):
    page = visit(VILLAGES).page
    notes = page.locator(".legend")
    expect(notes).to_contain_text("không phải ranh giới đo đạc")
    expect(notes).to_contain_text("Điểm vị trí của thôn, bản: Danh sách thử")
    expect(page.locator("#foot-boundary")).to_contain_text("không dùng để phân định")


def test_the_card_of_a_village_tells_its_people_origin_and_quality(visit):
    here = visit(VILLAGES)
    unit = settled(here.row("Thử Nghiệm")).get_attribute("data-id")
    here.page.mouse.click(*here.unit(unit))
    card = here.page.locator("#card")
    expect(card).to_contain_text("Thôn Thử Nghiệm")
    expect(card).to_contain_text("850")
    expect(card).to_contain_text("Ranh giới tham khảo")
    expect(card).to_contain_text("Thử Một")
    expect(card).to_contain_text("Danh sách thử")


def test_the_villages_fit_a_phone_and_a_tap_opens_one(visit):
    here = visit(VILLAGES, viewport=PHONE, has_touch=True, is_mobile=True)
    page = here.page
    here.wait_until_idle()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    map_box = page.locator(".map").bounding_box()
    for unit in page.locator("path.unit").all():
        box = unit.bounding_box()
        assert map_box["x"] <= box["x"]
        assert box["x"] + box["width"] <= map_box["x"] + map_box["width"]
    page.touchscreen.tap(*here.unit(settled(here.row("Thử Tám")).get_attribute("data-id")))
    expect(page.locator("#card-title")).to_contain_text("Thử Tám")


def test_nothing_on_the_map_of_villages_keeps_anybody_out(visit):
    assert axe_violations_day_and_night(visit(VILLAGES).page) == []
