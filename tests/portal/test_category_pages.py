"""Named classes in the API, on the pages and in the files: codes for programs, names for people."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from docx import Document as read_docx
from flask.testing import FlaskClient
from openpyxl import load_workbook

from geodata.store import Store
from portal.config import read_settings
from portal.export.parse import parse_export
from portal.export.render import render

OLD = "indicator=difficulty_area&period=2024&level=commune&date=2013-01-01"
ON = f"{OLD}&on=2025-07-01"
MIXED, WHOLE = "98011-20250701", "98003-20250701"


def answer(client: FlaskClient, address: str) -> dict:
    found = client.get(f"/api/v1/{address}")
    assert found.status_code == 200, found.text
    return found.json


def exported(client: FlaskClient, address: str) -> bytes:
    found = client.get(f"/export/{address}")
    assert found.status_code == 200, found.text
    return found.data


# The API


def test_programs_get_codes_and_the_list_that_explains_them(lam_khe_client: FlaskClient) -> None:
    values = answer(lam_khe_client, f"values?{OLD}&lang=en")
    assert values["units"]["98005-20130101"] == ["area_2", 1, "actual", 0]
    assert values["indicator"]["categories"] == [
        {"id": "area_1", "name": "Area I"},
        {"id": "area_2", "name": "Area II"},
        {"id": "area_3", "name": "Area III"},
    ]
    assert values["legend"]["screen"]["classification"] is False
    assert [row["label"] for row in values["legend"]["classes"]] == [
        "Area I",
        "Area II",
        "Area III",
    ]


def test_a_mixed_unit_says_what_it_is_made_of(lam_khe_client: FlaskClient) -> None:
    values = answer(lam_khe_client, f"values?{ON}&lang=en")
    assert values["units"][MIXED] == [None, "mixed"]
    assert values["units"][WHOLE][:3] == ["area_3", 2, "unanimous"]
    shares = values["recast"]["units"][MIXED]["composition"]
    assert [(each["label"], each["units"]) for each in shares] == [("Area II", 1), ("Area III", 2)]
    assert sum(each["people"] for each in shares) == pytest.approx(1)
    assert shares[0]["area_text"].endswith("%")
    card = answer(lam_khe_client, f"cards/{MIXED}?{ON}&lang=en")
    assert card["recast"]["composition"] == shares
    assert card["recast"]["value"] is None
    assert card["rank"] is None
    assert card["missing"]["kind"] == "mixed"


def test_the_card_of_a_unit_names_its_class_and_no_rank(lam_khe_client: FlaskClient) -> None:
    card = answer(lam_khe_client, f"cards/98005-20130101?{OLD}&lang=en")
    assert (card["value"]["value"], card["value"]["text"]) == ("area_2", "Area II")
    assert card["rank"] is None
    assert [each["text"] for each in card["series"]] == ["Area II"]


def test_observations_and_indicators_carry_the_code(lam_khe_client: FlaskClient) -> None:
    found = answer(lam_khe_client, "observations?indicator=water_supply&limit=50&lang=en")
    assert {each["value"] for each in found["items"]} == {"piped", "spring", "well"}
    assert {each["text"] for each in found["items"]} >= {"Well"}
    indicator = answer(lam_khe_client, "indicators/water_supply?lang=en")
    assert [each["id"] for each in indicator["categories"]] == ["piped", "spring", "well"]
    assert (indicator["ordered"], indicator["style"]) == (False, "categories")


def test_a_comparison_counts_classes_and_subtracts_nothing(lam_khe_client: FlaskClient) -> None:
    found = answer(lam_khe_client, f"compare?{ON}&period2=2025-12-31&lang=en")
    classes = found["classes"]
    assert [each["name"] for each in classes["list"]] == ["Area I", "Area II", "Area III"]
    assert [each["units"] for each in classes["before"]] == [2, 5, 9]
    assert [each["units"] for each in classes["after"]] == [2, 1, 2]
    assert [each["units_text"] for each in classes["after"]] == [
        "2 (40.0%)",
        "1 (20.0%)",
        "2 (40.0%)",
    ]
    for side in ("before", "after", "transitions"):
        for weight in ("area", "people"):
            assert sum(each[weight] for each in classes[side]) == pytest.approx(1)
    pairs = {(t["before"], t["after"]): t["units"] for t in classes["transitions"]}
    assert pairs["area_3", "area_2"] == 2
    assert sum(pairs.values()) == 17, "the divided commune lies in two of today's"
    assert found["redrawing"]["known"] is found["real"]["known"] is False
    assert found["redrawing"]["before"]["mean"] is None
    assert "never averaged" in found["known"]["sentence"]


def test_before_and_after_without_a_second_period_shows_what_is_mixed(
    lam_khe_client: FlaskClient,
) -> None:
    classes = answer(lam_khe_client, f"compare?{ON}&lang=en")["classes"]
    assert classes["list"][-1] == {"id": "mixed", "name": "Mixed classes"}
    assert classes["after"][-1]["units"] == 3
    assert {t["after"] for t in classes["transitions"] if t["before"] == "area_1"} == {"mixed"}


def test_units_of_unknown_size_are_told_and_left_out_of_the_shares(
    lam_khe_client: FlaskClient,
) -> None:
    found = answer(lam_khe_client, f"compare?{OLD}&on=2013-01-01&lang=en")["classes"]
    assert [t["units"] for t in found["transitions"]] == [2, 5, 9]
    assert all(t["before"] == t["after"] for t in found["transitions"])


def test_numbers_are_compared_as_before(lam_khe_client: FlaskClient) -> None:
    query = "indicator=population&period=2019-04-01&level=commune&date=2013-01-01&on=2025-07-01"
    assert answer(lam_khe_client, f"compare?{query}")["classes"] is None


# Pages


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "page",
    [
        f"/?{OLD}",
        f"/?{ON}",
        f"/compare?{ON}",
        f"/compare?{ON}&period2=2025-12-31&mode=difference",
        "/indicators/difficulty_area?",
        "/indicators/water_supply?",
        "/indicators?",
        "/units/98005-20130101?",
        f"/units/{MIXED}?",
    ],
)
def test_every_page_of_a_category_is_served(
    lam_khe_client: FlaskClient, page: str, lang: str
) -> None:
    found = lam_khe_client.get(f"{page}&lang={lang}".replace("?&", "?"))
    assert found.status_code == 200, found.text
    shown = re.sub(r"<script.*?</script>|<blockquote.*?</blockquote>", "", found.text, flags=re.S)
    assert not re.search(r"area_[123]\b", shown)


def test_the_table_beside_the_map_is_sorted_by_class(lam_khe_client: FlaskClient) -> None:
    page = lam_khe_client.get(f"/?{OLD}&lang=en").text
    body = page[page.index('<table id="figures"') :]
    cells = re.findall(r'<td class="num is-class">([^<]*)</td>', body)
    assert cells == ["Area I"] * 2 + ["Area II"] * 5 + ["Area III"] * 9
    assert not re.search(r'<td class="rank">\d', body)


def test_controls_that_cannot_answer_are_hidden(lam_khe_client: FlaskClient) -> None:
    page = lam_khe_client.get(f"/?{OLD}").text
    assert re.search(r'id="classification-fields" hidden', page)
    assert re.search(r'<label class="palette" data-type="qualitative"[^>]* hidden>', page)
    assert not re.search(r'<label class="palette" data-type="sequential"[^>]* hidden>', page)
    assert re.search(r'<label class="option" hidden[^>]*><input[^>]*value="symbols"', page)
    numbers = lam_khe_client.get("/?indicator=population_density").text
    assert 'id="classification-fields">' in numbers
    assert re.search(r'<label class="option" hidden[^>]*><input[^>]*value="categories"', numbers)
    compare = lam_khe_client.get(f"/compare?{ON}&mode=difference").text
    assert re.search(r'<label class="option" hidden><input[^>]*value="difference"', compare)


def test_the_page_of_the_indicator_lists_its_classes_and_their_order(
    lam_khe_client: FlaskClient,
) -> None:
    page = lam_khe_client.get("/indicators/difficulty_area?lang=en").text
    assert "Area I; Area II; Area III" in page
    assert "the later in the list, the worse" in page
    other = lam_khe_client.get("/indicators/water_supply?lang=en").text
    assert "the order has no meaning" in other


def test_a_category_is_found_by_name(lam_khe_client: FlaskClient) -> None:
    found = answer(lam_khe_client, "search?q=nguon nuoc")
    assert "water_supply" in {each["id"] for each in found["items"]}


# Files


def test_tables_hold_code_and_name(lam_khe_client: FlaskClient) -> None:
    text = exported(lam_khe_client, f"data.csv?{ON}&lang=en").decode("utf-8-sig")
    rows = {row["unit_id"]: row for row in csv.DictReader(io.StringIO(text))}
    assert (rows[WHOLE]["value"], rows[WHOLE]["class"]) == ("area_3", "Area III")
    assert (rows[MIXED]["value"], rows[MIXED]["missing"]) == ("", "Mixed classes")
    assert "Area II (1 former unit," in rows[MIXED]["method"]
    book = load_workbook(io.BytesIO(exported(lam_khe_client, f"data.xlsx?{ON}&lang=en")))
    assert any("area_3" in row for row in book.worksheets[0].iter_rows(values_only=True))


def test_map_files_hold_the_code_as_text(lam_khe_client: FlaskClient, tmp_path) -> None:
    import pyogrio

    features = json.loads(exported(lam_khe_client, f"data.geojson?{ON}&lang=en"))["features"]
    values = {each["id"]: each["properties"]["value"] for each in features}
    assert (values[WHOLE], values[MIXED]) == ("area_3", None)
    path = tmp_path / "map.gpkg"
    path.write_bytes(exported(lam_khe_client, f"data.gpkg?{ON}&lang=en"))
    frame = pyogrio.read_dataframe(path, layer="map").set_index("unit_id")
    assert frame.loc[WHOLE, "value"] == "area_3"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_sheets_of_classes_are_drawn(lam_khe_client: FlaskClient, kind: str) -> None:
    assert len(exported(lam_khe_client, f"sheet.{kind}?{ON}&dpi=96")) > 5000


@pytest.mark.slow
def test_a_report_lists_units_by_class(lam_khe_store: Store) -> None:
    address = f"/export/report.docx?{OLD}&indicators=difficulty_area&dpi=96&lang=en"
    spec = parse_export(address, lam_khe_store, read_settings())
    document = read_docx(io.BytesIO(render(spec, lam_khe_store)))
    units = max(document.tables, key=lambda table: len(table.rows))
    classes = [row.cells[2].text for row in units.rows[1:]]
    assert classes == ["Area I"] * 2 + ["Area II"] * 5 + ["Area III"] * 9


@pytest.mark.slow
def test_a_pair_of_sheets_is_drawn_and_a_difference_refused(lam_khe_client: FlaskClient) -> None:
    assert exported(lam_khe_client, f"pair.png?{ON}&period2=2025-12-31&dpi=96")
    refused = lam_khe_client.get(f"/export/difference.png?{ON}&period2=2025-12-31&lang=en")
    assert refused.status_code == 400
    assert "Named classes have no difference" in refused.text
