"""Numbers in Vietnamese and English notation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import InvalidInput
from geodata.locale_numbers import format_number, parse_number, possible_values, value_occurs_in

VALUES = st.decimals(0, 10**9, places=2).map(float)


@given(VALUES)
def test_what_is_written_is_read_back_in_each_notation(value: float) -> None:
    assert parse_number(format_number(value, "vi"), "vietnamese") == pytest.approx(value)
    assert parse_number(format_number(value, "en"), "english") == pytest.approx(value)
    assert parse_number(f"{value:.2f}", "plain") == pytest.approx(value)


@given(VALUES, st.sampled_from(["đạt {} ha", "({})", "{}% kế hoạch", "từ {}/3 hộ"]))
def test_a_number_is_found_in_a_sentence_in_either_notation(value: float, frame: str) -> None:
    assert value_occurs_in(value, frame.format(format_number(value, "vi")))
    assert value_occurs_in(value, frame.format(format_number(value, "en")))


@given(st.text())
def test_any_text_is_searched_without_failing(text: str) -> None:
    assert all(value >= 0 for value in possible_values(text))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1.742,1/2.050 ha đạt 84,9%", {1742.1, 2050, 2.05, 84.9}),
        ("277.834 lượt", {277834, 277.834}),
        ("diện tích 173,91 km²", {173.91}),
        ("01.7.2025", {1, 7, 2025}),
        ("03390,Xã Bình Lư,173.91,18606,Số 8", {3390, 173.91, 173, 91, 91.18606, 18606, 8}),
        ("năm 2025 300 hộ", {2025, 300}),
        ("1 234 567 người", {1234567, 1, 234, 567}),
        ("14.925 kg", {14925, 14.925}),
        ("không có", set()),
    ],
)
def test_every_reading_of_a_number_is_given(text: str, values: set[float]) -> None:
    assert possible_values(text) == values


@pytest.mark.parametrize(
    ("text", "notation", "value"),
    [
        ("1.742,1", "vietnamese", 1742.1),
        ("1.234", "vietnamese", 1234),
        ("1,234", "vietnamese", 1.234),
        ("1.234", "english", 1.234),
        ("1,234", "english", 1234),
        (" 12 345,6 ", "vietnamese", 12345.6),
        ("-3,5", "vietnamese", -3.5),
        ("−3.5", "plain", -3.5),
    ],
)
def test_the_notation_decides(text: str, notation: str, value: float) -> None:
    assert parse_number(text, notation) == value  # type: ignore[arg-type]


@pytest.mark.parametrize("notation", ["plain", "vietnamese", "english"])
@pytest.mark.parametrize(
    "text",
    ["", "n/a", "1.74,21.3", "12.34.5", "1e308", "nan", "inf", "=1+1", "٣", "1_000", "9" * 400],
)
def test_what_is_no_number_is_refused_with_the_form_allowed(text: str, notation: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_number(text, notation)  # type: ignore[arg-type]
    assert caught.value.found == text
    assert caught.value.allowed


def test_a_scale_takes_millions() -> None:
    assert value_occurs_in(1_200_000, "đón 1,2 triệu lượt khách", 1_000_000)
    assert not value_occurs_in(1_300_000, "đón 1,2 triệu lượt khách", 1_000_000)
