"""A sheet of a province shows the country around it; one of the country shows its islands apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import geopandas as gpd
import pytest
import shapely
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch

from geodata.dataset import Dataset
from geodata.store import Store, create_store
from layers.layer import Layer
from layers.sheet import SheetOptions, render_sheet
from layers.sheet.canvas import ALERT, INK, LINE, Canvas
from layers.sheet.layout_block import MM_PER_POINT, Rect
from layers.sheet.locator_map import country_outline, islands_inset_block, locator_map_block
from layers.sheet.map_geometry import map_geometry
from layers.sheet.viewport import Viewport

pytestmark = pytest.mark.slow

FAR = "16"
"""The toy's old commune that is moved out to sea."""


def around(*, wide: bool) -> gpd.GeoDataFrame:
    """The toy's own square as the country, or one many times as large; and an island."""
    land = shapely.box(100, 18, 104, 24) if wide else shapely.box(103, 22, 103.4, 22.4)
    island = shapely.box(109.0, 16.0, 109.1, 16.1)
    rows = [
        {"id": "1", "kind": "outline", "name_vi": "", "name_en": "", "geometry": land},
        {"id": "2", "kind": "islands", "name_vi": "Đảo Xa", "name_en": "Far Island",
         "geometry": island},
    ]  # fmt: skip
    return gpd.GeoDataFrame(rows, crs="EPSG:4326")


@pytest.fixture(scope="module", params=[True, False], ids=["province", "country"])
def store(
    request: pytest.FixtureRequest, tmp_path_factory, toy_dataset: Dataset
) -> Iterator[tuple[bool, Store]]:
    """The toy within a larger country, and as the country itself with a commune on the island."""
    frame = around(wide=request.param)
    frame["source_id"] = toy_dataset.units[0].source_id
    boundaries = {}
    for detail, shapes in toy_dataset.boundaries.items():
        moved = shapes.copy()
        own = moved["unit_id"].str.startswith("900" + FAR)
        moved.loc[own, "geometry"] = shapely.box(109.0, 16.0, 109.1, 16.1)
        boundaries[detail] = moved
    dataset = replace(
        toy_dataset, surroundings=frame,
        boundaries=toy_dataset.boundaries if request.param else boundaries,
    )  # fmt: skip
    path = tmp_path_factory.mktemp("around") / "store.gpkg"
    made = create_store(path, dataset)
    yield request.param, made
    made.close()


def words_of(svg: bytes) -> list[str]:
    root = ElementTree.fromstring(svg)
    return ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]


def test_islands_are_named_on_every_sheet_that_shows_the_country(
    store: tuple[bool, Store],
) -> None:
    _, opened = store
    for query in ({"lang": "en"}, {"lang": "en", "indicator": "population_density"}):
        layer = Layer.from_query(query, opened)
        words = words_of(render_sheet(layer, opened, SheetOptions(format="svg")))
        assert "Far Island" in words


def test_a_map_of_the_country_is_not_shrunk_by_its_islands(store: tuple[bool, Store]) -> None:
    within, opened = store
    day = opened.info.timeline[-1].date
    units = map_geometry(opened, "commune", day, 1)
    assert units is not None
    whole = country_outline(opened, units.meridian)
    assert whole is not None
    assert whole.is_covered_by(units) != within
    west, _, east, _ = whole.mainland_extent(units)
    assert east - west < 60_000
    layer = Layer.from_query({"lang": "en"}, opened)
    svg = render_sheet(layer, opened, SheetOptions(format="svg")).decode()
    assert re.search(r">(10|20) km<", svg) or re.search(r">5 km<", svg)


def test_the_country_stands_in_its_own_proportions(store: tuple[bool, Store]) -> None:
    _, opened = store
    units = map_geometry(opened, "commune", opened.info.timeline[-1].date, 1)
    assert units is not None
    whole = country_outline(opened, units.meridian)
    assert whole is not None
    west, south, east, north = whole.extent
    block = locator_map_block(whole, units, 8.0, False, "en")
    # With a strip below, a little less than a tenth of the height, for the islands' name.
    assert block.width / block.height == pytest.approx((east - west) / (1.09 * (north - south)))
    assert block.height == pytest.approx(12.5 * 8.0 * MM_PER_POINT)


@pytest.mark.parametrize(("bw", "colour"), [(False, ALERT), (True, INK)])
def test_the_units_are_marked_on_the_small_map(
    store: tuple[bool, Store], bw: bool, colour: str
) -> None:
    _, opened = store
    units = map_geometry(opened, "commune", opened.info.timeline[-1].date, 1)
    assert units is not None
    whole = country_outline(opened, units.meridian)
    assert whole is not None
    block, canvas = locator_map_block(whole, units, 8.0, bw, "en"), Canvas(100, 100)
    block.draw(canvas, Rect(10, 10, block.width, block.height))
    fills = [to_hex(patch.get_facecolor()) for patch in canvas.figure.findobj(PathPatch)]
    assert fills.count(colour) == 1
    assert canvas.credited_sources == set(whole.sources)


def test_islands_apart_are_no_narrower_than_their_name_and_as_high_as_eleven_lines(
    store: tuple[bool, Store],
) -> None:
    _, opened = store
    whole = country_outline(opened, 105.0)
    assert whole is not None
    drawn: list[Viewport] = []
    em = 8.0 * MM_PER_POINT
    block = islands_inset_block(whole, 8.0, "en", lambda _, view: drawn.append(view))
    assert block.height == pytest.approx(11 * em)
    west, south, east, north = shapely.total_bounds([shape for _, shape in whole.islands])
    own = block.height * (east - west) / (1.12 * (north - south))
    assert block.width == pytest.approx(max(own, 8 * em))
    canvas = Canvas(100, 100)
    block.draw(canvas, Rect(10, 10, block.width, block.height))
    assert len(drawn) == 1
    assert canvas.credited_sources == set(whole.sources)
    frames = [
        patch
        for patch in canvas.figure.findobj(PathPatch)
        if to_hex(patch.get_edgecolor()) == LINE and patch.get_facecolor()[3] == 0
    ]
    assert len(frames) == 1
    left, bottom, right, top = frames[0].get_path().get_extents().extents
    assert (right - left, top - bottom) == pytest.approx((block.width, block.height))
