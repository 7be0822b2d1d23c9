"""Lists of places as offices keep them: what is read, checked against the map, told or refused."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geodata.dataset import Dataset
from geodata.errors import FileFault, InvalidInput
from geodata.i18n import Text
from geodata.model import Place, PlaceCategory
from geodata.places.list_check import check_places
from geodata.places.place_ids import place_ids
from geodata.places.place_report import PlaceOptions, PlaceReport
from geodata.places.place_vocabulary import PLACE_VOCABULARY
from geodata.point_tables.table_file import read_table_file
from geodata.record_codec import from_row, read_csv, to_csv, to_row
from geodata.table_import.list_answers import NewPlaceCategory
from tests.toy import new_id

HEAD = ["STT", "Tên điểm", "Loại", "Xã", "Kinh độ", "Vĩ độ"]
FIRST, LAST = new_id(1), new_id(16)
SCHOOL = PlaceCategory("school", Text("Trường học", "Schools"))
SHARED = Path(os.environ.get("PORTAL_SHARED", "/nowhere"))


@pytest.fixture(scope="module")
def toy(toy_dataset: Dataset) -> Dataset:
    catalogue = replace(toy_dataset.catalogue, place_categories={"school": SCHOOL})
    return replace(toy_dataset, catalogue=catalogue)


def check_place_list(path: Path, options: PlaceOptions, dataset: Dataset) -> PlaceReport:
    """What a file gives that lists places."""
    table = read_table_file(path, PLACE_VOCABULARY, options.layer, tuple(options.columns.values()))
    return check_places(table, path.name, "", options, dataset)


def workbook(folder: Path, *rows: list[object], head: list[str] = HEAD) -> Path:
    book = openpyxl.Workbook()
    for row in (head, *rows):
        book.active.append(row)
    book.save(folder / "p.xlsx")
    return folder / "p.xlsx"


def school(number: int, commune: str = "", lon: object = 103.05, lat: object = None) -> list:
    """A row of its own point in the first commune, unless a test says otherwise."""
    north = round(22.35 + number / 1000, 3) if lat is None else lat
    return [number, f"Trường số {number}", "Trường học", commune, lon, north]


def told(report: PlaceReport) -> list[tuple[str, list[str]]]:
    assert all(f.what[lang] for f in report.findings for lang in ("vi", "en"))
    return [(f.code, [place.address for place in f.places]) for f in report.findings]


def test_a_list_of_an_office_gives_its_places_with_their_own_columns(toy, tmp_path) -> None:
    path = workbook(
        tmp_path,
        [1, "Trường A", "Trường học", "Hòa Bình", "103,05123", 22.35, 2015, "kiên cố"],
        [2, "Trường B", "trường  học", "Ứng Hòe", "103°21'00\"Đ", "22°03'36\"B", None, None],
        head=[*HEAD, "Năm hoàn thành", "Ghi chú"],
    )
    report = check_place_list(path, PlaceOptions(source_id="list"), toy)
    assert report.findings == ()
    assert report.places == (
        Place(
            "school-truong-a-90001", "Trường A", "school", 103.05123, 22.35, FIRST, FIRST, "agrees",
            (("Năm hoàn thành", "2015"), ("Ghi chú", "kiên cố")), "list",
            "1 | Trường A | Trường học | Hòa Bình | 103,05123 | 22.35 | 2015 | kiên cố",
        ),
        Place(
            "school-truong-b-90016", "Trường B", "school", 103.35, 22.06, LAST, LAST, "agrees",
            (), "list", "2 | Trường B | trường học | Ứng Hòe | 103°21'00\"Đ | 22°03'36\"B",
        ),
    )  # fmt: skip


def test_positions_in_metres_of_the_office_are_read(toy, tmp_path) -> None:
    east, north = Transformer.from_crs("EPSG:4326", "EPSG:9205", always_xy=True).transform(
        103.05, 22.35
    )
    path = workbook(
        tmp_path,
        [1, "Trạm", "Trường học", "", f"{north:.2f}".replace(".", ","), east],
        head=[*HEAD[:4], "X (m)", "Y (VN-2000)"],
    )
    (place,) = check_place_list(path, PlaceOptions(), toy).places
    assert (place.lon, place.lat) == (103.05, 22.35)
    assert (place.unit_id, place.commune_check) == (FIRST, "unwritten")


@pytest.mark.parametrize(
    "cell", ["22.35, 103.05", "22,35; 103,05", "103.05 22.35", "22°21'00\"B 103°03'00\"Đ"]
)
def test_two_coordinates_in_one_cell_are_read(toy, tmp_path, cell) -> None:
    path = workbook(tmp_path, ["A", "Trường học", cell], head=["Tên trường", "Loại", "Tọa độ"])
    (place,) = check_place_list(path, PlaceOptions(), toy).places
    assert (place.lon, place.lat) == (103.05, 22.35)


def test_one_coordinate_alone_does_not_outdo_a_cell_with_both(toy, tmp_path) -> None:
    row, head = ["A", "Trường học", "22.35, 103.05", 103.3], ["Tên trường", "Loại", "Tọa độ"]
    path = workbook(tmp_path, row, head=[*head, "Kinh độ"])
    (place,) = check_place_list(path, PlaceOptions(), toy).places
    assert (place.lon, place.lat) == (103.05, 22.35)


def test_all_positions_in_other_communes_than_written_are_one_finding(toy, tmp_path) -> None:
    path = workbook(tmp_path, school(1, "Đá Đỏ"), school(2, "Đá Đỏ"), school(3, "Lũng Pô"))
    report = check_place_list(path, PlaceOptions(), toy)
    (one,) = [each for each in report.findings if each.code == "D04"]
    assert one.count == len(one.places) == len(one.expected["vi"].split("; ")) > 1


def test_a_position_in_another_commune_than_the_one_written_is_told_with_both_names(
    toy, tmp_path
) -> None:
    path = workbook(tmp_path, school(1, "Đá Đỏ"), school(2, "Hòa Bình"))
    report = check_place_list(path, PlaceOptions(), toy)
    assert told(report) == [("D04", ["2"])]
    assert "Hòa Bình" in report.findings[0].expected["vi"]
    assert "Đá Đỏ" in report.findings[0].expected["vi"]
    (first, second) = report.places
    assert (first.unit_id, first.written_unit_id, first.commune_check) == (
        FIRST, new_id(3), "differs",
    )  # fmt: skip
    assert second.commune_check == "agrees"


def test_a_point_within_the_error_of_the_border_lies_where_the_list_says(toy, tmp_path) -> None:
    # The border of communes 1 and 3 runs along 103.2 degrees; 0.0004 degrees are 41 m.
    near, far = 103.2004, 103.201
    path = workbook(tmp_path, school(1, "Hòa Bình", near), school(2, "Hòa Bình", far))
    first, second = check_place_list(path, PlaceOptions(), toy).places
    assert (first.unit_id, first.commune_check) == (FIRST, "agrees")
    assert (second.unit_id, second.commune_check) == (new_id(3), "differs")


def test_a_place_outside_the_area_is_refused_with_words(toy, tmp_path) -> None:
    path = workbook(tmp_path, school(1), school(2, lon=103.6), school(3, lon=22.35, lat=103.05),
                    school(4, lat=22.36))  # fmt: skip
    report = check_place_list(path, PlaceOptions(), toy)
    assert [place.name for place in report.places] == ["Trường số 1", "Trường số 4"]
    outside = [finding for finding in report.findings if finding.code == "D02"]
    assert report.count("error") == len(outside) == 1
    assert [place.address for place in outside[0].places] == ["3", "4"]


def test_exchanged_numbers_are_told_as_such(toy, tmp_path) -> None:
    path = workbook(tmp_path, school(1), school(2, lat=22.36), school(3, lon=22.35, lat=103.05))
    (finding,) = check_place_list(path, PlaceOptions(), toy).findings
    assert "Exchange the two numbers" in finding.remedy["en"]
    assert "Hòa Bình" in finding.remedy["vi"]


def test_a_row_without_a_position_joins_the_commune_written(toy, tmp_path) -> None:
    path = workbook(
        tmp_path,
        school(1),
        school(2, "Đá Đỏ", "-", ""),
        school(3, "", "", ""),
        school(4, "Xã Không Có", "", ""),
    )
    report = check_place_list(path, PlaceOptions(), toy)
    assert told(report) == [("D03", ["4"]), ("D11", ["5"]), ("D07", ["3"])]
    ((asked),) = report.communes
    assert (asked.written, asked.rows, asked.unplaced) == ("Xã Không Có", 1, 1)
    answered = PlaceOptions(communes={"Xã Không Có": new_id(9)})
    assert [p.unit_id for p in check_place_list(path, answered, toy).places][2] == new_id(9)
    left_out = check_place_list(path, PlaceOptions(communes={"Xã Không Có": ""}), toy)
    assert ("D12", ["5"]) in told(left_out)
    joined = report.places[1]
    assert (joined.lon, joined.unit_id, joined.commune_check) == (None, new_id(3), "by_name")


def test_a_former_commune_is_read_as_what_it_became(toy, tmp_path) -> None:
    report = check_place_list(workbook(tmp_path, school(1, "Ánh Đào")), PlaceOptions(), toy)
    assert told(report) == [("D08", ["2"])]
    assert report.places[0].commune_check == "agrees"


def test_doubled_places_are_told_with_the_row_they_repeat(toy, tmp_path) -> None:
    path = workbook(
        tmp_path,
        school(1),
        [2, "Trường số 1", "Trường học", "", 103.06, 22.35],
        [3, "Trường số 3", "Trường học", "", 103.05, 22.351],
        [4, "Trường số 1", "Trường học", "", 103.25, 22.35],
        [5, "Camera 1", "Camera", "", 103.05, 22.351],
    )
    report = check_place_list(path, PlaceOptions(), toy)
    doubled = [f for f in report.findings if f.code == "D05"]
    assert [place.address for f in doubled for place in f.places] == ["3", "4"]
    assert all(finding.severity == "confirm" for finding in doubled)
    # The same name in another commune is another place, and so is a camera at the school.
    assert len(report.places) == 5
    assert len({place.id for place in report.places}) == 5


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        ({4: "103.05 độ"}, "E2"),
        ({5: None}, "F2"),
        ({1: None}, "B2"),
        ({2: None}, "C2"),
        ({1: "Trạm".encode().decode("cp1252")}, "B2"),
        ({3: "x" * 2001}, "D2"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_and_the_other_rows_are_kept(
    toy, tmp_path, cells, address
) -> None:
    row = [cells.get(n, cell) for n, cell in enumerate(school(1))]
    report = check_place_list(workbook(tmp_path, row, school(2)), PlaceOptions(), toy)
    assert told(report) == [("D01", [address])]
    assert [place.name for place in report.places] == ["Trường số 2"]


def test_an_unknown_category_is_asked_about_and_made_as_a_person_says(toy, tmp_path) -> None:
    path = workbook(
        tmp_path,
        [1, "Chợ A", "Chợ", "", 103.05, 22.35],
        [2, "Trường A", "Truong hoc", "", 103.06, 22.35],
    )
    report = check_place_list(path, PlaceOptions(), toy)
    assert [(c.written, c.category.id, c.new) for c in report.categories] == [
        ("Chợ", "cho", True), ("Truong hoc", "truong_hoc", True),
    ]  # fmt: skip
    assert [(c.asked, c.alike) for c in report.categories] == [(True, ()), (True, (SCHOOL,))]
    answered = PlaceOptions(
        categories={"Truong hoc": "school"},
        new_categories={"Chợ": NewPlaceCategory(name=Text("Chợ", "Markets"), symbol="market")},
    )
    report = check_place_list(path, answered, toy)
    assert not any(category.asked for category in report.categories)
    assert report.categories[0].category == PlaceCategory(
        "cho", Text("Chợ", "Markets"), symbol="market"
    )
    assert [place.category for place in report.places] == ["cho", "school"]
    with pytest.raises(InvalidInput):
        check_place_list(path, PlaceOptions(categories={"Chợ": "market"}), toy)


def test_the_category_may_stand_above_its_rows_or_be_said(toy, tmp_path) -> None:
    head = ["TT", "Tên điểm", "Kinh độ", "Vĩ độ"]
    rows = (["I", "Trường học"], [1, "A", 103.05, 22.35], ["II", "Chợ"], [1, "B", 103.06, 22.35])
    report = check_place_list(workbook(tmp_path, *rows, head=head), PlaceOptions(), toy)
    assert [place.category for place in report.places] == ["school", "cho"]
    path = workbook(tmp_path, [1, "A", 103.05, 22.35], head=head)
    with pytest.raises(FileFault, match="category"):
        check_place_list(path, PlaceOptions(), toy)
    (place,) = check_place_list(path, PlaceOptions(category="Trường học"), toy).places
    assert place.category == "school"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Tên điểm du lịch", "name"),
        ("Tên trường", "name"),
        ("Tên chủ hộ", ""),
        ("Tên xã", "commune"),
        ("Loại hình", "category"),
        ("Tọa độ GPS", "position"),
        ("Kinh độ (độ thập phân)", "x"),
        ("Y (VN-2000, KTT 103, múi 3)", "y"),
        ("Số phòng học", ""),
    ],
)
def test_headings_as_offices_write_them(heading, field) -> None:
    assert PLACE_VOCABULARY.field_of((heading,)) == field


def test_the_six_categories_of_a_province_are_found_in_their_communes(lai_chau_dataset) -> None:
    path = SHARED / "tables" / "places_schools_health_tourism.xlsx"
    if not path.is_file():
        pytest.skip("no shared tables")
    report = check_place_list(path, PlaceOptions(), lai_chau_dataset)
    assert Counter(each.category for each in report.places) == {
        "camera_an_ninh": 16, "truong_tieu_hoc": 15, "cong_trinh_nuoc_sach": 14,
        "truong_mam_non": 13, "tram_y_te": 11, "diem_du_lich_cong_dong": 10,
    }  # fmt: skip
    assert {place.commune_check for place in report.places} == {"agrees"}
    assert {(each.code, each.severity) for each in report.findings} == {("D10", "question")}
    assert len(report.findings) == 6, "each category is asked once, not once a row"


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)


@given(st.lists(st.tuples(texts, texts), max_size=4).map(tuple), texts)
def test_a_place_survives_its_row_and_its_csv(tmp_path_factory, columns, quote) -> None:
    place = Place("a", "A", "school", 103.05, None, FIRST, "", "unwritten", columns, "s", quote)
    assert from_row(Place, to_row(place)) == place
    path = tmp_path_factory.getbasetemp() / "places.csv"
    path.write_text(to_csv(Place, [place]), encoding="utf-8", newline="")
    assert read_csv(Place, path) == (place,)


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), texts, st.just(FIRST)), max_size=8))
def test_no_two_places_have_one_id(named) -> None:
    ids = [*place_ids(named)]
    assert len(set(ids)) == len(named)
    assert ids == [*place_ids(named)]
