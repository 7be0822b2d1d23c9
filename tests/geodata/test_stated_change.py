"""A change that a document states is read as it says it, and refused in words."""

from __future__ import annotations

import pytest

from geodata.errors import InvalidInput
from geodata.stated_change import PLAN, StatedChange, parse_stated_change


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("+240.29 2023-H1", StatedChange(240.29, in_percent=False, base="2023-H1")),
        ("-488 2023-H1", StatedChange(-488, in_percent=False, base="2023-H1")),
        ("+21.23% 2023-H1", StatedChange(21.23, in_percent=True, base="2023-H1")),
        ("-1.4% plan", StatedChange(-1.4, in_percent=True, base=PLAN)),
    ],
)
def test_a_stated_change_has_amount_measure_and_base(text: str, change: StatedChange) -> None:
    assert parse_stated_change(text) == change


@pytest.mark.parametrize(
    "text", ["240.29 2023-H1", "+240,29 2023-H1", "+5%", "+5% last year", "+٥ 2023"]
)
def test_what_is_no_stated_change_is_refused_with_examples(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_stated_change(text)
    assert refused.value.allowed
