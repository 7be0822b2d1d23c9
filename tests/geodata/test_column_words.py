"""Words of headers and titles are read as status, period and unit of measure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.i18n import Text
from geodata.measure_units import (
    conversion,
    find_measure,
    read_measure,
    scale_wording,
    stated_measures,
)
from geodata.model import MeasureUnit
from geodata.table_import.columns.header_words import find_status, header_words, title_status
from geodata.table_import.columns.period_words import (
    find_periods,
    period_of_cell,
    shifted,
    title_periods,
)


def unit(name: str, vi: str, en: str) -> MeasureUnit:
    return MeasureUnit(name, Text(vi, en), Text(vi, en), True)


PERSON = unit("person", "người", "people")
HA = unit("ha", "ha", "ha")
KM2 = unit("km2", "km²", "km²")
PERCENT = unit("percent", "%", "%")
MILLION = unit("million_vnd", "triệu đồng", "m VND")
BILLION = unit("billion_vnd", "tỷ đồng", "bn VND")
INCOME = unit("income", "triệu đồng/người/năm", "m VND per person per year")
SCHOOL = unit("school", "trường", "schools")
UNITS = (PERSON, HA, KM2, PERCENT, MILLION, BILLION, INCOME, SCHOOL)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Năm 2026", "2026"),
        ("quý I/2026", "2026-Q1"),
        ("Quý IV năm 2025", "2025-Q4"),
        ("6 tháng đầu năm 2026", "2026-H1"),
        ("6 tháng cuối năm 2025", "2025-H2"),
        ("sáu tháng đầu năm 2026", "2026-H1"),
        ("H1 2026", "2026-H1"),
        ("TH 6T 2025", "2025-H1"),
        ("9 tháng 2026", "2026-01/2026-09"),
        ("tháng 6/2026", "2026-06"),
        ("June 2026", "2026-06"),
        ("as of 30 June 2026", "2026-06-30"),
        ("Dec. 31, 2025", "2025-12-31"),
        ("đến ngày 30/6/2026", "2026-06-30"),
        ("31/12/2025", "2025-12-31"),
        ("DÂN SỐ CÓ ĐẾN 01/4/2019", "2019-04-01"),
        ("Ngày 30 tháng 6 năm 2026", "2026-06-30"),
        ("giai đoạn 2026-2030", "2026/2030"),
        ("Năm học 2025-2026", "2025-09/2026-05"),
        ("first half of 2026", "2026-H1"),
        ("Lũy kế đến 30/6/2026", "2026-H1"),
        ("Cộng dồn từ đầu năm đến tháng 9 năm 2026", "2026-01/2026-09"),
        ("lũy kế đến ngày 15/6/2026", "2026-06-15"),
        ("Đầu năm 2025", "2025-01-01"),
        ("Cuối năm 2025", "2025-12-31"),
    ],
)
def test_a_period_is_read_as_offices_write_it(words: str, code: str) -> None:
    assert [mention.code for mention in find_periods(words)[0]] == [code]


@pytest.mark.parametrize("words", ["trên 1.000 m", "Trẻ dưới 5 tuổi", "Số 2.026 hộ", "31/2/2026"])
def test_a_number_that_is_no_period_is_not_read_as_one(words: str) -> None:
    assert find_periods(words)[0] == ()


def test_a_day_without_its_year_waits_for_one() -> None:
    (mention,), _ = find_periods("TH đến 30/6")
    assert (mention.code, mention.in_year(2026).code) == ("", "2026-06-30")


def test_a_period_without_year_takes_none_from_the_clock() -> None:
    (mention,), rest = find_periods("TH 6 tháng")
    assert (mention.code, mention.in_year(2026).code, rest) == ("", "2026-H1", "th")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Cùng kỳ năm trước", "2025-H1"),
        ("Cùng kỳ", "2025-H1"),
        ("TH cùng kỳ năm 2024", "2024-H1"),
        ("Cùng kỳ 6 tháng 2025", "2025-H1"),
    ],
)
def test_the_same_period_of_last_year_lies_a_year_before(words: str, code: str) -> None:
    (mention,), _ = find_periods(words)
    assert mention.like("2026-H1") == code
    assert mention.like("") == mention.code


def test_the_day_of_a_sub_title_tells_the_period_of_the_title_exactly() -> None:
    lines = ("BIỂU 01. MỘT SỐ CHỈ TIÊU 6 THÁNG ĐẦU NĂM 2026", "Ngày 30/6/2026")
    assert [each.code for each in title_periods(lines)] == ["2026-06-30"]


def test_days_of_signing_and_of_other_documents_are_no_periods() -> None:
    lines = (
        "Biểu 01 năm 2025",
        "Đoàn Kết, ngày 15 tháng 7 năm 2026",
        "(Kèm theo Báo cáo số 12/BC-UBND ngày 20/7/2026 của Ủy ban nhân dân)",
    )
    assert [each.code for each in title_periods(lines)] == ["2025"]


def test_titles_that_disagree_give_all_their_periods() -> None:
    codes = {each.code for each in title_periods(("Báo cáo năm 2025", "Số liệu quý I/2026"))}
    assert codes == {"2025", "2026-Q1"}


def test_a_cell_of_a_long_table_names_one_period_or_none() -> None:
    cells = ("2026-01/2026-09", "2025", "6 tháng 2026", "2025, 2026", "tổng")
    assert [period_of_cell(cell) for cell in cells] == [
        "2026-01/2026-09", "2025", "2026-H1", "", ""
    ]  # fmt: skip


@given(st.integers(1990, 2090), st.integers(-40, 40), st.sampled_from(["", "-H1", "-Q4", "-06"]))
def test_shifting_a_period_back_gives_it_again(year: int, years: int, part: str) -> None:
    code = f"{year}{part}"
    assert shifted(shifted(code, years), -years) == code


def test_the_29th_of_february_has_no_year_before() -> None:
    assert shifted("2024-02-29", -1) == ""


@pytest.mark.parametrize(
    ("written", "of", "factor"),
    [
        ("1.000 người", PERSON, 1000),
        ("nghìn người", PERSON, 1000),
        ("nhân khẩu", PERSON, 1),
        ("nghìn ha", HA, 1000),
        ("ha", KM2, 0.01),
        ("km2", HA, 100),
        ("triệu đồng", MILLION, 1),
        ("triệu đồng", BILLION, 0.001),
        ("đồng", MILLION, 1e-6),
        ("tỷ đồng", MILLION, 1000),
        ("nghìn đồng/người/năm", INCOME, 0.001),
        ("‰", PERCENT, 0.1),
        ("Trường", SCHOOL, 1),
        ("người", HA, None),
        ("triệu đồng", INCOME, None),
    ],
)
def test_units_of_one_base_are_converted_and_others_are_not(
    written: str, of: MeasureUnit, factor: float | None
) -> None:
    assert conversion(read_measure(written), of) == factor


def test_a_unit_of_measure_is_taken_out_of_a_heading() -> None:
    headings = {
        "Dân số (1.000 người)": ("1.000 người", "Dân số"),
        "Doanh thu, tỷ đồng": ("tỷ đồng", "Doanh thu"),
        "Tỷ lệ %": ("%", "Tỷ lệ"),
        "Số trường (trường)": ("trường", "Số trường"),
        "Diện tích (ĐVT: ha)": ("ha", "Diện tích"),
    }
    for heading, (written, rest) in headings.items():
        found, left = find_measure(heading, UNITS)
        assert found is not None
        assert (found.written, left) == (written, rest)


def test_brackets_that_hold_no_unit_of_measure_belong_to_the_name() -> None:
    heading = "Số người đã thu nhận định danh (lũy kế)"
    assert find_measure(heading, UNITS) == (None, heading)
    assert header_words([heading], UNITS).names == (heading.lower(),)


def test_the_units_above_a_table_are_read_one_by_one() -> None:
    found = stated_measures(["(minh họa)  Đơn vị tính: ha; triệu đồng"])
    assert [each.written for each in found] == ["ha", "triệu đồng"]


def test_a_factor_is_shown_and_a_unit_without_one_is_silent() -> None:
    reason = scale_wording("nghìn người", PERSON, 1000.0)
    assert ("nhân với 1.000" in reason["vi"], "multiplied by 1,000" in reason["en"]) == (True, True)
    assert not scale_wording("người", PERSON, 1.0)


@pytest.mark.parametrize(
    ("heading", "use", "status"),
    [
        ("KH 2026", "value", "plan"),
        ("Kế hoạch năm 2026", "value", "plan"),
        ("TH 6T 2026", "value", "actual"),
        ("Ước thực hiện cả năm 2026", "value", "estimate"),
        ("ƯTH", "value", "estimate"),
        ("Mục tiêu đến 2030", "value", "target"),
        ("% KH", "stated_percent", None),
        ("So KH (%)", "stated_percent", None),
        ("TH/KH", "stated_percent", None),
        ("% thực hiện so với kế hoạch", "stated_percent", None),
        ("So CK (%)", "stated_change", None),
        ("% so với cùng kỳ năm trước", "stated_change", None),
        ("Tăng (+), giảm (-)", "stated_change", None),
        ("So sánh 2025/2024 (%)", "stated_change", None),
        ("Năm 2025 so với năm 2024", "stated_change", None),
        ("% TH/DT", "stated_percent", None),
    ],
)
def test_plan_actual_and_comparison_are_told_apart(
    heading: str, use: str, status: str | None
) -> None:
    words = header_words(["Trồng rừng mới (ha)", heading], UNITS)
    assert (words.names, words.use, words.status) == (("trồng rừng mới",), use, status)


@pytest.mark.parametrize(
    ("lowest", "use"),
    [("Với KH", "stated_percent"), ("Với cùng kỳ", "stated_change"), ("Tổng số", "value")],
)
def test_below_a_heading_of_comparisons_what_is_compared_with_is_enough(
    lowest: str, use: str
) -> None:
    assert header_words(["Hộ nghèo", "So sánh (%)", lowest], UNITS).use == use


@pytest.mark.parametrize(
    "heading", ["Số học sinh TH", "Tốc độ tăng lượt khách du lịch (%)", "Tỷ lệ đạt chuẩn (%)"]
)
def test_words_of_an_indicator_are_no_status_and_no_comparison(heading: str) -> None:
    words = header_words([heading], UNITS)
    assert (words.use, words.status) == ("value", None)
    assert find_status(heading)[0] is None


def test_a_group_and_its_column_keep_their_own_words() -> None:
    words = header_words(["Hộ nghèo", "Tỷ lệ (%)"], UNITS)
    assert words.names == ("hộ nghèo", "tỷ lệ")
    assert header_words(["Trong đó", "Thành thị"], UNITS).names == ("thành thị",)
    reviewed = ["Kết quả rà soát cuối năm 2025", "Hộ nghèo", "Số hộ"]
    assert header_words(reviewed, UNITS).names == ("hộ nghèo", "số hộ")


@pytest.mark.parametrize(
    ("path", "names", "measure"),
    [
        (("Dân số", "Người"), ("dân số",), "Người"),
        (("Diện tích", "km²"), ("diện tích",), "km²"),
        (("Thu nhập", "triệu đồng/người/năm"), ("thu nhập",), "triệu đồng/người/năm"),
        (("Mầm non", "Học sinh"), ("mầm non", "học sinh"), None),
        (("Hộ nghèo", "Hộ"), ("hộ nghèo", "hộ"), None),
        (("Người",), ("người",), None),
    ],
)
def test_a_unit_of_measure_may_be_the_lowest_text_of_a_header(
    path: tuple[str, ...], names: tuple[str, ...], measure: str | None
) -> None:
    words = header_words(path, UNITS)
    assert (words.names, words.measure and words.measure.written) == (names, measure)


def test_a_title_gives_its_status_only_where_it_begins_with_it() -> None:
    assert title_status(["KẾ HOẠCH TRỒNG RỪNG NĂM 2026"]) == "plan"
    assert title_status(["KẾT QUẢ THỰC HIỆN KẾ HOẠCH NĂM 2026"]) is None
