"""A dataset goes to disk and comes back the same; the real one keeps its promises."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from toy import build_toy, tables

from geodata.build.dataset_writer import write_dataset, write_manifest
from geodata.check import check_dataset
from geodata.dataset import (
    DETAILS,
    Dataset,
    dataset_version,
    default_dataset_folder,
    read_dataset,
    read_dataset_info,
    read_manifest,
)
from geodata.errors import FileFault
from geodata.i18n import Text
from geodata.model import Observation
from geodata.parsing import MAX_MAGNITUDE
from geodata.record_codec import from_row, read_csv, to_csv, to_row
from geodata.store import Store

MEBIBYTE = 2**20


def test_the_description_is_read(toy_folder: Path) -> None:
    info = read_dataset_info(toy_folder)
    assert (info.id, info.title.vi, info.default_theme) == ("toy", "Ô lưới", "population")
    assert info.reference_date == dt.date(2026, 6, 30)
    assert [step.date for step in info.timeline] == [dt.date(2013, 1, 1), dt.date(2025, 7, 1)]
    assert info.version == dataset_version(toy_folder)
    assert len(info.version) == 12


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('reference_date = "2026-06-30"', 'reference_date = "30/6/2026"', "reference_date"),
        ('date = "2013-01-01"', 'date = "2026-01-01"', "timeline"),
        ('metric_crs = "EPSG:32648"\n', "", "metric_crs"),
    ],
)
def test_a_wrong_description_is_refused(toy_copy: Path, old: str, new: str, words: str) -> None:
    path = toy_copy / "dataset.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(FileFault, match=rf"dataset\.toml {words}"):
        read_dataset_info(toy_copy)


def test_what_is_written_comes_back(toy_dataset: Dataset) -> None:
    made = tables()
    assert set(toy_dataset.units) == set(made.units)
    assert set(toy_dataset.successions) == set(made.successions)
    assert set(toy_dataset.accuracies) == set(made.accuracies)
    assert sorted(toy_dataset.observations, key=repr) == sorted(made.observations, key=repr)


def test_shapes_come_back_at_every_detail(toy_dataset: Dataset) -> None:
    made = tables().boundaries[3].set_index("unit_id").geometry
    for detail in DETAILS:
        frame = toy_dataset.boundaries[detail]
        assert set(frame["level"]) == {"province", "district", "commune"}
        for unit_id, shape in zip(frame["unit_id"], frame.geometry, strict=True):
            assert shapely.equals(shape, made[unit_id])


def test_two_writings_give_the_same_bytes(tmp_path: Path) -> None:
    folders = [build_toy(tmp_path / name / "dataset") for name in ("one", "two")]
    first, second = ({p.name: p.read_bytes() for p in f.glob("shipped/*")} for f in folders)
    assert first == second


def test_the_order_of_the_records_does_not_matter(tmp_path: Path, toy_folder: Path) -> None:
    folder = build_toy(tmp_path / "dataset")
    made = tables()
    turned = dataclasses.replace(
        made,
        units=list(made.units)[::-1],
        observations=list(made.observations)[::-1],
        successions=list(made.successions)[::-1],
    )
    assert write_dataset(folder, turned).version == read_manifest(toy_folder)["version"]


def test_the_version_follows_every_file(toy_copy: Path) -> None:
    versions = {dataset_version(toy_copy)}
    for name in ("shipped/units.csv", "themes.toml", "indicators/population.toml"):
        path = toy_copy / name
        path.write_text(path.read_text("utf-8") + "\n", encoding="utf-8")
        versions.add(dataset_version(toy_copy))
    assert len(versions) == 4
    write_manifest(toy_copy, {})
    assert dataset_version(toy_copy) in versions


def test_a_failed_build_leaves_what_was_shipped(toy_copy: Path) -> None:
    before = {path.name: path.read_bytes() for path in toy_copy.glob("shipped/*")}
    broken = dataclasses.replace(tables(), boundaries={3: None})  # type: ignore[dict-item]
    with pytest.raises(AttributeError):
        write_dataset(toy_copy, broken)
    assert {path.name: path.read_bytes() for path in toy_copy.glob("shipped/*")} == before
    assert not list(toy_copy.glob("shipped.*"))


def test_a_build_stopped_between_renamings_is_mended(toy_copy: Path) -> None:
    (toy_copy / "shipped").rename(toy_copy / "shipped.old")
    broken = dataclasses.replace(tables(), boundaries={3: None})  # type: ignore[dict-item]
    with pytest.raises(AttributeError):
        write_dataset(toy_copy, broken)
    assert read_dataset(toy_copy).units


def test_a_broken_topology_is_refused(toy_copy: Path) -> None:
    path = toy_copy / "shipped" / "boundaries-2.topojson"
    for text in ("", "[]", '{"objects": 3}', path.read_text("utf-8")[:1000]):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(FileFault, match=r"boundaries-2\.topojson"):
            read_dataset(toy_copy)


def test_a_broken_manifest_is_refused(toy_copy: Path) -> None:
    (toy_copy / "shipped" / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(FileFault, match=r"shipped/manifest\.json"):
        read_manifest(toy_copy)


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
numbers = st.floats(-MAX_MAGNITUDE, MAX_MAGNITUDE)
observations = st.builds(
    Observation,
    unit_id=words,
    indicator=words,
    period=words,
    status=st.sampled_from(["actual", "estimate", "plan", "target"]),
    value=numbers,
    source_id=words,
    quote=words | st.just('a "b", c\nd;=1+1'),
    scale=numbers,
    stated_percent=st.none() | numbers,
    coverage=st.none() | numbers,
    doubt=st.builds(Text, words, words),
    note=st.builds(Text, words, words),
)


@given(st.lists(observations, max_size=4))
def test_any_record_survives_the_table(
    tmp_path_factory: pytest.TempPathFactory, records: list[Observation]
) -> None:
    path = tmp_path_factory.mktemp("rows") / "t.csv"
    path.write_text(to_csv(Observation, records), encoding="utf-8", newline="")
    assert list(read_csv(Observation, path)) == records
    assert [from_row(Observation, to_row(record)) for record in records] == records


# The dataset that comes with the package


@pytest.mark.slow
def test_the_shipped_dataset_is_without_fault() -> None:
    shared = os.environ.get("PORTAL_SHARED")
    faults = check_dataset(default_dataset_folder(), Path(shared) if shared else None)
    assert [fault.message("en") for fault in faults] == []


def test_the_shipped_tables_are_small_enough() -> None:
    size = sum(path.stat().st_size for path in (default_dataset_folder() / "shipped").iterdir())
    assert size <= 3 * MEBIBYTE


def test_every_era_has_its_units(lai_chau_store: Store) -> None:
    counts = {
        (level, step.date): lai_chau_store.units(level=level, date=step.date).total
        for level in ("province", "district", "commune")
        for step in lai_chau_store.info.timeline
    }
    first, second, today = (step.date for step in lai_chau_store.info.timeline)
    assert counts == {
        ("province", first): 1,
        ("province", second): 1,
        ("province", today): 1,
        ("district", first): 8,
        ("district", second): 8,
        ("district", today): 0,
        ("commune", first): 108,
        ("commune", second): 106,
        ("commune", today): 38,
    }


def test_english_names_have_no_diacritics(lai_chau_dataset: Dataset) -> None:
    for unit in lai_chau_dataset.units:
        for name in (unit.name.en, unit.full_name.en):
            assert name, unit.unit_id
            assert name.isascii(), name


def test_a_reused_code_is_two_units(lai_chau_store: Store) -> None:
    old, new = lai_chau_store.versions("03390")
    assert (old.full_name.vi, old.valid_to) == ("Thị trấn Tam Đường", dt.date(2025, 7, 1))
    assert (new.full_name.vi, new.valid_to) == ("Xã Bình Lư", None)


def test_an_old_name_leads_to_the_commune_of_today(lai_chau_store: Store) -> None:
    hit = lai_chau_store.search("son binh")[0]
    assert hit.unit.full_name.vi == "Xã Sơn Bình"
    assert [unit.full_name.vi for unit in hit.current] == ["Xã Bình Lư"]
    assert lai_chau_store.search("binh lu")[0].unit.unit_id == "03390-20250701"


def test_spellings_of_the_sources_are_found(lai_chau_store: Store) -> None:
    for spelling in ("Ma Ly Pho", "Can Hồ", "Pa Vệ Sử", "Sin Súi Hồ", "Hua Bun", "Tà Gia"):
        assert lai_chau_store.search(spelling), spelling


def test_wrong_values_of_the_register_are_kept_and_doubtful(lai_chau_store: Store) -> None:
    day = lai_chau_store.info.timeline[-1].date
    values = lai_chau_store.values("population", "2025-07-01", "commune", day)
    assert len(values) == 38
    suspicious = [figure for figure in values.values() if figure.value in (0, 911)]
    assert len(suspicious) == 2
    assert all(figure.doubt for figure in suspicious)


def test_the_first_map_covers_the_communes_of_today(lai_chau_store: Store) -> None:
    indicator, period, level, date = lai_chau_store.default_layer()
    assert lai_chau_store.indicator(indicator).theme == lai_chau_store.info.default_theme
    assert len(lai_chau_store.values(indicator, period, level, date)) == 38


def test_a_district_has_the_communes_it_had(lai_chau_store: Store) -> None:
    # Sùng Phài went from Tam Đường to the city in 2020, and Nậm Loỏng into it.
    before, after = lai_chau_store.versions("106")
    names = [{unit.name.vi for unit in lai_chau_store.children(d.unit_id)} for d in (before, after)]
    assert names[0] - names[1] == {"Sùng Phài"}
    assert len(names[0]) == len(names[1]) + 1
