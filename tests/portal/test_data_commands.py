"""`portal data check` says what a table would give, and its exit code says what is left to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.cli import main

OLD = ("Ánh Đào", "Bản Lầu", "Cốc Pàng", "Đá Đỏ", "Khe Mo", "Lũng Pô", "Nà Hỳ", "Pa Ủ")
PEOPLE = (511, 623, 742, 388, 290, 455, 801, 367)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, toy_folder: Path) -> dict[str, str]:
    """The settings of an instance of the toy dataset."""
    instance = tmp_path_factory.mktemp("instance")
    return {"PORTAL_DATASET": str(toy_folder), "PORTAL_INSTANCE": str(instance)}


def check(home: dict[str, str], file: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["data", "check", str(file), *options], env=home)


def table(folder: Path, cells: tuple[object, ...] = PEOPLE, names: tuple[str, ...] = OLD) -> Path:
    rows = [f"{name};{cell}" for name, cell in zip(names, cells, strict=True)]
    path = folder / "dan-so.csv"
    path.write_text("\n".join(["Tên xã;Dân số năm 2019 (người)", *rows]), encoding="utf-8")
    return path


@pytest.mark.slow
def test_a_clean_table_is_told_in_words_and_as_a_document(
    home: dict[str, str], tmp_path: Path
) -> None:
    told = check(home, table(tmp_path), "--lang", "en")
    assert told.exit_code == 1, told.output
    assert "Population, 2019, actual: 8 figures" in told.output
    document = json.loads(check(home, table(tmp_path), "--json").stdout)
    assert document["level"] == "commune"
    assert document["vintage"] == "2013-01-01"
    assert document["units"]["matched"] == 8
    (column,) = document["columns"]
    assert column["header"] == "Dân số năm 2019 (người)"
    assert [column[key] for key in ("indicator", "period", "status", "values")] == [
        "population", "2019", "actual", 8
    ]  # fmt: skip


@pytest.mark.slow
def test_the_exit_code_tells_errors_from_questions(home: dict[str, str], tmp_path: Path) -> None:
    errors = check(home, table(tmp_path, (*PEOPLE[:7], "-3")))
    assert errors.exit_code == 2
    assert "B9" in errors.output
    unknown = check(home, table(tmp_path, names=(*OLD[:7], "Xa Xăm")))
    assert unknown.exit_code == 3
    assert "Xa Xăm" in unknown.output


def test_a_closed_period_is_told_and_a_closing_day_that_is_none_refused(
    home: dict[str, str], tmp_path: Path
) -> None:
    closed = check(home | {"PORTAL_CLOSED_UNTIL": "2019-12-31"}, table(tmp_path), "--lang", "en")
    assert closed.exit_code == 2
    assert "P04" in closed.output
    wrong = check(home | {"PORTAL_CLOSED_UNTIL": "hôm qua"}, table(tmp_path))
    assert "PORTAL_CLOSED_UNTIL" in wrong.output


def test_a_file_that_is_no_table_is_refused_with_words(
    home: dict[str, str], tmp_path: Path
) -> None:
    broken = tmp_path / "hỏng.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook")
    told = check(home, broken)
    assert told.exit_code == 2
    assert "F04" in told.output
    missing = check(home, tmp_path / "không-có.xlsx")
    assert missing.exit_code == 2
    assert "Traceback" not in missing.output + str(missing.exception)


def test_a_day_that_is_none_is_refused(home: dict[str, str], tmp_path: Path) -> None:
    told = check(home, table(tmp_path), "--vintage", "hôm nay")
    assert told.exit_code == 2
    assert "--vintage" in told.output


def test_questions_are_written_to_a_file_and_taken_back_filled_in(
    home: dict[str, str], tmp_path: Path
) -> None:
    asked = tmp_path / "hỏi.json"
    file = table(tmp_path, names=(*OLD[:7], "Xa Xăm"))
    assert check(home, file, "--questions", str(asked)).exit_code == 3
    document = json.loads(asked.read_text("utf-8"))
    (question,) = document["questions"]
    question["answer"] = "ignore"
    asked.write_text(json.dumps(document), "utf-8")
    done = check(home, file, "--answers", str(asked), "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["units"]["ignored"] == 1


def test_answers_that_cannot_be_used_are_refused_with_their_place(
    home: dict[str, str], tmp_path: Path
) -> None:
    wrong = tmp_path / "trả-lời.json"
    wrong.write_text('{"version": 1, "colums": []}', "utf-8")
    told = check(home, table(tmp_path), "--answers", str(wrong))
    assert told.exit_code == 2
    assert "colums" in told.output


def test_a_long_table_tells_the_figures_of_each_indicator(
    home: dict[str, str], tmp_path: Path
) -> None:
    rows = [f"{name};Dân số;người;2019;{cell}" for name, cell in zip(OLD, PEOPLE, strict=True)]
    path = tmp_path / "dai.csv"
    path.write_text("\n".join(["Tên xã;Chỉ tiêu;ĐVT;Năm;Số liệu", *rows]), encoding="utf-8")
    told = check(home, path, "--lang", "en")
    assert told.exit_code == 1, told.output
    assert "Chỉ tiêu / Dân số: Population, 2019, actual: 8 figures" in told.output


def test_a_recipe_is_asked_for_by_name_and_an_unknown_one_is_refused(
    home: dict[str, str], tmp_path: Path
) -> None:
    told = check(home, table(tmp_path), "--recipe", "biểu lạ")
    assert told.exit_code == 2
    assert "biểu lạ" in told.output
