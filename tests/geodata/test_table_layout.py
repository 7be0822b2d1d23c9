"""Tables are found in sheets as offices keep them; names are those of the synthetic province."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import InvalidInput
from geodata.readers.sheet import CellRange, CellStyle, CellValue, Sheet, SheetRow
from geodata.table_import.layout import find_tables, offered, taken
from geodata.table_import.layout.cell_values import read_cell, split_mark
from geodata.table_import.layout.number_notation import column_notation
from geodata.table_import.layout.sheet_grid import SheetGrid
from geodata.table_import.layout_records import NameKind, TableColumn, TableLayout

UNITS = ["Xã Bãi Lau", "Xã Cầu Ván", "Xã Ung Hoè", "Xã Nà Sàng", "Phường Lam Khê"]


class Names:
    def kind_of(self, text: str) -> NameKind:
        return "unit" if text in UNITS else "upper_unit" if text.startswith("Huyện ") else ""

    def is_code(self, text: str) -> bool:
        return text in {"90001", "90002"}


def found(rows: Sequence[Sequence[CellValue]], merged: Sequence[CellRange] = ()) -> TableLayout:
    kept = [SheetRow(n, tuple(cells)) for n, cells in enumerate(rows, 1) if any(cells)]
    layouts = find_tables([Sheet("Biểu 1", tuple(kept), tuple(merged))], "bieu.xlsx", Names())
    layout = taken(layouts)
    assert layout is not None
    return layout


def roles(layout: TableLayout) -> list[str]:
    return [row.role for row in layout.rows]


def test_a_cell_has_the_look_that_the_file_gives_it_and_a_plain_one_beyond() -> None:
    plain, bold, struck = CellStyle(), CellStyle(bold=True), CellStyle(struck=True)
    row = SheetRow(1, ("A", "B", "C"), styles=(1, 2))
    grid = SheetGrid.of(Sheet("Biểu 1", (row,), (), styles=(plain, bold, struck)))
    assert [grid.style(0, column) for column in range(4)] == [plain, bold, struck, plain]
    assert grid.style(1, 1) == plain


def test_a_table_is_found_below_letterhead_title_and_numbered_header() -> None:
    layout = found(
        [
            ["UBND TỈNH", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            [],
            ["BIỂU 01. HỘ NGHÈO"],
            [],
            ["TT", "Tên xã", "Hộ nghèo"],
            [None, None, "Số hộ", "Tỷ lệ (%)"],
            ["A", "B", 1, "2=1/3"],
            [None, "TOÀN TỈNH", 30, 5.5],
            [1, UNITS[0], 10, "-"],
            [2, UNITS[1], 20, 7.5],
            [],
            [None, "Ghi chú: dấu “-”: không phát sinh."],
            [None, None, None, "NGƯỜI LẬP BIỂU"],
        ],
        [CellRange(5, 3, 5, 4), CellRange(5, 1, 6, 1), CellRange(5, 2, 6, 2)],
    )
    assert layout.header_rows == (5, 6)
    assert roles(layout) == ["numbering", "total", "data", "data"]
    assert [c.path for c in layout.columns][2:] == [
        ("Hộ nghèo", "Số hộ"),
        ("Hộ nghèo", "Tỷ lệ (%)"),
    ]
    assert layout.letterhead[-1] == "BIỂU 01. HỘ NGHÈO"
    assert layout.foot[-1] == "NGƯỜI LẬP BIỂU"
    assert read_cell("-", layout.columns[3]) == (0.0, "")
    assert "không phát sinh" in layout.dash_note


def test_group_rows_give_the_parent_of_the_rows_below_and_a_repeated_header_is_no_data() -> None:
    header = ["STT", "Đơn vị", "Dân số"]
    layout = found(
        [
            header,
            ["I", "Huyện Nà Sàng", 30],
            [1, UNITS[0], 10],
            [2, UNITS[1], 20],
            header,
            ["II", "Huyện Lam Khê"],
            [1, UNITS[2], 5],
            ["Tổng cộng", None, 35],
        ]
    )
    assert roles(layout) == ["group", "data", "data", "header", "group", "data", "total"]
    assert [row.parent for row in layout.data_rows()] == ["Huyện Nà Sàng"] * 2 + ["Huyện Lam Khê"]


def test_an_unmerged_group_reaches_over_the_blank_cells_right_of_it() -> None:
    layout = found(
        [
            ["Tên xã", "Dân số", "Hộ nghèo", None],
            [None, None, "Số hộ", "Tỷ lệ"],
            *[[unit, 100, 5, 5.0] for unit in UNITS],
        ]
    )
    assert [c.path for c in layout.columns][1:] == [
        ("Dân số",), ("Hộ nghèo", "Số hộ"), ("Hộ nghèo", "Tỷ lệ"),
    ]  # fmt: skip


def test_a_row_whose_unit_is_misspelt_stays_a_data_row() -> None:
    layout = found([["Tên xã", "Dân số"], *[[u, 9] for u in UNITS], ["Xã Bãi Luu", 12]])
    assert roles(layout) == ["data"] * 6


def test_a_sheet_without_units_holds_no_table() -> None:
    rows = (SheetRow(1, ("a", "b")), SheetRow(2, (1, 2)))
    assert find_tables([Sheet("S", rows)], "a.xlsx", Names()) == []


def test_two_sheets_alike_are_asked_about() -> None:
    rows = (SheetRow(1, ("Tên xã", "Dân số")), SheetRow(2, (UNITS[0], 2)))
    layouts = find_tables([Sheet("A", rows), Sheet("B", rows)], "a.xlsx", Names())
    assert len(layouts) == 2
    assert taken(layouts) is None


@given(
    above=st.integers(0, 5),
    picked=st.lists(st.sampled_from(UNITS), min_size=2, max_size=5, unique=True),
    total=st.sampled_from(["", "first", "last"]),
    gap=st.booleans(),
)
def test_the_data_rows_found_are_those_put_in(
    above: int, picked: list[str], total: str, gap: bool
) -> None:
    rows: list[list[CellValue]] = [["BIỂU SỐ LIỆU"] for _ in range(above)]
    rows += [[], ["STT", "Tên xã", "Dân số"]]
    if total == "first":
        rows.append([None, "Toàn tỉnh", 7 * len(picked)])
    expected = []
    for n, unit in enumerate(picked, 1):
        if gap and n == 2:
            rows.append([])
        rows.append([n, unit, 7])
        expected.append(len(rows))
    if total == "last":
        rows.append(["Tổng cộng", None, 7 * len(picked)])
    rows += [[], [None, "Ghi chú: số liệu ước tính"]]
    assert [row.number for row in found(rows).data_rows()] == expected


@pytest.mark.parametrize(
    ("texts", "typed", "notation"),
    [
        (["1.234", "8,24"], [], "vietnamese"),
        (["1,234.5"], [], "english"),
        (["0.195", "1.234"], [], "plain"),
        (["1.234", "12.345"], [], None),
        (["1.234", "12.345"], [5000.0, 6000.0, 7000.0], "vietnamese"),
        (["5.522", "4.044", "690", "1.334", "95"], [], "vietnamese"),
        (["5,522", "4,044", "690", "1,334", "95"], [], "english"),
        (["5.522", "4.044", "0", "1.334", "0"], [], None),
    ],
)
def test_the_notation_is_that_of_the_column(
    texts: list[str], typed: list[float], notation: str | None
) -> None:
    assert column_notation(texts, typed, ()) == notation


def test_signs_in_place_of_numbers_are_told_apart_from_zero() -> None:
    column = TableColumn(3, (), "value", "vietnamese")
    assert read_cell("…", column) == (None, "missing")
    assert read_cell("x", column) == (None, "not_applicable")
    assert read_cell("-", column) == (None, "missing")
    assert read_cell(None, column) == (None, "missing")
    assert read_cell("0", column) == (0.0, "")
    assert read_cell(210.125, column) == (210.125, "")
    assert read_cell("1.234(*)", column) == (1234.0, "")
    assert split_mark("Bản Chu Va 6") == ("Bản Chu Va 6", "")
    assert read_cell(0.575, TableColumn(3, (), "value", percent=True)) == (57.5, "")


def test_a_text_of_two_readings_is_refused_not_guessed() -> None:
    with pytest.raises(InvalidInput):
        read_cell("1.234", TableColumn(3, (), "value"))


def test_fractions_shown_as_percentages_and_struck_rows_are_known_by_their_style() -> None:
    styles = (CellStyle(), CellStyle(number_format="0.0%"), CellStyle(struck=True))
    rows = (
        SheetRow(1, ("Tên xã", "So KH (%)"), (0, 0)),
        SheetRow(2, (UNITS[0], 0.575), (0, 1)),
        SheetRow(3, (UNITS[1], 1.25), (2, 1)),
    )
    layout = find_tables([Sheet("S", rows, styles=styles)], "a.xlsx", Names())[0]
    assert read_cell(0.575, layout.columns[1]) == (57.5, "")
    assert [row.struck for row in layout.rows] == [False, True]


PERSONS = [[n, f"Lò Văn {n}", 1980 + n, f"0120800000{n:02}", unit] for n, unit in enumerate(UNITS)]


@pytest.mark.parametrize(
    "rows",
    [
        [["Kính gửi: Ủy ban nhân dân các xã"], ["Xã Bãi Lau báo cáo"], [UNITS[0], UNITS[1]]],
        [[UNITS[0]], ["có 5 bản, 300 người"], [UNITS[1]], ["Trân trọng"]],
        [["STT", "Họ và tên", "Năm sinh", "CCCD", "Xã"], *PERSONS],
        [["STT", "Tên xã", "Dân số"], *[[n, unit, None] for n, unit in enumerate(UNITS, 1)]],
        [
            ["TT", "Đơn vị", "Chủ tịch", "Số điện thoại"],
            *[[1, u, "A", "0912345678"] for u in UNITS],
        ],
        [
            ["STT", "Tên hàng", "Đơn vị", "Số lượng"],
            *[[1, "Bàn", u, 4] for u in ("cái", "bộ", "m")],
        ],
        [["STT", "Tên văn bản", "Xã"], *[[1, f"Báo cáo {u}", u] for u in UNITS]],
    ],
    ids=["letter", "prose", "persons", "empty form", "telephones", "goods", "documents"],
)
def test_what_holds_no_figures_of_units_is_neither_taken_nor_offered(rows) -> None:
    kept = tuple(SheetRow(n, tuple(cells)) for n, cells in enumerate(rows, 1))
    layouts = find_tables([Sheet("S", kept)], "a.xlsx", Names())
    assert offered(layouts) == ()
    assert taken(layouts) is None


def test_two_likely_tables_are_offered_to_choose_from_and_an_unlikely_one_is_not() -> None:
    good = (
        SheetRow(1, ("Tên xã", "Dân số")),
        SheetRow(2, (UNITS[0], 2)),
        SheetRow(3, (UNITS[1], 3)),
    )
    poor = (SheetRow(1, ("Xã", "Ghi chú")), SheetRow(2, (UNITS[0], "đã nộp")))
    sheets = [Sheet("A", good), Sheet("B", poor), Sheet("C", good)]
    assert {each.sheet for each in offered(find_tables(sheets, "a.xlsx", Names()))} == {"A", "C"}
