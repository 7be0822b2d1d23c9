"""The figures that the cells of a table give, and the totals that it states.

The indicators are those of the dataset that comes with the package.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from geodata.catalogue import Catalogue, read_catalogue
from geodata.dataset import default_dataset_folder
from geodata.readers.sheet import CellValue
from geodata.table_import.column_records import EACH_ROW, ColumnMeaning
from geodata.table_import.columns import new_indicator, stated_totals
from geodata.table_import.layout_records import TableLayout, TableRow
from geodata.table_import.report_records import Answers
from tests.geodata.test_new_indicators import MOTORCYCLES
from tests.table_columns import columns_of, figures_of
from tests.table_layouts import all_matched, table_layout, value_table


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(default_dataset_folder())


def test_dashes_crosses_dots_and_blanks_are_told_apart(catalogue: Catalogue) -> None:
    layout = value_table([("Dân số",)], ["-"], ["x"], ["…"], [None], [0.0], ["1.234(*)"])
    dashed = replace(
        layout,
        columns=(layout.columns[0], replace(layout.columns[1], notation="vietnamese")),
    )
    values, findings = figures_of(catalogue, dashed)
    assert [(each.value, each.marker, each.raw) for each in values] == [
        (None, "missing", "-"),
        (None, "not_applicable", "x"),
        (None, "missing", "…"),
        (0.0, "", "0"),
        (1234.0, "", "1.234(*)"),
    ]
    assert [(code, each.count) for code, each in findings.items()] == [
        ("V07", 1), ("V08", 2), ("V12", 1)
    ]  # fmt: skip


def test_a_dash_is_zero_where_the_table_says_so(catalogue: Catalogue) -> None:
    layout = value_table([("Dân số",)], ["-"])
    stated = replace(layout, columns=(layout.columns[0], replace(layout.columns[1], dash="zero")))
    (value,), findings = figures_of(catalogue, stated)
    assert (value.value, findings) == (0.0, {})


def test_a_mark_that_a_note_explains_makes_a_figure_an_estimate(catalogue: Catalogue) -> None:
    layout = value_table([("Dân số",), ("Số hộ (1)",)], ["500(*)", 6], ["600(**)", 7], ["700", 8])
    foot = ("Ghi chú: (*) ước tính; (**) đã rà soát; (1) Số sơ bộ.",)
    values, _ = figures_of(catalogue, replace(layout, foot=foot))
    assert [(each.value, each.status) for each in values] == [
        (500.0, "estimate"), (6.0, "estimate"), (600.0, "actual"), (7.0, "estimate"),
        (700.0, "actual"), (8.0, "estimate"),
    ]  # fmt: skip


def test_numbers_that_can_be_read_in_two_ways_wait_for_an_answer(catalogue: Catalogue) -> None:
    layout = value_table([("Dân số",)], ["1.234"], ["2.345"])
    values, findings = figures_of(catalogue, layout)
    assert values == ()
    assert (findings["V02"].severity, findings["V02"].count) == ("question", 2)
    values, findings = figures_of(catalogue, layout, Answers(notation="vietnamese"))
    assert ([each.value for each in values], findings) == ([1234.0, 2345.0], {})


@pytest.mark.parametrize(
    ("cell", "code"), [("khoảng 500", "V14"), ("#DIV/0!", "V03"), (True, "V01"),
                       (dt.date(2025, 1, 1), "V01"), (1e308, "V01"), ("9" * 40, "V01")]
)  # fmt: skip
def test_what_is_no_number_is_an_error_with_its_cell(
    catalogue: Catalogue, cell: CellValue, code: str
) -> None:
    values, findings = figures_of(catalogue, value_table([("Dân số",)], [cell]))
    assert values == ()
    assert (findings[code].severity, findings[code].places[0].address) == ("error", "B2")


def test_a_figure_keeps_its_place_and_its_words(catalogue: Catalogue) -> None:
    (first, second), _ = figures_of(
        catalogue, value_table([("Dân số",), ("Số hộ",)], [18606, 4044])
    )
    assert [(each.place.sheet, each.place.address, each.raw) for each in (first, second)] == [
        ("Sheet1", "B2", "18606"),
        ("Sheet1", "C2", "4044"),
    ]
    assert first.unit_id == "unit-2"


def test_an_indicator_made_for_the_table_holds_figures_like_any_other(catalogue: Catalogue) -> None:
    form = MOTORCYCLES | {
        "name_vi": "Số xe máy", "name_en": "Motorcycles", "measure_unit": "",
        "measure_unit_name_vi": "chiếc", "measure_unit_name_en": "motorcycles",
    }  # fmt: skip
    answers = Answers(new_indicators=(new_indicator(form, catalogue, "commune"),))
    layout = value_table([("Số xe máy (nghìn chiếc)",)], [1.5])
    (value,), _ = figures_of(catalogue, layout, answers)
    assert (value.indicator, value.value) == ("motorcycles", 1500.0)


def test_rows_without_a_unit_give_no_figures(catalogue: Catalogue) -> None:
    layout = value_table([("Dân số",)], [1], [2], [3], [4])
    states = {"row2": "ignored", "row3": "asked", "row4": "unmatched"}
    values, _ = figures_of(catalogue, layout, **states)
    assert [each.value for each in values] == [4.0]


def test_hidden_rows_and_columns_are_left_out_where_that_was_said(catalogue: Catalogue) -> None:
    layout = value_table([("Dân số",), ("Số hộ",)], [1, 2], [3, 4])
    name, population, households = layout.columns
    first, second = layout.rows
    layout = replace(
        layout,
        columns=(name, population, replace(households, hidden=True)),
        rows=(first, replace(second, hidden=True)),
    )
    used, _ = figures_of(catalogue, layout, Answers(hidden="use"))
    left, _ = figures_of(catalogue, layout, Answers(hidden="skip"))
    assert ([each.value for each in used], [each.value for each in left]) == ([1, 2, 3, 4], [1])


def test_one_cell_for_several_units_is_the_figure_of_none(catalogue: Catalogue) -> None:
    layout = replace(value_table([("Dân số",)], [10], [10]), joint_cells=((2, 2), (3, 2)))
    values, findings = figures_of(catalogue, layout)
    assert (values, findings["V11"].count) == ((), 2)


def long_table(*rows: Sequence[CellValue]) -> TableLayout:
    return table_layout(
        ["name", "indicator", "period", "status", "text", "value"],
        rows,
        headings=["Xã", "Chỉ tiêu", "Kỳ", "Trạng thái", "Đơn vị tính", "Giá trị"],
    )


def test_a_long_table_says_indicator_period_and_status_row_by_row(catalogue: Catalogue) -> None:
    layout = long_table(
        ("Xã 1", "Dân số", 2024, "Thực hiện", "nghìn người", 18.5),
        ("Xã 1", "Tỷ lệ hộ nghèo (%)", "6 tháng 2026", "KH", None, 12),
        ("Xã 2", "Dân số", dt.date(2025, 12, 31), "estimate", "người", 9000),
    )
    meanings, findings = columns_of(catalogue, layout)
    assert not findings
    (value_column,) = [each for each in meanings if each.path == ("Giá trị",)]
    assert (value_column.indicator, value_column.period) == (EACH_ROW, EACH_ROW)
    values, _ = figures_of(catalogue, layout)
    assert [(each.indicator, each.period, each.status, each.value) for each in values] == [
        ("population", "2024", "actual", 18500.0),
        ("poverty_rate", "2026-H1", "plan", 12.0),
        ("population", "2025-12-31", "estimate", 9000.0),
    ]


def test_an_unknown_indicator_of_a_long_table_is_asked_once_and_answered_by_its_name(
    catalogue: Catalogue,
) -> None:
    layout = long_table(
        ("Xã 1", "Số xe máy", 2025, "TH", None, 7), ("Xã 2", "Số xe máy", 2025, "TH", None, 8)
    )
    _, (asked,) = columns_of(catalogue, layout)
    assert (asked.code, asked.value) == ("I01", "Chỉ tiêu / Số xe máy")
    answers = Answers(
        columns={("Chỉ tiêu", "Số xe máy"): ColumnMeaning(0, (), "value", "households")}
    )
    values, _ = figures_of(catalogue, layout, answers)
    assert [(each.indicator, each.value) for each in values] == [
        ("households", 7.0),
        ("households", 8.0),
    ]


def test_a_data_file_with_sdmx_headings_gives_what_its_codes_say(catalogue: Catalogue) -> None:
    layout = table_layout(
        ["name", "indicator", "period", "value", "status", "text", "value"],
        [
            ("Xã 1", "population", 2024, 25.4, "A", "người", 3),
            ("Xã 1", "poverty_rate", 2024, 8.24, "E", "%", 0),
        ],
        headings=["REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS",
                  "UNIT_MEASURE", "UNIT_MULT"],
    )  # fmt: skip
    values, _ = figures_of(catalogue, layout)
    assert [(each.indicator, each.status, each.value) for each in values] == [
        ("population", "actual", 25400.0),
        ("poverty_rate", "estimate", 8.24),
    ]


def test_a_row_of_a_long_table_without_a_period_is_an_error(catalogue: Catalogue) -> None:
    layout = long_table(("Xã 1", "Dân số", "kỳ này", "TH", None, 7))
    values, findings = figures_of(catalogue, layout)
    assert values == ()
    assert (findings["P01"].severity, findings["P01"].count) == ("error", 1)


def with_totals(layout: TableLayout, **totals: Sequence[CellValue]) -> TableLayout:
    """Rows put in before the data row whose number is in their name; ``after`` stands last."""
    rows: list[TableRow] = []
    for row in layout.rows:
        for name, values in totals.items():
            role, _, before = name.partition("_")
            if before == str(row.number):
                rows.append(TableRow(100 + row.number, role, tuple(values)))
        rows.append(row)
    rows += [TableRow(200, "total", tuple(values)) for name, values in totals.items()
             if name == "after"]  # fmt: skip
    return replace(layout, rows=tuple(rows))


def totals_of(catalogue: Catalogue, layout: TableLayout) -> list[tuple[str, float, float | None]]:
    meanings, _ = columns_of(catalogue, layout)
    found = stated_totals(layout, all_matched(layout), meanings, catalogue, Answers())
    return [(each.label, each.stated, each.total) for each in found]


def test_group_rows_and_the_total_are_held_against_their_own_rows(catalogue: Catalogue) -> None:
    layout = with_totals(
        value_table([("Dân số",)], [1], [2], [3]),
        total_2=("Toàn tỉnh", 7),
        group_4=("Huyện B", 3),
    )
    assert totals_of(catalogue, layout) == [("Toàn tỉnh", 7.0, 6.0), ("Huyện B", 3.0, 3.0)]


def test_a_subtotal_below_its_rows_is_of_them_alone(catalogue: Catalogue) -> None:
    layout = with_totals(
        value_table([("Dân số",)], [1], [2], [3]), total_4=("Cộng", 3), after=("Tổng cộng", 6)
    )
    assert totals_of(catalogue, layout) == [("Cộng", 3.0, 3.0), ("Tổng cộng", 6.0, 6.0)]


def test_a_total_of_a_share_is_made_of_its_parts_or_left_open(catalogue: Catalogue) -> None:
    paths = [("Số hộ",), ("Hộ nghèo", "Số hộ"), ("Hộ nghèo", "Tỷ lệ (%)"), ("Độ che phủ rừng (%)",)]
    layout = with_totals(
        value_table(paths, [100, 10, 10.0, 50.0], [300, 90, 30.0, 60.0]),
        after=("Tổng", 400, 100, 25.0, 56.0),
    )
    assert [total for _, _, total in totals_of(catalogue, layout)] == [400.0, 100.0, 25.0, None]


def test_an_open_column_is_added_up_too_unless_it_holds_shares(catalogue: Catalogue) -> None:
    layout = with_totals(
        value_table([("Số xe máy",), ("Xe máy điện (%)",)], [5, 1.0], [6, 2.0]),
        after=("Cộng", 11, 3.0),
    )
    assert [total for _, _, total in totals_of(catalogue, layout)] == [11.0, None]
