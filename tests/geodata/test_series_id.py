"""The id of a series names an indicator and the values of its dimensions, in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import InvalidInput
from geodata.series_id import (
    format_dimensions,
    parse_dimensions,
    parse_series_id,
    series_id,
    split_series_id,
)

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)
CODES = st.from_regex(r"[a-z0-9][a-z0-9_]{0,20}", fullmatch=True)
VALUES = st.dictionaries(NAMES, CODES, max_size=4)


@given(indicator=NAMES, values=VALUES)
def test_an_id_is_taken_apart_as_it_was_put_together(indicator: str, values: dict) -> None:
    dimensions = format_dimensions(values.items())
    assert split_series_id(series_id(indicator, dimensions)) == (indicator, dimensions)
    assert dict(parse_dimensions(dimensions)) == values


@pytest.mark.slow
@given(indicator=NAMES, values=VALUES, random=st.randoms())
def test_the_order_of_the_values_makes_no_difference(indicator, values, random) -> None:
    pairs = list(values.items())
    random.shuffle(pairs)
    written = ", ".join(f"{dimension}:{code}" for dimension, code in pairs)
    given_id = f"{indicator}[{written}]" if pairs else indicator
    assert parse_series_id(given_id) == series_id(indicator, format_dimensions(values.items()))


def test_the_total_has_the_id_of_the_indicator() -> None:
    assert series_id("population") == "population"
    assert split_series_id("population") == ("population", "")
    assert parse_dimensions(" ") == ()


@pytest.mark.parametrize(
    "text", ["sex", "sex=female", "sex:", ":female", "Sex:female", "sex:female;age:5", "sex:a,,b:c"]
)
def test_what_is_no_value_of_a_dimension_is_refused_with_the_form(text: str) -> None:
    with pytest.raises(InvalidInput) as error:
        parse_dimensions(text)
    assert "sex:female,level:primary" in error.value.message("en")


def test_a_dimension_has_one_value() -> None:
    with pytest.raises(InvalidInput, match="stands twice"):
        parse_dimensions("sex:female,sex:male")
