"""An indicator is broken down into as many parts as allowed, and into none where there are more."""

from __future__ import annotations

from types import SimpleNamespace as Some

import pytest

from geodata import broken_down
from geodata.broken_down import _product, plain_parts

DIMENSIONS = {"sex": Some(codes=("m", "f")), "crop": Some(codes=("rice", "tea", "maize"))}


@pytest.mark.parametrize(
    ("breakdowns", "most", "count"),
    [
        (("sex",), 2, 2),
        (("sex",), 1, 0),
        (("sex,crop",), 6, 6),
        (("sex,crop",), 5, 0),
        (("sex", "crop"), 5, 5),
        (("sex", "crop"), 4, 2),
        (("sex,age",), 9, 0),
    ],
)
def test_what_would_be_too_many_parts_is_left_out(monkeypatch, breakdowns, most, count) -> None:
    monkeypatch.setattr(broken_down, "MAX_PARTS", most)
    monkeypatch.setattr(broken_down, "_made", lambda _, combination, __: combination)
    assert len(plain_parts(Some(breakdowns=breakdowns), DIMENSIONS)) == count


@pytest.mark.parametrize(
    ("breakdowns", "most", "count"),
    [
        (("sex", "crop"), 5, 5),
        (("sex", "crop"), 4, 0),
        (("sex,crop",), 6, 6),
        (("sex,crop",), 5, 0),
    ],
)
def test_too_many_parts_of_a_catalogue_are_a_fault(monkeypatch, breakdowns, most, count) -> None:
    monkeypatch.setattr(broken_down, "MAX_PARTS", most)
    faults: list[object] = []
    entry = Some(report=lambda *told: faults.append(told))
    assert len(_product(entry, Some(breakdowns=breakdowns), DIMENSIONS)) == count
    assert bool(faults) is (count == 0)
