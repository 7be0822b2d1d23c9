"""A form to be filled in comes back without questions."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from geodata.dataset import Dataset
from geodata.errors import InvalidInput, NotFound
from geodata.readers.tables import read_sheets
from geodata.table_import.column_records import ColumnMeaning
from geodata.table_import.known_facts import DatasetFacts
from geodata.table_import.prepare import prepare_table
from geodata.table_import.report_records import Answers, ImportReport
from geodata.table_import.template.form_identity import FormIdentity, heading_hash, parse_identity
from geodata.table_import.template.form_reader import read_template
from geodata.table_import.template.form_writer import write_template

OLD, TODAY = dt.date(2013, 1, 1), dt.date(2025, 7, 1)
INDICATORS = ("population", "natural_area")


def form(dataset: Dataset, **options: object) -> bytes:
    settings = {"level": "commune", "date": TODAY, "period": "2026-H1", "status": "actual",
                "language": "vi"} | options  # fmt: skip
    units = [unit for unit in dataset.units if unit.level != "village"]
    return write_template(dataset.catalogue, units, INDICATORS, **settings)


def filled(content: bytes, path: Path, fill: Callable[[Worksheet, Workbook], None]) -> Path:
    """A form after a person has filled it in and saved it."""
    book = load_workbook(io.BytesIO(content))
    fill(book.worksheets[0], book)
    book.save(path)
    return path


def fill_figures(sheet: Worksheet, _: Workbook | None = None) -> None:
    """The first figure column gets 100, 200 …, the second 1.5, 2.5 …; the last row stays empty."""
    header = next(row for row in sheet.iter_rows() if "Dân số" in str([c.value for c in row]))
    columns = [cell.column for cell in header if "(" in str(cell.value)]
    for number, row in enumerate(range(header[0].row + 1, sheet.max_row)):
        sheet.cell(row, columns[0], 100 * (number + 1))
        sheet.cell(row, columns[1], number + 1.5)


def read(dataset: Dataset, path: Path) -> ImportReport:
    """The form as it comes in, under a name that speaks of another year."""
    return prepare_table(path.read_bytes(), "bieu_2024.xlsx", DatasetFacts(dataset))


def asked_about(report: ImportReport) -> list[str]:
    """Codes of what a person would have to answer or mend before anything about figures."""
    stops = ("error", "question")
    return [each.code for each in report.findings if each.severity in stops and each.code[0] != "L"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("date", [OLD, TODAY])
def test_a_filled_form_comes_back_without_questions(
    toy_dataset: Dataset, tmp_path: Path, date: dt.date, language: str
) -> None:
    content = form(toy_dataset, date=date, language=language, status="plan", period="2026")

    def fill(sheet: Worksheet, _: Workbook) -> None:
        for row in range(6, sheet.max_row):
            for column in range(1, sheet.max_column + 1):
                if not sheet.cell(row, column).protection.locked:
                    sheet.cell(row, column, 7)

    report = read(toy_dataset, filled(content, tmp_path / "f.xlsx", fill))
    units = [u for u in toy_dataset.units if u.level == "commune" and u.valid_on(date)]
    assert len(report.values) == 2 * (len(units) - 1)
    assert {(each.indicator, each.period, each.status) for each in report.values} == {
        ("population", "2026", "plan"),
        ("natural_area", "2026", "plan"),
    }
    assert asked_about(report) == []
    assert report.answers.vintage == date


def test_an_untouched_form_has_no_figures_and_no_questions(
    toy_dataset: Dataset, tmp_path: Path
) -> None:
    path = tmp_path / "untouched.xlsx"
    path.write_bytes(form(toy_dataset))
    report = read(toy_dataset, path)
    assert (report.values, asked_about(report)) == ((), [])


def test_codes_are_text_headers_are_locked_and_cells_keep_to_the_bounds(
    toy_dataset: Dataset,
) -> None:
    catalogue = toy_dataset.catalogue
    population = replace(catalogue.indicators["population"], minimum=0.0, maximum=5000.0)
    indicators = {**catalogue.indicators, "population": population}
    bounded = replace(toy_dataset, catalogue=replace(catalogue, indicators=indicators))
    sheet = load_workbook(io.BytesIO(form(bounded))).worksheets[0]
    codes = [sheet.cell(row, 1) for row in range(6, sheet.max_row + 1)]
    assert all(cell.data_type == "s" and len(cell.value) == 5 for cell in codes)
    assert all(cell.number_format == "@" for cell in codes)
    assert sheet.protection.sheet
    assert sheet.cell(5, 3).protection.locked
    assert not sheet.cell(6, 3).protection.locked
    first = sheet.data_validations.dataValidation[0]
    assert (first.type, float(first.formula1), float(first.formula2)) == ("whole", 0.0, 5000.0)
    assert "0" in first.error
    assert "5.000" in first.error


def test_a_form_is_the_same_file_for_the_same_wish(toy_dataset: Dataset) -> None:
    assert form(toy_dataset) == form(toy_dataset)


def test_the_form_is_known_when_its_first_cells_were_deleted(
    toy_dataset: Dataset, tmp_path: Path
) -> None:
    def behead(sheet: Worksheet, _: Workbook) -> None:
        fill_figures(sheet)
        sheet.delete_rows(1, 4)

    report = read(toy_dataset, filled(form(toy_dataset), tmp_path / "f.xlsx", behead))
    assert (len(report.values), asked_about(report)) == (8, [])


def test_a_moved_column_is_the_same_and_a_renamed_one_is_not(
    toy_dataset: Dataset, tmp_path: Path
) -> None:
    def change(sheet: Worksheet, _: Workbook) -> None:
        fill_figures(sheet)
        for row in sheet.iter_rows(min_row=5):
            row[2].value, row[3].value = row[3].value, row[2].value
        sheet.cell(5, 3, "Diện tích khác")

    report = read(toy_dataset, filled(form(toy_dataset), tmp_path / "f.xlsx", change))
    assert [each.indicator for each in report.answers.columns.values()] == ["population"]
    assert [each.value for each in report.values if each.indicator == "population"] == [
        100.0, 200.0, 300.0, 400.0
    ]  # fmt: skip


def test_the_properties_stand_in_where_all_cells_were_lost(
    toy_dataset: Dataset, tmp_path: Path
) -> None:
    def empty(sheet: Worksheet, book: Workbook) -> None:
        sheet.delete_rows(1, 4)
        del book[book.sheetnames[1]]

    path = filled(form(toy_dataset), tmp_path / "f.xlsx", empty)
    assert read_template(read_sheets(path)) is None
    report = read(toy_dataset, path)
    assert [each.indicator for each in report.answers.columns.values()] == list(INDICATORS)
    book = load_workbook(path)
    assert book.defined_names["PORTAL_FORM"].value.startswith('"BM-')


def test_the_cells_alone_say_what_the_form_is(toy_dataset: Dataset, tmp_path: Path) -> None:
    found = read_template(read_sheets(filled(form(toy_dataset), tmp_path / "f.xlsx", fill_figures)))
    assert found is not None
    assert [each.indicator for each in found.columns.values()] == list(INDICATORS)


def test_what_a_person_says_goes_before_the_form(toy_dataset: Dataset, tmp_path: Path) -> None:
    path = filled(form(toy_dataset), tmp_path / "f.xlsx", fill_figures)
    (heading, *_) = read(toy_dataset, path).answers.columns
    said = Answers(columns={heading: ColumnMeaning(0, heading, "skip")})
    report = prepare_table(path.read_bytes(), "f.xlsx", DatasetFacts(toy_dataset), said)
    assert {each.indicator for each in report.values} == {"natural_area"}


def test_properties_that_declare_entities_are_refused_with_words(
    toy_dataset: Dataset, tmp_path: Path
) -> None:
    source, target = io.BytesIO(form(toy_dataset)), tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            if member == "docProps/custom.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
            new.writestr(member, content)
    (finding,) = read(toy_dataset, target).findings
    assert "XML" in finding.what["en"]


def test_a_sheet_that_is_no_form_is_none(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Xã", "Dân số"])
    book.active.append(["portal-form 1; commune; 2025-07-01; 2026; actual; population:00000000; x"])
    book.save(tmp_path / "other.xlsx")
    assert read_template(read_sheets(tmp_path / "other.xlsx")) is None


def test_a_changed_or_later_identity_is_none() -> None:
    columns = {heading_hash("Dân số (người)"): "population"}
    identity = FormIdentity("commune", TODAY, "2026-H1", "actual", columns)
    assert parse_identity(f"Mã biểu: {identity.line}") == identity
    assert parse_identity(identity.line.replace("2026-H1", "2025-H1")) is None
    assert parse_identity(replace(identity, version=2).line) is None


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"date": dt.date(1900, 1, 1)}, "No unit of this level"),
        ({"period": "soon"}, "Not a period"),
        ({"level": "village"}, "no meaning at this level"),
    ],
)
def test_a_form_that_makes_no_sense_is_refused(
    toy_dataset: Dataset, options: dict[str, object], what: str
) -> None:
    with pytest.raises(InvalidInput, match=what):
        form(toy_dataset, **options)


def test_an_unknown_indicator_or_none_is_refused(toy_dataset: Dataset) -> None:
    options = {"level": "commune", "date": TODAY, "period": "2026", "status": "actual",
               "language": "vi"}  # fmt: skip
    with pytest.raises(NotFound):
        write_template(toy_dataset.catalogue, toy_dataset.units, ["dragons"], **options)
    with pytest.raises(InvalidInput):
        write_template(toy_dataset.catalogue, toy_dataset.units, [], **options)


def test_a_name_that_looks_like_a_formula_is_written_as_text(toy_dataset: Dataset) -> None:
    units = [
        replace(unit, full_name=replace(unit.full_name, vi="=1+1"))
        if unit.level == "commune"
        else unit
        for unit in toy_dataset.units
    ]
    sheet = load_workbook(io.BytesIO(form(replace(toy_dataset, units=tuple(units))))).worksheets[0]
    assert sheet.cell(6, 2).data_type == "s"
    assert sheet.cell(6, 2).value == "=1+1"
