"""Sheets as the readers of tables give them, and the words for what is no table."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from geodata.errors import FileFault
from geodata.readers.limits import DEFAULT_LIMITS
from geodata.readers.number_formats import code_digits, shown_code
from geodata.readers.sheet import (
    MOST_UNWORKED,
    CellRange,
    CellStyle,
    Sheet,
    UnworkedFormula,
    column_letters,
)
from geodata.readers.tables import read_sheets, the_sheet

DAY = dt.datetime.fromisoformat("2026-06-30")


def csv_of(folder: Path, content: str | bytes, name: str = "b.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows_of(path: Path) -> list[list[str]]:
    return [row.texts() for row in the_sheet(path).rows]


def refusal(path: Path, **limits: int) -> FileFault:
    with pytest.raises(FileFault) as found:
        read_sheets(path, replace(DEFAULT_LIMITS, **limits))
    assert all(found.value.message(language) for language in ("vi", "en"))
    return found.value


@pytest.mark.parametrize(
    "content",
    [
        "Tên,Số\nNà Cà,1\n",
        "Tên;Số\nNà Cà;1\n",
        "Tên\tSố\nNà Cà\t1\n",
        "Tên|Số\nNà Cà|1\n",
        "\ufeffTên,Số\r\nNà Cà,1\r\n",
        "sep=;\nTên;Số\nNà Cà;1\n",
        "Tên,Số\nNà Cà,1\n".encode("utf-16"),
        '"Tên";"Số"\n"Nà Cà";"1"\n',
    ],
)
def test_a_text_table_is_read_however_its_cells_are_parted(tmp_path, content) -> None:
    assert rows_of(csv_of(tmp_path, content)) == [["Tên", "Số"], ["Nà Cà", "1"]]


def test_signs_and_line_ends_inside_quotes_part_nothing(tmp_path) -> None:
    path = csv_of(tmp_path, '"Số, hộ, nghèo\n(hộ)";Tên\n1;A\n')
    assert rows_of(path) == [["Số, hộ, nghèo (hộ)", "Tên"], ["1", "A"]]
    assert [row.number for row in the_sheet(path).rows] == [2, 3]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Xã;Tỷ lệ\nA;1,5\nB;2,5\n", [["Xã", "Tỷ lệ"], ["A", "1,5"], ["B", "2,5"]]),
        ("Tỷ lệ\n1,5\n2,5\n", [["Tỷ lệ"], ["1,5"], ["2,5"]]),
        ("BIỂU 01, NĂM 2025\nTT;Xã;Số, hộ\n1;A;3\n2;B;4\n",
         [["BIỂU 01, NĂM 2025"], ["TT", "Xã", "Số, hộ"], ["1", "A", "3"], ["2", "B", "4"]]),
        ("a,b\n1,2\n3,4\n", [["a", "b"], ["1", "2"], ["3", "4"]]),
        ('"Mã","Xã"\n"=""03390""",A\n\'0045,B\n', [["Mã", "Xã"], ["03390", "A"], ["0045", "B"]]),
        ("Mã\tXã\n03390\tA, B; C\n", [["Mã", "Xã"], ["03390", "A, B; C"]]),
        ('"STT\n";"Tên bản"\n1;A\n', [["STT", "Tên bản"], ["1", "A"]]),
        ("Công thức,x\n=A1+1,2\n", [["Công thức", "x"], ["=A1+1", "2"]]),
    ],
)  # fmt: skip
def test_cells_are_parted_where_most_rows_agree(tmp_path, content: str, expected) -> None:
    assert rows_of(csv_of(tmp_path, content)) == expected


@pytest.mark.parametrize(
    "start", [b"PK\x03\x04", b"%PDF-1.7", b"SQLite format 3\0", b"\xff\xd8\xff"]
)
def test_a_renamed_file_is_told_from_a_table(tmp_path, start: bytes) -> None:
    fault = refusal(csv_of(tmp_path, start + b"rest"))
    assert fault.what["en"] == "The content is not what the file's name says"


def test_a_workbook_with_a_password_is_refused_in_words(tmp_path) -> None:
    path = csv_of(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "b.xlsx")
    assert "password" in refusal(path).what["en"]


@pytest.mark.parametrize(
    ("limits", "content"),
    [
        ({"rows": 2}, "a\nb\nc\n"),
        ({"columns": 2}, "a,b,c\n"),
        ({"cells": 3}, "a,b\nc,d\n"),
        ({"characters": 5}, "abc\ndef\n"),
        ({"cell_characters": 3}, "abcd\n"),
        ({"file_bytes": 4}, "abcd\n"),
    ],
)
def test_what_is_above_a_limit_is_refused_and_what_is_at_it_is_read(
    tmp_path, limits: dict[str, int], content: str
) -> None:
    path = csv_of(tmp_path, content)
    fault = refusal(path, **limits)
    [(name, most)] = limits.items()
    assert fault.allowed_text("en") == f"≤ {most}{' B' if name == 'file_bytes' else ''}"
    assert fault.remedy
    enough = {name: value + 1 for name, value in limits.items()}
    assert read_sheets(path, replace(DEFAULT_LIMITS, **enough))


def test_empty_cells_beyond_the_limits_are_no_content(tmp_path) -> None:
    path = csv_of(tmp_path, "a,b" + "," * 1_000 + "\n" + "\n" * 30_000)
    assert rows_of(path) == [["a", "b"]]


def workbook(folder: Path, fill) -> Path:
    book = openpyxl.Workbook()
    fill(book)
    book.save(folder / "b.xlsx")
    return folder / "b.xlsx"


def test_a_workbook_keeps_values_merges_and_what_is_hidden(tmp_path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        page = book.active
        page.append(["Nhóm", None, "Ngày"])
        page.append([1, 0.195, DAY])
        page.append([True, "x", dt.timedelta(hours=30)])
        page.merge_cells("A1:B1")
        page.row_dimensions[2].hidden = True
        page.column_dimensions["C"].hidden = True
        book.create_sheet("Nháp").sheet_state = "hidden"

    first, second = read_sheets(workbook(tmp_path, fill))
    assert [row.values for row in first.rows] == [
        ("Nhóm", None, "Ngày"),
        (1, 0.195, DAY),
        (True, "x", dt.timedelta(hours=30)),
    ]
    assert first.merged == (CellRange(1, 1, 1, 2),)
    assert (first.hidden_rows, first.hidden_columns) == ({2}, {3})
    assert (second.name, second.hidden, second.rows) == ("Nháp", True, ())


@pytest.mark.slow
@settings(max_examples=50)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(), st.booleans(), st.integers(-(10**12), 10**12),
                st.floats(-1e12, 1e12), st.text("aáạệđ <&>\"'=", min_size=1, max_size=8),
            ),
            max_size=5,
        ),
        max_size=6,
    )
)  # fmt: skip
def test_a_workbook_is_read_as_the_library_that_wrote_it_reads_it(tmp_path_factory, cells) -> None:
    path = tmp_path_factory.mktemp("books") / "b.xlsx"
    book = openpyxl.Workbook()
    for row in cells:
        book.active.append([f"'{c}" if isinstance(c, str) and c[0] == "=" else c for c in row])
    book.save(path)
    (sheet,) = read_sheets(path)
    page = openpyxl.load_workbook(path).active
    for row in sheet.rows:
        expected = [page.cell(row.number, n).value for n in range(1, len(row.values) + 1)]
        assert list(row.values) == expected
    filled = {cell.row for line in page.iter_rows() for cell in line if cell.value is not None}
    assert {row.number for row in sheet.rows} == filled


def with_sheet(folder: Path, rows: str, declared: str = "") -> Path:
    """A workbook whose sheet has these rows, whatever it declares."""
    path = workbook(folder, lambda book: book.active.append(["x"]))
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(folder / "c.xlsx", "w") as changed:
        for part in whole.namelist():
            content = whole.read(part)
            if part.endswith("sheet1.xml"):
                main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                content = (
                    f'<s:worksheet xmlns:s="{main}">{declared}<s:sheetData>{rows}</s:sheetData>'
                    "</s:worksheet>"
                ).encode()
            changed.writestr(part, content)
    return folder / "c.xlsx"


def test_cells_without_an_address_and_a_false_range_are_read_in_order(tmp_path) -> None:
    rows = "<s:row><s:c><s:v>1</s:v></s:c><s:c><s:v>2</s:v></s:c></s:row>" * 2
    path = with_sheet(tmp_path, rows, '<s:dimension ref="A1"/>')
    assert [row.values for row in the_sheet(path).rows] == [(1, 2), (1, 2)]


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ('<s:row r="900000"><s:c r="B900000"><s:v>1</s:v></s:c></s:row>', "c.xlsx:900000 B"),
        ('<s:row r="1"><s:c r="XFD1"><s:v>1</s:v></s:c></s:row>', "c.xlsx:1 XFD"),
        ('<s:row r="1"><s:c r="ZZZ1"><s:v>1</s:v></s:c></s:row>', "c.xlsx"),
        ('<s:row r="2"/><s:row r="1"/>', "c.xlsx"),
        ('<s:row r="1"><s:c r="A1" t="s"><s:v>7</s:v></s:c></s:row>', "c.xlsx:1 A"),
    ],
)
def test_a_sheet_out_of_bounds_or_order_is_refused_with_its_cell(tmp_path, rows, where) -> None:
    assert refusal(with_sheet(tmp_path, rows)).where == where


def test_a_formula_without_a_result_is_listed_with_its_cell_and_refused_as_a_table(
    tmp_path,
) -> None:
    rows = '<s:row r="1"><s:c r="B1"><s:v>7</s:v></s:c><s:c r="C1"><s:f>B1+1</s:f></s:c></s:row>'
    path = with_sheet(tmp_path, rows)
    (sheet,) = read_sheets(path)
    assert sheet.unworked == (UnworkedFormula(1, 3, "=B1+1"),)
    assert sheet.rows[0].values == (None, 7)
    with pytest.raises(FileFault) as found:
        the_sheet(path)
    assert (found.value.where, found.value.found) == ("c.xlsx:1 C", "=B1+1")


def test_a_sheet_of_nothing_but_formulas_without_results_is_refused(tmp_path) -> None:
    rows = "<s:row><s:c><s:f>1</s:f></s:c></s:row>" * (MOST_UNWORKED + 1)
    assert refusal(with_sheet(tmp_path, rows)).what["en"] == "A formula has no result yet"


def styled(folder: Path) -> Sheet:
    def fill(book: openpyxl.Workbook) -> None:
        page = book.active
        page.append(["B×nh L\xad", 0.195, 3390, 12.5])
        page["A1"].font = Font(name=".VnTime", bold=True)
        page["B1"].number_format = "0.0%"
        page["C1"].number_format = "00000"
        page["D1"].font = Font(name="Arial", strike=True)
        page["D1"].number_format = '0.0" % x"'

    return the_sheet(workbook(folder, fill))


def test_a_cell_keeps_how_it_looks(tmp_path) -> None:
    sheet = styled(tmp_path)
    (row,) = sheet.rows
    name, share, _, rest = (sheet.style(row, column) for column in range(1, 5))
    assert (name.font, name.bold, name.struck) == (".VnTime", True, False)
    assert (share.number_format, share.percent, row.values[1]) == ("0.0%", True, 0.195)
    assert (rest.struck, rest.percent) == (True, False)
    assert sheet.style(row, 5) == CellStyle()


def test_a_code_that_its_format_shows_with_zeros_is_given_as_shown(tmp_path) -> None:
    assert styled(tmp_path).rows[0].values[2] == "03390"


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (7, "00", "07"), (3390.0, "00000", "03390"), (7, "0", 7), (7.5, "00000", 7.5),
        (-7, "000", -7), ("7", "000", "7"), (0.195, "00%", 0.195), (True, "00", True),
        (7, '"000"', "007"), (float("inf"), "000", float("inf")),
    ],
)  # fmt: skip
def test_only_whole_numbers_under_a_format_of_zeros_are_codes(value, number_format, shown) -> None:
    assert shown_code(value, code_digits(number_format)) == shown


def test_rows_and_columns_of_no_size_and_folded_groups_count_as_hidden(tmp_path) -> None:
    cells = "<s:c><s:v>1</s:v></s:c>"
    rows = (
        f'<s:row r="1" ht="15">{cells}</s:row><s:row r="2" ht="0">{cells}</s:row>'
        f'<s:row r="3" hidden="1">{cells}</s:row><s:row r="5">{cells}</s:row>'
    )
    columns = (
        '<s:cols><s:col min="2" max="4" hidden="1"/><s:col min="6" max="6" width="0"/></s:cols>'
    )
    first = the_sheet(with_sheet(tmp_path, rows, columns))
    assert (first.hidden_rows, first.hidden_columns) == ({2, 3}, {2, 3, 4, 6})
    folded = the_sheet(with_sheet(tmp_path, rows, '<s:sheetFormatPr zeroHeight="1"/>'))
    assert folded.hidden_rows == {2, 3, 5}


def test_a_formula_whose_result_is_empty_text_is_an_empty_cell(tmp_path) -> None:
    rows = '<s:row><s:c t="str"><s:f>""</s:f><s:v></s:v></s:c><s:c><s:v>2</s:v></s:c></s:row>'
    assert the_sheet(with_sheet(tmp_path, rows)).rows[0].values == (None, 2)


def test_entities_are_refused_before_they_are_known(tmp_path) -> None:
    path = with_sheet(tmp_path, "")
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(tmp_path / "d.xlsx", "w") as changed:
        for part in whole.namelist():
            raw = whole.read(part)
            changed.writestr(part, b"<!DOCTYPE x>" + raw if part.endswith("sheet1.xml") else raw)
    assert refusal(tmp_path / "d.xlsx").found == "<!DOCTYPE"


def test_the_only_sheet_that_is_shown_is_taken_unasked(tmp_path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.active.append(["x"])
        book.create_sheet("Nháp").sheet_state = "hidden"

    assert the_sheet(workbook(tmp_path, fill)).name == "Sheet"
    assert the_sheet(tmp_path / "b.xlsx", "Nháp").hidden


def test_a_sheet_is_chosen_by_name_or_because_it_is_the_only_one(tmp_path) -> None:
    path = workbook(tmp_path, lambda book: book.create_sheet("Hai").append(["y"]))
    assert the_sheet(path, "Hai").rows[0].values == ("y",)
    with pytest.raises(FileFault) as found:
        the_sheet(path)
    assert found.value.allowed == ("Sheet", "Hai")


@given(st.integers(1, 16_384))
def test_columns_have_the_letters_spreadsheets_give_them(number: int) -> None:
    assert column_letters(number) == get_column_letter(number)


def shared_strings(path: Path, *texts: str) -> Path:
    """The workbook with its own texts moved to the table of shared ones, as Excel writes them."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet, relations = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    for number in range(len(texts)):
        own = r't="inlineStr"><is><t>[^<]*</t></is>'
        parts[sheet], found = re.subn(own, f't="s"><v>{number}</v>', parts[sheet], count=1)
        assert found == 1
    link = f'<Relationship Type="{kind}" Target="sharedStrings.xml" Id="rId9"/></Relationships>'
    parts[relations] = parts[relations].replace("</Relationships>", link)
    items = "".join(f"<si><r><t>{t[:1]}</t></r><r><t>{t[1:]}</t></r></si>" for t in texts)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{items}</sst>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def test_texts_that_the_cells_share_are_read_where_they_stand(tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Tên", "Số"])
    book.active.append(["Nà Cà", 1])
    book.save(tmp_path / "b.xlsx")
    path = shared_strings(tmp_path / "b.xlsx", "Tên", "Số", "Nà Cà")
    assert rows_of(path) == [["Tên", "Số"], ["Nà Cà", "1"]]


@pytest.mark.parametrize("place", ["-1", "3", "x"])
def test_a_place_that_no_shared_text_has_is_damage(tmp_path, place: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Tên", "Số", "Mã"])
    book.save(tmp_path / "b.xlsx")
    path = shared_strings(tmp_path / "b.xlsx", "Tên", "Số", "Mã")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<v>2</v>", f"<v>{place}</v>".encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(FileFault, match="C"):
        rows_of(path)
