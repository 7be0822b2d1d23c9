"""What the columns of a table mean, and the figures that their cells give.

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
from geodata.table_import.columns import read_columns, stated_totals, to_values
from geodata.table_import.layout_records import TableLayout, TableRow
from geodata.table_import.match_records import UnitMatch, UnitMatching
from geodata.table_import.report_records import Answers, Finding, ImportedValue
from tests.table_layouts import table_layout

TODAY = dt.date(2025, 7, 1)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(default_dataset_folder())


def table(
    headings: Sequence[tuple[str, ...]],
    *rows: Sequence[CellValue],
    title: Sequence[str] = ("SỐ LIỆU NĂM 2025",),
    file: str = "bang.xlsx",
) -> TableLayout:
    """A table of values under headers of several rows; units are called ``Xã 1``, ``Xã 2`` …"""
    made = table_layout(
        ["name", *["value"] * len(headings)],
        [(f"Xã {number}", *row) for number, row in enumerate(rows or [[1] * len(headings)], 1)],
    )
    columns = tuple(
        replace(column, path=path)
        for column, path in zip(made.columns, [("Xã",), *headings], strict=True)
    )
    return replace(made, columns=columns, letterhead=tuple(title), file=file)


def matching(layout: TableLayout, **states: str) -> UnitMatching:
    """Every data row has found the unit that bears its number."""
    rows = tuple(
        UnitMatch(row.number, "", "", "", states.get(f"row{row.number}", "matched"), "name", unit)
        for row in layout.data_rows()
        for unit in (f"unit-{row.number}",)
    )
    return UnitMatching("commune", TODAY, (), "evidence", rows, ())


def columns_of(
    catalogue: Catalogue, layout: TableLayout, answers: Answers | None = None
) -> tuple[tuple[ColumnMeaning, ...], tuple[Finding, ...]]:
    return read_columns(layout, matching(layout), catalogue, answers or Answers())


def figures_of(
    catalogue: Catalogue, layout: TableLayout, answers: Answers | None = None, **states: str
) -> tuple[tuple[ImportedValue, ...], dict[str, Finding]]:
    said = answers or Answers()
    meanings, _ = columns_of(catalogue, layout, said)
    values, findings = to_values(layout, matching(layout, **states), meanings, catalogue, said)
    return values, {each.code: each for each in findings}


@pytest.mark.parametrize(
    ("path", "indicator"),
    [
        (("Dân số (người)",), "population"),
        (("Số nhân khẩu",), "population"),
        (("Tổng số hộ",), "households"),
        (("Hộ nghèo", "Số hộ"), "poor_households"),
        (("Hộ nghèo", "Tỷ lệ (%)"), "poverty_rate"),
        (("Số hộ cận nghèo",), "near_poor_households"),
        (("Tỉ lệ nghèo (%)",), "poverty_rate"),
        (("Độ che phủ rừng (%)",), "forest_cover_rate"),
        (("Tourist visits",), "tourist_visits"),
        (("Số hộ DTTS",), "ethnic_minority_households"),
    ],
)
def test_a_header_in_either_language_finds_its_indicator(
    catalogue: Catalogue, path: tuple[str, ...], indicator: str
) -> None:
    (meaning,), _ = columns_of(catalogue, table([path]))
    assert meaning.indicator == indicator


@pytest.mark.parametrize(
    "heading",
    [
        "Tỷ lệ đường trục xã được cứng hóa (%)",
        "Diện tích trồng rừng (ha)",
        "Nước hợp vệ sinh (%)",
        "Hộ có xe máy",
        "Dân số (ha)",
    ],
)
def test_a_header_that_is_not_clearly_one_indicator_is_asked_about(
    catalogue: Catalogue, heading: str
) -> None:
    (meaning,), findings = columns_of(catalogue, table([(heading,)]))
    assert meaning.indicator == ""
    (asked,) = findings
    assert (asked.code, asked.severity, asked.value) == ("I01", "question", heading)


def test_proposals_come_likeliest_first_and_are_at_most_five(catalogue: Catalogue) -> None:
    (meaning,), _ = columns_of(catalogue, table([("Nước hợp vệ sinh (%)",)]))
    scores = [each.score for each in meaning.proposals]
    assert scores == sorted(scores, reverse=True)
    assert 1 < len(scores) <= 5
    assert meaning.proposals[0].indicator == "population_hygienic_water_rate"


def test_a_title_names_what_its_columns_leave_out(catalogue: Catalogue) -> None:
    layout = table(
        [("Tổng số",), ("Trong đó", "Thành thị"), ("Trong đó", "Nông thôn")],
        title=("DÂN SỐ CÓ ĐẾN 01/4/2019 CHIA THEO ĐƠN VỊ HÀNH CHÍNH",),
    )
    meanings, findings = columns_of(catalogue, layout)
    assert [(each.indicator, each.period) for each in meanings] == [
        ("population", "2019-04-01"),
        ("population_urban", "2019-04-01"),
        ("population_rural", "2019-04-01"),
    ]
    assert not findings


def test_plan_actual_and_comparisons_of_a_cross_table_are_told_apart(catalogue: Catalogue) -> None:
    group = "Dân số (người)"
    layout = table(
        [(group, "KH 2026"), (group, "TH 6 tháng"), (group, "Cùng kỳ"), (group, "% KH"),
         (group, "So CK (%)")],
        title=(),
    )  # fmt: skip
    meanings, _ = columns_of(catalogue, layout)
    assert [(each.use, each.period, each.status, each.of_column) for each in meanings] == [
        ("value", "2026", "plan", None),
        ("value", "2026-H1", "actual", None),
        ("value", "2025-H1", "actual", None),
        ("stated_percent", "2026-H1", "actual", 3),
        ("stated_change", "2026-H1", "actual", 3),
    ]
    assert {each.indicator for each in meanings} == {"population"}


def test_a_plan_beside_the_actual_of_half_a_year_is_the_plan_of_the_year(
    catalogue: Catalogue,
) -> None:
    layout = table(
        [("Dân số", "Kế hoạch"), ("Dân số", "Ước thực hiện")],
        title=("KẾT QUẢ 6 THÁNG ĐẦU NĂM 2026",),
    )
    meanings, _ = columns_of(catalogue, layout)
    assert [(each.period, each.status) for each in meanings] == [
        ("2026", "plan"),
        ("2026-H1", "estimate"),
    ]


def test_the_nearest_place_gives_the_period_and_disagreement_is_said(catalogue: Catalogue) -> None:
    layout = table([("Dân số",)], title=("Báo cáo năm 2025",), file="bao_cao_2024.xlsx")
    (meaning,), (finding,) = columns_of(catalogue, layout)
    assert meaning.period == "2025"
    assert (finding.code, finding.severity) == ("P02", "confirm")
    assert "2024" in finding.expected["vi"]


def test_two_periods_in_one_title_are_asked_about(catalogue: Catalogue) -> None:
    layout = table([("Dân số",)], title=("Số liệu năm 2024", "Số liệu quý I/2025"))
    (meaning,), (finding,) = columns_of(catalogue, layout)
    assert (meaning.period, finding.code, finding.severity) == ("", "P02", "question")


def test_without_a_period_anywhere_one_is_asked_for_and_no_figure_is_given(
    catalogue: Catalogue,
) -> None:
    layout = table([("Dân số",), ("Số hộ",)], title=())
    _, (finding,) = columns_of(catalogue, layout)
    assert (finding.code, finding.severity, finding.count) == ("P01", "question", 2)
    assert figures_of(catalogue, layout)[0] == ()


def test_a_unit_of_measure_is_converted_and_the_factor_is_shown(catalogue: Catalogue) -> None:
    layout = table([("Dân số (1.000 người)",), ("Doanh thu du lịch",)], [18.606, 5400],
                   title=("NĂM 2025", "Đơn vị tính: triệu đồng"))  # fmt: skip
    meanings, _ = columns_of(catalogue, layout)
    values, _ = figures_of(catalogue, layout)
    assert [each.value for each in values] == [18606.0, 5.4]
    assert [each.scale for each in meanings] == [1000.0, 0.001]
    assert all("nhân với" in each.scale_reason["vi"] for each in meanings)


def test_shares_written_as_fractions_become_per_cent_and_are_confirmed(
    catalogue: Catalogue,
) -> None:
    rows = [[0.195], [0.2232], [0.0815], [0.3312], [0.12]]
    layout = table([("Tỷ lệ hộ nghèo",)], *rows)
    _, (finding,) = columns_of(catalogue, layout)
    values, _ = figures_of(catalogue, layout)
    assert (finding.code, finding.severity) == ("I03", "confirm")
    assert [each.value for each in values] == [19.5, 22.32, 8.15, 33.12, 12.0]


def test_a_cell_format_of_per_cent_needs_no_word(catalogue: Catalogue) -> None:
    layout = table([("Tỷ lệ hộ nghèo",)], [0.195])
    layout = replace(layout, columns=(layout.columns[0], replace(layout.columns[1], percent=True)))
    (value,), _ = figures_of(catalogue, layout)
    assert value.value == 19.5


def test_two_columns_of_one_series_are_asked_about(catalogue: Catalogue) -> None:
    _, findings = columns_of(catalogue, table([("Dân số",), ("Số nhân khẩu",)]))
    assert [(each.code, each.count) for each in findings] == [("I04", 2)]


def test_what_a_person_says_goes_before_everything(catalogue: Catalogue) -> None:
    layout = table([("Dân số (người)",), ("Số hộ",)], [5, 6])
    said = ColumnMeaning(0, (), "value", "households", period="2024", status="plan",
                         measure_unit="nghìn hộ")  # fmt: skip
    answers = Answers(columns={("Dân số (người)",): said, ("Số hộ",): ColumnMeaning(0, (), "skip")})
    (value,), _ = figures_of(catalogue, layout, answers)
    assert (value.indicator, value.period, value.status, value.value) == (
        "households", "2024", "plan", 5000.0
    )  # fmt: skip


def test_a_chosen_indicator_of_another_unit_of_measure_is_an_error(catalogue: Catalogue) -> None:
    answers = Answers(columns={("Rừng (ha)",): ColumnMeaning(0, (), "value", "population")})
    _, (finding,) = columns_of(catalogue, table([("Rừng (ha)",)]), answers)
    assert (finding.code, finding.severity, finding.value) == ("I02", "error", "ha")


def test_dashes_crosses_dots_and_blanks_are_told_apart(catalogue: Catalogue) -> None:
    layout = table([("Dân số",)], ["-"], ["x"], ["…"], [None], [0.0], ["1.234(*)"])
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
    assert [(code, each.count) for code, each in findings.items()] == [("V07", 1), ("V08", 3)]


def test_a_dash_is_zero_where_the_table_says_so(catalogue: Catalogue) -> None:
    layout = table([("Dân số",)], ["-"])
    stated = replace(layout, columns=(layout.columns[0], replace(layout.columns[1], dash="zero")))
    (value,), findings = figures_of(catalogue, stated)
    assert (value.value, findings) == (0.0, {})


def test_numbers_that_can_be_read_in_two_ways_wait_for_an_answer(catalogue: Catalogue) -> None:
    layout = table([("Dân số",)], ["1.234"], ["2.345"])
    values, findings = figures_of(catalogue, layout)
    assert values == ()
    assert (findings["V02"].severity, findings["V02"].count) == ("question", 2)
    values, findings = figures_of(catalogue, layout, Answers(notation="vietnamese"))
    assert ([each.value for each in values], findings) == ([1234.0, 2345.0], {})


@pytest.mark.parametrize(
    ("cell", "code"), [("khoảng 500", "V01"), ("#DIV/0!", "V03"), (True, "V01"),
                       (dt.date(2025, 1, 1), "V01")]
)  # fmt: skip
def test_what_is_no_number_is_an_error_with_its_cell(
    catalogue: Catalogue, cell: CellValue, code: str
) -> None:
    values, findings = figures_of(catalogue, table([("Dân số",)], [cell]))
    assert values == ()
    assert (findings[code].severity, findings[code].places[0].address) == ("error", "B2")


def test_a_figure_keeps_its_place_and_its_words(catalogue: Catalogue) -> None:
    (first, second), _ = figures_of(catalogue, table([("Dân số",), ("Số hộ",)], [18606, 4044]))
    assert [(each.place.sheet, each.place.address, each.raw) for each in (first, second)] == [
        ("Sheet1", "B2", "18606"),
        ("Sheet1", "C2", "4044"),
    ]
    assert first.unit_id == "unit-2"


def test_rows_without_a_unit_give_no_figures(catalogue: Catalogue) -> None:
    layout = table([("Dân số",)], [1], [2], [3], [4])
    states = {"row2": "ignored", "row3": "asked", "row4": "unmatched"}
    values, _ = figures_of(catalogue, layout, **states)
    assert [each.value for each in values] == [4.0]


def test_hidden_rows_and_columns_are_left_out_where_that_was_said(catalogue: Catalogue) -> None:
    layout = table([("Dân số",), ("Số hộ",)], [1, 2], [3, 4])
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
    layout = replace(table([("Dân số",)], [10], [10]), joint_cells=((2, 2), (3, 2)))
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
    found = stated_totals(layout, matching(layout), meanings, catalogue, Answers())
    return [(each.label, each.stated, each.total) for each in found]


def test_group_rows_and_the_total_are_held_against_their_own_rows(catalogue: Catalogue) -> None:
    layout = with_totals(
        table([("Dân số",)], [1], [2], [3]),
        total_2=("Toàn tỉnh", 7),
        group_4=("Huyện B", 3),
    )
    assert totals_of(catalogue, layout) == [("Toàn tỉnh", 7.0, 6.0), ("Huyện B", 3.0, 3.0)]


def test_a_subtotal_below_its_rows_is_of_them_alone(catalogue: Catalogue) -> None:
    layout = with_totals(
        table([("Dân số",)], [1], [2], [3]), total_4=("Cộng", 3), after=("Tổng cộng", 6)
    )
    assert totals_of(catalogue, layout) == [("Cộng", 3.0, 3.0), ("Tổng cộng", 6.0, 6.0)]


def test_a_total_of_a_share_is_made_of_its_parts_or_left_open(catalogue: Catalogue) -> None:
    paths = [("Số hộ",), ("Hộ nghèo", "Số hộ"), ("Hộ nghèo", "Tỷ lệ (%)"), ("Độ che phủ rừng (%)",)]
    layout = with_totals(
        table(paths, [100, 10, 10.0, 50.0], [300, 90, 30.0, 60.0]),
        after=("Tổng", 400, 100, 25.0, 56.0),
    )
    assert [total for _, _, total in totals_of(catalogue, layout)] == [400.0, 100.0, 25.0, None]


def test_an_open_column_is_added_up_too_unless_it_holds_shares(catalogue: Catalogue) -> None:
    layout = with_totals(
        table([("Số xe máy",), ("Xe máy điện (%)",)], [5, 1.0], [6, 2.0]), after=("Cộng", 11, 3.0)
    )
    assert [total for _, _, total in totals_of(catalogue, layout)] == [11.0, None]
