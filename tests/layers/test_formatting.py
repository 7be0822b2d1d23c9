"""Numbers go out and come back in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import InvalidInput
from geodata.i18n import Text
from geodata.locale_numbers import Notation, parse_number
from geodata.model import MeasureUnit
from layers.formatting import format_number, plain_decimal, round_half_up, with_unit

NOTATIONS: dict[str, Notation] = {"vi": "vietnamese", "en": "english"}


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (1742.1, 1, "1.742,1", "1,742.1"),
        (277834, 0, "277.834", "277,834"),
        (57.69, 2, "57,69", "57.69"),
        (0, 0, "0", "0"),
        (-0.0001, 2, "0,00", "0.00"),
        (-1234.5, 1, "-1.234,5", "-1,234.5"),
        (1.005, 2, "1,01", "1.01"),
        (2.5, 0, "3", "3"),
        (1e308, 2, "1e+308", "1e+308"),
        (-1e30, 0, "-1e+30", "-1e+30"),
        (1e18, 0, "1.000.000.000.000.000.000", "1,000,000,000,000,000,000"),
    ],
)
def test_format(value, decimals, vi, en):
    assert format_number(value, decimals, "vi") == vi
    assert format_number(value, decimals, "en") == en


@given(st.floats(-1e12, 1e12), st.integers(0, 4), st.sampled_from(sorted(NOTATIONS)))
def test_reading_gives_back_what_was_written(value, decimals, language):
    written = format_number(value, decimals, language)
    assert parse_number(written, NOTATIONS[language]) == round_half_up(value, decimals)


@given(st.floats(-1e12, 1e12))
def test_plain_decimals_are_exact(value):
    assert float(plain_decimal(value)) == value
    assert "e" not in plain_decimal(value)


def test_the_symbol_follows_as_the_unit_wants():
    percent = MeasureUnit("percent", Text("%", "%"), Text("", ""), space=False)
    person = MeasureUnit("person", Text("người", "people"), Text("", ""), space=True)
    assert with_unit("57,69", percent, "vi") == "57,69%"
    assert with_unit("38", person, "vi") == "38\u00a0người"


def test_a_number_that_is_not_finite_cannot_be_shown():
    with pytest.raises(InvalidInput):
        format_number(float("nan"), 1, "vi")
