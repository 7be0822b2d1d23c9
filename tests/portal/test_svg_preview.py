"""The map that comes with the page: drawn by the server, replaced by the browser's."""

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest
import shapely

from portal.webmap import svg_preview

COVER = "/?indicator=forest_cover_rate&period=2026-H1&level=commune&date=2025-07-01"


def drawing(client, path):
    body = client.get(path).get_data(as_text=True)
    found = re.search(r'<svg class="preview".*?</svg>', body, re.DOTALL)
    return found[0] if found else ""


def fills(svg):
    return {
        unit: fill for fill, unit in re.findall(r'<path fill="([^"]+)" data-unit="([^"]+)"', svg)
    }


def legend_of(client, path):
    return client.get(path.replace("/", "/api/v1/values", 1)).get_json()["legend"]


def test_every_unit_has_the_colour_of_its_class(client):
    counted = Counter(fills(drawing(client, "/")).values())
    rows = legend_of(client, "/")["classes"]
    colours = {row["colour"]: row["count"] for row in rows if row["count"]}
    assert counted == colours | {svg_preview.LATTICE: 2}
    assert counted.total() == 38


def test_units_without_a_figure_are_hatched(client):
    svg = drawing(client, COVER)
    missing = sum(row["count"] for row in legend_of(client, COVER)["missing"])
    assert missing > 0
    assert Counter(fills(svg).values())[svg_preview.HATCH] == missing
    assert '<pattern id="preview-hatch"' in svg
    assert "preview-lattice" not in svg
    assert "<pattern" not in drawing(client, "/?indicator=natural_area")


def test_an_impossible_figure_has_a_pattern_of_its_own(client):
    svg = drawing(client, "/?indicator=population_density")
    odd = {unit for unit, fill in fills(svg).items() if fill == svg_preview.LATTICE}
    assert odd == {"03613-20250701", "03487-20250701"}
    assert '<pattern id="preview-lattice"' in svg
    assert "preview-hatch" not in svg


def test_under_symbols_the_units_are_grey(client):
    found = set(fills(drawing(client, "/?indicator=population&style=symbols")).values())
    assert found <= {svg_preview.PLAIN, svg_preview.HATCH, svg_preview.LATTICE}
    assert svg_preview.PLAIN in found


def test_symbols_stand_in_their_units_the_largest_behind(client, lai_chau_store):
    svg = drawing(client, "/?indicator=population&style=symbols")
    found = re.findall(r'class="symbol" transform="translate\((\S+) (\S+)\)" d="M-(\S+) 0a', svg)
    circles = [tuple(map(float, each)) for each in found]
    units = client.get("/api/v1/values?indicator=population&style=symbols").get_json()["units"]
    # A figure of 0 has no circle, as on paper, and neither has an impossible one.
    assert len(circles) == sum(bool(cell[0]) for cell in units.values())
    radii = [radius for _, _, radius in circles]
    assert radii == sorted(radii, reverse=True)
    assert radii[0] == pytest.approx(26, abs=0.1)
    kept = svg_preview.outlines(lai_chau_store, "commune", dt.date(2025, 7, 1))
    width, height = kept.size
    frame = lai_chau_store.boundaries("commune", dt.date(2025, 7, 1), 1).to_crs("EPSG:3857")
    west, south, east, north = frame.total_bounds
    for unit, shape in zip(frame["unit_id"], frame.geometry, strict=True):
        x, y = kept.anchors[unit]
        at = shapely.Point(west + x / width * (east - west), north - y / height * (north - south))
        assert shape.contains(at), unit


def test_the_content_policy_allows_it_and_readers_are_not_told_twice(client):
    svg = drawing(client, "/")
    assert "style" not in svg
    assert "<script" not in svg
    assert 'aria-hidden="true"' in svg


def test_it_lies_within_its_frame(client):
    svg = drawing(client, "/")
    width, height = map(float, re.search(r'viewBox="0 0 (\S+) (\S+)"', svg).groups())
    assert max(width, height) == svg_preview.SIDE
    spans = [0, 0, width, height]
    for data in re.findall(r' d="([^"]+)"', svg):
        for ring in data.split("z")[:-1]:
            x = y = 0
            start, steps = ring.removeprefix("M").split("l")
            numbers = [int(n) for n in re.findall(r"-?\d+", f"{start} {steps}")]
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + dx, y + dy
                assert -2 <= x <= width + 2
                assert -2 <= y <= height + 2
                spans = [max(spans[0], x), max(spans[1], y), min(spans[2], x), min(spans[3], y)]
    assert spans == pytest.approx([width, height, 0, 0], abs=8)


def test_it_is_light(client):
    assert len(drawing(client, "/")) < 16_000


def test_too_many_units_have_none(client, monkeypatch):
    monkeypatch.setattr(svg_preview, "MAX_UNITS", 37)
    assert drawing(client, "/?lang=en&classes=4") == ""
    assert drawing(client, "/?lang=en&classes=4&level=district&date=2020-02-01") != ""


def test_a_part_of_the_map_is_not_preceded_by_the_whole(client):
    body = client.get("/?view=22.3,103.1,11").get_data(as_text=True)
    assert '<noscript><svg class="preview"' in body
    assert '<noscript><svg class="preview"' not in client.get("/").get_data(as_text=True)


def test_the_toy_dataset_is_drawn_too(toy):
    assert fills(drawing(toy, "/"))


def test_the_legend_before_the_script_is_that_of_the_style(client):
    def legend(query: str) -> str:
        page = client.get(f"/?indicator=population&{query}").text
        return re.search(r'<ul class="legend-rows">(.*?)</ul>', page, re.DOTALL)[1]

    shaded, symbols = legend("style=choropleth"), legend("style=symbols")
    assert (shaded.count("<rect"), shaded.count("<path")) == (5, 0)
    assert (symbols.count("<rect"), symbols.count("<path")) == (0, 3)


def test_colours_of_pictures_drawn_by_the_server_hold_on_every_page() -> None:
    """A variable that only the map had drew the units of another page in black."""
    root = Path(__file__).parents[2]
    own = set(re.findall(r"(--[\w-]+):", (root / "static/css/tokens.css").read_text("utf-8")))
    used = {
        (path.name, name)
        for folder in ("portal", "layers/charts")
        for path in (root / folder).rglob("*.py")
        for name in re.findall(r"var\((--[\w-]+)\)", path.read_text("utf-8"))
    }
    assert used
    assert {(file, name) for file, name in used if name not in own} == set()
