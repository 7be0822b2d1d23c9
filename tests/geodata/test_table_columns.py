"""What the columns of a table mean.

The indicators are those of the dataset that comes with the package.
"""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.catalogue import Catalogue, read_catalogue
from geodata.dataset import default_dataset_folder
from geodata.period import parse_period
from geodata.readers.sheet import CellValue
from geodata.table_import.column_records import ColumnMeaning
from geodata.table_import.report_records import Answers
from tests.table_columns import columns_of, figures_of
from tests.table_layouts import value_table


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(default_dataset_folder())


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
        (("Số hộ DTTS",), "households[ethnicity:minority]"),
        (("1. Dân số (1)",), "population"),
        (("I. Hộ nghèo", "a) Số hộ"), "poor_households"),
        (("Tỷ lệ hộ sử dụng điện lưới quốc gia (%)",), "households_grid_rate"),
    ],
)
def test_a_header_in_either_language_finds_its_indicator(
    catalogue: Catalogue, path: tuple[str, ...], indicator: str
) -> None:
    (meaning,), _ = columns_of(catalogue, value_table([path]))
    assert meaning.indicator == indicator


@pytest.mark.parametrize(
    "heading",
    [
        "Tỷ lệ đường trục xã được cứng hóa (%)",
        "Diện tích trồng rừng (ha)",
        "Nước hợp vệ sinh (%)",
        "Hộ có xe máy",
        "Số hộ thoát nghèo",
        "Số hộ nghèo phát sinh mới",
        "Dân số trung bình",
        "Số trường đạt chuẩn",
        "Dân số (ha)",
    ],
)
def test_a_header_that_is_not_clearly_one_indicator_is_asked_about(
    catalogue: Catalogue, heading: str
) -> None:
    (meaning,), findings = columns_of(catalogue, value_table([(heading,)]))
    assert meaning.indicator == ""
    (asked,) = findings
    assert (asked.code, asked.severity, asked.value) == ("I01", "question", heading)


def test_proposals_come_likeliest_first_and_are_at_most_five(catalogue: Catalogue) -> None:
    (meaning,), _ = columns_of(catalogue, value_table([("Nước hợp vệ sinh (%)",)]))
    scores = [each.score for each in meaning.proposals]
    assert scores == sorted(scores, reverse=True)
    assert 1 < len(scores) <= 5
    assert meaning.proposals[0].indicator == "population_hygienic_water_rate"


@pytest.mark.parametrize(
    ("heading", "score"),
    [("Dân số (người)", 100.0), ("Tourist visits", 100.0), ("Dân số (ha)", 50.0)],
)
def test_the_words_of_the_name_reach_100_and_another_measure_halves_them(
    catalogue: Catalogue, heading: str, score: float
) -> None:
    (meaning,), _ = columns_of(catalogue, value_table([(heading,)]))
    assert meaning.proposals[0].score == score


def test_a_title_names_what_its_columns_leave_out(catalogue: Catalogue) -> None:
    layout = value_table(
        [("Tổng số",), ("Trong đó", "Thành thị"), ("Trong đó", "Nông thôn")],
        title=("DÂN SỐ CÓ ĐẾN 01/4/2019 CHIA THEO ĐƠN VỊ HÀNH CHÍNH",),
    )
    meanings, findings = columns_of(catalogue, layout)
    assert [(each.indicator, each.period) for each in meanings] == [
        ("population", "2019-04-01"),
        ("population[residence:urban]", "2019-04-01"),
        ("population[residence:rural]", "2019-04-01"),
    ]
    assert not findings


@pytest.mark.parametrize(
    ("title", "indicator"),
    [
        ("Biểu 3. DÂN SỐ CÁC XÃ, PHƯỜNG TỈNH LAI CHÂU GIAI ĐOẠN 2021-2023", "population"),
        ("LƯỢT KHÁCH DU LỊCH TRÊN ĐỊA BÀN TỈNH", "tourist_visits"),
        ("Số hộ nghèo chia theo xã", "poor_households"),
        ("TỔNG HỢP TÌNH HÌNH CHUNG", ""),
        ("ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", ""),
    ],
)
def test_columns_that_are_years_hold_what_the_title_names(
    catalogue: Catalogue, title: str, indicator: str
) -> None:
    meanings, _ = columns_of(catalogue, value_table([("2021",), ("2022",)], title=(title,)))
    assert [(each.indicator, each.period) for each in meanings] == [
        (indicator, "2021"),
        (indicator, "2022"),
    ]


def test_the_unit_of_measure_says_what_a_header_leaves_out(catalogue: Catalogue) -> None:
    paths = [("Khách du lịch", "Tổng số (lượt)"), ("Rừng trồng (ha)",), ("Nghèo (hộ)",)]
    meanings, _ = columns_of(catalogue, value_table(paths))
    assert [each.indicator for each in meanings] == [
        "tourist_visits", "forest_area[forest_origin:planted]", "poor_households"
    ]  # fmt: skip


def test_comparisons_below_a_heading_of_their_own_are_of_the_group_above(
    catalogue: Catalogue,
) -> None:
    group = "Hộ nghèo"
    paths = [(group, "TH 2025"), (group, "KH 2026"), (group, "Ước TH 6 tháng 2026"),
             (group, "So sánh (%)", "Với KH"), (group, "So sánh (%)", "Với cùng kỳ")]  # fmt: skip
    meanings, _ = columns_of(catalogue, value_table(paths))
    assert [(each.use, each.of_column) for each in meanings[3:]] == [
        ("stated_percent", 4),
        ("stated_change", 4),
    ]


def test_plan_actual_and_comparisons_of_a_cross_table_are_told_apart(catalogue: Catalogue) -> None:
    group = "Dân số (người)"
    layout = value_table(
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


def test_a_share_of_the_plan_is_one_whichever_word_comes_first(catalogue: Catalogue) -> None:
    group = "Dân số (người)"
    paths = [(group, "KH 2026"), (group, "TH 2026"), (group, "Đạt %"), (group, "% đạt")]
    meanings, _ = columns_of(catalogue, value_table(paths, title=()))
    assert [each.use for each in meanings[2:]] == ["stated_percent", "stated_percent"]


@pytest.mark.parametrize("header", ["Sơ bộ 2025", "Sơ bộ năm 2025", "Prel. 2025"])
def test_a_preliminary_year_is_an_estimate_of_what_the_title_names(
    catalogue: Catalogue, header: str
) -> None:
    layout = value_table([("2024",), (header,)], title=("DÂN SỐ PHÂN THEO XÃ",))
    meanings, _ = columns_of(catalogue, layout)
    assert [(each.indicator, each.period, each.status) for each in meanings] == [
        ("population", "2024", "actual"),
        ("population", "2025", "estimate"),
    ]


@pytest.mark.parametrize(
    ("header", "read"),
    [
        ("Dân số (Ước TH năm 2026)", ("population", "2026", "estimate")),
        ("Dân số 2026 (KH)", ("population", "2026", "plan")),
        ("Dân số (sơ bộ 2026) (người)", ("population", "2026", "estimate")),
        ("Số trường (TH)", ("", "2025", "actual")),  # primary schools
    ],
)
def test_a_status_in_brackets_is_one_and_a_school_is_not(
    catalogue: Catalogue, header: str, read: tuple[str, str, str]
) -> None:
    (meaning,), _ = columns_of(catalogue, value_table([(header,)]))
    assert (meaning.indicator, meaning.period, meaning.status) == read


def test_a_plan_beside_the_actual_of_half_a_year_is_the_plan_of_the_year(
    catalogue: Catalogue,
) -> None:
    layout = value_table(
        [("Dân số", "Kế hoạch"), ("Dân số", "Ước thực hiện")],
        title=("KẾT QUẢ 6 THÁNG ĐẦU NĂM 2026",),
    )
    meanings, _ = columns_of(catalogue, layout)
    assert [(each.period, each.status) for each in meanings] == [
        ("2026", "plan"),
        ("2026-H1", "estimate"),
    ]


def test_the_nearest_place_gives_the_period_and_disagreement_is_said(catalogue: Catalogue) -> None:
    layout = value_table([("Dân số",)], title=("Báo cáo năm 2025",), file="bao_cao_2024.xlsx")
    (meaning,), (finding,) = columns_of(catalogue, layout)
    assert meaning.period == "2025"
    assert (finding.code, finding.severity) == ("P02", "confirm")
    assert "2024" in finding.expected["vi"]


def test_two_periods_in_one_title_are_asked_about(catalogue: Catalogue) -> None:
    layout = value_table([("Dân số",)], title=("Số liệu năm 2024", "Số liệu quý I/2025"))
    (meaning,), (finding,) = columns_of(catalogue, layout)
    assert (meaning.period, finding.code, finding.severity) == ("", "P02", "question")


def test_without_a_period_anywhere_one_is_asked_for_and_no_figure_is_given(
    catalogue: Catalogue,
) -> None:
    layout = value_table([("Dân số",), ("Số hộ",)], title=())
    _, (finding,) = columns_of(catalogue, layout)
    assert (finding.code, finding.severity, finding.count) == ("P01", "question", 2)
    assert figures_of(catalogue, layout)[0] == ()


def test_a_unit_of_measure_is_converted_and_the_factor_is_shown(catalogue: Catalogue) -> None:
    layout = value_table([("Dân số (1.000 người)",), ("Doanh thu du lịch",)], [18.606, 5400],
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
    layout = value_table([("Tỷ lệ hộ nghèo",)], *rows)
    _, (finding,) = columns_of(catalogue, layout)
    values, _ = figures_of(catalogue, layout)
    assert (finding.code, finding.severity) == ("I03", "confirm")
    assert [each.value for each in values] == [19.5, 22.32, 8.15, 33.12, 12.0]


def test_a_cell_format_of_per_cent_needs_no_word(catalogue: Catalogue) -> None:
    layout = value_table([("Tỷ lệ hộ nghèo",)], [0.195])
    layout = replace(layout, columns=(layout.columns[0], replace(layout.columns[1], percent=True)))
    (value,), _ = figures_of(catalogue, layout)
    assert value.value == 19.5


def test_two_columns_of_one_series_are_asked_about(catalogue: Catalogue) -> None:
    _, findings = columns_of(catalogue, value_table([("Dân số",), ("Số nhân khẩu",)]))
    assert [(each.code, each.count) for each in findings] == [("I04", 2)]


def test_what_a_person_says_goes_before_everything(catalogue: Catalogue) -> None:
    layout = value_table([("Dân số (người)",), ("Số hộ",)], [5, 6])
    said = ColumnMeaning(0, (), "value", "households", period="2024", status="plan",
                         measure_unit="nghìn hộ")  # fmt: skip
    answers = Answers(columns={("Dân số (người)",): said, ("Số hộ",): ColumnMeaning(0, (), "skip")})
    (value,), _ = figures_of(catalogue, layout, answers)
    assert (value.indicator, value.period, value.status, value.value) == (
        "households", "2024", "plan", 5000.0
    )  # fmt: skip


def test_a_chosen_indicator_of_another_unit_of_measure_is_an_error(catalogue: Catalogue) -> None:
    answers = Answers(columns={("Rừng (ha)",): ColumnMeaning(0, (), "value", "population")})
    _, (finding,) = columns_of(catalogue, value_table([("Rừng (ha)",)]), answers)
    assert (finding.code, finding.severity, finding.value) == ("I02", "error", "ha")


_PIECES = st.sampled_from(
    ["KH", "TH", "ƯTH", "2026", "2025", "6 tháng", "quý I", "cùng kỳ", "% KH", "so CK (%)", "(%)",
     "Dân số", "Hộ nghèo", "(1.000 người)", "đến 30/6", "29/2/2024", "lũy kế", "cuối năm", "(*)",
     "giai đoạn 2021-2025", "năm học 2025-2026", "/", "Đơn vị tính: ha; triệu đồng", "12/2026"]
)  # fmt: skip
_TEXTS = st.lists(_PIECES | st.text(max_size=8), max_size=5).map(" ".join)
_PATHS = st.lists(_TEXTS, min_size=1, max_size=3).map(tuple)
_CELLS = st.none() | st.floats() | st.integers() | st.booleans() | st.dates() | st.text(max_size=9)


@pytest.mark.slow
@settings(max_examples=50)
@given(
    st.lists(st.tuples(_PATHS, _CELLS), min_size=1, max_size=6),
    st.lists(_TEXTS, max_size=3),
    _TEXTS,
)
def test_whatever_stands_in_headers_and_cells_is_read_or_asked_about(
    catalogue: Catalogue,
    columns: list[tuple[tuple[str, ...], CellValue]],
    title: list[str],
    file: str,
) -> None:
    layout = value_table(
        [path for path, _ in columns], [cell for _, cell in columns], title=title, file=file
    )
    values, _ = figures_of(catalogue, layout)
    for each in values:
        assert each.indicator in catalogue.indicators
        assert parse_period(each.period).code == each.period
        assert each.value is None or math.isfinite(each.value)


def test_people_on_the_average_of_a_year_are_proposed_as_people_and_not_taken(
    catalogue: Catalogue,
) -> None:
    title = "Dân số trung bình phân theo giới tính năm 2025"
    layout = value_table([("Tổng số",)], title=(title, "Đơn vị tính: Người"))
    (column,), findings = columns_of(catalogue, layout)
    assert column.proposals[0].indicator == "population"
    assert (column.indicator, column.period) == ("", "2025")
    assert "I01" in {each.code for each in findings}


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Dân số phân theo giới tính năm 2025", "2025"),
        ("Dân số chia theo xã, năm 2025", "2025"),
        ("Dân số năm 2025 (xếp theo huyện của năm 2019)", "2025"),
        ("Dân số năm 2025 chia theo huyện của năm 2019", "2025"),
    ],
)
def test_a_year_behind_the_order_of_the_units_is_that_of_the_figures(
    catalogue: Catalogue, title: str, period: str
) -> None:
    (column,), _ = columns_of(catalogue, value_table([("Dân số",)], title=(title,)))
    assert column.period == period


@pytest.mark.parametrize(
    ("path", "first"),
    [
        (("Dân số trung bình", "Nam"), "population"),
        (("Dân số", "Nữ"), "population[sex:female]"),
        (("Dân số trung bình", "Thành thị"), "population[residence:urban]"),
        (("Người theo tôn giáo", "Nam"), "religious_followers[sex:male]"),
    ],
)
def test_a_part_below_a_heading_is_proposed_as_one_of_what_the_heading_names(
    catalogue: Catalogue, path: tuple[str, ...], first: str
) -> None:
    (meaning,), _ = columns_of(catalogue, value_table([path]))
    assert [meaning.indicator or meaning.proposals[0].indicator] == [first]


def test_who_is_counted_may_be_written_as_people(catalogue: Catalogue) -> None:
    (meaning,), _ = columns_of(catalogue, value_table([("Giáo viên (người)",)]))
    assert (meaning.indicator, meaning.scale) == ("teachers", 1.0)


@pytest.mark.parametrize(
    ("file", "period"),
    [
        ("rung_6thang_2026.xlsx", "2026-H1"),
        ("bc quy2-2026.xlsx", "2026-Q2"),
        ("thang12_2025.xlsx", "2025-12"),
        ("so_lieu_9thang_dau_nam_2025.xlsx", "2025-01/2025-09"),
        ("Nam Hang 2025.xlsx", "2025"),
    ],
)
def test_names_of_files_tell_periods_without_marks_and_blanks(
    catalogue: Catalogue, file: str, period: str
) -> None:
    table = value_table([("Dân số",)], title=("DÂN SỐ",), file=file)
    (column,), _ = columns_of(catalogue, table)
    assert column.period == period
