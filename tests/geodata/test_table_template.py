"""A form to be filled in comes back without questions."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from geodata.dataset import Dataset
from geodata.errors import InvalidInput, NotFound
from geodata.readers.sheet import Sheet
from geodata.readers.tables import read_sheets
from geodata.table_import.columns import read_columns, to_values
from geodata.table_import.layout import find_tables
from geodata.table_import.report_records import Answers, Finding, ImportedValue
from geodata.table_import.template import read_template, write_template
from geodata.table_import.template.form_identity import FormIdentity, heading_hash, parse_identity
from geodata.table_import.units import UnitIndex, match_units

OLD, TODAY = dt.date(2013, 1, 1), dt.date(2025, 7, 1)
INDICATORS = ("population", "natural_area")


def form(dataset: Dataset, **options: object) -> bytes:
    settings = {"level": "commune", "date": TODAY, "period": "2026-H1", "status": "actual",
                "language": "vi"} | options  # fmt: skip
    units = [unit for unit in dataset.units if unit.level != "village"]
    return write_template(dataset.catalogue, units, INDICATORS, **settings)


def filled(content: bytes, path: Path, fill: Callable[[Worksheet, Workbook], None]) -> list[Sheet]:
    """The sheets of a form after a person has filled it in and saved it."""
    book = load_workbook(io.BytesIO(content))
    fill(book.worksheets[0], book)
    book.save(path)
    return read_sheets(path)


def fill_figures(sheet: Worksheet, _: Workbook | None = None) -> None:
    """The first figure column gets 100, 200 …, the second 1.5, 2.5 …; the last row stays empty."""
    header = next(row for row in sheet.iter_rows() if "Dân số" in str([c.value for c in row]))
    columns = [cell.column for cell in header if "(" in str(cell.value)]
    for number, row in enumerate(range(header[0].row + 1, sheet.max_row)):
        sheet.cell(row, columns[0], 100 * (number + 1))
        sheet.cell(row, columns[1], number + 1.5)


def read(
    dataset: Dataset, sheets: list[Sheet]
) -> tuple[tuple[ImportedValue, ...], list[Finding], Answers]:
    answers = read_template(sheets)
    assert answers is not None
    index = UnitIndex.of(
        dataset.units, dataset.successions, [step.date for step in dataset.info.timeline]
    )
    wanted = [sheet for sheet in sheets if sheet.name == answers.sheet]
    (layout,) = find_tables(wanted, "bieu_2024.xlsx", index, answers.table)
    matching = match_units(layout, index, answers)
    assert {each.state for each in matching.rows} == {"matched"}
    meanings, about_columns = read_columns(layout, matching, dataset.catalogue, answers)
    values, about_values = to_values(layout, matching, meanings, dataset.catalogue, answers)
    return values, [*about_columns, *about_values], answers


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

    values, findings, answers = read(toy_dataset, filled(content, tmp_path / "f.xlsx", fill))
    units = [u for u in toy_dataset.units if u.level == "commune" and u.valid_on(date)]
    assert len(values) == 2 * (len(units) - 1)
    assert {(each.indicator, each.period, each.status) for each in values} == {
        ("population", "2026", "plan"),
        ("natural_area", "2026", "plan"),
    }
    assert [each.code for each in findings] == ["V07"]
    assert answers.vintage == date


def test_an_untouched_form_has_no_figures_and_no_questions(
    toy_dataset: Dataset, tmp_path: Path
) -> None:
    path = tmp_path / "untouched.xlsx"
    path.write_bytes(form(toy_dataset))
    values, findings, _ = read(toy_dataset, read_sheets(path))
    assert values == ()
    assert {each.severity for each in findings} <= {"note"}


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

    values, findings, _ = read(toy_dataset, filled(form(toy_dataset), tmp_path / "f.xlsx", behead))
    assert len(values) == 8
    assert {each.severity for each in findings} == {"note"}


def test_a_moved_column_is_the_same_and_a_renamed_one_is_not(
    toy_dataset: Dataset, tmp_path: Path
) -> None:
    def change(sheet: Worksheet, _: Workbook) -> None:
        fill_figures(sheet)
        for row in sheet.iter_rows(min_row=5):
            row[2].value, row[3].value = row[3].value, row[2].value
        sheet.cell(5, 3, "Diện tích khác")

    sheets = filled(form(toy_dataset), tmp_path / "f.xlsx", change)
    answers = read_template(sheets)
    assert answers is not None
    assert [each.indicator for each in answers.columns.values()] == ["population"]
    values, _, _ = read(toy_dataset, sheets)
    assert {each.value for each in values if each.indicator == "population"} == {
        100.0, 200.0, 300.0, 400.0
    }  # fmt: skip


def test_the_properties_stand_in_where_all_cells_were_lost(
    toy_dataset: Dataset, tmp_path: Path
) -> None:
    def empty(sheet: Worksheet, book: Workbook) -> None:
        sheet.delete_rows(1, 4)
        del book[book.sheetnames[1]]

    sheets = filled(form(toy_dataset), tmp_path / "f.xlsx", empty)
    book = load_workbook(tmp_path / "f.xlsx")
    properties = {each.name: each.value for each in book.custom_doc_props.props}
    assert read_template(sheets) is None
    answers = read_template(sheets, properties)
    assert answers is not None
    assert [each.indicator for each in answers.columns.values()] == list(INDICATORS)
    assert book.defined_names["PORTAL_FORM"].value.startswith('"BM-')


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
