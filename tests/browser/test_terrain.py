"""The map in 3D: drawn with WebGL, said in words without, used with the keyboard."""

from __future__ import annotations

import io
import os
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from geodata.i18n import Text
from geodata.store import Store
from portal.app import create_app
from tests.browser.conftest import served, visits
from tests.browser.visitor import ALONE, PATIENCE_MS, PHONE, Visitor, axe_violations, find_chromium
from tests.raster_files import Place
from tests.raster_layers import registered

TERRAIN = "/terrain?indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01"
SOFTWARE_GL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
GOLDEN = Path(__file__).parent / "shots" / "terrain.png"
ONE_CELL_OFF = GOLDEN.with_name("terrain_one_cell_off.png")
"""The same view over elevations that lie one cell too far east."""
KEPT_PIXELS = """;{
  const open = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, options) {
    return open.call(this, kind, { ...options, preserveDrawingBuffer: true });
  };
}"""
"""The canvas can be read after a frame; a screenshot would draw several more, by software."""
SMALL = {
    "viewport": {"width": 460, "height": 460}, "reduced_motion": "reduce", "before": KEPT_PIXELS,
}  # fmt: skip
SLOW = 2 * PATIENCE_MS
"""How long software may take to draw the first picture, beside whatever else the machine does."""


@pytest.fixture(scope="module")
def terrain_address(
    tmp_path_factory: pytest.TempPathFactory, lai_chau_store: Store
) -> Iterator[str]:
    """A portal with ridges all over the province."""
    folder = tmp_path_factory.mktemp("terrain_instance")
    rows, columns = np.mgrid[0:160, 0:240]
    ridges = (1200 + 900 * np.sin((rows + columns) / 6)).astype("float32")
    whole = Place("EPSG:4326", 102.0, 23.0, 0.01)
    title = {"title": Text("Địa hình", "Terrain")}
    registered(folder, ridges, whole, id="ridges", style="hillshade", unit="m", **title)
    terraces = (800 + 700 * ((rows // 2 + columns // 2) % 2)).astype("float32")
    for name, west in (("terraces", 102.0), ("shifted", 102.01)):
        place = Place("EPSG:4326", west, 23.0, 0.01)
        registered(folder, terraces, place, id=name, style="hillshade", unit="m", **title)
    yield from served(create_app({"PORTAL_INSTANCE": folder}, lai_chau_store))


def started(browser: Browser, *arguments: str) -> Iterator[Browser]:
    """A Chromium of its own."""
    own = browser.browser_type.launch(executable_path=find_chromium(), args=[*ALONE, *arguments])
    yield own
    own.close()


@pytest.fixture(scope="module")
def drawing_browser(browser: Browser) -> Iterator[Browser]:
    yield from started(browser, *SOFTWARE_GL)


@pytest.fixture
def go(drawing_browser: Browser, terrain_address: str) -> Iterator[Callable[..., Visitor]]:
    """Opens small views without flights: software draws every pixel of every frame."""
    for visit in visits(drawing_browser, terrain_address):
        yield partial(visit, **SMALL)


@pytest.fixture
def go_flat(browser: Browser, terrain_address: str) -> Iterator[Callable[..., Visitor]]:
    yield from visits(browser, terrain_address)


@pytest.fixture
def go_without_webgl(browser: Browser, terrain_address: str) -> Iterator[Callable[..., Visitor]]:
    for own in started(browser, "--disable-3d-apis"):
        yield from visits(own, terrain_address)


def unforeseen(one: Visitor) -> list[str]:
    """Faults beside the remarks of a driver that draws with software."""
    return [each for each in one.faults if "GL Driver Message" not in each]


def test_units_are_draped_over_the_elevations_and_places_stand_on_them(go) -> None:
    one = go(f"{TERRAIN}&places=attraction", wait=False, may_fail=True)
    page = one.page
    expect(page.locator("#terrain[data-drawn]")).to_be_attached(timeout=SLOW)
    assert one.requests_for("/rasters/ridges/elevations/")
    pixels = np.asarray(picture(page), dtype=int)
    coloured = np.ptp(pixels, axis=2) > 40
    assert coloured.mean() > 0.1, "the classes"
    assert len(np.unique(pixels[coloured][:, 0])) > 40, "shaded by the slopes"
    place = page.locator(".terrain-place").first
    place.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".maplibregl-popup")).to_contain_text("·")
    page.focus("#terrain-unit")
    page.select_option("#terrain-unit", "03390-20250701")
    expect(page.locator("#terrain-figure")).to_contain_text("Bình Lư: 107,0")
    assert axe_violations(page) == []
    assert unforeseen(one) == []


def picture(page: Page) -> Image.Image:
    """The ground as it is drawn, without what stands over it."""
    data = page.locator("#terrain canvas").evaluate("canvas => canvas.toDataURL()")
    return Image.open(io.BytesIO(b64decode(data.partition(",")[2]))).convert("RGB")


def grey_picture(page: Page) -> np.ndarray:
    """The ground in blocks of 4 pixels: edges are smoothed by no two alike."""
    grey = picture(page).convert("L")
    return np.asarray(grey.resize((grey.width // 4, grey.height // 4), Image.Resampling.BOX), int)


def ground_of(go: Callable[..., Visitor], raster: str) -> np.ndarray:
    """The view of one commune over a raster."""
    page = go(f"{TERRAIN}&rasters={raster}", wait=False, may_fail=True).page
    drawn = page.locator("#terrain[data-drawn]")
    expect(drawn).to_be_attached(timeout=SLOW)
    page.select_option("#terrain-unit", "03390-20250701")
    expect(drawn).to_be_attached(timeout=SLOW)
    return grey_picture(page)


def test_the_ground_in_3d_looks_as_it_did_and_not_as_if_it_lay_one_cell_off(go) -> None:
    found = ground_of(go, "terraces")
    if os.environ.get("SHEET_GOLDEN") == "write":
        for path, grey in ((GOLDEN, found), (ONE_CELL_OFF, ground_of(go, "shifted"))):
            Image.fromarray((grey // 16 * 17).astype("uint8")).save(path, optimize=True, bits=4)
    apart, off = (np.abs(found - golden(path)).mean() for path in (GOLDEN, ONE_CELL_OFF))
    assert apart < 9, "drivers shade a little differently; 16 greys are kept"
    assert off > 2 * apart, "one cell off shows"
    assert off > 11


def golden(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path).convert("L"), dtype=int)


def test_the_popup_marks_doubtful_figures_and_estimates(go) -> None:
    forest = "/terrain?indicator=evergreen_forest_share&period=2019&level=commune&date=2025-07-01"
    page = go(forest, wait=False, may_fail=True).page
    expect(page.locator("#terrain-unit")).to_be_enabled(timeout=SLOW)
    expect(page.locator("#terrain-estimated")).to_contain_text("Ước thực hiện")
    expect(page.locator("#terrain-estimated .legend-count")).to_have_text("38")
    expect(page.locator("#terrain-doubtful .legend-count")).to_have_text("7")
    page.select_option("#terrain-unit", label="Tả Lèng")
    popup = page.locator(".maplibregl-popup")
    expect(popup.locator(".doubt-sign")).to_have_text("!")
    expect(popup).to_contain_text("Ước thực hiện · Số liệu cần xem lại")
    page.select_option("#terrain-unit", "03390-20250701")
    expect(popup.locator(".doubt-sign")).to_have_count(0)
    expect(popup).to_contain_text("Ước thực hiện")


def test_the_page_fits_a_phone(go) -> None:
    one = go(TERRAIN, wait=False, viewport=PHONE, may_fail=True)
    page = one.page
    expect(page.locator("#terrain-unit")).to_be_enabled(timeout=SLOW)
    page.select_option("#terrain-unit", "03390-20250701")
    popup = page.locator(".maplibregl-popup")
    expect(popup).to_contain_text("Bình Lư")
    one.wait_until_idle()
    expect(popup.locator(".maplibregl-popup-close-button")).to_be_in_viewport()
    for control in ("#terrain-unit", "#terrain-height", ".maplibregl-ctrl-zoom-in"):
        assert page.locator(control).bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe_violations(page) == []
    page.locator(".legend-rows").scroll_into_view_if_needed()
    expect(page.locator(".legend-rows")).to_be_in_viewport()
    assert unforeseen(one) == []


def test_without_webgl_the_page_says_so_and_leads_to_the_flat_map(go_without_webgl) -> None:
    page = go_without_webgl(f"{TERRAIN}&lang=en", wait=False).page
    said = page.locator("#terrain-missing")
    expect(said).to_contain_text("WebGL is missing")
    expect(said.locator("a")).to_have_attribute("href", TERRAIN.replace("terrain", "") + "&lang=en")
    expect(page.locator("#terrain")).to_be_hidden()
    assert axe_violations(page) == []


def test_the_flat_map_loads_nothing_of_it_and_its_list_leads_there(go_flat) -> None:
    one = go_flat("/?rasters=ridges")
    assert not one.requests_for("maplibre")
    assert not one.requests_for("/static/terrain")
    one.page.locator("[data-terrain]").evaluate("link => link.addEventListener('click', "
                                                "(event) => event.preventDefault())")  # fmt: skip
    one.page.click("[data-terrain]")
    expect(one.page.locator("[data-terrain]")).to_have_attribute(
        "href", re.compile("rasters=ridges")
    )
