"""Periods: which days they hold, how they are called, and what is none."""

from __future__ import annotations

import datetime as dt
import locale

import pytest

from geodata.errors import InvalidInput
from geodata.period import day_label, parse_period

FORMS = [
    ("2025", "2025-01-01", "2025-12-31", "năm 2025", "2025"),
    ("2025-H1", "2025-01-01", "2025-06-30", "6 tháng đầu năm 2025", "first half of 2025"),
    ("2025-H2", "2025-07-01", "2025-12-31", "6 tháng cuối năm 2025", "second half of 2025"),
    ("2026-Q1", "2026-01-01", "2026-03-31", "quý I năm 2026", "Q1 2026"),
    ("2026-Q4", "2026-10-01", "2026-12-31", "quý IV năm 2026", "Q4 2026"),
    ("2024-02", "2024-02-01", "2024-02-29", "tháng 2/2024", "February 2024"),
    ("2026-06-11", "2026-06-11", "2026-06-11", "ngày 11/6/2026", "11 June 2026"),
    ("2026/2030", "2026-01-01", "2030-12-31", "giai đoạn 2026–2030", "2026–2030"),
    ("2025-01/2025-09", "2025-01-01", "2025-09-30", "9 tháng đầu năm 2025", "01/2025 to 09/2025"),
    ("2025-07/2026-06", "2025-07-01", "2026-06-30", "từ 07/2025 đến 06/2026", "07/2025 to 06/2026"),
]


@pytest.mark.parametrize(("code", "start", "end", "vi", "en"), FORMS, ids=[f[0] for f in FORMS])
def test_every_form_has_its_days_and_its_name(
    code: str, start: str, end: str, vi: str, en: str
) -> None:
    period = parse_period(code)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert (period.label("vi"), period.label("en")) == (vi, en)


@pytest.mark.parametrize(
    "code",
    ["", "25", "2025-H3", "2025-Q5", "2025-13", "2025-02-30", "2030/2026", "2025-09/2025-01",
     "2025 ", "٢٠٢٥", "0000"],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_the_forms(code: str) -> None:
    with pytest.raises(InvalidInput, match="2026/2030") as caught:
        parse_period(code)
    assert caught.value.found == code


def test_periods_stand_by_their_end_and_the_shorter_last() -> None:
    codes = ["2025", "2025-12", "2025-H1", "2024", "2025-Q4"]
    ordered = sorted(codes, key=lambda code: parse_period(code).sort_key)
    assert ordered == ["2024", "2025-H1", "2025", "2025-Q4", "2025-12"]


def test_the_first_day_of_a_validity_counts_and_the_last_does_not() -> None:
    half, reform = parse_period("2025-H1"), dt.date(2025, 7, 1)
    assert half.overlaps(dt.date(2013, 1, 1), reform)
    assert half.overlaps(dt.date(2025, 6, 30), None)
    assert not half.overlaps(reform, None)
    assert not parse_period("2025-H2").overlaps(dt.date(2013, 1, 1), reform)


def test_months_are_english_whatever_the_locale_of_the_process() -> None:
    there = next((name for name in ("vi_VN.UTF-8", "de_DE.UTF-8") if _set(name)), "C")
    try:
        assert day_label(dt.date(2026, 3, 1), "en") == "1 March 2026", there
        assert parse_period("2026-03").label("en") == "March 2026", there
    finally:
        locale.setlocale(locale.LC_TIME, "C")


def _set(name: str) -> bool:
    try:
        locale.setlocale(locale.LC_TIME, name)
    except locale.Error:
        return False
    return True
