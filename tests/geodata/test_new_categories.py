"""A category that the catalogue lacks, made in the form from the words of a column."""

from __future__ import annotations

import dataclasses
import json

import pytest

from geodata.errors import InvalidInput
from geodata.table_import.answers_json import answers_document, answers_of
from geodata.table_import.columns import new_indicator
from geodata.table_import.columns.class_words import ClassWords
from geodata.table_import.columns.indicator_form import IndicatorFaults
from geodata.table_import.columns.new_categories import classes_of_rows
from geodata.table_import.columns.new_classes import with_new_class
from geodata.table_import.known_facts import DatasetFacts
from geodata.table_import.questions_json import questions_document, read_filled_questions
from geodata.table_import.report_records import Answers
from tests.geodata.test_table_classes import AREA, classes, read, said

FORM = {
    "name_vi": "Xếp loại thôn mới", "name_en": "Grade of the commune",
    "definition_vi": "Do huyện xếp.", "definition_en": "As graded by the district.",
    "theme": "services", "kind": "category", "direction": "up", "ordered": "1",
    "class_1_vi": "Đạt", "class_1_en": "Met", "class_1_order": "2",
    "class_2_vi": "Chưa đạt", "class_2_en": "Not met", "class_2_order": "1",
    "class_3_vi": "ĐẠT", "class_3_en": "Met", "class_3_order": "3",
}  # fmt: skip


def test_rows_of_one_name_are_one_class_in_the_order_that_was_given(facts: DatasetFacts) -> None:
    made = new_indicator(FORM, facts.catalogue, "commune").indicator
    assert made.category_ids == ("not_met", "met")
    assert (made.ordered, made.direction, made.decimals) == (True, "up", 0)
    assert classes_of_rows(FORM, made) == {1: "met", 2: "not_met", 3: "met"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"class_2_vi": "", "class_2_en": ""}, "categories"),
        ({"class_1_en": ""}, "class_1_en"),
        ({"class_1_vi": "x" * 10_000}, "class_1_vi"),
        ({"class_1_vi": "---"}, "class_1_vi"),
        ({"class_1_order": "=cmd()"}, "class_1_order"),
        ({"ordered": ""}, "direction"),
        ({f"class_{n}_vi": f"Loại {n}" for n in range(4, 14)}
         | {f"class_{n}_en": f"Class {n}" for n in range(4, 14)}, "categories"),
    ],
)  # fmt: skip
def test_a_category_follows_the_rules_of_the_catalogue(
    facts: DatasetFacts, changes: dict[str, str], field: str
) -> None:
    with pytest.raises(IndicatorFaults) as raised:
        new_indicator(FORM | changes, facts.catalogue, "commune")
    assert field in raised.value.by_field


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=cmd()|' /C calc'!A0", "Đạt"])
def test_a_new_category_survives_an_answers_file(facts: DatasetFacts, name: str) -> None:
    made = new_indicator(FORM | {"class_2_vi": name + " 2"}, facts.catalogue, "commune")
    answers = Answers(new_indicators=(made,))
    assert answers_of(json.loads(json.dumps(answers_document(answers)))) == answers
    assert made.indicator.categories[0].name.vi == name + " 2"


def test_an_unknown_word_becomes_a_class_of_what_is_made_here_alone(
    facts: DatasetFacts, names: list[str]
) -> None:
    made = new_indicator(FORM, facts.catalogue, "commune")
    heading = "Xếp loại thôn mới năm 2026"
    answers = dataclasses.replace(said({}, heading, made.indicator.id), new_indicators=(made,))
    cells = ["Đạt", "Chưa đạt", "Đạt", "Đạt nâng cao", "Đạt"]
    document = questions_document(read(facts, names, cells, heading, answers), facts.index, "en")
    (question,) = [each for each in document["questions"] if each["kind"] == "class"]
    question["answer"] = "new"
    answered = read_filled_questions(json.dumps(document))
    report = read(facts, names, cells, heading, answered)
    assert classes(report, made.indicator.id)[3] == "dat_nang_cao"
    assert report.publishable
    with pytest.raises(InvalidInput, match="made with the table"):
        with_new_class(Answers(), (AREA,), "difficulty_area", "x", "x")


def test_a_tone_makes_another_word(facts: DatasetFacts) -> None:
    form = FORM | {"class_1_vi": "Ma", "class_1_en": "First", "class_2_vi": "Má",
                   "class_2_en": "Second", "class_3_vi": "", "class_3_en": ""}  # fmt: skip
    words = ClassWords(new_indicator(form, facts.catalogue, "commune").indicator)
    assert [words.code(each) for each in ("ma", "MÁ", "mà")] == ["first", "second", None]
