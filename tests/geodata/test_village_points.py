"""Villages that documents name are found among named points, or stay known by name only."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
import shapely

from geodata.build.village_cells import village_cells
from geodata.build.village_points import CARRIED_FROM, FoundVillages, UnitsAbove, find_villages
from geodata.build.village_records import VillageRecords
from geodata.dataset import Dataset
from geodata.dataset_files import VillagePointsFile
from geodata.i18n import Text
from geodata.model import Unit, VillageMention, VillagePoint
from geodata.villages.import_record import ImportedVillage, VillageImport
from geodata.villages.merge_import import merge_imports
from geodata.villages.village_units import village_unit
from tests.toy import new_id, old_id

OLD, FURTHER, TODAY = old_id(1), old_id(2), new_id(1)
NOTE = Text("Theo điểm.", "By a point.")
RECIPE = VillagePointsFile("points.gpkg", "", "name", (), "grid", NOTE)


def middle(dataset: Dataset, commune: str, east: float = 0.0) -> tuple[float, float]:
    frame = dataset.boundaries[3].set_index("unit_id")
    point = frame.loc[commune, "geometry"].centroid
    return point.x + east, point.y


def at(dataset: Dataset, name: str, commune: str, east: float = 0.0) -> VillagePoint:
    return VillagePoint(name, *middle(dataset, commune, east), TODAY, "", "grid")


def village(dataset: Dataset, commune: str, number: int, name: str) -> Unit:
    parent = next(unit for unit in dataset.units if unit.unit_id == commune)
    return village_unit(parent, number, "hamlet", name, "report")


def found(dataset: Dataset, villages: list[Unit], points: list[VillagePoint]) -> FoundVillages:
    mentions = tuple(VillageMention(v.unit_id, v.name.vi, "2019", "report") for v in villages)
    records = VillageRecords(tuple(villages), mentions)
    above = UnitsAbove(dataset.units, dataset.successions, dataset.boundaries[3])
    return find_villages(RECIPE, points, records, above)


def placed(outcome: FoundVillages) -> dict[str, str]:
    return {point.name: point.unit_id for point in outcome.points if point.unit_id}


def test_a_village_of_a_former_commune_goes_on_in_todays_with_its_documents(toy_dataset) -> None:
    old = village(toy_dataset, OLD, 7, "Nà Cà")
    outcome = found(toy_dataset, [old], [at(toy_dataset, "Bản Nà Cà", OLD)])
    (today,) = (unit for unit in outcome.records.units if unit.unit_id != old.unit_id)
    assert today.unit_id == f"90001{CARRIED_FROM + 1}-20250701"
    assert (today.parent_id, today.boundary_quality, today.source_id) == (
        TODAY,
        "indicative",
        "grid",
    )
    assert [(s.from_id, s.to_id, s.whole) for s in outcome.successions] == [
        (old.unit_id, today.unit_id, True)
    ]
    (mention,) = (m for m in outcome.records.mentions if m.unit_id == today.unit_id)
    assert (mention.source_id, mention.note) == ("report", NOTE)
    assert placed(outcome) == {"Bản Nà Cà": today.unit_id}


def test_a_village_of_todays_commune_keeps_its_id(toy_dataset) -> None:
    today = village(toy_dataset, TODAY, 3, "Nà Cà")
    outcome = found(toy_dataset, [today], [at(toy_dataset, "Thôn Nà Cà", OLD)])
    assert [unit.unit_id for unit in outcome.records.units] == [today.unit_id]
    assert placed(outcome) == {"Thôn Nà Cà": today.unit_id}
    assert not outcome.successions


def test_one_village_named_in_both_eras_is_one_point(toy_dataset) -> None:
    old = village(toy_dataset, OLD, 1, "Nà Cà")
    today = village(toy_dataset, TODAY, 3, "Nà Cà")
    outcome = found(toy_dataset, [old, today], [at(toy_dataset, "Nà Cà", OLD)])
    assert placed(outcome) == {"Nà Cà": today.unit_id}
    assert [step.to_id for step in outcome.successions] == [today.unit_id]


def test_a_point_beyond_a_stray_old_line_is_taken_where_it_is_the_only_one(toy_dataset) -> None:
    old = village(toy_dataset, OLD, 1, "Nà Cà")
    outcome = found(toy_dataset, [old], [at(toy_dataset, "Nà Cà", FURTHER)])
    assert list(placed(outcome)) == ["Nà Cà"]


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([("Bản Nà Cà", OLD, 0.001)], id="two points of the name in its commune"),
        pytest.param([], id="a name that differs by its tone alone"),
    ],
)
def test_what_could_be_another_village_stays_known_by_name(toy_dataset, others) -> None:
    name = "Nà Cà" if others else "Na Cà"
    old = village(toy_dataset, OLD, 1, "Nà Cà")
    points = [at(toy_dataset, name, OLD), *(at(toy_dataset, *other) for other in others)]
    outcome = found(toy_dataset, [old], points)
    assert outcome.records.units == (old,)
    assert not placed(outcome)
    assert not outcome.successions


def test_two_villages_of_a_name_in_one_commune_of_today_stay_known_by_name(toy_dataset) -> None:
    villages = [village(toy_dataset, OLD, 1, "Nà Cà"), village(toy_dataset, FURTHER, 1, "Nà Cà")]
    points = [at(toy_dataset, "Nà Cà", OLD), at(toy_dataset, "Bản Nà Cà", FURTHER)]
    outcome = found(toy_dataset, villages, points)
    assert outcome.records.units == tuple(villages)
    assert not placed(outcome)


def test_the_cell_of_a_village_leaves_out_what_is_nearer_to_another_point(toy_dataset) -> None:
    known = village(toy_dataset, TODAY, 3, "Nà Cà")
    points = [
        replace(at(toy_dataset, "Nà Cà", OLD, -0.01), unit_id=known.unit_id),
        at(toy_dataset, "Nà Khan", OLD, 0.01),
    ]
    cells = village_cells(points, toy_dataset.boundaries, toy_dataset.info.metric_crs)
    frame = cells[3].set_index("unit_id")
    assert list(frame.index) == [known.unit_id]
    cell = frame.loc[known.unit_id, "geometry"]
    commune = toy_dataset.boundaries[3].set_index("unit_id").loc[TODAY, "geometry"]
    assert shapely.difference(cell, commune).area < 1e-6 * commune.area
    own, other = (shapely.Point(point.lon, point.lat) for point in points)
    assert cell.covers(own)
    assert not cell.covers(other)
    assert cell.covers(shapely.Point(own.x + 0.009, own.y))


def test_points_at_one_position_share_a_cell(toy_dataset) -> None:
    known = village(toy_dataset, TODAY, 3, "Nà Cà")
    point = at(toy_dataset, "Nà Cà", OLD)
    points = [replace(point, unit_id=known.unit_id), replace(point, name="Chợ")]
    cells = village_cells(points, toy_dataset.boundaries, toy_dataset.info.metric_crs)
    assert list(cells[1]["unit_id"]) == [known.unit_id]


def test_an_office_that_places_its_villages_replaces_the_cells_of_its_commune(toy_dataset) -> None:
    known = village(toy_dataset, TODAY, 3, "Nà Cà")
    points = [replace(at(toy_dataset, "Nà Cà", OLD), unit_id=known.unit_id)]
    cells = village_cells(points, toy_dataset.boundaries, toy_dataset.info.metric_crs)
    dataset = replace(
        toy_dataset,
        units=(*toy_dataset.units, replace(known, boundary_quality="indicative")),
        boundaries={
            detail: pd.concat([frame, cells[detail]], ignore_index=True)
            for detail, frame in toy_dataset.boundaries.items()
        },
    )
    lon, lat = middle(toy_dataset, OLD)
    placed_row = ImportedVillage("danh-sach.csv:2", "hamlet", "Nà Khan", lon, lat)
    named_row = ImportedVillage("danh-sach.csv:2", "hamlet", "Nà Khan")
    shaped = {}
    for row in (placed_row, named_row):
        merged = merge_imports(dataset, [VillageImport(TODAY, "Danh sách", (row,))])
        drawn = merged.boundaries[3]
        names = {unit.unit_id: unit.name.vi for unit in merged.units if unit.level == "village"}
        shaped[row] = {names[each] for each in drawn["unit_id"] if each in names}
        quality = {unit.name.vi: unit.boundary_quality for unit in merged.units}
        assert {name for name in names.values() if quality[name] != "none"} == shaped[row]
    assert shaped == {placed_row: {"Nà Khan"}, named_row: {"Nà Cà"}}


def test_a_layer_without_points_here_finds_nothing(toy_dataset) -> None:
    old = village(toy_dataset, OLD, 1, "Nà Cà")
    assert found(toy_dataset, [old], []).records.units == (old,)


def test_no_points_give_no_cells(toy_dataset) -> None:
    cells = village_cells([], toy_dataset.boundaries, toy_dataset.info.metric_crs)
    assert [len(frame) for frame in cells.values()] == [0, 0, 0]
