"""Columns headed by a code alone (``Nam``, ``Nữ``) find what they are a part of."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from geodata.catalogue import Catalogue, read_catalogue
from geodata.dataset import default_dataset_folder
from geodata.table_import.column_records import ColumnMeaning
from geodata.table_import.questions_json import read_filled_questions
from geodata.table_import.report_records import Answers
from tests.table_columns import columns_of, figures_of
from tests.table_layouts import value_table


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(default_dataset_folder())


SEXES = [("Dân số (người)", "Tổng số"), ("Dân số (người)", "Nam"), ("Dân số (người)", "Nữ")]


def test_codes_below_a_heading_propose_a_new_breakdown_of_what_it_names(
    catalogue: Catalogue,
) -> None:
    meanings, findings = columns_of(catalogue, value_table(SEXES))
    assert [each.indicator for each in meanings] == ["population", "", ""]
    first = [each.proposals[0] for each in meanings[1:]]
    assert [each.indicator for each in first] == ["population[sex:male]", "population[sex:female]"]
    assert first[0].reason["vi"] == "Phân tổ mới của “Dân số” theo “Giới tính”"
    asked = [each.expected["vi"] for each in findings if each.code == "I01"]
    assert asked[0].startswith("Có thể là Dân số – Nam")


def test_an_answer_that_names_a_part_makes_the_breakdown(catalogue: Catalogue) -> None:
    said = {
        path: ColumnMeaning(0, path, "value", f"population[sex:{sex}]", period="2025", status="")
        for path, sex in zip(SEXES[1:], ("male", "female"), strict=True)
    }
    table = value_table(SEXES, title=("Dân số năm 2025",))
    values, findings = figures_of(catalogue, table, Answers(columns=said))
    assert "I01" not in findings
    assert {each.indicator for each in values} == {
        "population", "population[sex:male]", "population[sex:female]",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("whole", "code", "part"),
    [
        ("Tổng số dân (người)", "Nam", "population[sex:male]"),
        ("Số học sinh tiểu học", "Nữ", "pupils[school_level:primary,sex:female]"),
    ],
)
def test_codes_below_of_which_are_parts_of_the_column_before(
    catalogue: Catalogue, whole: str, code: str, part: str
) -> None:
    table = value_table([(whole,), ("Trong đó", code)], title=("Biểu 2 năm 2025",))
    _, meaning = columns_of(catalogue, table)[0]
    assert (meaning.indicator, meaning.proposals[0].indicator) == ("", part)


def test_a_part_that_is_there_is_taken_by_the_column_before(catalogue: Catalogue) -> None:
    paths = [("Dân số (1000 người)",), ("Trong đó", "Thành thị (1000 người)")]
    meanings, _ = columns_of(catalogue, value_table(paths, title=("Năm 2025",)))
    assert [(each.indicator, each.scale) for each in meanings] == [
        ("population", 1000.0), ("population[residence:urban]", 1000.0),
    ]  # fmt: skip


@pytest.mark.parametrize("path", [("Tỷ lệ hộ nghèo (%)", "Nữ"), ("Ghi chú", "Nam"), ("Nam",)])
def test_shares_and_what_names_nothing_are_not_broken_down(
    catalogue: Catalogue, path: tuple[str, ...]
) -> None:
    (meaning,), _ = columns_of(catalogue, value_table([path]))
    known = catalogue.indicators
    assert all(each.indicator in known for each in meaning.proposals)


MONTHS = [(f"Tháng {month}",) for month in range(1, 13)]


def test_months_below_one_title_are_one_question_and_one_answer(catalogue: Catalogue) -> None:
    table = value_table(MONTHS, title=("Sản lượng điện thương phẩm năm 2025",))
    meanings, findings = columns_of(catalogue, table)
    assert [each.period for each in meanings] == [f"2025-{month:02}" for month in range(1, 13)]
    (asked,) = [each for each in findings if each.code == "I01"]
    assert (asked.count, asked.value) == (12, "Tháng 1 … Tháng 12")
    question = {"kind": "indicator", "header": ["Tháng 1"], "answer": "electricity_output",
                "also": [list(each) for each in MONTHS[1:]]}  # fmt: skip
    answers = read_filled_questions(json.dumps({"version": 1, "questions": [question]}))
    meanings, findings = columns_of(catalogue, table, answers)
    assert {each.indicator for each in meanings} == {"electricity_output"}
    assert not [each for each in findings if each.code == "I01"]


def test_columns_that_say_different_things_are_asked_apart(catalogue: Catalogue) -> None:
    paths = [("Số máy cày năm 2024",), ("Số máy bơm năm 2025",), ("Số máy cày năm 2025",)]
    _, findings = columns_of(catalogue, value_table(paths))
    asked = [(each.value, each.count) for each in findings if each.code == "I01"]
    assert ("Số máy cày năm 2024 … Số máy cày năm 2025", 2) in asked
    assert ("Số máy bơm năm 2025", 1) in asked


def test_a_concept_that_the_header_names_is_found_and_can_be_set_aside(
    catalogue: Catalogue,
) -> None:
    path = ("Dân số trung bình năm 2024 (người)",)
    said = ColumnMeaning(0, path, "value", "population", status="")

    def read(**more: str) -> tuple[str, set[str]]:
        answers = Answers(columns={path: replace(said, **more)})  # type: ignore[arg-type]
        (meaning,), findings = columns_of(catalogue, value_table([path]), answers)
        return meaning.concept, {each.code for each in findings} & {"K01", "K02"}

    assert read() == ("average-population", {"K02"})
    assert read(concept="-") == ("", set())
    assert read(concept="register-2025") == ("register-2025", set())
    (other,), _ = columns_of(catalogue, value_table([("Số hộ trung bình",)]))
    assert other.concept == ""


def test_the_total_above_parts_that_are_known_is_their_whole(catalogue: Catalogue) -> None:
    heads = ("Tổng", "Rừng tự nhiên", "Rừng trồng")
    table = value_table([("Diện tích rừng (ha)", head) for head in heads])
    meanings, _ = columns_of(catalogue, table)
    assert [each.indicator for each in meanings] == [
        "forest_area", "forest_area[forest_origin:natural]", "forest_area[forest_origin:planted]",
    ]  # fmt: skip
    other = value_table([("Tỷ lệ rừng (%)", heads[0]), *(("Diện tích rừng", h) for h in heads[1:])])
    assert columns_of(catalogue, other)[0][0].indicator != "forest_area"


def test_a_header_without_marks_is_proposed_by_its_letters(catalogue: Catalogue) -> None:
    paths = [("DAN SO NAM 2025",), ("So ho ngheo nam 2025 (ho)",), ("POPULATION 2025",)]
    meanings, _ = columns_of(catalogue, value_table(paths))
    first = [each.indicator or each.proposals[0].indicator for each in meanings]
    assert first == ["population", "poor_households", "population"]
    assert [bool(each.indicator) for each in meanings] == [False, False, True]
