"""Tables that break an indicator down: by a column of codes, by sub-headings, in a form."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from checked_tables import by_code

from geodata.dataset import Dataset
from geodata.table_import.column_records import ColumnMeaning
from geodata.table_import.known_facts import DatasetFacts
from geodata.table_import.prepare import prepare_table
from geodata.table_import.report_records import Answers, ImportReport
from geodata.table_import.template.form_writer import write_template


def read(
    rows: list[list[object]], facts: DatasetFacts, answers: Answers | None = None
) -> ImportReport:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return prepare_table(target.getvalue(), "rung.xlsx", facts, answers)


def series(report: ImportReport) -> dict[tuple[str, str], list[float | None]]:
    found: dict[tuple[str, str], list[float | None]] = {}
    for value in report.values:
        found.setdefault((value.indicator, value.period), []).append(value.value)
    return found


def long_table(names: list[str], heading: str, codes: list[str]) -> list[list[object]]:
    rows: list[list[object]] = [["Diện tích rừng năm 2025"], []]
    rows.append(["Tên xã", heading, "Diện tích rừng (ha)"])
    for n, name in enumerate(names, 1):
        rows += [[name, code, 100 * n + place] for place, code in enumerate(codes, 1)]
    return rows


@pytest.mark.parametrize("heading", ["Nguồn gốc rừng", "origin", "Phân loại"])
def test_a_column_of_codes_says_row_by_row_which_part_a_figure_is(
    facts: DatasetFacts, names: list[str], heading: str
) -> None:
    report = read(long_table(names, heading, ["Tổng số", "Rừng tự nhiên", "rừng trồng"]), facts)
    assert series(report) == {
        ("forest_area", "2025"): [101, 201, 301, 401, 501],
        ("forest_area[origin:natural]", "2025"): [102, 202, 302, 402, 502],
        ("forest_area[origin:planted]", "2025"): [103, 203, 303, 403, 503],
    }
    assert report.matching is not None
    assert {row.state for row in report.matching.rows} == {"matched"}


def test_a_text_that_is_no_code_is_met_with_the_codes(
    facts: DatasetFacts, names: list[str]
) -> None:
    report = read(long_table(names, "Nguồn gốc rừng", ["Rừng tự nhiên", "Rừng cháy"]), facts)
    finding = by_code(report)["D01"]
    assert (finding.severity, finding.count, finding.value) == ("error", 5, "Rừng cháy")
    assert finding.expected["vi"] == "Rừng tự nhiên, Rừng trồng"
    assert {value.indicator for value in report.values} == {"forest_area[origin:natural]"}


def test_a_column_of_other_texts_is_no_dimension(facts: DatasetFacts, names: list[str]) -> None:
    rows = [["Tên xã", "Ghi chú", "Diện tích rừng (ha)"]]
    rows += [[name, "tốt" if n % 2 else "xấu", 10 * n] for n, name in enumerate(names)]
    report = read([["Năm 2025"], [], *rows], facts)
    assert set(series(report)) == {("forest_area", "2025")}
    assert "D01" not in by_code(report)


def test_sub_headings_for_each_code_are_the_parts(facts: DatasetFacts, names: list[str]) -> None:
    rows = [
        ["Biểu rừng năm 2025", None, None, None],
        [None, None, None, None],
        ["Tên xã", "Diện tích rừng (ha)", None, None],
        [None, "Tổng số", "Rừng tự nhiên", "Rừng trồng"],
        *([name, 100 * n, 60 * n, 40 * n] for n, name in enumerate(names, 1)),
    ]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("B3:D3")
    book.active.merge_cells("A3:A4")
    target = io.BytesIO()
    book.save(target)
    report = prepare_table(target.getvalue(), "rung.xlsx", facts)
    assert [each.indicator for each in report.columns if each.use == "value"] == [
        "forest_area", "forest_area[origin:natural]", "forest_area[origin:planted]",
    ]  # fmt: skip


def test_a_form_of_parts_comes_back_without_questions(
    lam_khe_dataset: Dataset, facts: DatasetFacts
) -> None:
    wanted = ("forest_area", "forest_area[origin:natural]")
    content = write_template(
        lam_khe_dataset.catalogue, lam_khe_dataset.units, wanted, level="commune",
        date=dt.date(2025, 7, 1), period="2026", status="actual", language="vi",
    )  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    header = next(row for row in sheet.iter_rows() if "Diện tích rừng" in str(row[-1].value))
    for number, row in enumerate(range(header[0].row + 1, sheet.max_row + 1), 1):
        sheet.cell(row, header[-2].column, 1000 + number**3)
        sheet.cell(row, header[-1].column, 700 + number**2)
    target = io.BytesIO()
    book.save(target)
    report = prepare_table(target.getvalue(), "mau.xlsx", facts)
    assert {key: len(values) for key, values in series(report).items()} == {
        (name, "2026"): 5 for name in wanted
    }
    assert not [each for each in report.findings if each.severity in ("error", "question")]


def test_an_answer_names_the_dimensions_apart_or_in_brackets(
    facts: DatasetFacts, names: list[str]
) -> None:
    table = [["Năm 2025"], [], ["Tên xã", "Cột lạ"], *([name, 5] for name in names)]
    for said in (
        ColumnMeaning(0, ("Cột lạ",), "value", "forest_area", "origin:planted"),
        ColumnMeaning(0, ("Cột lạ",), "value", "forest_area[origin:planted]"),
        ColumnMeaning(0, ("Cột lạ",), "value", "forest_area", " origin:planted"),
    ):
        answers = Answers(columns={("Cột lạ",): said})
        assert set(series(read(table, facts, answers))) == {("forest_area[origin:planted]", "2025")}


def test_a_recipe_of_before_finds_the_part_that_its_indicator_became(
    facts: DatasetFacts, names: list[str]
) -> None:
    table = [["Năm 2025"], [], ["Tên xã", "Cột lạ"], *([name, 5] for name in names)]
    said = ColumnMeaning(0, ("Cột lạ",), "value", "natural_forest_area")
    report = read(table, facts, Answers(columns={("Cột lạ",): said}))
    assert set(series(report)) == {("forest_area[origin:natural]", "2025")}


def test_parts_that_make_more_than_the_whole_are_confirmed_or_corrected(
    facts: DatasetFacts, names: list[str]
) -> None:
    rows = long_table(names, "Nguồn gốc rừng", ["Tổng số", "Rừng tự nhiên", "Rừng trồng"])
    finding = by_code(read(rows, facts))["X01"]
    assert finding.severity == "confirm"
    assert finding.count == 5
