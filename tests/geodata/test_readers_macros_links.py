"""Workbooks with macros or with figures of other files are refused with what was found in them."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from ods_files import number_cell, ods, row, table, text_cell
from openpyxl.workbook.external_link import ExternalLink
from openpyxl.workbook.external_link.external import ExternalBook
from xls_files import compound, number, record, wide, workbook_stream

from geodata.build.table_rows import read_table_rows
from geodata.errors import FileFault
from geodata.readers.tables import read_sheets, the_sheet

MACROS = "The workbook has macros"
LINKS = "The workbook takes figures from other files"
QUERIES = "The workbook takes figures from a query or a connection"
VBA_TYPE = "application/vnd.ms-office.vbaProject"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def refusal(path: Path) -> FileFault:
    with pytest.raises(FileFault) as found:
        read_sheets(path)
    fault = found.value
    assert fault.where.startswith(path.name)
    assert fault.remedy
    assert fault.message("vi") != fault.message("en")
    return fault


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["Xã Bản Bo", 1])
    book.save(path)
    return path


def changed(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """The package with its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: change(archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def with_part(path: Path, part: str) -> Path:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(part, b"<x/>")
    return path


@pytest.mark.parametrize("suffix", ["xlsm", "xltm", "xlam", "XLSM"])
def test_a_file_made_for_macros_is_refused_by_its_suffix(tmp_path, suffix: str) -> None:
    fault = refusal(workbook(tmp_path / "b.xlsx").rename(tmp_path / f"b.{suffix}"))
    assert (fault.what["en"], fault.found) == (MACROS, f".{suffix.lower()}")
    assert ".xlsx" in str(fault.remedy["en"])


@pytest.mark.parametrize(
    "part", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"]
)
def test_a_macro_part_in_an_xlsx_is_refused(tmp_path, part: str) -> None:
    fault = refusal(with_part(workbook(tmp_path / "b.xlsx"), part))
    assert (fault.what["en"], fault.found) == (MACROS, part)


def test_an_xlsx_of_the_macro_enabled_type_is_refused(tmp_path) -> None:
    def enable(content: bytes) -> bytes:
        plain = b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main"
        return content.replace(plain, b"vnd.ms-excel.sheet.macroEnabled.main")

    fault = refusal(changed(workbook(tmp_path / "b.xlsx"), enable))
    assert (fault.what["en"], fault.found) == (MACROS, "xl/workbook.xml")


def test_a_macro_part_of_another_name_is_told_by_its_type(tmp_path) -> None:
    def declare(content: bytes) -> bytes:
        more = f'<Override PartName="/xl/other.bin" ContentType="{VBA_TYPE}"/></Types>'.encode()
        return content.replace(b"</Types>", more)

    path = with_part(changed(workbook(tmp_path / "b.xlsx"), declare), "xl/other.bin")
    assert refusal(path).found == "xl/other.bin"


def test_an_xlsx_with_a_link_to_another_workbook_is_refused(tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "=[1]Biểu!B2"
    link = ExternalLink(externalBook=ExternalBook(id="rId1"))
    link.file_link = openpyxl.packaging.relationship.Relationship(
        type="externalLinkPath", Target="file:///C:/bieu.xlsx", TargetMode="External"
    )
    book._external_links.append(link)
    book.save(tmp_path / "b.xlsx")
    fault = refusal(tmp_path / "b.xlsx")
    assert (fault.what["en"], fault.found) == (LINKS, "xl/externalLinks/externalLink1.xml")
    assert "Break link" in str(fault.remedy["en"])


@pytest.mark.parametrize("part", ["xl/connections.xml", "xl/queryTables/queryTable1.xml"])
def test_an_xlsx_that_asks_another_source_is_refused(tmp_path, part: str) -> None:
    fault = refusal(with_part(workbook(tmp_path / "b.xlsx"), part))
    assert (fault.what["en"], fault.found) == (QUERIES, part)


def test_hyperlinks_in_cells_of_an_xlsx_pass(tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Nguồn", 1])
    book.active["A1"].hyperlink = "https://laichau.gov.vn/bieu.xlsx"
    book.active["B1"].hyperlink = "file:///C:/bieu.xlsx"
    book.save(tmp_path / "b.xlsx")
    assert the_sheet(tmp_path / "b.xlsx").rows[0].values == ("Nguồn", 1)


def xls(folder: Path, stream: bytes, name: str = "Workbook", storage: str = "") -> Path:
    path = folder / "b.xls"
    path.write_bytes(compound(stream, name, storage))
    return path


@pytest.mark.parametrize("storage", ["_VBA_PROJECT_CUR", "_VBA_PROJECT"])
def test_an_xls_with_a_storage_of_macros_is_refused(tmp_path, storage: str) -> None:
    fault = refusal(xls(tmp_path, workbook_stream(("A", number(0, 0, 1))), storage=storage))
    assert (fault.what["en"], fault.found) == (MACROS, storage)


@pytest.mark.parametrize("kind", [1, 6])
def test_an_xls_with_a_sheet_of_macros_is_refused(tmp_path, kind: int) -> None:
    listed = record(0x85, struct.pack("<IBBB", 0, 2, kind, 5) + wide("Macro"))
    fault = refusal(xls(tmp_path, workbook_stream(("A", number(0, 0, 1)), more=listed)))
    assert (fault.what["en"], fault.found) == (MACROS, "Macro")


def supbook(address: str) -> bytes:
    return record(0x1AE, struct.pack("<HH", 1, len(address)) + wide(address))


def test_an_xls_that_names_another_workbook_is_refused(tmp_path) -> None:
    stream = workbook_stream(("A", number(0, 0, 1)), more=supbook("\1\1CSố liệu\3bieu.xls"))
    fault = refusal(xls(tmp_path, stream))
    assert (fault.what["en"], fault.found) == (LINKS, "CSố liệu/bieu.xls")


def test_an_xls_of_excel_95_that_names_another_workbook_is_refused(tmp_path) -> None:
    name = b"\1[bieu.xls]A"
    link = record(0x17, bytes([len(name)]) + name)
    of_the_book = workbook_stream(("A", number(0, 0, 1)), more=link, version=0x500)
    of_the_sheet = workbook_stream(("A", link + number(0, 0, 1)), version=0x500)
    for stream in (of_the_book, of_the_sheet):
        fault = refusal(xls(tmp_path, stream, "Book"))
        assert (fault.what["en"], fault.found) == (LINKS, "[bieu.xls]A")


def test_an_xls_with_a_table_of_a_query_is_refused(tmp_path) -> None:
    stream = workbook_stream(("A", record(0x1AD, b"\0" * 20) + number(0, 0, 1)))
    assert refusal(xls(tmp_path, stream)).what["en"] == QUERIES


def test_an_xls_that_names_itself_and_add_ins_passes(tmp_path) -> None:
    own = record(0x1AE, struct.pack("<HH", 1, 0x0401)) + record(0x17, b"\1\0" + b"\0" * 6)
    add_in = record(0x1AE, struct.pack("<HH", 1, 0x3A01))
    more = own + add_in + supbook(" ") + supbook("\0")
    path = xls(tmp_path, workbook_stream(("A", number(0, 0, 1)), more=more))
    assert the_sheet(path).rows[0].values == (1,)
    in_95 = record(0x17, b"\1\2") + record(0x17, b"\1\x3a") + record(0x17, b"\2\3A")
    stream = workbook_stream(("A", number(0, 0, 1)), more=in_95, version=0x500)
    assert the_sheet(xls(tmp_path, stream, "Book")).rows[0].values == (1,)


@pytest.mark.parametrize("part", ["Basic/Standard/Module1.xml", "Scripts/python/tinh.py"])
def test_an_ods_with_macros_is_refused(tmp_path, part: str) -> None:
    fault = refusal(with_part(ods(tmp_path / "b.ods", table("A", row(number_cell(1)))), part))
    assert (fault.what["en"], fault.found) == (MACROS, part)
    assert ".xlsx" in str(fault.remedy["en"])


OTHER = "file:///home/lan/bieu.ods"


@pytest.mark.parametrize(
    "content",
    [
        f'<table:table-source xlink:href="{OTHER}"/>' + row(number_cell(1)),
        row(
            f'<table:table-cell><table:cell-range-source xlink:href="{OTHER}"/></table:table-cell>'
        ),
        row(number_cell(1, f""" table:formula="of:=1+['{OTHER}'#$A.B2]" """)),
    ],
)
def test_an_ods_with_figures_of_another_file_is_refused(tmp_path, content: str) -> None:
    path = ods(tmp_path / "b.ods", table("A", content))
    declared = b'<office:document-content xmlns:xlink="http://www.w3.org/1999/xlink"'
    changed(path, lambda raw: raw.replace(b"<office:document-content", declared))
    fault = refusal(path)
    assert (fault.what["en"], fault.found) == (LINKS, OTHER)


def test_hyperlinks_and_formulas_within_an_ods_pass(tmp_path) -> None:
    link = f'<text:a xlink:href="{OTHER}">bieu</text:a>'
    own = """ table:formula="of:=IF([$'Xã ''A'''.B2]=&quot;'x'#&quot;;1;2)" """
    path = ods(tmp_path / "b.ods", table("A", row(text_cell(link), number_cell(1, own))))
    declared = b'<office:document-content xmlns:xlink="http://www.w3.org/1999/xlink"'
    changed(path, lambda raw: raw.replace(b"<office:document-content", declared))
    assert the_sheet(path).rows[0].values == ("bieu", 1)


def test_an_input_of_a_dataset_that_is_made_for_macros_is_refused_as_such(tmp_path) -> None:
    path = workbook(tmp_path / "b.xlsx").rename(tmp_path / "b.xlsm")
    with pytest.raises(FileFault) as found:
        read_table_rows(path, ("Xã Bản Bo",))
    assert found.value.what["en"] == MACROS
