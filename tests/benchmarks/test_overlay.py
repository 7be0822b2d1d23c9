"""11,163 old communes on the country's 3,321 of today, beside tobler's table of the same areas."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

import geopandas as gpd
import numpy as np
import pytest

from geodata.i18n import Text
from geodata.model import Classification, Indicator, MeasureUnit, Observation
from geodata.recast.areal_overlay import OverlayTable, overlay
from geodata.recast.inputs import RecastInputs
from geodata.recast.rules import recast
from tests.benchmarks.budgets import Budget, Row

OLD = "data/national_commune_2013.parquet"
NEW = "data/national_commune_2025_20m.parquet"
CRS = "EPSG:6933"  # equal area; the country spans two UTM zones
RUNS = 3
_PEOPLE = Indicator(
    "people", "population", Text(""), Text("Dân số", "People"), Text(""),
    MeasureUnit("person", Text("người", "people"), Text("người", "people"), True), "count",
    None, None, None, "neutral", 0, 0.0, None, ("commune",), (), Classification(), "greens",
    "symbols",
)  # fmt: skip


@pytest.fixture(scope="module")
def layers(shared: Path | None) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Old and new communes in one metric CRS, valid, as both sides get them."""
    if shared is None or not (shared / OLD).is_file():
        pytest.skip("needs the shared data: set PORTAL_SHARED to its folder")
    return _layer(shared / OLD), _layer(shared / NEW)


def test_overlay_beside_tobler(
    hold: Callable, layers: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]
) -> None:
    # Comes with the extra `bench`, which the tests do without.
    peer = import_module("tobler.area_weighted.area_interpolate")
    old, new = layers

    def measure() -> list[Row]:
        ours, theirs = [], []
        for _ in range(RUNS):
            seconds, table = _timed(lambda: overlay(old, new, CRS))
            ours.append(seconds)
            seconds, areas = _timed(lambda: peer._area_tables_binning(old, new, "auto"))
            theirs.append(seconds)
        _same_areas(table, areas, old)
        words = f"best of {RUNS} each, ours on all cores and tobler on one"
        note = f"{words}; {areas.nnz} pieces, {table.slivers} of them set aside"
        return [
            Row("overlay and weights", 1e3 * min(ours), "ms", Budget(most_ratio=1 / 2),
                1e3 * min(theirs), note),
            _one_more(table),
        ]  # fmt: skip

    hold(measure)


def _layer(path: Path) -> gpd.GeoDataFrame:
    frame = gpd.read_parquet(path).to_crs(CRS)
    shapes = frame.geometry.make_valid()
    return gpd.GeoDataFrame({"unit_id": [f"{k:05d}" for k in range(len(frame))]}, geometry=shapes)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def _same_areas(table: OverlayTable, areas: Any, old: gpd.GeoDataFrame) -> None:
    """Both sides found the same land; tobler keeps single precision and counts overlaps twice."""
    inside = float((old.area * (1 - table.outside)).sum())
    assert inside == pytest.approx(float(areas.sum()), rel=1e-4)


def _one_more(table: OverlayTable) -> Row:
    """Recast one more indicator with the table at hand: value, status and coverage of every unit.

    The whole way from published figures, as the portal goes it; what a unit's value was made of is
    put together when it is asked for.
    """
    sources = table.crosswalk.sources
    values = np.random.default_rng(7).uniform(0, 1e4, len(sources))
    figures = {
        unit: Observation(unit, "people", "2019", "actual", value, "census")
        for unit, value in zip(sources, values.tolist(), strict=True)
    }
    runs = [
        _timed(lambda: recast(_PEOPLE, "2019", table.crosswalk, RecastInputs(figures)))
        for _ in range(21)
    ]
    arrays = runs[0][1].records.arrays
    kept = float(np.nansum(arrays.value))
    assert kept == pytest.approx(float((values * (1 - table.outside)).sum()))
    one = runs[0][1].records[table.crosswalk.targets[0]]
    assert one.value == arrays.value[0]
    assert one.contributions
    seconds = median(run[0] for run in runs)
    return Row("recast one more indicator", 1e3 * seconds, "ms", Budget(most=20))
