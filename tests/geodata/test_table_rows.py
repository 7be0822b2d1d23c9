"""Tables of a dataset in whatever format an office gave them, within bounds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from ods_files import number_cell, ods, row, table, text_cell
from xls_files import label, number, xls

from geodata.build import csv_rows
from geodata.build.csv_rows import read_csv_rows
from geodata.build.table_rows import read_table_rows, workbook_text
from geodata.errors import FileFault

COLUMNS = ("Xã", "Dân số")
ROWS = [["Xã", "Dân số"], ["Bình Lư", 210], ["Tả Lèng", 1640]]


def write_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    for cells in ROWS:
        book.active.append(cells)
    book.create_sheet("nháp").sheet_state = "hidden"
    book.save(path)


def write_xls(path: Path) -> None:
    cells = b"".join(
        number(y, x, value) if isinstance(value, int) else label(y, x, value)
        for y, line in enumerate(ROWS)
        for x, value in enumerate(line)
    )
    xls(path, ("A", cells))


def write_ods(path: Path) -> None:
    lines = [
        row(*(number_cell(c) if isinstance(c, int) else text_cell(c) for c in line))
        for line in ROWS
    ]
    ods(path, table("A", *lines))


def text(delimiter: str, codec: str, first: str = ""):
    lines = first + "".join(delimiter.join(map(str, line)) + "\n" for line in ROWS)
    return lambda path: path.write_bytes(lines.encode(codec))


WRITERS = {
    "b.xlsx": write_workbook,
    "b.xls": write_xls,
    "b.ods": write_ods,
    "b.csv": text(",", "utf-8"),
    "bom.csv": text(",", "utf-8-sig"),
    "semicolon.csv": text(";", "utf-8-sig"),
    "sep.csv": text(";", "utf-8", "sep=;\n"),
    "wide.csv": text("\t", "utf-16"),
    "b.tsv": text("\t", "utf-8"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_table_is_read_and_quoted_whatever_it_is_kept_in(tmp_path, name: str) -> None:
    path = tmp_path / name
    WRITERS[name](path)
    found = read_table_rows(path, COLUMNS)
    assert [r.cells for r in found] == [
        {"Xã": "Bình Lư", "Dân số": "210"},
        {"Xã": "Tả Lèng", "Dân số": "1640"},
    ]
    quoted = workbook_text(path)
    if name not in ("b.csv", "bom.csv"):
        assert all(r.verbatim in quoted for r in found)
    else:
        assert found[0].verbatim == "Bình Lư,210"


@pytest.mark.parametrize("cell", ["ThÃ´n PhÃº", "B\ufffdn"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_lost_letters_are_refused_with_their_cell(tmp_path, cell: str, delimiter: str) -> None:
    path = tmp_path / "b.csv"
    path.write_text(f"Xã{delimiter}Dân số\n{cell}{delimiter}1\n", encoding="utf-8")
    with pytest.raises(FileFault) as found:
        read_table_rows(path, COLUMNS)
    assert found.value.where.endswith("b.csv:2 Xã")


def test_an_address_and_a_question_are_no_damage(tmp_path) -> None:
    path = tmp_path / "b.csv"
    path.write_text("Xã,Dân số\nhttp://x/?id=3&amp;y;,Có không?\n", encoding="utf-8")
    assert read_table_rows(path, COLUMNS)[0].cells["Xã"] == "http://x/?id=3&amp;y;"


@pytest.mark.parametrize("limits", [{"rows": 2}, {"columns": 1}, {"file_bytes": 10}])
def test_a_table_of_a_dataset_is_bounded_too(tmp_path, monkeypatch, limits) -> None:
    path = tmp_path / "b.csv"
    WRITERS["b.csv"](path)
    assert len(read_csv_rows(path, COLUMNS)) == 2
    monkeypatch.setattr(csv_rows, "LIMITS", replace(csv_rows.LIMITS, **limits))
    with pytest.raises(FileFault) as found:
        read_csv_rows(path, COLUMNS)
    assert found.value.message("vi")


def test_a_row_wider_than_its_header_is_refused_with_its_number(tmp_path) -> None:
    for name, content in (("b.csv", "Xã,Dân số\nA,1\nB,2,3\n"), ("c.csv", "Xã;Dân số\nA;1\nB;2;3")):
        (tmp_path / name).write_text(content, encoding="utf-8")
        with pytest.raises(FileFault) as found:
            read_table_rows(tmp_path / name, COLUMNS)
        assert found.value.where.endswith(f"{name}:3")
