"""A column of words through the pages: made a category, answered, published, corrected."""

from __future__ import annotations

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geodata.table_import.columns.class_words import word_key
from tests.portal.office import send
from tests.portal.test_publishing_pages import LAYER, OLD, csv_table, hand_in, publish
from tests.portal.test_review_page import fields_of

pytestmark = pytest.mark.slow

EVIL = "<script>alert(1)</script>"
GRADES = ("Đạt", "Chưa đạt", "Đạt", EVIL, "Chưa đạt", "Đạt", EVIL, "Đạt")
FORM = {
    "name_vi": "Xếp loại xã", "name_en": "Grade of the commune", "theme_name_vi": "Xếp loại",
    "definition_vi": "Do huyện xếp", "kind": "category", "direction": "up", "ordered": "1",
    "class_1_vi": "Đạt", "class_1_en": "Met", "class_1_order": "2",
    "class_2_vi": "Chưa đạt", "class_2_en": "Not met", "class_2_order": "1",
    "class_3_vi": "", "class_3_order": "3",
}  # fmt: skip
GRADED = LAYER.replace("population", "grade_of_the_commune")


@pytest.fixture
def app(office_app: Flask) -> Flask:
    return office_app


def graded(office: FlaskClient) -> str:
    """A table whose column became a category in the form; the path of its review."""
    path = hand_in(office, csv_table("Xếp loại năm 2018", GRADES), "xep-loai.csv")
    made = send(office, f"{path}/indicator/0", **FORM)
    assert made.status_code == 303, made.text
    return path


def classes_of(app: Flask) -> dict[str, str]:
    units = app.test_client().get(GRADED).get_json()["units"]
    return {unit: cell[0] for unit, cell in units.items() if cell[0]}


@pytest.mark.parametrize(("query", "one"), [("", "Các loại"), ("?lang=en", "Classes")])
def test_the_form_begins_with_the_words_of_the_column(
    office: FlaskClient, query: str, one: str
) -> None:
    path = hand_in(office, csv_table("Xếp loại năm 2018", GRADES))
    review = office.get(f"{path}{query}").text
    assert 'name="pick-0"' in review
    assert EVIL not in review
    page = office.get(f"{path}/indicator/0{query}").text
    assert re.search(r'value="category" selected', page)
    assert re.search(r'name="class_1_vi" value="Đạt"', page)
    assert re.search(r'name="class_3_vi" value="&lt;script&gt;', page)
    assert f"<legend>{one}</legend>" in page


def test_a_refused_category_keeps_what_was_typed(office: FlaskClient) -> None:
    path = hand_in(office, csv_table("Xếp loại năm 2018", GRADES))
    refused = send(office, f"{path}/indicator/0", **FORM | {"class_2_vi": "", "class_2_en": ""})
    assert refused.status_code == 400
    assert 'href="#field-categories"' in refused.text
    assert re.search(r'name="class_1_vi" value="Đạt"', refused.text)


def test_a_category_is_published_corrected_and_taken_back(app: Flask, office: FlaskClient) -> None:
    path = graded(office)
    review = office.get(path).text
    assert "severity is-question" not in review
    receipt = publish(office, path)
    assert receipt.status_code == 303, receipt.text
    found = classes_of(app)
    assert sorted(found.values()) == ["met"] * 4 + ["not_met"] * 2
    assert "Chưa đạt" in office.get(receipt.location).text

    unit = next(each for each, code in found.items() if code == "met")
    series = {"unit": unit, "indicator": "grade_of_the_commune", "period": "2018",
              "status": "actual"}  # fmt: skip
    page = "/office/correct?" + "&".join(f"{k}={v}" for k, v in series.items())
    assert '<option value="not_met">Chưa đạt</option>' in office.get(page).text
    said = {**series, "seen": "met", "reason": "Xếp lại"}
    refused = send(office, page, "/office/correct", **said, value="nonsense")
    assert refused.status_code == 400
    done = send(office, page, "/office/correct", **said, value="not_met")
    assert done.status_code == 303, done.text
    assert classes_of(app)[unit] == "not_met"
    assert "Đạt → Chưa đạt" in html.unescape(office.get(page).text)
    late = send(office, page, "/office/correct", **said, value="not_met")
    assert late.status_code == 409 or "L03" in late.text

    number = receipt.location.split("?")[0]
    send(office, number, f"{number}/undo", reason="Nhầm", restored="5")
    assert set(classes_of(app)) == {unit}


def test_a_word_is_asked_about_and_answered_in_the_form(app: Flask, office: FlaskClient) -> None:
    assert publish(office, graded(office)).status_code == 303
    cells = ("Đạt", "Dat", "đạtt", "vắng", *GRADES[4:6], "x", "")
    heading = "Xếp loại xã năm 2018"
    path = hand_in(office, csv_table(heading, cells), "xep-loai-2.csv")
    page = office.get(path).text
    fields = re.findall(r'<select id="(word-0:[^"]*)"', page)
    words = {html.unescape(each).split(":", 1)[1] for each in fields}
    assert {word_key("đạtt"), word_key("vắng")} <= words
    assert office.get(f"{path}/preview").status_code == 400
    said = fields_of(page)
    send(office, path, **said | {
        f"word-0:{word_key('đạtt')}": "met", f"word-0:{word_key('vắng')}": "-",
        "source-title": "Báo cáo",
    })  # fmt: skip
    page = office.get(path).text
    assert "severity is-question" not in page, re.findall(r"[^>]*is-question[^<]*<[^<]*", page)
    asked = re.findall(r'name="(reason-\w+)"', page)
    send(office, path, **dict.fromkeys(asked, "Bảng thử"))
    assert publish(office, path).status_code == 303
    assert sorted(classes_of(app).values()).count("met") == 5


def test_a_new_word_becomes_a_class_of_what_is_made_here(app: Flask, office: FlaskClient) -> None:
    path = graded(office)
    page = office.get(path).text
    key = word_key(EVIL)
    said = fields_of(page)
    assert said[f"written-0:{key}"] == EVIL
    assert send(office, path, **said | {f"word-0:{key}": "+"}).status_code == 303
    assert publish(office, path).status_code == 303
    assert len(set(classes_of(app).values())) == 3
    legend = app.test_client().get(GRADED.replace("/api/v1/values", "/")).text
    assert EVIL not in legend
    assert len(OLD) == len(classes_of(app))


@pytest.mark.slow
def test_an_indicator_of_words_of_a_long_table_becomes_a_category_and_is_published(
    app: Flask, office: FlaskClient
) -> None:
    grades = ("Đạt", "Chưa đạt")
    rows = [f"{name};Xếp loại xã;2018;{grades[n % 2]}" for n, name in enumerate(OLD)]
    content = "\n".join(("Tên xã;Chỉ tiêu;Năm;Kết quả", *rows)).encode()
    path = hand_in(office, content, "xep-loai-dai.csv")
    [column] = re.findall(r'value="indicator-(\d+)" class="button"', office.get(path).text)
    page = office.get(f"{path}/indicator/{column}").text
    assert re.search(r'value="category" selected', page)
    assert re.search(r'name="class_2_vi" value="Chưa đạt"', page)
    form = {name: text for name, text in FORM.items() if not name.startswith("class_3")}
    made = send(office, f"{path}/indicator/{column}", **form)
    assert made.status_code == 303, made.text
    receipt = publish(office, path)
    assert receipt.status_code == 303, receipt.text
    expected = ["met", "not_met"] * (len(OLD) // 2)
    assert sorted(classes_of(app).values()) == sorted(expected)
