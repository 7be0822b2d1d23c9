"""Every number of a document is a figure, a part of one, or left out with a reason."""

from __future__ import annotations

import csv
import os
from dataclasses import replace
from pathlib import Path

import pytest

from geodata.check.document_completeness import LEFT_OUT_FILE, check_document_completeness
from geodata.dataset import default_dataset_folder, read_dataset
from geodata.dataset_files.csv_columns import LEFT_OUT

COLUMNS = LEFT_OUT.column_names
SHARED = os.environ.get("PORTAL_SHARED", "")
TOY = "Dân số xã Hưng Hóa là 1.600 người;\nước cả năm 2025 đạt **1,7** nghìn người.\n"
REASON = ("Nông nghiệp: chủ đề khác", "Agriculture: another theme")


def faults(folder: Path, document: str = TOY, *rows: tuple[str, ...]) -> list[str]:
    """Lines of the check of the toy, whose one report says ``document``."""
    (folder.parent / "seeds" / "report.txt").write_text(document, encoding="utf-8")
    with (folder / LEFT_OUT_FILE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    found = check_document_completeness(read_dataset(folder), folder, folder.parent)
    return [fault.message("en") for fault in found]


def test_figures_alone_account_for_their_sentence(toy_copy: Path) -> None:
    assert faults(toy_copy) == []


def test_a_number_nobody_took_is_named_with_its_words(toy_copy: Path) -> None:
    (line,) = faults(toy_copy, TOY.replace("người.", "người, 35,5 ha ngô."))
    assert "neither taken nor left out" in line
    assert "35,5: …" in line
    assert "ha ngô" in line
    assert LEFT_OUT_FILE in line


def test_a_number_left_out_with_a_reason_is_accounted_for(toy_copy: Path) -> None:
    document = TOY.replace("người.", "người, 35,5 ha ngô.")
    assert faults(toy_copy, document, ("report", "35,5 ha ngô", *REASON)) == []
    (line,) = faults(toy_copy, document, ("report", "35,5 ha ngô", REASON[0], ""))
    assert "left out?" in line


@pytest.mark.parametrize("words", ["36 ha ngô", "người"], ids=["nowhere", "twice"])
def test_what_was_left_out_must_be_found_once(toy_copy: Path, words: str) -> None:
    (line,) = faults(toy_copy, TOY, ("report", words, *REASON))
    assert "once" in line
    assert f"{LEFT_OUT_FILE}:2 words" in line


def test_a_number_of_a_sentence_that_is_not_quoted_is_asked_for_too(toy_copy: Path) -> None:
    (line,) = faults(toy_copy, TOY + "Ngô gieo trồng 35,5 ha.\n")
    assert "35,5: …" in line


def test_a_stated_change_accounts_for_its_number(toy_copy: Path) -> None:
    document = TOY.replace("1.600 người;", "1.600 người, tăng 35,5% so với cùng kỳ;")
    assert len(faults(toy_copy, document)) == 1
    dataset = read_dataset(toy_copy)
    told = tuple(
        replace(figure, stated_change="+35.5% 2024") if figure.quote else figure
        for figure in dataset.observations
    )
    dataset = replace(dataset, observations=told)
    assert list(check_document_completeness(dataset, toy_copy, toy_copy.parent)) == []


def test_labels_dates_and_ages_count_nothing(toy_copy: Path) -> None:
    said = (
        "người (Nghị định số 30/2020/NĐ-CP, ngày 29/01/2026, giai đoạn 2021 - 2025, dưới 5 tuổi)."
    )
    assert faults(toy_copy, TOY.replace("người.", said)) == []
    # Thousands in a sentence are no numbered heading.
    assert len(faults(toy_copy, TOY.replace("người.", "người, 3.638 hồ sơ."))) == 1


def test_a_dataset_that_lists_nothing_left_out_claims_nothing(toy_copy: Path) -> None:
    assert (
        list(check_document_completeness(read_dataset(toy_copy), toy_copy, toy_copy.parent)) == []
    )


@pytest.mark.slow
def test_the_reasons_of_lai_chau_are_given_in_both_languages() -> None:
    with (default_dataset_folder() / LEFT_OUT_FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["source"] for row in rows} <= set(
        read_dataset(default_dataset_folder()).catalogue.sources
    )
    assert [row for row in rows if not all(row[name].strip() for name in COLUMNS)] == []


@pytest.mark.slow
@pytest.mark.skipif(not SHARED, reason="PORTAL_SHARED names no folder of inputs")
def test_the_five_reports_were_read_to_the_end_of_each_quoted_sentence() -> None:
    folder = default_dataset_folder()
    found = check_document_completeness(read_dataset(folder), folder, Path(SHARED))
    assert [fault.message("vi") for fault in found] == []
