"""The first choropleth of the 38 communes: its data and its cold load, beside folium's own page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import geopandas as gpd
import pytest
from benchmarks.budgets import Budget, Row
from benchmarks.chromium import Load, cold_load
from benchmarks.layer import Shown
from benchmarks.load_client import alternating
from benchmarks.peers import Peer, folium_page, kilobytes, served
from playwright.sync_api import Browser

from geodata.dataset import Dataset

FULL_RESOLUTION = "data/lai_chau_commune_2025.gpkg"
RUNS = 7


@pytest.fixture(scope="module")
def folium_map(first_map: Shown, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    """folium's own page of the portal's first map."""
    layer = first_map.choropleth()
    folder = tmp_path_factory.mktemp("folium")
    with served(folium_page(layer), len(layer.frame), folder) as peer:
        yield peer


def full_resolution_page(first_map: Shown, shared: Path) -> str:
    """folium's page again, with the official lines as they are."""
    layer = first_map.choropleth()
    official = gpd.read_file(shared / FULL_RESOLUTION).set_index("code").geometry
    codes = layer.frame["unit_id"].str[:5]
    return folium_page(layer.on(gpd.GeoSeries(official.loc[codes].array, crs=official.crs)))


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
            full = kilobytes(full_resolution_page(first_map, shared))
            rows.append(Row(f"{name}, peer in full resolution", ours, "kB", Budget(), full))
        return rows

    hold(measure)


def test_error_of_the_boundaries(hold: Callable, lai_chau_dataset: Dataset) -> None:
    """The report of the dataset itself says how far its lines stray from the official ones."""
    today = {unit.unit_id for unit in lai_chau_dataset.units if unit.level == "commune"}
    strays = [
        truth.deviation_m
        for truth in lai_chau_dataset.truths
        if truth.unit_id in today and truth.deviation_m is not None
    ]

    def measure() -> list[Row]:
        note = f"largest of {len(strays)} communes by the dataset's own boundary report"
        name = "1 geometry error"
        return [Row(name, max(strays), "m", Budget(most=60), note=note)]

    hold(measure)
    assert len(strays) == 38


def test_cold_load(
    hold: Callable, browser: Browser, portal: str, first_map: Shown, folium_map: Peer
) -> None:
    def ours() -> Load:
        return cold_load(browser, f"{portal}/", first_map.expected)

    def peer() -> Load:
        return cold_load(browser, folium_map.address, folium_map.expected)

    def measure() -> list[Row]:
        mine, theirs = alternating(RUNS, ours, peer)
        drawn = [median(load.drawn_ms for load in loads) for loads in (mine, theirs)]
        sent = [median(load.kilobytes for load in loads) for loads in (mine, theirs)]
        spread = f"ours {spread_of(mine)}, peer {spread_of(theirs)} ms over {RUNS} runs each"
        return [
            Row("2 cold load", drawn[0], "ms", Budget(most_ratio=0.5), drawn[1], spread),
            Row("2 everything over the wire", sent[0], "kB", Budget(), sent[1]),
        ]

    hold(measure)


def spread_of(loads: list[Load]) -> str:
    times = [load.drawn_ms for load in loads]
    return f"{min(times):.0f}-{max(times):.0f}"
