"""Lists of villages as offices keep them: what is read, set apart, reported or refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.dataset import Dataset, read_dataset
from geodata.errors import FileFault, InvalidInput, PortalError
from geodata.list_import.village_lists import period_above
from geodata.point_tables.commune_names import CommuneFinder
from geodata.point_tables.coordinate_detection import parse_degrees
from geodata.point_tables.table_file import read_table_file
from geodata.villages.import_report import VillageImportReport
from geodata.villages.importer import ImportOptions
from geodata.villages.village_headings import VILLAGE_VOCABULARY
from tests.toy import build_toy, new_id
from tests.village_lists import prepared

COMMUNE = new_id(16)
OPTIONS = ImportOptions(commune=COMMUNE, title="Danh sách thử", period="2026")
HEAD = ["STT", "Tên bản", "Dân số", "Số hộ"]


@pytest.fixture(scope="module")
def toy(tmp_path_factory) -> Dataset:
    return read_dataset(build_toy(tmp_path_factory.mktemp("forms") / "dataset"))


def workbook(folder: Path, *rows: list[object], merge: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merge:
        book.active.merge_cells(cells)
    book.save(folder / "b.xlsx")
    return folder / "b.xlsx"


def csv_of(folder: Path, text: str) -> Path:
    (folder / "b.csv").write_text(text, encoding="utf-8")
    return folder / "b.csv"


def report_of(toy: Dataset, path: Path, options: ImportOptions = OPTIONS) -> VillageImportReport:
    (found,) = prepared(path, options, toy)
    return found


def people(report: VillageImportReport) -> list[tuple[str, float | None, float | None]]:
    return [(row.name, row.population, row.households) for row in report.record.rows]


def refusal(toy: Dataset, path: Path, options: ImportOptions = OPTIONS) -> PortalError:
    with pytest.raises((FileFault, InvalidInput)) as found:
        prepared(path, options, toy)
    assert all(found.value.message(language) for language in ("vi", "en"))
    return found.value


def words(report: VillageImportReport) -> str:
    assert all(note["vi"] for note in report.notes)
    return " ".join(note["en"] for note in report.notes)


def test_a_form_with_letterhead_groups_numbering_and_total_is_read(toy, tmp_path) -> None:
    path = workbook(
        tmp_path,
        ["ỦY BAN NHÂN DÂN", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["XÃ THỬ"],
        [],
        ["DANH SÁCH CÁC BẢN"],
        ["TT", "Tên bản", "Hiện trạng", None, "Hộ nghèo", None],
        [None, None, "Số hộ", "Nhân khẩu", "Số hộ", "Tỷ lệ (%)"],
        ["A", "B", 1, 2, 3, "4=3/1"],
        ["I", "Vùng thấp"],
        [1, "Bản Nà Cà", 48, 210, 5, 10.42],
        [2, "Bản Thác Tình", 139, 1640, 12, 8.63],
        ["II", "Vùng cao"],
        [3, "Bản Chu Va 6", 71, 330, 20, 28.17],
        ["Tổng cộng", None, 258, 2179, 37, 14.34],
        [],
        [None, None, None, None, "Người lập biểu"],
        [None, "(Ký, ghi rõ họ tên)", None, None, None, None, "dấu"],
        merge=("A5:A6", "B5:B6", "C5:D5", "E5:F5", "A13:B13"),
    )
    report = report_of(toy, path)
    assert people(report) == [
        ("Nà Cà", 210, 48),
        ("Thác Tình", 1640, 139),
        ("Chu Va 6", 330, 71),
    ]
    said = words(report)
    for part in ("7 (A | B | 1", "8 (I | Vùng thấp), 11", "13 (Tổng cộng", "15 (Người lập"):
        assert part in said


def test_a_header_of_two_rows_is_read_without_merged_cells(toy, tmp_path) -> None:
    path = csv_of(tmp_path, "STT;Tên bản;Quy mô;\n;;Dân số;Số hộ\n1;Bản A;210;48\n")
    assert people(report_of(toy, path)) == [("A", 210, 48)]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        (("Tên thôn, bản",), "name"),
        (("Tên tổ dân phố",), "name"),
        (("Tên thôn (bản)",), "name"),
        (("Tổng số nhân khẩu",), "population"),
        (("Dân số, tính đến 31/12, người",), "population"),
        (("Số hộ (hộ)",), "households"),
        (("Quy mô", "Số hộ"), "households"),
        (("Vĩ độ (độ)",), "y"),
        (("Hộ nghèo", "Số hộ"), ""),
        (("Số hộ, nghèo, cận nghèo",), ""),
        (("Số hộ nghèo",), ""),
        (("Tên xã",), "commune"),
        (("",), ""),
    ],
)
def test_a_heading_says_what_its_column_holds(heading: tuple[str, ...], field: str) -> None:
    assert VILLAGE_VOCABULARY.field_of(heading) == field


def test_repeated_headings_stop_nothing_unless_they_are_needed(toy, tmp_path) -> None:
    path = workbook(tmp_path, ["Tên bản", "Nam", "Nữ", "Nam", "Nữ"], ["Bản A", 1, 2, 3, 4])
    report = report_of(toy, path)
    assert report.columns.ignored == ("Nam (B)", "Nữ (C)", "Nam (D)", "Nữ (E)")


def test_a_typed_number_is_the_number_it_is(toy, tmp_path) -> None:
    path = workbook(tmp_path, HEAD, [1, "Bản A", 210.125, 48])
    assert refusal(toy, path).where == "b.xlsx:2 Dân số"
    path = workbook(tmp_path, HEAD, [1, "Bản A", "1.640", 48.0])
    assert people(report_of(toy, path)) == [("A", 1640, 48)]


@pytest.mark.parametrize("day", [dt.datetime(2026, 3, 12), dt.time(3, 12), "12-Mar", "Mar-26"])  # noqa: DTZ001
def test_a_name_that_became_a_day_is_refused_with_the_way_out(toy, tmp_path, day) -> None:
    fault = refusal(toy, workbook(tmp_path, HEAD, [1, day, 210, 48]))
    assert fault.where == "b.xlsx:2 Tên bản"
    assert "as text" in fault.remedy["en"]


@pytest.mark.parametrize(
    "row", ["1,Bản A,1,210,48\n", "1,Bản A,210,48,,x\n"]
)  # fmt: skip
def test_a_row_wider_than_the_header_is_refused_with_its_number(toy, tmp_path, row: str) -> None:
    path = csv_of(tmp_path, "STT,Tên bản,Dân số,Số hộ\n2,Bản B,640,139\n" + row)
    assert refusal(toy, path).where == "b.csv:3"


@pytest.mark.parametrize("many", ["1" + ".000" * 110, "1 000 001", "1.000.001", "1e999", "9" * 400])
def test_more_people_than_there_can_be_are_refused_in_words(toy, tmp_path, many: str) -> None:
    path = csv_of(tmp_path, f"Tên bản;Dân số;Số hộ\nBản A;{many};48\n")
    assert refusal(toy, path).where == "b.csv:2 Dân số"


@pytest.mark.parametrize("nothing", ["-", "–", "…", "..."])
def test_a_dash_is_no_number(toy, tmp_path, nothing: str) -> None:
    path = csv_of(tmp_path, f"Tên bản;Dân số;Số hộ\nBản A;{nothing};48\n")
    assert people(report_of(toy, path)) == [("A", None, 48)]


def test_hidden_sheets_and_rows_and_old_encodings_are_named(toy, tmp_path) -> None:
    book = openpyxl.Workbook()
    for row in (HEAD, [1, "B¶n Nµ C¸", 210, 48], [2, "B¶n Th¸c T×nh", 640, 139]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.create_sheet("nháp").sheet_state = "hidden"
    book.save(tmp_path / "b.xlsx")
    report = report_of(toy, tmp_path / "b.xlsx")
    assert [row.name for row in report.record.rows] == ["Nà Cá", "Thác Tình"]
    said = words(report)
    assert "nháp" in said
    assert "Hidden rows, read as the others: 3" in said
    assert "2 cells were converted from TCVN3" in said


def test_a_commune_merged_down_or_heading_a_group_counts_for_its_rows(toy, tmp_path) -> None:
    name = CommuneFinder(toy).today[0].name.vi
    other = CommuneFinder(toy).today[1].name.vi
    free = ImportOptions(title="T", period="2026")
    rows = [[name, "Bản A", 1], [None, "Bản B", 2], [other, "Bản C", 3]]
    path = workbook(tmp_path, ["Xã", "Tên bản", "Dân số"], *rows, merge=("A2:A3",))
    found = {r.commune.name.vi: len(r.record.rows) for r in prepared(path, free, toy)}
    assert found == {name: 2, other: 1}
    path = workbook(
        tmp_path, HEAD, ["I", f"Xã {name}"], [1, "Bản A", 1, 1], ["II", f"Xã {other}"],
        [2, "Bản C", 3, 1], [3, "Bản D", 3, 1],
    )  # fmt: skip
    found = {r.commune.name.vi: len(r.record.rows) for r in prepared(path, free, toy)}
    assert found == {name: 1, other: 2}


def test_a_commune_is_found_by_its_successor_and_this_is_said(toy) -> None:
    finder = CommuneFinder(toy)
    whole = [each for each in toy.successions if each.whole]
    old = {unit.unit_id: unit for unit in toy.units if unit.level == "commune"}
    names = [unit.name.vi for unit in old.values()]
    said = 0
    for each in whole:
        unit = old.get(each.from_id)
        if unit is None or names.count(unit.name.vi) > 1:
            continue
        found = finder.find(unit.full_name.vi)
        assert found is not None
        assert found.unit.unit_id == each.to_id
        assert "now part of" in str(found.note)
        said += 1
    assert said
    assert finder.find("Không có xã này") is None
    assert finder.find("") is None


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("103°36'12\"Đ", 103.60333333), ("22°20'24\"B", 22.34), ("103.67279°", 103.67279),
        ("103,67279 º", 103.67279), ("22° 20′ 24,5″ N", 22.34013889), ("103°36'", 103.6),
        ("-10°30'", -10.5), ("103", None), ("103°61'", None), ("103°36'12\"W", None),
        ("22°20'24\"S", None), ("", None),
    ],
)  # fmt: skip
def test_degrees_are_read_with_minutes_and_seconds(text: str, degrees: float | None) -> None:
    found = parse_degrees(text)
    assert found == (None if degrees is None else pytest.approx(degrees, abs=1e-8))


@given(st.integers(0, 179), st.integers(0, 59), st.integers(0, 59))
def test_minutes_and_seconds_are_sixtieths(degrees: int, minutes: int, seconds: int) -> None:
    found = parse_degrees(f"{degrees}°{minutes:02d}'{seconds:02d}\"E")
    assert found is not None
    assert round(found * 3600) == degrees * 3600 + minutes * 60 + seconds


def test_degrees_that_lost_their_mark_are_refused_with_the_right_hint(toy, tmp_path) -> None:
    path = csv_of(tmp_path, "Tên bản;Kinh độ;Vĩ độ\nBản A;103.600.123;22.340.456\n")
    assert "decimal mark" in refusal(toy, path).remedy["en"]


def test_rows_without_a_position_are_named_and_a_point_in_a_multipoint_is_one(
    toy, tmp_path
) -> None:
    frame = toy.boundaries[3].set_index("unit_id").geometry
    point = frame[COMMUNE].representative_point()
    shapes = [shapely.MultiPoint([point]), None]
    gpd.GeoDataFrame({"name": ["Bản A", "Bản B"]}, geometry=shapes, crs=4326).to_file(
        tmp_path / "b.gpkg"
    )
    report = report_of(toy, tmp_path / "b.gpkg")
    assert (report.record.rows[0].lon, report.record.rows[0].lat) == (point.x, point.y)
    assert words(report) == "Without a position, so without an area of their own: B"


def test_a_list_of_names_alone_keeps_every_name(tmp_path) -> None:
    path = csv_of(tmp_path, "Tên bản\nBản I\nKhu 1\nTổng Pịnh\nXã Hội\n")
    rows = read_table_file(path, VILLAGE_VOCABULARY).rows
    assert [row.cells["Tên bản"] for row in rows] == ["Bản I", "Khu 1", "Tổng Pịnh", "Xã Hội"]


@given(st.lists(st.lists(st.sampled_from(
    ["", "Tên bản", "Dân số", "Số hộ", "Bản A", "I", "1", "2", "Tổng cộng", "Xã B", "A", "x"]),
    max_size=5), max_size=7))  # fmt: skip
def test_whatever_stands_in_a_sheet_is_read_or_refused_in_words(
    tmp_path_factory, rows: list[list[str]]
) -> None:
    path = csv_of(tmp_path_factory.mktemp("f"), "".join(";".join(row) + "\n" for row in rows))
    try:
        assert read_table_file(path, VILLAGE_VOCABULARY).rows
    except FileFault as fault:
        said = fault.message("vi"), fault.message("en")
    else:
        said = ("read",)
    assert all(said)


WORDS = [
    "", "Tên bản", "Dân số", "Số hộ", "Bản A", "I", "1", 2, 3.5, "Tổng cộng", "Xã B", "A", "STT",
    "Kinh độ", "-", "Hộ nghèo", None, "4=3/2", "(1)", "Ghi chú: x", "A" * 700,
]  # fmt: skip


@pytest.mark.slow
@settings(max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=6), max_size=8),
    st.lists(st.tuples(*[st.integers(1, 6)] * 2, *[st.integers(0, 3)] * 2), max_size=3),
)
def test_whatever_is_merged_in_a_sheet_is_read_or_refused_in_words(
    tmp_path_factory, rows, merged
) -> None:
    folder = tmp_path_factory.mktemp("m")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for top, left, down, across in merged:
        book.active.merge_cells(
            start_row=top, start_column=left, end_row=top + down, end_column=left + across
        )
    book.save(folder / "b.xlsx")
    try:
        found = read_table_file(folder / "b.xlsx", VILLAGE_VOCABULARY)
    except FileFault as fault:
        said = [fault.message("vi")]
    else:
        said = [str(len(found.rows)), *(note["vi"] for note in found.notes)]
    assert all(said)


@pytest.mark.parametrize(
    ("above", "sheet", "found"),
    [
        (["DANH SÁCH CÁC BẢN {name} NĂM 2026"], "Sheet", True),
        (["UBND {name}", "Danh sách cấp xã, kèm theo công văn"], "Sheet", True),
        (["Danh sách bản"], "{name}", True),
        (["Danh sách bản {name} và {other}"], "Sheet", False),
        (["Danh sách bản các xã, phường"], "Sheet", False),
    ],
)
def test_the_commune_of_a_list_is_taken_from_its_title_and_said(
    toy, tmp_path, above: list[str], sheet: str, found: bool
) -> None:
    units = {unit.unit_id: unit.full_name.vi for unit in toy.units}
    names = {"name": units[COMMUNE].upper(), "other": units[new_id(1)]}
    book = openpyxl.Workbook()
    book.active.title = sheet.format(**names)
    for row in ([text.format(**names)] for text in above):
        book.active.append(row)
    for row in (HEAD, [1, "Bản Mới", 120, 30], [2, "Bản Cũ", 80, 20]):
        book.active.append(row)
    path = tmp_path / "b.xlsx"
    book.save(path)
    untold = replace(OPTIONS, commune="")
    if not found:
        assert "Which commune is not said" in str(refusal(toy, path, untold))
        return
    report = report_of(toy, path, untold)
    assert report.commune.unit_id == COMMUNE
    assert f"The list is of {toy_name(toy)}" in words(report)
    # What a person says goes before the title.
    other = report_of(toy, path, replace(OPTIONS, commune=new_id(1)))
    assert other.commune.unit_id == new_id(1)


def toy_name(toy: Dataset) -> str:
    """English full name of the commune of these lists."""
    return next(unit.full_name.en for unit in toy.units if unit.unit_id == COMMUNE)


@pytest.mark.parametrize(
    ("above", "period"),
    [
        (["Danh sách bản năm 2026"], "2026"),
        (["DANH SÁCH BẢN", "(Tính đến 31/12/2025)"], "2025-12-31"),
        (["Danh sách bản", "Ứng Hòe, ngày 05 tháng 7 năm 2026"], ""),
        (["Danh sách bản năm 2025 và năm 2026"], ""),
    ],
)
def test_the_period_of_a_list_stands_above_it(tmp_path, above: list[str], period: str) -> None:
    path = workbook(tmp_path, *([text] for text in above), HEAD, [1, "Bản Mới", 120, 30])
    assert period_above(read_table_file(path, VILLAGE_VOCABULARY))[0] == period
