"""Every registered style paints the map on the screen and explains itself in the legend."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Route, expect

from geodata.store import Store
from layers.styles import STYLES
from tests.browser.visitor import Visitor, settled

INLINE = re.compile(r'(<script type="application/json" id="values">)(.*?)(</script>)', re.DOTALL)
Change = Callable[[dict[str, Any]], None]


SPARSE = "/?indicator=poverty_rate&period=2025-12&level=commune&date=2025-07-01"
"""A map of one figure, which takes a style that nobody chooses."""


def with_values_moved(values: dict[str, Any]) -> None:
    """Every unit with a value gets what the next such unit in the list had."""
    _move(values, [unit for unit, cell in values["units"].items() if cell[0] is not None])


def with_places_moved(values: dict[str, Any]) -> None:
    """Every unit gets what the next one in the list had, be it a gap."""
    _move(values, list(values["units"]))


def _move(values: dict[str, Any], units: list[str]) -> None:
    cells = [values["units"][unit] for unit in units]
    values["units"] |= dict(zip(units, [*cells[1:], cells[0]], strict=True))


def without_fills(values: dict[str, Any]) -> None:
    """A style that neither fills units nor draws over them."""
    values["legend"] |= {"style": "choropleth"}
    values["legend"]["screen"] |= {"fills": False, "class_rows": False}


def address_of(store: Store, style: str) -> str:
    if not STYLES[style].offered:
        return SPARSE
    kinds = STYLES[style].default_for or STYLES[style].suits
    names = ("population_density", "population", *(i.id for i in store.indicators()))
    indicator = next(name for name in names if store.indicator(name).kind in kinds)
    return f"/?indicator={indicator}&style={style}"


def open_changed(visit, path: str, *changes: Change, may_fail: bool = False) -> Visitor:
    """The page as it would be had the server answered other values."""
    here = visit("/about", wait=False, may_fail=may_fail)

    def answer(route: Route) -> None:
        response = route.fetch()

        def changed(found: re.Match[str]) -> str:
            values = json.loads(found[2])
            for change in changes:
                change(values)
            return found[1] + json.dumps(values).replace("<", "\\u003c") + found[3]

        route.fulfill(response=response, body=INLINE.sub(changed, response.text()))

    here.page.route(re.compile(r"/\?indicator="), answer)
    here.page.goto(here.address + path)
    return here


def picture(here: Visitor) -> np.ndarray:
    """The map without its names, which take their colours from the units."""
    here.wait_until_drawn()
    settled(here.page.locator(".labels")).evaluate(
        "labels => { labels.style.visibility = 'hidden'; }"
    )
    return np.asarray(
        Image.open(io.BytesIO(here.page.locator("#map-area").screenshot())).convert("RGB")
    )


def check_values_are_painted(visit, path: str, *changes: Change) -> None:
    drawn = picture(open_changed(visit, path, *changes))
    # The colour of a map of few values says where they are, not how large.
    moving = with_places_moved if path == SPARSE else with_values_moved
    moved = picture(open_changed(visit, path, *changes, moving))
    assert (drawn != moved).any(axis=2).mean() > 0.01, "the map shows nothing of the values"


def check_legend_is_there(here: Visitor) -> None:
    shown = here.page.locator("#legend-body .swatch, #legend-body .sizes circle")
    classes = here.page.locator("#legend-body [data-key='0'], #legend-body .sizes circle")
    assert settled(classes).count() > 0, "the legend shows nothing of the style"
    for each in shown.all():
        box = each.bounding_box()
        assert box is not None
        assert box["width"] > 3


@pytest.mark.parametrize("style", STYLES)
def test_a_style_paints_the_map(visit, lai_chau_store, style):
    check_values_are_painted(visit, address_of(lai_chau_store, style))


@pytest.mark.parametrize("style", STYLES)
def test_a_style_fills_the_legend(visit, lai_chau_store, style):
    here = visit(address_of(lai_chau_store, style))
    check_legend_is_there(here)
    needs = STYLES[style]
    expect(here.page.locator("#scheme")).to_be_enabled(enabled=needs.uses_classification)


def test_a_blank_style_is_found_out(visit, lai_chau_store):
    path = address_of(lai_chau_store, "choropleth")
    with pytest.raises(AssertionError, match="nothing of the values"):
        check_values_are_painted(visit, path, without_fills)
    here = open_changed(visit, path, without_fills)
    here.wait_until_drawn()
    with pytest.raises(AssertionError, match="nothing of the style"):
        check_legend_is_there(here)


def test_a_style_the_page_does_not_know_is_said_and_not_drawn_empty(visit, lai_chau_store):
    def rename(values: dict[str, Any]) -> None:
        values["legend"]["style"] = "constructor"

    path = address_of(lai_chau_store, "choropleth")
    here = open_changed(visit, path, rename, may_fail=True)
    message = here.page.locator("#message")
    expect(message).to_contain_text("constructor")
    expect(message).to_contain_text(", ".join(STYLES))


def test_nested_circles_stand_in_their_box_on_one_ground(visit, lai_chau_store):
    here = visit(address_of(lai_chau_store, "symbols"))
    box = settled(here.page.locator("#legend-body .sizes")).bounding_box()
    circles = [c.bounding_box() for c in here.page.locator("#legend-body .sizes circle").all()]
    texts = [c.bounding_box() for c in here.page.locator("#legend-body .sizes text").all()]
    assert len(circles) == len(texts) == 3
    assert [c["height"] for c in circles] == sorted((c["height"] for c in circles), reverse=True)
    grounds = [c["y"] + c["height"] for c in circles]
    assert max(grounds) - min(grounds) < 1
    for each in (*circles, *texts):
        assert each["y"] >= box["y"] - 1
        assert each["y"] + each["height"] <= box["y"] + box["height"] + 1
    tops = sorted(each["y"] for each in texts)
    assert all(below - above >= 14 for above, below in pairwise(tops))
