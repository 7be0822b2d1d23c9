"""What an office's file may be, and with which words everything else is refused."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest
import shapely

from geodata.errors import FileFault, InvalidInput, PortalError
from geodata.faults import FaultCollector
from geodata.point_tables import table_file
from geodata.point_tables.column_mapping import detect_columns
from geodata.point_tables.coordinate_detection import detect_coordinates
from geodata.point_tables.table_file import read_table_file
from geodata.villages.columns import parse_villages
from geodata.villages.village_headings import VILLAGE_VOCABULARY
from geodata.villages.village_units import split_kind, village_names

PLACE = shapely.box(102.0, 21.0, 105.0, 23.5)
SYSTEMS = ["EPSG:4326", "EPSG:9205"]


def rows_of(path: Path, systems: list[str] = SYSTEMS, layer: str = ""):
    table = read_table_file(path, VILLAGE_VOCABULARY, layer)
    return parse_villages(
        table, detect_columns(table, {}, path.name, VILLAGE_VOCABULARY), PLACE, systems
    )


def csv_of(folder: Path, text: str, name: str = "b.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path) -> PortalError:
    with pytest.raises((FileFault, InvalidInput)) as found:
        rows_of(path)
    for language in ("vi", "en"):
        assert found.value.message(language)
    return found.value


HEAD = "Tên bản,Kinh độ,Vĩ độ,Dân số\n"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (HEAD + "Bản A,103.2,22.1,x\n", "b.csv:2 Dân số"),
        (HEAD + "Bản A,103.2,22.1,-3\n", "b.csv:2 Dân số"),
        (HEAD + "Bản A,103.2,22.1,3.5\n", "b.csv:2 Dân số"),
        (HEAD + "Bản A,103.2,,3\n", "b.csv:2 Vĩ độ"),
        (HEAD + "Bản A,103.2,22.1,1\n,103.3,22.1,1\n", "b.csv:3 Tên bản"),
        (HEAD + "Bản A,nan,22.1,1\n", "b.csv:2 Kinh độ"),
        ("Tên,x\nA,1\n,2\n", "b.csv:3 Tên"),
        ("Mã,x\n1,2\n", "b.csv:1"),
        ("Tên bản,Tên thôn\nA,B\n", "b.csv:1"),
        ("Tên,Tên\nA,B\n", "b.csv:1"),
        ("Tên,Loại\nA,xã\n", "b.csv:2 Loại"),
        (HEAD + "Bản A,10.2,50.1,3\n", "b.csv:2 Kinh độ, Vĩ độ"),
        ("", "b.csv"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_place(tmp_path, text: str, where: str) -> None:
    assert refusal(csv_of(tmp_path, text)).where == where


@pytest.mark.parametrize(
    "raw", [b"Ten ban\nB\xb6n N\xb5 C\xb8\n", "Ten ban\nBaûn Naø Caù\n".encode("latin-1")]
)
def test_names_in_an_old_encoding_are_read(tmp_path, raw: bytes) -> None:
    path = tmp_path / "b.csv"
    path.write_bytes(raw)
    assert [(row.kind, row.name) for row in rows_of(path).rows] == [("hamlet", "Nà Cá")]


@pytest.mark.parametrize(
    "name", ["ThÃ´n PhÃº MÃ´n", "B\ufffdn N\ufffd", "B&#7843;n Nà", "Bản Nà_x000D_", "B?n N?"]
)
def test_a_damaged_name_is_refused_with_its_cell(tmp_path, name: str) -> None:
    assert refusal(csv_of(tmp_path, f"Tên bản,Dân số\n{name},10\n")).where == "b.csv:2 Tên bản"


@pytest.mark.parametrize("names", [("ThÃ´n PhÃº MÃ´n", "NÃ  CÃ "), ("NÃ\u00a0 CÃ\u00a0", "ThÃ´n")])
def test_a_name_of_which_only_capitals_are_left_is_refused_beside_damaged_ones(
    tmp_path, names: tuple[str, str]
) -> None:
    text = "".join(f"{name},10\n" for name in names)
    path, faults = csv_of(tmp_path, f"Tên bản,Dân số\n{text}"), FaultCollector()
    table = read_table_file(path, VILLAGE_VOCABULARY)
    columns = detect_columns(table, {}, path.name, VILLAGE_VOCABULARY)
    parse_villages(table, columns, PLACE, SYSTEMS, faults=faults)
    assert [fault.where for fault in faults.faults] == ["b.csv:2 Tên bản", "b.csv:3 Tên bản"]
    assert all("UTF-8" in fault.what["en"] for fault in faults.faults)


@pytest.mark.parametrize("name", ["Nà Cà", "NÀ CÀ", "NÃ CÃ", "XÃ BAN", "Cà Nà", "Hồ Thầu"])
def test_a_name_that_is_spelt_with_such_letters_is_read(tmp_path, name: str) -> None:
    path = csv_of(tmp_path, f"Tên bản,Dân số\n{name},10\nBản Lướt,20\n")
    assert [row.name for row in rows_of(path).rows] == [name, "Lướt"]


def test_files_too_large_or_too_long_are_refused(tmp_path, monkeypatch) -> None:
    path = csv_of(tmp_path, HEAD + "Bản A,103.2,22.1,1\n" * 5)
    monkeypatch.setattr(table_file, "MAX_ROWS", 4)
    assert refusal(path).found == "> 4"
    monkeypatch.setattr(table_file, "MAX_BYTES", 10)
    assert "too large" in refusal(path).what["en"]


def test_a_damaged_workbook_and_an_unknown_kind_are_refused(tmp_path) -> None:
    assert refusal(csv_of(tmp_path, "x", "b.xlsx")).where == "b.xlsx"
    assert refusal(csv_of(tmp_path, "x", "b.pdf")).allowed == table_file.ENDINGS
    assert refusal(csv_of(tmp_path, "{", "b.geojson")).where == "b.geojson"
    assert refusal(tmp_path / "none.csv").what["en"] == "There is no such file"


@pytest.mark.parametrize(
    ("written", "people"),
    [("2.000", 2000), ("1.250", 1250), ("1,250", 1250), ("1 250", 1250), ("1.002.003", 1002003),
     ("0", 0), ("415", 415), ("415.0", 415), ("415,0", 415)],
)  # fmt: skip
def test_people_are_counted_in_thousands_as_an_office_writes_them(
    tmp_path, written: str, people: int
) -> None:
    path = csv_of(tmp_path, f'Tên bản,Dân số\nBản A,"{written}"\n')
    if people > 1_000_000:
        assert refusal(path).found == written
    else:
        assert rows_of(path).rows[0].population == people


@pytest.mark.parametrize("written", ["1_000", "1e3", "inf", "٤١٥", "1.00.000", "=1+1", "#DIV/0!"])
def test_what_no_office_writes_for_a_number_is_refused(tmp_path, written: str) -> None:
    path = csv_of(tmp_path, f"Tên bản,Dân số\nBản A,{written}\n")
    assert refusal(path).where == "b.csv:2 Dân số"


def test_degrees_with_a_decimal_comma_are_read(tmp_path) -> None:
    path = csv_of(tmp_path, "Tên bản;Kinh độ;Vĩ độ\nBản A;103,315;22,085\n")
    assert [(r.lon, r.lat) for r in rows_of(path).rows] == [(103.315, 22.085)]


@pytest.mark.parametrize("name", ["b.gpkg", "b.geojson", "b.json"])
def test_a_file_that_leads_to_another_file_is_not_followed(tmp_path, name: str) -> None:
    (tmp_path / "secret.csv").write_text("name,x,y\nroot,103.4,22.3\n")
    layer = f"<SrcDataSource>{tmp_path}/secret.csv</SrcDataSource>"
    virtual = f'<OGRVRTDataSource><OGRVRTLayer name="secret">{layer}</OGRVRTLayer>'
    path = csv_of(tmp_path, f"{virtual}</OGRVRTDataSource>", name)
    assert refusal(path).what["en"] == "The content is not what the file's name says"


@pytest.mark.parametrize(
    "sheet",
    ['<row r="1"><c r="A1"', '<row r="x"><c r="??" t="s"><v>99</v></c></row>', "<row>&none;</row>"],
)
def test_a_workbook_broken_inside_is_refused_like_one_broken_outside(tmp_path, sheet: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Tên bản"])
    book.save(tmp_path / "whole.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "whole.xlsx") as whole,
        zipfile.ZipFile(tmp_path / "b.xlsx", "w") as broken,
    ):
        for part in whole.namelist():
            content = whole.read(part)
            if part.endswith("sheet1.xml"):
                content = re.sub(rb"<row.*", sheet.encode(), content, flags=re.DOTALL)
            broken.writestr(part, content)
    assert refusal(tmp_path / "b.xlsx").what["en"] == "The file cannot be read"


def test_a_formula_nobody_worked_out_is_refused_not_read_as_empty(tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Tên bản", "Dân số"])
    book.active.append(["Bản A", "=100+20"])
    book.save(tmp_path / "b.xlsx")
    fault = refusal(tmp_path / "b.xlsx")
    assert (fault.where, fault.found) == ("b.xlsx:2 B", "=100+20")


@pytest.mark.parametrize("name", ["Nà\x00Cà", "Nà\x07Cà", "\u202eNà Cà", "Nà\u200bCà"])
def test_a_name_with_a_character_nobody_sees_is_refused(tmp_path, name: str) -> None:
    path = csv_of(tmp_path, f"Tên bản\nBản {name}\n")
    assert refusal(path).where == "b.csv:2 Tên bản"


def test_a_shape_in_metres_that_says_it_is_in_degrees_is_refused(tmp_path) -> None:
    frame = gpd.GeoDataFrame(
        {"name": ["A"]}, geometry=[shapely.Point(563000, 2467000)], crs="EPSG:9205"
    )
    frame.set_crs("EPSG:4326", allow_override=True).to_file(tmp_path / "b.gpkg")
    assert refusal(tmp_path / "b.gpkg").where == "b.gpkg:1"


def test_a_property_that_is_a_list_is_read_as_text(tmp_path) -> None:
    point = '{"type":"Point","coordinates":[103.3,22.1]}'
    feature = f'{{"type":"Feature","properties":{{"name":"A","s":["b","c"]}},"geometry":{point}}}'
    path = csv_of(tmp_path, f'{{"type":"FeatureCollection","features":[{feature}]}}', "b.geojson")
    assert [row.name for row in rows_of(path).rows] == ["A"]


def test_vn2000_is_recognised_by_its_numbers_whichever_column_points_north() -> None:
    north, east = [2443106.83, 2439469.36], [532308.66, 539438.04]
    vn = detect_coordinates(north, east, PLACE, SYSTEMS)
    assert (vn.crs, vn.swapped) == ("EPSG:9205", True)
    assert detect_coordinates(east, north, PLACE, SYSTEMS).swapped is False
    lon, lat = vn.positions(north, east)[0]
    assert (lon, lat) == pytest.approx((103.315, 22.085), abs=1e-6)


def test_degrees_are_recognised_in_either_order() -> None:
    assert detect_coordinates([103.2], [22.1], PLACE, SYSTEMS).crs == "EPSG:4326"
    assert detect_coordinates([22.1], [103.2], PLACE, SYSTEMS).swapped is True


def test_numbers_of_another_zone_are_not_guessed() -> None:
    # UTM 48 north: the easting of the same place lies 300 km away from that of VN-2000, 103°00'.
    with pytest.raises(InvalidInput) as found:
        detect_coordinates([325000.0], [2443000.0], shapely.box(102.9, 21.9, 103.6, 22.5), SYSTEMS)
    assert "EPSG" in found.value.remedy["en"]


def test_a_workbook_a_geopackage_and_geojson_say_the_same_as_csv(tmp_path) -> None:
    text = HEAD + "Bản Thử Một,103.315,22.085,210\nBản Thử Hai,103.335,22.088,640\n"
    expected = [
        (r.name, r.kind, r.population, r.lon, r.lat) for r in rows_of(csv_of(tmp_path, text)).rows
    ]
    book = openpyxl.Workbook()
    for line in text.splitlines():
        cells = line.split(",")
        book.active.append([cells[0], *(float(c) if c[0].isdigit() else c for c in cells[1:])])
    book.save(tmp_path / "b.xlsx")
    frame = gpd.GeoDataFrame(
        {"Tên bản": ["Bản Thử Một", "Bản Thử Hai"], "Dân số": [210, 640]},
        geometry=gpd.points_from_xy([103.315, 103.335], [22.085, 22.088]),
        crs="EPSG:4326",
    )
    frame.to_crs("EPSG:9205").to_file(tmp_path / "b.gpkg")
    frame.to_file(tmp_path / "b.geojson")
    for name in ("b.xlsx", "b.gpkg", "b.geojson"):
        found = [
            (r.name, r.kind, r.population, r.lon, r.lat) for r in rows_of(tmp_path / name).rows
        ]
        for one, other in zip(found, expected, strict=True):
            assert one[:3] == other[:3]
            assert one[3:] == pytest.approx(other[3:], abs=1e-6)


def test_the_word_before_a_name_is_its_kind() -> None:
    assert split_kind("Bản Chu Va 6") == ("hamlet", "Chu Va 6")
    assert split_kind("thôn Bút Dưới") == ("village", "Bút Dưới")
    assert split_kind("TDP 9") == ("residential_group", "Tổ dân phố 9")
    assert split_kind("Bản") == ("", "Bản")
    assert split_kind("Bảng") == ("", "Bảng")
    assert village_names("residential_group", "Tổ dân phố 9")[1].en == "Residential group 9"
