"""A whole province from its files: the synthetic one, and the skeleton of a new one."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
import shapely

from geodata.build.pipeline import build_dataset
from geodata.check import check_dataset
from geodata.dataset import Dataset, read_dataset
from geodata.dataset_files import read_dataset_files
from geodata.dataset_files.skeleton import write_skeleton
from geodata.errors import FileFault
from geodata.faults import FileFaults
from geodata.model import Observation

BEFORE, SINCE = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
DIVIDED = "98006-20130101"


def communes(dataset: Dataset, day: dt.date) -> list[str]:
    return [u.unit_id for u in dataset.units if u.level == "commune" and u.valid_on(day)]


def figure(dataset: Dataset, unit: str, indicator: str, period: str) -> Observation:
    found = [
        o
        for o in dataset.observations
        if (o.unit_id, o.indicator, o.period, o.status) == (unit, indicator, period, "actual")
    ]
    assert len(found) == 1
    return found[0]


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.slow
def test_the_synthetic_province_is_built_without_a_fault(
    lam_khe_folder: Path, lam_khe_dataset: Dataset
) -> None:
    assert [fault.message("en") for fault in check_dataset(lam_khe_folder, lam_khe_folder)] == []
    assert len(communes(lam_khe_dataset, BEFORE)) == 16
    assert len(communes(lam_khe_dataset, SINCE)) == 5


@pytest.mark.slow
def test_the_same_inputs_give_the_same_bytes(lam_khe_folder: Path, lam_khe_copy: Path) -> None:
    shutil.rmtree(lam_khe_copy / "shipped")
    build_dataset(lam_khe_copy, lam_khe_copy)
    for path in (lam_khe_folder / "shipped").iterdir():
        assert (lam_khe_copy / "shipped" / path.name).read_bytes() == path.read_bytes(), path.name


def test_two_communes_of_one_name_keep_their_own_figures(lam_khe_dataset: Dataset) -> None:
    pair = [u for u in lam_khe_dataset.units if u.name.vi == "Bãi Lau"]
    assert {(u.code, u.parent_id) for u in pair} == {
        ("98003", "982-20130101"),
        ("98010", "981-20130101"),
    }
    people = {u.code: figure(lam_khe_dataset, u.unit_id, "population", "2019-04-01") for u in pair}
    assert people["98003"].quote.startswith("Hạ Khê,Bãi Lau,")
    assert people["98010"].quote.startswith("Thượng Khê,Bãi Lau,")


def test_the_divided_commune_went_to_two_with_the_stated_shares(lam_khe_dataset: Dataset) -> None:
    parts = [step for step in lam_khe_dataset.successions if step.from_id == DIVIDED]
    assert {step.to_id: (step.whole, step.share_population) for step in parts} == {
        "98001-20250701": (False, 0.7),
        "98009-20250701": (False, 0.3),
    }
    whole = [step for step in lam_khe_dataset.successions if step.from_id != DIVIDED]
    assert len(whole) == 15
    assert all(step.whole for step in whole)


def test_what_a_unit_has_below_it_adds_up(lam_khe_dataset: Dataset) -> None:
    below = ("98001", "98002", "98005", "98006", "98009", "98010", "98013", "98014")
    parts = [
        figure(lam_khe_dataset, f"{code}-20130101", "population", "2019-04-01") for code in below
    ]
    total = figure(lam_khe_dataset, "981-20130101", "population", "2019-04-01")
    assert total.value == sum(part.value for part in parts)


@pytest.mark.parametrize("day", [BEFORE, SINCE])
def test_the_communes_of_each_time_tile_the_province(
    lam_khe_dataset: Dataset, day: dt.date
) -> None:
    shapes = lam_khe_dataset.boundaries[3].set_index("unit_id").geometry
    parts = shapes[communes(lam_khe_dataset, day)].to_numpy()
    assert shapely.coverage_is_valid(parts)
    assert shapely.coverage_union_all(parts).equals(shapes["98-20040101"])


@pytest.mark.slow
def test_a_new_dataset_builds_as_it_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "my_place"
    written = write_skeleton(folder)
    assert {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} == {*written}
    manifest = build_dataset(folder, folder)
    assert manifest.dataset == "my_place"
    assert [fault.message("en") for fault in check_dataset(folder, folder)] == []
    dataset = read_dataset(folder)
    assert [u.level for u in dataset.units] == ["province", *["commune"] * 4]
    assert dataset.successions == ()
    density = figure(dataset, "00001-20250701", "population_density", "2025")
    assert density.value == pytest.approx(4200 / 28.77, abs=1e-4)
    people = figure(dataset, "00001-20250701", "population", "2025")
    assert people.concept == "resident-register"


def test_what_is_commented_out_in_a_new_dataset_is_read_once_it_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "my_place"
    write_skeleton(folder)
    for name in ("inputs/territory.toml", "events.toml", "dataset.toml"):
        path = folder / name
        lines = path.read_text(encoding="utf-8").splitlines()
        fields = ("# [", "#   {", "# ]")
        path.write_text(
            "\n".join(
                line[2:] if line.startswith(fields) or " = " in line.split("`")[0][:25] else line
                for line in (each if each.startswith("# ") else f"  {each}" for each in lines)
            ),
            encoding="utf-8",
        )
    files = read_dataset_files(folder)
    assert files.territory.predecessors is not None
    assert files.territory.province.official_area_km2 == 110.0
    assert [area.km2 for area in files.territory.official_areas] == [25.4]
    assert [len(event.changes) for event in files.events.events] == [2]
    assert files.info.local_crs == "EPSG:9205"


@pytest.mark.parametrize("name", ["My Place", "1place", "tỉnh"])
def test_a_folder_whose_name_is_no_id_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileFault, match="no id of a dataset"):
        write_skeleton(tmp_path / name)
    assert not (tmp_path / name).exists()


def test_nothing_that_exists_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    (tmp_path / "place" / "notes.txt").write_text("mine")
    with pytest.raises(FileFault, match="not empty"):
        write_skeleton(tmp_path / "place")
    assert [path.name for path in (tmp_path / "place").iterdir()] == ["notes.txt"]


def test_every_wrong_cell_and_file_of_the_inputs_is_told_at_once(lam_khe_copy: Path) -> None:
    spoil(lam_khe_copy, "data/forest_2024.csv", "98001,520.2", "98001,520k")
    spoil(lam_khe_copy, "data/forest_2024.csv", "98002,858.6", "98002,858k")
    spoil(lam_khe_copy, "observations/forest.csv", "98001-20250701", "98001-20240701")
    (lam_khe_copy / "data" / "elevation.asc").unlink()
    before = {p.name: p.read_bytes() for p in (lam_khe_copy / "shipped").iterdir()}
    with pytest.raises(FileFaults) as refused:
        build_dataset(lam_khe_copy, lam_khe_copy)
    told = refused.value.message("en")
    assert "forest_2024.csv:2 forest_ha: Not a number" in told
    assert "forest_2024.csv:3 forest_ha: Not a number" in told
    assert "observations/forest.csv:2 unit_id: There is no such unit" in told
    assert "elevation.asc: There is no such raster" in told
    assert {p.name: p.read_bytes() for p in (lam_khe_copy / "shipped").iterdir()} == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("data/crosswalk_2025.csv", "98002,", "99002,"), "crosswalk_2025.csv:3 old_code"),
        (("data/register_2025.csv", "65.90", "65.9k"), "register_2025.csv:3 area_km2"),
        (("data/register_2024.csv", "Xã Bến Đá", "Bến Đá"), "register_2024.csv:3 name"),
        (("data/forest_2024.csv", "98001,520.2", "98001,520k"), "forest_2024.csv:2 forest_ha"),
        (("data/communes_2013.geojson", '"district"', '"huyen"'), "Thị trấn Lam Khê ()"),
        (("data/communes_2013.geojson", "Xã Ao Sen", "Ao Sâu"), "Ao Sâu (Huyện Thượng Khê)"),
        (("inputs/territory.toml", 'district = "district", name', 'district = "x", name'), "field"),
        (("inputs/territory.toml", '"communes_2025.geojson"', '"none.gpkg"'), "none.gpkg"),
        (("events.toml", "98006-20130101", "98066-20130101"), "98066-20130101"),
        (("villages/names.csv", "98001-20250701", "98001-20240701"), "names.csv:2 commune"),
    ],
)
def test_a_fault_of_an_input_names_its_place(
    lam_khe_copy: Path, change: tuple[str, str, str], words: str
) -> None:
    spoil(lam_khe_copy, *change)
    with pytest.raises(FileFault) as refused:
        build_dataset(lam_khe_copy, lam_khe_copy)
    assert words in refused.value.message("en")


def test_the_check_tells_all_faults_of_the_files_at_once(lam_khe_copy: Path) -> None:
    spoil(lam_khe_copy, "inputs/tables.toml", '"census-2019"', '"census"')
    spoil(lam_khe_copy, "indicators/forest.toml", 'denominator = "natural_area"', "")
    spoil(lam_khe_copy, "dataset.toml", "EPSG:32648", "EPSG:4326")
    told = "\n".join(fault.message("en") for fault in check_dataset(lam_khe_copy))
    assert "inputs/tables.toml [table #3] source" in told
    assert "indicators/forest.toml [forest_cover_rate] denominator" in told
    assert "dataset.toml metric_crs" in told
