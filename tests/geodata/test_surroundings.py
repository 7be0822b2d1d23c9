"""The country around a dataset: made from a recipe, shipped, kept in the store."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geodata.build.surroundings import build_surroundings
from geodata.dataset import SURROUNDINGS_FILE, Dataset, default_dataset_folder
from geodata.dataset_files import SurroundingsFile
from geodata.dataset_files.surroundings_file import read_surroundings_file
from geodata.errors import FileFault
from geodata.faults import RAISE_FIRST
from geodata.store import Store

RECIPE = """
file = "country.parquet"
source = "somewhere"
code = "code"
group = "group"
tolerance_m = 2000.0
least_area_km2 = 50.0
[[islands]]
code = "{islands}"
name = {{ vi = "Đảo Xa", en = "Far Island" }}
least_area_km2 = 0.1
tolerance_m = 100.0
"""


def recipe(folder: Path, islands: str = "9") -> Path:
    """Four communes in two groups side by side, an islet of one and an island far off."""
    (folder / "inputs").mkdir(parents=True)
    (folder / "inputs" / "surroundings.toml").write_text(RECIPE.format(islands=islands))
    shapes = {
        "1": ("a", shapely.box(103, 20, 104, 21)),
        "2": ("a", shapely.box(104, 20, 105, 21).union(shapely.box(106.5, 20, 106.52, 20.02))),
        "3": ("b", shapely.box(103, 21, 104, 22)),
        "4": ("b", shapely.box(104, 21, 105, 22)),
        "9": ("b", shapely.box(110, 15, 110.1, 15.1)),
    }
    rows = [{"code": code, "group": group, "geometry": s} for code, (group, s) in shapes.items()]
    gpd.GeoDataFrame(rows, crs="EPSG:4326").to_parquet(folder / "country.parquet")
    return folder


def said(folder: Path) -> SurroundingsFile | None:
    path = folder / "inputs" / "surroundings.toml"
    return read_surroundings_file(path, {"somewhere"}, RAISE_FIRST)


@pytest.mark.slow
def test_groups_become_outlines_and_islands_stand_for_themselves(tmp_path: Path) -> None:
    folder = recipe(tmp_path)
    found = build_surroundings(said(folder), folder, "EPSG:32648").set_index("id")
    assert list(found["kind"]) == ["islands", "outline", "outline"]
    assert found.loc["9", "name_vi"] == "Đảo Xa"
    assert set(found["source_id"]) == {"somewhere"}
    first, second = found.geometry["a"], found.geometry["b"]
    assert first.bounds == pytest.approx((103, 20, 105, 21), abs=0.011)
    assert second.bounds == pytest.approx((103, 21, 105, 22), abs=0.011)
    assert first.intersection(second).area == pytest.approx(0, abs=1e-9)
    again = build_surroundings(said(folder), folder, "EPSG:32648").set_index("id")
    assert shapely.equals_exact(again.geometry.to_numpy(), found.geometry.to_numpy()).all()


def test_an_island_that_is_not_in_the_file_is_named(tmp_path: Path) -> None:
    folder = recipe(tmp_path, islands="8")
    with pytest.raises(FileFault) as caught:
        build_surroundings(said(folder), folder, "EPSG:32648")
    assert caught.value.found == "8"


def test_a_dataset_without_a_recipe_has_no_surroundings(tmp_path: Path) -> None:
    assert build_surroundings(said(tmp_path), tmp_path, "EPSG:32648").empty


def test_lai_chau_ships_the_country_with_its_archipelagos(lai_chau_dataset: Dataset) -> None:
    frame = lai_chau_dataset.surroundings
    assert (frame["kind"] == "outline").sum() == 34
    islands = frame[frame["kind"] == "islands"].set_index("name_vi")
    assert set(islands.index) == {"Hoàng Sa", "Trường Sa"}
    west, south, east, north = islands.geometry["Hoàng Sa"].bounds
    assert 111 < west < east < 113
    assert 15 < south < north < 17.5
    west, south, east, north = islands.geometry["Trường Sa"].bounds
    assert 109 < west < east < 118
    assert 7 < south < north < 12
    assert (default_dataset_folder() / "shipped" / SURROUNDINGS_FILE).stat().st_size < 16_000


def test_the_store_gives_back_what_lies_around(
    lai_chau_store: Store, lai_chau_dataset: Dataset
) -> None:
    kept, shipped = lai_chau_store.surroundings(), lai_chau_dataset.surroundings
    assert list(kept["id"]) == list(shipped["id"])
    assert shapely.equals(kept.geometry.to_numpy(), shipped.geometry.to_numpy()).all()
    assert {lai_chau_store.source(each).id for each in kept["source_id"]}


def test_a_file_that_is_not_at_hand_is_named(tmp_path: Path) -> None:
    folder = recipe(tmp_path)
    (folder / "country.parquet").unlink()
    with pytest.raises(FileFault, match=r"surroundings\.toml file: There is no such file.*country"):
        build_surroundings(said(folder), folder, "EPSG:32648")
