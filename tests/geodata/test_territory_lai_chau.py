"""The shipped units and boundaries of Lai Châu."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from itertools import pairwise

import geopandas as gpd
import pytest
import shapely

from geodata.dataset import Dataset, default_dataset_folder
from geodata.model import Level, Unit
from geodata.topojson import decode

BEFORE_2020, BEFORE_2025, TODAY = dt.date(2019, 4, 1), dt.date(2025, 6, 30), dt.date(2025, 7, 1)


def units(dataset: Dataset, level: Level, day: dt.date) -> list[Unit]:
    return [unit for unit in dataset.units if unit.level == level and unit.valid_on(day)]


def shapes(dataset: Dataset, level: Level, day: dt.date, detail: int = 3) -> gpd.GeoSeries:
    ids = [unit.unit_id for unit in units(dataset, level, day)]
    return dataset.boundaries[detail].set_index("unit_id").geometry[ids]


def heirs(dataset: Dataset) -> dict[str, str]:
    return {step.from_id: step.to_id for step in dataset.successions if step.whole}


@pytest.mark.parametrize(
    ("day", "districts", "communes"),
    [(BEFORE_2020, 8, 108), (BEFORE_2025, 8, 106), (TODAY, 0, 38)],
)
def test_each_step_has_its_units(
    lai_chau_dataset: Dataset, day: dt.date, districts: int, communes: int
) -> None:
    assert len(units(lai_chau_dataset, "province", day)) == 1
    assert len(units(lai_chau_dataset, "district", day)) == districts
    assert len(units(lai_chau_dataset, "commune", day)) == communes


@pytest.mark.parametrize("detail", [1, 2, 3])
@pytest.mark.parametrize("day", [BEFORE_2020, BEFORE_2025, TODAY])
def test_every_level_tiles_the_province(
    lai_chau_dataset: Dataset, day: dt.date, detail: int
) -> None:
    province = shapes(lai_chau_dataset, "province", day, detail).iloc[0]
    assert province.geom_type == "Polygon"
    for level in ("district", "commune"):
        parts = shapes(lai_chau_dataset, level, day, detail)
        assert (parts.geom_type == "Polygon").all()
        assert parts.is_valid.all()
        if len(parts):
            assert shapely.coverage_is_valid(parts.values)
            assert shapely.coverage_union_all(parts.values).equals(province)


@pytest.mark.parametrize("detail", [1, 2, 3])
def test_the_106_tile_the_38(lai_chau_dataset: Dataset, detail: int) -> None:
    old = shapes(lai_chau_dataset, "commune", BEFORE_2025, detail)
    became = old.index.map(heirs(lai_chau_dataset))
    for successor, shape in shapes(lai_chau_dataset, "commune", TODAY, detail).items():
        assert shapely.coverage_union_all(old[became == successor].values).equals(shape)


@pytest.mark.parametrize("detail", [1, 2, 3])
def test_neighbours_and_eras_share_each_line_once(detail: int) -> None:
    path = default_dataset_folder() / "shipped" / f"boundaries-{detail}.topojson"
    frame = decode(path)
    communes, above = (
        {
            frozenset(side)
            for shape in frame[frame["object"].isin(levels)].geometry
            for side in pairwise(shape.exterior.coords)
        }
        for levels in (["commune"], ["province", "district"])
    )
    assert above < communes
    arcs = json.loads(path.read_text(encoding="utf-8"))["arcs"]
    assert sum(len(arc) - 1 for arc in arcs) == len(communes)


def test_districts_are_unions_of_their_communes(lai_chau_dataset: Dataset) -> None:
    communes = units(lai_chau_dataset, "commune", BEFORE_2025)
    finest = lai_chau_dataset.boundaries[3].set_index("unit_id").geometry
    for district in units(lai_chau_dataset, "district", BEFORE_2025):
        own = [unit.unit_id for unit in communes if unit.parent_id == district.unit_id]
        assert shapely.coverage_union_all(finest[own].values).equals(finest[district.unit_id])


def test_what_2020_changed(lai_chau_dataset: Dataset) -> None:
    finest = lai_chau_dataset.boundaries[3].set_index("unit_id").geometry
    successor = heirs(lai_chau_dataset)
    by_id = {unit.unit_id: unit for unit in lai_chau_dataset.units}
    # One code, two communes: 03403 was Nậm Loỏng and is Sùng Phài.
    assert by_id["03403-20130101"].name.vi == "Nậm Loỏng"
    assert by_id["03403-20200201"].name.vi == "Sùng Phài"
    assert successor["03397-20130101"] == "03403-20200201"
    assert successor["03386-20130101"] == "03386-20200201"
    assert successor["03556-20130101"] == successor["03550-20130101"] == "03550-20200201"
    assert by_id["03397-20130101"].parent_id == "106-20130101"
    assert by_id["03403-20200201"].parent_id == "105-20200201"
    for new, old in {
        "03403-20200201": ["03403-20130101", "03397-20130101"],
        "03550-20200201": ["03550-20130101", "03556-20130101"],
    }.items():
        assert shapely.coverage_union_all(finest[old].values).equals(finest[new])


def test_the_part_of_tam_duong_that_went_to_the_city(lai_chau_dataset: Dataset) -> None:
    parts = [s for s in lai_chau_dataset.successions if not s.whole and len(s.from_id) == 12]
    shares = {step.to_id: step.share_area or 0 for step in parts}
    assert {step.from_id for step in parts} == {"106-20130101"}
    assert sum(shares.values()) == pytest.approx(1, abs=1e-3)
    assert 0.02 < shares["105-20200201"] < 0.04
    assert sum(step.share_population or 0 for step in parts) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("old", "new"), [("03625-20130101", "03618-20250701"), ("03640-20130101", "03640-20250701")]
)
def test_strayed_communes_lie_in_their_successor_and_say_so(
    lai_chau_dataset: Dataset, old: str, new: str
) -> None:
    finest = lai_chau_dataset.boundaries[3].set_index("unit_id").geometry
    assert finest[old].difference(finest[new]).area == 0
    accuracy = {accuracy.unit_id: accuracy for accuracy in lai_chau_dataset.accuracies}[old]
    assert (accuracy.outside_share or 0) > 0.10
    assert "ngoài đơn vị kế thừa" in accuracy.note.vi
    assert "outside the successor" in accuracy.note.en


def test_nothing_over_a_limit_passes_unmentioned(lai_chau_dataset: Dataset) -> None:
    recipe = default_dataset_folder() / "inputs" / "territory.toml"
    limits = tomllib.loads(recipe.read_text(encoding="utf-8"))["limits"]
    for accuracy in lai_chau_dataset.accuracies:
        over = (
            abs(accuracy.area_difference or 0) > limits["area_difference"]
            or (accuracy.outside_share or 0) > limits["outside_share"]
            or (accuracy.deviation_m or 0) > limits["deviation_m"]
        )
        assert bool(accuracy.note) or not over
    today = {unit.unit_id for unit in units(lai_chau_dataset, "commune", TODAY)}
    measured = {t.unit_id: t.deviation_m for t in lai_chau_dataset.accuracies if t.deviation_m}
    assert set(measured) == today
    assert max(measured.values()) <= 60


def test_areas_agree_with_the_register_and_the_decrees(lai_chau_dataset: Dataset) -> None:
    accuracies = {accuracy.unit_id: accuracy for accuracy in lai_chau_dataset.accuracies}
    for unit in units(lai_chau_dataset, "commune", TODAY):
        assert abs(accuracies[unit.unit_id].area_difference or 1) < 0.02, unit.name.vi
    # Tá Bạ by Resolution 97/NQ-CP of 2011, though a quarter of it lies outside its old line.
    assert abs(accuracies["03440-20130101"].area_difference or 1) < 0.01


def test_every_old_commune_has_the_share_of_its_outline_that_was_cut(
    lai_chau_dataset: Dataset,
) -> None:
    shares = {t.unit_id for t in lai_chau_dataset.accuracies if t.outside_share is not None}
    old = [u for u in lai_chau_dataset.units if u.level == "commune" and u.valid_to is not None]
    assert shares == {unit.unit_id for unit in old}
    assert {unit.boundary_quality for unit in old} == {"indicative"}


def test_seats_lie_in_their_communes(lai_chau_dataset: Dataset) -> None:
    finest = lai_chau_dataset.boundaries[3].set_index("unit_id").geometry
    for unit in units(lai_chau_dataset, "commune", TODAY):
        assert finest[unit.unit_id].contains(shapely.Point(unit.seat_lon, unit.seat_lat)), unit
