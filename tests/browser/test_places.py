"""Places over the map: ticked, shared, opened with mouse and keyboard, on a phone, in a file."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from geodata.dataset import Dataset
from geodata.store import create_store
from portal.app import create_app
from tests.browser.conftest import served, visits
from tests.browser.visitor import PHONE, Visitor, axe_violations, open_visitor, settled

MAP = "/?indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01"
ALL = f"{MAP}&places=school,health_station,tourist_site"
HOSTILE = "<img src=x onerror=document.title='hit'>"
MARK = ".place-mark"
NOTE_LEGEND_WHEN_DRAWN = """() => {
  const map = document.getElementById('map-area');
  new MutationObserver(() => {
    if (map.getAttribute('aria-busy') !== 'true') {
      window.toldAsDrawn ??= document.getElementById('legend-places').innerText;
    }
  }).observe(map, { attributeFilter: ['aria-busy'] });
}"""


@pytest.fixture(scope="module")
def places_address(
    tmp_path_factory: pytest.TempPathFactory, lam_khe_dataset: Dataset, lam_khe_folder: Path
) -> Iterator[str]:
    """A portal over the synthetic province, one of whose places bears markup for a name."""
    named = {"Thác Bạc": HOSTILE}
    places = tuple(
        dataclasses.replace(place, name=named.get(place.name, place.name))
        for place in lam_khe_dataset.places
    )
    instance = tmp_path_factory.mktemp("places_instance")
    dataset = dataclasses.replace(lam_khe_dataset, places=places)
    store = create_store(instance / "places.gpkg", dataset)
    app = create_app({"PORTAL_INSTANCE": instance, "PORTAL_DATASET": lam_khe_folder}, store)
    yield from served(app)
    store.close()


@pytest.fixture
def go(browser: Browser, places_address: str) -> Iterator[Callable[..., Visitor]]:
    yield from visits(browser, places_address)


def test_ticking_a_category_draws_its_places_and_stands_in_the_address(go) -> None:
    one = go(MAP)
    page = one.page
    assert not one.requests_for("places.")
    page.click("#places > summary")
    page.check("[data-place=school]")
    expect(page.locator(MARK)).to_have_count(3)
    assert one.query()["places"] == "school"
    expect(page.locator("#legend-places")).to_contain_text("Trường học")
    expect(page.locator("#legend-places")).to_contain_text("1 địa điểm chưa có tọa độ")
    expect(page.locator("#legend-places")).not_to_contain_text("chưa đầy đủ")
    page.check("[data-place=tourist_site]")
    expect(page.locator("#legend-places li")).to_have_count(2)
    expect(page.locator("#legend-places")).to_contain_text("Danh sách chưa đầy đủ")
    assert one.query()["places"] == "school,tourist_site"
    assert not one.requests_for("/api/v1/values")
    # Another indicator keeps the places, and the way back takes them off again.
    page.click("#controls label:has([name=indicator][value=population])")
    expect(page.locator("#map-title")).to_contain_text("Dân số")
    assert one.query()["places"] == "school,tourist_site"
    for _ in range(3):
        page.go_back()
    expect(page.locator(MARK)).to_have_count(0)
    expect(page.locator("#legend-places")).to_be_hidden()
    expect(page.locator("[data-place=school]")).not_to_be_checked()


def test_a_shared_address_shows_its_places_and_takes_them_to_the_files(go) -> None:
    page = go(ALL).page
    expect(page.locator(MARK).first).to_be_visible()
    expect(page.locator("[data-place]:checked")).to_have_count(3)
    page.click("#export")
    download = page.locator("#export-download")
    expect(download).to_have_attribute("href", re.compile("places=school,health_station"))
    expect(page.locator(".export-files a[href*='/export/places.csv']")).to_have_count(1)


def test_the_map_is_busy_until_its_places_stand(go) -> None:
    one = go(MAP)
    one.wait_until_drawn()
    held: list[Route] = []
    one.page.route("**/api/v1/place-points*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    with one.page.expect_request("**/api/v1/place-points*"):
        one.page.goto(f"{one.page.url}&places=school", wait_until="domcontentloaded")
    expect(one.page.locator("path.unit").first).to_be_attached()
    expect(one.page.locator("#map-area")).to_have_attribute("aria-busy", "true")
    one.page.evaluate(NOTE_LEGEND_WHEN_DRAWN)
    held.pop().continue_()
    one.page.wait_for_function("() => window.toldAsDrawn !== undefined")
    assert "Trường học" in one.page.evaluate("window.toldAsDrawn")


def test_places_close_together_are_one_until_the_map_is_closer(go) -> None:
    page = go(ALL).page
    joined = page.locator(f"{MARK}:not([data-n='1'])")
    expect(joined.first).to_be_visible()
    before = settled(page.locator(MARK)).count()
    joined.first.click()
    expect(page.locator(f"{MARK}[data-n='1']").first).to_be_visible()
    expect(page).to_have_url(re.compile("view="))
    assert settled(page.locator(MARK)).count() <= before


def test_the_list_opens_places_by_keyboard_and_gives_the_focus_back(go) -> None:
    page = go(ALL).page
    page.focus("#place-list > summary")
    page.keyboard.press("Enter")
    button = page.locator("#place-list .place-pick", has_text="Trường THCS Lam Khê")
    button.focus()
    page.keyboard.press("Enter")
    card = page.locator(".place-card")
    expect(card).to_be_focused()
    expect(card).to_contain_text("Năm xây dựng")
    expect(card).to_contain_text("2019")
    expect(card.locator("a[href='/units/98001-20250701']")).to_have_text("Phường Lam Khê")
    expect(card.locator("a[href='/sources/places-2026']")).to_contain_text("Danh sách địa điểm")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(button).to_be_focused()


def test_a_name_with_markup_is_a_name(go) -> None:
    page = go(f"{MAP}&places=tourist_site").page
    page.click("#place-list > summary")
    page.locator("#place-list .place-pick", has_text="<img").click()
    expect(page.locator(".place-card h3")).to_have_text(HOSTILE)
    page.evaluate("pageIdle()")
    expect(page.locator(".place-card img")).to_have_count(0)
    expect(page).not_to_have_title("hit")


@pytest.mark.parametrize(("viewport", "lang"), [(PHONE, ""), (None, "&lang=en")])
def test_nobody_is_shut_out(go, viewport, lang) -> None:
    page = go(ALL + lang, **({"viewport": viewport} if viewport else {})).page
    page.locator(f"{MARK}[data-n='1']").last.click()
    expect(page.locator(".place-card dl")).to_be_visible()
    page.evaluate("pageIdle()")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe_violations(page) == []


def test_the_page_of_a_unit_lists_its_places(go) -> None:
    page = go("/units/98009-20250701", wait=False).page
    section = page.locator(".unit-places")
    expect(section.locator("summary h3")).to_have_text(["Trường học", "Trạm y tế", "Điểm du lịch"])
    expect(section).to_contain_text(HOSTILE)
    assert axe_violations(page) == []
    section.locator(".on-map").last.click()
    expect(page.locator(MARK)).to_have_count(3)


def test_a_map_in_one_file_brings_its_places_along(
    browser: Browser, places_address: str, tmp_path: Path, go
) -> None:
    one = go(ALL)
    path = tmp_path / "map.html"
    answer = one.page.request.get(f"{places_address}/export/map.html{ALL[1:]}")
    path.write_bytes(answer.body())
    carried = open_visitor(browser, f"file://{tmp_path}", "/map.html")
    page = carried.page
    expect(page.locator(MARK).first).to_be_visible()
    expect(page.locator("#legend-places li")).to_have_count(3)
    page.click("#place-list > summary")
    page.locator("#place-list .place-pick", has_text="Trường THCS Lam Khê").click()
    expect(page.locator(".place-card")).to_contain_text("2019")
    assert carried.foreign == []
    assert carried.faults == []
    page.context.close()


def test_places_stand_over_both_maps_of_a_comparison(go) -> None:
    one = go(f"/compare{MAP[1:]}&on=2025-07-01&places=tourist_site", wait=False)
    page = one.page
    expect(page.locator(f"#side-left {MARK}")).to_have_count(3)
    expect(page.locator(f"#side-right {MARK}")).to_have_count(3)
    page.uncheck("[data-place=tourist_site]")
    expect(page.locator(MARK)).to_have_count(0)
    assert "places" not in one.query()


def test_a_place_is_found_by_its_name_and_opened_over_the_map_as_it_stands(go) -> None:
    one = go(f"{MAP}&places=school")
    page = one.page
    page.fill("#search", "thac bac 2")
    expect(page.locator("#search-list")).to_contain_text("Không tìm thấy")
    page.fill("#search", "cho phien")
    page.locator("#search-list [role=option]").first.wait_for()
    expect(page.locator("#search-list [role=option]").first).to_contain_text("Điểm du lịch")
    page.keyboard.press("Enter")
    expect(page.locator(".place-card h3")).to_have_text("Chợ phiên Vườn Cam")
    assert one.query()["places"] == "school,tourist_site"
    assert one.query()["indicator"] == "population_density"
    page.keyboard.press("Escape")
    expect(page.locator("#search")).to_be_focused()


def test_joined_places_are_opened_by_keyboard(go) -> None:
    page = go(ALL).page
    joined = page.get_by_role("button", name="địa điểm gần nhau")
    expect(joined.first).to_be_visible()
    joined.first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{MARK}[data-n='1']").first).to_be_visible()
    expect(page).to_have_url(re.compile("view="))
    expect(page.locator(".leaflet-container")).to_be_focused()


def test_no_name_of_a_unit_covers_a_place(go) -> None:
    one = go(ALL)
    page = one.page
    expect(page.locator(MARK).first).to_be_visible()
    one.wait_until_idle()
    assert len(one.names()) > 2
    covered = page.evaluate(
        """() => {
          const boxes = (css) =>
            [...document.querySelectorAll(css)].map((each) => each.getBoundingClientRect());
          const marks = boxes('.place-icon');
          const meets = (a, b) =>
            a.left + 2 < b.right && b.left < a.right - 2 &&
            a.top + 4 < b.bottom && b.top < a.bottom - 4;
          return boxes('.labels .name').filter((a) => marks.some((b) => meets(a, b))).length;
        }"""
    )
    assert covered == 0
