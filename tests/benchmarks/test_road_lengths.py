"""10,605 roads cut at the borders of 152 units of three eras, beside geopandas' overlay."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import geopandas as gpd
import pytest

from geodata.dataset import DETAILS, default_dataset_folder, read_boundaries, read_dataset
from geodata.model import Unit
from geodata.vectors.line_lengths import lengths_by_unit
from geodata.vectors.line_segments import distinct_segments, line_segments
from geodata.vectors.unit_shapes import UnitShapes, unit_shapes
from tests.benchmarks.budgets import Budget, Row

ROADS = "data/open/osm_roads_2021-08.gpkg"
CRS = "EPSG:32648"
RUNS = 3
DAYS = (dt.date(2024, 1, 1), dt.date(2025, 7, 1))


@pytest.fixture(scope="module")
def roads(shared: Path | None) -> gpd.GeoDataFrame:
    if shared is None or not (shared / ROADS).is_file():
        pytest.skip("needs the shared data: set PORTAL_SHARED to its folder")
    return gpd.read_file(shared / ROADS)


def test_road_lengths_beside_geopandas(hold: Callable, roads: gpd.GeoDataFrame) -> None:
    shapes = _boundaries()
    known = read_dataset(default_dataset_folder()).units

    def measure() -> list[Row]:
        ours, theirs = [], []
        for _ in range(RUNS):
            begin = time.process_time()
            units, found = _our_lengths(roads, shapes, known)
            middle = time.process_time()
            expected = _their_lengths(roads, shapes)
            ours.append(middle - begin)
            theirs.append(time.process_time() - middle)
        _same_lengths(units, found, expected)
        note = f"{len(roads)} roads, {len(units.units)} units, best of {RUNS} each"
        return [
            Row("road lengths by unit", 1e3 * min(ours), "ms", Budget(most_ratio=1 / 2),
                1e3 * min(theirs), note)
        ]  # fmt: skip

    hold(measure)


def _boundaries() -> gpd.GeoDataFrame:
    """The 38 communes of today, the 106 and the 8 districts before."""
    folder = default_dataset_folder()
    drawn = read_boundaries(folder / "shipped", DETAILS[-1])
    wanted = {
        unit.unit_id
        for unit in read_dataset(folder).units
        if unit.level in ("commune", "district") and any(unit.valid_on(day) for day in DAYS)
    }
    return drawn[drawn["unit_id"].isin(wanted)]


def _our_lengths(
    roads: gpd.GeoDataFrame, shapes: gpd.GeoDataFrame, known: Sequence[Unit]
) -> tuple[UnitShapes, dict[str, float]]:
    units = unit_shapes(known, shapes)
    lines = distinct_segments(line_segments(roads.geometry.to_numpy()))
    found = lengths_by_unit(lines, units, CRS)
    return units, dict(zip(units.unit_ids, found.tolist(), strict=True))


def _their_lengths(roads: gpd.GeoDataFrame, shapes: gpd.GeoDataFrame) -> dict[str, float]:
    """The plain way: cut everything by everything, then measure."""
    cut = gpd.overlay(
        roads, shapes[["unit_id", "geometry"]], how="intersection", keep_geom_type=True
    )
    lengths = cut.to_crs(CRS).length / 1000
    return dict(lengths.groupby(cut["unit_id"]).sum())


def _same_lengths(units: UnitShapes, ours: dict[str, float], theirs: dict[str, float]) -> None:
    for unit_id in units.unit_ids:
        assert ours[unit_id] == pytest.approx(theirs.get(unit_id, 0.0), rel=1e-5)
