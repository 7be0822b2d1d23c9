"""What pages, files and the API say of figures that are impossible, slips, or of a concept."""

from __future__ import annotations

import csv
import io
import re

import pytest

NAM_SO, LE_LOI, BINH_LU = "03613-20250701", "03487-20250701", "03390-20250701"
REGISTER = "indicator=population&period=2025-07-01&level=commune&date=2025-07-01"


def get(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer


def test_the_card_shows_an_impossible_figure_as_printed(client):
    card = get(client, f"/api/v1/cards/{LE_LOI}?{REGISTER}&lang=en").get_json()
    assert (card["value"]["value"], card["value"]["text"]) == (911, "911\u00a0people")
    assert (card["value"]["quality"], card["value"]["quality_label"]) == (
        "impossible",
        "Impossible figure",
    )
    assert "1 July 2025: 911 people" in card["value"]["doubt"]
    assert (card["rank"], card["plan"], card["missing"]) == (None, None, None)
    [point] = [p for p in card["series"] if p["period"] == "2025-07-01"]
    assert point["impossible"]


def test_values_carry_an_impossible_figure_without_a_class(client):
    values = get(client, f"/api/v1/values?{REGISTER}").get_json()
    assert values["units"][NAM_SO] == [None, "impossible", 0]
    assert values["units"][LE_LOI] == [None, "impossible", 911]
    legend = values["legend"]
    assert legend["missing"][-1] == {
        "kind": "impossible",
        "label": "Số liệu không thể có",
        "count": 2,
    }
    assert legend["with_value"] == 36


def test_a_file_keeps_what_is_printed_out_of_the_column_of_values(client):
    content = get(client, f"/export/data.csv?{REGISTER}&lang=en").get_data(as_text=True)
    rows = {r["unit_id"]: r for r in csv.DictReader(io.StringIO(content.lstrip("\ufeff")))}
    row = rows[LE_LOI]
    assert (row["value"], float(row["printed"])) == ("", 911)
    assert row["quality"] == row["missing"] == "Impossible figure"
    assert "911 people" in row["doubt"]
    assert rows[BINH_LU]["printed"] == ""
    assert rows[BINH_LU]["concept"] == "Register of the units rearranged in 2025"


def test_figures_recast_without_an_impossible_one_say_so(client):
    path = f"/api/v1/values?{REGISTER}&on=2020-02-01&lang=en"
    recast = get(client, path).get_json()["recast"]["units"]
    told = [each for each in recast.values() if "Nậm Sỏ" in each["reason"]]
    assert told
    for each in told:
        assert each["status"] == "not_recoverable"
        assert "are impossible" in each["reason"]


@pytest.mark.parametrize(
    ("period", "printed", "meant"),
    [("2025-H1", "0,0457 tỷ đồng", "45,7 tỷ đồng")],
)
def test_a_slip_stands_beside_what_it_must_mean(client, period, printed, meant):
    found = get(
        client, f"/api/v1/observations?unit={BINH_LU}&indicator=accommodation_food_revenue"
    ).get_json()["items"]
    [figure] = [each for each in found if each["period"] == period]
    assert (figure["quality"], figure["value"], figure["printed"]) == ("read_as", 45.7, 0.0457)
    assert figure["printed_text"] == f"nguồn in {printed}, hiểu là {meant}"
    body = get(client, f"/units/{BINH_LU}").get_data(as_text=True)
    assert f"(nguồn in {printed}, hiểu là {meant})" in body


def test_a_page_of_a_unit_tells_where_a_series_joins_concepts(client):
    body = get(client, "/units/12-20040101?lang=en").get_data(as_text=True)
    notes = re.findall(r"The figures follow [^<]*", body)
    assert any("Living standards survey; Household review" in note for note in notes)
    assert any("different concepts: Population and housing census" in note for note in notes)
    assert "Counted by: Average population of the year" in body


def test_a_comparison_of_census_and_register_says_so(client):
    path = "/api/v1/compare?indicator=population&period2=2025-07-01&lang=en"
    real = get(client, path).get_json()["real"]
    assert real["concept_note"].startswith("The earlier figures follow the concept Population and")
    assert real["concept_note"] in real["sentence"]
    assert "part of the change may come from that" in real["sentence"]
