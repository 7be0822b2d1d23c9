"""Reading ``observations/*.csv``."""

from __future__ import annotations

from pathlib import Path

import pytest
from build_helpers import POPULATION, catalogue

from geodata.build.document_observations import (
    read_document_observations,
    scan_document_observations,
)
from geodata.dataset_files.csv_columns import OBSERVATIONS
from geodata.errors import FileFault

COLUMNS = OBSERVATIONS.column_names
CATALOGUE = catalogue(POPULATION)
GOOD = {
    "unit_id": "00001-20250701",
    "indicator": "population",
    "period": "2025",
    "status": "actual",
    "value": "1200000",
    "source": "report",
    "quote": "đón 1,2 triệu, người",
    "scale": "1000000",
    "stated_percent": "84.9",
}


def quoted(cell: str) -> str:
    return f'"{cell}"' if "," in cell else cell


def folder(
    tmp_path: Path, *rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, head: str = ""
) -> Path:
    head = head or ",".join(columns)
    lines = [",".join(quoted(row.get(column, "")) for column in columns) for row in rows]
    (tmp_path / "observations").mkdir()
    (tmp_path / "observations" / "population.csv").write_text(
        "\n".join([head, *lines, ""]), encoding="utf-8"
    )
    return tmp_path


def test_a_row_becomes_an_observation(tmp_path: Path) -> None:
    [read] = read_document_observations(folder(tmp_path, GOOD), CATALOGUE)
    assert (read.value, read.scale, read.stated_percent) == (1_200_000, 1_000_000, 84.9)
    assert read.quote == "đón 1,2 triệu, người"
    assert read.source_id == "report"


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("unit_id", "3390"),
        ("indicator", "popullation"),
        ("period", "2025-13"),
        ("status", "done"),
        ("value", "1,5"),
        ("value", ""),
        ("value", "nan"),
        ("source", "hearsay"),
        ("scale", "million"),
        ("stated_percent", "85%"),
        ("basis", "guessed"),
    ],
)
def test_a_wrong_cell_is_named_by_file_row_and_column(
    tmp_path: Path, column: str, cell: str
) -> None:
    where = folder(tmp_path, GOOD, {**GOOD, column: cell})
    with pytest.raises(FileFault) as caught:
        read_document_observations(where, CATALOGUE)
    assert caught.value.where == f"observations/population.csv:3 {column}"
    assert caught.value.found == cell


SLIP = {**GOOD, "value": "1200000", "doubt_vi": "nhầm", "doubt_en": "a slip"}
MORE_COLUMNS = (*COLUMNS, "quality", "printed")


def test_a_figure_is_stated_to_be_impossible_or_a_slip(tmp_path: Path) -> None:
    rows = [
        {**SLIP, "quality": "impossible"},
        {**SLIP, "quality": "read_as", "printed": "1200"},
        SLIP,
        GOOD,
    ]
    read = read_document_observations(folder(tmp_path, *rows, columns=MORE_COLUMNS), CATALOGUE)
    assert [each.quality for each in read] == ["impossible", "read_as", "doubtful", "sound"]
    assert (read[1].value, read[1].as_printed) == (1_200_000, 1200)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"quality": "wrong"}, "quality"),
        ({"quality": "impossible", "doubt_vi": "", "doubt_en": ""}, "doubt_vi"),
        ({"quality": "read_as"}, "printed"),
        ({"quality": "impossible", "printed": "1200"}, "printed"),
        ({"quality": "read_as", "printed": "1,2"}, "printed"),
    ],
)
def test_a_quality_goes_with_its_reason_and_a_slip_with_what_is_printed(
    tmp_path: Path, changes: dict[str, str], column: str
) -> None:
    _, faults = scan_document_observations(
        folder(tmp_path, {**SLIP, **changes}, columns=MORE_COLUMNS), CATALOGUE
    )
    assert [fault.where for fault in faults] == [f"observations/population.csv:2 {column}"]


def test_a_doubt_is_told_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(FileFault) as caught:
        read_document_observations(folder(tmp_path, {**GOOD, "doubt_vi": "mờ"}), CATALOGUE)
    assert caught.value.where.endswith(":2 doubt_en")


def test_all_faults_are_found_and_counted(tmp_path: Path) -> None:
    where = folder(tmp_path, {**GOOD, "value": "x"}, GOOD, {**GOOD, "period": "x"})
    read, faults = scan_document_observations(where, CATALOGUE)
    assert (len(read), len(faults)) == (1, 2)
    with pytest.raises(FileFault) as refused:
        read_document_observations(where, CATALOGUE)
    lines = refused.value.message("en").splitlines()
    assert [line.split(": ")[0] for line in lines[:-1]] == [
        "observations/population.csv:2 value",
        "observations/population.csv:4 period",
    ]
    assert lines[-1] == "2 faults"


def test_every_faulty_cell_of_a_row_is_told(tmp_path: Path) -> None:
    where = folder(tmp_path, {**GOOD, "value": "x", "source": "hearsay", "note_vi": "một nửa"})
    _, faults = scan_document_observations(where, CATALOGUE)
    assert [fault.where.split()[-1] for fault in faults] == ["source", "value", "note_en"]


def test_a_unit_that_there_is_not_is_named_with_those_of_its_code(tmp_path: Path) -> None:
    where = folder(tmp_path, GOOD, {**GOOD, "unit_id": "00001-20130101"})
    read, faults = scan_document_observations(where, CATALOGUE, {GOOD["unit_id"]})
    assert len(read) == 1
    assert faults[0].found == "00001-20130101"
    assert faults[0].allowed == (GOOD["unit_id"],)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"unit_id,value\n", "column is missing"),
        (b"\xff\xfeu", "not UTF-8"),
        ((",".join(COLUMNS) + "\na,b\n").encode(), "number of cells"),
        ((",".join([*COLUMNS, "value"]) + "\n").encode(), "stands twice"),
        ((",".join(COLUMNS) + '\n"a\n').encode(), "not valid CSV"),
    ],
)
def test_a_file_of_the_wrong_form_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    where = folder(tmp_path)
    (where / "observations" / "population.csv").write_bytes(content)
    with pytest.raises(FileFault, match=words):
        read_document_observations(where, CATALOGUE)


def test_a_sum_of_parts_says_how_it_was_made(tmp_path: Path) -> None:
    parts = {"method_vi": "Cộng 1 và 5.", "method_en": "1 plus 5."}
    [read] = read_document_observations(folder(tmp_path, {**GOOD, **parts}), CATALOGUE)
    assert (read.method.vi, read.method["en"]) == ("Cộng 1 và 5.", "1 plus 5.")
    assert read.quote
