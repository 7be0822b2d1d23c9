"""A file with exactly as much as is allowed is read, one with one more is refused."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import ModuleType

import geopandas as gpd
import openpyxl
import pytest
import shapely
from ods_files import number_cell, ods, row, table, text_cell
from openpyxl.styles import Font
from pyproj import CRS
from xls_files import label, number, shared, shared_label, xls

from geodata.errors import FileFault
from geodata.readers import (
    features,
    geojson,
    html_tables,
    ods_sheet,
    xlsx_sheet,
    xlsx_styles,
    zip_package,
)
from geodata.readers.features import defined_crs
from geodata.readers.geojson import read_geojson
from geodata.readers.geopackage import read_geopackage
from geodata.readers.legacy_encodings import Evidence
from geodata.readers.limits import DEFAULT_LIMITS, Limits
from geodata.readers.number_formats import code_digits, shown_code
from geodata.readers.sheet import verify_text
from geodata.readers.tables import read_sheets, the_sheet
from geodata.readers.text_encodings import utf16_without_mark

TEXTS = ("Xã", "Dân số", "Bình Lư", "Tả Lèng")
Read = Callable[[Limits], object]


def workbook(path: Path) -> Path:
    """Two sheets; four texts, one of them bold, two merged ranges and a hidden row."""
    book = openpyxl.Workbook()
    for cells in (TEXTS[:2], (TEXTS[2], 210), (TEXTS[3], 1640)):
        book.active.append(cells)
    book.active["A1"].font = Font(bold=True)
    book.active.merge_cells("A5:B5")
    book.active.merge_cells("A6:B6")
    book.create_sheet("nháp")
    book.save(path)
    return path


def old_workbook(path: Path) -> Path:
    cells = shared_label(0, 0, 0) + shared_label(0, 1, 1) + label(1, 0, TEXTS[2]) + number(1, 1, 7)
    return xls(path, ("A", cells), ("B", b""), more=shared(*TEXTS))


def open_document(path: Path) -> Path:
    lines = row(text_cell(TEXTS[0]), text_cell(TEXTS[1])), row(text_cell(TEXTS[2]), number_cell(7))
    return ods(path, table("A", *lines), table("B"))


def page(path: Path) -> Path:
    cells = "<tr><td colspan=2>Xã</td></tr><tr><td colspan=2><b>A</b></td></tr>"
    path.write_text(f"<html><table>{cells}<tr><td>1</td></tr></table></html>", encoding="utf-8")
    return path


def lines(path: Path) -> Path:
    path.write_text("Xã,Dân số\nBình Lư,210\n", encoding="utf-8")
    return path


WRITERS = {
    "page.xls": page, "b.xlsx": workbook, "b.xls": old_workbook, "b.ods": open_document,
    "b.csv": lines,
}  # fmt: skip


def elements_of(path: Path, part: str) -> int:
    """XML elements of one part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return sum(1 for _ in ET.fromstring(archive.read(part)).iter())


def unpacked(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return sum(member.file_size for member in archive.infolist())


def least(read: Read, name: str) -> int:
    """The lowest limit with which something is read."""
    low, high = 0, 1 << 16
    assert passes(read, name, high)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if passes(read, name, middle) else (middle + 1, high)
    return low


def passes(read: Read, name: str, most: int) -> bool:
    try:
        read(replace(DEFAULT_LIMITS, **{name: most}))
    except FileFault:
        return False
    return True


LENGTH = sum(map(len, TEXTS))


@pytest.mark.parametrize(
    ("file", "limit", "count"),
    [
        ("b.xlsx", "sheets", 2),
        ("b.xlsx", "rows", 3),
        ("b.xlsx", "columns", 2),
        ("b.xlsx", "cells", 6),
        ("b.xlsx", "characters", LENGTH),
        ("b.xlsx", "cell_characters", 7),
        ("b.xls", "sheets", 2),
        ("b.xls", "rows", 2),
        ("b.xls", "columns", 2),
        ("b.xls", "cells", 4),
        ("b.xls", "characters", LENGTH),
        ("b.xls", "cell_characters", 7),
        ("b.ods", "sheets", 2),
        ("b.ods", "rows", 2),
        ("b.ods", "columns", 2),
        ("b.ods", "cells", 4),
        ("b.ods", "cell_characters", 7),
        ("b.csv", "rows", 2),
        ("b.csv", "columns", 2),
        ("b.csv", "cells", 4),
        ("b.csv", "characters", 18),
        ("b.csv", "cell_characters", 7),
        ("page.xls", "rows", 3),
        ("page.xls", "cells", 3),
    ],
)
def test_a_table_is_read_with_a_limit_of_what_it_holds_and_no_less(
    tmp_path: Path, file: str, limit: str, count: int
) -> None:
    path = WRITERS[file](tmp_path / file)
    assert least(lambda limits: read_sheets(path, limits), limit) == count


def test_a_workbook_is_read_with_a_limit_of_its_elements_and_of_its_size(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx")
    parts = elements_of(path, "xl/worksheets/sheet1.xml"), elements_of(path, "xl/styles.xml")
    assert least(lambda limits: read_sheets(path, limits), "elements") == max(parts)
    for file in ("b.xlsx", "b.ods"):
        path = WRITERS[file](tmp_path / file)
        assert least(lambda limits, path=path: read_sheets(path, limits), "unpacked_bytes") == (
            unpacked(path)
        )
        size = path.stat().st_size
        assert least(lambda limits, path=path: read_sheets(path, limits), "file_bytes") == size


@pytest.mark.parametrize(
    ("file", "bound", "count"),
    [
        ("b.xlsx", (zip_package, "_MOST_MEMBERS"), 10),
        ("b.xlsx", (xlsx_sheet, "_MOST_REMEMBERED"), 2),
        ("page.xls", (html_tables, "_MOST_MERGED"), 2),
        ("page.xls", (html_tables, "_MOST_STYLES"), 2),
        ("b.ods", (ods_sheet, "_MOST_MERGED"), 0),
    ],
)
def test_a_file_is_read_with_a_bound_of_what_it_holds_and_no_less(
    tmp_path: Path, monkeypatch, file: str, bound: tuple[ModuleType, str], count: int
) -> None:
    path = WRITERS[file](tmp_path / file)

    def read(limits: Limits) -> object:
        monkeypatch.setattr(*bound, limits.rows)
        return read_sheets(path, DEFAULT_LIMITS)

    assert least(read, "rows") == count


def shapes(path: Path) -> Path:
    """Two squares, each with two fields, one of them a text of three letters."""
    frame = gpd.GeoDataFrame(
        {"a": ["abc", "de"], "b": [1, 2]},
        geometry=[shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1)],
        crs=4326,
    )
    frame.to_file(path)
    return path


@pytest.mark.parametrize(
    ("suffix", "limit", "count"),
    [
        ("gpkg", "rows", 2),
        ("gpkg", "columns", 2),
        ("gpkg", "cell_characters", 3),
        ("gpkg", "sheets", 1),
        ("geojson", "rows", 2),
        ("geojson", "columns", 2),
        ("geojson", "positions", 10),
        ("geojson", "cell_characters", 3),
    ],
)
def test_a_layer_is_read_with_a_limit_of_what_it_holds_and_no_less(
    tmp_path: Path, suffix: str, limit: str, count: int
) -> None:
    path = shapes(tmp_path / f"b.{suffix}")
    reader = read_geopackage if suffix == "gpkg" else read_geojson
    assert least(lambda limits: reader(path, limits), limit) == count


def test_as_many_looks_of_cells_are_read_as_allowed(monkeypatch) -> None:
    for most, readable in ((50, True), (49, False)):
        monkeypatch.setattr(xlsx_styles, "_MOST_FORMATS", most)
        reader = xlsx_styles.StylesReader("b.xlsx", DEFAULT_LIMITS)
        reader.take_start("cellXfs", {})
        for _ in range(49):
            reader.take_start("xf", {})
        if readable:
            reader.take_start("xf", {})
        else:
            with pytest.raises(FileFault):
                reader.take_start("xf", {})


def test_what_a_document_builds_is_counted_before_it_is_parsed(tmp_path: Path, monkeypatch) -> None:
    path = shapes(tmp_path / "b.geojson")
    text = path.read_text(encoding="utf-8")
    values = sum(map(text.count, "{[,"))
    assert least(lambda limits: read_geojson(path, limits), "elements") == values
    assert least(lambda limits: read_geojson(path, limits), "file_bytes") == path.stat().st_size

    def with_objects(limits: Limits) -> object:
        monkeypatch.setattr(geojson, "_OBJECTS_OF_A_FEATURE", limits.columns)
        return read_geojson(path, replace(DEFAULT_LIMITS, rows=2))

    assert least(with_objects, "columns") == -(-text.count("{") // 2)


def test_a_text_may_be_as_long_as_a_cell_may_hold() -> None:
    def read(limits: Limits) -> None:
        verify_text("b.csv:1 A", "abcd", limits)

    assert least(read, "cell_characters") == 4


def test_the_definition_of_a_system_may_be_as_long_as_the_bound(monkeypatch) -> None:
    definition = CRS.from_epsg(4326).to_wkt()
    monkeypatch.setattr(features, "_LONGEST_DEFINITION", len(definition))
    assert defined_crs(definition, "b.prj") == defined_crs(CRS.from_epsg(4326).to_wkt(), "b.prj")
    monkeypatch.setattr(features, "_LONGEST_DEFINITION", len(definition) - 1)
    with pytest.raises(FileFault):
        defined_crs(definition, "b.prj")


@pytest.mark.parametrize(
    ("number_format", "digits"), [("0", 0), ("00", 2), ("0" * 20, 20), ("0" * 21, 0)]
)
def test_a_code_has_two_to_twenty_digits(number_format: str, digits: int) -> None:
    assert code_digits(number_format) == digits


def test_nought_is_a_code_and_what_is_below_is_none() -> None:
    assert shown_code(0, 5) == "00000"
    assert shown_code(0.0, 5) == "00000"
    assert shown_code(-1, 5) == -1


@pytest.mark.parametrize(("value", "kind"), [(999_999_999_999_999, int), (1e15, float)])
def test_a_number_is_whole_as_far_as_spreadsheets_keep_digits(
    tmp_path: Path, value: float, kind: type
) -> None:
    old = xls(tmp_path / "b.xls", ("A", number(0, 0, value)))
    new = ods(tmp_path / "b.ods", table("A", row(number_cell(value))))
    for path in (old, new):
        ((found,),) = (each.values for each in the_sheet(path).rows)
        assert (found, type(found)) == (value, kind)


@pytest.mark.parametrize(("zeros", "codec"), [(20, ""), (21, "utf-16-le")])
def test_utf_16_has_its_zeros_on_one_side(zeros: int, codec: str) -> None:
    start = b"a\0" * zeros + b"\0a"
    assert utf16_without_mark(start) == codec
    turned = bytes(chain.from_iterable(zip(start[1::2], start[0::2], strict=True)))
    assert utf16_without_mark(turned) == codec.replace("le", "be")


@pytest.mark.parametrize(("weight", "bold"), [("600", True), ("599", False)])
def test_a_font_is_bold_from_a_weight_of_600(tmp_path: Path, weight: str, bold: bool) -> None:
    styles = (
        '<style:style style:name="b" style:family="table-cell">'
        f'<style:text-properties fo:font-weight="{weight}"/></style:style>'
    )
    path = ods(tmp_path / "b.ods", table("A", row(number_cell(1, ' table:style-name="b"'))),
               styles=styles)  # fmt: skip
    sheet = the_sheet(path)
    assert sheet.style(sheet.rows[0], 1).bold is bold


@pytest.mark.parametrize(
    ("spelt", "rival", "clear", "possible"),
    [(75, 52, True, True), (74, 0, False, False), (80, 56, True, True), (80, 57, False, True)],
)
def test_texts_are_unicode_when_enough_of_their_words_are_spelt(
    spelt: int, rival: int, clear: bool, possible: bool
) -> None:
    counted = Evidence()
    counted._count(words=100, strange=0, unicode=spelt, tcvn3=0, vni=0)
    assert counted.clear_unicode(rival) is clear
    assert counted.possible("") is possible
