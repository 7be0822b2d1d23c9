"""Columns of words: found, matched with the classes of an indicator, asked about, made into one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import unicodedata

import openpyxl
import pytest
from checked_tables import by_code, table_of
from hypothesis import given
from hypothesis import strategies as st

from geodata.dataset import Dataset
from geodata.i18n import Language
from geodata.model import Indicator
from geodata.table_import.column_records import ColumnMeaning
from geodata.table_import.columns import new_indicator
from geodata.table_import.columns.class_words import ClassWords, word_key
from geodata.table_import.known_facts import DatasetFacts
from geodata.table_import.prepare import TableReading, prepare_table
from geodata.table_import.questions_json import questions_document, read_filled_questions
from geodata.table_import.recipe import Recipe, recipe_of
from geodata.table_import.recipe_json import recipe_document, recipe_from
from geodata.table_import.report_json import report_document
from geodata.table_import.report_records import Answers, ImportReport
from geodata.table_import.template.form_writer import write_template

AREA = "Khu vực theo mức độ khó khăn năm 2026"
AREAS = ("area_1", "area_2", "area_3")


@pytest.fixture(scope="module")
def area(lam_khe_dataset: Dataset) -> Indicator:
    return lam_khe_dataset.catalogue.indicators["difficulty_area"]


def read(
    facts: DatasetFacts,
    names: list[str],
    cells: list[str],
    heading: str = AREA,
    answers: Answers | None = None,
    *,
    recipes: tuple[Recipe, ...] = (),
) -> ImportReport:
    content = table_of({heading: cells, "Dân số năm 2026 (người)": range(900, 1400, 100)}, names)
    reading = TableReading(recipes=recipes)
    return prepare_table(content, "xep_loai.csv", facts, answers, reading)


def classes(report: ImportReport, indicator: str = "difficulty_area") -> list[str]:
    return [each.category or each.marker for each in report.values if each.indicator == indicator]


def said(words: dict[str, str], heading: str = AREA, indicator: str = "") -> Answers:
    meaning = ColumnMeaning(0, (heading,), "value" if indicator else "", indicator, status="",
                            classes=words)  # fmt: skip
    return Answers(columns={(heading,): meaning})


@pytest.mark.parametrize(
    "cells",
    [
        ["area_1", "area_2", "area_3", "area_1", "area_2"],
        ["Khu vực I", "Khu vực II", "Khu vực III", "Khu vực I", "Khu vực II"],
        ["Area I", "Area II", "AREA III", "area i", "Area II"],
        ["I", "II", "III", "I", "II"],
        ["KHU VỰC I", "Khu vực II (1)", "Khu vực III*", "khu  vực I", "Khu vực II"],
        ["Khu vuc I", "khu vuc II", "Khu vuc III", "Khu vuc I", "Khu vuc II"],
    ],
)
def test_a_word_is_the_class_that_it_names(
    facts: DatasetFacts, names: list[str], cells: list[str]
) -> None:
    report = read(facts, names, cells)
    assert classes(report) == ["area_1", "area_2", "area_3", "area_1", "area_2"]
    assert all(each.value is None for each in report.values if each.category)
    assert not {"C01", "C02"} & by_code(report).keys()


def test_a_word_that_names_none_is_asked_with_what_is_spelt_alike(
    facts: DatasetFacts, names: list[str]
) -> None:
    report = read(facts, names, ["Khu vực I", "Khu vưc IIII", "Khu vực II", "vùng cao", "I"])
    assert classes(report) == ["area_1", "area_2", "area_1"]
    finding = by_code(report)["C01"]
    assert (finding.severity, finding.count) == ("question", 2)
    assert finding.value == "Khu vưc IIII; vùng cao"
    assert [each.address for each in finding.places] == ["B3", "B5"]
    column = next(each for each in report.columns if each.indicator == "difficulty_area")
    words = {each.written: each for each in column.words}
    assert set(words["Khu vưc IIII"].proposals) <= set(AREAS)
    assert words["Khu vưc IIII"].proposals
    assert words["vùng cao"].proposals == ()
    assert not report.publishable


def test_an_answer_gives_a_word_its_class_or_sets_it_aside(
    facts: DatasetFacts, names: list[str]
) -> None:
    cells = ["Khu vực I", "vùng cao", "vùng sâu", "Khu vực I", "Khu vực II"]
    report = read(facts, names, cells, answers=said({"Vùng cao": "area_3", "vùng sâu": ""}))
    assert classes(report) == ["area_1", "area_3", "area_1", "area_2"]
    assert "C01" not in by_code(report)
    wrong = by_code(read(facts, names, cells, answers=said({"vùng cao": "area_9"})))["C02"]
    assert (wrong.severity, wrong.places[0].address) == ("error", "B3")
    assert "area_9" in wrong.what["en"]


def test_blanks_dashes_and_x_are_no_classes(facts: DatasetFacts, names: list[str]) -> None:
    report = read(facts, names, ["Khu vực I", "", "-", "x", "…"])
    assert classes(report) == ["area_1", "missing", "not_applicable", "missing"]
    assert {"V07", "V08", "V12"} <= by_code(report).keys()
    assert "C01" not in by_code(report)


def test_the_words_that_are_asked_about_are_answered_in_a_file(
    facts: DatasetFacts, names: list[str]
) -> None:
    cells = ["Khu vực I", "vùng cao", "Khu vực I", "Khu vực II", "II"]
    report = read(facts, names, cells)
    document = questions_document(report, facts.index, "vi")
    (question,) = [each for each in document["questions"] if each["kind"] == "class"]
    assert [each["answer"] for each in question["choices"]] == list(AREAS)
    question["answer"] = "area_3"
    answered = read_filled_questions(json.dumps(document))
    assert classes(read(facts, names, cells, answers=answered))[1] == "area_3"
    column = next(each for each in report_document(report, facts.index, "en")["columns"]
                  if each["indicator"] == "difficulty_area")  # fmt: skip
    assert column["classes"][1] == {
        "written": "vùng cao", "cells": 1, "category": None, "alike": [],
    }  # fmt: skip


def test_a_recipe_remembers_what_a_word_means(facts: DatasetFacts, names: list[str]) -> None:
    cells = ["Khu vực I", "vùng cao", "Khu vực I", "Khu vực II", "II"]
    first = read(facts, names, cells, answers=said({"vùng cao": "area_3"}))
    recipe = recipe_from(recipe_document(recipe_of(first, "Xếp loại")))
    again = read(facts, names, ["vùng cao"] * 5, recipes=(recipe,))
    assert classes(again) == ["area_3"] * 5


def test_what_a_person_says_of_one_word_leaves_the_rest_of_a_recipe(
    facts: DatasetFacts, names: list[str]
) -> None:
    heading = "Cột lạ năm 2026"
    first = read(facts, names, ["I", "cao", "II", "III", "I"], heading,
                 said({"cao": "area_3"}, heading, "difficulty_area"))  # fmt: skip
    recipe = recipe_of(first, "Xếp loại")
    again = read(facts, names, ["I", "cao", "sâu", "III", "I"], heading,
                 said({"sâu": "area_2"}, heading), recipes=(recipe,))  # fmt: skip
    assert classes(again) == ["area_1", "area_3", "area_2", "area_3", "area_1"]


def test_cells_alone_propose_a_category_and_never_decide(
    facts: DatasetFacts, names: list[str]
) -> None:
    report = read(facts, names, ["I", "II", "III", "I", "II"], "Xếp loại năm 2026")
    column = next(each for each in report.columns if each.path == ("Xếp loại năm 2026",))
    assert (column.use, column.indicator) == ("value", "")
    assert column.proposals[0].indicator == "difficulty_area"
    assert by_code(report)["I01"].severity == "question"


def test_a_column_of_few_other_words_is_left_aside_and_told(
    facts: DatasetFacts, names: list[str]
) -> None:
    report = read(facts, names, ["tốt", "xấu", "tốt", "xấu", "tốt"], "Nhận xét")
    assert by_code(report)["C04"].severity == "note"
    column = next(each for each in report.columns if each.path == ("Nhận xét",))
    assert (column.use, [each.written for each in column.words]) == ("skip", ["tốt", "xấu"])
    assert {each.indicator for each in report.values} == {"population"}
    notes = read(facts, names, ["Đã gửi", "Chưa có", "Hỏi lại", "Gấp", "Đợi"], "Ghi chú")
    assert "C04" not in by_code(notes)


def test_a_table_of_nothing_but_classes_is_found(facts: DatasetFacts, names: list[str]) -> None:
    content = table_of({AREA: ["I", "II", "III", "I", "II"]}, names)
    report = prepare_table(content, "xep_loai.csv", facts)
    assert classes(report) == ["area_1", "area_2", "area_3", "area_1", "area_2"]
    assert report.publishable


def test_a_sign_in_one_row_alone_does_not_begin_the_table(
    facts: DatasetFacts, names: list[str]
) -> None:
    content = table_of({AREA: ["I", "II", "I", "x", "II"]}, names)
    report = prepare_table(content, "xep_loai.csv", facts)
    assert classes(report) == ["area_1", "area_2", "area_1", "not_applicable", "area_2"]


def test_a_unit_with_two_classes_is_an_error_with_its_cells(
    facts: DatasetFacts, names: list[str]
) -> None:
    cells = ["Kỳ", "2026", "2026"]
    rows = [["Tên xã", cells[0], "Khu vực theo mức độ khó khăn"]]
    rows += [[name, "2026", "Khu vực I"] for name in names]
    rows += [[names[0], "2026", "Khu vực II"], [names[1], "2025", "Khu vực II"]]
    content = "\n".join(";".join(row) for row in rows).encode()
    found = by_code(prepare_table(content, "dai.csv", facts))["C05"]
    assert found.severity == "error"
    assert [each.address for each in found.places] == ["C2", "C7"]


def test_classes_are_held_against_those_that_are_there(
    facts: DatasetFacts, names: list[str], lam_khe_dataset: Dataset
) -> None:
    there = {
        each.unit_id: each
        for each in lam_khe_dataset.observations
        if each.indicator == "difficulty_area"
    }
    shipped = next(iter(there.values()))
    units = {unit.unit_id: unit for unit in lam_khe_dataset.units}
    period = shipped.period
    own = {unit_id: each for unit_id, each in there.items() if each.period == period}
    listed = [unit for unit in units.values() if unit.unit_id in own]
    cells = [own[unit.unit_id].category for unit in listed]
    heading = f"Khu vực theo mức độ khó khăn năm {period}"
    content = table_of({heading: cells}, [unit.name.vi for unit in listed])
    assert by_code(prepare_table(content, "cu.csv", facts))["L04"].severity == "error"
    cells[0] = next(code for code in AREAS if code != cells[0])
    changed = by_code(prepare_table(
        table_of({heading: cells}, [unit.name.vi for unit in listed]), "cu.csv", facts
    ))["L01"]  # fmt: skip
    assert "Khu vực" in changed.what["vi"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_form_lists_the_classes_and_comes_back_without_questions(
    facts: DatasetFacts, lam_khe_dataset: Dataset, language: Language
) -> None:
    content = write_template(
        lam_khe_dataset.catalogue, lam_khe_dataset.units, ("difficulty_area", "population"),
        level="commune", date=dt.date(2025, 7, 1), period="2026", status="actual",
        language=language,
    )  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, _, lists = book.worksheets
    rules = {each.type: each for each in sheet.data_validations.dataValidation}
    assert lists.title in rules["list"].formula1
    assert rules["list"].formula1.endswith("!$A$2:$A$4")
    names = [row[0].value for row in lists["A2:A4"]]
    indicator = lam_khe_dataset.catalogue.indicators["difficulty_area"]
    assert names == [each.name[language] for each in indicator.categories]
    first = int(str(rules["list"].sqref).split(":")[0][1:])
    column = str(rules["list"].sqref)[0]
    for number, row in enumerate(range(first, first + 5)):
        sheet[f"{column}{row}"] = names[number % 3]
        sheet.cell(row, sheet[f"{column}{row}"].column + 1, 1000 + number**3)
    target = io.BytesIO()
    book.save(target)
    report = prepare_table(target.getvalue(), "mau.xlsx", facts)
    assert sorted(classes(report)) == sorted([*AREAS, "area_1", "area_2"])
    assert not [each for each in report.findings if each.severity in ("error", "question")]


# Marks of membership


def listed_facts(lam_khe_dataset: Dataset, facts: DatasetFacts) -> tuple[DatasetFacts, Indicator]:
    """The facts with a list of members: a category of two classes, one the denial of the other."""
    form = {
        "name_vi": "Xã đặc biệt khó khăn", "name_en": "Specially difficult commune",
        "definition_vi": "Có tên trong danh sách.", "definition_en": "Whether on the list.",
        "theme": next(iter(lam_khe_dataset.catalogue.themes)), "kind": "category",
        "direction": "neutral",
        "class_1_vi": "Có trong danh sách", "class_1_en": "On the list",
        "class_2_vi": "Không có trong danh sách", "class_2_en": "Not on the list",
    }  # fmt: skip
    made = new_indicator(form, facts.catalogue, "commune").indicator
    catalogue = dataclasses.replace(
        lam_khe_dataset.catalogue,
        indicators={**lam_khe_dataset.catalogue.indicators, made.id: made},
    )
    return DatasetFacts(dataclasses.replace(lam_khe_dataset, catalogue=catalogue)), made


def test_x_in_a_column_of_marks_is_a_class_and_blanks_are_asked_about(
    lam_khe_dataset: Dataset, facts: DatasetFacts, names: list[str]
) -> None:
    listed, made = listed_facts(lam_khe_dataset, facts)
    heading = "Xã đặc biệt khó khăn năm 2026"
    report = read(listed, names, ["x", "", "X", "", "x"], heading)
    assert classes(report, made.id) == ["on_the_list"] * 3
    assert by_code(report)["C01"].count == 2
    answered = read(listed, names, ["x", "", "X", "-", "x"], heading,
                    said({"": "not_on_the_list"}, heading))  # fmt: skip
    assert classes(answered, made.id) == [
        "on_the_list", "not_on_the_list", "on_the_list", "not_on_the_list", "on_the_list",
    ]  # fmt: skip
    assert answered.count("question") == 0


@pytest.mark.parametrize("words", [("Có", "Không"), ("yes", "no"), ("1", "0")])
def test_yes_and_no_are_a_list_and_its_denial(
    lam_khe_dataset: Dataset, facts: DatasetFacts, names: list[str], words: tuple[str, str]
) -> None:
    listed, made = listed_facts(lam_khe_dataset, facts)
    cells = [words[n % 2] for n in range(5)]
    report = read(listed, names, cells, "Xã đặc biệt khó khăn năm 2026")
    assert classes(report, made.id) == [("on_the_list", "not_on_the_list")[n % 2] for n in range(5)]


# Spellings


@given(st.data())
def test_case_composition_and_blanks_never_make_another_class(
    area: Indicator, data: st.DataObject
) -> None:
    category = data.draw(st.sampled_from(area.categories))
    name = data.draw(st.sampled_from([category.id, category.name.vi, category.name.en]))
    form = data.draw(st.sampled_from(["NFC", "NFD"]))
    cased = "".join(
        each.upper() if data.draw(st.booleans()) else each.lower()
        for each in unicodedata.normalize(form, name)
    )
    blanks = data.draw(st.sampled_from(["", " ", "\u00a0", "\n"]))
    mark = data.draw(st.sampled_from(["", "*", " (1)", "²"]))
    assert ClassWords(area).code(f"{blanks}{cased}{mark}{blanks}") == category.id


@given(st.text(max_size=200))
def test_any_text_names_a_class_there_is_or_none(area: Indicator, text: str) -> None:
    words = ClassWords(area)
    assert words.code(text) in (None, *AREAS)
    assert {each.id for each in words.alike(text)} <= set(AREAS)


def test_signs_that_tell_grades_apart_stay_apart() -> None:
    assert len({word_key(each) for each in ("A", "A+", "A-", "A++", "1.1", "11", "1-1x")}) == 7
    assert word_key("A -") != word_key("- A")


@pytest.mark.parametrize(
    "word", ["<script>alert(1)</script>", "=cmd()", "x" * 10_000, "{name}", "\u202eabc"]
)
def test_a_hostile_word_is_a_question_like_any_other(
    facts: DatasetFacts, names: list[str], word: str
) -> None:
    report = read(facts, names, ["I", word, "II", "III", "I"])
    finding = by_code(report)["C01"]
    assert finding.count == 1
    assert len(finding.value) <= 60
    for language in ("vi", "en"):
        assert finding.what[language]
    assert json.dumps(report_document(report, facts.index, "vi"))


def test_a_column_of_many_texts_is_no_column_of_classes(facts: DatasetFacts) -> None:
    report = prepare_table(
        table_of({AREA: [f"ghi chú {n}" for n in range(60)], "Dân số (người)": range(60)},
                 [f"Xã {n}" for n in range(60)]),
        "nhieu.csv", facts, said({}, AREA, "difficulty_area"),
    )  # fmt: skip
    assert by_code(report)["C01"].severity == "error"
