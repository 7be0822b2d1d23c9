"""``portal places check``: the report and its exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.cli import main

HEAD = "Tên điểm,Loại,Xã,Kinh độ,Vĩ độ,Ghi chú\n"


@pytest.fixture
def check(lam_khe_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PORTAL_DATASET", str(lam_khe_folder))
    monkeypatch.setenv("PORTAL_INSTANCE", str(tmp_path / "instance"))

    def run(rows: str, *options: str) -> Result:
        (tmp_path / "p.csv").write_text(HEAD + rows, encoding="utf-8")
        return CliRunner().invoke(main, ["places", "check", str(tmp_path / "p.csv"), *options])

    return run


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Chợ A,Chợ,Gò Mây,103.76,21.21,\n", 1),
        ("Chợ A,Chợ,Gò Mây,109.76,21.21,\nChợ B,Chợ,Gò Mây,103.76,21.21,\n", 2),
        ("Chợ A,Chợ,Gò Mây,,,\n", 1),
    ],
)
def test_the_exit_code_says_what_is_left_to_do(check, row, code) -> None:
    assert check(row).exit_code == code


def test_the_report_names_columns_categories_and_findings(check) -> None:
    result = check("Chợ A,Chợ,Hang Dơi,103.76,21.21,họp ngày rằm\n")
    assert "1 địa điểm" in result.output
    assert "name=“Tên điểm”" in result.output
    assert "Ghi chú" in result.output
    assert "Gò Mây" in result.output
    assert "Hang Dơi" in result.output


def test_the_report_is_a_document_too(check) -> None:
    document = json.loads(check("Chợ A,Chợ,Hang Dơi,103.76,21.21,\n", "--json").output)
    assert document["places"] == document["communes"] == 1
    (category,) = document["categories"]
    assert (category["written"], category["id"], category["new"]) == ("Chợ", "cho", True)
    assert [(f["code"], f["severity"], f["cells"]) for f in document["findings"]] == [
        ("D04", "confirm", ["2"]),
        ("D09", "note", ["2"]),
    ]


def test_a_file_that_is_no_list_is_refused_with_words(check) -> None:
    result = check("", "--column", "name=Không có")
    assert result.exit_code == 2
    assert "p.csv" in result.output
