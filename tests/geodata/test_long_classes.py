"""Long tables that name their indicators row by row and tell classes: with words only, or mixed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from geodata.dataset import Dataset
from geodata.table_import.column_records import EACH_ROW, ColumnMeaning
from geodata.table_import.known_facts import DatasetFacts
from geodata.table_import.prepare import prepare_table
from geodata.table_import.report_records import Answers, ImportReport

AREA, WATER = "Khu vực theo mức độ khó khăn", "Nguồn nước sinh hoạt chính"
AREAS = ("Khu vực I", "Khu vực II", "Khu vực III")
WATERS = ("Giếng", "Nước máy", "Nước suối dẫn về")
HEAD = ("Xã", "Chỉ tiêu", "Kỳ", "Xếp loại")


@pytest.fixture(scope="module")
def facts(lam_khe_dataset: Dataset) -> DatasetFacts:
    return DatasetFacts(lam_khe_dataset)


@pytest.fixture(scope="module")
def names(facts: DatasetFacts) -> list[str]:
    units = facts.index.units
    today = [unit for unit in units if unit.level == "commune" and unit.valid_to is None]
    return [unit.full_name.vi for unit in today]


def read(
    facts: DatasetFacts,
    rows: Sequence[Sequence[object]],
    head: Sequence[str] = HEAD,
    answers: Answers | None = None,
) -> ImportReport:
    text = "\n".join("\t".join(map(str, row)) for row in (head, *rows))
    return prepare_table(text.encode(), "bieu_dai.tsv", facts, answers)


def told(report: ImportReport) -> list[tuple[str, str, str | float | None]]:
    return [(v.indicator, v.period, v.category or v.value) for v in report.values]


def codes(report: ImportReport) -> set[str]:
    return {finding.code for finding in report.findings}


def test_a_table_of_words_alone_is_read_by_indicator_period_and_class(
    facts: DatasetFacts, names: list[str]
) -> None:
    rows = [
        (name, title, period, words[(n + k) % 3])
        for n, name in enumerate(names)
        for k, period in enumerate(("6 tháng 2025", "6 tháng 2026"))
        for title, words in ((AREA, AREAS), (WATER, WATERS))
    ]
    report = read(facts, rows)
    assert not codes(report) & {"I01", "C01", "P01", "B02"}
    assert len(report.values) == 4 * len(names)
    assert told(report)[:4] == [
        ("difficulty_area", "2025-H1", "area_1"),
        ("water_supply", "2025-H1", "well"),
        ("difficulty_area", "2026-H1", "area_2"),
        ("water_supply", "2026-H1", "piped"),
    ]
    assert all(value.value is None for value in report.values)


@pytest.mark.parametrize("words", [AREAS[:1], AREAS])
def test_classes_need_not_come_back_where_the_rows_name_the_indicator(
    facts: DatasetFacts, names: list[str], words: Sequence[str]
) -> None:
    rows = [(name, AREA, 2026, words[n % len(words)]) for n, name in enumerate(names[:3])]
    found = [category for _, _, category in told(read(facts, rows))]
    assert found == [f"area_{1 + n % len(words)}" for n in range(3)]


def test_figures_and_classes_may_stand_in_one_column(facts: DatasetFacts, names: list[str]) -> None:
    rows = [
        row
        for n, name in enumerate(names)
        for row in (
            (name, AREA, 2026, AREAS[n % 3]),
            (name, WATER, 2026, WATERS[n % 3]),
            (name, "Số hộ (hộ)", 2026, 310 + n),
        )
    ]
    report = read(facts, rows)
    assert told(report)[:3] == [
        ("difficulty_area", "2026", "area_1"),
        ("water_supply", "2026", "well"),
        ("households", "2026", 310.0),
    ]
    assert len(report.values) == len(rows)


@pytest.mark.parametrize("head", ["Căn cứ", "Ghi chú"])
def test_what_stands_beside_the_classes_is_not_read_for_them(
    facts: DatasetFacts, names: list[str], head: str
) -> None:
    rows = [(name, AREA, 2026, f"QĐ số {n % 2}", AREAS[n % 3]) for n, name in enumerate(names)]
    report = read(facts, rows, ("Xã", "Chỉ tiêu", "Năm", head, "Kết quả"))
    assert [value.category for value in report.values] == [f"area_{1 + n % 3}" for n in range(5)]
    uses = {meaning.path: meaning.use for meaning in report.columns}
    assert (uses[head,], uses["Kết quả",]) == ("skip", "value")


def test_without_a_column_of_periods_one_is_asked_for_all_and_answered_once(
    facts: DatasetFacts, names: list[str]
) -> None:
    rows = [(name, AREA, AREAS[n % 3]) for n, name in enumerate(names)]
    head = ("Đơn vị", "Chỉ tiêu", "Phân loại")
    asked = read(facts, rows, head)
    assert [(f.code, f.severity) for f in asked.findings if f.code == "P01"] == [
        ("P01", "question")
    ]
    said = ColumnMeaning(0, ("Phân loại",), "value", EACH_ROW, period="2026")
    report = read(facts, rows, head, Answers(columns={("Phân loại",): said}))
    assert told(report)[0] == ("difficulty_area", "2026", "area_1")
    assert "P01" not in codes(report)


def test_a_word_that_names_no_class_is_asked_about_and_answered_by_the_indicator_s_name(
    facts: DatasetFacts, names: list[str]
) -> None:
    cells = ("Khu vực I", "Vùng sâu", "Khu vực II", "Vùng sâu", "Khu vực I")
    rows = [(name, AREA, 2026, cells[n]) for n, name in enumerate(names)]
    report = read(facts, rows)
    [asked] = [finding for finding in report.findings if finding.code == "C01"]
    assert (asked.severity, asked.value) == ("question", "Vùng sâu")
    path = ("Chỉ tiêu", AREA)
    [meaning] = [each for each in report.columns if each.path == path]
    key = next(word.key for word in meaning.words if word.written == "Vùng sâu")
    said = ColumnMeaning(0, path, "value", "difficulty_area", classes={key: "area_3"})
    answered = read(facts, rows, answers=Answers(columns={path: said}))
    assert [value.category for value in answered.values] == [
        "area_1", "area_3", "area_2", "area_3", "area_1",
    ]  # fmt: skip
