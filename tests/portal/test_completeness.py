"""The matrix counts what is known; /about and /method begin with what a reader asks first."""

import csv
import io
import re

from openpyxl import load_workbook

from portal.app import create_app
from portal.serializers.completeness import completeness, matrix, missing_most
from portal.serializers.worked_example import worked_example
from tests.toy import new_id


def test_a_cell_counts_the_indicators_with_a_figure_of_those_with_a_meaning(toy_store):
    rows = {row["id"]: row for row in matrix(completeness(toy_store, "commune", None), "en")}
    # Population and density of population, natural area and density.
    assert rows[new_id(3)]["cells"][0]["text"] == "2 of 3"
    assert rows[new_id(3)]["cells"][0]["latest"] == "latest 2025"
    assert rows[new_id(3)]["cells"][0]["url"].endswith("/themes/population?lang=en")
    none = matrix(completeness(toy_store, "commune", 2019), "en")
    assert {row["whole"]["text"] for row in none} == {"–"}, "of that year nothing is known"


def test_what_most_units_lack_is_told_with_how_many_have_it(lai_chau_store):
    found = completeness(lai_chau_store, "commune", None)
    listed = missing_most(lai_chau_store, found, "en")
    assert listed
    for each in listed:
        known, total = map(int, each["text"].split(" of "))
        assert 0 < known < total / 2


def test_the_matrix_is_found_where_an_office_looks(office, toy):
    for body in (office.get("/office").text, toy.get("/indicators").text, toy.get("/about").text):
        assert 'href="/completeness' in body
    assert toy.get("/completeness?level=commune&year=2025").status_code == 200
    assert toy.get("/completeness?level=moon").status_code == 400


def test_about_begins_with_who_for_whom_and_how_to_reach_them(tmp_path, toy_folder, toy_store):
    settings = {"PORTAL_INSTANCE": tmp_path, "PORTAL_DATASET": toy_folder}
    named = {"PORTAL_OPERATOR": "UBND <Ô Lưới>", "PORTAL_CONTACT": "0213 000 000"}
    body = create_app({**settings, **named}, toy_store).test_client().get("/about").text
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", body)
    assert headings[:2] == ["Cổng này là gì", "Ai vận hành"]
    assert "UBND &lt;Ô Lưới&gt;" in body
    assert "0213 000 000" in body
    bare = create_app(settings, toy_store).test_client().get("/about?lang=en").text
    assert "not stated by whoever installed this portal" in bare


def test_the_worked_example_adds_up(lai_chau_store, client):
    found = worked_example(lai_chau_store, "en")

    def number(text):
        return float(re.match(r"[\d,.]+", text)[0].replace(",", ""))

    for part in (found["numerator"], found["denominator"]):
        assert sum(number(term["text"]) for term in part["terms"]) == number(part["total"])
    ratio = number(found["numerator"]["total"]) / number(found["denominator"]["total"])
    assert round(ratio, 2) == number(found["ratio"]["total"]) != number(found["mean"])
    body = client.get("/method?lang=en").text
    assert body.index("An example in words") < body.index("<h2>", body.index("An example") + 40)
    assert found["ratio"]["total"] in body.replace("&nbsp;", "\u00a0")


def test_the_matrix_can_be_taken_away_as_csv_and_as_a_workbook(client, lai_chau_store):
    page = client.get("/completeness?year=2025&lang=en").get_data(as_text=True)
    address = "/export/completeness.csv?level=commune&year=2025&lang=en"
    assert address.replace("&", "&amp;") in page
    text = client.get(address).get_data().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    found = completeness(lai_chau_store, "commune", 2025)
    assert header[:3] == ["unit_id", "code", "full_name"]
    assert [row[0] for row in rows] == [unit.unit_id for unit in found.units]
    at = header.index("Population: indicators with a figure")
    for row in rows:
        known = found.figures.get((row[0], "population"), {})
        assert row[at] == str(len(known))
        assert int(row[-2]) == sum(int(row[i]) for i in range(3, len(header) - 2, 3))
    book = load_workbook(io.BytesIO(client.get(address.replace("csv", "xlsx")).data))
    listed = list(book.worksheets[0].iter_rows(values_only=True))
    assert len(listed) == len(rows) + 1
    assert all(isinstance(row[1], str) for row in listed)
    local = client.get(f"{address}&form=local".replace("&lang=en", "")).get_data(as_text=True)
    assert ';"=""0' in local
