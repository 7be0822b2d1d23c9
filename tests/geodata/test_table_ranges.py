"""A table stands where a person says; and no sheet, however odd, stops the finding of tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_workbooks import COMMUNES, DISTRICTS, Drawing, KnownNames, as_sheet, figures

from geodata.readers.sheet import CellRange, CellValue, Sheet, SheetRow
from geodata.table_import.layout import find_tables, taken
from geodata.table_import.layout_records import TableLayout, TableRange

LIST: list[list[CellValue]] = [
    ["BIỂU 1"],
    ["Nhóm", "Đơn vị", "Dân số", None],
    ["STT", "Tên", 2024, 2025],
    ["A", "B", 1, 2],
    [None, "Toàn tỉnh", 999, 999],
    *[[n, name, *figures(name)[:2]] for n, name in enumerate(COMMUNES[:5], 1)],
    [],
    [6, "Xã chưa biết", 5, 6],
    [None, "Ghi chú: số liệu 12 xã"],
]


def found(rows: Sequence[Sequence[CellValue]], table: TableRange) -> TableLayout:
    return find_tables([as_sheet(Drawing(rows))], "bieu.xlsx", KnownNames(), table)[0]


def test_the_header_is_that_of_the_rows_a_person_names() -> None:
    layout = found(LIST, TableRange(header_rows=(3,)))
    assert layout.header_rows == (3,)
    assert layout.columns[2].path == ("2024",)
    assert [row.role for row in layout.rows][:3] == ["numbering", "total", "data"]
    assert found(LIST, TableRange(header_rows=(2, 3))).columns[3].path == ("Dân số", "2025")


def test_the_first_and_the_last_row_are_those_a_person_names() -> None:
    layout = found(LIST, TableRange(first_row=7, last_row=9))
    assert [row.number for row in layout.rows] == [7, 8, 9]
    layout = found(LIST, TableRange(header_rows=(2, 3), first_row=6, last_row=13))
    assert [row.number for row in layout.rows] == [6, 7, 8, 9, 10, 12, 13]
    assert [row.role for row in layout.rows][-2:] == ["data", "note"]


def test_a_first_row_alone_leaves_the_header_to_be_found_above_it() -> None:
    layout = found(LIST, TableRange(first_row=6))
    assert layout.header_rows == (2, 3)
    assert layout.rows[0].number == 6


def test_rows_that_a_sheet_does_not_have_are_no_fault() -> None:
    table = TableRange(header_rows=(2, 3, 4000), first_row=6, last_row=5000)
    assert found(LIST, table).header_rows == (2, 3)
    beyond = TableRange(first_row=70)
    assert find_tables([as_sheet(Drawing(LIST))], "b", KnownNames(), beyond) == []


def test_where_a_person_says_it_stands_a_table_needs_no_known_names() -> None:
    rows: list[list[CellValue]] = [["Mục", "Số"], ["Bến Vạn", 12], ["Cửa Rào", 7]]
    assert find_tables([as_sheet(Drawing(rows))], "b", KnownNames()) == []
    layout = found(rows, TableRange(header_rows=(1,), last_row=3))
    assert [(column.role, column.path) for column in layout.columns] == [
        ("name", ("Mục",)), ("value", ("Số",)),
    ]  # fmt: skip
    assert len(layout.data_rows()) == 2
    assert taken([layout]) is None


def test_units_across_are_turned_within_the_rows_a_person_names_too() -> None:
    lines = [[f"Chỉ tiêu {n}", *range(n, n + len(COMMUNES))] for n in range(9)]
    rows: list[list[CellValue]] = [["Chỉ tiêu", *COMMUNES], *lines]
    layout = found(rows, TableRange(header_rows=(1,), last_row=5))
    assert layout.turned
    assert sum(column.role == "value" for column in layout.columns) == 4


WORDS = (
    "STT", "Tên xã", "Dân số", "Năm", "Tổng cộng", "Ghi chú: x", "-", "x", "1.234", "12,5", "I",
    "A", "1. Bản Mù", "Cộng huyện", "04101", "103°36'", "", " ", "Huyện Ẩn",
)  # fmt: skip
TEXTS = st.sampled_from([*COMMUNES[:6], *DISTRICTS, *WORDS])
DATES = st.just(dt.date(2025, 7, 1))
CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(), TEXTS, st.integers(-5, 5000), st.floats(), st.booleans(), DATES, st.text(max_size=5)
)
PLACES = st.integers(1, 9)
RANGES = st.builds(
    lambda row, column, down, across: CellRange(row, column, row + down, column + across),
    PLACES, PLACES, st.integers(0, 9), st.integers(0, 4),
)  # fmt: skip
SHEETS = st.builds(
    lambda lines, first, merged, hidden: Sheet(
        "Biểu",
        tuple(SheetRow(n, tuple(cells)) for n, cells in enumerate(lines, first) if any(cells)),
        tuple(merged),
        frozenset(hidden),
    ),
    st.lists(st.lists(CELLS, max_size=7), max_size=14),
    st.integers(1, 5),
    st.lists(RANGES, max_size=5),
    st.sets(PLACES, max_size=3),
)


def test_a_named_header_row_of_blanks_is_no_fault() -> None:
    sheet = Sheet("Biểu", (SheetRow(2, (" ",)), SheetRow(3, ("Nậm Pha",))), (), frozenset())
    for layout in find_tables([sheet], "b", KnownNames(), TableRange(header_rows=(2,))):
        assert layout.rows


@pytest.mark.parametrize("sign", ["¹", "9" * 5000], ids=["raised", "5,000 digits"])
def test_a_digit_that_is_no_number_numbers_no_rows(sign: str) -> None:
    rows = (
        SheetRow(3, ("-", *[None] * 5, "Nậm Pha")),
        SheetRow(4, ("-",)),
        SheetRow(5, (sign,)),
    )
    joint = (CellRange(first_row=3, first_column=7, last_row=5, last_column=7),)
    tables = find_tables([Sheet("Biểu", rows, joint, frozenset())], "b", KnownNames(), TableRange())
    assert all(layout.rows for layout in tables)


@pytest.mark.slow
@settings(max_examples=50)
@given(
    sheets=st.lists(SHEETS, min_size=1, max_size=3),
    table=st.builds(
        TableRange,
        header_rows=st.one_of(st.none(), st.lists(PLACES, max_size=3).map(tuple)),
        first_row=st.one_of(st.none(), PLACES),
        last_row=st.one_of(st.none(), PLACES),
    ),
)
@pytest.mark.parametrize("stated", [False, True])
def test_any_sheet_gives_tables_that_hold_together(
    sheets: list[Sheet], table: TableRange, stated: bool
) -> None:
    for layout in find_tables(sheets, "b", KnownNames(), table if stated else TableRange()):
        numbers = [row.number for row in layout.rows]
        assert numbers == sorted(set(numbers))
        assert numbers
        assert not set(numbers) & set(layout.header_rows)
        assert 0 <= layout.score <= 100
        assert sum(c.role in ("name", "code") and bool(c.number) for c in layout.columns) >= 1
        known = {row.number for row in layout.data_rows()}
        assert all(row in known for row, _ in layout.joint_cells)
