"""Rasters under the lines of the map: chosen, blended, shared, read with mouse and keyboard."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from geodata.store import Store
from portal.app import create_app
from tests.browser.conftest import served, visits
from tests.browser.visitor import PHONE, Visitor, axe_violations
from tests.raster_files import Place
from tests.raster_layers import CLASSES, registered

MAP = "/?indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01"
WHOLE = Place("EPSG:4326", 102.0, 23.0, 0.01)
TILES = ".leaflet-tile-loaded"
FLAT = 180 / 255
"""Light on level ground: the sine of 45 degrees, as a grey."""


@pytest.fixture(scope="module")
def raster_address(
    tmp_path_factory: pytest.TempPathFactory, lai_chau_store: Store
) -> Iterator[str]:
    """A portal with land cover and level ground all over the province."""
    folder = tmp_path_factory.mktemp("raster_instance")
    codes = np.ones((160, 240), "uint8")
    codes[:, 120:] = 2
    title = {"title": CLASSES[0].name.__class__("Lớp phủ", "Land cover")}
    registered(folder, codes, WHOLE, id="cover", style="classes", classes=CLASSES, **title)
    level = np.full((160, 240), 1234, "float32")
    registered(folder, level, WHOLE, id="relief", style="hillshade", unit="m", credit="Cơ quan X")
    yield from served(create_app({"PORTAL_INSTANCE": folder}, lai_chau_store))


@pytest.fixture
def go(browser: Browser, raster_address: str) -> Iterator[Callable[..., Visitor]]:
    yield from visits(browser, raster_address)


def colours_of_map(page: Page) -> np.ndarray:
    """The pixels of the map."""
    content = page.locator(".leaflet-container").screenshot(animations="disabled")
    with Image.open(io.BytesIO(content)) as picture:
        return np.asarray(picture.convert("RGB"), dtype=float)


def covered_by(page: Page, part: str, shape: tuple[int, int]) -> np.ndarray:
    """Which pixels of the map lie under a part of the page."""
    over, below = (
        page.locator(part).bounding_box(),
        page.locator(".leaflet-container").bounding_box(),
    )
    assert over
    assert below
    left, top = over["x"] - below["x"], over["y"] - below["y"]
    covered = np.zeros(shape, dtype=bool)
    covered[
        max(0, round(top) - 9) : round(top + over["height"]) + 9,
        max(0, round(left) - 9) : round(left + over["width"]) + 9,
    ] = True
    return covered


def test_a_raster_is_chosen_and_faded_by_keyboard_and_stands_in_the_address(go) -> None:
    one = go(MAP)
    page = one.page
    one.wait_until_drawn()
    assert not one.requests_for("rasters")
    page.focus("#rasters > summary")
    page.keyboard.press("Enter")
    box = page.locator("[data-raster=cover]")
    expect(box).to_be_visible()
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator(TILES).first).to_be_visible()
    assert one.query()["rasters"] == "cover"
    expect(page.locator("#legend-rasters")).to_contain_text("Rừng")
    slider = page.locator("[data-opacity-of=cover]")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(slider).to_have_value("75")
    assert one.query()["rasters"] == "cover:75"
    expect(page.locator(".raster-pane .leaflet-layer")).to_have_css("opacity", "0.75")
    assert not one.requests_for("/api/v1/values")
    for _ in range(2):
        page.go_back()
    expect(page.locator(TILES)).to_have_count(0)
    expect(box).not_to_be_checked()


def test_a_hillshade_multiplies_the_colours_of_the_units(go) -> None:
    plain = go(MAP)
    plain.wait_until_drawn()
    plain.wait_until_idle()
    before = colours_of_map(plain.page)
    shaded = go(f"{MAP}&rasters=relief:100")
    expect(shaded.page.locator(TILES).first).to_be_visible()
    expect(shaded.page.locator(f".leaflet-tile:not({TILES})")).to_have_count(0)
    shaded.wait_until_idle()
    after = colours_of_map(shaded.page)
    legend = covered_by(shaded.page, ".legend", after.shape[:2])
    legend |= covered_by(plain.page, ".legend", after.shape[:2])
    colours = {fill for fill in plain.fills() if fill.startswith("#") and len(fill) == 7}
    assert len(colours) >= 4
    for colour in colours:
        rgb = np.array([int(colour[n : n + 2], 16) for n in (1, 3, 5)], dtype=float)
        here = (before == rgb).all(axis=2)
        here &= ~legend
        assert here.sum() > 500
        assert (np.abs(after[here] - rgb * FLAT).max(axis=1) <= 2).mean() > 0.9


def test_a_click_reads_the_class_and_the_elevation_at_the_place(go) -> None:
    one = go(f"{MAP}&rasters=cover,relief")
    page = one.page
    expect(page.locator(TILES).first).to_be_visible()
    page.mouse.click(*one.unit("03390-20250701"))
    reading = page.locator(".raster-reading")
    expect(reading).to_contain_text("Nước")
    expect(reading).to_contain_text("1.234 m")
    expect(page.locator("#card")).to_contain_text("Bình Lư")


def test_the_middle_of_the_map_is_read_by_keyboard_and_the_focus_comes_back(go) -> None:
    page = go(f"{MAP}&rasters=relief").page
    button = page.locator("[data-read]")
    button.focus()
    page.keyboard.press("Enter")
    reading = page.locator(".raster-reading")
    expect(reading).to_be_focused()
    expect(reading).to_contain_text("1.234 m")
    page.keyboard.press("Escape")
    expect(reading).to_have_count(0)
    expect(button).to_be_focused()


def test_a_raster_that_is_not_registered_is_told(go) -> None:
    page = go(f"{MAP}&rasters=relief,gone").page
    expect(page.locator("[data-missing]")).to_contain_text("gone")
    expect(page.locator(TILES).first).to_be_visible()


def test_another_indicator_keeps_the_rasters(go) -> None:
    one = go(f"{MAP}&rasters=relief:40")
    page = one.page
    expect(page.locator(TILES).first).to_be_visible()
    page.click("#controls label:has([name=indicator][value=population])")
    expect(page.locator("#map-title")).to_contain_text("Dân số")
    assert one.query()["rasters"] == "relief:40"
    expect(page.locator("[data-raster=relief]")).to_be_checked()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_rasters_on_a_phone_fit_and_axe_finds_nothing(go, language: str) -> None:
    page = go(f"{MAP}&rasters=cover,relief&lang={language}", viewport=PHONE).page
    expect(page.locator(TILES).first).to_be_visible()
    page.evaluate("pageIdle()")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe_violations(page) == []


def test_the_wide_page_with_the_list_open_has_no_fault_axe_finds(go) -> None:
    page = go(f"{MAP}&rasters=cover,relief").page
    expect(page.locator("[data-raster=cover]")).to_be_visible()
    assert axe_violations(page) == []


def test_a_comparison_shows_its_rasters_on_both_maps(go) -> None:
    one = go("/compare?rasters=relief:60")
    page = one.page
    for side in (0, 1):
        one_map = page.locator(".leaflet-container").nth(side)
        expect(one_map.locator(TILES).first).to_be_visible()
    page.uncheck("[data-raster=relief]")
    expect(page.locator(TILES)).to_have_count(0)
    assert "rasters" not in one.query()


def test_a_map_in_one_file_draws_its_rasters_without_a_network(
    raster_address: str, browser: Browser, tmp_path: Path
) -> None:
    query = MAP.removeprefix("/?")
    file = tmp_path / "map.html"
    with urlopen(f"{raster_address}/export/map.html?{query}&rasters=cover:60,relief") as answer:
        file.write_bytes(answer.read())
    page = browser.new_context(offline=True).new_page()
    refused: list[str] = []
    page.on("console", lambda told: refused.append(told.text) if told.type == "error" else None)
    page.goto(file.as_uri())
    pictures = page.locator(".raster-pane img")
    expect(pictures).to_have_count(2)
    for picture in pictures.all():
        expect(picture).not_to_have_js_property("naturalWidth", 0)
    panes = page.locator(".raster-pane")
    look = "all => all.map((each) => [getComputedStyle(each).mixBlendMode, each.style.zIndex])"
    assert panes.evaluate_all(look) == [["normal", "401"], ["multiply", "402"]]
    expect(pictures.first).to_have_css("opacity", "0.6")
    expect(page.locator("#legend-rasters summary")).to_have_text(["Lớp phủ", "thử"])
    page.context.close()
    assert refused == []
