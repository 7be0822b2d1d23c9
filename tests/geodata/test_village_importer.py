"""Loading villages into a commune: the report, the units, their succession and the store.

The villages are synthetic; see tests/synthetic/README.md.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geodata.dataset import Dataset, read_dataset
from geodata.errors import FileFault, InvalidInput
from geodata.store import create_store
from geodata.store.village_imports import read_imports
from geodata.villages.import_record import import_from_json
from geodata.villages.import_report import VillageImportReport
from geodata.villages.importer import ImportOptions
from geodata.villages.merge_import import merge_imports
from tests.toy import build_toy, new_id
from tests.village_lists import prepared

SYNTHETIC = Path(__file__).parent.parent / "synthetic"
COMMUNE = new_id(16)
DAY = dt.date(2026, 6, 1)
OPTIONS = ImportOptions(title="Danh sách thử", period="2026", merged_on=DAY)
TODAY = dt.date(2025, 7, 1)


@pytest.fixture(scope="module")
def toy(tmp_path_factory) -> Dataset:
    return read_dataset(build_toy(tmp_path_factory.mktemp("villages") / "dataset"))


@pytest.fixture(scope="module")
def report(toy) -> VillageImportReport:
    (found,) = prepared(SYNTHETIC / "villages_ung_hoe.csv", OPTIONS, toy)
    return found


@pytest.fixture
def store(toy, report, tmp_path):
    found = create_store(tmp_path / "toy.gpkg", toy, [report.record])
    yield found
    found.close()


def changed(folder: Path, *swaps: tuple[str, str]) -> Path:
    text = (SYNTHETIC / "villages_ung_hoe.csv").read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    path = folder / "b.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_report_tells_new_joined_and_how_positions_were_read(report) -> None:
    assert (len(report.new), len(report.matched), report.faults) == (8, 0, 0)
    assert {name: len(rows) for name, rows in report.joined.items()} == {
        "Thử Nghiệm": 2,
        "Thử Năm": 2,
    }
    assert "EPSG:4326" in report.position_note["en"]
    assert report.weighted


def test_doubled_and_outside_rows_are_reported_and_not_applied(toy, tmp_path) -> None:
    path = changed(
        tmp_path, ("Bản Thử Ba,103.362", "Bản Thử Hai,103.362"), ("103.388,22.079", "103.45,22.079")
    )
    (found,) = prepared(path, OPTIONS, toy)
    (pair,) = found.duplicates
    assert (pair[0].where, pair[1].where) == ("b.csv:4", "b.csv:3")
    ((row, metres),) = found.outside
    assert row.name == "Thử Bốn"
    assert metres == pytest.approx(5150, abs=60)  # 0.05 degrees of longitude at 22° north
    assert found.faults == 2


def test_two_villages_on_one_point_are_doubled(toy, tmp_path) -> None:
    path = changed(tmp_path, ("103.362,22.081", "103.335,22.088"))
    (found,) = prepared(path, OPTIONS, toy)
    assert [(a.name, b.name) for a, b in found.duplicates] == [("Thử Ba", "Thử Hai")]


@pytest.mark.parametrize(
    ("options", "where"),
    [
        (replace(OPTIONS, title=""), "--source-title"),
        (replace(OPTIONS, period=""), "--period"),
        (replace(OPTIONS, merged_on=None), "--merged-on"),
        (replace(OPTIONS, merged_on=dt.date(2025, 7, 1)), "--merged-on"),
        (replace(OPTIONS, commune="99999"), "--commune"),
    ],
)
def test_what_the_command_line_leaves_out_is_asked_for(toy, options, where: str) -> None:
    with pytest.raises(InvalidInput) as found:
        prepared(SYNTHETIC / "villages_ung_hoe.csv", options, toy)
    assert found.value.where == where


def test_before_and_after_the_rearrangement_the_commune_is_filled(toy, report) -> None:
    dataset = merge_imports(toy, [report.record])
    frame = dataset.boundaries[3].set_index("unit_id").geometry
    whole = frame[COMMUNE]
    villages = [u for u in dataset.units if u.level == "village"]
    for day, count in ((DAY - dt.timedelta(days=1), 8), (DAY, 6)):
        shapes = [frame[u.unit_id] for u in villages if u.valid_on(day)]
        assert len(shapes) == count
        union = shapely.union_all(shapes)
        assert union.symmetric_difference(whole).area < 1e-6 * whole.area
        assert sum(s.area for s in shapes) == pytest.approx(whole.area, rel=1e-6)
    assert {u.boundary_quality for u in villages} == {"indicative"}


def test_a_merged_village_is_what_it_was_formed_from(toy, report) -> None:
    dataset = merge_imports(toy, [report.record])
    names = {u.unit_id: u.full_name.vi for u in dataset.units}
    steps = [(names[s.from_id], names[s.to_id]) for s in dataset.successions if s.date == DAY]
    assert sorted(steps) == [
        ("Bản Thử Bốn", "Bản Thử Năm"),
        ("Bản Thử Hai", "Thôn Thử Nghiệm"),
        ("Bản Thử Một", "Thôn Thử Nghiệm"),
        ("Bản Thử Năm", "Bản Thử Năm"),
    ]
    frame = dataset.boundaries[3].set_index("unit_id").geometry
    (new,) = (u for u in names if names[u] == "Thôn Thử Nghiệm")
    old = [s.from_id for s in dataset.successions if s.to_id == new]
    parts = shapely.union_all([frame[unit_id] for unit_id in old])
    assert frame[new].symmetric_difference(parts).area < 1e-6 * parts.area
    people = {o.unit_id: o.value for o in dataset.observations if o.indicator == "population"}
    assert people[new] == 210 + 640


def test_a_load_is_the_same_after_it_was_kept(report) -> None:
    assert import_from_json(report.record.to_json()) == report.record


def test_the_map_of_today_shows_the_villages_after_the_rearrangement(store) -> None:
    shown = store.units(level="village", date=TODAY, with_shape=True).items
    assert len(shown) == 6
    assert len(store.boundaries("village", TODAY, 1)) == 6
    values = store.values("population", "2026", "village", TODAY)
    assert sum(o.value for o in values.values()) == 210 + 640 + 330 + 150 + 480 + 520 + 90 + 1210
    (row,) = (r for r in store.coverage("population") if r.level == "village")
    assert (row.with_value, row.total) == (6, 6)
    exact = store.units(level="village", date=TODAY).items
    assert len(exact) == 8


def test_other_levels_are_as_without_villages(toy, report, store, tmp_path) -> None:
    plain = create_store(tmp_path / "plain.gpkg", toy)
    for level in ("province", "district", "commune"):
        assert [r for r in store.coverage() if r.level == level] == [
            r for r in plain.coverage() if r.level == level
        ]
    assert store.default_layer() == plain.default_layer()
    assert store.info.version.startswith(f"{plain.info.version}-")
    plain.close()


@pytest.mark.slow
def test_a_load_outlives_the_store_it_was_written_to(toy, report, tmp_path) -> None:
    path = tmp_path / "toy.gpkg"
    create_store(path, toy, [report.record]).close()
    kept = read_imports(path)
    assert kept == (report.record,)
    again = create_store(path, toy, kept)
    assert again.units(level="village").total == 10
    again.close()


def test_villages_already_known_by_name_get_their_shape_and_keep_their_id(toy, report) -> None:
    once = merge_imports(toy, [replace(report.record, merged_on=None)])
    known = {u.full_name.vi: u.unit_id for u in once.units if u.level == "village"}
    (again,) = prepared(SYNTHETIC / "villages_ung_hoe.csv", OPTIONS, once)
    assert {row.name: unit_id for row, unit_id in again.matched} == {
        name.removeprefix("Bản "): unit_id for name, unit_id in known.items()
    }
    assert not again.new


def test_polygons_are_checked_for_gaps_overlaps_and_straying(toy, tmp_path) -> None:
    west, south, east, north = 103.3, 22.0, 103.4, 22.1
    shapes = [
        shapely.box(west, south, west + 0.04, north),
        shapely.box(west + 0.03, south, west + 0.07, north),
        shapely.box(west + 0.08, south, east + 0.02, north),
    ]
    frame = gpd.GeoDataFrame({"name": ["Bản A", "Bản B", "Bản C"]}, geometry=shapes, crs=4326)
    frame.to_file(tmp_path / "b.gpkg")
    options = ImportOptions(title="Bản đồ thử", commune="90016")
    (found,) = prepared(tmp_path / "b.gpkg", options, toy)
    assert found.polygons.gap_share == pytest.approx(0.1, abs=1e-3)
    ((one, other, km2),) = found.polygons.overlaps
    assert (one, other) == (0, 1)
    assert km2 == pytest.approx(0.01 * 0.1 * 103.1 * 110.7, rel=0.01)
    ((number, share),) = found.polygons.outside
    assert (number, share) == (2, pytest.approx(0.5, abs=1e-3))
    assert found.faults == 2


@pytest.mark.slow
def test_polygons_that_cannot_be_laid_over_each_other_are_refused_in_words(toy, tmp_path) -> None:
    steps = np.arange(3_001)
    saw = np.column_stack([np.where(steps % 2, 103.399, 103.301), 22.0 + steps / 30_000])
    first = shapely.Polygon([(103.3, 22.0), *saw, (103.3, 22.1)])
    second = shapely.transform(
        first, lambda xy: np.column_stack([xy[:, 1] + 81.3, xy[:, 0] - 81.3])
    )
    frame = gpd.GeoDataFrame({"name": ["Bản A", "Bản B"]}, geometry=[first, second], crs=4326)
    frame.to_file(tmp_path / "b.gpkg")
    options = ImportOptions(title="Bản đồ thử", commune="90016")
    with pytest.raises(InvalidInput, match="cross too often") as refused:
        prepared(tmp_path / "b.gpkg", options, toy)
    assert refused.value.where == "b.gpkg"


def test_more_villages_than_one_commune_can_have_are_refused(toy, tmp_path) -> None:
    path = tmp_path / "b.csv"
    path.write_text("Tên bản\n" + "".join(f"Bản A {n}\n" for n in range(1_000)), encoding="utf-8")
    options = ImportOptions(title="Danh sách thử", commune="90016")
    with pytest.raises(FileFault) as refused:
        prepared(path, options, toy)
    assert (refused.value.where, refused.value.allowed_text("en")) == ("b.csv:1001", "≤ 999")


def test_overlaps_beyond_a_hundred_are_counted_no_further(toy, tmp_path) -> None:
    shapes = [shapely.box(103.3 + n / 1e4, 22.0, 103.39 + n / 1e4, 22.1) for n in range(20)]
    frame = gpd.GeoDataFrame({"name": [f"A {n}" for n in range(20)]}, geometry=shapes, crs=4326)
    frame.to_file(tmp_path / "b.gpkg")
    options = ImportOptions(title="Bản đồ thử", commune="90016")
    (found,) = prepared(tmp_path / "b.gpkg", options, toy)
    assert len(found.polygons.overlaps) == 100
    assert found.polygons.overlaps[0][:2] == (0, 1)


def test_sound_polygons_keep_their_quality_and_get_an_area(toy, tmp_path) -> None:
    halves = [shapely.box(103.3, 22.0, 103.35, 22.1), shapely.box(103.35, 22.0, 103.4, 22.1)]
    frame = gpd.GeoDataFrame({"name": ["Bản A", "Bản B"]}, geometry=halves, crs=4326)
    frame.to_file(tmp_path / "b.geojson")
    options = ImportOptions(title="Bản đồ thử", commune="Ứng Hòe", quality="official")
    (found,) = prepared(tmp_path / "b.geojson", options, toy)
    assert found.faults == 0
    dataset = merge_imports(toy, [found.record])
    villages = [u for u in dataset.units if u.level == "village"]
    assert {u.boundary_quality for u in villages} == {"official"}
    whole = next(u for u in dataset.units if u.unit_id == COMMUNE)
    total = sum(u.shape_area_km2 for u in villages)
    assert total == pytest.approx(whole.shape_area_km2, rel=1e-4)


def test_an_option_with_a_character_nobody_sees_is_refused(toy) -> None:
    options = replace(OPTIONS, title="Danh sách\x07 thử")
    with pytest.raises(InvalidInput) as found:
        prepared(SYNTHETIC / "villages_ung_hoe.csv", options, toy)
    assert found.value.where == "title"
