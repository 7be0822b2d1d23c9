"""One file has all figures of a unit, with what speaks for and against each."""

import csv
import io

from openpyxl import load_workbook

from tests.toy import old_id

ADDRESS = f"/export/unit.{{}}?unit={old_id(6)}&lang=en"


def test_every_figure_of_a_unit_is_in_its_file_also_the_outranked_ones(toy, toy_store):
    response = toy.get(ADDRESS.format("csv"))
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert len(rows) == toy_store.observations(unit=old_id(6)).total == 7
    people = [row for row in rows if row["indicator"] == "population" and row["period"] == "2019"]
    assert {row["value"] for row in people} == {"600.0", "1600.0"}
    assert {row["quote"] for row in people} == {"", "Dân số xã Hưng Hóa là 1.600 người"}
    assert all(row["code"] == "90006" and row["source"] for row in rows)
    assert "hung_hoa_90006-20130101.csv" in response.headers["Content-Disposition"]


def test_the_workbook_has_the_rows_of_the_plain_file(toy):
    sheet = load_workbook(io.BytesIO(toy.get(ADDRESS.format("xlsx")).data)).worksheets[0]
    assert sheet.max_row == 8
    assert [cell.value for cell in sheet[1]][:2] == ["unit_id", "code"]
    assert sheet["B2"].value == "90006", "codes stay text"


def test_the_page_offers_the_files_and_a_file_without_unit_is_refused(toy):
    page = toy.get(f"/units/{old_id(6)}").get_data(as_text=True)
    assert f"/export/unit.xlsx?unit={old_id(6)}" in page
    assert toy.get("/export/unit.csv").status_code == 400
    assert toy.get("/export/unit.csv?unit=nowhere").status_code == 404
