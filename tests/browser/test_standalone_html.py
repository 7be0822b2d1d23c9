"""The map in one file, opened from the disk with the network off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.visitor import PAGE_IDLE, PATIENCE_MS, settled

pytestmark = pytest.mark.browser

LAYER = "indicator=population_density&period=2025-07-01&level=commune&date=2025-07-01"
BINH_LU = "03390-20250701"


@pytest.fixture
def carry(portal_app: Flask, browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens the file of a query; afterwards nothing may have been asked for or gone wrong."""
    seen: list[str] = []
    contexts = []

    def open_file(query: str, width: int = 1280, height: int = 800) -> Page:
        path = tmp_path / "map.html"
        path.write_bytes(portal_app.test_client().get(f"/export/map.html?{query}").data)
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=True, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(PAGE_IDLE)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: seen.append(r.url))
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.on("console", lambda m: seen.append(m.text) if m.type == "error" else None)
        page.goto(path.as_uri())
        expect(page.locator("path.unit").first).to_be_attached()
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert [each for each in seen if not each.startswith(("file:", "data:"))] == []


def test_every_unit_has_the_colour_of_its_class(carry, portal_app: Flask) -> None:
    page = carry(LAYER)
    values = portal_app.test_client().get(f"/api/v1/values?{LAYER}").get_json()
    fills = settled(page.locator("path.unit")).evaluate_all(
        "all => all.map((e) => e.getAttribute('fill'))"
    )
    classes = values["legend"]["classes"]
    wanted = [
        "url(#hatch-impossible)" if cell[0] is None else classes[cell[1]]["colour"]
        for cell in values["units"].values()
    ]
    assert sorted(fills) == sorted(wanted)
    rows = page.locator(".legend-row .legend-count")
    for number, row in enumerate(classes):
        expect(rows.nth(number)).to_have_text(str(row["count"]))
    expect(page).to_have_title(values["title"])


def test_names_show_under_the_pointer_and_figures_on_a_click(carry) -> None:
    page = carry(LAYER)
    unit = page.locator("path.unit").nth(5)
    unit.hover()
    expect(page.locator(".tooltip")).to_be_visible()
    name = settled(page.locator(".tooltip b")).inner_text()
    unit.click()
    card = page.locator(".standalone-card")
    expect(card.locator("h2")).to_have_text(name)
    expect(card.locator("dl")).to_contain_text("Nguồn")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_the_keyboard_goes_from_unit_to_unit(carry) -> None:
    page = carry(f"{LAYER}&lang=en")
    page.keyboard.press("Tab")
    page.locator(".map").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".standalone-card h2")).to_be_visible()


def test_a_title_that_is_markup_runs_nothing(carry) -> None:
    page = carry(f"{LAYER}&title=%3Cimg src=x onerror=document.body.remove()%3E")
    expect(page.locator("h1")).to_have_text("<img src=x onerror=document.body.remove()>")


def test_a_phone_shows_all_of_it(carry) -> None:
    page = carry(LAYER, 390, 844)
    page.evaluate("pageIdle()")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    legend, map_box = page.locator(".legend").bounding_box(), page.locator(".map").bounding_box()
    assert legend["y"] >= map_box["y"] + map_box["height"]
    page.locator("summary").first.click()
    expect(page.locator("tbody tr")).to_have_count(38)


def test_a_figure_on_a_phone_can_be_read_and_closed(carry) -> None:
    page = carry(LAYER, 390, 844)
    for place in (0, 19, 37):
        page.locator("path.unit").nth(place).dispatch_event("click")
        card = page.locator(".standalone-card")
        expect(card).to_be_visible()
        page.evaluate("pageIdle()")  # The map moves to show all of it.
        box = card.bounding_box()
        assert box["width"] >= 230
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        page.locator(".leaflet-popup-close-button").click()
        expect(card).to_have_count(0)
