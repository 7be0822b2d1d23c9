"""The first choropleth of the 38 communes: its data and its cold load, beside folium's own page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import geopandas as gpd
import pytest
import shapely
from playwright.sync_api import Browser

from geodata.dataset import Dataset
from tests.benchmarks.budgets import Budget, Row
from tests.benchmarks.chromium import Load, cold_load
from tests.benchmarks.layer import Shown
from tests.benchmarks.load_client import alternating
from tests.benchmarks.peers import Choropleth, Peer, folium_page, kilobytes, served

FULL_RESOLUTION = "data/lai_chau_commune_2025.gpkg"
RUNS = 11


@pytest.fixture(scope="module")
def folium_map(first_map: Shown, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    """folium's own page of the portal's first map."""
    layer = first_map.choropleth()
    folder = tmp_path_factory.mktemp("folium")
    # folium paints a unit without a value black, which is no colour of a class.
    coloured = int(layer.frame["value"].count())
    with served(folium_page(layer), coloured, folder) as peer:
        yield peer


def official_lines(layer: Choropleth, shared: Path) -> gpd.GeoSeries:
    """The official polygons of the layer's units in its order, EPSG:4326."""
    official = gpd.read_file(shared / FULL_RESOLUTION).set_index("code").geometry
    codes = layer.frame["unit_id"].str[:5]
    return gpd.GeoSeries(official.loc[codes].array, crs=official.crs)


def farthest_m(official: gpd.GeoSeries, drawn: gpd.GeoSeries, metric_crs: str) -> float:
    """The farthest that a vertex of an official line lies from the line drawn for it, metres."""
    outlines = drawn.to_crs(metric_crs).boundary
    points = [shapely.points(shapely.get_coordinates(g)) for g in official.to_crs(metric_crs)]
    pairs = zip(points, outlines, strict=True)
    return max(float(shapely.distance(near, outline).max()) for near, outline in pairs)


def test_data_of_the_first_map(
    hold: Callable, first_map: Shown, folium_map: Peer, shared: Path | None
) -> None:
    def measure() -> list[Row]:
        card = max(answer.sent for answer in first_map.cards.values())
        ours = (first_map.boundaries.sent + first_map.values.sent + card) / 1000
        parts = (
            f"boundaries {first_map.boundaries.sent / 1000:.1f}, "
            f"values {first_map.values.sent / 1000:.1f}, largest card {card / 1000:.1f} kB, gzip"
        )
        name = "1 data of the first map"
        rows = [Row(name, ours, "kB", Budget(most=40, most_ratio=1), folium_map.data_kb, parts)]
        if shared is not None:
            layer = first_map.choropleth()
            full = kilobytes(folium_page(layer.on(official_lines(layer, shared))))
            rows.append(Row(f"{name}, peer in full resolution", ours, "kB", Budget(), full))
        return rows

    hold(measure)


def test_error_of_the_boundaries(
    hold: Callable, lai_chau_dataset: Dataset, first_map: Shown, shared: Path | None
) -> None:
    """What the dataset's own report states, and what the served lines measure where that can be."""
    today = set(first_map.document["units"])
    stated = [one.deviation_m for one in lai_chau_dataset.accuracies if one.unit_id in today]

    def measure() -> list[Row]:
        name, budget = "1 geometry error", Budget(most=60)
        note = f"largest of {len(stated)} communes"
        rows = [Row(f"{name}, as reported", max(stated), "m", budget, note=note)]
        if shared is not None:
            layer = first_map.choropleth()
            official = official_lines(layer, shared)
            crs = lai_chau_dataset.info.metric_crs
            measured = farthest_m(official, layer.frame.geometry, crs)
            rows.append(Row(f"{name}, as served", measured, "m", budget))
        return rows

    hold(measure)
    assert len(stated) == first_map.expected.count


def test_cold_load(
    hold: Callable, browser: Browser, portal: str, first_map: Shown, folium_map: Peer
) -> None:
    def ours() -> Load:
        return cold_load(browser, f"{portal}/", first_map.expected)

    def peer() -> Load:
        return cold_load(browser, folium_map.address, folium_map.expected)

    def measure() -> list[Row]:
        mine, theirs = alternating(RUNS, ours, peer)
        sent = [median(load.kilobytes for load in loads) for loads in (mine, theirs)]
        half, name = Budget(most_ratio=0.5), "2 cold load to the"
        return [
            time_row(f"{name} last coloured polygon", "drawn_ms", half, mine, theirs),
            time_row(f"{name} interactive map", "interactive_ms", Budget(), mine, theirs),
            Row("2 everything over the wire", sent[0], "kB", Budget(), sent[1]),
        ]

    hold(measure)


def time_row(name: str, figure: str, budget: Budget, ours: list[Load], peer: list[Load]) -> Row:
    """The medians of one of the times of a `Load`, with how far the runs lie apart."""
    mine, theirs = ([getattr(load, figure) for load in loads] for loads in (ours, peer))
    spreads = [f"{min(times):.0f}-{max(times):.0f}" for times in (mine, theirs)]
    spread = f"ours {spreads[0]}, peer {spreads[1]} ms over {RUNS} runs each"
    return Row(name, median(mine), "ms", budget, median(theirs), spread)
