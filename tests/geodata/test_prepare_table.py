"""One way leads from a file to a report, whatever the file: tables, broken files, answers."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from geodata.dataset import Dataset
from geodata.errors import FileFault
from geodata.table_import.known_facts import DatasetFacts
from geodata.table_import.prepare import Stage, TableReading, prepare_table
from geodata.table_import.questions_json import questions_document, read_filled_questions
from geodata.table_import.recipe import recipe_of
from geodata.table_import.report_json import report_document
from geodata.table_import.report_records import Answers, ImportReport
from tests.checked_tables import NAMES, by_code, made_facts, report_on, table_of

TABLES = Path(os.environ.get("PORTAL_SHARED", "")) / "tables"
PEOPLE = [5210, 3120, 8450, 4075, 6230, 2890, 7155, 3640, 4480, 5905, 3370, 6725]

needs_tables = pytest.mark.skipif(
    not os.environ.get("PORTAL_SHARED") or not TABLES.is_dir(),
    reason="PORTAL_SHARED names no folder of tables",
)


@pytest.fixture(scope="module")
def lai_chau(lai_chau_dataset: Dataset) -> DatasetFacts:
    return DatasetFacts(lai_chau_dataset)


def told(facts: DatasetFacts, name: str) -> tuple[ImportReport, dict[str, Any]]:
    report = prepare_table(TABLES / name, name, facts)
    return report, report_document(report, facts.index, "en")


def series(document: dict[str, Any]) -> list[tuple[str, str, str, int]]:
    keys = ("indicator", "period", "status", "values")
    return [tuple(column[key] for key in keys) for column in document["columns"]]


@needs_tables
def test_the_table_under_a_letterhead_gives_its_units_columns_and_total(
    lai_chau: DatasetFacts,
) -> None:
    report, document = told(lai_chau, "demo_commune_indicators.xlsx")
    assert document["units"] == {
        "matched": 38, "unmatched": 0, "doubled": 0, "asked": 0, "ignored": 0, "absent": 0,
    }  # fmt: skip
    assert (document["level"], document["vintage"]) == ("commune", "2025-07-01")
    assert len(document["columns"]) == 7
    assert {column["period"] for column in document["columns"]} == {"2026-06-30"}
    assert {total["label"] for total in document["totals"]} == {"TOÀN TỈNH"}
    people = document["totals"][0]
    assert (people["column"], people["stated"], people["sum"]) == (
        "Dân số (người)", 493804, 493804,
    )  # fmt: skip
    # Population was copied from the register, with the zero and the few people that the register
    # has for two communes: fewer households than the communes that became them had.
    assert {each.code for each in report.findings} <= {"I01", "T01", "T03", "V09"}


@needs_tables
def test_the_census_by_district_tells_homonyms_apart_and_its_sums_agree(
    lai_chau: DatasetFacts,
) -> None:
    report, document = told(lai_chau, "census_2019_by_district.xlsx")
    assert document["units"]["matched"] == 106
    assert document["vintage"] < "2025-07-01"
    assert len(document["totals"]) == 8
    assert all(total["stated"] == total["sum"] for total in document["totals"])
    assert {each.severity for each in report.findings} == {"note"}
    assert report.publishable


@needs_tables
@pytest.mark.parametrize(
    ("name", "columns"),
    [("poor_households_tcvn3.xls", 4), ("water_and_power_nfd.ods", 2)],
)
def test_old_encodings_and_formats_give_all_units(
    lai_chau: DatasetFacts, name: str, columns: int
) -> None:
    report, document = told(lai_chau, name)
    assert document["units"]["matched"] == 38
    assert len(document["columns"]) == columns
    assert not report.count("error")
    assert "X02" not in by_code(report)  # the rate is the quotient of its columns


@needs_tables
def test_plan_and_actual_are_told_apart_and_stated_percentages_are_checks(
    lai_chau: DatasetFacts,
) -> None:
    report, document = told(lai_chau, "plan_and_actual_cross_table.xlsx")
    found = Counter((c["period"], c["status"]) for c in document["columns"] if c["use"] == "value")
    assert found == {
        ("2026", "plan"): 2, ("2026-H1", "actual"): 2, ("2025-H1", "actual"): 1,
    }  # fmt: skip
    checks = [c["use"] for c in document["columns"] if c["use"] != "value"]
    assert checks == ["stated_percent", "stated_percent", "stated_change"]
    assert "X03" not in by_code(report)
    assert "X03" not in {each.code for each in report.skipped}


@needs_tables
def test_a_long_table_gives_units_times_years_times_indicators(lai_chau: DatasetFacts) -> None:
    name = "long_semicolon_codes_without_zero.csv"
    _, document = told(lai_chau, name)
    assert document["units"]["matched"] == 38
    columns = {tuple(c["path"]) for c in document["columns"]}
    assert len(columns) == 2
    answered = Answers(
        columns={
            each.path: replace(each, indicator=each.indicator or each.proposals[0].indicator)
            for each in prepare_table(TABLES / name, name, lai_chau).columns
        }
    )
    report = prepare_table(TABLES / name, name, lai_chau, answered)
    figures = Counter((each.indicator, each.period) for each in report.values)
    assert sorted(figures.values()) == [38, 38, 38, 38]


@needs_tables
def test_units_of_several_days_in_one_list_are_asked_about_and_never_guessed(
    lai_chau: DatasetFacts,
) -> None:
    report, document = told(lai_chau, "mixed_vintages.xlsx")
    units = document["units"]
    assert units["asked"] > 0
    assert units["matched"] + units["asked"] + units["unmatched"] <= 58
    assert by_code(report)["U05"].severity == "question"
    assert not report.count("error")
    matched = {each.unit_id for each in report.matching.rows if each.state == "matched"}  # type: ignore[union-attr]
    for unit_id in matched:
        names = [u for u in lai_chau.index.units if u.unit_id == unit_id]
        assert names


def test_open_questions_are_written_filled_in_and_answered() -> None:
    facts = made_facts()
    names = ("Ánh Đào", "Bản Lầu", "Cốc Pàng", "Xa Xăm", *NAMES[4:])
    table = table_of({"Cột lạ": PEOPLE, "Số hộ": PEOPLE}, names)
    report = report_on(table, facts=facts)
    document = questions_document(report, facts.index, "vi")
    kinds = Counter(each["kind"] for each in document["questions"])
    assert kinds == {"unit": 1, "indicator": 1, "period": 2}
    filled = {"unit": "99004-20130101", "indicator": "population", "period": "2025"}
    for question in document["questions"]:
        question["answer"] = filled[question["kind"]]
    answers = read_filled_questions(json.dumps(document))
    done = report_on(table, facts=facts, answers=answers)
    assert not done.count("question")
    assert Counter((each.indicator, each.period) for each in done.values) == {
        ("population", "2025"): 12, ("households", "2025"): 12,
    }  # fmt: skip


def test_an_open_question_stays_open_and_a_wrong_answer_is_refused_with_its_place() -> None:
    question = {"kind": "indicator", "header": ["A"], "answer": None}
    assert read_filled_questions(json.dumps({"version": 1, "questions": [question]})) == Answers()
    for wrong in (
        {**question, "answer": 7},
        {**question, "kind": "other", "answer": "x"},
        {**question, "header": "A", "answer": "x"},
        {"kind": "hidden", "answer": "perhaps"},
        {"kind": "vintage", "answer": "today"},
        "skip",
    ):
        with pytest.raises(FileFault, match="questions #1"):
            read_filled_questions(json.dumps({"version": 1, "questions": [wrong]}))


def test_a_recipe_answers_for_the_next_table_of_its_form_and_for_no_other() -> None:
    facts = made_facts()
    first = table_of({"Cột lạ năm 2024 (người)": PEOPLE})
    answered = read_filled_questions(
        json.dumps(
            {"version": 1, "questions": [
                {"kind": "indicator", "header": ["Cột lạ năm 2024 (người)"],
                 "answer": "population"}]}
        )
    )  # fmt: skip
    recipe = recipe_of(report_on(first, facts=facts, answers=answered), "dân số")
    later = table_of({"Cột lạ năm 2025 (người)": PEOPLE})
    known = prepare_table(later, "b.csv", facts, None, TableReading(recipes=(recipe,)))
    assert (known.recipe, known.columns[0].indicator, known.columns[0].period) == (
        "dân số", "population", "2025",
    )  # fmt: skip
    other = table_of({"Số hộ năm 2025": PEOPLE, "Số hộ nghèo năm 2025": PEOPLE})
    chosen = prepare_table(other, "c.csv", facts, None, TableReading(recipe=recipe))
    assert by_code(chosen)["H07"].severity == "error"


def test_progress_tells_every_part_of_the_way_in_order() -> None:
    stages: list[Stage] = []
    reading = TableReading(progress=lambda stage, share: stages.append(stage))
    prepare_table(table_of({"Dân số năm 2025": PEOPLE}), "a.csv", made_facts(), None, reading)
    assert list(dict.fromkeys(stages)) == [
        "reading", "layout", "units", "columns", "values", "checks",
    ]  # fmt: skip


def test_a_sheet_that_is_not_there_and_a_sheet_without_units_are_told() -> None:
    table = table_of({"Dân số năm 2025": PEOPLE})
    assert by_code(report_on(table, answers=Answers(sheet="Biểu 9")))["B01"].value == "Biểu 9"
    assert by_code(report_on(b"a;b\n1;2\n3;4\n"))["B01"].severity == "error"
    assert by_code(report_on(b""))["B01"].what["vi"] == "Tệp rỗng"


@pytest.mark.parametrize("name", ["", "..", ".xlsx", "a/b\\c.csv", "\x00.csv", "tên dài " * 60])
def test_no_name_of_a_file_leads_elsewhere_or_breaks_the_way(name: str) -> None:
    report = prepare_table(table_of({"Dân số năm 2025": PEOPLE}), name, made_facts())
    assert "/" not in report.file
    assert len(report.file) <= 120
    assert report.layout is not None or report.findings[0].severity == "error"


def workbook() -> bytes:
    """A small workbook of an office with two sheets, styles and merged cells."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    percent = book.add_format({"num_format": "0.0%"})
    sheet = book.add_worksheet("Biểu 1")
    sheet.merge_range(0, 0, 0, 2, "DÂN SỐ NĂM 2025")
    sheet.write_row(1, 0, ["Tên xã", "Dân số (người)", "Tỷ lệ hộ nghèo"])
    for row, name in enumerate(NAMES, 2):
        sheet.write_row(row, 0, [name, PEOPLE[row - 2]])
        sheet.write_number(row, 2, 0.123, percent)
    sheet.write_formula(len(NAMES) + 2, 1, "=SUM(B3:B14)", None, sum(PEOPLE))
    book.add_worksheet("Ghi chú").write(0, 0, "x")
    book.close()
    return file.getvalue()


def repacked(content: bytes, name: str, change: Any) -> bytes:
    """A workbook with one of its parts changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", 8) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, change(data) if part == name else data)
    return made.getvalue()


@pytest.mark.parametrize("number", [b"9" * 400, b"1e400", b"-1E+999", b"NaN", b"9" * 4000])
def test_a_number_that_no_spreadsheet_can_hold_is_refused_with_its_cell(number: bytes) -> None:
    spoilt = repacked(
        workbook(), "xl/worksheets/sheet1.xml",
        lambda data: data.replace(b"<v>5210</v>", b"<v>" + number + b"</v>"),
    )  # fmt: skip
    report = prepare_table(spoilt, "a.xlsx", made_facts())
    wrong = [each for each in report.findings if each.severity == "error"]
    assert wrong
    assert [each.address for each in wrong[0].places][:1] == ["B3"]


def broken_files() -> Iterator[tuple[str, bytes]]:
    """300 files that are broken in as many ways: cut, flipped, of another kind, oversized."""
    chance = random.Random(2026)
    book = workbook()
    text = table_of({"Dân số năm 2025": PEOPLE})
    for n in range(60):
        yield f"cut{n}.xlsx", book[: len(book) * n // 60]
    for n in range(90):
        spoilt = bytearray(book)
        for _ in range(1 + n // 10):
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        yield f"flipped{n}.xlsx", bytes(spoilt)
    parts = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
             "xl/styles.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"]  # fmt: skip
    for n in range(60):
        part = parts[n % len(parts)]
        yield f"part{n}.xlsx", repacked(book, part, lambda data, n=n: _spoilt(data, n, chance))
    for n in range(60):
        spoilt = bytearray(text)
        for _ in range(1 + n):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        yield f"text{n}.csv", bytes(spoilt)
    for suffix in ("xls", "ods", "xlsx", "csv", "tsv", "xlsm", "docx", "pdf", "exe", ""):
        yield f"empty.{suffix}", b""
        yield f"book.{suffix}", book
        yield f"noise.{suffix}", chance.randbytes(2000)


def _spoilt(data: bytes, n: int, chance: random.Random) -> bytes:
    """A part of a workbook that is cut, has no closing tags, points elsewhere or unfolds."""
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    external = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    head, _, rest = data.partition(b"?>")
    match n // 6 % 5:
        case 0:
            return data[: chance.randrange(len(data))]
        case 1:
            return data.replace(b"</row>", b"").replace(b"<c ", b'<c r="ZZZZ9999999" ')
        case 2:
            return head + b"?>" + entity + rest.replace(b"</", b"&b;</", 1)
        case 3:
            return head + b"?>" + external + rest.replace(b"</", b"&e;</", 1)
        case _:
            return head + b"?>" + b"<a>" * 5000 + b"x" * 100_000


@pytest.mark.slow
def test_three_hundred_broken_files_give_words_and_no_trace() -> None:
    facts = made_facts()
    files = list(broken_files())
    assert len(files) == 300
    for name, content in files:
        report = prepare_table(content, name, facts)
        document = report_document(report, facts.index, "vi")
        assert json.dumps(document, ensure_ascii=False)
        if report.layout is None:
            (finding,) = report.findings
            assert finding.severity == "error", name
            assert finding.what["vi"], name
            assert "/" not in finding.value[:1], name  # no folder of this machine is told


def test_a_table_of_formulas_that_were_never_worked_out_is_refused_as_such() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Tên xã", "Dân số năm 2025"])
    for name in NAMES:
        book.active.append([name, "=100+20"])
    file = io.BytesIO()
    book.save(file)
    report = prepare_table(file.getvalue(), "bieu.xlsx", made_facts())
    (finding,) = report.findings
    assert (finding.code, finding.count, finding.places[0].address) == ("V03", len(NAMES), "B2")
