"""Totals and groups are told by their words and by adding; merged cells are told apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.readers.sheet import CellRange, CellStyle, CellValue, Sheet, SheetRow
from geodata.table_import.layout import find_tables
from geodata.table_import.layout.adding import bits_by_chance, find_sums
from geodata.table_import.layout_records import NameKind, TableLayout

COMMUNES = ("Sìn Hồ", "Phăng Sô Lin", "Tả Phìn", "Tam Đường", "Thèn Sin", "Bản Bo")
DISTRICTS = ("Huyện Sìn Hồ", "Huyện Tam Đường")


class Names:
    """Communes two of which bear the names of their districts."""

    def kind_of(self, text: str) -> NameKind:
        bare = text.removeprefix("Xã ").removeprefix("Thị trấn ")
        if bare in COMMUNES:
            return "unit"
        return "upper_unit" if text in (*DISTRICTS, "Tỉnh Lai Châu") else ""

    def is_code(self, text: str) -> bool:
        return False


def found(
    rows: Sequence[Sequence[CellValue]],
    merged: Sequence[CellRange] = (),
    bold: Sequence[int] = (),
) -> TableLayout:
    kept = [
        SheetRow(n, tuple(cells), (int(n in bold),) * len(cells))
        for n, cells in enumerate(rows, 1)
        if any(cells)
    ]
    styles = (CellStyle(), CellStyle(bold=True))
    sheet = Sheet("Biểu 1", tuple(kept), tuple(merged), styles=styles)
    return find_tables([sheet], "bieu.xlsx", Names())[0]


def roles(layout: TableLayout) -> list[str]:
    return [row.role for row in layout.rows]


SIN_HO = [["Sìn Hồ", 4201, 911], ["Phăng Sô Lin", 3312, 640], ["Tả Phìn", 2959, 577]]
TAM_DUONG = [["Tam Đường", 7105, 1733], ["Thèn Sin", 2244, 450], ["Bản Bo", 4870, 1001]]


def summed(name: str, *rows: Sequence[CellValue]) -> list[CellValue]:
    return [name, *(sum(int(str(row[n])) for row in rows) for n in (1, 2))]


def test_a_district_with_the_name_of_a_commune_is_told_from_it_by_adding() -> None:
    layout = found(
        [
            ["Đơn vị", "Dân số", "Số hộ"],
            summed("Sìn Hồ", *SIN_HO), *SIN_HO,
            summed("Tam Đường", *TAM_DUONG), *TAM_DUONG,
        ]
    )  # fmt: skip
    assert roles(layout) == ["group", "data", "data", "data"] * 2
    assert [row.parent for row in layout.data_rows()] == ["Sìn Hồ"] * 3 + ["Tam Đường"] * 3


@pytest.mark.parametrize("first", [True, False])
def test_a_total_without_a_word_is_a_total_before_and_after_its_rows(first: bool) -> None:
    total = summed("", *SIN_HO, *TAM_DUONG)
    rows = [*SIN_HO, *TAM_DUONG]
    body = [total, *rows] if first else [*rows, total]
    layout = found([["Đơn vị", "Dân số", "Số hộ"], *body])
    assert roles(layout).count("total") == 1
    assert len(layout.data_rows()) == 6


def test_a_sum_below_its_rows_gives_them_their_parent() -> None:
    layout = found(
        [
            ["Đơn vị", "Dân số", "Số hộ"],
            *SIN_HO, summed("Huyện Sìn Hồ", *SIN_HO),
            *TAM_DUONG, summed("Huyện Tam Đường", *TAM_DUONG),
        ]
    )  # fmt: skip
    assert roles(layout) == ["data", "data", "data", "total"] * 2
    assert [row.parent for row in layout.data_rows()] == (
        ["Huyện Sìn Hồ"] * 3 + ["Huyện Tam Đường"] * 3
    )


def test_the_province_above_its_districts_is_a_total_and_no_parent() -> None:
    layout = found(
        [
            ["Đơn vị", "Dân số", "Số hộ"],
            summed("Tỉnh Lai Châu", *SIN_HO, *TAM_DUONG),
            summed("Huyện Sìn Hồ", *SIN_HO), *SIN_HO,
            summed("Huyện Tam Đường", *TAM_DUONG), *TAM_DUONG,
        ]
    )  # fmt: skip
    assert roles(layout) == ["total", *["group", "data", "data", "data"] * 2]
    assert {row.parent for row in layout.data_rows()} == set(DISTRICTS)


def test_rows_of_a_table_of_districts_are_data_below_the_sum_of_their_province() -> None:
    first, second = summed(DISTRICTS[0], *SIN_HO), summed(DISTRICTS[1], *TAM_DUONG)
    header = ["Huyện", "Dân số", "Số hộ"]
    layout = found([header, summed("Tỉnh Lai Châu", first, second), first, second])
    assert roles(layout) == ["group", "data", "data"]
    assert [row.parent for row in layout.data_rows()] == ["Tỉnh Lai Châu"] * 2


def test_communes_numbered_in_roman_figures_are_data() -> None:
    rows = [[n, *row] for n, row in zip(["I", "II", "III"], SIN_HO, strict=True)]
    layout = found([["TT", "Xã", "Dân số", "Số hộ"], *rows])
    assert roles(layout) == ["data"] * 3


def test_a_section_does_not_take_the_place_of_the_district_above_it() -> None:
    layout = found(
        [
            ["TT", "Đơn vị", "Dân số"],
            ["I", "Huyện Sìn Hồ", 10472],
            ["A", "Khu vực thành thị"],
            [1, "Sìn Hồ", 4201],
            ["B", "Khu vực nông thôn"],
            [2, "Phăng Sô Lin", 3312],
            [3, "Tả Phìn", 2959],
        ]
    )
    assert [row.parent for row in layout.data_rows()] == ["Huyện Sìn Hồ"] * 3


def test_group_words_in_cells_merged_across_give_the_parent() -> None:
    rows = [["TT", "Xã", "Dân số"], ["Huyện Sìn Hồ"], [1, *SIN_HO[0][:2]], [2, *SIN_HO[1][:2]]]
    layout = found(rows, [CellRange(2, 1, 2, 3)])
    assert roles(layout) == ["group", "data", "data"]
    assert [row.parent for row in layout.data_rows()] == ["Huyện Sìn Hồ"] * 2


@pytest.mark.slow
@settings(max_examples=50)
@given(st.lists(st.tuples(*[st.integers(0, 12)] * 3), min_size=3, max_size=60))
def test_small_numbers_that_happen_to_add_up_are_no_totals(rows: list[tuple[int, ...]]) -> None:
    figures = np.array(rows, dtype=float)
    count = len(rows)
    sums = find_sums(figures, np.ones(count, bool), np.full(count, bits_by_chance(count)))
    assert all(each.bits >= bits_by_chance(count) for each in sums.values())
    assert len(sums) <= 1


@pytest.mark.slow
@settings(max_examples=20)
@given(sizes=st.lists(st.integers(2, 9), min_size=2, max_size=9), seed=st.integers(0, 2**32 - 1))
@pytest.mark.parametrize("below", [False, True])
def test_sums_of_groups_and_of_all_are_found_on_whichever_side_they_stand(
    sizes: list[int], seed: int, below: bool
) -> None:
    random = np.random.default_rng(seed)
    groups = [random.integers(1000, 99_999, (size, 3)).astype(float) for size in sizes]
    with_sums = [np.vstack([group.sum(axis=0), group]) for group in groups]
    figures = np.vstack([np.vstack(groups).sum(axis=0), *with_sums])
    heads = np.cumsum([1, *(size + 1 for size in sizes[:-1])])
    expected = {0, *map(int, heads)}
    count = len(figures)
    if below:
        figures, expected = figures[::-1], {count - 1 - row for row in expected}
    sums = find_sums(figures, np.ones(count, bool), np.full(count, bits_by_chance(count)))
    assert set(sums) == expected
    assert all(sums[row].above != below for row in expected)


def test_a_figure_merged_over_rows_is_joint_and_names_and_years_beside_it_are_filled() -> None:
    layout = found(
        [
            ["Huyện", "Xã", "Năm", "Dân số", "Số trạm"],
            ["Huyện Sìn Hồ", "Sìn Hồ", 2024, 4201, 3],
            [None, "Phăng Sô Lin", None, 3312, None],
            [None, "Tả Phìn", None, 2959, 1],
        ],
        [CellRange(2, 1, 4, 1), CellRange(2, 3, 4, 3), CellRange(2, 5, 3, 5)],
    )
    assert layout.joint_cells == ((2, 5), (3, 5))
    assert [row.value(5) for row in layout.rows] == [3, None, 1]
    assert [row.value(3) for row in layout.rows] == [2024] * 3
    assert [row.value(1) for row in layout.rows] == ["Huyện Sìn Hồ"] * 3
    assert [column.role for column in layout.columns] == [
        "parent", "name", "period", "value", "value",
    ]  # fmt: skip


def test_rows_of_a_long_table_are_not_added_and_a_province_among_them_is_data() -> None:
    rows = [
        [name, year, base + year % 5]
        for name, base in (("Tỉnh Lai Châu", 300), ("Sìn Hồ", 100), ("Phăng Sô Lin", 200))
        for year in (2024, 2025)
    ]
    layout = found([["Đơn vị", "Năm", "Dân số"], *rows])
    assert roles(layout) == ["data"] * 6


def test_shares_that_make_one_again_and_again_are_no_sums() -> None:
    rows = [[name, 1, 1] for name in COMMUNES[:3]]
    parts = [[name, share, share] for name in COMMUNES[3:] for share in (0.4, 0.6)]
    layout = found([["Xã", "Phần dân số", "Phần diện tích"], *rows, *parts])
    assert roles(layout) == ["data"] * 9
