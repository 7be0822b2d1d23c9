"""Units and boundaries from input files, on a grid of sixteen communes that became five."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from territory_toy import (
    SUCCESSORS,
    cell,
    new_shapes,
    old_shapes,
    toy_territory,
    write_inputs,
)

from geodata.build.partition import partition_territory
from geodata.build.polygon_coverage import build_coverage
from geodata.build.positional_accuracy import hausdorff_distance
from geodata.build.source_outlines import OutlineFinder
from geodata.build.territory import BuiltTerritory
from geodata.build.unit_kinds import split_full_name
from geodata.dataset_files.territory_records import DivisionTable
from geodata.errors import FileFault, InvalidInput
from geodata.geodesy import area_km2, reproject
from geodata.topojson import GRID_STEP

DIVISION = DivisionTable(spacing_m=25, margin_m=30, minimum_share=0.05)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    root = tmp_path_factory.mktemp("territory")
    write_inputs(root / "toy", root / "data")
    return root / "toy", root / "data"


@pytest.fixture(scope="module")
def territory(folders: tuple[Path, Path]) -> BuiltTerritory:
    return toy_territory(*folders)


def shapes(territory: BuiltTerritory, level: str, day: dt.date, detail: int = 3) -> gpd.GeoSeries:
    ids = [u.unit_id for u in territory.units if u.level == level and u.valid_on(day)]
    return territory.boundaries[detail].set_index("unit_id").geometry[ids]


def predecessors(new: int) -> dict[str, shapely.Geometry]:
    outlines = old_shapes()
    return {str(n): outlines[n] for n in outlines if SUCCESSORS[n - 1] == new}


@pytest.mark.parametrize("new", sorted(set(SUCCESSORS)))
def test_predecessors_share_out_their_whole_successor(new: int) -> None:
    successor = new_shapes()[new]
    parts, _ = partition_territory(successor, predecessors(new), DIVISION)
    assert sum(part.area for part in parts.values()) == pytest.approx(successor.area)
    assert shapely.union_all(list(parts.values())).symmetric_difference(successor).area < 1
    for identity, part in parts.items():
        if identity not in ("13", "14"):  # 14 was drawn elsewhere and takes from 13.
            true = cell(int(identity))
            assert part.intersection(true).area > 0.9 * true.area


def test_a_predecessor_drawn_elsewhere_still_gets_a_territory() -> None:
    parts, missed = partition_territory(new_shapes()[9], predecessors(9), DIVISION)
    assert missed == {"14"}
    assert parts["14"].area > 1e5


def test_one_predecessor_is_its_successor_whatever_the_old_line_says() -> None:
    successor = new_shapes()[16]
    assert partition_territory(successor, {"16": old_shapes()[16]}, DIVISION) == (
        {"16": successor},
        set(),
    )


def test_neighbours_that_do_not_share_points_become_a_coverage() -> None:
    official = {str(n): reproject(s, "EPSG:32648", "EPSG:4326") for n, s in new_shapes().items()}
    fitted = build_coverage(official, {n: n for n in official}, GRID_STEP)
    edges = shapely.coverage_invalid_edges(list(new_shapes().values()))
    assert not shapely.is_empty(edges).all()
    assert shapely.coverage_is_valid(list(fitted.values()))
    coordinates = shapely.get_coordinates(list(fitted.values()))
    assert (coordinates == coordinates.round()).all()


def test_crumbs_go_to_a_neighbour_of_the_same_group_only() -> None:
    step = 1e-4
    left, right = shapely.box(103, 22, 103.01, 22.01), shapely.box(103.01, 22, 103.02, 22.01)
    crumb = shapely.box(103.018, 22.004, 103.019, 22.005)
    across = shapely.box(103.02, 22, 103.03, 22.01)
    given = {"a": left.union(crumb), "b": right.difference(crumb), "c": across}
    fitted = build_coverage(given, {"a": "x", "b": "x", "c": "y"}, step)
    assert {shape.geom_type for shape in fitted.values()} == {"Polygon"}
    assert fitted["b"].area * step**2 == pytest.approx(right.area)


def test_a_shape_lost_on_the_grid_is_named() -> None:
    given = {"big": shapely.box(103, 22, 103.1, 22.1), "tiny": shapely.box(104, 22, 104 + 1e-9, 23)}
    with pytest.raises(FileFault, match="tiny"):
        build_coverage(given, dict.fromkeys(given, "x"), 1e-3)


@pytest.mark.parametrize("detail", [1, 2, 3])
@pytest.mark.parametrize("day", [dt.date(2013, 1, 1), dt.date(2021, 1, 1), dt.date(2025, 7, 1)])
def test_every_level_of_every_era_tiles_the_province(
    territory: BuiltTerritory, day: dt.date, detail: int
) -> None:
    province = shapes(territory, "province", day, detail).iloc[0]
    for level in ("district", "commune"):
        parts = shapes(territory, level, day, detail)
        if len(parts):
            assert shapely.coverage_is_valid(parts.values)
            assert shapely.coverage_union_all(parts.values).equals(province)


def test_units_begin_and_end_with_the_events(territory: BuiltTerritory) -> None:
    count = {
        day: sum(u.level == "commune" and u.valid_on(day) for u in territory.units)
        for day in (dt.date(2013, 1, 1), dt.date(2021, 1, 1), dt.date(2025, 7, 1))
    }
    assert list(count.values()) == [16, 15, 5]
    merged = shapes(territory, "commune", dt.date(2021, 1, 1))["90001-20200201"]
    before = shapes(territory, "commune", dt.date(2013, 1, 1))
    parts = before[["90001-20130101", "90002-20130101"]].values
    assert shapely.coverage_union_all(parts).equals(merged)


def test_the_report_names_what_is_wrong_and_nothing_else(territory: BuiltTerritory) -> None:
    notes = {
        accuracy.unit_id: accuracy.note.en for accuracy in territory.accuracies if accuracy.note
    }
    assert "does not lie in the successor" in notes["90014-20130101"]
    assert "100.0% of the old outline" in notes["90014-20130101"]
    assert "lies outside the old outline" in notes["90014-20130101"]
    assert "smaller than the stated area" in notes["90016-20250701"]
    # The neighbours of the one that was drawn elsewhere take part of its place.
    assert set(notes) - {"90014-20130101", "90016-20250701"} <= {"90013-20130101", "90010-20130101"}


def test_an_unknown_spelling_is_listed_with_the_unit_left_over(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "toy"
    for file in (p for p in folders[0].rglob("*") if p.is_file()):
        target = folder / file.relative_to(folders[0])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    (folder / "aliases.csv").write_text("unit_id,alias,source_id\n", encoding="utf-8")
    with pytest.raises(FileFault) as caught:
        toy_territory(folder, folders[1])
    assert caught.value.found == "Xã Lúng (Huyện Đông)"
    assert [str(each) for each in caught.value.allowed] == ["Xã Lũng (Huyện Đông)"]


def test_an_outline_is_found_by_names_without_ranks_where_they_leave_no_doubt(
    territory: BuiltTerritory,
) -> None:
    communes = [
        unit for unit in territory.units
        if unit.level == "commune" and unit.valid_on(dt.date(2013, 1, 1))
    ]  # fmt: skip
    finder = OutlineFinder(communes, territory.units)
    districts = {unit.unit_id: unit for unit in territory.units}
    for unit in communes:
        district = districts[unit.parent_id]
        for above, name in product(
            (district.full_name.vi, district.name.vi), (unit.full_name.vi, unit.name.vi)
        ):
            assert finder.find(above, name) == unit.unit_id
    first = communes[0]
    twin = replace(first, unit_id="90099-20130101", kind="township")
    finder = OutlineFinder([*communes, twin], territory.units)
    district = districts[first.parent_id].full_name.vi
    assert finder.find(district, first.full_name.vi) == first.unit_id
    assert finder.find(district, first.name.vi) == ""
    assert finder.find("Huyện Nào Đó", first.full_name.vi) == ""


def test_a_commune_without_successor_stops_the_build(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    inputs = tmp_path / "data"
    inputs.mkdir()
    for file in folders[1].iterdir():
        (inputs / file.name).write_bytes(file.read_bytes())
    crosswalk = (inputs / "crosswalk.csv").read_text(encoding="utf-8").splitlines()
    (inputs / "crosswalk.csv").write_text("\n".join(crosswalk[:-1]) + "\n", encoding="utf-8")
    with pytest.raises(FileFault, match="90016-20130101"):
        toy_territory(folders[0], inputs)


def test_ranks_and_names_are_parted() -> None:
    assert split_full_name("Thị trấn Sìn Hồ") == ("township", "Sìn Hồ")
    assert split_full_name("Xã Pa ủ") == ("commune", "Pa Ủ")
    assert split_full_name("Thành phố Lai Châu") == ("city", "Lai Châu")
    with pytest.raises(InvalidInput, match="Xãa"):
        split_full_name("Xãa Bình Lư")


def test_deviation_sees_corners_cut_off_and_corners_added() -> None:
    square = shapely.box(0, 0, 1000, 1000)
    assert hausdorff_distance(square, shapely.box(0, 0, 1000, 1040)) == pytest.approx(40)
    cut = shapely.Polygon([(0, 0), (1000, 0), (1000, 900), (900, 1000), (0, 1000)])
    assert hausdorff_distance(square, cut) == pytest.approx(hausdorff_distance(cut, square))
    assert hausdorff_distance(square, cut) == pytest.approx(70.7, abs=0.1)


def test_area_is_measured_on_the_ellipsoid() -> None:
    # Karney's planimeter gives 12,308.778 km² for this cell of one degree at the equator.
    assert area_km2(shapely.box(103, 0, 104, 1)) == pytest.approx(12_308.778, abs=0.01)
