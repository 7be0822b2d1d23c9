"""All 3,321 communes of the country on one map, beside `GeoDataFrame.explore` of the same layer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import geopandas as gpd
import pytest
from playwright.sync_api import Browser

from geodata.store import create_store
from tests.benchmarks.budgets import Budget, Row
from tests.benchmarks.chromium import Load, cold_load
from tests.benchmarks.country import read_communes, simplified
from tests.benchmarks.country_dataset import country_dataset
from tests.benchmarks.layer import Shown, shown
from tests.benchmarks.load_client import alternating
from tests.benchmarks.peers import Choropleth, Peer, explore_page, served
from tests.benchmarks.serving import started

RUNS = 3
WORDS = ("full_name", "province", "value")


@pytest.fixture(scope="module")
def communes(shared: Path | None) -> gpd.GeoDataFrame:
    """The communes at 20 m."""
    if shared is None:
        pytest.skip("needs the shared data: set PORTAL_SHARED to its folder")
    return read_communes(shared)


@pytest.fixture(scope="module")
def country_portal(
    communes: gpd.GeoDataFrame, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The portal over a store of the country."""
    path = tmp_path_factory.mktemp("country") / "country.gpkg"
    create_store(path, country_dataset(simplified(communes))).close()
    with started("portal", path) as address:
        yield address


@pytest.fixture(scope="module")
def explored(
    communes: gpd.GeoDataFrame, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Peer]:
    """The page of `GeoDataFrame.explore`."""
    breaks = communes["value"].quantile([0, 0.2, 0.4, 0.6, 0.8, 1])
    columns = ["unit_id", "name", *WORDS, "geometry"]
    page = explore_page(Choropleth(communes[columns], WORDS, tuple(breaks)))
    with served(page, len(communes), tmp_path_factory.mktemp("explored")) as peer:
        yield peer


def test_whole_country(
    hold: Callable,
    browser: Browser,
    communes: gpd.GeoDataFrame,
    country_portal: str,
    explored: Peer,
) -> None:
    first = shown(country_portal, with_cards=False)
    assert first.expected.count == explored.expected.count

    def ours() -> Load:
        return cold_load(browser, f"{country_portal}/", first.expected)

    def peer() -> Load:
        return cold_load(browser, explored.address, explored.expected)

    def measure() -> list[Row]:
        return [data_row(first, explored), *load_rows(*alternating(RUNS, ours, peer))]

    hold(measure)


def data_row(first: Shown, peer: Peer) -> Row:
    ours = (first.boundaries.sent + first.values.sent) / 1000
    boundaries, values = (len(a.body) / 1000 for a in (first.boundaries, first.values))
    note = (
        f"boundaries {first.boundaries.sent / 1000:.0f} of {boundaries:.0f}, "
        f"values {first.values.sent / 1000:.0f} of {values:.0f} kB, gzip"
    )
    return Row("4 country, data", ours, "kB", Budget(most=500), peer.data_kb, note)


def load_rows(ours: list[Load], peer: list[Load]) -> list[Row]:
    def medians(figure: str) -> tuple[float, float]:
        mine, theirs = (median(getattr(load, figure) for load in loads) for loads in (ours, peer))
        return mine, theirs

    figures = ("drawn_ms", "heap_mb", "retained_mb", "kilobytes")
    drawn, heap, kept, sent = (medians(name) for name in figures)
    note = f"medians of {RUNS}; retained after a collection {kept[0]:.0f} against {kept[1]:.0f} MB"
    return [
        Row("4 country, time to drawn", drawn[0], "ms", Budget(most_ratio=1 / 5), drawn[1]),
        Row("4 country, JS heap", heap[0], "MB", Budget(most_ratio=1 / 6), heap[1], note),
        Row("4 country, everything over the wire", sent[0], "kB", Budget(), sent[1]),
    ]
