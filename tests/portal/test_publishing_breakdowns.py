"""An indicator broken down by a code list of the table, through the pages."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.portal.office import send
from tests.portal.test_publishing_pages import LAYER, OLD, csv_table, hand_in, publish
from tests.portal.test_review_page import workbook

pytestmark = pytest.mark.slow

FORM = {
    "name_vi": "Sản lượng", "name_en": "Harvest", "definition_vi": "Sản lượng thu hoạch",
    "theme_name_vi": "Trồng trọt", "measure_unit_name_vi": "tấn", "kind": "count",
    "direction": "up", "decimals": "0", "minimum": "0", "breakdown": "+",
    "dimension_name_vi": "Cây trồng", "dimension_name_en": "Crop",
    "codes": "Lúa | Rice\r\nNgô | Maize",
}  # fmt: skip


@pytest.fixture
def app(office_app: Flask) -> Flask:
    return office_app


def figures(app: Flask, code: str) -> list[float]:
    address = LAYER.replace("population", "harvest") + f"&breakdown=crop:{code}"
    answer = app.test_client().get(address).get_json()
    return [cell[0] for cell in answer["units"].values() if cell[0] is not None]


def test_sub_headings_become_the_codes_of_a_new_list(app: Flask, office: FlaskClient) -> None:
    rows = [[name, 10 + n, 20 + n] for n, name in enumerate(OLD)]
    head = ["Tên xã", "Sản lượng năm 2018 (tấn)", None], [None, "Lúa", "Ngô"]
    file = workbook(*head, *rows, merged=("A1:A2", "B1:C1"))
    path = hand_in(office, file, "san-luong.xlsx")
    form = office.get(f"{path}/indicator/0").text
    assert re.search(r'name="codes"[^>]*>Lúa\s+Ngô</textarea>', form), form
    refused = send(office, f"{path}/indicator/0", **FORM | {"codes": "Lúa"})
    assert refused.status_code == 400
    assert 'href="#field-codes"' in refused.text
    made = send(office, f"{path}/indicator/0", **FORM)
    assert made.status_code == 303, made.text
    review = office.get(path).text
    assert "severity is-question" not in review
    assert "Sản lượng – Lúa (tấn)" in review
    assert publish(office, path).status_code == 303
    assert sorted(figures(app, "rice")) == [10 + n for n in range(8)]
    assert sorted(figures(app, "maize")) == [20 + n for n in range(8)]


def test_a_column_of_words_becomes_the_codes_of_a_new_list(app: Flask, office: FlaskClient) -> None:
    rows = [f"{name};{code};{n + place}" for n, name in enumerate(OLD)
            for place, code in ((10, "Lúa"), (20, "Ngô"))]  # fmt: skip
    content = "\n".join(["Tên xã;Cây trồng;Sản lượng năm 2018 (tấn)", *rows]).encode()
    path = hand_in(office, content)
    form = office.get(f"{path}/indicator/1").text
    assert 'name="dimension_name_vi" value="Cây trồng"' in form
    assert send(office, f"{path}/indicator/1", **FORM).status_code == 303
    review = office.get(path).text
    assert "severity is-error" not in review
    assert publish(office, path).status_code == 303
    assert sorted(figures(app, "maize")) == [20 + n for n in range(8)]


def test_a_code_of_a_table_is_never_markup(office: FlaskClient) -> None:
    path = hand_in(office, csv_table("Số lợn năm 2018 (con)"))
    evil = "<script>alert(1)</script>"
    refused = send(office, f"{path}/indicator/0", **FORM | {"codes": f"{evil}\n{evil}"})
    assert refused.status_code == 400
    assert evil not in refused.text


@pytest.mark.slow
def test_two_rows_of_sub_headings_become_crossed_lists_and_are_published(
    app: Flask, office: FlaskClient
) -> None:
    rows = [[name, 10 + n, 20 + n, 30 + n, 40 + n, 100 + 4 * n] for n, name in enumerate(OLD)]
    head = (
        ["Tên xã", "Sản lượng năm 2018 (tấn)", None, None, None, None],
        [None, "Lúa", None, "Ngô", None, "Tổng số"],
        [None, "Đông xuân", "Mùa", "Đông xuân", "Mùa", None],
    )
    merged = ("A1:A3", "B1:F1", "B2:C2", "D2:E2", "F2:F3")
    path = hand_in(office, workbook(*head, *rows, merged=merged), "vu.xlsx")
    form = office.get(f"{path}/indicator/0").text
    assert re.search(r'name="codes"[^>]*>Đông xuân\s+Mùa</textarea>', form), form
    assert re.search(r'name="crossed_codes"[^>]*>Lúa\s+Ngô</textarea>', form), form
    crossed = FORM | {
        "dimension_name_vi": "Vụ", "dimension_name_en": "Season",
        "codes": "Đông xuân | Winter-spring\nMùa | Summer", "crossed_breakdown": "+",
        "crossed_name_vi": "Cây trồng", "crossed_name_en": "Crop",
        "crossed_codes": "Lúa | Rice\nNgô | Maize",
    }  # fmt: skip
    refused = send(office, f"{path}/indicator/0", **crossed | {"crossed_codes": "Lúa"})
    assert 'href="#field-crossed_codes"' in refused.text
    made = send(office, f"{path}/indicator/0", **crossed)
    assert made.status_code == 303, made.text
    assert "severity is-question" not in office.get(path).text
    assert publish(office, path).status_code == 303
    assert sorted(figures(app, "rice,season:summer")) == [20 + n for n in range(8)]
    assert sorted(figures(app, "maize,season:winter_spring")) == [30 + n for n in range(8)]
    whole = LAYER.replace("population", "harvest")
    units = app.test_client().get(whole).get_json()["units"].values()
    assert sorted(cell[0] for cell in units if cell[0] is not None) == [
        100 + 4 * n for n in range(8)
    ]


def test_a_new_indicator_is_named_by_the_group_that_its_heading_counts(
    office: FlaskClient,
) -> None:
    rows = [[name, 10 + n, 20.5 + n] for n, name in enumerate(OLD)]
    head = ["Tên xã", "Hộ dùng bếp cải tiến năm 2018", None], [None, "Số hộ", "Tỷ lệ (%)"]
    path = hand_in(office, workbook(*head, *rows, merged=("A1:A2", "B1:C1")), "bep.xlsx")
    for place, name in enumerate(("Số hộ dùng bếp cải tiến", "Tỷ lệ hộ dùng bếp cải tiến")):
        assert f'name="name_vi" value="{name}"' in office.get(f"{path}/indicator/{place}").text
