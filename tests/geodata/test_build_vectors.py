"""Figures from layers among the inputs: built, shipped under their licence, kept without it."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geodata.build.figures import build_figures, kept_inputs
from geodata.build.pipeline import build_dataset
from geodata.check import check_dataset
from geodata.dataset import read_boundaries, read_dataset
from geodata.errors import FileFault
from geodata.faults import FileFaults

pytestmark = pytest.mark.slow

SOURCE = """
[[source]]
id = "open-map"
kind = "data"
title = { vi = "Bản đồ mở", en = "Open map" }
licence = "ODbL 1.0"
"""
INDICATOR = """
[[indicator]]
id = "road_length"
name = { vi = "Đường trên bản đồ", en = "Roads on the map" }
definition = { vi = "Chiều dài.", en = "Length." }
measure_unit = "km2"
kind = "count"
direction = "up"
decimals = 1
range = [0]
levels = ["province", "district", "commune"]
"""
RECIPE = """
[[vector]]
file = "roads.gpkg"
source = "open-map"
period = "2021-08"
exactness = { vi = "chưa đầy đủ", en = "not complete" }
extent = [100, 20, 110, 24]

[[vector.statistic]]
indicator = "road_length"
operation = "length"
where = { class = ["trunk"] }
"""
LICENCES = """
[odbl]
sources = ["open-map"]
notice = "(c) map contributors"
url = "https://opendatacommons.org/licenses/odbl/1-0/"
"""


@pytest.fixture
def mapped(lam_khe_copy: Path) -> Path:
    """The synthetic province with a road straight through it."""
    append(lam_khe_copy / "sources" / "sources.toml", SOURCE)
    append(lam_khe_copy / "indicators" / "population.toml", INDICATOR)
    append(lam_khe_copy / "inputs" / "vectors.toml", RECIPE)
    append(lam_khe_copy / "licences.toml", LICENCES)
    west, south, east, north = read_boundaries(lam_khe_copy / "shipped", 3).total_bounds
    middle = (south + north) / 2
    line = shapely.LineString([(west - 0.1, middle), (east + 0.1, middle)])
    frame = gpd.GeoDataFrame({"class": ["trunk"]}, geometry=[line], crs="EPSG:4326")
    frame.to_file(lam_khe_copy / "data" / "roads.gpkg", driver="GPKG")
    return lam_khe_copy


def append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def lengths(folder: Path) -> dict[str, float]:
    found = read_dataset(folder).observations
    return {each.unit_id: each.value for each in found if each.indicator == "road_length"}


def test_every_unit_of_every_era_gets_the_figure_and_levels_agree(mapped: Path) -> None:
    build_figures(mapped, mapped)
    found, units = lengths(mapped), read_dataset(mapped).units
    drawn = [unit for unit in units if unit.level != "village" and unit.boundary_quality != "none"]
    assert set(found) == {unit.unit_id for unit in drawn}
    whole = sum(found[unit.unit_id] for unit in drawn if unit.level == "province")
    for day in sorted({unit.valid_from for unit in drawn}):
        of_day = [u for u in drawn if u.level == "commune" and u.valid_on(day)]
        if of_day:
            total = sum(found[unit.unit_id] for unit in of_day)
            assert total == pytest.approx(whole, rel=1e-3)
    assert check_dataset(mapped, mapped) == []


def test_what_is_derived_of_a_share_alike_source_is_shipped_apart_with_its_notice(
    mapped: Path,
) -> None:
    build_figures(mapped, mapped)
    shipped = mapped / "shipped"
    with (shipped / "observations.odbl.csv").open(encoding="utf-8", newline="") as file:
        assert {row["source_id"] for row in csv.DictReader(file)} == {"open-map"}
    assert "open-map" not in (shipped / "observations.csv").read_text(encoding="utf-8")
    notice = (shipped / "LICENCE.odbl.txt").read_text(encoding="utf-8")
    assert "(c) map contributors" in notice
    assert "opendatacommons.org" in notice


def test_the_whole_build_and_that_of_the_figures_give_the_same_bytes(mapped: Path) -> None:
    build_figures(mapped, mapped)
    alone = {path.name: path.read_bytes() for path in (mapped / "shipped").iterdir()}
    shutil.rmtree(mapped / "shipped")
    build_dataset(mapped, mapped)
    assert {path.name: path.read_bytes() for path in (mapped / "shipped").iterdir()} == alone


def test_without_the_layer_its_figures_stay(mapped: Path, tmp_path: Path) -> None:
    build_figures(mapped, mapped)
    before = {path.name: path.read_bytes() for path in (mapped / "shipped").iterdir()}
    build_figures(mapped, tmp_path / "lam_khe" / "seeds")
    assert {path.name: path.read_bytes() for path in (mapped / "shipped").iterdir()} == before
    assert "roads.gpkg" in kept_inputs(mapped, tmp_path / "lam_khe" / "seeds")


def test_a_layer_that_was_never_at_hand_is_a_fault(mapped: Path) -> None:
    (mapped / "data" / "roads.gpkg").unlink()
    with pytest.raises(FileFault, match="no figure of it was shipped") as fault:
        build_figures(mapped, mapped)
    assert "roads.gpkg" in fault.value.message("en")


def test_all_faults_of_the_recipe_are_told_at_once(mapped: Path) -> None:
    path = mapped / "inputs" / "vectors.toml"
    spoiled = RECIPE.replace('"length"', '"share_within"').replace("[100, 20, 110, 24]", "[1, 2]")
    path.write_text(spoiled.replace("2021-08", "soon"), encoding="utf-8")
    with pytest.raises(FileFaults) as faults:
        build_figures(mapped, mapped)
    said = faults.value.message("en")
    for words in ("period", "extent", "operation"):
        assert "vectors.toml [vector #1" in said
        assert words in said


def test_a_seat_of_an_unknown_unit_is_a_fault(mapped: Path) -> None:
    append(mapped / "inputs" / "seats.csv", "unit,lon,lat,found\n00000-20250701,103,22,x\n")
    with pytest.raises(FileFault, match=r"seats.csv:2 unit"):
        build_figures(mapped, mapped)
