"""`portal data template` writes a form that `portal data check` reads without questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from portal.cli import main


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, toy_folder: Path) -> dict[str, str]:
    """The settings of an instance of the toy dataset."""
    instance = tmp_path_factory.mktemp("instance")
    return {"PORTAL_DATASET": str(toy_folder), "PORTAL_INSTANCE": str(instance)}


def template(home: dict[str, str], output: Path, *options: str) -> Result:
    command = ["data", "template", "--indicator", "population", "--period", "năm 2023"]
    return CliRunner().invoke(main, [*command, "-o", str(output), *options], env=home)


def names(path: Path) -> list[str]:
    sheet = load_workbook(path).worksheets[0]
    return [row[1].value for row in sheet.iter_rows(min_row=6)]


@pytest.mark.slow
def test_a_filled_template_is_checked_without_questions(
    home: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "bieu.xlsx"
    assert template(home, path).exit_code == 0
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(6, sheet.max_row + 1):
        sheet.cell(row, 3, 600 + row)
    book.save(path)
    checked = CliRunner().invoke(main, ["data", "check", str(path), "--json"], env=home)
    document = json.loads(checked.stdout)
    assert (document["counts"]["question"], document["counts"]["error"]) == (0, 0)
    (column,) = document["columns"]
    assert (column["indicator"], column["period"], column["values"]) == ("population", "2023", 5)


@pytest.mark.slow
def test_a_template_can_list_the_units_of_one_area_and_day(
    home: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "bieu.xlsx"
    sheet_of_all = template(home, path, "--date", "2013-01-01")
    assert sheet_of_all.exit_code == 0, sheet_of_all.output
    everything = names(path)
    district = load_workbook(path).worksheets[0].cell(6, 3).value
    result = template(home, path, "--date", "2013-01-01", "--within", "901")
    assert result.exit_code == 0, result.output
    assert (len(everything), len(names(path)), bool(district)) == (16, 8, True)


@pytest.mark.parametrize(
    "options", [["--date", "soon"], ["--within", "99999"], ["--indicator", "dragons"],
                ["--period", "then"]],
)  # fmt: skip
def test_a_template_that_makes_no_sense_is_refused_with_words(
    home: dict[str, str], tmp_path: Path, options: list[str]
) -> None:
    path = tmp_path / "bieu.xlsx"
    result = template(home, path, *options)
    assert (result.exit_code, path.exists()) == (2, False)
    assert options[1] in result.output
